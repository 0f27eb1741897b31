"""Finds figures of pay in Chinese: whose, how much, for how long, of which part, paid or only offered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from articles.extraction import compensation
from articles.extraction.claims import CompensationClaim, CompensationKind, Component
from articles.extraction.compensation import Pay
from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.money import Amount
from articles.extraction.patterns import either
from articles.extraction.zh import clauses, employer, payers
from articles.extraction.zh.attribution import attribute
from articles.extraction.zh.clauses import wording
from articles.extraction.zh.dates import find_date
from articles.extraction.zh.figures import is_conversion, is_hiring, judge, kind_of, period_of
from articles.extraction.zh.firms import with_firms
from articles.extraction.zh.money import find_amounts

_WORDS = table("zh/pay")
_NOUNS: dict[str, Component] = _WORDS["nouns"]
_CUE = re.compile(
    either(
        [
            *_NOUNS,
            "薪",
            "每年",
            "/年",
            "万/月",
            "给到",
            "开了",
            "开出",
            "岗",
            "一天",
            "/天",
            "每天",
            "×1",
            "*1",
            "领了",
            "拿了",
            "挣了",
            "赚了",
        ]
    )
)
# 89万至100万元、140万至156万元、182万至201万元.
_AS_WELL = re.compile(
    r"\s?(?:/年|/月|每年|每月)?\s?[、和及与]\s?"
    r"|\s?(?:[(（][^()（）]{0,40}[)）])?\s?[,，;；]\s?(?:而|较|比|高于|低于)?"
    r"(?:(?:去年|上年|前一年|上一年)(?:同期)?的?(?:为|是)?|[^,，。;；\d]{0,6}(?:员工|人员|职员)(?:则)?为)\s?(?:约)?\s?"
)
# 年薪 18 万美元,最高可达 20 万美元.
_UP_TO = re.compile(
    r"\s?(?:[(（][^()（）]{0,40}[)）])?\s?(?:左右|元)?[,，]\s?(?:而)?最高(?:的)?(?:大概|大约|可达|可至|可以?到|能到|能达到|达到?|为|至|是|则为|则)*\s?约?\s?"
)
# 15万、18万、22万美元: the last names the currency of all.
_LISTS = re.compile(r"\s?(?:/年|/月)?\s?[、,，和及与]\s?")
_PERIOD_OF_RULE = {"sum": "year", "each": "year", "months": "month", "took": "year"}
_NOBODY: list[str | None] = [None]
_RECEIVER = re.compile(
    r"(?:向|为|给|对)\s?(?P<who>[^,，。;；:：\d]{2,24}?)(?:提供|开出|支付|发放|给出|提出|透露|抛出|授予|给予|的)"
)
_EARNER = re.compile(
    r"(?P<who>[^,，。;；:：\d]{0,16}(?:研究员|研究人员|工程师|员工|人才|科学家|专家|高管|程序员|岗位|开发者|博士|毕业生))"
)


def find_compensation(reading: Reading) -> list[CompensationClaim]:
    """Every figure of pay that an organisation pays, offers or is said to pay; in the order of the text."""
    found = list(compensation.within_reason(_amounts(reading)))
    if not found:
        return []
    reading = compensation.without(with_firms(reading), payers.is_nobody)
    sentences = {s.start: s for s in reading.sentences}
    claims: list[CompensationClaim] = []
    for sentence, amount, judged, told_by in _judged(reading, found):
        claims += _claims(reading, sentences[sentence.start], wording(reading, sentence), amount, judged, told_by)
    return compensation.stated_once(claims)


def _amounts(reading: Reading) -> Iterator[tuple[Sentence, list[Amount]]]:
    for sentence in reading.sentences:
        text = wording(reading, sentence)
        if _CUE.search(text) is not None and (amounts := find_amounts(text)):
            yield sentence, list(_ranged(text, amounts))


def _ranged(text: str, amounts: list[Amount]) -> Iterator[Amount]:
    """The amounts; one with what it goes up to (年薪 18 万美元,最高可达 20 万美元) as one."""
    own = [a for a in amounts if not is_conversion(text, a)]
    while own:
        first = own.pop(0)
        if (
            own
            and _UP_TO.fullmatch(text, first.end, own[0].start)
            and own[0].currency in {first.currency, first.currency or "CNY"}
        ):
            top = own.pop(0)
            first = replace(first, max=top.max, end=top.end)
        yield first


def _judged(
    reading: Reading, found: list[tuple[Sentence, Amount]]
) -> Iterator[tuple[Sentence, Amount, tuple[Component, str, float], Amount]]:
    """The figures that are pay; one that only a mark or 和 parts from a figure of pay is pay like it.

    The last of each four is the figure by whose words the period is told.
    """
    like: Amount | None = None
    last: tuple[Sentence, Amount, tuple[Component, str, float]] | None = None
    for sentence, amount in found:
        text = wording(reading, sentence)
        judged, told_by = judge(text, amount), amount
        near = last if judged is None and last is not None and last[0] is sentence else None
        if near is not None and _AS_WELL.fullmatch(text, near[1].end, amount.start):
            judged, told_by = near[2], like or amount
        last = (sentence, amount, judged) if judged is not None else None
        like = told_by
        if last is not None:
            yield *last, told_by


def _claims(
    reading: Reading,
    sentence: Sentence,
    text: str,
    amount: Amount,
    judged: tuple[Component, str, float],
    told_by: Amount,
) -> Iterator[CompensationClaim]:
    component, rule, confidence = judged
    kind = kind_of(text, amount)
    if kind == "typical" and is_hiring(reading, sentence, text, amount):
        kind = "offered"
    period = _PERIOD_OF_RULE.get(rule) or period_of(text, told_by, component, kind)
    component = "salary" if component == "total" and period in {"hour", "month"} else component
    if not compensation.is_sane(amount, period, component):
        return
    quote = _quote(text, amount)
    span = Span(sentence.start + quote.start, sentence.start + quote.end)
    organisations = payers.payers(reading, sentence, text, amount)
    if organisations == [] and (kind != "typical" or amount.vague):
        return
    person = _recipient(sentence, text, amount)
    kind = _of_whom(kind, text, amount, organisations, person)
    pay = Pay(
        amount=amount,
        currency=amount.currency or _currency_nearby(text, amount) or "CNY",
        component=component,
        period=period,
        kind=kind,
        span=span,
        rule=f"zh.pay.{rule}",
        confidence=confidence if organisations else 0.5,
        person=person,
        population=None if person else _population(text, amount),
        date=find_date(reading, sentence, span),
    )
    for org in organisations or _NOBODY:
        attribution, status = attribute(reading, sentence, span, about=org)
        yield compensation.claim(pay, org, attribution, status)


# 迈德医疗的董事长沈澜以 300 万元的税前年薪…, 沈澜的年薪是…: what stands between who earns and the figure.
_EARNS = re.compile(r"[^,，。;；]{0,3}(?:以|的)[^,，。;；\d]{0,10}$")


def _of_whom(
    kind: CompensationKind, text: str, amount: Amount, organisations: list[str] | None, person: str | None
) -> CompensationKind:
    """The kind once it is known who is paid: one person's pay is paid; that of whoever works in a trade is usual."""
    before = text[: amount.start]
    if kind == "paid" and organisations is None and person is None and not re.search(r"[他她]", before):
        return "typical"
    named = person is not None and person in before
    return "paid" if kind == "typical" and named and _EARNS.match(before.rpartition(person or "")[2]) else kind


def _currency_nearby(text: str, amount: Amount) -> str | None:
    """The currency at the end of the amount's list, else that of the other amounts in the sentence, if they agree."""
    others = [a for a in find_amounts(text) if not is_conversion(text, a)]
    end = amount.end
    for other in others:
        if other.start >= end and _LISTS.fullmatch(text, end, other.start):
            if other.currency:
                return other.currency
            end = other.end
    named = {a.currency for a in others if a.currency}
    return named.pop() if len(named) == 1 else None


def _recipient(sentence: Sentence, text: str, amount: Amount) -> str | None:
    """The one person who is paid the figure: the nearest named one in its clause who does not speak."""
    around = clauses.clause(text, amount.start, amount.end)
    for person in sorted(sentence.people, key=lambda p: abs(p.start - sentence.start - amount.start)):
        start, end = person.start - sentence.start, person.end - sentence.start
        if not around.start <= start < around.end or employer.chief(text[start:end]) or employer.chief(person.name):
            continue
        if re.match(r"[^,，。]{0,6}(?:表示|称|透露|说|指出|创业公司|的公司)", text[end : end + 12]):
            continue
        return person.name
    return None


def _population(text: str, amount: Amount) -> str | None:
    receivers = list(_RECEIVER.finditer(text[max(0, amount.start - 60) : amount.end + 30]))
    if receivers:
        return receivers[-1]["who"].strip()
    earners = list(_EARNER.finditer(text[max(0, amount.start - 50) : amount.start]))
    return earners[-1]["who"].strip() if earners else None


def _quote(text: str, amount: Amount) -> Span:
    """The clause of the figure, with the clause before where it alone names who pays or for what."""
    around = clauses.clause(text, amount.start, amount.end)
    if _CUE.search(text[around.start : around.end]) and around.end - around.start >= 12:
        return around
    wider = clauses.clause(text, max(0, around.start - 2), amount.end)
    return clauses.trimmed(text, wider.start, around.end)

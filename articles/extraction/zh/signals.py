"""Finds signs of hiring and shrinking in Chinese: headcount, openings, plans, layoffs, freezes, practices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from articles.extraction import signals
from articles.extraction.claims import SignalClaim
from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.patterns import either
from articles.extraction.signals import Quantity, Sign
from articles.extraction.zh import clauses, employer
from articles.extraction.zh.attribution import attribute
from articles.extraction.zh.clauses import wording
from articles.extraction.zh.dates import find_date
from articles.extraction.zh.firms import with_firms
from articles.extraction.zh.headcounts import headcount, joined_headcount
from articles.extraction.zh.layoffs import FEWEST, is_negated, layoff, told_bare
from articles.extraction.zh.workforce import counts, quotas, shares

_WORDS = table("zh/signals")

_CUE = re.compile(
    r"[Oo]ffer|裁|解雇|解聘|辞退|开除|优化|削减|精简|缩减|遣散|员工|人员|团队|规模|招聘|招募|招揽|扩招|雇|岗位|职位|HC|面试|亲自|"
    r"挽留|留住|遇缺|不补|缩编|冻结|聘|引进|淘汰|劝退|起招|不限|不看|不要求|竞业|名单|归属|淘汰|内推|报价|汇报|面一轮|笔试|打电话|写信|录用|名额|编制|在职|招|岗|\d\s?人|薪|招兵买马|人才收购|离职|挖|毕业|包机|减员"
)
# "Oakline 裁员" in a headline or an account.
_AHEAD = re.compile(r"还会|将会|即将|预计将|计划(?:再)?裁|拟裁|拟削减|计划削减|会达到|将达到|将裁|将再裁|要淘汰|将淘汰")
# 年底前还要再招 300 名, 年内再添 100 人.
_AGAIN = re.compile(
    r"(?:再|还要|还将|打算|新)(?:招|添|增|聘|招聘|招募|新增|引进)(?:约|近|超过)?\s?$|新增(?:研发人员|员工|人员)\s?$"
)
_PLAN = re.compile(
    rf"{either(_WORDS['plan_verbs'])}[^。;,，]{{0,16}}?{either(_WORDS['hire_verbs'])}(?:了|"
    rf"到|约|近|超过|逾|至少|最多|多达|上|至)*\s?[^,，。;\d]{{0,6}}$"
)
_GROW = re.compile(
    rf"{either(_WORDS['plan_verbs'])}[^。;,，]{{0,20}}?(?:团队|人数|规模|员工|编制)[^。;,，]{{0,6}}?{either(_WORDS['grow_to'])}\s?(?:约|"
    rf"近|超过)?\s?$"
)
# 总体人数会增加800人.
_MORE_PEOPLE = re.compile(
    r"(?:人数|人员|人手|员工|编制|团队)[^,，。;；\d]{0,8}(?:会|将|要|计划|预计|拟)(?:再)?(?:增加|增|新增|扩充|扩招)(?:约|近|超过)?\s?$"
)
_HIRING = re.compile(r"(?:招聘|招募|扩招|急招|诚聘)(?:约|近|超过|逾|至少)?\s?$")
_WANTED = re.compile(r"^\s?的?(?:名单|清单)[^。;]{0,34}(?:挖|招|人才)")
_OPEN_AFTER = re.compile(r"^\s?(?:正在招聘|在招|空缺|开放|待招|虚位以待)")
_IN_SEARCH_OF = re.compile(r"(?:在招|正在招|空缺|还缺|尚缺)\s?(?:约|近|超过|逾)?\s?$")
_OPEN_BEFORE = re.compile(
    r"(?:开放|共设|新设|增设|开设|放出|释放|发布|推出|提供|空出|设有|设置了?|招聘|挂着|挂出|列出|在招)了?\s?(?:约|近|超过|逾)?\s?$"
)

# 计划提供7000多个职位, 预计放出2000个岗位: to come.
_TO_OPEN = re.compile(
    r"(?:计划|预计|拟|打算|准备|将(?!近))[^,，。;；\d]{0,12}?(?:提供|开放|放出|释放|推出|新增|发放)了?\s?(?:约|近|超过|超|逾|多达)?\s?$"
)
# 秋招人数可能不超过600人.
_HIRED_NUMBER = re.compile(r"(?:秋招|校招|春招|社招|招聘|招募)的?(?:总)?(?:人数|规模|名额)[^,，。;；\d]{0,8}$")
_FREEZE = re.compile(either(_WORDS["freeze"]))
_FREEZE_APART = re.compile(r"(?:冻结|暂停|停止)[^,，。;；]{0,6}招聘|招聘[^,，。;；]{0,4}(?:冻结|暂停)")
_PLAN_BARE = re.compile(rf"(?:{either(_WORDS['plan_verbs'])}[^。;,，]{{0,10}})(?:{either(_WORDS['plan_bare'])})")
_DOUBLES = re.compile(
    r"(?:计划|将|拟|预计|打算|目标)[^。;；]{0,30}?(?:员工|人数|团队|编制|人手)[^。;；,，]{0,10}?"
    r"(?:翻倍|翻番|翻一番|翻两番|增加一倍|扩大一倍|增加两倍|扩大两倍|扩大至[两三四]倍|增至[两三四]倍)"
)
_PRACTICES = tuple((name, re.compile(pattern)) for name, pattern in _WORDS["practice"].items())


def find_signals(reading: Reading) -> list[SignalClaim]:
    """Every sign of hiring or shrinking that the text states, in its order."""
    found = list(islice(_all_signs(reading), signals.MOST_SIGNALS))
    if not found:
        return []
    reading = with_firms(reading)
    sentences = {s.start: s for s in reading.sentences}
    claims: list[SignalClaim] = []
    for sentence, sign in found:
        claims += _claims(reading, sentences[sentence.start], wording(reading, sentence), sign)
    return signals.stated_once(claims)


def _all_signs(reading: Reading) -> Iterator[tuple[Sentence, Sign]]:
    for sentence in reading.sentences:
        text = wording(reading, sentence)
        if _CUE.search(text) is not None:
            for sign in _signs(text):
                yield sentence, sign


def _claims(reading: Reading, sentence: Sentence, text: str, sign: Sign) -> Iterator[SignalClaim]:
    employer_ = _employer(reading, sentence, text, sign.at)
    if employer_ is None:
        return
    quote = clauses.clause(text, sign.at.start, sign.at.end)
    span = Span(sentence.start + quote.start, sentence.start + quote.end)
    at = Span(sentence.start + sign.at.start, sentence.start + sign.at.end)
    date = find_date(reading, sentence, at)
    org, team = employer_
    attribution, status = attribute(reading, sentence, span, about=org)
    if status in {None, "reported"} and _is_ahead(text, sign):
        status = "planned"
    yield signals.claim(sign, org=org, team=team, span=span, date=date, attribution=attribution, status=status)


def _is_ahead(text: str, sign: Sign) -> bool:
    """Whether what is counted has not happened yet: hiring always, the rest after 将, 计划 or 还会."""
    if sign.metric == "hiring_plan":
        return sign.quantity is not None and sign.rule != "zh.plan.list"
    near = text[max(0, sign.at.start - 30) : sign.at.end]
    return sign.metric in {"layoffs", "headcount"} and sign.quantity is not None and _AHEAD.search(near) is not None


def _signs(text: str) -> Iterator[Sign]:
    used: list[Quantity] = []
    layoffs = 0
    last: Sign | None = None
    found = [*counts(text), *shares(text)]
    for quantity in found if len(found) <= signals.MOST_COUNTS else []:
        sign = (
            layoff(text, quantity)
            or _opening(text, quantity)
            or _plan(text, quantity)
            or headcount(text, quantity)
            or joined_headcount(text, quantity, last)
        )
        last = sign or last
        if sign is not None:
            used.append(quantity)
            layoffs += sign.metric == "layoffs"
            yield sign
    for quantity in quotas(text):
        used.append(quantity)
        yield Sign(
            metric="hiring_plan",
            at=Span(quantity.start, quantity.end),
            rule="zh.plan.quota",
            confidence=0.7,
            quantity=quantity,
        )
    if not layoffs and (bare := told_bare(text)) is not None:
        yield Sign(metric="layoffs", at=Span(*bare.span()), rule="zh.layoffs.bare", confidence=0.5, unit="people")
    freeze = _FREEZE.search(text) or _FREEZE_APART.search(text)
    if freeze is not None and not is_negated(text[max(0, freeze.start() - 6) : freeze.start()]):
        yield Sign(metric="hiring_freeze", at=Span(*freeze.span()), rule="zh.freeze", confidence=0.85)
    if not used and (plan := _PLAN_BARE.search(text) or _DOUBLES.search(text)) is not None:
        yield Sign(metric="hiring_plan", at=Span(*plan.span()), rule="zh.plan.bare", confidence=0.5, unit="people")
    for name, pattern in _PRACTICES:
        if (match := pattern.search(text)) is not None:
            yield Sign(metric="practice", at=Span(*match.span()), rule=f"zh.practice.{name}", confidence=0.6)
            return


def _opening(text: str, quantity: Quantity) -> Sign | None:
    right, left = text[quantity.end : quantity.end + 10], text[max(0, quantity.start - 10) : quantity.start]
    is_open = quantity.unit == "openings" or (
        quantity.unit == "jobs" and (_OPEN_AFTER.match(right) or _OPEN_BEFORE.search(left))
    )
    if not is_open and not (quantity.unit == "people" and _IN_SEARCH_OF.search(left)):
        return None
    if quantity.unit == "jobs" and _TO_OPEN.search(text[max(0, quantity.start - 24) : quantity.start]):
        return None
    counted = replace(quantity, unit="openings")
    return Sign(
        metric="openings", at=Span(quantity.start, quantity.end), rule="zh.openings", confidence=0.8, quantity=counted
    )


def _plan(text: str, quantity: Quantity) -> Sign | None:
    left = text[max(0, quantity.start - 44) : quantity.start]
    if quantity.unit == "percent":
        return None
    if _WANTED.match(text[quantity.end : quantity.end + 40]):
        return Sign(
            metric="hiring_plan",
            at=Span(quantity.start, quantity.end),
            rule="zh.plan.list",
            confidence=0.6,
            quantity=quantity,
        )
    match = (
        _PLAN.search(left)
        or _MORE_PEOPLE.search(left)
        or _GROW.search(left)
        or _HIRING.search(left)
        or _AGAIN.search(left)
        or _TO_OPEN.search(left)
        or _HIRED_NUMBER.search(left)
    )
    if match is None or max(quantity.min or 0, quantity.max or 0) < FEWEST or re.search(r"曾|已经?招|去年", match[0]):
        return None
    at = Span(quantity.start - len(left) + match.start(), quantity.end)
    return Sign(metric="hiring_plan", at=at, rule="zh.plan", confidence=0.75, quantity=quantity)


# CEO们, 全球科技公司, 被挖角的公司: said of nobody in particular.
_ANYBODY = re.compile(
    r"(?:CEO|老板|创始人)\s?们|(?:被挖角的|各大|各家|多家|不少|许多|全球|全球科技|科技|一些|众多)(?:科技)?(?:公司|企业|巨头|大厂)|(?:科技|整个|全)行业|"
    r"某[^,，。;；]{0,8}(?:公司|企业|大厂)"
)
# 留住清华应届博士: where somebody studied does not employ.
_SCHOOLED = re.compile(r"\s?(?:的)?(?:应届|博士(?!后)|硕士|毕业|校友|系(?!统)|出身|背景|学生)")


def _employer(reading: Reading, sentence: Sentence, text: str, at: Span) -> tuple[str, str | None] | None:
    """Whose staff: the organisation that governs the clause, one inside it, a chief, or what the text speaks of."""
    own = [
        o for o in sentence.organisations if at.start <= o.start - sentence.start and o.end - sentence.start <= at.end
    ]
    if own and text[at.start].isascii():
        return own[0].name, own[0].team
    acting = employer.chief(text[at.start : at.end])
    if acting is not None:
        return acting, None
    around = clauses.clause(text, at.start, at.end)
    heads = employer.governing(reading, sentence, sentence.start + at.end)
    heads = [o for o in heads if not _SCHOOLED.match(text, o.end - sentence.start)]
    named = any(o.start - sentence.start >= around.start for o in heads)
    if not named and _ANYBODY.search(text[: around.end]):
        return None
    if heads:
        return heads[0].name, heads[0].team
    inside = [
        o for o in sentence.organisations if sentence.start + around.start <= o.start < sentence.start + around.end
    ]
    inside = [
        o
        for o in inside
        if not employer.is_outlet(text, sentence, o) and not _SCHOOLED.match(text, o.end - sentence.start)
    ]
    if inside:
        return inside[0].name, inside[0].team
    chief = employer.chief(text[: at.end])
    if chief is not None:
        return chief, None
    carried = employer.carried(reading, sentence)
    return (carried, None) if carried else None

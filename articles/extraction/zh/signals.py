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
from articles.extraction.zh.workforce import counts, quotas, shares

_WORDS = table("zh/signals")

_CUE = re.compile(
    r"裁|解雇|解聘|辞退|开除|优化|削减|精简|缩减|遣散|员工|人员|团队|规模|招聘|招募|招揽|扩招|雇|岗位|职位|HC|面试|亲自|"
    r"挽留|留住|竞业|名单|归属|淘汰|内推|报价|汇报|面一轮|笔试|打电话|写信|录用|名额|编制|在职|招|岗|\d\s?人|薪|招兵买马|人才收购|离职"
)
_VERB = re.compile(rf"(?<!总)(?P<verb>{either(_WORDS['layoff_verbs'])})(?P<link>[^。;！？!?]{{0,26}})$")
_WEAK = frozenset(_WORDS["weak_verbs"])
_AFTER = re.compile(rf"^[^,，。;；]{{0,14}}?{either(_WORDS['layoff_after'])}")
_BARE = re.compile(either(_WORDS["bare_layoff"]))
# "Oakline 裁员" in a headline or an account.
_LATIN_BARE = re.compile(
    r"(?<![\w.])(?!(?:AI|IT|CEO|HR)\b)[A-Z][\w.&-]*\s?(?:公司)?(?:的|开始|将|再次|大规模|近期|正在|宣布|确认|计划|正){0,2}裁员(?!\s?\d|恐慌|传闻|谣言)"
)
_NEGATED = re.compile(rf"{either(_WORDS['negated'])}[^,，。]{{0,4}}$")
_OBJECT = re.compile(r"员工|人员|岗位|职位|团队|人手|人力|工程师|雇员|职员|人$|名|编制")
_OTHER_EVENT = re.compile(
    r"^[至到]|只剩|剩下|毕业生|失业|以及|丧生|建立|扩大|领导|担任|利用|支付|收到|经验|讨论|招聘|招募|加入|新增|离职|入职|拥有|共有|总数|截至"
)

_ABOUT = rf"(?:{either([*_WORDS['about'], *_WORDS['least'], *_WORDS['most']])}\s?)*"
_HAS = re.compile(rf"{either(_WORDS['has'])}(?:了|着|的)?\s?{_ABOUT}(?:[^,，。;；\d]{{0,4}})$")
_NOT_STAFF = re.compile(rf"^\s?[^,，。;；]{{0,8}}?{either(_WORDS['not_staff'])}")
_TEAM_AFTER = re.compile(r"^\s?(?:左右|以上)?\s?的?\s?(?:[^,，。;；]{0,6})?(?:团队|规模|公司|队伍|部门|实验室)")
_EXTENT = re.compile(r"(?:涉及|波及|影响|人数|规模|比例|共计|合计|约|总计)[^,，]{0,6}$")
# 年底前还要再招 300 名, 年内再添 100 人.
_AGAIN = re.compile(
    r"(?:再|还要|还将|打算|新)(?:招|添|增|聘|招聘|招募|新增|引进)(?:约|近|超过)?\s?$|新增(?:研发人员|员工|人员)\s?$"
)
# 他手下的30余人 come with a person.
_HIS_PEOPLE = re.compile(r"(?:其|他|她|自己)的?(?:手下|麾下)的?\s?(?:约|近)?\s?$")
# 拥有超过2万名工程师和3000多名科学家: the second count is of the same employer.
_AND = re.compile(r"\s?(?:和|及|以及|、|与)\s?(?:约|近|超过|逾)?\s?")
_LIKENED = re.compile(r"(?:相当于|等于|替代|取代|顶替)[^,，。]{0,6}$")
_GROWTH = re.compile(r"^\s?(?:到|至|增长到|增至)\s?\d")
_STAFF_WORDS = re.compile(r"员工|团队|规模|人数|雇|剩|编制|队伍|手下|麾下|在职|全公司|人员")
_ONLY = re.compile(r"(?:只有|仅有|共有|现有|拥有|一共有)\s?(?:约|近)?\s?$")
_ENDS = re.compile(r"^\s?(?:[,，。;；]|$)")
# Fewer make a group of colleagues, no headcount.
_FEWEST = 5
_REPORT = re.compile(r"^\s?向[^,，。;；]{0,50}汇报|^[^,，。;；]{0,24}(?:汇报|任职|工作|供职|在职|效力)")
_OUT_OF = re.compile(r"(?:中|里)\s?,?\s?(?:至少|已|有|仅)?[^,，。]{0,4}$")

_PLAN = re.compile(
    rf"{either(_WORDS['plan_verbs'])}[^。;,，]{{0,16}}?{either(_WORDS['hire_verbs'])}(?:了|"
    rf"到|约|近|超过|逾|至少|最多|多达|上|至)*\s?[^,，。;\d]{{0,6}}$"
)
_GROW = re.compile(
    rf"{either(_WORDS['plan_verbs'])}[^。;,，]{{0,20}}?(?:团队|人数|规模|员工|编制)[^。;,，]{{0,6}}?{either(_WORDS['grow_to'])}\s?(?:约|"
    rf"近|超过)?\s?$"
)
_HIRING = re.compile(r"(?:招聘|招募|扩招|急招|诚聘)(?:约|近|超过|逾|至少)?\s?$")
_WANTED = re.compile(r"^\s?的?(?:名单|清单)[^。;]{0,34}(?:挖|招|人才)")
_OPEN_AFTER = re.compile(r"^\s?(?:正在招聘|在招|空缺|开放|待招|虚位以待)")
_OPEN_BEFORE = re.compile(
    r"(?:开放|放出|释放|发布|推出|提供|空出|招聘|挂着|挂出|列出|在招)了?\s?(?:约|近|超过|逾)?\s?$"
)

_FREEZE = re.compile(either(_WORDS["freeze"]))
_FREEZE_APART = re.compile(r"(?:冻结|暂停|停止)[^,，。;；]{0,6}招聘|招聘[^,，。;；]{0,4}(?:冻结|暂停)")
_PLAN_BARE = re.compile(rf"(?:{either(_WORDS['plan_verbs'])}[^。;,，]{{0,10}})(?:{either(_WORDS['plan_bare'])})")
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
    yield signals.claim(sign, org=org, team=team, span=span, date=date, attribution=attribution, status=status)


def _signs(text: str) -> Iterator[Sign]:
    used: list[Quantity] = []
    layoffs = 0
    last: Sign | None = None
    found = [*counts(text), *shares(text)]
    for quantity in found if len(found) <= signals.MOST_COUNTS else []:
        sign = (
            _layoff(text, quantity)
            or _opening(text, quantity)
            or _plan(text, quantity)
            or _headcount(text, quantity)
            or _joined_headcount(text, quantity, last)
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
    bare = _BARE.search(text) or _LATIN_BARE.search(text)
    if bare is not None and not layoffs and not _NEGATED.search(text[max(0, bare.start() - 8) : bare.start()]):
        yield Sign(metric="layoffs", at=Span(*bare.span()), rule="zh.layoffs.bare", confidence=0.5, unit="people")
    freeze = _FREEZE.search(text) or _FREEZE_APART.search(text)
    if freeze is not None and not _NEGATED.search(text[max(0, freeze.start() - 6) : freeze.start()]):
        yield Sign(metric="hiring_freeze", at=Span(*freeze.span()), rule="zh.freeze", confidence=0.85)
    if not used and (plan := _PLAN_BARE.search(text)) is not None:
        yield Sign(metric="hiring_plan", at=Span(*plan.span()), rule="zh.plan.bare", confidence=0.5, unit="people")
    for name, pattern in _PRACTICES:
        if (match := pattern.search(text)) is not None:
            yield Sign(metric="practice", at=Span(*match.span()), rule=f"zh.practice.{name}", confidence=0.6)
            return


def _layoff(text: str, quantity: Quantity) -> Sign | None:
    left, right = text[max(0, quantity.start - 34) : quantity.start], text[quantity.end : quantity.end + 24]
    if quantity.unit != "percent" and max(quantity.min or 0, quantity.max or 0) < _FEWEST:
        return None
    verb = _last(_VERB, left)
    if verb is not None and (_OTHER_EVENT.search(verb["link"]) or not _tells_layoff(text, quantity, verb)):
        verb = None
    after = None if verb is not None else _AFTER.match(right)
    if after is not None and quantity.unit == "percent" and "裁" not in right[: after.end()] and "解雇" not in right:
        after = None
    if (verb is None and after is None) or _NEGATED.search(left[: verb.start()] if verb else ""):
        return None
    start = quantity.start - len(left) + verb.start() if verb else quantity.start
    end = quantity.end if verb else quantity.end + (after.end() if after else 0)
    rule = "verb" if verb else "after"
    return Sign(metric="layoffs", at=Span(start, end), rule=f"zh.layoffs.{rule}", confidence=0.85, quantity=quantity)


def _tells_layoff(text: str, quantity: Quantity, verb: re.Match[str]) -> bool:
    """优化 and 削减 need people or jobs as their object; a share needs a workforce."""
    link = verb["link"]
    before, mark, after = link.rpartition(",")
    parallel = re.search(r"\d", before) is not None and len(after.strip()) <= 4
    if mark and not parallel and not _EXTENT.match(after.strip()):
        return False
    counted = text[quantity.start : quantity.end]
    if verb["verb"] in _WEAK:
        return _OBJECT.search(counted + text[quantity.end : quantity.end + 8] + link) is not None
    return True


def _opening(text: str, quantity: Quantity) -> Sign | None:
    right, left = text[quantity.end : quantity.end + 10], text[max(0, quantity.start - 10) : quantity.start]
    is_open = quantity.unit == "openings" or (
        quantity.unit == "jobs" and (_OPEN_AFTER.match(right) or _OPEN_BEFORE.search(left))
    )
    if not is_open:
        return None
    return Sign(
        metric="openings", at=Span(quantity.start, quantity.end), rule="zh.openings", confidence=0.8, quantity=quantity
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
    match = _PLAN.search(left) or _GROW.search(left) or _HIRING.search(left) or _AGAIN.search(left)
    if match is None or max(quantity.min or 0, quantity.max or 0) < _FEWEST or re.search(r"曾|已经?招|去年", match[0]):
        return None
    at = Span(quantity.start - len(left) + match.start(), quantity.end)
    return Sign(metric="hiring_plan", at=at, rule="zh.plan", confidence=0.75, quantity=quantity)


def _headcount(text: str, quantity: Quantity) -> Sign | None:
    if quantity.unit != "people" or max(quantity.min or 0, quantity.max or 0) < _FEWEST:
        return None
    left, right = text[max(0, quantity.start - 22) : quantity.start], text[quantity.end : quantity.end + 30]
    if (
        _LIKENED.search(left)
        or _HIS_PEOPLE.search(left)
        or _NOT_STAFF.match(right)
        or _OUT_OF.search(left)
        or _GROWTH.match(right)
        or left.rstrip().endswith("从")
    ):
        return None
    counted = text[quantity.start : quantity.end]
    staff = re.search(either(_WORDS["people"]), counted) is not None
    has = _HAS.search(left)
    about_staff = (
        has is not None
        and re.search(r"员工|团队|规模|人数|雇|剩|编制|队伍|手下|麾下|在职|全公司|人员", has[0]) is not None
    )
    plainly = _ONLY.search(left) is not None and _ENDS.match(right) is not None
    team = has is not None and _TEAM_AFTER.match(right) is not None
    if about_staff or (staff and has is not None) or team or plainly or _REPORT.match(right):
        return Sign(
            metric="headcount",
            at=Span(quantity.start, quantity.end),
            rule="zh.headcount",
            confidence=0.7,
            quantity=quantity,
        )
    return None


def _joined_headcount(text: str, quantity: Quantity, last: Sign | None) -> Sign | None:
    """The count that 和 joins to a headcount."""
    if last is None or last.metric != "headcount" or quantity.unit != "people":
        return None
    if _AND.fullmatch(text, last.at.end, quantity.start) is None:
        return None
    return replace(last, at=Span(quantity.start, quantity.end), quantity=quantity)


def _last(pattern: re.Pattern[str], left: str) -> re.Match[str] | None:
    """The match that begins last, so nearest to the figure."""
    best, at = None, 0
    while (match := pattern.search(left, at)) is not None:
        best, at = match, match.start() + 1
    return best


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
    heads = employer.governing(reading, sentence, sentence.start + at.end)
    if heads:
        return heads[0].name, heads[0].team
    around = clauses.clause(text, at.start, at.end)
    inside = [
        o for o in sentence.organisations if sentence.start + around.start <= o.start < sentence.start + around.end
    ]
    inside = [o for o in inside if not employer.is_outlet(text, sentence, o)]
    if inside:
        return inside[0].name, inside[0].team
    chief = employer.chief(text[: at.end])
    if chief is not None:
        return chief, None
    carried = employer.carried(reading, sentence)
    return (carried, None) if carried else None

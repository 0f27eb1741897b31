"""Finds how many people an employer has, in Chinese."""

from __future__ import annotations

import re
from dataclasses import replace

from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.signals import Quantity, Sign
from articles.extraction.zh.layoffs import FEWEST, FROM_TO, whole_of_share

_WORDS = table("zh/signals")

_ABOUT = rf"(?:{either([*_WORDS['about'], *_WORDS['least'], *_WORDS['most']])}\s?)*"
_HAS = re.compile(rf"{either(_WORDS['has'])}(?:了|着|的)?\s?{_ABOUT}(?:[^,，。;；\d]{{0,4}})$")
_NOT_STAFF = re.compile(rf"^\s?[^,，。;；]{{0,8}}?{either(_WORDS['not_staff'])}")
_TEAM_AFTER = re.compile(r"^\s?(?:左右|以上)?\s?的?\s?(?:[^,，。;；]{0,6})?(?:团队|规模|公司|队伍|部门|实验室)")
# 约11.28万员工数.
_NUMBER_OF = re.compile(r"\s?(?:总数|总人数|人数|总量|数量|数|规模)")
# 首批17人的核心团队.
_FIRST_TEAM = re.compile(r"(?:首批|首期|第一批|最初的?|初始的?|仅有?|只有?|这支|现有的?)\s?(?:约|近)?\s?$")
_CORE_TEAM = re.compile(r"^\s?的?(?:核心|初创|创始|初始|研发|技术|算法|工程|研究|小)?(?:团队|班底)")
# 他手下的30余人 come with a person.
_HIS_PEOPLE = re.compile(r"(?:其|他|她|自己)的?(?:手下|麾下)的?\s?(?:约|近)?\s?$")
# 拥有超过2万名工程师和3000多名科学家: the second count is of the same employer.
_AND = re.compile(r"\s?(?:和|及|以及|、|与)\s?(?:约|近|超过|逾)?\s?")
# 有112,771名雇员(2020年:85,858名).
_IN_BRACKETS = re.compile(r"\s?[(（]\s?20\d\d\s?年(?:底|末)?\s?[:：为]?\s?")
# 现有1100名员工,去年同期是1400人.
_GROWS_TO = re.compile(
    r"\s?(?:左右)?(?:增|涨|扩|升|发展|膨胀|壮大|缩|减|降|裁|精简|压缩)[^,，。;；\d]{0,5}(?:到|至)\s?(?:了)?\s?(?:\d{4}\s?年的?)?\s?(?:约|近|超过)?\s?"
)
_A_YEAR_AGO = re.compile(
    r"[^。;；]{0,16}(?:去年同期|一年前|上年同期|年初|去年底|上年末)(?:是|为|有|的)?\s?(?:约|近|超过)?\s?"
)
# 总部人员在年底会达到2700人.
_COMES_TO = re.compile(
    r"(?:员工|人员|雇员)(?:总数|总人数|人数)[^。;；]{0,30}?(?:约为|共计|约|为|达)\s?$|(?:人员|人数|员工|团队|规模|人力)(?:[^,，。;；\d]{0,14}?|[^,，。;；\d]{0,6}从[^,，。;；]{1,12}人?)(?:达到|达|增至|增加到|增长到|扩大到|扩张到|扩至|升至|突破|稳定在|维持在|保持在)\s?(?:约|近|超过)?\s?$"
)
_LIKENED = re.compile(r"(?:相当于|等于|替代|取代|顶替)[^,，。]{0,6}$")
# Chiefs and founders are counted among those who left, not as a staff.
_LEADERS = re.compile(r"高管|创始人|联创|核心成员|核心骨干|合伙人|负责人|元老")
# So many developers use a product.
_MAKERS = re.compile(r"开发者|开发人员")
_MOST_MAKERS = 50_000
_GROWTH = re.compile(r"^\s?(?:到|至|增长到|增至)\s?\d")
_STAFF_WORDS = re.compile(r"员工|团队|规模|人数|雇|剩|编制|队伍|手下|麾下|在职|公司|人员")
_ONLY = re.compile(r"(?:只剩|仅剩|还剩|只有|仅有|总共有|总共|共有|现有|拥有|一共有)\s?(?:约|近|大约|超过|逾|不到)?\s?$")
_ENDS = re.compile(r"^\s?(?:左右)?(?:[,，。;；)]|$)")
_REPORT = re.compile(r"^\s?向[^,，。;；]{0,50}汇报|^[^,，。;；]{0,24}(?:汇报|任职|工作|供职|在职|效力)")
_OUT_OF = re.compile(r"(?:中|里)\s?,?\s?(?:至少|已|有|仅)?[^,，。]{0,4}$")


def headcount(text: str, quantity: Quantity) -> Sign | None:
    """The headcount that the quantity is, by the words around it; None where it counts others."""
    if quantity.unit != "people" or max(quantity.min or 0, quantity.max or 0) < FEWEST:
        return None
    left, right = text[max(0, quantity.start - 36) : quantity.start], text[quantity.end : quantity.end + 30]
    first = _FIRST_TEAM.search(left) is not None and _CORE_TEAM.match(right) is not None
    if not first and (
        _LIKENED.search(left)
        or _HIS_PEOPLE.search(left)
        or _NOT_STAFF.match(right)
        or _OUT_OF.search(left)
        or (_GROWTH.match(right) and not FROM_TO.search(left))
        or (_MAKERS.search(text[quantity.start : quantity.end]) and (quantity.min or 0) > _MOST_MAKERS)
        or _LEADERS.search(text[quantity.start : quantity.end])
        or (left.rstrip().endswith("从") and not FROM_TO.search(left))
    ):
        return None
    counted = text[quantity.start : quantity.end]
    staff = re.search(either(_WORDS["people"]), counted) is not None
    has = _HAS.search(left)
    about_staff = has is not None and _STAFF_WORDS.search(has[0]) is not None
    plainly = _ONLY.search(left) is not None and _ENDS.match(right) is not None
    number = counted.endswith(("员工", "雇员", "人员")) and _NUMBER_OF.match(right) is not None
    team = has is not None and _TEAM_AFTER.match(right) is not None
    if (
        about_staff
        or whole_of_share(left, right)
        or FROM_TO.search(left)
        or _COMES_TO.search(left)
        or (staff and has is not None)
        or team
        or first
        or number
        or plainly
        or _REPORT.match(right)
    ):
        return Sign(
            metric="headcount",
            at=Span(quantity.start, quantity.end),
            rule="zh.headcount",
            confidence=0.7,
            quantity=quantity,
        )
    return None


def joined_headcount(text: str, quantity: Quantity, last: Sign | None) -> Sign | None:
    """The count that 和 joins to a headcount."""
    if last is None or last.metric != "headcount" or quantity.unit != "people":
        return None
    gaps = (_AND, _A_YEAR_AGO, _GROWS_TO, _IN_BRACKETS)
    joined = next((m for gap in gaps if (m := gap.fullmatch(text, last.at.end, quantity.start))), None)
    if joined is None:
        return None
    return replace(last, at=Span(quantity.start, quantity.end), quantity=quantity)

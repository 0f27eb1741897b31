"""Finds counts of people and jobs that an employer cuts, in Chinese, and layoffs told without a count."""

from __future__ import annotations

import re

from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.signals import Quantity, Sign

_WORDS = table("zh/signals")

_VERB = re.compile(rf"(?<!总)(?P<verb>{either(_WORDS['layoff_verbs'])})(?P<link>[^。;！？!?]{{0,26}})$")
_WEAK = frozenset(_WORDS["weak_verbs"])
# Of a share, only these words tell a layoff.
_SHARE_GOES = re.compile(r"裁|解雇|淘汰|辞退|劝退|优化掉")
# 从约9,000人减少到约5,000人: both are headcounts.
FROM_TO = re.compile(
    r"(?:人数|团队|规模|员工|编制|人力)[^,，。;；]{0,12}?从\s?(?:约|近|超过)?\s?$|"
    r"(?:将|会|已|拟)从\s?(?:约|近|超过)?\s?$|(?:减少|缩减|降|削减|精简|裁减|裁|压缩|缩编|瘦身|下降)(?:到|至)(?:了)?\s?(?:约|近|不到|不足)?\s?$"
)
# What would be lost if machines did the work is no layoff.
_SUPPOSED = re.compile(r"(?:如果|假如|若是?|倘若|要是)[^。;；]{0,60}$")
_AFTER = re.compile(rf"^[^,，。;；]{{0,14}}?{either(_WORDS['layoff_after'])}")
_BARE = re.compile(either(_WORDS["bare_layoff"]))
_LATIN_BARE = re.compile(
    r"(?<![\w.])(?!(?:AI|IT|CEO|HR)\b)[A-Z][\w.&-]*\s?(?:公司)?(?:的|开始|将|再次|大规模|近期|正在|宣布|确认|计划|正){0,2}裁员(?!\s?\d|恐慌|传闻|谣言)"
)
# 微软在华裁员
_SOMEWHERE = re.compile(
    r"在(?:华|中国|国内|美国|全球|海外|印度|欧洲|英国|日本|韩国|加州|硅谷|北京|上海|深圳|杭州|广州|当地)(?:大规模|再次|继续)?裁员(?!\s?\d|传闻|计划|潮)"
)
# 裁撤预训练团队
_TEAM_GOES = re.compile(
    r"(?:裁撤|裁掉|裁去)了?[^,，。;；\d]{0,12}?(?:团队|部门|事业部|业务线|实验室|办公室|小组)|(?:砍掉|解散)了?(?:整个|整支|全部)[^,，。;；\d]{0,8}?(?:团队|部门|实验室)"
)
# Fewer make a group of colleagues, no staff.
FEWEST = 5
_NEGATED = re.compile(rf"{either(_WORDS['negated'])}[^,，。]{{0,4}}$")
_OBJECT = re.compile(r"员工|人员|岗位|职位|团队|人手|人力|工程师|雇员|职员|人$|名|编制")
# 减少30%的人力成本 cuts no people.
_COSTS = re.compile(r"\s?以?上?的?[^,，。;；]{0,8}?(?:成本|开支|支出|费用|工作量|时间|需求|流失|错误|投入|重复)")
# 业务线人员缩减三分之一.
_SUBJECT = re.compile(
    r"(?:员工|人员|岗位|职位|人手|人力|雇员|编制|人数)(?:规模|数量|总数)?(?:将|要|会|被|已|已经|整体|再|大幅)*$"
)
_OTHER_EVENT = re.compile(
    r"^[至到](?!多)|只剩|剩下|毕业生|失业|以及|丧生|建立|扩大|领导|担任|利用|支付|收到|经验|讨论|招聘|招募|加入|新增|离职|入职|拥有|共有|(?<!员工)(?<!人员)总数|截至"
)
_EXTENT = re.compile(
    r"(?:预计|将|共|或)*(?:占|相当于|约占|涉及|波及|影响|人数|规模|比例|共计|合计|约|总计)[^,，]{0,10}$"
)
# 约占其 22 万员工总数的 2.1%: the whole workforce, of which so much goes.
_SHARE_OF = re.compile(
    r"占(?:到|了)?(?:其|公司|集团|该公司)?(?:全球|全部|整个|总)?(?:约|近|超过)?\s?(?:约|近|超过)?\s?$"
)
_IS_SHARED = re.compile(r"\s?(?:员工)?(?:总数|总人数|总量|总额)?的\s?(?:约|近|超过)?\s?[\d百]")


def told_bare(text: str) -> re.Match[str] | None:
    """Where the sentence tells of layoffs, or of a team cut whole, and does not deny them."""
    bare = _BARE.search(text) or _SOMEWHERE.search(text) or _LATIN_BARE.search(text) or _TEAM_GOES.search(text)
    return bare if bare is not None and not is_negated(text[max(0, bare.start() - 8) : bare.start()]) else None


def is_negated(left: str) -> bool:
    """Whether the words right before take it back: 并未裁员."""
    return _NEGATED.search(left) is not None


def layoff(text: str, quantity: Quantity) -> Sign | None:
    """The layoff that the quantity counts, by a verb before it or a passive behind it."""
    left, right = text[max(0, quantity.start - 34) : quantity.start], text[quantity.end : quantity.end + 24]
    if quantity.unit != "percent" and max(quantity.min or 0, quantity.max or 0) < FEWEST:
        return None
    verb = _last(_VERB, left)
    if verb is not None and (_OTHER_EVENT.search(verb["link"]) or not _tells_layoff(text, quantity, verb)):
        verb = None
    after = None if verb is not None else _AFTER.match(right)
    if after is not None and quantity.unit == "percent" and _SHARE_GOES.search(right[: after.end()]) is None:
        after = None
    if whole_of_share(left, right) or FROM_TO.search(left) or _SUPPOSED.search(text[: quantity.start]):
        return None
    if (verb is None and after is None) or is_negated(left[: verb.start()] if verb else ""):
        return None
    start = quantity.start - len(left) + verb.start() if verb else quantity.start
    end = quantity.end if verb else quantity.end + (after.end() if after else 0)
    rule = "verb" if verb else "after"
    return Sign(metric="layoffs", at=Span(start, end), rule=f"zh.layoffs.{rule}", confidence=0.85, quantity=quantity)


def whole_of_share(left: str, right: str) -> bool:
    """Whether a count is of the whole workforce, a part of which goes: 约占其 22 万员工总数的 2.1%."""
    return _SHARE_OF.search(left) is not None and _IS_SHARED.match(right) is not None


def _tells_layoff(text: str, quantity: Quantity, verb: re.Match[str]) -> bool:
    """优化 and 削减 need people or jobs as their object; a share needs a workforce."""
    link = verb["link"]
    before, mark, after = link.rpartition(",")
    parallel = re.search(r"\d", before) is not None and len(after.strip()) <= 4
    if mark and not parallel and not _EXTENT.match(after.strip()):
        return False
    counted = text[quantity.start : quantity.end]
    if verb["verb"] in _WEAK and _COSTS.match(text, quantity.end):
        return False
    if verb["verb"] in _WEAK:
        subject = _SUBJECT.search(text[: quantity.start - len(link) - len(verb["verb"])])
        return subject is not None or _OBJECT.search(counted + text[quantity.end : quantity.end + 8] + link) is not None
    return True


def _last(pattern: re.Pattern[str], left: str) -> re.Match[str] | None:
    """The match that begins last, so nearest to the figure."""
    best, at = None, 0
    while (match := pattern.search(left, at)) is not None:
        best, at = match, match.start() + 1
    return best

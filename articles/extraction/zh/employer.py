"""Whose pay, whose staff: the employer that a figure in a Chinese sentence belongs to."""

from __future__ import annotations

import re

from articles.extraction import vicinity
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Reading, Sentence
from articles.extraction.organisations import scan
from articles.extraction.patterns import either
from articles.extraction.zh.clauses import wording
from articles.extraction.zh.reader import ChineseReading

_CHIEFS: dict[str, str] = table("zh/pay")["chiefs"]
_ATTRIBUTION = table("zh/attribution")
_OUTLETS = frozenset([*_ATTRIBUTION["outlets"], *table("organisations")["outlets"]])

# A foundation that bears a chief's name is not his firm.
_CHIEF = re.compile(
    rf"(?<!Chan )(?<!陈-)(?<!陈·)(?<!陈)(?P<chief>{either(_CHIEFS)})"
    r"(?!\s?(?:[A-Z][a-z]+\s)?(?:Initiative|Foundation|基金会|倡议|慈善))"
)
_OBJECT_BEFORE = re.compile(
    r"(?:向|从|对|给|为|由|让|比|像|与|和|跟|同|除了|离开|加入|任职于|在|以及|包含|使用|基于|利用|涉及|围绕|挖走|来自|前|原|据|通过|借助|赴|入职|加盟|跳槽到|聘请了?|聘用了?|招募了?|招入|招揽了?|挖来了?|转投|投奔|转赴|出身|、|[(（])\s?(?:一些|部分|多位|几位|其|那些|多名|数名)?\s?$"
)
_CLAUSE_OPENERS = ' ,，。;；:：!！?？\n“”"(（'
_EMPLOYER_ACT = re.compile(
    r"[^,，。;；]{0,8}?(?:裁|拥有|员工|团队|招聘|招募|开出|给|向|被曝|宣布|计划|提供|支付|有|冻结|目前|现有|雇)"
)
_FORMER_AFTER = re.compile(r"^\s?(?:的)?\s?(?:前|离职|前任|原)")
# A product of the name, or where something is shown: Docker容器, TikTok视频.
_PRODUCT_AFTER = re.compile(
    r"^\s?(?:的)?\s?(?:\d+\s?GB|容器|GPUs?|显卡|系统|视频|账号|频道|仓库|框架|数据集|服务器|上的|芯片组|插件|App|应用商店|社区)"
)
_JOINT = re.compile(r"^\s?(?:、|和|与|及|以及|或)\s?$")
_REFERENCE = re.compile(r"对方|该公司|这家公司|公司|该厂商|这家|该团队|该部门|其(?![次中他她它实余间])|他们")
# A new item of a list, with its own heading, does not go on about the item before.
_ITEM = r"\s*(?:[-*•·#>]+|\d{1,2}[.)、])\s?"
_JOB = r"[^:：。;；]{0,40}(?:岗位|岗|职位|工程师|经理|科学家|研究员|实习生|架构师|设计师|专家)\s?[:：]"
_NEW_ITEM = re.compile(rf"{_ITEM}(?!{_JOB})[^:：。;；]{{3,60}}[:：]")
# • 算法工程师:年薪80-150万 goes on about the employer before the list.
_JOB_ITEM = re.compile(rf"{_ITEM}[^。;；\n]{{0,40}}(?:岗|职位|工程师|经理|科学家|研究员|实习|架构师|设计师|专家)")
# An employer is spoken of for so many sentences, the items of such a list apart.
_CARRIES = 4
_TRADE = re.compile(r"(?:行业|行業|产业|產業)$")
# 甲旗下自动驾驶部门乙: what is said is said of 乙.
_OWNS = re.compile(r"^\s?(?:公司|集团|汽车)?(?:的)?旗下(?:的)?[^,，。;；、]{0,14}$")
_MARKS = re.compile(r"[,，;；。:：!！?？\n(（]")


def governing(reading: Reading, sentence: Sentence, upto: int) -> list[OrganisationMention]:
    """The organisations that the words before ``upto`` speak of: in the nearest clause, first those that act.

    Several where they are joined by 和 or 、.
    """
    text = wording(reading, sentence)
    before = [o for o in sentence.organisations if o.end <= upto and not is_outlet(text, sentence, o)]
    acting = [o for o in before if _acts(text, o.start - sentence.start, o.end - sentence.start)]
    acting = [o for o in acting if not _TRADE.search(o.name)]
    if not acting:
        return _doubtful(text, sentence, upto)
    head = _head(text, sentence, acting)
    return _joined(text, sentence, before, head)


def _doubtful(text: str, sentence: Sentence, upto: int) -> list[OrganisationMention]:
    """A name of the lexicon that is also a common word (智谱, 平安) where it opens a clause and acts as an employer."""
    for hit in scan(text[: upto - sentence.start]):
        opens = hit.start == 0 or text[hit.start - 1] in _CLAUSE_OPENERS
        if hit.organisation.ambiguous and opens and _EMPLOYER_ACT.match(text[hit.end : hit.end + 14]):
            return [OrganisationMention(sentence.start + hit.start, sentence.start + hit.end, hit.organisation.name)]
    return []


def _head(text: str, sentence: Sentence, acting: list[OrganisationMention]) -> OrganisationMention:
    """Of the nearest clause that names one, the first."""
    nearest = acting[-1]
    marks = [m.end() for m in _MARKS.finditer(text, 0, nearest.start - sentence.start)]
    opening = sentence.start + (marks[-1] if marks else 0)
    first = next(o for o in acting if o.start >= opening)
    owned = [o for o in acting if o.start >= first.end]
    if owned and _OWNS.match(text[first.end - sentence.start : owned[0].start - sentence.start]):
        return owned[0]
    return first


def _acts(text: str, start: int, end: int) -> bool:
    if _FORMER_AFTER.match(text[end : end + 6]) or _PRODUCT_AFTER.match(text[end : end + 10]):
        return False
    return _OBJECT_BEFORE.search(text[max(0, start - 8) : start]) is None


def _joined(
    text: str, sentence: Sentence, before: list[OrganisationMention], head: OrganisationMention
) -> list[OrganisationMention]:
    group = [head]
    for other in before[before.index(head) + 1 :]:
        if not _JOINT.match(text[group[-1].end - sentence.start : other.start - sentence.start]):
            break
        group.append(other)
    return group


def is_product(text: str, sentence: Sentence, mention: OrganisationMention) -> bool:
    """True where the name stands for a thing: Docker 容器."""
    end = mention.end - sentence.start
    return _PRODUCT_AFTER.match(text[end : end + 10]) is not None


def is_outlet(text: str, sentence: Sentence, mention: OrganisationMention) -> bool:
    """True where the organisation only reports."""
    written = text[mention.start - sentence.start : mention.end - sentence.start]
    return not _OUTLETS.isdisjoint({written, written.replace(" ", ""), mention.name})


def chief(text: str) -> str | None:
    """The organisation of the last chief named in ``text``."""
    names = [m["chief"] for m in _CHIEF.finditer(text)]
    return _CHIEFS[names[-1]] if names else None


def after_chief(text: str) -> str:
    """What follows the last chief named in ``text``; nothing where it names none."""
    ends = [m.end() for m in _CHIEF.finditer(text)]
    return text[ends[-1] :] if ends else ""


def refers_back(text: str) -> bool:
    """Whether the text speaks of 该公司, 公司 or 其."""
    return _REFERENCE.search(text) is not None


def speaker(reading: Reading, sentence: Sentence) -> str | None:
    """The organisation of the chief who speaks in the sentence or shortly before it."""
    near = [sentence, *reversed(vicinity.before(reading, sentence.start, most=2))]
    return next((org for s in near if (org := chief(wording(reading, s))) is not None), None)


def carried(reading: Reading, sentence: Sentence, *, without: str | None = None, so_far: bool = False) -> str | None:
    """The organisation that the text speaks of before this sentence: the nearest acting one, then the title's.

    Last the only one that the text names, ``so_far`` or anywhere.
    """
    if _NEW_ITEM.match(wording(reading, sentence)):
        return None
    left = _CARRIES
    for other in reversed(vicinity.before(reading, sentence.start)):
        words = wording(reading, other)
        heads = [o for o in governing(reading, other, other.end) if o.name != without]
        if heads:
            return heads[0].name
        if _NEW_ITEM.match(words):
            return None
        left -= _JOB_ITEM.match(words) is None
        if not left:
            break
    return topic(reading, without=without) or _only_one(reading, without, sentence.start if so_far else None)


def _only_one(reading: Reading, without: str | None, upto: int | None) -> str | None:
    """The one organisation that the text names (in sentences up to ``upto``), where it names no other but outlets."""
    names = {
        o.name
        for s in reading.sentences[: vicinity.REACH]
        for o in s.organisations
        if (upto is None or s.start <= upto) and not is_outlet(wording(reading, s), s, o) and o.name != without
    }
    return names.pop() if len(names) == 1 else None


def topic(reading: Reading, *, without: str | None = None) -> str | None:
    """The first organisation of the title that is no outlet."""
    topics = reading.topics if isinstance(reading, ChineseReading) else []
    return next((t.name for t in topics if t.name not in _OUTLETS and t.name != without), None)

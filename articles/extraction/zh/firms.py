"""Employers that no list holds: names with the ending of a firm, and the short forms the text gives them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import rjieba

from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Reading, Sentence
from articles.extraction.organisations import lookup
from articles.extraction.patterns import either
from articles.extraction.zh.clauses import wording
from articles.extraction.zh.reader import ChineseReading

_WORDS = table("zh/firms")
_NOT_NAMES = frozenset(_WORDS["not_names"])
_OPENERS = frozenset(_WORDS["openers"])

_ENDING = re.compile(either(_WORDS["endings"]))
_HAN = re.compile(r"[\u4e00-\u9fff]")
# "Oakline 正在招聘", "Oakline.ai 裁员": only an employer does this.
_LATIN = re.compile(
    r"(?:(?<![\w.@/&-])|(?<=公司)|(?<=企业)|(?<=巨头)|(?<=平台)|(?<=独角兽))(?P<name>[A-Z][\w&-]*(?:\.(?:ai|io|com))?(?:\s[A-Z][\w&-]*(?:\.(?:ai|io|com))?){0,3})"
    r"(?=\s?(?:公司)?\s?(?:也|还|目前|现|将|已|的|正在?|在|计划|拟|宣布|积极|高薪){0,3}\s?(?:为[^,，。;；:：]{0,14})?"
    r"(?:寻找|寻求|招聘|招募|聘请|诚聘|急聘|裁员|裁减|裁撤|解雇|冻结招聘|提供[^,，。;；:：]{0,14}(?:薪|工资|待遇)))"
)
# 隆基绿能减员3.7万人, 咖啡巨头星岚咖啡裁撤1100人: the Han name that opens a clause and lays off.
_LAYS_OFF = re.compile(
    r"(?:^|[,，。;；:：\n]|巨头|龙头|公司|厂商|独角兽|车企|大厂)(?P<name>(?:(?!巨头|龙头|公司|厂商|独角兽|车企|大厂)[\u4e00-\u9fff]){2,6}?)(?=(?:也|还|已|将|再次|近日|近期|日前|宣布|计划|拟|正|正在|此次|又){0,2}"
    r"(?:大规模|大幅|全球)?(?:裁员|裁减|裁撤|裁掉|减员|大裁|裁去)[^,，。;；]{0,8}\d)"
)
# 科锐国际、中金公司、云帆比特、中信证券: between firms of the lexicon stand firms.
_LISTED = re.compile(r"[^,，。;；:：、\n()“”]{2,10}(?:、[^,，。;；:：、\n()“”]{2,10}){2,}")
# Tags of the segmenter's words that are in no firm's name, and of those that begin none.
_NO_NAME_TAGS = frozenset({"d", "r", "p", "c", "t", "m", "u", "uj", "ul", "f", "mq", "q", "ad", "s"})
_NO_FIRST_TAGS = _NO_NAME_TAGS | {"v", "vn", "a", "ns"}
_KINDS = re.compile(r"(?:行业|产业|部门|团队|业务|公司|企业|板块|领域|岗位|巨头|大厂|机构|集团|员工|平台|系统|技术)$")
_NO_FIRM = re.compile(r"^(?:AI|IT|HR|CEO|CTO|CFO|COO|HC|LLM|ML|GPU|API|US|UK|EU|Discord|Twitter|Reddit|The|A|An)$")
# A sum of money runs into the word after it: 5 亿韩元资本支出.
_MONEY = re.compile(r"^[万亿]|[美欧日韩港台加澳]元|人民币")
# A job or a field after an ending: 高级软件工程师, 机器人专业.
_JOB = re.compile(
    r"^\s?(?:工程师|开发|架构师|专家|经理|研究员|学习|专业|技术|岗位|职位|行业|领域|产品|人才|应用|系统|服务)"
)
_ACTS = re.compile(
    r"^\s?(?:公司|集团)?[^,，。;；:：]{0,6}?(?:裁|拥有|员工|团队|招聘|招募|聘|开出|向|被曝|宣布|计划|提供|支付|冻结|现有|雇|寻找|的员工|高薪)"
)
# Words that end right before a name and are none of it: 网传星野科技, 2024年星野科技, 消息称星野科技.
_LEADS = re.compile(
    r"(?:网传|据传|盛传|传闻|消息称|报道称|爆料称|显示|透露|表示|获悉|目前|此前|近日|日前|如今|当时|同时|其中|\d年|\d月|\d日|\d[年月日]?底|年初|年底|称|是)$"
)
# 营销科技公司 Yotpo: the trade of the firm that follows.
_KIND_OF_FIRM = re.compile(r"(?:初创|创业|上市)?(?:公司|企业|平台|巨头|独角兽)\s?[A-Z]")
# A department behind a firm's own name: 星野科技云部门.
_DEPARTMENT = re.compile(r"^(?:部门|业务|事业|团队|服务|板块)")
# Names are gathered from this much of a text.
_HORIZON = 30_000
_LONGEST_STEM = 4
_LONGEST_NAME = 24
# An edge counts as much as one occurrence more.
_EDGE = 2


def with_firms(reading: Reading) -> Reading:
    """The reading with a mention wherever the text names such an employer, in full or in short."""
    plain = reading.plain if isinstance(reading, ChineseReading) else reading.document.text
    known = _known(reading)
    names = _firms(f"{reading.document.title}\n{plain[:_HORIZON]}", known) | _latin(reading, plain, known)
    reading = replace(reading, sentences=[_of_lexicon(s) for s in reading.sentences])
    written = {s.text[o.start - s.start : o.end - s.start] for s in reading.sentences for o in s.organisations}
    names |= _by_company(plain[:_HORIZON], frozenset(written | names.keys()))
    pattern = re.compile(either(names)) if names else None
    sentences = [_enriched(reading, s, pattern, names) if pattern else s for s in reading.sentences]
    named = Counter(o.name for s in sentences for o in s.organisations)
    return replace(reading, sentences=[_likely(reading, s, named) for s in sentences])


def _latin(reading: Reading, plain: str, known: dict[str, str]) -> dict[str, str]:
    """Names in Latin letters that recruit or lay off, and are no person's."""
    people = {part for s in reading.sentences for p in s.people for n in (p.name, *p.aliases) for part in n.split()}
    names = (m["name"] for m in _LATIN.finditer(plain[:_HORIZON]))
    return {n: n for n in names if n not in known and not _NO_FIRM.match(n) and not set(n.split()) & people}


def _of_lexicon(sentence: Sentence) -> Sentence:
    """With names that are also words (阿里) as the lexicon's, where the text's own wording made them names."""
    own = []
    for o in sentence.organisations:
        entry = None if o.known else lookup(sentence.text[o.start - sentence.start : o.end - sentence.start])
        own.append(replace(o, name=entry.name, team=entry.team, known=True) if entry else o)
    return replace(sentence, organisations=own)


def _by_company(text: str, known: frozenset[str]) -> dict[str, str]:
    """Han names that lay people off, and names in a list of firms of which most are known."""
    found = [m["name"] for m in _LAYS_OFF.finditer(text)]
    for run in _LISTED.finditer(text):
        items = run[0].split("、")
        strange = [item for item in items if item not in known and lookup(item) is None]
        if len(strange) * 2 < len(items):
            found += [item for item in strange if all(_HAN.match(c) for c in item)]
    return {name: name for name in found if name not in known and lookup(name) is None and _is_name(name)}


def _is_name(form: str) -> bool:
    """Whether the segmenter sees no ordinary word in it: 隆基绿能, but not 此次 or 光伏行业."""
    if not 2 <= len(form) <= 6 or _KINDS.search(form):
        return False
    tags = [tag for _, tag in rjieba.tag(form)]
    common = len(tags) == 1 and tags[0] in {"n", "l", "i", "b"}
    return not common and tags[0] not in _NO_FIRST_TAGS and _NO_NAME_TAGS.isdisjoint(tags)


def _likely(reading: Reading, sentence: Sentence, named: Counter[str]) -> Sentence:
    """Without names that only their place made organisations, unless they act as employers, and without addresses."""
    text = wording(reading, sentence)
    kept = [o for o in sentence.organisations if named[o.name] > 1 or _employs(text, o, sentence.start)]
    return sentence if len(kept) == len(sentence.organisations) else replace(sentence, organisations=kept)


def _employs(text: str, mention: OrganisationMention, offset: int) -> bool:
    start, end = mention.start - offset, mention.end - offset
    if text[max(0, start - 1) : start] in {"@", "/", "."} or text[end : end + 2] in {".c", ".i"}:
        return False
    written = text[start:end]
    if written.isascii() and written.islower() and lookup(written) is None:
        return False
    if not mention.known and ("的" in written or len(written) > _LONGEST_NAME):
        return False
    return mention.known or written[0].isupper() or _ACTS.match(text[end : end + 16]) is not None


def _known(reading: Reading) -> dict[str, str]:
    """The lexicon's organisations as the text writes them: their short forms are found here too."""
    found = {}
    for sentence in reading.sentences:
        for o in sentence.organisations:
            if o.known:
                found[sentence.text[o.start - sentence.start : o.end - sentence.start]] = o.name
    return found


def _firms(text: str, known: dict[str, str]) -> dict[str, str]:
    """Every form of a firm's name in the text, with its fullest form."""
    names: dict[str, str] = {}
    for match in _ENDING.finditer(text):
        stem = _stem(text, match.start())
        full = stem + match[0]
        if _ENDING.search(stem) and _DEPARTMENT.match(text[match.end() : match.end() + 4]):
            continue
        if _KIND_OF_FIRM.match(text, match.end()):
            continue
        if stem and full not in known and not _JOB.match(text[match.end() : match.end() + 5]):
            names[full] = full
            if len(stem) > 1 and text.count(stem) > text.count(full) and stem not in known:
                names[stem] = full
    return names


def _stem(text: str, end: int) -> str:
    """The name before an ending: of two to four characters the ones that recur most or begin after an edge."""
    best, best_score = "", (_EDGE + 1, 0)
    for length in range(2, _LONGEST_STEM + 1):
        start = end - length
        stem = text[max(0, start) : end]
        if (
            start < 0
            or not all(_HAN.match(c) for c in stem)
            or _MONEY.search(stem)
            or any(w in stem if len(w) > 1 else stem.startswith(w) or stem.endswith(w) for w in _NOT_NAMES)
        ):
            break
        if any(_LEADS.search(text[max(0, start - 4) : start + i]) for i in range(1, length)):
            break
        before = text[start - 1] if start else "\n"
        edge = (
            not _HAN.match(before) or before in _OPENERS or _LEADS.search(text[max(0, start - 4) : start]) is not None
        )
        count = text.count(stem)
        score = (2 * count + _EDGE * edge, count)
        if not set(stem) & _OPENERS and score >= best_score:
            best, best_score = stem, score
    return best


def _enriched(reading: Reading, sentence: Sentence, pattern: re.Pattern[str], names: dict[str, str]) -> Sentence:
    text = wording(reading, sentence)
    places = [(m.start() + sentence.start, m.end() + sentence.start, m[0]) for m in pattern.finditer(text)]
    if not places:
        return sentence
    own = [
        replace(o, known=True, name=names[o.name]) if o.name in names else o
        for o in sentence.organisations
        if o.known or o.name in names or not any(o.start < e and s < o.end for s, e, _ in places)
    ]
    found = [
        OrganisationMention(s, e, names[name])
        for s, e, name in places
        if not any(o.start < e and s < o.end for o in own)
    ]
    people = [p for p in sentence.people if not any(f.start < p.end and p.start < f.end for f in found)]
    return replace(sentence, organisations=sorted([*own, *found], key=lambda m: m.start), people=people)

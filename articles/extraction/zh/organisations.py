"""Finds the organisations of a Chinese text: those of the lexicon, and unknown ones by their ending or their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.lexicon import table
from articles.extraction.organisations import Hit, OrganisationKind, gazetteer, scan
from articles.extraction.patterns import either
from articles.extraction.zh.plain import plain
from articles.extraction.zh.spans import Coverage

_LATIN = r"[A-Z][A-Za-z0-9&'’.+-]*(?: (?:of|for|and|&|[A-Z0-9][A-Za-z0-9&'’.+-]*)){0,4}"
# Capitalised words before one that ends the names of firms.
CAPITALS = r"[A-Z][A-Za-z0-9&'’.+-]*(?: [A-Z][A-Za-z0-9&'’.+-]*){0,2}"
_LATIN_OR_LOWER = (
    r"(?:\d{2,4}[a-z]{3,}|[a-z]{1,3}[A-Z][A-Za-z0-9]*|[A-Z][A-Za-z0-9&'’.+-]*)"
    r"(?: (?:of|for|and|&|[A-Z0-9][A-Za-z0-9&'’.+-]*)){0,4}"
)
# What follows the name of a firm and no product's.
_OF_A_FIRM = (
    "宣布|官宣|请来|今日|今天|近日|聘|任命|迎来|员工|创始人|联合创始人|联创|公司|总裁|董事|"
    "CEO|CTO|CFO|COO|首席(?:执行|财务|运营|技术|营|产品|信息)"
)
_EDGES = ".&'’+- "

_VERBAL = re.compile(r"[的了着在从由被将把对为是到向和与及或并后前]|创办|创立|加入|担任|自己|一家|新")
# Words that a name does not begin with: 任命月河科技, 据月河科技.
_LEADING = re.compile(
    r"(?:任命|聘请|曾任|曾|任(?!天堂)|现任|担任|加入|领导|资深|知名|据(?!点)|由|在(?!线)|从|于|为|是)*"
)
# A verb of moving inside what looks like a name: 月入职云帆智算.
_MOVING = re.compile(
    r"^.*(?:入职|加入|加盟|离开|出任|转投|任职于|就职于|供职于|跳槽到?|聘请|任命|创办|创立|来自|投奔|回归|重返|收购|挖走)了?"
)
_NAME_TAGS = frozenset({"nr", "nz", "ns", "nt", "nrt", "nrfg", "x", "j", "g", "ng"})
_BODIES = frozenset({"公司", "集团", "实验室", "大学", "研究院", "学院", "基金", "银行", "机构", "企业"})
_POINTING = frozenset("该这那各某本我其一两多几")
_STOP_WORDS = frozenset("的了和与及在从由被将把对为是到至于向给让有这那该其加入离开创办创立成立前原曾任")


_NEVER = frozenset({"X", "Time", "Every", "Index", "Line", "Match"})
# Longer names in which a listed one hides.
_HIDING = frozenset({"旧金山", "不理想", "小苹果"})


@dataclass(frozen=True, slots=True)
class OrganisationHit:
    """``text[start:end]`` names an organisation; ``name`` is its employer."""

    start: int
    end: int
    name: str
    team: str | None = None
    kind: OrganisationKind = "company"
    known: bool = True


@cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(value) for key, value in table("zh/organisations").items()}


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"{either(_words()['suffixes'])}$")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Places that give an unknown Latin name away; group 1 is the name."""
    listed = table("zh/organisations")
    return (
        re.compile(rf"{either(listed['before'])}(?:了|的)? ?({_LATIN_OR_LOWER})"),
        re.compile(rf"[从在由自] ?({_LATIN_OR_LOWER})[^,。;:!?\n]{{0,16}}?{either(listed['workplace'])}"),
        re.compile(rf"(?<![A-Za-z0-9.&@/])({_LATIN_OR_LOWER}) ?(?:[\"”])?{either(listed['after'])}"),
        re.compile(rf"[前原] ?({_LATIN}) ?[\u4e00-\u9fff]{{0,6}}?{either(listed['after'])}"),
        re.compile(
            rf"(?:创办|创立|创建|成立|加入|加盟|入职|离开|跳槽到|跳槽至|转投|就职于|任职于|供职于)了?"
            rf"(?![该这那各某本我其一两多几])([\u4e00-\u9fff]{{2,5}}?{either(listed['suffixes'])})"
        ),
        # 由 X 创办的星澜动力, with a verb or a mark behind: no 创办的公司 and no kind of one.
        re.compile(
            rf"(?:创办|创立|创建)的"
            rf"([\u4e00-\u9fff]{{2,3}}{either([s for s in listed['suffixes'] if s not in _BODIES])})"
            rf"(?!{either(listed['suffixes'])}|[\u4e00-\u9fff]?(?:初创|创业|企业|团队|平台|项目|品牌))"
        ),
        re.compile(
            rf"(?:^|(?<=[。\n*•,-])) ?([\u4e00-\u9fff]{{2,5}}?{either(listed['suffixes'])})"
            r"(?=:|(?:最近|近日|刚刚?|日前|今天|今日|昨日|也|已|正式|很高兴地?|很?荣幸地?|宣布)*(?:宣布|任命|欢迎|聘请|聘用)|聘请|迎来|公告|挖走|挖来|今日|今天|官宣)"
        ),
        re.compile(r"(?:名为|叫做|名叫|公司|取名)“([^”\n]{2,20})”"),
        re.compile(rf"((?:{either(listed['cities'])})[\u4e00-\u9fff()]{{2,16}}?(?:有限|责任|股份){{1,3}}公司)"),
        re.compile(rf"(?<![A-Za-z0-9.&@/])({CAPITALS} AI) ?(?:{_OF_A_FIRM})"),
        re.compile(
            rf"(?:名为|名叫|取名为?|命名为|定名为?|公司叫做?|公司是)([\u4e00-\u9fff]{{2,5}}?{either(listed['suffixes'])})(?![\u4e00-\u9fff]{{0,2}}的)"
        ),
        re.compile(
            rf"(?<![A-Za-z0-9.&@/])({_LATIN}) ?\((?:纳斯达克|纽交所|纽约证券交易所|NASDAQ|NYSE|股票代码)[^)]{{0,24}}\)"
        ),
        re.compile(rf"({_LATIN}), ?(?:Inc|LLC|Ltd|Corp|Co)\b"),
        re.compile(rf"[\u4e00-\u9fff]{{2,8}}\(({_LATIN})\)公司"),
        re.compile(rf"[在自] ?({_LATIN_OR_LOWER}) ?(?:公司)?(?:之前|以前|之后|期间)"),
        re.compile(rf"(?:来自|曾任|任职于|曾是|之前是|此前是|就职于) ?({_LATIN_OR_LOWER}) ?(?:[,。]|的|公司)"),
    )


# Between Latin letters and Han some outlets put a blank.
_SCRIPTS = re.compile(r"(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])")


@cache
def _traditional() -> tuple[list[str], AhoCorasick]:
    """The names of the lexicon that articles write otherwise: 輝達 as 辉达, SK海力士 as SK 海力士."""
    forms = ((form, name) for name in gazetteer() for form in (plain(name), _SCRIPTS.sub(" ", plain(name))))
    names = {form: name for form, name in forms if form != name and form not in gazetteer()}
    return list(names.values()), AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest)


def _hits(text: str) -> list[Hit]:
    names, automaton = _traditional()
    found = scan(text)
    taken = Coverage((hit.start, hit.end) for hit in found)
    for index, start, end in automaton.find_matches_as_indexes(text):
        if not taken.touches(start, end):
            found.append(Hit(start, end, gazetteer()[names[index]]))
    return sorted(found, key=lambda hit: hit.start)


def known_organisations(text: str) -> list[OrganisationHit]:
    """Names of the shared lexicon, the doubtful ones only in a place fit for an employer."""
    return [
        OrganisationHit(h.start, h.end, h.organisation.name, h.organisation.team, h.organisation.kind)
        for h in _hits(text)
        if _counts(text, h) and h.organisation.kind != "government"
    ]


def _counts(text: str, hit: Hit) -> bool:
    name = text[hit.start : hit.end]
    if name in _NEVER or text[hit.start - 1 : hit.end] in _HIDING:
        return False
    if text[hit.start - 1 : hit.end] in table("zh/leaders"):
        return False
    if is_circle(text, hit.end):
        return False
    # 戴尔·雷尼克 is a person.
    if name[0] > "\u2e80" and "·" in (text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]):
        return False
    if not hit.organisation.ambiguous or name[0] < "\u2e80":
        return name not in ("Gemini", "Claude")
    after, before = text[hit.end : hit.end + 14].lstrip(), text[max(0, hit.start - 4) : hit.start].rstrip()
    return bool(_doubtful_after().match(after) or _doubtful_before().search(before))


def is_circle(text: str, end: int) -> bool:
    """Whether a name that ends there only tells from which circles people come: 清华系科学家, 华为系创业者."""
    return text[end : end + 1] == "系" and text[end : end + 2] not in {"系统", "系列", "系主"}


@cache
def _doubtful_after() -> re.Pattern[str]:
    tails = [w for w in table("zh/organisations")["after"] if w > "\u2e80"]
    tails += ["集团", "科技", "汽车", "宣布", "加入", "离职"]
    tails += ["AI", "CEO", "CTO", "COO", "CFO", "CPO", "CMO", "VP", "合伙人"]
    # 平安前首席科学家, but 浪潮正以前所未有的速度.
    return re.compile(
        rf"[A-Za-z\u4e00-\u9fff]{{0,7}}?(?:{either(tails)}|(?<![以之目当此])前(?![所沿景往后途列提夕方进行者几两三]))"
    )


@cache
def _doubtful_before() -> re.Pattern[str]:
    return re.compile(r"(?:加入|加盟|离开|入职|跳槽到|跳槽至|创办|创立|任职于|回归|重返|[从在前原由与和、任到至])了?$")


def candidates(text: str, tags: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Names that their ending or their place gives away, somewhere in the text."""
    names = (_without_verb(text[start:end]) for start, end in (*_by_place(text), *_by_ending(text, tags)))
    return frozenset(name for name in names if len(name) > 1)


def han_organisations(
    text: str, tags: Sequence[tuple[str, str]], taken: Coverage, names: frozenset[str]
) -> list[OrganisationHit]:
    """Unknown organisations written in Han, by their full names (月河科技) and by their short ones (月河)."""
    full = [hit for hit in unknown_organisations(text, taken, names) if hit.name[0] > "\u2e80"]
    common = {word for word, tag in tags if tag not in _NAME_TAGS}
    nouns = {word for word, tag in tags if tag == "n"}
    stems = {_ending().sub("", hit.name): hit.name for hit in full if not hit.name.endswith(_SCHOOLS)}
    stems = {s: n for s, n in stems.items() if 2 <= len(s) <= 4 and s not in _words()["generic"]}
    stems = {s: n for s, n in stems.items() if s not in common or s in nouns}
    covered = Coverage([*taken.spans, *((hit.start, hit.end) for hit in full)])
    short = [
        OrganisationHit(start, end, stems[stem], known=False)
        for stem, start, end in occurrences(text, sorted(stems))
        if not covered.touches(start, end)
        and (stem not in common or _slotted(text, start, end) or bool(_BESIDE.search(text[max(0, start - 1) : start])))
    ]
    full += _by_trade(text, covered)
    return sorted([*full, *short], key=lambda hit: hit.start)


# What these are called after is called so itself: 戴维斯 of 戴维斯学院.
_SCHOOLS = ("学院", "大学", "医院", "基金会")
# Where a name can begin: a plant's name behind one of these is the firm's that the text names in full.
_BESIDE = re.compile(r"^$|[\s,。;:!?、(“]|[在从被由对向与和跟给为把将到去近入进离于回往]")


def occurrences(text: str, forms: list[str]) -> Iterator[tuple[str, int, int]]:
    if forms:
        for index, start, end in AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
            yield forms[index], start, end


def _by_trade(text: str, taken: Coverage) -> list[OrganisationHit]:
    """May River 咨询公司: a Latin name right before a kind of company."""
    return [
        OrganisationHit(match.start(1), match.end(1), match[1], known=False)
        for match in _trade().finditer(text)
        if not taken.touches(match.start(1), match.end(1)) and match[1] not in _words()["not_latin"]
    ]


@cache
def _trade() -> re.Pattern[str]:
    trades = either(table("zh/organisations")["trades"])
    return re.compile(rf"(?<![A-Za-z0-9.&@/])({_LATIN}) ?{trades}(?:公司|集团|基金|企业)")


def unknown_organisations(text: str, taken: Coverage, names: frozenset[str]) -> list[OrganisationHit]:
    """Every place where one of the names stands; ``taken`` ranges are known names and people."""
    taken_names = {text[start:end] for start, end in taken.spans}
    forms = sorted(names - taken_names)
    if not forms:
        return []
    following = (bisect_left(forms, f"{name} ") for name in forms)
    longer = {
        name: forms[at] if at < len(forms) and forms[at].startswith(f"{name} ") else name
        for name, at in zip(forms, following, strict=True)
    }
    found = []
    for form, start, end in occurrences(text, forms):
        if is_whole(text, start, end) and not taken.touches(start, end):
            found.append(OrganisationHit(start, end, longer[form], known=False))
    return found


def _without_verb(name: str) -> str:
    """月河科技 of 任命月河科技; the whole where too little would be left."""
    name = _MOVING.sub("", name) if name[0] > "\u2e80" else name
    if not name or name in _words()["not_names"]:
        return ""
    match = _LEADING.match(name) if name[0] > "\u2e80" else None
    rest = name[match.end() :] if match else name
    stem = _ending().sub("", rest)
    if len(stem) < 2:
        return name if not match or not match[0] else ""
    return "" if stem in _words()["generic"] else rest


def _by_place(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span(1)
            yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The run without words that are no name: titles, products, trailing marks."""
    refused = _words()["not_latin"]
    if text[start] > "\u2e80":
        stem = _ending().sub("", text[start:end])
        if stem and stem not in _words()["generic"] and not _VERBAL.search(stem):
            yield start, end
        return
    parts = text[start:end].split(" ")
    while parts and (parts[-1] in refused or parts[-1] in ("of", "for", "and", "&")):
        if parts[-1] in _words()["firm_words"] and len(parts) > 1 and parts[-2] not in refused:
            break
        if parts[-1] == "AI" and len(parts) > 1 and parts[0] not in gazetteer() and _firm_follows().match(text, end):
            break
        parts.pop()
    name = " ".join(parts).rstrip(_EDGES)
    if name and name not in refused and not re.fullmatch(r"[\d.]+|GPT.*|[a-z].?|Llama.*", name):
        yield start, start + len(name)


@cache
def _firm_follows() -> re.Pattern[str]:
    return re.compile(f" ?(?:{_OF_A_FIRM}|[,。;、]|$)")


def _by_ending(text: str, tags: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Runs of noun-like words that end in 公司, 科技, 大学 …, without the generic ones."""
    suffixes, generic = tuple(table("zh/organisations")["suffixes"]), _words()["generic"]
    kinds = tuple(word for word in generic if len(word) > 1)
    starts: list[int] = []
    at = 0
    for index, (word, _) in enumerate(tags):
        starts.append(at)
        at += len(word)
        if not word.endswith(suffixes):
            continue
        ending = next(s for s in suffixes if word.endswith(s))
        if word != ending and (word in generic or word in _words()["not_names"]):
            continue
        first = index
        stem = word[: -len(ending)]
        while len(stem) < 4 and first > 0 and index - first < 3 and _belongs(*tags[first - 1]):
            first -= 1
            stem = tags[first][0] + stem
        if len(stem) < 2 or stem in generic or stem[0] in _POINTING or stem.startswith(kinds) or stem.endswith(kinds):
            continue
        if _APPOINTED.fullmatch(stem):
            continue
        if _proper(tags[first:index], word, ending) or _slotted(text, starts[first], at):
            # The segmenter may part 上海数据集团 after its first character.
            start = starts[first] - (text[starts[first] - 1 : starts[first] + 1] in _words()["cities"])
            yield start, at


# 任命沈某为集团副总裁: what stands before 集团 is a person and a verb.
_APPOINTED = re.compile(r".{2,4}[为任]")


def _proper(stem: Sequence[tuple[str, str]], word: str, ending: str) -> bool:
    """Whether a word of the stem is a name to the tagger; ordinary nouns need a place fit for an employer."""
    if word != ending:
        return True
    return any(tag in ("nr", "nz", "ns", "nt", "nrt", "nrfg", "j") for _, tag in stem)


def _slotted(text: str, start: int, end: int) -> bool:
    label = text[end : end + 1] == ":" and (start == 0 or text[start - 1] in "\n-*• ")
    return label or bool(_slot_after().match(text, end) or _slot_before().search(text, max(0, start - 8), start))


@cache
def _slot_after() -> re.Pattern[str]:
    return re.compile(
        rf" ?{either([w for w in table('zh/organisations')['after'] if w > chr(0x2E80) and w not in ('公司', '团队')])}"
    )


@cache
def _slot_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{either([*table('zh/organisations')['before'], '前', '原'])}了?) ?$")


def _belongs(word: str, tag: str) -> bool:
    """Whether the word can be a part of a name before its ending."""
    if (
        not word
        or word[0] in " ,。、:;!?()“”\n"
        or word in _STOP_WORDS
        or word[-1] in "的了"
        or word in _words()["kinds"]
    ):
        return False
    return "\u4e00" <= word[0] <= "\u9fff" and tag.startswith(("n", "j", "b", "l", "i", "z", "q", "g"))


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter joins the Latin name on either side."""
    if text[start] > "\u2e80":
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not ((before.isalnum() and before < "\u2e80") or (after.isalnum() and after < "\u2e80"))

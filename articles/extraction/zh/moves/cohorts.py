"""Finds unnamed groups of people: 十余名研究员, 14 名作者中至少有 7 人, 大部分员工."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from articles.extraction.claims import Cohort
from articles.extraction.lexicon import table
from articles.extraction.patterns import either

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6}|[一二两三四五六七八九十百]{1,5}|数十|数百|几十|十几|上百|上千|数千)"
_AT_LEAST = ("至少", "超过", "超", "逾", "不少于", "多于", "多达")


@dataclass(frozen=True, slots=True)
class CohortHit:
    start: int
    end: int
    cohort: Cohort


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    people = table("zh/moves")["people"]
    noun = either(people["nouns"])
    counted = re.compile(
        rf"(?:约|大约|近|共|全部|原有|当初)? ?(?P<of>{_NUMBER}) ?"
        rf"(?:[名位个](?:[^,。;:!?、()\n的]{{0,6}}?{noun})?|人(?:小组|团队|班子|组)?|{noun})(?:之?中|里|"
        rf"当中)?,?[,至今目前现已经仅有的还共 ]{{0,8}}?"
        rf"(?P<part>(?P<pbound>至少|超过|约|近)?[已有 ]{{0,3}}"
        rf"(?:(?:半数|一半)(?:以上)?|(?P<n2>{_NUMBER}) ?(?:余|多)?(?:[名位个人]{noun}?)))"
        rf"|(?:(?P<bound>至少|大约|约|将近|接近|近|超过|超|逾|不少于|多于|多达)(?:已|有| ){{0,3}})?"
        rf"(?P<n>{_NUMBER})(?P<more>余|多|几|来)? ?(?P<unit>名|位|个(?!多?月|半月|小时|星期|季度|工作日)|员|人)"
        rf"(?:(?P<mod>(?:(?:来自|曾在|前|原|在|从|参与|主导|负责|领导|研发|开发)[^,。;:!?()“”\n的]{{2,30}}?的|[^,。;:!?、()“”\n的]{{0,12}}?(?:\([^()\n]{{1,16}}\))?的?)"
        rf"[^,。;:!?、()“”\n的]{{0,8}}?)(?P<noun>{noun}(?:(?:AI|人工智能)?{noun})?))?"
    )
    vague = re.compile(
        rf"{either(people['some'])}[^,。;:!?()“”\n]{{0,14}}?(?P<noun>{noun})(?:和{noun}|及{noun}|、{noun})*"
    )
    of = re.compile(rf"(?P<of>{_NUMBER}) ?[名位个](?P<mod>[^,。;:!?、()\n]{{0,8}}?)(?:{noun})(?:之?中)?[,]? ?$")
    return counted, vague, of


@cache
def _whole_groups() -> re.Pattern[str]:
    return re.compile(either(table("zh/moves")["people"]["whole"]))


@cache
def _in_numbers() -> re.Pattern[str]:
    people = table("zh/moves")["people"]
    nouns = [noun for noun in people["nouns"] if len(noun) > 1]
    return re.compile(rf"(?P<who>(?:相关|核心|多个|内部)?{either(nouns)}){either(people['in_numbers'])}")


def find_cohorts(text: str, start: int, end: int, named: Sequence[tuple[int, int]]) -> list[CohortHit]:
    """Groups in ``text[start:end]``, in order, none over a name."""
    counted, vague, _ = _patterns()
    hits = [hit for match in counted.finditer(text, start, end) for hit in _counted(text, match, start)]
    hits += [_vague(text, match) for match in vague.finditer(text, start, end)]
    hits += [_vague(text, match) for match in _whole_groups().finditer(text, start, end)]
    hits += [
        CohortHit(m.start("who"), m.end("who"), Cohort(m["who"])) for m in _in_numbers().finditer(text, start, end)
    ]
    return list(_without_overlap(sorted(hits, key=lambda h: (h.start, -h.end)), named))


def _counted(text: str, match: re.Match[str], floor: int) -> Iterator[CohortHit]:
    if match["of"]:
        total = number(match["of"])
        count = number(match["n2"]) if match["n2"] else -(-(total or 0) // 2)
        least = bool(match["pbound"] in _AT_LEAST) or match["part"].endswith("以上")
        if count is not None and total is not None and count <= total:
            yield CohortHit(match.start(), match.end(), Cohort(match[0], count, None if least else count, total))
        return
    noun, unit = match["noun"], match["unit"]
    if (not noun and unit not in "人") or (unit == "个" and not noun):
        return
    if noun == "人" and match["mod"]:
        return
    end = match.end() if noun else match.end("unit")
    count = number(match["n"])
    if match.start() > floor and text[match.start() - 1] in "第前年月日.亿万$￥":
        return
    low, high = _bounds(match["bound"], match["n"], match["more"], count)
    whole = _whole_before(text, match.start(), floor)
    begin = whole[1] if whole else match.start()
    yield CohortHit(begin, end, Cohort(text[begin:end], low, high, whole[0] if whole else None))


def _whole_before(text: str, start: int, floor: int) -> tuple[int, int] | None:
    """68 in "68 名作者至少已有 10 人", with where it begins."""
    match = _patterns()[2].search(text, max(floor, start - 24), start)
    count = number(match["of"]) if match else None
    return (count, match.start()) if match and count is not None else None


def _bounds(bound: str | None, digits: str, more: str | None, count: int | None) -> tuple[int | None, int | None]:
    if digits in ("十几", "数十", "几十", "上百", "数百", "上千", "数千"):
        return {
            "十": 10,
            "几": 20,
            "数": 20 if digits == "数十" else 100 if digits == "数百" else 1000,
            "上": 100 if digits == "上百" else 1000,
        }[digits[0]], None
    if more or (bound in _AT_LEAST and bound != "多达"):
        return count, None
    return count, count


def number(word: str) -> int | None:
    """The value of digits or of Chinese numerals up to 999."""
    word = word.replace(",", "")
    if word.isdigit():
        return int(word)
    total, current = 0, 0
    for character in word:
        if character in _DIGITS:
            current = _DIGITS[character]
        elif character == "十":
            total, current = total + (current or 1) * 10, 0
        elif character == "百":
            total, current = total + (current or 1) * 100, 0
        else:
            return None
    return total + current or None


def _vague(text: str, match: re.Match[str]) -> CohortHit:
    return CohortHit(match.start(), match.end(), Cohort(match[0]))


# What describes a group stands before 的: 两名在大会上抗议的工程师.
_DESCRIPTION = re.compile(r"(?<=[名位个])(?:来自|曾在|前|原|在|从|参与|主导|负责|领导|研发|开发)[^,。]*的")
_NOT_INSIDE = re.compile(r"[指写提]出|是(?!否)|[对向在将说把被让从由]|认为|表示|宣布|透露")


def _without_overlap(hits: list[CohortHit], named: Sequence[tuple[int, int]]) -> Iterator[CohortHit]:
    # 核心研究员张三 is one, and named.
    last, first = -1, {start for start, _ in named}
    for hit in hits:
        if (
            _NOT_INSIDE.search(_DESCRIPTION.sub("", hit.cohort.text))
            or hit.start < last
            or (hit.cohort.min is None and hit.end in first)
            or any(s <= hit.start < e or s < hit.end <= e for s, e in named)
        ):
            continue
        last = hit.end
        yield hit

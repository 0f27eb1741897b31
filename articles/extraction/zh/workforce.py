"""Counts of people, jobs and shares of a workforce in Chinese: 约 500 人, 超过21,000名技术开发人员, 近 60%."""

from __future__ import annotations

import re
from itertools import chain
from re import Match

from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.signals import Quantity, is_sane

_WORDS = table("zh/signals")
_VAGUE = {
    "数十": 10,
    "几十": 10,
    "数百": 100,
    "上百": 100,
    "几百": 100,
    "数千": 1000,
    "上千": 1000,
    "几千": 1000,
    "数万": 10_000,
    "上万": 10_000,
    "十几": 10,
    "十余": 10,
    "百余": 100,
    "千余": 1000,
    "成百上千": 100,
    "成千上万": 1000,
}
_SHARES = {
    "一半": 50,
    "半数": 50,
    "三分之一": 33,
    "四分之一": 25,
    "五分之一": 20,
    "三分之二": 67,
    "十分之一": 10,
    "四分之三": 75,
}
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_TIMES = {"万": 10_000, "千": 1000, "百": 100, "": 1, "w": 10_000, "W": 10_000}

_UNITS = {
    **dict.fromkeys(_WORDS["people"], "people"),
    **dict.fromkeys(_WORDS["jobs"], "jobs"),
    **dict.fromkeys(_WORDS["contractors"], "contractors"),
    **dict.fromkeys(_WORDS["openings"], "openings"),
}
_ABOUT = rf"(?:{either(_WORDS['about'])}\s?)*"
_NUMBER = r"(?<![\d.])(?!20[12]\d\s?[年届])\d{1,3}(?:[,，]\d{3})+|(?<![\d.])(?!20[12]\d\s?[年届])\d+(?:\.\d+)?"
_COUNT = re.compile(
    rf"(?:(?P<first>{_NUMBER}|(?<![一二两三四五六七八九十百千第])[一二两三四五六七八九十百千]{{1,5}}(?=\s?[万多余名位个人])"
    rf")\s?(?P<times>[万千百wW])?\s?(?P<many>[多余])?"
    rf"(?:\s?(?:-|至|到|—|~)\s?(?P<second>{_NUMBER})\s?(?P<times2>[万千百])?)?|(?P<vague>{either(_VAGUE)})\s?(?P<ten>万)?)"
    rf"\s?(?P<plus>\+)?\s?(?P<measure>名|位|个人|个|号人|来人|口人|人)?(?P<tail>以上)?"
    rf"(?:\s?(?:[^,，。;；\d名位个人的年月日%％]{{0,8}}的)?(?P<noun>[^,，。;；:：\d年月日%％倍]{{0,8}}?{either(_UNITS)}))?"
)
# 一两千人, 三四百人.
_TWO_DIGITS = re.compile(r"([一二两三四五六七八九])([两二三四五六七八九])([十百千]?)")
_NOUN_FIRST = re.compile(
    rf"(?:在招|招聘|开放|空缺|热招|放出)的?(?:岗位|职位|HC)(?:数量|数|总数)?\s?(?:已|共)?\s?{_ABOUT}(?:{either(_WORDS['least'])})?\s?(?P<first>{_NUMBER})"
    rf"\s?(?P<times>[万千百])?\s?(?P<many>[多余])?个"
)
# 员工数约为2.3万: the noun before tells that people are counted.
_STAFF_NUMBER = re.compile(
    rf"(?:员工|雇员|人员|团队)(?:的)?总?(?:数量|人数|规模|数)(?:约|为|达|达到|已|有|在|超过|超|近|接近|突破|逾|不到|大约|已经|\s)*"
    rf"(?P<first>{_NUMBER})\s?(?P<times>[万千])?\s?(?P<many>[多余])?(?=[,，](?!\d)|[。;；)）]|左右|以上|$)"
)
_STAFF_BEFORE = re.compile(
    r"(?:招进|招入|招聘|招募|招收|招录|扩招|增聘|再招)(?:了|约|近|超过|至少)?\s?$|(?:员工|人员|人数|团队|工程师|研究员|编制)[^,，。;；\d]{0,8}$"
    r"|(?:名|位)?(?:员工|雇员|人员)\s?[(（]\s?20\d\d\s?年(?:底|末)?\s?[:：为]?\s?$"
)
_QUOTA = re.compile(
    r"(?:秋招|春招|校招|社招|招聘)(?:名额|计划|指标)[^,，。;；\d]{0,6}"
    rf"(?P<first>{_NUMBER})\s?(?P<times>[万千百])?\s?[个人名]"
)
# 开放2000个校招名额.
_PLACES_OFFERED = re.compile(
    rf"(?P<first>{_NUMBER})\s?(?P<times>[万千百])?\s?(?P<many>[多余])?[个份枚]\s?(?:(?:秋招|春招|校招|社招|招聘|实习|校园招聘)(?:名额|HC|指标)|[Oo]ffer)"
)
_SHARE = re.compile(
    rf"(?P<first>\d+(?:\.\d+)?)\s?(?:%|％)?\s?(?:(?:-|至|到|—|~)\s?(?P<second>\d+(?:\.\d+)?)"
    rf"\s?)?(?:%|％)|百分之(?P<han>[一二两三四五六七八九十]{{1,3}})|(?P<word>{either(_SHARES)})"
    r"|(?P<tenths>[一二两三四五六七八九])成(?=员工|人|的|左右|以上|岗位|[,，。;；])"
)
# 释出多达1030个职缺 wonders at the count.
_AS_MANY = re.compile(r"(?:多达|高达)\s?(?:约|近)?\s?$")
_LEAST = re.compile(rf"(?<![不未没]){either(_WORDS['least'])}\s?{_ABOUT}$")
_MOST = re.compile(rf"{either(_WORDS['most'])}\s?{_ABOUT}$")


def counts(text: str) -> list[Quantity]:
    """Counts of people, jobs or openings: a number with 人, or with a measure word and its noun."""
    found = []
    for match in _COUNT.finditer(text):
        quantity = _count(text, match)
        if quantity is not None and is_sane(quantity):
            found.append(quantity)
    for match in _NOUN_FIRST.finditer(text):
        value = _value(match["first"], match["times"] or "")
        found.append(
            _bounded(text, match.start("first"), match.end(), value=value, unit="openings", more=bool(match["many"]))
        )
    for match in _STAFF_NUMBER.finditer(text):
        value, more = _value(match["first"], match["times"] or ""), bool(match["many"])
        found.append(_bounded(text, match.start("first"), match.end(), value=value, unit="people", more=more))
    return [q for q in found if is_sane(q)]


def quotas(text: str) -> list[Quantity]:
    """How many are to be hired: 秋招名额 120 个."""
    found = []
    for match in chain(_QUOTA.finditer(text), _PLACES_OFFERED.finditer(text)):
        value = _value(match["first"], match["times"] or "")
        more = match.groupdict().get("many") is not None
        found.append(_bounded(text, match.start("first"), match.end(), value=value, unit="people", more=more))
    return [q for q in found if is_sane(q)]


def shares(text: str) -> list[Quantity]:
    """Percentages and simple fractions."""
    return [q for m in _SHARE.finditer(text) if is_sane(q := _share(text, m))]


def _count(text: str, match: Match[str]) -> Quantity | None:
    measure = match["measure"]
    bare = measure in {"名", "位"} and not match["noun"] and _STAFF_BEFORE.search(text[: match.start()]) is not None
    measure = "人" if measure in {"个人", "号人", "来人", "口人"} or bare else measure
    noun = None if measure == "人" else match["noun"]
    end = match.end() if noun or match["measure"] is None else match.end("tail" if match["tail"] else "measure")
    if not noun and measure != "人":
        return None
    if (
        noun
        and not measure
        and not match["vague"]
        and not match["times"]
        and not match["many"]
        and len(match["first"] or "") < 3
    ):
        return None
    unit = _unit(noun) if noun else "people"
    if match["vague"]:
        return Quantity(match.start(), end, _VAGUE[match["vague"]] * (10_000 if match["ten"] else 1), None, unit)
    if (either_of := _TWO_DIGITS.fullmatch(match["first"])) is not None:
        low, high = (_value(either_of[n] + either_of[3], match["times"] or "") for n in (1, 2))
        return Quantity(match.start(), end, low, high, unit)
    low = _value(match["first"], match["times"] or (match["times2"] if match["second"] else "") or "")
    if match["second"]:
        return Quantity(match.start(), end, low, _value(match["second"], match["times2"] or ""), unit)
    more = bool(match["many"] or match["plus"] or match["tail"])
    return _bounded(text, match.start(), end, value=low, unit=unit, more=more)


def _unit(noun: str) -> str:
    return next(unit for word, unit in sorted(_UNITS.items(), key=lambda u: -len(u[0])) if noun.endswith(word))


def _share(text: str, match: Match[str]) -> Quantity:
    if match["first"]:
        first = float(match["first"])
        if match["second"]:
            return Quantity(match.start(), match.end(), first, float(match["second"]), "percent")
    else:
        first = float(_worded_share(match))
    more = text[match.end() : match.end() + 2] == "以上"
    return _bounded(text, match.start(), match.end(), value=first, unit="percent", more=more)


def _worded_share(match: Match[str]) -> int:
    """百分之五, 四成, 一半."""
    if match["tenths"]:
        return 10 * _han(match["tenths"])
    return _han(match["han"]) if match["han"] else _SHARES[match["word"]]


def _bounded(text: str, start: int, end: int, *, value: float, unit: str, more: bool) -> Quantity:
    lead = text[max(0, start - 12) : start]
    if unit == "openings" and _AS_MANY.search(lead):
        return Quantity(start, end, value, value, unit)
    if more or _LEAST.search(lead):
        return Quantity(start, end, value, None, unit)
    return Quantity(start, end, None if _MOST.search(lead) else value, value, unit)


def _value(written: str, times: str) -> float:
    number = written.replace(",", "").replace("，", "")
    value = float(number) if number[0].isdigit() else float(_han(number))
    return round(value * _TIMES[times], 2)


def _han(written: str) -> int:
    total, digit = 0, 0
    for character in written:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit

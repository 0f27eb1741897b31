"""Counts of people, jobs and shares of a workforce in English: "at least 500 workers", "roughly 14% of its staff"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import Match

from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.signals import Quantity, is_sane

_WORDS = table("en/signals")
_VAGUE = {
    "dozens of": 12,
    "dozens": 12,
    "hundreds of": 100,
    "hundreds": 100,
    "thousands of": 1000,
    "thousands": 1000,
    "tens of thousands of": 10_000,
    "several hundred": 200,
    "several thousand": 2000,
    "several dozen": 24,
    "a few hundred": 200,
    "a few dozen": 24,
}
_WORDED = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a dozen": 12, "two dozen": 24,
    "three dozen": 36, "a hundred": 100, "one hundred": 100, "a thousand": 1000, "half a dozen": 6,
}  # fmt: skip
_SHARES = {
    "half": 50, "a third": 33, "one-third": 33, "one third": 33, "a quarter": 25, "one-quarter": 25, "a fifth": 20,
    "one-fifth": 20, "two-thirds": 67, "two thirds": 67, "a tenth": 10,
}  # fmt: skip

_ABOUT = rf"(?:(?:{either(_WORDS['about'])})\s?)*"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s?(?:thousand|million|k\b|K\b))?"
_UNITS = {
    **dict.fromkeys(_WORDS["cuts"], "cuts"),
    **dict.fromkeys(_WORDS["openings"], "openings"),
    **dict.fromkeys(_WORDS["contractors"], "contractors"),
    **dict.fromkeys(_WORDS["jobs"], "jobs"),
    **dict.fromkeys(_WORDS["people"], "people"),
}
_NOUN = (
    rf"(?:(?!(?:and\s(?:\d|the|its|a)|or|to|of|in|the|a|than|for|with"
    rf"|million|billion|percent|years?|days?|months?|hours?)\b)[\w’'&/-]+\s){{0,4}}?(?P<noun>{either(_UNITS)})\b"
)
_I = re.IGNORECASE
_COUNT = re.compile(
    rf"(?<![\w$€£¥.,-])(?:(?P<vague>{either(_VAGUE)})|(?P<first>{_NUMBER}|\b{either(_WORDED)}\b)(?P<plus>\+)?"
    rf"(?:\s?(?:to|-|–|—|and)\s?(?P<second>{_NUMBER}))?)\s(?:of\s(?:its|their|the\scompany[’']s|the)\s)?{_NOUN}",
    _I,
)
_COUNTS = re.compile(rf"\d|\b{either([*_VAGUE, *_WORDED])}\b", _I)
_SHARE = re.compile(
    rf"(?<![\w.])(?:(?P<first>\d+(?:\.\d+)?)(?:\s?(?:to|-|–)\s?(?P<second>\d+(?:\.\d+)?)"
    rf")?\s?(?:%|percent\b|per\scent\b)|(?P<word>\b{either(_SHARES)})(?=\s(?:of\s)?(?:its|"
    rf"the|their|all)\b))",
    _I,
)
_COMPOUND = re.compile(
    r"(?<![\w.,-])(?P<first>\d{1,3}(?:,\d{3})+|\d+)[-\u2010\u2011](?:person|people|member|"
    r"employee|strong|man|engineer|researcher)\b(?:[-\s]strong)?",
    _I,
)
_LEAST = re.compile(rf"\b{either(_WORDS['least'])}\s{_ABOUT}$", _I)
_MOST = re.compile(rf"\b{either(_WORDS['most'])}\s{_ABOUT}$", _I)


def counts(text: str) -> list[Quantity]:
    """Counts of people, jobs or openings, the number right before its noun."""
    if _COUNTS.search(text) is None:
        return []
    found = []
    for match in _COUNT.finditer(text):
        quantity = _count(text, match)
        if quantity is not None and is_sane(quantity):
            found.append(quantity)
    return found


def shares(text: str) -> list[Quantity]:
    """Percentages and simple fractions of a workforce."""
    return [q for m in _SHARE.finditer(text) if is_sane(q := _share(text, m))]


def compounds(text: str) -> Iterator[Quantity]:
    """ "a 12-person team"."""
    for match in _COMPOUND.finditer(text):
        value = _number(match["first"])
        yield Quantity(match.start(), match.end(), value, value, "people")


def _count(text: str, match: Match[str]) -> Quantity | None:
    unit = _UNITS.get(match["noun"].lower()) or _UNITS.get(match["noun"], "people")
    if match["vague"]:
        return Quantity(match.start(), match.end(), _VAGUE[match["vague"].strip().lower()], None, unit)
    first = _number(match["first"])
    if match["second"]:
        return Quantity(match.start(), match.end(), first, _number(match["second"]), unit)
    if (
        1900 <= first <= 2100
        and "," not in match["first"]
        and re.search(r"\b(?:in|since|by|of|from)\s$", text[: match.start()], _I)
    ):
        return None
    return _bounded(text, match.start(), match.end(), value=first, unit=unit, plus=bool(match["plus"]))


def _share(text: str, match: Match[str]) -> Quantity:
    if match["word"]:
        value = float(_SHARES[match["word"].lower()])
        return _bounded(text, match.start(), match.end(), value=value, unit="percent")
    first = float(match["first"])
    if match["second"]:
        return Quantity(match.start(), match.end(), first, float(match["second"]), "percent")
    return _bounded(text, match.start(), match.end(), value=first, unit="percent")


def _bounded(text: str, start: int, end: int, *, value: float, unit: str, plus: bool = False) -> Quantity:
    lead = text[max(0, start - 30) : start]
    if plus or _LEAST.search(lead):
        return Quantity(start, end, value, None, unit)
    if _MOST.search(lead):
        return Quantity(start, end, None, value, unit)
    return Quantity(start, end, value, value, unit)


def _number(written: str) -> float:
    written = written.strip().lower()
    if written in _WORDED:
        return _WORDED[written]
    match = re.match(r"[\d,.]+", written)
    value = float(match[0].replace(",", "").rstrip(".")) if match else 0.0
    if written.endswith(("thousand", "k")):
        return value * 1000
    return value * 1_000_000 if written.endswith("million") else value

"""Amounts of money in English: "$5-10 million", "upwards of €1bn", "two million dollars", "seven-figure"."""

from __future__ import annotations

import re
from re import Match

from articles.extraction import money
from articles.extraction.lexicon import table
from articles.extraction.money import Amount, Bound
from articles.extraction.patterns import either

_WORDS = table("en/money")
_SYMBOLS: dict[str, str] = _WORDS["symbols"]
_NAMES: dict[str, str] = _WORDS["names"]
_MULTIPLIERS: dict[str, int] = _WORDS["multipliers"]
_NUMBERS: dict[str, float] = _WORDS["numbers"]
_VAGUE: dict[str, int] = _WORDS["vague"]

_MULTIPLIER = rf"(?:\s?-?{either(_MULTIPLIERS)}(?![\w$]))"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ABOUT = rf"(?:{either(_WORDS['about'])}\s)*"


def _figure(name: str) -> str:
    """One figure, its parts in groups that end in ``name``."""
    return (
        rf"(?P<symbol{name}>(?<![A-Za-z]){either(_SYMBOLS)}\s?)?(?P<digits{name}>{_DIGITS})"
        rf"(?P<times{name}>{_MULTIPLIER})?"
        rf"(?P<plus{name}>\+|\s\+(?!\s?\w))?(?:[\s-](?P<unit{name}>{either(_NAMES)})\b)?"
    )


_ONE = re.compile(rf"(?<![\w.$€£]){_figure('1')}")
_SEPARATOR = re.compile(
    rf"(?:\s(?:per|an?)\s(?:year|hour|month|annum))?(?:\sfor\s(?:an?\s|the\s)?[\w-]+){{0,1}}\s?(?:[-–—~]|"
    rf"to|and|through|or)\s?"
    rf"(?:as (?:much|high) as\s|up to\s|over\s|more than\s)?{_ABOUT}",
    re.I,
)
_WORDED = re.compile(
    rf"\b(?P<count>{either(_NUMBERS)})[\s-](?P<times>million|billion|hundred thousand|"
    rf"thousand)[\s-](?P<unit>{either(_NAMES)})\b",
    re.I,
)
_UNSPECIFIC = re.compile(
    rf"\b(?P<word>{either(_VAGUE)})(?:[\s-](?:of\s)?(?P<unit>{either(_NAMES)})"
    rf")?(?!\w)(?!\s(?:of\s)?(?:people|users|jobs|workers|copies|lines))",
    re.I,
)
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("most", re.compile(rf"\b{either(_WORDS['most'])}\s{_ABOUT}$", re.I)),
    ("least", re.compile(rf"\b{either(_WORDS['least'])}\s{_ABOUT}$", re.I)),
)
_MORE = re.compile(rf"(?:\+|\s\+(?!\s?\w)|\s?{either(_WORDS['more_after'])}\b)", re.I)
_MOST = re.compile(rf"\s?{either(_WORDS['most_after'])}\b", re.I)
_LOOK_BACK = 45
# Every amount holds a symbol, the name of a currency, or a word that names a unit.
_CUE = re.compile(
    r"[$€£¥₩₹₪]|[Ff]igures?\b|[Mm]illions?\b|[Mm]ulti|[Bb]illions\b|hundreds of thousands"
    rf"|\b{either({n.split()[-1] for n in _NAMES} | {s for s in _SYMBOLS if s.isalpha()})}\b"
)


def find_amounts(text: str) -> list[Amount]:
    """Every amount of money in ``text`` with its bounds, in order; numbers without a currency are none."""
    if _CUE.search(text) is None:
        return []
    figures = [m for m in _ONE.finditer(text) if _is_figure(m)]
    amounts, used = [], set()
    for index, first in enumerate(figures):
        if index in used:
            continue
        second = figures[index + 1] if index + 1 < len(figures) else None
        if (
            second is not None
            and _SEPARATOR.fullmatch(text, first.end(), second.start())
            and _pair(text, first, second)
        ):
            amounts.append(_range(text, first, second))
            used.add(index + 1)
        elif _currency(first) is not None:
            amounts.append(_single(text, first))
    amounts += [_worded(m, text) for m in _WORDED.finditer(text)]
    amounts += [_unspecific(m) for m in _UNSPECIFIC.finditer(text)]
    return money.without_overlaps(amounts)


def _is_figure(match: Match[str]) -> bool:
    return _currency(match) is not None or match["times1"] is not None or len(match["digits1"]) <= 7


def _currency(match: Match[str]) -> str | None:
    symbol, unit = (match["symbol1"] or "").strip(), match["unit1"]
    return _SYMBOLS.get(symbol) or (_NAMES.get(unit) if unit else None)


def _times(match: Match[str]) -> int | None:
    written = match["times1"]
    return None if written is None else _MULTIPLIERS[written.strip(" -")]


def _value(match: Match[str], times: int | None) -> float:
    return money.exactly(money.number(match["digits1"]) * (times or 1))


def _pair(text: str, first: Match[str], second: Match[str]) -> bool:
    """Two figures make a range where a currency stands at either, and "and" only after "between"."""
    if _currency(first) is None and _currency(second) is None:
        return False
    joint = text[first.end() : second.start()].strip().lower()
    if joint.startswith(("and", "or")):
        lead = text[max(0, first.start() - _LOOK_BACK) : first.start()]
        return re.search(r"\b(?:between|from)\s(?:\w+\s){0,2}$", lead, re.I) is not None
    return True


def _range(text: str, first: Match[str], second: Match[str]) -> Amount:
    times = _times(second)
    low = _value(first, _times(first) or (times if _value(first, 1) < 1000 else None))
    high = _value(second, times)
    currency = _currency(first) or _currency(second)
    open_top = second["plus1"] is not None or _MORE.match(text, second.end()) is not None
    return money.ranged(first.start(), second.end(), low=low, high=high, currency=currency, open_top=open_top)


def _single(text: str, match: Match[str]) -> Amount:
    bound = _bound(text, match.start(), match.end())
    if match["plus1"]:
        bound = "least"
    value = _value(match, _times(match))
    return money.bounded(match.start(), match.end(), value=value, currency=_currency(match), bound=bound)


def _bound(text: str, start: int, end: int) -> Bound:
    lead = text[max(0, start - _LOOK_BACK) : start]
    for bound, pattern in _BEFORE:
        if pattern.search(lead):
            return bound
    if _MORE.match(text, end):
        return "least"
    return "most" if _MOST.match(text, end) else "exact"


def _worded(match: Match[str], text: str) -> Amount:
    times = {"million": 1e6, "billion": 1e9, "hundred thousand": 1e5, "thousand": 1e3}[match["times"].lower()]
    value = _NUMBERS[match["count"].lower()] * times
    bound = _bound(text, match.start(), match.end())
    currency = _NAMES.get(match["unit"])
    return money.bounded(match.start(), match.end(), value=value, currency=currency, bound=bound)


def _unspecific(match: Match[str]) -> Amount:
    currency = _NAMES.get(match["unit"]) if match["unit"] else "USD"
    return money.vague(match.start(), match.end(), unit=_VAGUE[match["word"].lower()], currency=currency)

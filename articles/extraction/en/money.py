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
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<=[$€£¥])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d,])|\d+(?:\.\d+)?"
_ABOUT = rf"(?:{either(_WORDS['about'])}\s)*"


def _figure(name: str) -> str:
    """One figure, its parts in groups that end in ``name``."""
    return (
        rf"(?P<symbol{name}>(?<![A-Za-z]){either(_SYMBOLS)}\s?)?(?P<digits{name}>{_DIGITS})"
        rf"(?P<times{name}>{_MULTIPLIER})?"
        rf"(?P<plus{name}>\+|-plus\b|\s\+(?!\s?\w))?(?:[\s-](?P<unit{name}>{either(_NAMES)})\b)?"
    )


_ONE = re.compile(rf"(?<![\w.$€£]){_figure('1')}")
_SEPARATOR = re.compile(
    rf"(?:\s(?:per|an?)\s(?:year|hour|month|annum))?(?:\sfor\s(?:an?\s|the\s)?[\w-]+){{0,1}}\s?(?:[-–—~]|"
    rf"(?:up\s)?to|and|through|or)\s?"
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
_OPENS = re.compile(r"\b(?:over|more\sthan)\s", re.I)
# "exceeding a remarkable $10 million"
_WONDER = r"(?:an?\s(?:\w+ly\s)?[\w-]+\s)?"
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("most", re.compile(rf"(?<!no\s)(?<!not\s)\b{either(_WORDS['most'])}\s{_ABOUT}{_WONDER}$", re.I)),
    ("least", re.compile(rf"\b{either(_WORDS['least'])}\s{_ABOUT}{_WONDER}$", re.I)),
)
_MORE = re.compile(rf"(?:\+|\s\+(?!\s?\w)|\s?{either(_WORDS['more_after'])}\b(?!(?<=plus)\s(?:an?\s)?[a-z]))", re.I)
_MOST = re.compile(rf"\s?{either(_WORDS['most_after'])}\b", re.I)
_CAPPED = re.compile(r"\b(?:cap(?:s|ped|ping)?|limit(?:s|ed)?)\s[^.;$€£¥]{0,34}\bat\s$", re.I)
# "as much as $849,000, but the floor of the range is $449,000"; "starts at $1 million and tops out at $3 million".
_BOTTOM = re.compile(
    r"[\s,(–—-]{1,3}(?:(?:and|but|while|with|though|whereas)\s)?(?:the\s|an?\s)?(?:[\w“”\"-]+\s){0,2}?"
    r"(?:floor|minimum|bottom|low(?:er)?\send|start(?:s|ing)?)\b[^.;$€£¥₹]{0,45}",
    re.I,
)
_BOTTOM_LEAD = re.compile(
    r"\b(?:floor|minimum|bottom|low(?:er)?\send|start(?:s|ing|ed)?|begin(?:s|ning)?)\b[^.;,$€£¥₹]{0,25}$", re.I
)
_TOP = re.compile(
    r"\s?,?\s?(?:(?:and|but|with)\s)?(?:the\s|an?\s)?(?:can\s|could\s|may\s)?(?:[\w-]+\s)?"
    r"(?:ceiling|maximum|top(?:s|ping)?|upper\send|high(?:er)?\send|caps?|capped|goes\sup|go\sup|going\sup|ris(?:es?|ing))\b[^.;,$€£¥₹]{0,25}",
    re.I,
)
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
    return _with_floors(text, money.without_overlaps(amounts))


def _with_floors(text: str, amounts: list[Amount]) -> list[Amount]:
    """Two figures of one range, told apart as its top and its bottom, joined."""
    joined: list[Amount] = []
    for amount in amounts:
        last = joined[-1] if joined else None
        if last is not None and _top_and_bottom(text, last, amount):
            low, high = sorted((_only(last), _only(amount)))
            joined[-1] = money.ranged(last.start, amount.end, low=low, high=high, currency=last.currency)
        else:
            joined.append(amount)
    return joined


def _top_and_bottom(text: str, first: Amount, second: Amount) -> bool:
    if first.vague or second.vague or first.currency != second.currency:
        return False
    if any(None not in (a.min, a.max) and a.min != a.max for a in (first, second)) or _only(first) == _only(second):
        return False
    gap, lead = text[first.end : second.start], text[max(0, first.start - _LOOK_BACK) : first.start]
    if _only(first) > _only(second):
        return first.min is None and _BOTTOM.fullmatch(gap) is not None
    return _BOTTOM_LEAD.search(lead) is not None and _TOP.fullmatch(gap) is not None


def _only(amount: Amount) -> float:
    value = amount.min if amount.min is not None else amount.max
    return value if value is not None else 0.0


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
    over = _OPENS.search(text[first.end() : second.start()]) is not None
    open_top = over or second["plus1"] is not None or _MORE.match(text, second.end()) is not None
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
    if _CAPPED.search(lead):
        return "most"
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

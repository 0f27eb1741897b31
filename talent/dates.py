"""Partial dates as day ranges, for sorting and comparing; what a page prints stays the EDTF text."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from time import struct_time

_PLAIN = re.compile(r"((?!9999)[1-9]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


@lru_cache(maxsize=20_000)
def day_range(edtf: str) -> tuple[date | None, date | None]:
    """First and last day that an EDTF date allows; (None, None) for "" ; ValueError for what is no EDTF date."""
    if not edtf:
        return None, None
    if plain := _PLAIN.fullmatch(edtf):
        return _plain_range(edtf, *map(int, filter(None, plain.groups())))
    # The whole grammar: 10 MB, for the few dates that are more than a year, a month or a day.
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(edtf)
        first, last = parsed.lower_strict(), parsed.upper_strict()
    except (EDTFParseException, AttributeError, ValueError, TypeError) as error:
        raise ValueError(f"{edtf!r} is no EDTF date") from error
    return _day(first, date.min), _day(last, date.max)


def _plain_range(edtf: str, year: int, month: int = 0, day: int = 0) -> tuple[date | None, date | None]:
    """A year, a month or a day: nearly every date, in a thousandth of the time that the grammar takes."""
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        raise ValueError(f"{edtf!r} is no EDTF date") from error
    if day:
        return first, first
    return first, date(year, month or 12, monthrange(year, month or 12)[1])


def _day(moment: struct_time | float, open_end: date) -> date | None:
    """The day of a bound; None for an open or unknown end."""
    if not isinstance(moment, struct_time):
        return None
    day = date(*moment[:3])
    return None if day == open_end else day


def days_apart(left: str, right: str) -> int | None:
    """Days between two dates' ranges, 0 where they touch; None where one of them is unknown or open."""
    (left_first, left_last), (right_first, right_last) = day_range(left), day_range(right)
    if left_first is None or left_last is None or right_first is None or right_last is None:
        return None
    if left_first <= right_last and right_first <= left_last:
        return 0
    return (right_first - left_last).days if left_last < right_first else (left_first - right_last).days


def precision(edtf: str) -> int:
    """Width of the range in days, so that the smallest is the most precise; unknown dates are widest."""
    first, last = day_range(edtf)
    return (last - first).days if first and last else 10**6

"""Partial dates as day ranges, for sorting and comparing; what a page prints stays the EDTF text."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from time import struct_time

from edtf import EDTFParseException, parse_edtf


@lru_cache(maxsize=20_000)
def day_range(edtf: str) -> tuple[date | None, date | None]:
    """First and last day that an EDTF date allows; (None, None) for "" ; ValueError for what is no EDTF date."""
    if not edtf:
        return None, None
    try:
        parsed = parse_edtf(edtf)
        first, last = parsed.lower_strict(), parsed.upper_strict()
    except (EDTFParseException, AttributeError, ValueError, TypeError) as error:
        raise ValueError(f"{edtf!r} is no EDTF date") from error
    return _day(first, date.min), _day(last, date.max)


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

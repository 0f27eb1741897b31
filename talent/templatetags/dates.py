"""Partial dates in words of the reader's language; never more precise than the source."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_interval, format_skeleton
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# British spelling of dates; Babel knows no plain "international English".
LOCALES = {"zh-hans": "zh_Hans", "en": "en_GB"}
_SKELETONS = {1: "y", 2: "yMMM", 3: "yMMMd"}
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?]?)")


def locale() -> str:
    """The Babel locale of the reader."""
    return LOCALES.get(get_language() or "en", "en_GB")


def day(value: date | datetime | None) -> str:
    """A whole day, "18 Mar 2024"; "" for None."""
    return _day(value.year, value.month, value.day, locale()) if value else ""


def moment(value: datetime) -> str:
    """A day with the time, "18 Mar 2024, 09:30 UTC"."""
    return f"{day(value)}, {value.astimezone(UTC):%H:%M} UTC"


@lru_cache(maxsize=4096)
def _day(year: int, month: int, day_of_month: int, reader: str) -> str:
    return str(format_skeleton("yMMMd", date(year, month, day_of_month), locale=reader))


def in_words(edtf: str) -> str:
    """An EDTF date as words: "Sept – Nov 2023", "between 18 and 24 Mar 2024", "in or before 2023"; "" stays ""."""
    return _in_words(edtf, locale()) if edtf else ""


@lru_cache(maxsize=4096)
def _in_words(edtf: str, reader: str) -> str:
    """``reader`` is the locale that is active now; what is remembered is remembered for it."""
    start, _slash, end = edtf.partition("/")
    if start == "..":
        return _("in or before %(date)s") % {"date": _partial(end)}
    if end == "..":
        return _("in or after %(date)s") % {"date": _partial(start)}
    return _interval(start, end) if end else _partial(start)


def _partial(text: str) -> str:
    """One partial date, its doubt in words; text that is none is given back as it is."""
    if not (match := _PARTIAL.fullmatch(text)):
        return text
    words = format_skeleton(_SKELETONS[_precision(match)], _first_day(match), locale=locale())
    if match[4] == "~":
        return _("about %(date)s") % {"date": words}
    return _("%(date)s (uncertain)") % {"date": words} if match[4] == "?" else words


def _interval(start: str, end: str) -> str:
    low, high = _PARTIAL.fullmatch(start), _PARTIAL.fullmatch(end)
    if not (low and high) or low[4] or high[4] or _precision(low) != _precision(high):
        return _("between %(start)s and %(end)s") % {"start": _partial(start), "end": _partial(end)}
    if _precision(low) == 3:
        return _between_days(_first_day(low), _first_day(high))
    return str(
        format_interval(_first_day(low), _first_day(high), skeleton=_SKELETONS[_precision(low)], locale=locale())
    )


def _between_days(low: date, high: date) -> str:
    """A span of days is doubt about one day: "between 18 and 24 Mar 2024"."""
    start, end = day(low), day(high)
    if (low.year, low.month) == (high.year, high.month):
        start, end = (start, f"{high.day}日") if locale() == "zh_Hans" else (str(low.day), end)
    return _("between %(start)s and %(end)s") % {"start": start, "end": end}


def _precision(match: re.Match[str]) -> int:
    """1 for a year, 2 for a month, 3 for a day."""
    return 1 + bool(match[2]) + bool(match[3])


def _first_day(match: re.Match[str]) -> date:
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))


def dated(fact: Any) -> str:
    """The date that a fact has or, where nobody states one, when it was reported: never nothing to read."""
    return in_words(fact.date) or _("reported %(day)s") % {"day": day(fact.sort_date)}

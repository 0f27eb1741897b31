"""Dates as feeds write them, right and wrong. Nothing is guessed: what is no date is none."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Before it there were no feeds; a date behind tomorrow is a slip.
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)
_SLACK = timedelta(days=1)
_LONGEST = 80
_NUMBERS = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2})日?)?"
    r"(?:[T\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?\s*月?"
)


def moment(words: str, *, latest: datetime) -> datetime | None:
    """The instant that the words name, a day's being its midnight in UTC; None for what is no date or cannot be."""
    words = words.strip()
    if not words or len(words) > _LONGEST:
        return None
    found = _written_in_numbers(words) or _written_in_english(words)
    if found is None:
        return None
    try:
        return found if _FIRST <= found <= latest + _SLACK else None
    except (OverflowError, ValueError):
        return None


def _written_in_numbers(words: str) -> datetime | None:
    """2025-06-02T10:00:00+08:00, 2025/6/2 10:00, 2025年6月2日, 2025-06."""
    found = _NUMBERS.fullmatch(words)
    if found is None:
        return None
    numbers = {name: int(found[name] or least) for name, least in _LEAST.items()}
    try:
        return datetime(**numbers, tzinfo=UTC) - _offset(found["zone"] or "")
    except (ValueError, OverflowError):
        return None


_LEAST = {"year": 1, "month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}


def _offset(zone: str) -> timedelta:
    if zone[:1] not in ("+", "-") or not zone:
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return away if zone[0] == "+" else -away


def _written_in_english(words: str) -> datetime | None:
    """Mon, 02 Jun 2025 10:00:00 GMT, as mail and RSS write it."""
    try:
        found = parsedate_to_datetime(words)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

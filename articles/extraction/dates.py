"""Arithmetic of partial dates: what a time expression means, seen from an article's day, as EDTF.

Knows no language. What the text does not give stays None; a missing year is taken from the article's date.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from re import Match, Pattern

from articles.extraction.document import Span

SEASON_START = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
# Part of a year or month -> first and last month of that part.
YEAR_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "start": (1, 1), "end": (12, 12)}
# An expression this many days after the article's day is read as the coming one, not last year's.
_SLACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """``text[start:end]`` names the time ``edtf``."""

    start: int
    end: int
    edtf: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The day an article speaks from, and whether the sentence speaks of what is to come."""

    today: date | None
    future: bool = False


Resolver = Callable[[Match[str], Clock], str | None]
Grammar = Sequence[tuple[Pattern[str], Resolver]]


def scan(
    text: str, offset: int, *, grammar: Grammar, clock: Clock, ahead: Callable[[str, int, int], bool] | None = None
) -> list[TimeExpression]:
    """Every time expression of ``text`` in order; where two overlap the one of the earlier rule stands.

    ``ahead`` tells of ``text[start:end]`` whether it speaks of what is to come.
    """
    found: list[TimeExpression] = []
    for pattern, resolve in grammar:
        for match in pattern.finditer(text):
            start, end = match.start() + offset, match.end() + offset
            if any(e.start < end and start < e.end for e in found):
                continue
            future = clock.future if ahead is None else ahead(text, match.start(), match.end())
            edtf = resolve(match, Clock(clock.today, future))
            if edtf is not None:
                found.append(TimeExpression(start, end, edtf))
    return sorted(found, key=lambda e: e.start)


def nearest(expressions: Sequence[TimeExpression], span: Span) -> TimeExpression | None:
    """The expression inside ``span`` that stands first, else the one fewest characters away from it."""
    inside = [e for e in expressions if span.start < e.end and e.start < span.end]
    if inside:
        return inside[0]
    return min(expressions, key=lambda e: max(span.start - e.end, e.start - span.end), default=None)


def is_recent(edtf: str | None, today: date | None, *, days: int = 60) -> bool:
    """True for no date at all, and for one that ends at most that long before the article's day."""
    if edtf is None or today is None:
        return edtf is None
    last = edtf.rpartition("/")[2]
    oldest = (today - timedelta(days=days)).isoformat()
    return last >= oldest[: len(last)]


def is_ahead(edtf: str | None, today: date | None) -> bool:
    """True for a date that begins after the article's day."""
    if edtf is None or today is None:
        return False
    first = edtf.partition("/")[0]
    return first > today.isoformat()[: len(first)]


def day(value: date) -> str:
    return value.isoformat()


def day_of(year: int, month_: int, day_: int) -> str | None:
    """That day, or None where the calendar has no such day."""
    try:
        return date(year, month_, day_).isoformat()
    except ValueError:
        return None


def month(year: int, month_: int) -> str | None:
    return f"{year:04d}-{month_:02d}" if 1 <= month_ <= 12 and 1 <= year <= 9999 else None


def months(first: tuple[int, int], last: tuple[int, int]) -> str:
    """An interval of whole months, its ends given as (year, month)."""
    return f"{first[0]:04d}-{first[1]:02d}/{last[0]:04d}-{last[1]:02d}"


def year(value: int) -> str | None:
    return f"{value:04d}" if 1900 <= value <= 2100 else None


def year_part(value: int, part: str) -> str:
    """ "early", "mid", "late", "start" or "end" of a year as an interval of months, or one month."""
    first, last = YEAR_PARTS[part]
    return f"{value:04d}-{first:02d}" if first == last else months((value, first), (value, last))


def season(value: int, name: str) -> str:
    """Three months of the northern year; winter begins in the December of its year."""
    first = SEASON_START[name]
    return months((value, first), _plus(value, first, 2))


def season_of(clock: Clock, name: str, *, offset: int | None = None) -> str | None:
    """The season ``offset`` years from the article's year; without an offset the latest that has begun."""
    if clock.today is None:
        return None
    if offset is not None:
        return season(clock.today.year + offset, name)
    begun = date(clock.today.year, SEASON_START[name], 1) <= clock.today
    return season(clock.today.year - (0 if begun else 1), name)


def last_season(clock: Clock, name: str) -> str | None:
    """ "last summer": the latest one that is over."""
    if clock.today is None:
        return None
    over = SEASON_START[name] + 2 < clock.today.month
    return season(clock.today.year - (0 if over else 1), name)


def quarter(value: int, number: int) -> str | None:
    if not 1 <= number <= 4:
        return None
    return months((value, 3 * number - 2), (value, 3 * number))


def quarter_of(clock: Clock, number: int) -> str | None:
    """The latest such quarter that has begun, or the coming one where the sentence looks ahead."""
    if clock.today is None or not 1 <= number <= 4:
        return None
    begun = 3 * number - 2 <= clock.today.month
    return quarter(clock.today.year - (0 if begun or clock.future else 1), number)


def half(value: int, number: int) -> str:
    return months((value, 1 if number == 1 else 7), (value, 6 if number == 1 else 12))


def month_of(clock: Clock, month_: int) -> str | None:
    """A month without a year: the latest that has begun, or the coming one where the sentence looks ahead."""
    if clock.today is None:
        return None
    today = clock.today
    if clock.future:
        return month(today.year + (month_ < today.month), month_)
    return month(today.year - (month_ > today.month), month_)


def day_without_year(clock: Clock, month_: int, day_: int) -> str | None:
    """A day without a year: the latest such day, or the coming one where the sentence looks ahead."""
    if clock.today is None:
        return None
    try:
        candidate = date(clock.today.year, month_, day_)
    except ValueError:
        return None
    if clock.future:
        return day_of(candidate.year + (candidate < clock.today), month_, day_)
    return day_of(candidate.year - (candidate > clock.today + _SLACK), month_, day_)


def weekday_of(clock: Clock, weekday: int) -> str | None:
    """The latest such weekday up to the article's day, or the coming one where the sentence looks ahead."""
    if clock.today is None:
        return None
    back = (clock.today.weekday() - weekday) % 7
    if clock.future:
        return day(clock.today + timedelta(days=(7 - back) % 7 or 7))
    return day(clock.today - timedelta(days=back))


def weekday_of_week(clock: Clock, weekday: int, *, offset: int) -> str | None:
    """That day of the calendar week ``offset`` weeks from the article's; weeks begin on Monday."""
    if clock.today is None:
        return None
    return day(_monday(clock.today) + timedelta(days=7 * offset + weekday))


def week_of(clock: Clock, *, offset: int) -> str | None:
    """A calendar week, Monday to Sunday; the article's own week ends with the article's day."""
    if clock.today is None:
        return None
    first = _monday(clock.today) + timedelta(weeks=offset)
    last = clock.today if offset == 0 and not clock.future else first + timedelta(days=6)
    return day(first) if first == last else f"{day(first)}/{day(last)}"


def weekend_of(clock: Clock) -> str | None:
    """Saturday and Sunday of the latest weekend that has begun."""
    if clock.today is None:
        return None
    saturday = clock.today - timedelta(days=(clock.today.weekday() - 5) % 7)
    return f"{day(saturday)}/{day(min(saturday + timedelta(days=1), clock.today))}"


def days_from(clock: Clock, days_: int) -> str | None:
    return None if clock.today is None else day(clock.today + timedelta(days=days_))


def weeks_from(clock: Clock, weeks: int) -> str | None:
    """The calendar week that many weeks away."""
    return week_of(clock, offset=weeks) if weeks else days_from(clock, 0)


def months_from(clock: Clock, count: int) -> str | None:
    if clock.today is None:
        return None
    return month(*_plus(clock.today.year, clock.today.month, count))


def years_from(clock: Clock, count: int) -> str | None:
    return None if clock.today is None else year(clock.today.year + count)


def month_in_year_from(clock: Clock, offset: int, month_: int) -> str | None:
    return None if clock.today is None else month(clock.today.year + offset, month_)


def past(clock: Clock, count: int, unit: str) -> str | None:
    """ "over the past year": from that long ago until the article's day, as precise as the unit allows."""
    if clock.today is None:
        return None
    if unit in {"day", "week"}:
        first = clock.today - timedelta(days=count * (7 if unit == "week" else 1))
        return f"{day(first)}/{day(clock.today)}"
    span = count * (12 if unit == "year" else 1)
    today = (clock.today.year, clock.today.month)
    return months(_plus(*today, -span), today)


def ago(clock: Clock, count: int, unit: str) -> str | None:
    """ "two months ago", as precise as the unit."""
    return {"day": days_from, "week": weeks_from, "month": months_from, "year": years_from}[unit](clock, -count)


def _monday(value: date) -> date:
    return value - timedelta(days=value.weekday())


def _plus(year_: int, month_: int, count: int) -> tuple[int, int]:
    index = year_ * 12 + month_ - 1 + count
    return index // 12, index % 12 + 1

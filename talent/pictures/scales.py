"""From values to places: amounts and days along an axis, with ticks at round values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

# Amounts that lie further apart than this are told apart on a logarithmic axis only.
_WIDE_APART = 40
_EARLIEST, _LATEST = date(1900, 1, 1), date(2150, 1, 1)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight or logarithmic axis from ``low`` at ``start`` to ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        low, high, here = (log10(v) if self.logarithmic else v for v in (self.low, self.high, value))
        return self.start + (here - low) / (high - low) * (self.end - self.start)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values on the axis, at most so many."""
        if not self.logarithmic:
            step = round_step(self.high - self.low, most)
            return [step * n for n in range(ceil(self.low / step), floor(self.high / step + 1e-9) + 1)]
        powers = range(floor(log10(self.low)), ceil(log10(self.high)) + 1)
        for leading in ((1, 2, 5), (1, 3), (1,)):
            found = [d * 10.0**p for p in powers for d in leading if self.low <= d * 10.0**p <= self.high]
            if len(found) <= most:
                return found
        return found[:: ceil(len(found) / most)]


def from_zero(values: Iterable[float], start: float, end: float) -> Scale:
    """An axis from nothing to the highest of the values."""
    return Scale(0.0, max([1.0, *values]), start, end)


def for_amounts(values: Iterable[float], start: float, end: float) -> Scale:
    """An axis for amounts above zero: from nothing, or logarithmic where they lie orders of magnitude apart."""
    positive = sorted(value for value in values if value > 0) or [1.0]
    if positive[-1] / positive[0] <= _WIDE_APART:
        return from_zero(positive, start, end)
    low, high = positive[0] / 1.6, positive[-1] * 1.25
    return Scale(low, high, start, end, logarithmic=True)


def round_step(span: float, most: int) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that divides the span into at most so many parts; whole from 1."""
    raw = span / most
    power = 10.0 ** floor(log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * (1 - 1e-9))
    return max(step, 1.0)


@dataclass(frozen=True, slots=True)
class Days:
    """An axis of time."""

    first: date
    last: date
    start: float
    end: float

    def __call__(self, day: date) -> float:
        inside = min(max(day, self.first), self.last)
        return self.start + (inside - self.first).days / (self.last - self.first).days * (self.end - self.start)

    def years(self, most: int) -> list[date]:
        """New Year's days on the axis, at most so many."""
        step = int(round_step(max(self.last.year - self.first.year, 1), most))
        years = (year for year in range(self.first.year, self.last.year + 1) if year % step == 0)
        return [day for year in years if self.first <= (day := date(year, 1, 1)) <= self.last]


def over(days: Iterable[date], start: float, end: float) -> Days:
    """An axis of whole years over all of the days, with some weeks of air."""
    known = sorted(map(drawable, days))
    first, last = known[0] - timedelta(days=40), known[-1] + timedelta(days=40)
    return Days(date(first.year, 1, 1), date(last.year + 1, 1, 1), start, end)


def drawable(day: date) -> date:
    """The day, or the nearest that a picture of our time can hold."""
    return min(max(day, _EARLIEST), _LATEST)

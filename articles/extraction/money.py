"""Amounts of money as bounds in a currency, shared by the languages that find them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Bound = Literal["exact", "least", "most"]


@dataclass(frozen=True, slots=True)
class Amount:
    """``text[start:end]`` is an amount: ``min`` and ``max`` in units of ``currency``, None where open or unsaid."""

    start: int
    end: int
    min: float | None
    max: float | None
    currency: str | None
    vague: bool = False


def bounded(start: int, end: int, *, value: float, currency: str | None, bound: Bound) -> Amount:
    """One figure as an amount: "over" opens its top, "up to" its bottom."""
    low = None if bound == "most" else value
    high = None if bound == "least" else value
    return Amount(start, end, low, high, currency)


def ranged(start: int, end: int, *, low: float, high: float, currency: str | None, open_top: bool = False) -> Amount:
    """Two figures as an amount, whichever way round they stand."""
    low, high = min(low, high), max(low, high)
    return Amount(start, end, low, None if open_top else high, currency)


def vague(start: int, end: int, *, unit: float, currency: str | None) -> Amount:
    """ "millions", 数百万: at least the unit that the word names."""
    return Amount(start, end, unit, None, currency, vague=True)


def without_overlaps(amounts: Iterable[Amount]) -> list[Amount]:
    """In order of the text; of two that overlap the longer stands, of two alike the vague one."""
    kept: list[Amount] = []
    for amount in sorted(amounts, key=lambda a: (a.start - a.end, not a.vague, a.start)):
        if not any(amount.start < k.end and k.start < amount.end for k in kept):
            kept.append(amount)
    return sorted(kept, key=lambda a: a.start)


def number(written: str) -> float:
    """ "1,250.5" as a number."""
    return float("".join(written.split()).replace(",", "").replace("，", ""))


def exactly(value: float) -> float:
    """Without the dust of binary fractions (2.7 * 10,000)."""
    return round(value, 2)

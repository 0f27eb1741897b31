"""Assembles signals of hiring and shrinking from what a language found in its sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from articles.extraction.claims import Attribution, Metric, SignalClaim, Status
from articles.extraction.document import Span

# No employer has more staff than this, and no text that counts more is about staff.
_LARGEST_STAFF = 3_000_000
# No article states more signals; what goes on is no article.
MOST_SIGNALS = 1_000
# A sentence with more counts is a table.
MOST_COUNTS = 12


@dataclass(frozen=True, slots=True)
class Quantity:
    """``text[start:end]`` counts people, jobs, openings, contractors or percent (``unit``); its bounds may be open."""

    start: int
    end: int
    min: float | None
    max: float | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A signal in its sentence, before it is joined with its employer; ``at`` is where its words stand."""

    metric: Metric
    at: Span
    rule: str
    confidence: float
    quantity: Quantity | None = None
    unit: str | None = None


def is_sane(quantity: Quantity) -> bool:
    """Whether an employer could have, hire or lose so many."""
    values = [v for v in (quantity.min, quantity.max) if v is not None]
    limit = 100 if quantity.unit == "percent" else _LARGEST_STAFF
    return bool(values) and all(0 < v <= limit for v in values)


def claim(
    sign: Sign,
    *,
    org: str | None,
    team: str | None,
    span: Span,
    date: str | None,
    attribution: Attribution | None,
    status: Status | None,
) -> SignalClaim:
    quantity = sign.quantity
    return SignalClaim(
        org=org,
        team=team,
        metric=sign.metric,
        min=quantity.min if quantity else None,
        max=quantity.max if quantity else None,
        unit=quantity.unit if quantity else sign.unit,
        status="reported" if status in {None, "declined"} else status,
        attribution=attribution,
        date=date,
        span=span,
        rule=sign.rule,
        confidence=sign.confidence,
    )


def stated_once(claims: Iterable[SignalClaim]) -> list[SignalClaim]:
    """One claim for each count of an employer; a bare statement gives way to a counted one of its metric."""
    kept: dict[tuple[object, ...], SignalClaim] = {}
    for one in claims:
        key = (one.org, one.metric, one.min, one.max, one.rule if one.metric == "practice" else "")
        if key not in kept or one.confidence > kept[key].confidence:
            kept[key] = one
    counted = {(c.org, c.metric) for c in kept.values() if c.min is not None or c.max is not None}
    bare = [c for c in kept.values() if c.metric in {"layoffs", "openings"} and c.min is None and c.max is None]
    dropped = {id(c) for c in bare if (c.org, c.metric) in counted}
    return sorted((c for c in kept.values() if id(c) not in dropped), key=lambda c: c.span)

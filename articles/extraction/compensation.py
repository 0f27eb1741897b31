"""Assembles claims of pay from what a language found in its sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from articles.extraction.claims import Attribution, CompensationClaim, CompensationKind, Component, Status
from articles.extraction.document import Span
from articles.extraction.mentions import OrganisationMention, Sentence
from articles.extraction.money import Amount

# No employee is paid less in a period, and none more; what lies outside is a price or a valuation.
_SANE = {"hour": (5, 20_000), "month": (200, 50_000_000), "year": (5_000, 2e10)}
_SANE_OTHERWISE = (2_000, 1.5e12)
_ANNUAL_COMPONENTS: frozenset[Component] = frozenset({"salary"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """A figure of pay in its sentence, before it is joined with its employer."""

    amount: Amount
    currency: str
    component: Component
    period: str
    kind: CompensationKind
    span: Span
    rule: str
    confidence: float
    person: str | None = None
    population: str | None = None
    date: str | None = None


def is_sane(amount: Amount, period: str, component: Component) -> bool:
    """Whether somebody could be paid this in such a period."""
    low, high = _SANE.get(period, _SANE_OTHERWISE)
    high = min(high, 2e9) if component in {"bonus", "signing_bonus"} else high
    values = [v for v in (amount.min, amount.max) if v is not None]
    return bool(values) and all(low <= v <= high for v in values)


def default_period(component: Component) -> str:
    """The period of a figure whose text names none."""
    if component in _ANNUAL_COMPONENTS:
        return "year"
    return "one_time" if component in {"bonus", "signing_bonus"} else "total"


def claim(pay: Pay, org: str | None, attribution: Attribution | None, status: Status | None) -> CompensationClaim:
    return CompensationClaim(
        org=org,
        person=pay.person,
        population=pay.population,
        min=pay.amount.min,
        max=pay.amount.max,
        currency=pay.currency,
        period=pay.period,
        component=pay.component,
        kind=pay.kind,
        status=status or "reported",
        attribution=attribution,
        date=pay.date,
        span=pay.span,
        rule=pay.rule,
        confidence=pay.confidence,
    )


def stated_once(claims: Iterable[CompensationClaim]) -> list[CompensationClaim]:
    """One claim for each figure of an employer: of two that say the same, the surer one, in the place of the first."""
    kept: dict[tuple[object, ...], CompensationClaim] = {}
    for one in claims:
        key = (one.org, one.min, one.max, one.currency)
        if key not in kept or one.confidence > kept[key].confidence:
            kept[key] = one
    return sorted(kept.values(), key=lambda c: c.span)


def between(sentence: Sentence, start: int, end: int) -> list[OrganisationMention]:
    """The organisations mentioned in ``text[start:end]`` of the document."""
    return [o for o in sentence.organisations if start <= o.start and o.end <= end]

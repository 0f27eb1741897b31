"""Assembles claims of pay from what a language found in its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from articles.extraction.claims import Attribution, CompensationClaim, CompensationKind, Component, Status
from articles.extraction.document import Span
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.money import Amount

# No employee is paid less in a period, and none more; what lies outside is a price or a valuation.
_SANE = {
    "hour": (1, 20_000),
    "day": (10, 200_000),
    "week": (50, 2_000_000),
    "month": (200, 50_000_000),
    "year": (5_000, 2e10),
}
_SANE_OTHERWISE = (2_000, 1.5e12)
_PRICE_LIST = 12
_MOST_AMOUNTS = 1_000
_FAMILIES = {"total": "pay", "salary": "pay", "bonus": "bonus", "signing_bonus": "bonus", "equity": "equity"}
# From here on a package is rather for several years; in currencies of small units it takes more.
_LARGE_PACKAGE = 2_000_000
# What is usual is told by the year, even where it is much.
_USUALLY_MORE = 5
_SMALL_UNITS = {"JPY": 100, "KRW": 1000, "INR": 50, "TWD": 20}


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


def within_reason(found: Iterable[tuple[Sentence, list[Amount]]]) -> Iterator[tuple[Sentence, Amount]]:
    """The amounts worth a look: none of a sentence that is a price list, and no more than any article holds."""
    left = _MOST_AMOUNTS
    for sentence, amounts in found:
        if len(amounts) <= _PRICE_LIST:
            for amount in amounts:
                yield sentence, amount
        left -= 1
        if left == 0:
            return


def without(reading: Reading, nobody: Callable[[str], bool]) -> Reading:
    """The reading without the mentions whose name, canonical or as written, is that of somebody who never pays."""
    return replace(reading, sentences=[_without(s, nobody) for s in reading.sentences])


def _without(sentence: Sentence, nobody: Callable[[str], bool]) -> Sentence:
    paying = [
        o
        for o in sentence.organisations
        if not nobody(o.name) and not nobody(sentence.text[o.start - sentence.start : o.end - sentence.start])
    ]
    return sentence if len(paying) == len(sentence.organisations) else replace(sentence, organisations=paying)


def is_sane(amount: Amount, period: str, component: Component) -> bool:
    """Whether somebody could be paid this in such a period."""
    low, high = _SANE.get(period, _SANE_OTHERWISE)
    high = min(high, 2e9) if component in {"bonus", "signing_bonus"} else high
    values = [v for v in (amount.min, amount.max) if v is not None]
    return bool(values) and all(low <= v <= high for v in values)


def default_period(component: Component, amount: Amount, kind: CompensationKind) -> str:
    """The period of a figure whose text names none: wages and packages of a usual size are for a year."""
    if component == "salary":
        return "year"
    if component in {"bonus", "signing_bonus"} or (component == "equity" and kind == "paid"):
        return "one_time"
    limit = _LARGE_PACKAGE * _SMALL_UNITS.get(amount.currency or "", 1) * (_USUALLY_MORE if kind == "typical" else 1)
    largest = max(v for v in (amount.min, amount.max) if v is not None)
    return "year" if component == "total" and largest < limit and not amount.vague else "total"


def listed(period: str) -> str:
    """The period by the annotation guide's names: it has none for a day or a week."""
    return "total" if period in {"day", "week"} else period


def claim(pay: Pay, org: str | None, attribution: Attribution | None, status: Status | None) -> CompensationClaim:
    return CompensationClaim(
        org=org,
        person=pay.person,
        population=pay.population,
        min=pay.amount.min,
        max=pay.amount.max,
        currency=pay.currency,
        period=listed(pay.period),
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
    """One claim for each figure of an employer: of two that say the same, the surer one, in the place of the first.

    A salary and a bonus of the same size, named in one breath, stay two.
    """
    kept: list[CompensationClaim] = []
    for one in claims:
        twin = next((k for k in kept if _same_figure(k, one)), None)
        if twin is None:
            kept.append(one)
        elif one.confidence > twin.confidence:
            kept[kept.index(twin)] = one
    return sorted(kept, key=lambda c: c.span)


def _same_figure(a: CompensationClaim, b: CompensationClaim) -> bool:
    if (a.org, a.min, a.max, a.currency) != (b.org, b.min, b.max, b.currency):
        return False
    return _FAMILIES[a.component] == _FAMILIES[b.component]

"""The three kinds of claim an article can make, as immutable values with their evidence.

The field names, the allowed values and the JSON shape are those of the annotation guide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from articles.extraction.document import Span

MoveKind = Literal["hire", "departure", "founding", "return", "acquihire", "internal"]
Status = Literal["confirmed", "reported", "planned", "rumoured", "declined", "denied"]
AttributionKind = Literal["person", "company", "document", "unnamed", "outlet", "article"]
Component = Literal["total", "salary", "bonus", "signing_bonus", "equity"]
CompensationKind = Literal["paid", "offered", "counteroffer", "typical"]
Engine = Literal["rules", "model", "both"]
Metric = Literal["headcount", "openings", "hiring_plan", "layoffs", "hiring_freeze", "practice"]

MOVE_KINDS: tuple[MoveKind, ...] = ("hire", "departure", "founding", "return", "acquihire", "internal")
STATUSES: tuple[Status, ...] = ("confirmed", "reported", "planned", "rumoured", "declined", "denied")
ATTRIBUTION_KINDS: tuple[AttributionKind, ...] = ("person", "company", "document", "unnamed", "outlet", "article")
COMPONENTS: tuple[Component, ...] = ("total", "salary", "bonus", "signing_bonus", "equity")
COMPENSATION_KINDS: tuple[CompensationKind, ...] = ("paid", "offered", "counteroffer", "typical")
METRICS: tuple[Metric, ...] = ("headcount", "openings", "hiring_plan", "layoffs", "hiring_freeze", "practice")
PERIODS = ("year", "month", "hour", "one_time", "total")  # and "multi_year:N"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A named human being: the fullest form in the text (Latin where given), and every other form."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cohort:
    """An unnamed group: bounds on how many, out of how many, and the words that say so."""

    text: str
    min: int | None = None
    max: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class MoveEnd:
    """One end of a move. ``org`` is the employer, None for a venture without a name; ``role`` in the text's words."""

    org: str | None
    team: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so, in the text's own words; ``count`` is the number of unnamed sources where the text gives it."""

    text: str
    kind: AttributionKind
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every claim carries: its status, who says so, its evidence, and how it was found.

    ``span`` is the quote's place in the document's text. ``rule`` names the pattern that found the claim and
    ``confidence`` (0 to 1) is the calibrated chance that a careful reader agrees; ``engine`` says who found it, "both"
    where two engines agree. None of these is part of its content.
    """

    status: Status
    span: Span
    attribution: Attribution | None = None
    date: str | None = None
    confidence: float = field(default=0.5, compare=False)
    rule: str = field(default="", compare=False)
    engine: Engine = field(default="rules", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveClaim(Claim):
    """A person or an unnamed group left one organisation, arrived at another, or both."""

    person: PersonName | None
    cohort: Cohort | None = None
    origin: MoveEnd | None = None
    destination: MoveEnd | None = None
    kind: MoveKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensationClaim(Claim):
    """A figure of pay; ``min`` and ``max`` in units of ``currency`` (ISO 4217), None where open."""

    org: str | None
    person: str | None = None
    population: str | None = None
    min: float | None = None
    max: float | None = None
    currency: str | None = None
    period: str
    component: Component
    kind: CompensationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalClaim(Claim):
    """A sign of hiring or shrinking; ``practice`` and ``hiring_freeze`` carry no number."""

    org: str | None
    team: str | None = None
    metric: Metric
    min: float | None = None
    max: float | None = None
    of: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one article claims, in the order of its text."""

    id: str
    moves: tuple[MoveClaim, ...] = ()
    compensation: tuple[CompensationClaim, ...] = ()
    signals: tuple[SignalClaim, ...] = ()

    def as_json(self, text: str) -> dict[str, Any]:
        """The object of one output line of ``manage.py extract``; ``text`` is the document's."""
        return {
            "id": self.id,
            "moves": [move_as_json(m, text) for m in self.moves],
            "compensation": [compensation_as_json(c, text) for c in self.compensation],
            "signals": [signal_as_json(s, text) for s in self.signals],
        }


def move_as_json(move: MoveClaim, text: str) -> dict[str, Any]:
    person, cohort = move.person, move.cohort
    return {
        "person": person and {"name": person.name, "aliases": list(person.aliases)},
        "cohort": cohort and {"min": cohort.min, "max": cohort.max, "of": cohort.of, "text": cohort.text},
        "from": _end(move.origin),
        "to": _end(move.destination),
        "kind": move.kind,
        **_common(move, text),
    }


def compensation_as_json(claim: CompensationClaim, text: str) -> dict[str, Any]:
    return {
        "org": claim.org,
        "person": claim.person,
        "population": claim.population,
        "min": _number(claim.min),
        "max": _number(claim.max),
        "currency": claim.currency,
        "period": claim.period,
        "component": claim.component,
        "kind": claim.kind,
        **_common(claim, text),
    }


def signal_as_json(claim: SignalClaim, text: str) -> dict[str, Any]:
    return {
        "org": claim.org,
        "team": claim.team,
        "metric": claim.metric,
        "min": _number(claim.min),
        "max": _number(claim.max),
        "of": _number(claim.of),
        "unit": claim.unit,
        **_common(claim, text),
    }


AS_JSON: dict[str, Callable[[Any, str], dict[str, Any]]] = {
    "move": move_as_json,
    "compensation": compensation_as_json,
    "signal": signal_as_json,
}


def _common(claim: Claim, text: str) -> dict[str, Any]:
    return {
        "date": claim.date,
        "status": claim.status,
        "attribution": claim.attribution and claim.attribution.text,
        "quote": text[claim.span.start : claim.span.end],
        "start": claim.span.start,
        "end": claim.span.end,
    }


def _end(end: MoveEnd | None) -> dict[str, str | None] | None:
    return {"org": end.org, "team": end.team, "role": end.role} if end else None


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value

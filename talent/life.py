"""How what is known of a fact came to be: its statuses by day, and the fact as it was known on an earlier day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from talent.keys import organisations
from talent.models import Claim, Company, CompensationReport, Move, MoveKind, Signal
from talent.resolve import Directory, claim_order, company_key
from talent.values import Values, move_values, report_values, seen_at, signal_values

# Where a claim keeps what it supports.
_COLUMN: dict[type[Any], str] = {Move: "move_id", CompensationReport: "report_id", Signal: "signal_id"}


@dataclass(frozen=True, slots=True)
class Stage:
    """From this day on somebody gave the fact this status; ``reversal`` is the move that took it back."""

    day: date
    status: str
    claims: list[Claim]
    reversal: Any = None


def life_cycle(claims: Iterable[Claim], later: Iterable[Move] = ()) -> list[Stage]:
    """Each status on the day it was first given, in order; ``later`` are moves that may have reversed it."""
    first: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda c: (seen_at(c), claim_order(c))):
        first.setdefault(claim.status, []).append(claim)
    stages = [Stage(seen_at(said[0]).date(), status, said) for status, said in first.items()]
    stages += [Stage(move.first_seen.date(), "reversed", [], move) for move in later]
    return sorted(stages, key=lambda stage: stage.day)


def reversals(move: Move, moves: Iterable[Move], *, companies: Directory) -> list[Move]:
    """Of one person's ``moves`` those that lead back from where ``move`` led to."""
    if not (move.origin and move.destination):
        return []
    return [
        m
        for m in moves
        if m.pk != move.pk
        and (m.sort_date, m.first_seen) > (move.sort_date, move.first_seen)
        and (m.kind == MoveKind.RETURN or _alike(m.origin, move.destination, companies))
        and _alike(m.destination, move.origin, companies)
        and not _alike(move.origin, move.destination, companies)
    ]


def _alike(left: Company | None, right: Company | None, companies: Directory) -> bool:
    return left is not None and right is not None and companies.related(left.name, right.name)


def as_known_on(day: date, facts: Sequence[Any], claims: Iterable[Claim]) -> list[Any]:
    """The facts as the ``claims`` published by the end of that day tell them, as copies that are not for saving.

    A fact that nobody had told of by then is left out. One query, for the companies.
    """
    told = [claim for claim in claims if seen_at(claim).date() <= day]
    names = {org for claim in told for org in organisations(claim.value)}
    keys = [company_key(name) for name in names]
    rows = {c.key: c.merged_into or c for c in Company.objects.filter(key__in=keys).select_related("merged_into")}
    known = []
    for fact in facts:
        own = sorted((c for c in told if getattr(c, _COLUMN[type(fact)]) == fact.pk), key=claim_order)
        values = _values(fact, own, rows) if own else None
        if values is not None:
            known.append(_copy(fact, values))
    return known


def _values(fact: Any, claims: Sequence[Claim], rows: dict[str, Company]) -> Values | None:
    if isinstance(fact, Move):
        return move_values(claims, fact.person, rows)
    return report_values(claims, rows) if isinstance(fact, CompensationReport) else signal_values(claims, rows)


def _copy(fact: Any, values: Values) -> Any:
    then = copy(fact)
    # A copy shares its original's cache of related rows until it has its own.
    then._state = copy(fact._state)
    then._state.fields_cache = dict(fact._state.fields_cache)
    for name, value in values.items():
        setattr(then, name, value)
    return then

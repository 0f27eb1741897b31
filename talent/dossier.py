"""What a dossier adds to the facts that it shows: its footnotes, where somebody works now, what is disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from talent.accounts import COLUMNS
from talent.disputes import Dispute, disputes, rival_moves
from talent.keys import organisations
from talent.models import Claim, Company, Metric, Move, MoveKind, Person, Signal, Status
from talent.resolve import directory_of
from talent.values import seen_at

HAPPENED = (Status.CONFIRMED, Status.REPORTED)
# Claims that are compared with one another on one page.
MOST_CLAIMS = 500
MOST_PARTNERS = 12
_COUNTED = (Metric.HEADCOUNT, Metric.LAYOFFS, Metric.OPENINGS, Metric.HIRING_PLAN)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the claim that carries a fact best, and the way to all others who report it."""

    number: int
    claim: Claim
    fact: Any


@dataclass(frozen=True, slots=True)
class Career:
    """Where a person was last reported to work, or to have left; and the other companies, the latest first."""

    newest: Move
    before: list[tuple[Company, Move]]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A fact, and on what its accounts differ."""

    fact: Any
    disputes: list[Dispute]


def notes_of(*lists: Iterable[Any]) -> list[Note]:
    """A footnote for each fact, in the order in which the page shows them."""
    facts = [fact for facts in lists for fact in facts]
    return [Note(number, fact.lead_claim, fact) for number, fact in enumerate(facts, start=1)]


def numbers_of(notes: Iterable[Note]) -> dict[int, Note]:
    """The footnotes by the claim that each rests on."""
    return {note.claim.pk: note for note in notes}


def career_of(moves: Sequence[Move]) -> Career | None:
    """A career as far as it has been confirmed or reported; ``moves`` are one person's, newest first."""
    told = [move for move in moves if move.status in HAPPENED]
    if not told:
        return None
    newest, before = told[0], dict[Company, Move]()
    for move in told:
        for company in (move.destination, move.origin):
            if company is not None and company != (newest.destination or newest.origin):
                before.setdefault(company, move)
    return Career(newest, list(before.items()))


def newest_of(people: Iterable[Person]) -> dict[Person | None, Move]:
    """The newest move of each, which tells apart those who have one name. One query, where there is anybody."""
    if not (asked := list(people)):
        return {}
    newest = Move.objects.for_list().filter(person__in=asked).order_by("person_id", "-sort_date", "-id")
    return {move.person: move for move in newest.distinct("person_id")}


def newest_figures(signals: Iterable[Signal]) -> list[Signal]:
    """The newest number of each kind that was counted; ``signals`` come newest first."""
    newest: dict[str, Signal] = {}
    for signal in signals:
        if signal.metric in _COUNTED and signal.value_min is not None and signal.status in HAPPENED and not signal.team:
            newest.setdefault(signal.metric, signal)
    return [newest[metric] for metric in _COUNTED if metric in newest]


def partners_of(company: Company, moves: Iterable[Move]) -> list[tuple[Company, int]]:
    """The companies at the other end of most of these moves, with how many."""
    others = [
        move.origin if move.destination_id == company.pk else move.destination
        for move in moves
        if move.status in HAPPENED and move.kind != MoveKind.INTERNAL
    ]
    return Counter(other for other in others if other is not None and other != company).most_common(MOST_PARTNERS)


def disputed(facts: Sequence[Any], day: date | None = None, *, between_moves: bool = False) -> list[Contradiction]:
    """The facts whose accounts contradict one another, as far as they were out by that day.

    With ``between_moves`` the moves of each person may contradict each other, too. Two queries at most: the claims,
    and the companies that they name.
    """
    claims = _claims_of([fact for fact in facts if fact.articles_count > 1], day)
    named = {name for of_fact in claims.values() for claim in of_fact for name in organisations(claim.value)}
    of_person = _by_person(facts) if between_moves else {}
    if not (claims or any(len(moves) > 1 for moves in of_person.values())):
        return []
    companies, found, settled = directory_of(named), [], set[int]()
    for fact in facts:
        near = of_person.get(fact.person_id, ()) if isinstance(fact, Move) and fact.person_id else ()
        others = [m for m in rival_moves(fact, near, companies=companies) if m.pk not in settled] if near else []
        if differing := disputes(fact, claims.get((type(fact), fact.pk), ()), others, companies=companies):
            found.append(Contradiction(fact, differing))
            if isinstance(fact, Move):
                settled.add(fact.pk)
    return found


def _by_person(facts: Iterable[Any]) -> dict[int | None, list[Move]]:
    """The moves among the facts by whose they are."""
    moves: dict[int | None, list[Move]] = {}
    for fact in facts:
        if isinstance(fact, Move):
            moves.setdefault(fact.person_id, []).append(fact)
    return moves


def _claims_of(facts: Sequence[Any], day: date | None) -> dict[tuple[type[Any], int], list[Claim]]:
    """The claims of these facts, by fact."""
    if not facts:
        return {}
    of_these = [
        Q(**{f"{column}__in": keys})
        for model, column in COLUMNS.items()
        if (keys := [fact.pk for fact in facts if isinstance(fact, model)])
    ]
    by_fact: dict[tuple[type[Any], int], list[Claim]] = {}
    for claim in Claim.objects.as_evidence().filter(reduce(or_, of_these))[:MOST_CLAIMS]:
        if day is None or seen_at(claim).date() <= day:
            key = next((model, pk) for model, name in COLUMNS.items() if (pk := getattr(claim, f"{name}_id")))
            by_fact.setdefault(key, []).append(claim)
    return by_fact

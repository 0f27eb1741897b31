"""What stands beside a fact: contradictions, how it came to be known, whom it belongs with; and any page as it was
known on an earlier day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from talent.disputes import disputes, rivals
from talent.keys import organisations
from talent.life import as_known_on, life_cycle, reversals
from talent.members import Circle, circle
from talent.models import Claim, CompensationReport, Move, Signal
from talent.querysets import HEAVY
from talent.resolve import Directory, directory_of
from talent.values import seen_at

# Other moves of the same person beside one of them; their page has all.
MOST_RELATED = 10
COLUMNS = {Move: "move", CompensationReport: "report", Signal: "signal"}


def accounts_of(fact: Any, evidence: Sequence[Claim], day: date | None = None) -> dict[str, Any]:
    """Contradictions, life cycle, members and deal of a fact, for its page; three more queries at most."""
    moves = list(Move.objects.for_list().of_person(fact.person)) if isinstance(fact, Move) and fact.person_id else []
    companies = directory_of(_named(evidence, [fact, *moves])) if isinstance(fact, Move) else Directory({}, {})
    others = rivals(fact, moves, companies=companies)
    later = reversals(fact, moves, companies=companies) if isinstance(fact, Move) else []
    around = circle(fact, companies=companies) if isinstance(fact, Move) else Circle([], [], [])
    return {
        "disputes": disputes(fact, evidence, _by_then(others, day), companies=companies),
        "life": life_cycle(evidence, _by_then(later, day)),
        "members": _by_then(around.members, day),
        "groups": _by_then(around.groups, day),
        "deal": _by_then(around.deal, day),
        "related": [move for move in _by_then(moves, day) if move.pk != fact.pk][:MOST_RELATED],
        "as_of": day,
    }


def _named(evidence: Iterable[Claim], moves: Iterable[Move]) -> set[str]:
    """Names of every company in sight."""
    ends = {end.name for move in moves for end in (move.origin, move.destination) if end is not None}
    return ends.union(*(organisations(claim.value) for claim in evidence))


def _by_then(facts: Sequence[Any], day: date | None) -> list[Any]:
    return [fact for fact in facts if day is None or fact.first_seen.date() <= day]


def evidence_by(fact: Any, day: date) -> list[Claim]:
    """The fact's claims that could be read by the end of that day, ready to be counted by reporter."""
    claims = fact.claims.as_evidence().select_related("article__source", "article__original__source").defer(*HEAVY)
    return [claim for claim in claims if seen_at(claim).date() <= day]


def facts_known_on(day: date | None, facts: Sequence[Any]) -> list[Any]:
    """Facts of one kind as they were known on that day; all of them as they are where no day is asked for.

    Those of which nothing was told later are what they were.
    """
    if day is None:
        return list(facts)
    changed = [fact for fact in facts if fact.last_seen.date() > day]
    if not changed:
        return list(facts)
    column = COLUMNS[type(changed[0])]
    claims = Claim.objects.as_evidence().filter(**{f"{column}__in": [fact.pk for fact in changed]})
    claims = claims.select_related("article__source", "article__original__source").defer(*HEAVY)
    then = {fact.pk: fact for fact in as_known_on(day, changed, claims)}
    unknown = {fact.pk for fact in changed} - then.keys()
    return [then.get(fact.pk, fact) for fact in facts if fact.pk not in unknown]

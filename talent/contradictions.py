"""Which of the newest facts are disputed, told from narrow rows, so that only what is shown is read whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from talent.accounts import COLUMNS
from talent.disputes import at_odds
from talent.dossier import Contradiction, disputed
from talent.keys import organisations
from talent.models import Claim, CompensationReport, Move, MoveKind, Signal, Status
from talent.resolve import SAME_MOVE_DAYS, Directory, directory_of

MODELS: tuple[type[Any], ...] = (Move, CompensationReport, Signal)
_OF_MOVES = ("person_id", "origin_id", "destination_id", "origin__name", "destination__name", "kind", "status")


@dataclass(frozen=True, slots=True)
class _Narrow:
    """A fact as far as it is compared: of moves both ends and whose they are."""

    model: type[Any]
    pk: int
    sort_date: date
    public_id: str
    articles: int
    person: int | None = None
    origin: int | None = None
    destination: int | None = None
    origin_name: str = ""
    destination_name: str = ""
    kind: str = ""
    status: str = ""

    def may_be_rival(self) -> bool:
        """Whether another move of the same person can tell it otherwise."""
        ends = None not in (self.person, self.origin, self.destination)
        return ends and self.kind != MoveKind.INTERNAL and self.status != Status.DECLINED


def newest_disputed(*, looked_at: int, shown: int) -> tuple[list[Contradiction], bool]:
    """The first ``shown`` disputes among the newest ``looked_at`` facts of each kind, and whether there are more.
    Twelve queries at most."""
    facts = [fact for model in MODELS for fact in _newest(model, looked_at)]
    accounts = _accounts_of([fact for fact in facts if fact.articles > 1])
    pairs = _pairs(facts)
    companies = directory_of(_named(accounts.values(), pairs))
    chosen = {fact for fact, told in accounts.items() if at_odds(told, companies)}
    chosen |= {fact for pair in pairs if _rivals(*pair, companies) for fact in pair}
    ordered = sorted(chosen, key=lambda fact: (fact.sort_date, fact.public_id), reverse=True)
    # Two moves that cannot both be are one dispute.
    first = ordered[: 2 * (shown + 1)]
    found = disputed(_whole(first), between_moves=True)
    return found[:shown], len(found) > shown or len(ordered) > len(first)


def _newest(model: type[Any], number: int) -> list[_Narrow]:
    columns = ("pk", "sort_date", "public_id", "articles_count", *(_OF_MOVES if model is Move else ()))
    return [_Narrow(model, *row) for row in model.objects.visible().newest().values_list(*columns)[:number]]


def _accounts_of(facts: Sequence[_Narrow]) -> dict[_Narrow, list[tuple[str, str, dict[str, Any]]]]:
    """What the claims of each fact say: date, status, value; a query for each kind."""
    by_key = {(fact.model, fact.pk): fact for fact in facts}
    told = defaultdict[_Narrow, list[tuple[str, str, dict[str, Any]]]](list)
    for model, column in COLUMNS.items():
        if pks := [fact.pk for fact in facts if fact.model is model]:
            claims = Claim.objects.standing().filter(**{f"{column}__in": pks}).order_by()
            for pk, *said in claims.values_list(column, "date", "status", "value"):
                told[by_key[model, pk]].append((said[0], said[1], said[2]))
    return told


def _pairs(facts: Iterable[_Narrow]) -> list[tuple[_Narrow, _Narrow]]:
    """Moves of one person at about the same time that do not have the same ends."""
    of_person = defaultdict[int | None, list[_Narrow]](list)
    for fact in facts:
        if fact.may_be_rival():
            of_person[fact.person].append(fact)
    return [
        (one, other)
        for moves in of_person.values()
        for one, other in combinations(moves, 2)
        if abs((one.sort_date - other.sort_date).days) <= SAME_MOVE_DAYS
        and (one.origin, one.destination) != (other.origin, other.destination)
    ]


def _named(accounts: Iterable[Any], pairs: Iterable[tuple[_Narrow, _Narrow]]) -> set[str]:
    ends = {name for pair in pairs for fact in pair for name in (fact.origin_name, fact.destination_name)}
    return ends.union(*(organisations(value) for told in accounts for _date, _status, value in told))


def _rivals(one: _Narrow, other: _Narrow, companies: Directory) -> bool:
    """Whether the two part at one end only."""
    agree = {
        companies.related(one.origin_name, other.origin_name),
        companies.related(one.destination_name, other.destination_name),
    }
    return len(agree) == 2


def _whole(facts: Sequence[_Narrow]) -> list[Any]:
    """The same in the same order with all that a page shows; a query for each kind."""
    rows = {
        (model, row.pk): row
        for model in MODELS
        if (pks := [fact.pk for fact in facts if fact.model is model])
        for row in model.objects.for_list().filter(pk__in=pks)
    }
    return [rows[key] for fact in facts if (key := (fact.model, fact.pk)) in rows]

"""Which named moves belong to a group's move, and which moves are one deal.

Nothing is stored: membership follows from two facts, and is asked for where it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q

from talent.dates import days_apart
from talent.disputes import SAME_COUNT_DAYS
from talent.models import Company, Move, MoveKind, Status
from talent.resolve import relatives

# Partings of one deal are reported within so many days of one another.
SAME_DEAL_DAYS = 90
# Days between the first days of two partial dates that may still be one: a year's width, and some.
_WIDE = timedelta(days=460)
_UNTRUE = (Status.DECLINED, Status.DENIED)
MOST = 100


@dataclass(frozen=True, slots=True)
class Circle:
    """The moves around one move: the named ones of a group, the groups that a named one belongs to, its deal."""

    members: list[Move]
    groups: list[Move]
    deal: list[Move]


def circle(move: Move) -> Circle:
    """What belongs together with this move, as readers may see it. One query."""
    if move.status in _UNTRUE or move.kind == MoveKind.INTERNAL:
        return Circle([], [], [])
    near = [m for m in _candidates(move) if m.status not in _UNTRUE and m.kind != MoveKind.INTERNAL]
    if move.person_id:
        members, groups = [], [m for m in near if not m.person_id and belongs(move, m)]
    else:
        members, groups = [m for m in near if m.person_id and belongs(m, move)], []
    return Circle(members, groups, _deal(move, near) if move.kind == MoveKind.ACQUIHIRE else [])


def belongs(named: Move, group: Move) -> bool:
    """Whether the named move may be one of the group's: the group's ends, at the same time."""
    apart = days_apart(_day(named), _day(group))
    return (
        all(_fits(getattr(named, side), getattr(group, side)) for side in ("origin", "destination"))
        and apart is not None
        and apart <= SAME_COUNT_DAYS
    )


def _fits(named: Company | None, group: Company | None) -> bool:
    """An end that the group does not state says nothing; one that it states must be the person's."""
    return group is None or (named is not None and (named == group or named.key in relatives(group.name)))


def _day(move: Move) -> str:
    return move.date or move.sort_date.isoformat()


def _candidates(move: Move) -> list[Move]:
    """Moves between companies of the same families at about the same time, of which some end may be unknown."""
    dated = Q(sort_date__gte=move.sort_date - _WIDE, sort_date__lte=move.sort_date + _WIDE)
    rows: Any = Move.objects.for_list().filter(dated).exclude(pk=move.pk)
    for side in ("origin", "destination"):
        company = getattr(move, side)
        if company is not None:
            within = Q(**{f"{side}__key__in": sorted(relatives(company.name) | {company.key})})
            rows = rows.filter(within | Q(**{side: None}) if move.person_id else within)
    named = Q(person=None) if move.person_id else ~Q(person=None)
    return list(rows.filter(named | Q(kind=MoveKind.ACQUIHIRE))[:MOST])


def _deal(move: Move, near: Sequence[Move]) -> list[Move]:
    """The moves of one deal with this one among them, oldest first: no two neighbours far apart in time."""
    if not (move.origin and move.destination):
        return []
    ends = [m for m in near if m.kind == MoveKind.ACQUIHIRE and m.origin and m.destination]
    parted: list[list[Move]] = []
    for each in sorted([*ends, move], key=lambda m: (m.sort_date, m.public_id)):
        apart = days_apart(_day(parted[-1][-1]), _day(each)) if parted else None
        if apart is not None and apart <= SAME_DEAL_DAYS:
            parted[-1].append(each)
        else:
            parted.append([each])
    deal = next(moves for moves in parted if move in moves)
    return deal if len(deal) > 1 else []

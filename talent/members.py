"""Which named moves belong to a group's move, and which moves are one deal.

Nothing is stored: membership follows from two facts, and is asked for where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet

from talent.dates import days_apart
from talent.disputes import SAME_COUNT_DAYS
from talent.models import Company, Move, MoveKind, Status
from talent.resolve import Directory

# Partings of one deal are reported within so many days of one another.
SAME_DEAL_DAYS = 90
# Days between the first days of two partial dates that may still be one: a year's width, and some.
WIDE = timedelta(days=460)
_SIDES = ("origin", "destination")
_UNTRUE = (Status.DECLINED, Status.DENIED)
MOST = 100


@dataclass(frozen=True, slots=True)
class Circle:
    """The moves around one move: the named ones of a group, the groups that a named one belongs to, its deal."""

    members: list[Move]
    groups: list[Move]
    deal: list[Move]


def circle(move: Move, *, companies: Directory) -> Circle:
    """What belongs together with this move, as readers may see it. One query."""
    if stands_alone(move):
        return Circle([], [], [])
    return circle_among(list(candidates(move, ends_of(move, companies))), move, companies=companies)


def stands_alone(move: Move) -> bool:
    """Whether it can belong with no other: it is untrue, or within one company."""
    return move.status in _UNTRUE or move.kind == MoveKind.INTERNAL


def circle_among(found: Sequence[Move], move: Move, *, companies: Directory) -> Circle:
    """The circle among the ``candidates`` that were found."""
    near = [m for m in found if not stands_alone(m)]
    if move.person_id:
        members, groups = [], [m for m in near if not m.person_id and belongs(move, m, companies=companies)]
    else:
        members, groups = [m for m in near if m.person_id and belongs(m, move, companies=companies)], []
    return Circle(members, groups, _deal(move, near) if move.kind == MoveKind.ACQUIHIRE else [])


def belongs(named: Move, group: Move, *, companies: Directory) -> bool:
    """Whether the named move may be one of the group's: the group's ends, at the same time."""
    apart = days_apart(_day(named), _day(group))
    return (
        all(_fits(getattr(named, side), getattr(group, side), companies) for side in ("origin", "destination"))
        and apart is not None
        and apart <= SAME_COUNT_DAYS
    )


def _fits(named: Company | None, group: Company | None, companies: Directory) -> bool:
    """An end that the group does not state says nothing; one that it states must be the person's."""
    return group is None or (named is not None and (named == group or named.key in companies.relatives(group.name)))


def _day(move: Move) -> str:
    return move.date or move.sort_date.isoformat()


def ends_of(move: Move, companies: Directory) -> dict[str, list[str]]:
    """Keys of the companies at either end and of their families, by the end's name; without an end that is unknown."""
    known = {side: getattr(move, side) for side in _SIDES}
    return {side: sorted(companies.relatives(c.name) | {c.key}) for side, c in known.items() if c is not None}


def candidates(move: Move, ends: Mapping[str, Sequence[str]]) -> QuerySet[Move]:
    """Moves between companies of the same families at about the same time, of which some end may be unknown."""
    dated = Q(sort_date__gte=move.sort_date - WIDE, sort_date__lte=move.sort_date + WIDE)
    there = {side: Q(_is_one_of(side, keys)) for side, keys in ends.items()}
    between = reduce(and_, there.values(), Q())
    if move.person_id:
        # A group may state one end alone. Each alternative is a look into the index of pairs.
        halves = (reduce(and_, [there[side], *_unknown(set(_SIDES) - {side})]) for side in there)
        between = reduce(or_, halves, between if len(there) > 1 else Q(pk=None))
    named = Q(person=None) if move.person_id else ~Q(person=None)
    rows: Any = Move.objects.for_list().filter(dated, between, named | Q(kind=MoveKind.ACQUIHIRE))
    found: QuerySet[Move] = rows.exclude(pk=move.pk)[:MOST]
    return found


def _unknown(sides: Iterable[str]) -> list[Q]:
    return [Q(**{side: None}) for side in sides]


def _is_one_of(side: str, keys: Sequence[str]) -> Func:
    """Whether that end is a company with one of these keys, which are looked up once and before the moves."""
    companies = ArraySubquery(Company.objects.filter(key__in=keys).order_by().values("pk"))
    return Func(
        F(f"{side}_id"), companies, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()
    )


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

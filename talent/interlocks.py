"""Who connects two companies: people who were at both, and the moves between the two, each way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from talent.dossier import HAPPENED
from talent.models import Company, Move, Person
from talent.models.orders import by_name

# Of each company's arrivals and departures, so many of the newest are looked through for people who were at the other.
LOOKED_THROUGH = 2_000
MOST_MOVES = 25


@dataclass(frozen=True, slots=True)
class Between:
    """The newest moves from one company to another."""

    origin: Company
    destination: Company
    moves: list[Move]


def people_at_both(one: Company, other: Company) -> Any:
    """People whose confirmed or reported moves touch both companies, in the order of their names."""
    named = Person.objects.visible().annotate(name_key=by_name()).order_by("name_key", "id")
    return named.filter(pk__in=_people_of(one)).filter(pk__in=_people_of(other))


def _people_of(company: Company) -> Any:
    """The people of the newest moves to and from a company: two walks of an index, never longer than a limit."""
    told = Move.objects.visible().filter(status__in=HAPPENED).exclude(person=None).newest().values("person")
    arrived, left = (told.filter(**{side: company})[:LOOKED_THROUGH] for side in ("destination", "origin"))
    return arrived.union(left, all=True)


def stays_of(people: Sequence[Person], *companies: Company) -> dict[int, list[Move]]:
    """By person, their moves to and from these companies, newest first. One query."""
    touching = Q(origin__in=companies) | Q(destination__in=companies)
    stays: dict[int, list[Move]] = {person.pk: [] for person in people}
    for move in Move.objects.for_list().filter(touching, person__in=people):
        stays[move.person_id].append(move)
    return stays


def moves_between(one: Company, other: Company) -> list[Between]:
    """The newest moves from each of the two to the other. Two queries."""
    return [
        Between(origin, destination, list(Move.objects.for_list().leaving(origin).joining(destination)[:MOST_MOVES]))
        for origin, destination in ((one, other), (other, one))
    ]

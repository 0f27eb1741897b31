"""Moves as they were known on an earlier day, for pictures of companies and of flows."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from talent import flows
from talent.accounts import facts_known_on
from talent.models import Company, Move
from talent.pictures.tables import Picture, sentences
from talent.querysets import published
from talent.templatetags.amounts import number

# So many of the newest are told again from their claims; a page reads no more.
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Known:
    """Moves as they were known, newest first, and whether there are older ones, which nothing counts."""

    moves: list[Any]
    cut: bool

    def said_of(self, picture: Picture) -> Picture:
        """The picture of them, which says so where it leaves older ones out."""
        if not self.cut:
            return picture
        left_out = _("Only the newest %(n)s moves known by then are counted: choose a shorter time.")
        return replace(picture, summary=sentences(picture.summary, left_out % {"n": number(MOST)}))


def moves_known_on(day: date, asked: flows.Asked, ends: Sequence[Q]) -> Known:
    """The moves at one of these ``ends`` that are asked for, as they were known on that day; four queries.

    They are looked for in the time asked for as they are dated today, and counted as they were dated then.
    """
    rows = Move.objects.filter(published(), first_seen__date__lte=day).newest()
    if asked.after:
        rows = rows.filter(sort_date__gte=asked.after.replace(day=1))
    if asked.before:
        rows = rows.filter(sort_date__lte=_end_of_month(asked.before))
    newest = _first_keys(rows, ends)
    found = (
        Move.objects.visible().filter(pk__in=newest[:MOST]).select_related("person", "origin", "destination").newest()
    )
    return Known(flows.asked_among(facts_known_on(day, list(found)), asked), cut=len(newest) > MOST)


def _first_keys(rows: Any, ends: Sequence[Q]) -> list[int]:
    """Keys of the first rows, and of one more: a walk of its own index for each end."""
    first, *others = [rows.filter(end).values_list("sort_date", "pk")[: MOST + 1] for end in ends]
    return [pk for _day, pk in first.union(*others).order_by("-sort_date", "-pk")[: MOST + 1]]


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def company_moves_known_on(day: date, asked: flows.Asked, company: Company) -> Known:
    """The same of one company."""
    return moves_known_on(day, asked, [Q(origin=company), Q(destination=company)])


def matrix_known_on(
    day: date, asked: flows.Asked, *, origins: Sequence[Company], destinations: Sequence[Company], top: int
) -> tuple[flows.Matrix, Known]:
    """The moves between these companies as they were known on that day, and the moves that it counts. Where no
    companies are given, they are those that most left and most joined by that day, as far as is known today."""
    by_then = replace(asked, before=min(asked.before or day, day))
    ends = flows.matrix(by_then, origins=origins, destinations=destinations, top=top)
    shown = [Q(origin=end.id) for end in ends.origins] + [Q(destination=end.id) for end in ends.destinations]
    known = moves_known_on(day, asked, shown) if shown else Known([], cut=False)
    return flows.matrix_of(known.moves, ends.origins, ends.destinations), known

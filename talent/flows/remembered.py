"""The same counts from moves at hand: of what was known on an earlier day no tallies are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from talent.flows.companies import MONTHS, Partners, Step, Unit, span_of, with_others
from talent.flows.counts import UNKNOWN, Asked, Count, End, Flow, add
from talent.flows.matrix import Matrix, beyond
from talent.models import Company, MoveKind


def asked_among(moves: Iterable[Any], asked: Asked) -> list[Any]:
    """Of the moves those that are asked for."""
    first, last = asked.months
    return [m for m in moves if m.status in asked.statuses and first <= _month_of(m) <= last]


def over_time_of(moves: Sequence[Any], company: Company, *, by: Unit = "year") -> list[Step]:
    """What came to the company and went, as ``over_time`` tells it."""
    came, went = defaultdict[int, Count](Count), defaultdict[int, Count](Count)
    for sides, found in ((came, _arrivals(moves, company)), (went, _departures(moves, company))):
        for move in found:
            sides[(move.sort_date.year * 12 + move.sort_date.month - 1) // MONTHS[by]] += _one(move)
    places = [*came, *went]
    return [
        Step(*span_of(place, by), arrivals=came[place], departures=went[place])
        for place in (range(min(places), max(places) + 1) if places else ())
    ]


def partners_of(moves: Sequence[Any], company: Company, *, top: int = 12) -> Partners:
    """Where the company's people came from and went to, as ``partners`` tells it."""
    origins, destinations = defaultdict[End, Count](Count), defaultdict[End, Count](Count)
    for move in _arrivals(moves, company):
        origins[_end(move.origin)] += _one(move)
    for move in _departures(moves, company):
        destinations[_end(move.destination)] += _one(move)
    arrivals, departures = (add([Count(), *side.values()]) for side in (origins, destinations))
    return Partners(
        with_others(_flows(origins), arrivals, top), with_others(_flows(destinations), departures, top),
        arrivals, departures,
    )  # fmt: skip


def matrix_of(moves: Iterable[Any], origins: Sequence[End], destinations: Sequence[End]) -> Matrix:
    """The moves from each of these origins to each of these destinations, as ``matrix`` tells them."""
    known = {end: {*(each.id for each in ends), UNKNOWN.id} for end, ends in ((0, origins), (1, destinations))}
    cells, total = defaultdict[tuple[int, int], Count](Count), Count()
    sides = defaultdict[int, Count](Count), defaultdict[int, Count](Count)
    for move in moves:
        pair, one = (_end(move.origin).id, _end(move.destination).id), _one(move)
        if move.kind == MoveKind.INTERNAL or pair[0] == pair[1]:
            continue
        total += one
        for end, of_side in enumerate(sides):
            if pair[end] in known[end]:
                of_side[pair[end]] += one
        if pair[0] in known[0] and pair[1] in known[1]:
            cells[pair] += one
    left, joined = map(dict, sides)
    all_cells = cells | beyond(cells, left, joined, total)
    return Matrix(tuple(origins), tuple(destinations), all_cells, left, joined, total, at_hand=True)


def _flows(counts: dict[End, Count]) -> list[Flow]:
    return [Flow(end, count) for end, count in counts.items()]


def _arrivals(moves: Iterable[Any], company: Company) -> list[Any]:
    return [m for m in moves if m.kind != MoveKind.INTERNAL and m.destination == company != m.origin]


def _departures(moves: Iterable[Any], company: Company) -> list[Any]:
    return [m for m in moves if m.kind != MoveKind.INTERNAL and m.origin == company != m.destination]


def _one(move: Any) -> Count:
    """What one move counts, as the triggers of the tallies have it."""
    group = int(move.person_id is None)
    most = move.cohort_max if move.cohort_max is not None else move.cohort_of
    least = 1 if move.cohort_min is None else move.cohort_min
    months = {day and (day.year, day.month) for day in (move.date_first, move.date_last)}
    return Count(
        moves=1, groups=group, least=group * least, most=group * (most or 0), open=int(bool(group) and most is None),
        reports=move.reporters, single=int(move.reporters <= 1), vague=int(len(months) > 1 or None in months),
    )  # fmt: skip


def _end(company: Company | None) -> End:
    return UNKNOWN if company is None else End.of(company)


def _month_of(move: Any) -> int:
    return int(move.sort_date.year * 100 + move.sort_date.month)

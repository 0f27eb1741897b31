"""Moves between companies: who lost how many to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from talent.flows.counts import OTHERS, UNKNOWN, Asked, Count, End, add
from talent.flows.reading import GROUPED_NAMES, NO_NAMES, SORT, STRATA, SUMS, count_of, end_of, leading, rows
from talent.models import Company, Side

MOST_COMPANIES = 100

_MATRIX = """
WITH {strata}, origins AS ({origins}), destinations AS ({destinations}),
chosen AS (
    SELECT ARRAY(SELECT company FROM origins) || 0::bigint AS origins,
        ARRAY(SELECT company FROM destinations) || 0::bigint AS destinations
)
SELECT t.origin, {no_names}, 'cell', t.destination, {sums}
FROM talent_pairtally t
WHERE t.origin = ANY((SELECT origins FROM chosen)::bigint[])
    AND t.destination = ANY((SELECT destinations FROM chosen)::bigint[]) AND {sort}
GROUP BY t.origin, t.destination HAVING sum(t.moves) > 0
UNION ALL
SELECT t.company, {names}, t.side, 0, {sums}
FROM talent_companytally t LEFT JOIN talent_company c ON c.id = t.company
WHERE t.company = ANY((SELECT origins || destinations || -1::bigint FROM chosen)::bigint[]) AND {sort} AND (
    t.side = 'all'
    OR t.side = 'left' AND t.company = ANY((SELECT origins FROM chosen)::bigint[])
    OR t.side = 'joined' AND t.company = ANY((SELECT destinations FROM chosen)::bigint[])
)
GROUP BY t.company, t.side HAVING sum(t.moves) > 0
"""
_CHOSEN = "SELECT unnest(%({name})s::bigint[]) AS company"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Moves from each origin to each destination, most moves first. What left and joined each, and ``total``, also
    count moves from and to companies that are not shown."""

    origins: tuple[End, ...]
    destinations: tuple[End, ...]
    # By the ids of both ends, those of ``OTHERS`` and ``UNKNOWN`` among them; nothing stands where nobody moved.
    cells: dict[tuple[int, int], Count]
    left: dict[int, Count]
    joined: dict[int, Count]
    total: Count
    # Whether only moves with one of the companies at an end were looked at; ``total`` then has no others.
    at_hand: bool = False

    def cell(self, origin: End, destination: End) -> Count:
        """What went from one to the other."""
        return self.cells.get((origin.id, destination.id)) or Count()


def matrix(
    asked: Asked, *, origins: Sequence[Company] = (), destinations: Sequence[Company] = (), top: int = 12
) -> Matrix:
    """The moves between these companies or, where none are given, those that most left and most joined.

    One statement. It reads the tallies of so many pairs, however many moves there are.
    """
    top = max(1, min(top, MOST_COMPANIES))
    statement = _MATRIX.format(
        strata=STRATA, sums=SUMS, sort=SORT, names=GROUPED_NAMES, no_names=NO_NAMES,
        origins=_CHOSEN.format(name="origins") if origins else leading(Side.LEFT),
        destinations=_CHOSEN.format(name="destinations") if destinations else leading(Side.JOINED),
    )  # fmt: skip
    told: dict[str, Any] = {"top": top, "candidates": 2 * top}
    chosen = {"origins": [c.pk for c in origins], "destinations": [c.pk for c in destinations]}
    return _build(rows(statement, {**asked.parameters(), **told, **chosen}), origins, destinations)


def _build(found: list[tuple[Any, ...]], origins: Sequence[Company], destinations: Sequence[Company]) -> Matrix:
    cells: dict[tuple[int, int], Count] = {}
    sides: dict[str, dict[int, Count]] = {Side.LEFT: {}, Side.JOINED: {}, Side.ALL: {}}
    ends: dict[int, End] = {}
    for row in found:
        if row[5] == "cell":
            cells[row[0], row[6]] = count_of(row)
        else:
            ends[row[0]] = end_of(row)
            sides[row[5]][row[0]] = count_of(row)
    left, joined, total = sides[Side.LEFT], sides[Side.JOINED], add(sides[Side.ALL].values())
    shown_origins = tuple(map(End.of, origins)) or _largest(left, ends)
    shown_destinations = tuple(map(End.of, destinations)) or _largest(joined, ends)
    cells |= beyond(cells, left, joined, total)
    return Matrix(shown_origins, shown_destinations, cells, left, joined, total)


def _largest(counts: Mapping[int, Count], ends: Mapping[int, End]) -> tuple[End, ...]:
    ranked = sorted((-count.moves, company) for company, count in counts.items() if company != UNKNOWN.id)
    return tuple(ends[company] for _, company in ranked)


def beyond(
    cells: Mapping[tuple[int, int], Count], left: Mapping[int, Count], joined: Mapping[int, Count], total: Count
) -> dict[tuple[int, int], Count]:
    """What goes from and to the companies that are not shown: what is left of the sums."""
    from_origin, to_destination = defaultdict[int, list[Count]](list), defaultdict[int, list[Count]](list)
    for (origin, destination), count in cells.items():
        from_origin[origin].append(count)
        to_destination[destination].append(count)
    beyond = {(company, OTHERS.id): count - add(from_origin[company]) for company, count in left.items()}
    beyond |= {(OTHERS.id, company): count - add(to_destination[company]) for company, count in joined.items()}
    beyond[OTHERS.id, OTHERS.id] = total - add(cells.values()) - add(beyond.values())
    return {ends: count for ends, count in beyond.items() if count.moves}

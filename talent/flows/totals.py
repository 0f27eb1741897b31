"""All moves by kind, status and year, as the list that nothing narrows down shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

from talent.flows.counts import Asked, Flow
from talent.flows.reading import GRADE, GROUPED_NAMES, SORT, STRATA, SUMS, count_of, end_of, leading, rows
from talent.models import Side, Status

_TOTALS = f"""
WITH {STRATA}, origins AS ({leading(Side.LEFT)}), destinations AS ({leading(Side.JOINED)})
SELECT coalesce(t.year::bigint, -1), t.kind, t.status, NULL, NULL, NULL, {SUMS} FROM talent_kindtally t
WHERE t.grade >= ({GRADE}) GROUP BY GROUPING SETS ((t.kind), (t.status), (t.year), ()) HAVING sum(t.moves) > 0
UNION ALL
SELECT t.company, {GROUPED_NAMES}, t.side, {SUMS}
FROM talent_companytally t LEFT JOIN talent_company c ON c.id = t.company
WHERE t.side = 'left' AND t.company = ANY(ARRAY(SELECT company FROM origins)) AND {SORT}
    OR t.side = 'joined' AND t.company = ANY(ARRAY(SELECT company FROM destinations)) AND {SORT}
GROUP BY t.company, t.side
"""


@dataclass(slots=True)
class Totals:
    """How many moves there are in all, and of each kind, status and year, the newest year first."""

    moves: int = 0
    groups: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    origins: tuple[Flow, ...] = ()
    destinations: tuple[Flow, ...] = ()


def totals(*, top: int = 8) -> Totals:
    """All that readers may see, whatever its status; internal changes count as moves, but not for companies. One
    statement."""
    asked = Asked(statuses=tuple(Status.values))
    found = Totals()
    flows: dict[str, list[Flow]] = {Side.LEFT: [], Side.JOINED: []}
    for row in rows(_TOTALS, {**asked.parameters(), "top": top, "candidates": 2 * top}):
        if row[5] is None:
            _note(found, year=row[0], kind=row[1], status=row[2], row=row)
        else:
            flows[row[5]].append(Flow(end_of(row), count_of(row)))
    found.years = dict(sorted(found.years.items(), reverse=True))
    found.origins, found.destinations = (
        tuple(sorted(flows[side], key=lambda flow: (-flow.count.moves, flow.end.id)))
        for side in (Side.LEFT, Side.JOINED)
    )
    return found


def _note(found: Totals, *, year: int, kind: str | None, status: str | None, row: tuple[object, ...]) -> None:
    count = count_of(row)
    if kind:
        found.kinds[kind] = count.moves
    elif status:
        found.statuses[status] = count.moves
    elif year >= 0:
        found.years[year] = count.moves
    else:
        found.moves, found.groups = count.moves, count.groups

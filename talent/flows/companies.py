"""One company's moves: how many came and went when, where from and where to."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from talent.flows.counts import OTHERS, UNKNOWN, Asked, Count, Flow, add
from talent.flows.reading import GRADE, NAMES, NO_NAMES, SORT, SUMS, count_of, end_of, rows
from talent.models import Company, Side

Unit = Literal["year", "quarter", "month"]
UNITS: tuple[Unit, ...] = ("year", "quarter", "month")
MOST_PARTNERS = 100
MONTHS: dict[Unit, int] = {"year": 12, "quarter": 3, "month": 1}

_OVER_TIME = f"""
SELECT t.side, t.period, {SUMS} FROM talent_companytally t
WHERE t.company = %(company)s::bigint AND t.side IN ('left', 'joined') AND t.status = ANY(%(statuses)s::text[])
    AND t.period BETWEEN %(first)s::int AND %(last)s::int AND t.grade >= ({GRADE})
GROUP BY t.side, t.period HAVING sum(t.moves) > 0
"""
# The largest are found by the number of moves alone; the rest is read of them.
_PARTNERS = f"""
WITH partner AS (
    (SELECT 'joined' AS side, t.origin AS company FROM talent_pairtally t
    WHERE t.destination = %(company)s::bigint AND {SORT} GROUP BY t.origin HAVING sum(t.moves) > 0
    ORDER BY t.origin <> 0, sum(t.moves) DESC, t.origin LIMIT %(top)s + 1)
    UNION ALL
    (SELECT 'left', t.destination FROM talent_pairtally t
    WHERE t.origin = %(company)s::bigint AND {SORT} GROUP BY t.destination HAVING sum(t.moves) > 0
    ORDER BY t.destination <> 0, sum(t.moves) DESC, t.destination LIMIT %(top)s + 1)
)
SELECT p.company, {NAMES}, p.side, summed.*
FROM partner p CROSS JOIN LATERAL (
    SELECT {SUMS} FROM talent_pairtally t WHERE {SORT}
        AND t.origin = CASE WHEN p.side = 'left' THEN %(company)s::bigint ELSE p.company END
        AND t.destination = CASE WHEN p.side = 'left' THEN p.company ELSE %(company)s::bigint END
) AS summed LEFT JOIN LATERAL (SELECT * FROM talent_company WHERE id = p.company LIMIT 1) AS c ON true
UNION ALL
SELECT -1, {NO_NAMES}, t.side, {SUMS} FROM talent_companytally t
WHERE t.company = %(company)s::bigint AND {SORT} GROUP BY t.side
"""


@dataclass(frozen=True, slots=True)
class Step:
    """What came and went in one year, quarter or month: "2024", "2024-Q1", "2024-03"."""

    period: str
    first: date
    last: date
    arrivals: Count
    departures: Count

    @property
    def net(self) -> int:
        """Arrivals less departures."""
        return self.arrivals.moves - self.departures.moves


@dataclass(frozen=True, slots=True)
class Partners:
    """Where a company's people came from and went to: the largest first, then others, then where nobody says."""

    origins: tuple[Flow, ...]
    destinations: tuple[Flow, ...]
    arrivals: Count
    departures: Count


def over_time(company: Company, asked: Asked, *, by: Unit = "year") -> list[Step]:
    """What came to the company and went, oldest first, from the first period with a move to the last. One statement."""
    first, last = asked.months
    told = {**asked.parameters(), "company": company.pk, "first": first, "last": last}
    sides: dict[str, dict[int, Count]] = {Side.LEFT: defaultdict(Count), Side.JOINED: defaultdict(Count)}
    for row in rows(_OVER_TIME, told):
        year, month = divmod(row[1], 100)
        sides[row[0]][(year * 12 + month - 1) // MONTHS[by]] += count_of(row)
    places = [*sides[Side.LEFT], *sides[Side.JOINED]]
    return [
        Step(*span_of(place, by), arrivals=sides[Side.JOINED][place], departures=sides[Side.LEFT][place])
        for place in (range(min(places), max(places) + 1) if places else ())
    ]


def partners(company: Company, asked: Asked, *, top: int = 12) -> Partners:
    """The companies that most of its people came from and went to. One statement."""
    totals = {Side.LEFT: Count(), Side.JOINED: Count()}
    flows: dict[Side, list[Flow]] = {Side.LEFT: [], Side.JOINED: []}
    top = max(1, min(top, MOST_PARTNERS))
    told = {**asked.parameters(), "company": company.pk, "top": top}
    for row in rows(_PARTNERS, told):
        side, end, count = Side(row[5]), end_of(row), count_of(row)
        if end == OTHERS:
            totals[side] = count
        else:
            flows[side].append(Flow(end, count))
    origins, destinations = (with_others(flows[side], totals[side], top) for side in (Side.JOINED, Side.LEFT))
    return Partners(origins, destinations, arrivals=totals[Side.JOINED], departures=totals[Side.LEFT])


def with_others(flows: Iterable[Flow], total: Count, top: int) -> tuple[Flow, ...]:
    ranked = sorted(flows, key=lambda flow: (-flow.count.moves, flow.end.id))
    named = [flow for flow in ranked if flow.end != UNKNOWN][:top]
    unknown = [flow for flow in ranked if flow.end == UNKNOWN]
    others = Flow(OTHERS, total - add(flow.count for flow in (*named, *unknown)))
    return (*named, *([others] if others.count.moves else []), *unknown)


def span_of(place: int, by: Unit) -> tuple[str, date, date]:
    """Name, first and last day of the period that is the ``place``-th since the year 0."""
    width = MONTHS[by]
    year, month = divmod(place * width, 12)
    end = month + width
    name = {"year": f"{year}", "quarter": f"{year}-Q{month // 3 + 1}", "month": f"{year}-{month + 1:02}"}[by]
    return name, date(year, month + 1, 1), date(year, end, monthrange(year, end)[1])

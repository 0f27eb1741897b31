"""What a list of moves could be narrowed to, in one prepared statement: as ``talent.facets`` counts it, for the lists
that are asked for most."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from talent import facets
from talent.facets import Facets
from talent.flows.reading import GRADE
from talent.hot.asking import Prepared
from talent.hot.lists import SIDES, whose
from talent.hot.parts import published, seen
from talent.models import Grade
from talent.tallies import certainty

Place = tuple[int, str]
_PLACE = Prepared(
    "SELECT coalesce(max(sequence), 0), coalesce((SELECT xmin::text FROM talent_tallyrule), '') FROM talent_factevent"
)
_KEPT = ("kind", "status")
_COLUMNS = (
    "origin_id", "destination_id", "person_id", "role_family", "kind", "status", "date_first", "date_last", "reporters",
)  # fmt: skip


def place() -> Place:
    """How far the change feed has come, for whatever readers see of facts changes with it; and when the tallies were
    mended last. What is kept for a place must be read after it was asked for."""
    sequence, mended = _PLACE.rows()[0]
    return int(sequence), str(mended)


def choices(name: str, slug: str) -> Facets | None:
    """The choices of the moves whose parameter ``name`` is that slug, or of all moves for "". None where somebody is
    hidden among so many that the list has to be walked further."""
    values = [slug] if name else []
    rows = _counting(name, facets.LOOKED_AT, settings.PUBLISH).rows(*values)
    sizes = {value: count for parameter, value, count, *_ in rows if not parameter}
    if sizes["walked"] <= facets.LOOKED_AT < sizes["met"]:
        return None
    found = facets.collected("moves", rows, given={name})
    if name or found.whole:
        return found
    kept = {each: {value: n for kind, value, n, *_ in rows if kind == f"all {each}"} for each in _KEPT}
    return facets.with_totals(found, sum(kept["kind"].values()), kept)


@lru_cache(maxsize=16)
def _counting(name: str, looked_at: int, publish: str) -> Prepared:
    """``publish`` is the setting by which it is decided what is visible. As for the rows of a list, the index of a
    company's moves is walked in order, and those with somebody hidden are left out then."""
    columns = ", ".join(f"m.{column}" for column in ("id", "sort_date", *_COLUMNS))
    order = "sort_date DESC, id DESC"
    walks = [
        f"(SELECT {columns} FROM talent_move AS m WHERE {whose(name, column)} {published('m')} "  # no reader's words
        f"ORDER BY {order} LIMIT {looked_at + 1})"
        for column in SIDES[name]
    ]
    # A move within one company is met twice.
    near = walks[0] if len(walks) == 1 else f"SELECT * FROM ({' UNION '.join(walks)}) AS u ORDER BY {order}"
    near = f"SELECT * FROM ({near}) AS near LIMIT {looked_at + 1}"
    joined = " ".join(
        f"LEFT JOIN LATERAL (SELECT id, visibility FROM {table} WHERE id = m.{key} OFFSET 0) AS {alias} ON true"
        for table, key, alias in (
            ("talent_person", "person_id", "p"), ("talent_company", "origin_id", "o"),
            ("talent_company", "destination_id", "d"),
        )
    )  # fmt: skip
    walked = f"SELECT m.id AS pk, {', '.join(f'm.{c}' for c in _COLUMNS)} FROM near AS m {joined} WHERE {seen(*'pod')}"
    parts = [
        "SELECT '' AS name, 'met' AS value, count(*) AS count, NULL AS latin, NULL AS chinese FROM near",
        *facets.counting("moves", given={name}),
        *(() if name else _totals()),
    ]
    return Prepared(
        f"WITH near AS MATERIALIZED ({near}), walked AS MATERIALIZED ({walked}) {' UNION ALL '.join(parts)}"
    )


def _totals() -> list[str]:
    """Of all moves, what the tallies keep count of."""
    told = certainty()
    grade = GRADE % {
        "certainty": "NULL" if told is None else repr(told),
        "grade": int(Grade.REVIEWED if settings.PUBLISH == "reviewed" else Grade.ANY),
    }
    return [
        f"SELECT 'all {name}', {name}, sum(moves)::bigint, NULL, NULL FROM talent_kindtally "
        f"WHERE grade >= ({grade}) GROUP BY {name} HAVING sum(moves) > 0"
        for name in _KEPT
    ]

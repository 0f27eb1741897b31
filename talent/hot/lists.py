"""A page of the list of moves, newest first, in one statement wherever the first look finds enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict

from talent import keyset
from talent.filters import MoveFilter
from talent.filters.names import company_at, id_of
from talent.hot.asking import Prepared, Value
from talent.hot.parts import MOVE, OF_MOVE, published, seen, written
from talent.models import Move, Person

# Parameters that a list may be asked for with here; each is a slug.
SLUGS = frozenset({"to", "from", "company", "person"})
# The columns of a move by which a parameter is answered alone.
SIDES = {"": ("",), "to": ("destination_id",), "from": ("origin_id",), "company": ("origin_id", "destination_id"),
       "person": ("person_id",)}  # fmt: skip
# A statement reads the first of these that is enough, so that there are few statements.
SIZES = (10, 20, 50, 100, keyset.MAX_LIMIT)
_ORDER = ("-sort_date", "-id")
# What stands in a blank while a queryset is put together; nothing else in a statement has these values.
_SLUG, _ID, _DAY = "blank-7c1f-{}", 7_301_873_301_873, date(1583, 3, 7)


def page_of_moves(asked: Mapping[str, str], *, query: str, limit: int, cursor: str, columns: str = MOVE) -> keyset.Page:
    """The page of the list that is ``asked`` for by slugs: rows as ``talent.hot.records`` reads them, or of other
    ``columns`` that begin with the same two. A second statement where somebody in the rows that were found is hidden.
    BadCursor as in ``keyset``."""
    direction, key = keyset.read_cursor(cursor, query, Move.objects.newest()) if cursor else (keyset.AFTER, None)
    names = tuple(sorted(asked))
    size = next(size for size in SIZES if size >= limit)
    values: list[Value] = [*(asked[name] for name in names), *(key or ())]
    shape = (columns, size, direction, key is not None, settings.PUBLISH)
    found, enough = [], False
    if len(names) < 2:
        found = _walk("".join(names), *shape).rows(*values)
        # The last column is how many moves the walk met: fewer than it would have gone for are all there are.
        enough = len(found) > limit or (bool(found) and found[0][-1] <= size)
    if not enough:
        found = _filtered(names, *shape).rows(*values)
    return paged(found, _ORDER, query, limit, direction, begun=key is not None)


def paged(
    found: list[Any], order: tuple[str, str], query: str, limit: int, direction: str, *, begun: bool
) -> keyset.Page:
    """The page of these rows, which begin with the columns of its order."""
    rows = [_Row(row) for row in found[: limit + 1]]
    page = keyset.page_of(rows, order, query=query, limit=limit, direction=direction, begun=begun)
    return keyset.Page([row.columns for row in page.rows], page.next, page.previous)


class _Row:
    """A row, as far as its page looks at it."""

    __slots__ = ("columns",)

    def __init__(self, columns: tuple[Any, ...]) -> None:
        self.columns = columns

    @property
    def sort_date(self) -> Any:
        return self.columns[0]

    name_key = sort_date

    @property
    def id(self) -> Any:
        return self.columns[1]


@lru_cache(maxsize=200)
def _walk(name: str, columns: str, size: int, direction: str, begun: bool, publish: str) -> Prepared:
    """The moves that come next, of which those with somebody whom readers may not see are left out then. So the index
    of a company's moves is walked in order, where a planner who does not know their number would sort all of them."""
    back = direction == keyset.BEFORE
    order = f"sort_date {'ASC' if back else 'DESC'}, id {'ASC' if back else 'DESC'}"
    beyond = f"AND (sort_date, id) {'>' if back else '<'} (${1 + bool(name)}::date, ${2 + bool(name)}::bigint)"
    walks = [
        f"(SELECT {'m.*' if len(SIDES[name]) == 1 else 'm.sort_date, m.id'} FROM talent_move AS m "
        f"WHERE {whose(name, column)} {published('m')} {beyond if begun else ''} ORDER BY {order} LIMIT {size + 1})"
        for column in SIDES[name]
    ]
    # A move within one company is met twice.
    near = f"(SELECT *, count(*) OVER () AS met FROM ({' UNION '.join(walks)}) AS walked ORDER BY {order} "
    near += f"LIMIT {size + 1}) AS near"
    whole = "CROSS JOIN LATERAL (SELECT *, near.met FROM talent_move WHERE id = near.id OFFSET 0) AS m"
    moves = f"{near} {whole}" if len(walks) > 1 else near.replace("AS near", "AS m")
    return Prepared(
        f"SELECT {columns}, m.met FROM {moves}\n{OF_MOVE}\n"  # no reader's words
        f"WHERE {seen('p', 'o', 'd')} ORDER BY m.{order.replace(', ', ', m.')}"
    )


def whose(name: str, column: str) -> str:
    """The condition, with AND behind it, that the parameter asks of a move ``m`` whose slug is $1; nothing for ""."""
    if not name:
        return ""
    blank = _SLUG.format(name)
    entity = id_of(Person.objects.visible(), blank) if name == "person" else company_at(blank)
    return f"m.{column} = ({written(entity, {blank: '$1'})}) AND"


@lru_cache(maxsize=200)
def _filtered(names: tuple[str, ...], columns: str, size: int, direction: str, begun: bool, publish: str) -> Prepared:
    """As the filters of the list say it; ``publish`` is the setting by which querysets decide what is visible."""
    blanks: dict[Any, str] = {_SLUG.format(name): f"${n}" for n, name in enumerate(names, 1)}
    filters = MoveFilter(QueryDict(urlencode(dict(zip(names, blanks, strict=True)))), queryset=Move.objects.visible())
    back = direction == keyset.BEFORE
    rows = keyset.beyond_cursor(filters.rows, direction, [_DAY, _ID] if begun else None)
    blanks |= {_DAY: f"${len(names) + 1}::date", _ID: f"${len(names) + 2}::bigint"}
    found = keyset.first_of(rows, size + 1, either=filters.either)
    order = "DESC" if not back else "ASC"
    return Prepared(
        f"SELECT {columns} FROM ({written(found.values('pk'), blanks)}) AS near (key) "  # no reader's words
        "CROSS JOIN LATERAL (SELECT * FROM talent_move WHERE id = near.key OFFSET 0) AS m\n"
        f"{OF_MOVE} ORDER BY m.sort_date {order}, m.id {order}"
    )


__all__: Sequence[str] = ["SLUGS", "page_of_moves"]

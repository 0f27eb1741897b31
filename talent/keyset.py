"""Pages by key: every list of the site and the API walks an index from a row, never from a row's number.

The queryset's own order is the key. Its last field must be unique and none may be null; then a walk meets every row
once, however many rows share a date and whatever is written meanwhile. Nothing is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import BooleanField, Expression, F, Func, Q, QuerySet, Value
from django.http import QueryDict

# Parameters that choose a page of a list; all others choose the list.
PARAMETERS = ("cursor", "limit")
DEFAULT_LIMIT = 50
MAX_LIMIT = 200
AFTER, BEFORE = "a", "b"


class BadCursor(ValueError):
    """The cursor was made for another list, or by nobody here."""


@dataclass(frozen=True, slots=True)
class Page:
    """Consecutive rows of a list, and the cursors of its neighbours (None at either end)."""

    rows: list[Any]
    next: str | None
    previous: str | None


def query_of(name: str, parameters: QueryDict) -> str:
    """The list that a reader asks for, as text: two requests with one meaning give one text. Cursors belong to it."""
    return query_of_pairs(name, ((k, v) for k, values in parameters.lists() for v in values))


def query_of_pairs(name: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The same, of parameters as pairs."""
    return f"{name}?{urlencode(sorted((k, v) for k, v in pairs if v and k not in PARAMETERS))}"


def fields_of(queryset: QuerySet[Any, Any]) -> list[str]:
    """The fields that a page's rows must hold, in the order of the key."""
    return [name.lstrip("-") for name in _order(queryset)]


def paginate(
    queryset: QuerySet[Any, Any],
    *,
    query: str,
    limit: int = DEFAULT_LIMIT,
    cursor: str = "",
    either: Sequence[Q] = (),
) -> Page:
    """One page of an ordered queryset of models, or of ``values()`` that hold the fields of the order.

    ``query`` is ``query_of`` the list. Rows match at least one of ``either``, where there are any. Raises BadCursor for
    a cursor that does not belong to the list.
    """
    order = _order(queryset)
    direction, key = read_cursor(cursor, query, queryset)
    rows = beyond_cursor(queryset, direction, key)
    found = list(first_of(rows, limit + 1, either=either))
    return page_of(found, order, query=query, limit=limit, direction=direction, begun=key is not None)


def beyond_cursor(queryset: QuerySet[Any, Any], direction: str, key: Sequence[Any] | None) -> QuerySet[Any, Any]:
    """The rows in the direction that a cursor names, nearest first; from the beginning where there is no key."""
    rows = queryset.reverse() if direction == BEFORE else queryset
    return rows if key is None else rows.filter(beyond(_order(queryset), key, back=direction == BEFORE))


def page_of(found: list[Any], order: Sequence[str], *, query: str, limit: int, direction: str, begun: bool) -> Page:
    """The page of the rows ``found`` in that direction, of which there is one more than ``limit`` where the list goes
    on; ``begun`` tells that they lie behind a cursor."""
    more, found = len(found) > limit, found[:limit]
    if direction == BEFORE:
        found.reverse()
    has_next, has_previous = (more, begun) if direction == AFTER else (True, more)
    return Page(
        rows=found,
        next=_cursor(AFTER, found[-1], query, order) if found and has_next else None,
        previous=_cursor(BEFORE, found[0], query, order) if found and has_previous else None,
    )


def first_of(rows: QuerySet[Any, Any], number: int, *, either: Sequence[Q] = ()) -> QuerySet[Any, Any]:
    """The first rows of an ordered list, of those that match one of ``either`` where there are any."""
    if either:
        rows = rows.filter(pk__in=_first_of_each(rows, either, number))
    return rows[:number]


def batches(queryset: QuerySet[Any, Any], *, size: int, most: int, either: Sequence[Q] = ()) -> Iterator[list[Any]]:
    """The list from its beginning, ``most`` rows at the most: each batch is found behind the last row of the one
    before, by a query of its own, so that no transaction stays open for as long as somebody reads."""
    order, left = _order(queryset), most
    rows = queryset
    while left > 0:
        found = list(first_of(rows, min(size, left), either=either))
        if found:
            yield found
        if len(found) < min(size, left):
            return
        left -= len(found)
        key = [_value(found[-1], name.lstrip("-")) for name in order]
        rows = queryset.filter(beyond(order, key, back=False))


def _first_of_each(rows: QuerySet[Any, Any], either: Sequence[Q], number: int) -> QuerySet[Any, Any]:
    """Keys of the first rows of each condition, which hold the first rows of all.

    Each is a short walk of its own index, where OR would read the whole list in vain.
    """
    first, *others = [rows.filter(condition).values("pk")[:number] for condition in either]
    return first.union(*others, all=True)


def _order(queryset: QuerySet[Any, Any]) -> Sequence[str]:
    order = queryset.query.order_by or queryset.model._meta.ordering
    names = [name for name in order if isinstance(name, str)]
    if not names or len(names) != len(order) or len({name.startswith("-") for name in names}) != 1:
        raise ValueError(f"A keyset needs named fields in one direction, not {order!r}.")
    if names[-1].lstrip("-") not in {"id", "pk"}:
        raise ValueError(f"A keyset ends in a unique field, not {names[-1]!r}.")
    return names


def beyond(order: Sequence[str], key: Sequence[Any], *, back: bool) -> Expression:
    """Rows behind the key: one comparison of rows, which PostgreSQL answers from an index of the same order."""
    descending = order[0].startswith("-")
    fields = Func(*(F(name.lstrip("-")) for name in order), function="ROW")
    values = Func(*(Value(value) for value in key), function="ROW")
    sign = "<" if descending != back else ">"
    return Func(fields, values, template="%(expressions)s", arg_joiner=f" {sign} ", output_field=BooleanField())


def _signer(query: str) -> signing.Signer:
    return signing.Signer(salt=f"keyset:{query}")


def _cursor(direction: str, row: Any, query: str, order: Sequence[str]) -> str:
    key = [_written(_value(row, name.lstrip("-"))) for name in order]
    return _signer(query).sign_object([direction, *key])


def read_cursor(cursor: str, query: str, queryset: QuerySet[Any, Any]) -> tuple[str, list[Any] | None]:
    """Where a page begins: which way, and behind which key; forward from the beginning for "". BadCursor for one that
    is not the list's."""
    if not cursor:
        return AFTER, None
    order = _order(queryset)
    try:
        direction, *key = _signer(query).unsign_object(cursor)
    except (signing.BadSignature, ValueError) as error:
        raise BadCursor("The cursor does not belong to this list.") from error
    if len(key) != len(order):
        raise BadCursor("The cursor is of another version of this list.")
    return direction, [_field(queryset, name.lstrip("-")).to_python(v) for name, v in zip(order, key, strict=True)]


def _field(queryset: QuerySet[Any, Any], name: str) -> Any:
    annotation = queryset.query.annotations.get(name)
    return annotation.output_field if annotation is not None else queryset.model._meta.get_field(name)


def _value(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, Mapping) else getattr(row, name)


def _written(value: Any) -> Any:
    """JSON with every microsecond."""
    return value.isoformat() if hasattr(value, "isoformat") else value

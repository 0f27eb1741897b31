"""Pages by key: every list of the site and the API walks an index from a row, never from a row's number.

The queryset's own order is the key. Its last field must be unique and none may be null; then a walk meets every row
once, however many rows share a date and whatever is written meanwhile. Nothing is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    pairs = [(k, v) for k, values in parameters.lists() if k not in PARAMETERS for v in values if v]
    return f"{name}?{urlencode(sorted(pairs))}"


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
    direction, key = _read_cursor(cursor, query, queryset, order) if cursor else (AFTER, None)
    rows = queryset.reverse() if direction == BEFORE else queryset
    if key is not None:
        rows = rows.filter(_beyond(order, key, back=direction == BEFORE))
    if either:
        rows = rows.filter(pk__in=_first_of_each(rows, either, limit + 1))
    found = list(rows[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if direction == BEFORE:
        found.reverse()
    has_next, has_previous = (more, key is not None) if direction == AFTER else (True, more)
    return Page(
        rows=found,
        next=_cursor(AFTER, found[-1], query, order) if found and has_next else None,
        previous=_cursor(BEFORE, found[0], query, order) if found and has_previous else None,
    )


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


def _beyond(order: Sequence[str], key: Sequence[Any], *, back: bool) -> Expression:
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


def _read_cursor(cursor: str, query: str, queryset: QuerySet[Any, Any], order: Sequence[str]) -> tuple[str, list[Any]]:
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

"""What is dumped: each noun as its API list shows it, and the same flattened into columns with a name and a type.

The columns follow from the serializers, so that files, API and documentation never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from itertools import islice
from typing import Any

import orjson
from django.db.models import QuerySet
from rest_framework import serializers as fields

from articles.models import Article, Source
from talent import serializers
from talent.models import Claim, Company, CompensationReport, Move, Person, Signal
from talent.serializers.base import Row, RowSerializer

# Rows that are in memory at once.
BATCH = 1_000
# Types of columns, as the writers know them.
TEXT, INTEGER, REAL, BOOLEAN, TIME = "text", "integer", "real", "boolean", "time"


@dataclass(frozen=True, slots=True)
class Column:
    """A flat column: ``from_company_name`` holds ``row["from"]["company"]["name"]``."""

    name: str
    path: tuple[str, ...]
    type: str
    about: str

    def of(self, row: Row) -> Any:
        """The value of this column; lists and objects as JSON."""
        value: Any = row
        for step in self.path:
            value = value[step] if value is not None else None
        return as_json(value) if isinstance(value, list | dict) else value


@dataclass(frozen=True, slots=True)
class Table:
    """One noun. ``rows`` gives the queryset of what readers may see, in the order of the dump."""

    name: str
    serializer: type[RowSerializer]
    rows: Callable[[], QuerySet[Any]]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its flat columns, in the order of the API's fields."""
        return columns_of(self.serializer)

    def batch(self, rows: Iterable[Row]) -> Batch:
        """The rows, to be written in several formats."""
        return Batch(rows, self)

    def read(self, site: str) -> Iterator[Batch]:
        """The rows as the API gives them, in batches, from a cursor of the server."""
        rows = self.rows().values(*self.serializer.columns).iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            serializer = self.serializer(context={"site": site, **self.serializer.beside(batch)})
            yield self.batch(serializer.to_representation(row) for row in batch)


class Batch(list[Row]):
    """Rows of a table, and the same flat, which is made once for all formats: that is most of their work."""

    def __init__(self, rows: Iterable[Row], table: Table) -> None:
        super().__init__(rows)
        self._table = table

    @cached_property
    def flat(self) -> list[list[Any]]:
        """For each row the values of the table's columns; times are the only ones that are neither text nor numbers."""
        tree = _tree_of(self._table.serializer)
        found: list[list[Any]] = [[] for _ in self]
        for row, values in zip(self, found, strict=True):
            _flatten(tree, row, values)
        return found

    @cached_property
    def plain(self) -> list[list[Any]]:
        """The same for a format that knows no times."""
        times = [number for number, column in enumerate(self._table.columns) if column.type == TIME]
        found = []
        for values in self.flat:
            found.append(copied := values.copy())
            for number in times:
                copied[number] = plain(values[number])
        return found


# Name of a field, its own fields, and how many columns they are; of a column itself no fields.
_Tree = tuple[tuple[str, Any, int], ...]


@cache
def _tree_of(serializer: type[RowSerializer]) -> _Tree:
    return _grown([column.path for column in columns_of(serializer)])


def _grown(paths: list[tuple[str, ...]]) -> _Tree:
    below: dict[str, list[tuple[str, ...]]] = {}
    for first, *others in paths:
        below.setdefault(first, []).append(tuple(others))
    return tuple((name, None if under == [()] else _grown(under), len(under)) for name, under in below.items())


def _flatten(tree: _Tree, row: Row, into: list[Any]) -> None:
    for name, below, width in tree:
        value = row[name]
        if below is None:
            into.append(value if value is None or value.__class__ in _FLAT else _text(value))
        elif value is None:
            into += [None] * width
        else:
            _flatten(below, value, into)


_FLAT = frozenset({str, int, float, bool, datetime})


def _text(value: Any) -> Any:
    return as_json(value) if isinstance(value, list | dict) else plain(value)


def as_json(value: Any) -> str:
    """A list or an object in one cell."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


@cache
def columns_of(serializer: type[RowSerializer]) -> tuple[Column, ...]:
    """The flat columns of a serializer's answers."""
    return tuple(_flat(serializer(), ()))


def _flat(serializer: fields.BaseSerializer[Any], above: tuple[str, ...]) -> Iterator[Column]:
    assert isinstance(serializer, fields.Serializer)
    for name, field in serializer.get_fields().items():
        path = (*above, name)
        if isinstance(field, fields.Serializer):
            yield from _flat(field, path)
        else:
            yield Column("_".join(path), path, _type(field), str(field.help_text or ""))


def _type(field: fields.Field[Any, Any, Any, Any]) -> str:
    for kind, name in (
        (fields.IntegerField, INTEGER),
        (fields.FloatField, REAL),
        (fields.BooleanField, BOOLEAN),
        (fields.DateTimeField, TIME),
    ):
        if isinstance(field, kind):
            return name
    return TEXT


def plain(value: Any) -> Any:
    """The value for a format that knows no times: text, with a Z for UTC."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


TABLES = (
    Table("companies", serializers.CompanySerializer, lambda: Company.objects.visible().order_by("id")),
    Table("people", serializers.PersonSerializer, lambda: Person.objects.visible().order_by("id")),
    Table("moves", serializers.MoveSerializer, lambda: Move.objects.visible().order_by("id")),
    Table(
        "compensation",
        serializers.CompensationReportSerializer,
        lambda: CompensationReport.objects.visible().order_by("id"),
    ),
    Table("signals", serializers.SignalSerializer, lambda: Signal.objects.visible().order_by("id")),
    Table("claims", serializers.ClaimSerializer, lambda: Claim.objects.visible().order_by("id")),
    Table("articles", serializers.ArticleSerializer, lambda: Article.objects.order_by("id")),
    Table("sources", serializers.SourceSerializer, lambda: Source.objects.order_by("id")),
)

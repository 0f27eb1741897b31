"""What is dumped: each noun as its API list shows it, and the same flattened into columns with a name and a type.

The columns follow from the serializers, so that files, API and documentation never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
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
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode() if isinstance(value, list | dict) else value


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

    def read(self, site: str) -> Iterator[list[Row]]:
        """The rows as the API gives them, in batches, from a cursor of the server."""
        rows = self.rows().values(*self.serializer.columns).iterator(chunk_size=BATCH)
        while batch := list(islice(rows, BATCH)):
            serializer = self.serializer(context={"site": site, **self.serializer.beside(batch)})
            yield [serializer.to_representation(row) for row in batch]


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

"""Records within records: what a reference can be opened into, a query for each kind whatever the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from articles.models import Article, Source
from talent.models import Company, Person
from talent.serializers.base import Row, RowSerializer
from talent.serializers.entities import CompanySerializer, PersonSerializer
from talent.serializers.evidence import ArticleSerializer, ClaimSerializer, SourceSerializer
from talent.serializers.facts import CompensationReportSerializer, MoveSerializer, SignalSerializer


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a reference stands in a record, and what stands behind it. ``key`` names the column of its identifier."""

    path: tuple[str, ...]
    serializer: type[RowSerializer]
    rows: Callable[[], QuerySet[Any]]
    # The identifier's name in the reference, and its column.
    identifier: str = "id"
    key: str = "public_id"


def _person(*path: str) -> Relation:
    return Relation(path, PersonSerializer, lambda: Person.objects.visible())


def _company(*path: str) -> Relation:
    return Relation(path, CompanySerializer, lambda: Company.objects.visible())


def _article(*path: str) -> Relation:
    return Relation(path, ArticleSerializer, lambda: Article.objects.all())


_RELATIONS: dict[type[RowSerializer], Sequence[Relation]] = {
    MoveSerializer: (_person("person"), _company("from", "company"), _company("to", "company"), _article("article")),
    CompensationReportSerializer: (_company("company"), _person("person"), _article("article")),
    SignalSerializer: (_company("company"), _article("article")),
    ClaimSerializer: (_person("person"), _article("article")),
    ArticleSerializer: (Relation(("outlet",), SourceSerializer, lambda: Source.objects.all(), "slug", "slug"),),
}


def relations_of(serializer: type[RowSerializer]) -> dict[str, Relation]:
    """What can be opened in records of this shape, by the name that readers give: "from.company"."""
    found = next((relations for shape, relations in _RELATIONS.items() if issubclass(serializer, shape)), ())
    return {".".join(relation.path): relation for relation in found}


def expand(records: Sequence[Row], relations: Iterable[Relation], site: str) -> None:
    """Puts whole records in the place of references; one that nobody may see stays a reference."""
    for relation in relations:
        holders = [holder for record in records if (holder := _holder(record, relation.path)) is not None]
        name = relation.path[-1]
        wanted = {holder[name][relation.identifier] for holder in holders}
        whole = _read(relation, wanted, site)
        for holder in holders:
            identifier = holder[name][relation.identifier]
            # What a reference tells stays as it tells it: a reader of references reads whole records, too.
            holder[name] = {**whole.get(identifier, {}), **holder[name]}


def _holder(record: Row, path: tuple[str, ...]) -> Row | None:
    """The object whose last step is a reference; None where there is nothing to open."""
    holder: Row | None = record
    for step in path[:-1]:
        holder = holder[step] if holder else None
    return holder if holder and holder[path[-1]] else None


def _read(relation: Relation, wanted: set[str], site: str) -> dict[str, Row]:
    rows = list(
        relation.rows().filter(**{f"{relation.key}__in": sorted(wanted)}).order_by().values(*_columns(relation))
    )
    serializer = relation.serializer(context={"site": site, **relation.serializer.beside(rows)})
    return {row[relation.key]: serializer.to_representation(row) for row in rows}


def _columns(relation: Relation) -> Iterator[str]:
    yield from dict.fromkeys([*relation.serializer.columns, relation.key])

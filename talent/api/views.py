"""The read-only lists and records of the API. Rows are read as plain values: one query a list, two a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from articles.models import Article, Source
from talent import filters, keyset, serializers
from talent.accounts import accounts_of
from talent.api import quick
from talent.api.documentation import documented
from talent.api.problems import InvalidParameters, Withdrawn
from talent.api.shaping import EXPAND, FIELDS, PARTIAL, Shape, shape_of, without_shape
from talent.editions import gone_since_in, versions_of
from talent.filters.base import unknown_parameter
from talent.hot import MAX_EVIDENCE
from talent.models import Alias, Claim, Company, CompensationReport, Move, Person, Signal
from talent.querysets import VISIBLE
from talent.successors import company_succeeding, fact_succeeding, person_succeeding

Row = dict[str, Any]


class NounViewSet(viewsets.GenericViewSet[Any]):
    """A list and its records."""

    queryset: QuerySet[Any]
    detail_serializer_class: type[serializers.RowSerializer]
    filterset_class: type[filters.Filters]
    # What a row must match one of; the filters set it.
    either: Sequence[Q] = ()
    lookup_field = "public_id"
    lookup_value_regex = r"[-\w]{1,160}"

    def get_serializer_class(self) -> type[serializers.RowSerializer]:
        """The shape of a row of the list, or of a record."""
        return self.detail_serializer_class if self.action == "retrieve" else self.serializer_class  # type: ignore[return-value]  # by contract

    def get_serializer_context(self) -> dict[str, Any]:
        """With the site's address as the reader called it, asked once for all rows."""
        return {**super().get_serializer_context(), "site": self.request.build_absolute_uri("/")[:-1]}

    def list(self, request: Request) -> Response:
        """One page of the list."""
        serializer = self.get_serializer_class()
        shape = shape_of(request, serializer)
        rows = self.filter_queryset(self.get_queryset())
        columns = dict.fromkeys([*serializer.columns, *keyset.fields_of(rows)])
        page = self.paginate_queryset(rows.values(*columns)) or []
        context = {**self.get_serializer_context(), **serializer.beside(page)}
        records: Any = serializer(page, many=True, context=context).data
        return _shaped(self.get_paginated_response(shape.apply(records, context["site"])), shape)

    def retrieve(self, request: Request, **lookup: str) -> Response:
        """One record; the new address of one that moved."""
        if others := without_shape(request.query_params):
            raise InvalidParameters(*((name, unknown_parameter(name, [FIELDS, EXPAND])) for name in others))
        shape = shape_of(request, self.get_serializer_class())
        row = self.read(lookup)
        if row is None:
            return self.missing(lookup[self.lookup_field])
        (record,) = shape.apply([self.get_serializer(row).data], self.get_serializer_context()["site"])
        answer = _shaped(Response(record), shape)
        if changed := row.get("updated_at"):
            answer["Last-Modified"] = http_date(changed.timestamp())
        return answer

    def read(self, lookup: dict[str, str]) -> Row | None:
        """The row of a record that readers may see."""
        return self.get_queryset().filter(**lookup).order_by().values(*self.get_serializer_class().columns).first()

    def missing(self, identifier: str) -> Response:
        """The answer where there is no such record."""
        raise Http404

    def moved(self, serializer: type[serializers.RowSerializer], identifier: str) -> Response:
        """Leads to another record, for good."""
        address = serializer(context=self.get_serializer_context()).api(serializer.noun, identifier)
        return Response(status=308, headers={"Location": address})

    def refuse_withdrawn(self, model: type[Any], **lookup: str) -> None:
        """Tells a record that was taken back from one that never was or is hidden; both are seen by nobody."""
        visibility = model.objects.filter(**lookup).values_list("visibility", flat=True).first()
        if visibility == "withdrawn":
            raise Withdrawn
        if visibility is not None:
            raise Http404


def _shaped(answer: Response, shape: Shape) -> Response:
    """The answer, under its own media type where fields are left out."""
    if shape.partial:
        answer.content_type = PARTIAL
    return answer


FACT_SERIALIZERS: dict[type[Any], type[serializers.RowSerializer]] = {
    Move: serializers.MoveSerializer,
    CompensationReport: serializers.CompensationReportSerializer,
    Signal: serializers.SignalSerializer,
}


class FactViewSet(NounViewSet):
    """Facts, each with the claims that support it."""

    # The field of a claim that leads to the fact.
    claim_field = ""

    def get_queryset(self) -> QuerySet[Any]:
        """Facts that readers may see."""
        visible: QuerySet[Any] = self.queryset.model.objects.visible()
        return visible

    def read(self, lookup: dict[str, str]) -> Row | None:
        """The fact and its evidence."""
        row = super().read(lookup)
        if row is not None:
            claims = Claim.objects.as_evidence().filter(**{self.claim_field: row["id"]})
            row |= _evidence(claims)
            fact = self.queryset.model.objects.for_list().get(pk=row["id"])
            row["accounts"] = accounts_of(fact, list(claims[:MAX_EVIDENCE]))
        return row

    def missing(self, identifier: str) -> Response:
        """410 where it was withdrawn, 308 where its first claim supports another fact today."""
        self.refuse_withdrawn(self.queryset.model, public_id=identifier)
        fact = fact_succeeding(identifier)
        if fact is None or fact.public_id == identifier or not type(fact).objects.visible().filter(pk=fact.pk).exists():
            raise Http404
        return self.moved(FACT_SERIALIZERS[type(fact)], fact.public_id)


def _evidence(claims: QuerySet[Any]) -> Row:
    """The claims of a record, and since when their articles no longer make them."""
    rows = list(claims.values(*serializers.ClaimSerializer.columns)[:MAX_EVIDENCE])
    return {"evidence": rows, "gone": gone_since_in(rows)}


@documented("Moves", "moves", gone=True)
class MoveViewSet(FactViewSet):
    """People and groups who left one company, joined another, or both."""

    queryset = Move.objects.all()
    serializer_class = serializers.MoveSerializer
    detail_serializer_class = serializers.MoveDetailSerializer
    filterset_class = filters.MoveFilter
    claim_field = "move"

    def dispatch(self, request: HttpRequest, *args: Any, **lookup: Any) -> HttpResponseBase:
        """The short way where it leads there."""
        short = quick.answer(self, request, lookup.get(self.lookup_field))
        return super().dispatch(request, *args, **lookup) if short is None else short


@documented("Compensation", "compensation reports", gone=True)
class CompensationReportViewSet(FactViewSet):
    """What companies pay, offer, or are said to pay."""

    queryset = CompensationReport.objects.all()
    serializer_class = serializers.CompensationReportSerializer
    detail_serializer_class = serializers.CompensationReportDetailSerializer
    filterset_class = filters.CompensationReportFilter
    claim_field = "report"


@documented("Signals", "signals", gone=True)
class SignalViewSet(FactViewSet):
    """Headcounts, openings, plans, layoffs, freezes and practices."""

    queryset = Signal.objects.all()
    serializer_class = serializers.SignalSerializer
    detail_serializer_class = serializers.SignalDetailSerializer
    filterset_class = filters.SignalFilter
    claim_field = "signal"


class EntityViewSet(NounViewSet):
    """People or companies."""

    lookup_field = "slug"
    # The field of an alias that leads to the entity.
    alias_field = ""

    def get_queryset(self) -> QuerySet[Any]:
        """Entities that readers may see; a record with all its names, in the same query."""
        visible: QuerySet[Any] = self.queryset.model.objects.visible()
        if self.action != "retrieve":
            return visible
        forms = Alias.objects.filter(**{self.alias_field: OuterRef("pk")}).order_by("name")
        shown = JSONObject(name="name", language="language", script="script", kind="kind")
        named: QuerySet[Any] = visible.annotate(forms=ArraySubquery(forms.values_list(shown)))
        return named

    def read(self, lookup: dict[str, str]) -> Row | None:
        """The entity and its names."""
        columns = (*self.get_serializer_class().columns, "forms")
        row: Row | None = self.get_queryset().filter(**lookup).values(*columns).first()
        return row

    def missing(self, identifier: str) -> Response:
        """410 where it was withdrawn, 308 where it goes by another slug."""
        model: Any = self.queryset.model
        serializer = self.get_serializer_class()
        self.refuse_withdrawn(model, slug=identifier)
        by_id = model.objects.visible().filter(public_id=identifier).first()
        successor = by_id or self.successor(identifier)
        if successor is None or not model.objects.visible().filter(pk=successor.pk).exists():
            raise Http404
        return self.moved(serializer, successor.slug)

    def successor(self, slug: str) -> Company | Person | None:
        """Who goes by another slug today."""
        return None


@documented("Companies", "companies", gone=True)
class CompanyViewSet(EntityViewSet):
    """Organisations that people leave or join."""

    queryset = Company.objects.all()
    serializer_class = serializers.CompanySerializer
    detail_serializer_class = serializers.CompanyDetailSerializer
    filterset_class = filters.CompanyFilter
    alias_field = "company"

    def missing(self, identifier: str) -> Response:
        """308 where it is part of another by an editor's judgement; else as for anybody."""
        head = company_succeeding(identifier)
        if head is not None and head.visibility in VISIBLE:
            return self.moved(self.get_serializer_class(), head.slug)
        return super().missing(identifier)


@documented("People", "people", gone=True)
class PersonViewSet(EntityViewSet):
    """People named in at least one claim."""

    queryset = Person.objects.all()
    serializer_class = serializers.PersonSerializer
    detail_serializer_class = serializers.PersonDetailSerializer
    filterset_class = filters.PersonFilter
    alias_field = "person"

    def successor(self, slug: str) -> Person | None:
        """The person whose first claim is that of the vanished one."""
        return person_succeeding(slug)


@documented("Evidence", "articles")
class ArticleViewSet(NounViewSet):
    """Articles that were read: of a text that belongs to its publisher only the words around its quotes."""

    queryset = Article.objects.all()
    serializer_class = serializers.ArticleSerializer
    detail_serializer_class = serializers.ArticleDetailSerializer
    filterset_class = filters.ArticleFilter

    def read(self, lookup: dict[str, str]) -> Row | None:
        """The article and its claims, in the order of its text."""
        row = super().read(lookup)
        if row is not None:
            row |= _evidence(Claim.objects.visible().filter(article=row["id"]).order_by("start", "id"))
            row["versions"] = self._versions(row)
        return row

    def _versions(self, row: Row) -> list[Row]:
        """The texts that its address gave, at most 200; without a query where there is only this one."""
        columns = serializers.EditionReference.columns
        if row["version"] == 1 and row["replaced_at"] is None:
            return [{name: row[name] for name in columns}]
        versions = versions_of(Article(pk=row["id"], version_of_id=row["version_of"]))
        return list(versions.values(*columns)[:MAX_EVIDENCE])


@documented("Evidence", "claims")
class ClaimViewSet(NounViewSet):
    """What articles say, each with its quote."""

    queryset = Claim.objects.all()
    serializer_class = serializers.ClaimSerializer
    detail_serializer_class = serializers.ClaimSerializer
    filterset_class = filters.ClaimFilter

    def get_queryset(self) -> QuerySet[Any]:
        """Claims that support what readers may see."""
        visible: QuerySet[Any] = Claim.objects.visible()
        return visible

    def read(self, lookup: dict[str, str]) -> Row | None:
        """The claim, and since when its article no longer makes it."""
        row = super().read(lookup)
        if row is not None:
            row["gone"] = gone_since_in([row])
        return row


@documented("Evidence", "outlets")
class SourceViewSet(NounViewSet):
    """Outlets: who publishes the articles."""

    queryset = Source.objects.all()
    serializer_class = serializers.SourceSerializer
    detail_serializer_class = serializers.SourceSerializer
    filterset_class = filters.SourceFilter
    lookup_field = "slug"

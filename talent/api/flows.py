"""Flows between companies, from the tallies: a matrix, and one company's arrivals and departures over time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from talent import flows, short
from talent.api.documentation import HEADERS, LOCATION, MOVED, UNCHANGED, problems
from talent.api.problems import InvalidParameters, Problem, Withdrawn
from talent.api.quick import ALLOWED
from talent.api.renderers import JSONRenderer
from talent.filters.base import PartialDateField, unknown_parameter
from talent.flows import HAPPENED, MOST_COMPANIES, OTHERS, UNKNOWN, Asked, Count, End
from talent.hot.choices import Place, place
from talent.models import Company, Status
from talent.querysets import VISIBLE
from talent.serializers.base import COMPANIES
from talent.serializers.flows import CompanyFlowsSerializer, MatrixSerializer
from talent.successors import company_succeeding

DEFAULT_TOP = 12
_SLUGS = {"type": "array", "items": {"type": "string", "pattern": r"^[-\w]{0,160}$"}, "maxItems": MOST_COMPANIES}
_FROM = OpenApiParameter("from", _SLUGS, explode=True, description="slugs of companies left; without: the largest")
_TO = OpenApiParameter("to", _SLUGS, explode=True, description="slugs of companies joined; without: the largest")
_TOP = OpenApiParameter(
    "top",
    {"type": "integer", "minimum": 1, "maximum": MOST_COMPANIES, "default": DEFAULT_TOP},
    description="how many companies to show on a side where none are named",
)
_MONTH = {"type": "string", "pattern": r"^((?!0000)[0-9]{4}(-(0[1-9]|1[0-2]))?)?$", "examples": ["2024", "2024-03"]}
_WINDOW = [
    OpenApiParameter(
        "status",
        {"type": "array", "items": {"type": "string", "enum": Status.values}, "default": list(HAPPENED)},
        explode=True,
        description="which moves count; may be repeated",
    ),
    OpenApiParameter("after", _MONTH, description="from this year or month on"),
    OpenApiParameter("before", _MONTH, description="up to this year or month, and all of it"),
]
_UNIT = OpenApiParameter("unit", {"type": "string", "enum": [*flows.UNITS], "default": "year"})


class NoSuchCompany(Problem):
    """A slug of no company that readers see."""

    status_code = 404
    default_code = "company"


class FlowsView(APIView):
    """How people move between companies: moves that happened, as far as readers see them. Internal changes are none."""

    @extend_schema(
        operation_id="flows_list",
        tags=["Flows"],
        summary="Moves between companies as a matrix",
        parameters=[_FROM, _TO, *_WINDOW, _TOP, *HEADERS],
        responses={(200, "application/json"): MatrixSerializer, 304: UNCHANGED, **problems(400, 404, 406, 429)},
    )
    def get(self, request: Request) -> Response:
        """The matrix."""
        return Response(_matrix(request.query_params, request.build_absolute_uri("/")[:-1]))


def short_matrix(asked: short.Asked) -> short.Answer | None:
    """The matrix for who comes by the front: written once for all who ask the same until something happens. Of
    companies that are named it is not told here which they are part of today."""
    if asked.parameters.keys() & {"from", "to"}:
        return None
    try:
        body, tag = _written_matrix(place(), asked.query, asked.site, settings.PUBLISH)
    except (InvalidParameters, NoSuchCompany):
        return None
    return short.Answer(body, headers=(ALLOWED,), tag=tag)


@lru_cache(maxsize=64)
def _written_matrix(place: Place, query: str, site: str, publish: str) -> tuple[bytes, str]:
    """The bytes and their validator, as of that ``place`` of the change feed."""
    body: bytes = JSONRenderer().render(_matrix(QueryDict(query), site))
    return body, short.tag_of(body)


def _matrix(given: QueryDict, site: str) -> dict[str, Any]:
    """What the parameters ask for."""
    asking = _Asking(given, ("from", "to", "top"))
    origins, destinations = asking.companies("from"), asking.companies("to")
    top = asking.number("top", DEFAULT_TOP)
    found = flows.matrix(asking.asked(), origins=origins, destinations=destinations, top=top)
    slugs: dict[int, str | None] = {end.id: end.slug for end in (*found.origins, *found.destinations)}
    slugs |= {OTHERS.id: "*", UNKNOWN.id: None}
    return {
        "from": [_reference(site, end) for end in found.origins],
        "to": [_reference(site, end) for end in found.destinations],
        "cells": [
            {"from": slugs[origin], "to": slugs[destination], **_count(count)}
            for (origin, destination), count in _in_order(found)
        ],
        "total": _count(found.total),
    }


def _in_order(matrix: flows.Matrix) -> Iterable[tuple[tuple[int, int], Count]]:
    """The cells row by row, as the companies stand."""
    rows, columns = (
        {end.id: place for place, end in enumerate((*side, OTHERS, UNKNOWN))}
        for side in (matrix.origins, matrix.destinations)
    )
    return sorted(matrix.cells.items(), key=lambda cell: (rows[cell[0][0]], columns[cell[0][1]]))


class CompanyFlowsView(APIView):
    """A company's arrivals and departures."""

    @extend_schema(
        operation_id="companies_flows_list",
        tags=["Flows"],
        summary="A company's arrivals and departures over time",
        parameters=[_UNIT, *_WINDOW, *HEADERS, LOCATION],
        responses={
            (200, "application/json"): CompanyFlowsSerializer,
            304: UNCHANGED,
            308: MOVED,
            **problems(400, 404, 406, 410, 429),
        },
    )
    def get(self, request: Request, slug: str) -> Response:
        """From the first period with a move to the last."""
        asking = _Asking(request.query_params, ("unit",))
        unit = asking.choice("unit", flows.UNITS)
        asked = asking.asked()
        company = Company.objects.visible().filter(slug=slug).first()
        if company is None:
            return self._missing(slug)
        steps = flows.over_time(company, asked, by=cast("flows.Unit", unit))
        return Response(
            {
                "company": _reference(request.build_absolute_uri("/")[:-1], End.of(company)),
                "unit": unit,
                "periods": [
                    {
                        "period": step.period,
                        "first": step.first,
                        "last": step.last,
                        "arrivals": _count(step.arrivals),
                        "departures": _count(step.departures),
                        "net": step.net,
                    }
                    for step in steps
                ],
            }
        )

    def _missing(self, slug: str) -> Response:
        """410 where it was withdrawn, 308 where it is part of another company."""
        if Company.objects.filter(slug=slug, visibility="withdrawn").exists():
            raise Withdrawn
        head = company_succeeding(slug)
        if head is None or head.visibility not in VISIBLE:
            raise Http404
        there = self.request.build_absolute_uri(reverse("api-company-flows", args=[head.slug]))
        return Response(status=308, headers={"Location": there})


class _Asking:
    """The parameters of a request, each error noted; ``asked`` raises them all."""

    def __init__(self, given: QueryDict, known: Collection[str]) -> None:
        self.given = given
        known = [*known, "status", "after", "before"]
        self.errors = [(name, unknown_parameter(name, known)) for name in self.given if name not in known]
        several = {"from", "to", "status"}
        self.errors += [
            (name, f"Give “{name}” once.")
            for name in known
            if name not in several and len(self.given.getlist(name)) > 1
        ]

    def asked(self) -> Asked:
        """Which moves count. InvalidParameters tells of everything that was wrong."""
        statuses = tuple(dict.fromkeys(filter(None, self.given.getlist("status")))) or HAPPENED
        if not {*statuses} <= {*Status.values}:
            self.errors.append(("status", f"Choose from {', '.join(Status.values)}."))
        after, before = self._days("after"), self._days("before")
        if self.errors:
            raise InvalidParameters(*self.errors)
        return Asked(statuses, after=after and after[0], before=before and before[1])

    def companies(self, name: str) -> list[Company]:
        """The companies of these slugs, or those that they are part of; 404 where there is none."""
        slugs = [slug.replace("\0", "") for slug in dict.fromkeys(self.given.getlist(name)) if slug]
        if len(slugs) > MOST_COMPANIES:
            self.errors.append((name, f"Name at most {MOST_COMPANIES} companies."))
            return []
        found = companies_at(slugs) if slugs else {}
        if missing := [slug for slug in slugs if slug not in found]:
            raise NoSuchCompany(f"There is no company “{missing[0][:60]}”.")
        return list(dict.fromkeys(found.values()))

    def choice(self, name: str, choices: Collection[str]) -> str:
        """One of the choices; the first where none is given."""
        given = self.given.get(name, next(iter(choices)))
        if given not in choices:
            self.errors.append((name, f"Choose from {', '.join(choices)}."))
        return given

    def number(self, name: str, default: int) -> int:
        """A whole number from 1 to as many companies as a matrix has at most."""
        given = self.given.get(name, str(default))
        if given.isascii() and given.isdigit() and len(given) < 5 and 1 <= int(given) <= MOST_COMPANIES:
            return int(given)
        self.errors.append((name, f"Send a whole number from 1 to {MOST_COMPANIES}."))
        return default

    def _days(self, name: str) -> tuple[date, date] | None:
        """First and last day of a year or a month."""
        given = self.given.get(name, "")
        try:
            days: tuple[date, date] | None = PartialDateField(required=False).clean(given)
        except ValidationError:
            days = None
        if given.strip() and (days is None or given.count("-") > 1):
            self.errors.append((name, "Give a year or a month: 2024 or 2024-03. Moves are counted by the month."))
            return None
        return days


def companies_at(slugs: Collection[str]) -> dict[str, Company]:
    """By slug, the company that readers see there: itself, or the one that it is part of."""
    named = Company.objects.filter(slug__in=slugs, visibility__in=VISIBLE)
    wholes = {company.slug: company.merged_into_id or company.pk for company in named}
    seen = Company.objects.visible().in_bulk(list(wholes.values()))
    return {slug: seen[pk] for slug, pk in wholes.items() if pk in seen}


def _reference(site: str, end: End) -> dict[str, Any]:
    return {
        "id": end.public_id,
        "slug": end.slug,
        "name": end.name,
        "name_zh": end.name_zh or None,
        "url": f"{site}/api/v1/{COMPANIES}/{quote(end.slug)}/",
    }


def _count(count: Count) -> dict[str, int | None]:
    return {
        "moves": count.moves,
        "groups": count.groups,
        "people_min": count.people_least,
        "people_max": count.people_most,
        "reports": count.reports,
        "one_reporter": count.single,
        "vague_month": count.vague,
    }

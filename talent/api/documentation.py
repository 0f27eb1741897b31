"""The OpenAPI document and its page. Everything is served from here: no script, style or font of another site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.views import View
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from talent.api.problems import MEDIA_TYPE
from talent.api.shaping import PARTIAL, shape_parameters
from talent.serializers import ProblemSerializer
from talent.serializers.base import (
    ARTICLES,
    CLAIMS,
    COMPANIES,
    COMPENSATION,
    MOVES,
    PEOPLE,
    SIGNALS,
    SOURCES,
)

NOUNS = (COMPANIES, PEOPLE, MOVES, COMPENSATION, SIGNALS, ARTICLES, CLAIMS, SOURCES)
PROBLEMS = {
    400: "A parameter is unknown or has an impossible value; “errors” names it.",
    401: "No key was sent, or one that does not open.",
    403: "The key, or its owner's role, does not allow this.",
    404: "There is no such record, or nobody may see it.",
    406: "The Accept header asks for something that is not JSON.",
    409: "The first request with this Idempotency-Key is still being worked on.",
    410: "The record was withdrawn.",
    413: "The body is larger than is accepted.",
    415: "The body is of a type that is not read here.",
    422: "The document cannot be taken, or the Idempotency-Key was used for another request.",
    429: "Too many requests; Retry-After says when to go on.",
    503: "This installation takes no addresses now.",
}
PARTLY = OpenApiResponse(OpenApiTypes.OBJECT, description="The same with the fields that were asked for.")
UNCHANGED = OpenApiResponse(description="The reader's copy (If-None-Match) is still right.")
MOVED = OpenApiResponse(description="The record goes by another address, in Location: it was merged or renamed.")
HEADERS = [
    OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="the ETag of the reader's copy"),
    OpenApiParameter("ETag", str, OpenApiParameter.HEADER, description="names this very answer", response=[200, 304]),
    OpenApiParameter("X-Request-ID", str, OpenApiParameter.HEADER, description="for the logs", response=True),
]
LOCATION = OpenApiParameter("Location", str, OpenApiParameter.HEADER, description="its new address", response=[308])


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """The documented errors of an operation."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=PROBLEMS[status]) for status in statuses
    }


def documented(tag: str, nouns: str, *, gone: bool = False) -> Callable[[type[Any]], type[Any]]:
    """Documents a viewset's list and record; ``gone`` where records can be withdrawn or move."""

    def document(view: type[Any]) -> type[Any]:
        rows, record = view.serializer_class(many=True), view.detail_serializer_class
        of_record = problems(400, 404, 406, *([410] if gone else []), 429)
        return extend_schema_view(
            list=extend_schema(
                tags=[tag],
                summary=f"List {nouns}",
                description=view.__doc__,
                parameters=[*HEADERS, *shape_parameters(view.serializer_class)],
                responses={
                    (200, "application/json"): rows,
                    (200, PARTIAL): PARTLY,
                    304: UNCHANGED,
                    **problems(400, 406, 429),
                },
            ),
            retrieve=extend_schema(
                tags=[tag],
                summary=f"One of the {nouns}",
                description=record.__doc__,
                parameters=[*HEADERS, *shape_parameters(record), *([LOCATION] if gone else [])],
                responses={
                    (200, "application/json"): record,
                    (200, PARTIAL): PARTLY,
                    304: UNCHANGED,
                    **({308: MOVED} if gone else {}),
                    **of_record,
                },
            ),
        )(view)

    return document


class SchemaView(SpectacularAPIView):
    """The OpenAPI 3.1 document, as JSON or, where asked for, YAML."""

    renderer_classes = [OpenApiJsonRenderer2, OpenApiYamlRenderer2]


class IndexView(APIView):
    """Where everything is."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """The address of each list, of the document and of its page."""
        root = request.build_absolute_uri(reverse("api-index"))
        return Response({noun: f"{root}{noun}/" for noun in (*NOUNS, "flows", "events", "reconcile", "schema", "docs")})


class NowhereView(APIView):
    """Any other address under the API: an address without its last slash is led to it, the rest is a problem."""

    @extend_schema(exclude=True)
    def get(self, request: Request, path: str) -> Response:
        """308 or 404."""
        try:
            found = resolve(f"{request.path_info}/")
        except Resolver404 as error:
            raise Http404 from error
        if path.endswith("/") or found.func == resolve(request.path_info).func:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        return Response(status=308, headers={"Location": f"{request.path}/" + (f"?{query}" if query else "")})


class DocsView(View):
    """The document as a page to read and to try."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Swagger UI, from the packages of this installation."""
        return render(request, "api/docs.html", {"schema": reverse("api-schema")}, using="django")

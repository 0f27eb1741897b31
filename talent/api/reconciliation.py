"""The OpenRefine Reconciliation API 0.2 over people and companies: match, suggest, preview, extend."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from pydantic import ValidationError
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from talent import reconcile
from talent.api.problems import InvalidParameters

PREVIEW_WIDTH, PREVIEW_HEIGHT = 430, 180


class ReconciliationView(APIView):
    """The service: its manifest, batches of queries, and extensions. Reading needs no key."""

    parser_classes = [FormParser, MultiPartParser, JSONParser]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """The manifest; or the answers, where the queries came in the address."""
        return _answer(request.query_params) or Response(_manifest(request))

    @extend_schema(exclude=True)
    def post(self, request: Request) -> Response:
        """The answers to a batch."""
        asked = _answer(request.data if isinstance(request.data, dict) else {})
        if asked is None:
            raise InvalidParameters(("queries", "Send “queries” or “extend”, as the Reconciliation API 0.2 has it."))
        return asked


def _answer(sent: Any) -> Response | None:
    if queries := sent.get("queries"):
        return Response(reconcile.reconcile(_read("queries", queries, reconcile.QUERIES.validate_json)))
    if extension := sent.get("extend"):
        return Response(reconcile.extend(_read("extend", extension, reconcile.Extension.model_validate_json)))
    return None


def _read(name: str, text: Any, validate: Any) -> Any:
    try:
        return validate(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise InvalidParameters((name, f"{where or 'The value'}: {first['msg']}.")) from error


def _manifest(request: Request) -> dict[str, Any]:
    site = request.build_absolute_uri("/")[:-1]
    service = f"{site}{reverse('api-reconcile')}"
    return {
        "versions": ["0.2"],
        "name": settings.SITE_NAME,
        "identifierSpace": f"{site}/",
        "schemaSpace": f"{service}#",
        "documentation": f"{site}{reverse('data')}#reconciliation",
        "view": {"url": f"{site}/{{{{id}}}}/"},
        "defaultTypes": [{"id": kind, "name": name} for kind, name in reconcile.TYPES.items()],
        "preview": {
            "url": f"{service}preview/?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {
            what: {"service_url": site, "service_path": f"{reverse('api-reconcile')}suggest/{what}/"}
            for what in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": site, "service_path": f"{reverse('api-reconcile')}properties/"},
            "property_settings": [],
        },
        "batchSize": reconcile.MAX_QUERIES,
    }


class SuggestView(APIView):
    """What may be meant by the beginning of a word."""

    @extend_schema(exclude=True)
    def get(self, request: Request, what: str) -> Response:
        """Entities, properties or types."""
        prefix = request.query_params.get("prefix", "")
        if what == "entity":
            return Response({"result": reconcile.suggest(prefix)})
        known = (
            [prop.described for prop in reconcile.properties_of("")]
            if what == "property"
            else [{"id": kind, "name": name} for kind, name in reconcile.TYPES.items()]
        )
        begun = prefix.lower()
        return Response({"result": [k for k in known if begun in k["name"].lower() or k["id"].startswith(begun)]})


class PropertiesView(APIView):
    """Which columns can be added for entities of a type."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """The columns."""
        kind = request.query_params.get("type", "")
        known = [prop.described for prop in reconcile.properties_of(kind)]
        limit = request.query_params.get("limit", "")
        number = int(limit) if limit.isascii() and limit.isdigit() else len(known)
        return Response({"type": kind, "properties": known[:number]})


@require_safe
@xframe_options_exempt
def preview(request: HttpRequest) -> HttpResponse:
    """A few lines about one entity, shown by other programs in a frame of theirs."""
    entity = reconcile.entity_at(request.GET.get("id", ""))
    context = {"entity": entity, "about": reconcile.description(entity) if entity else ""}
    return render(request, "preview.html", context, status=200 if entity else 404)

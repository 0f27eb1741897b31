"""How to cite a fact or a claim: formatted, and for programs of references."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from talent import citations
from talent.api.documentation import HEADERS, UNCHANGED, problems
from talent.api.problems import InvalidParameters
from talent.citations import Item, Style
from talent.citing import item_of, items_of
from talent.filters.base import unknown_parameter
from talent.models import Claim, CompensationReport, Move, Signal

_MODELS: dict[str, Any] = {"moves": Move, "compensation": CompensationReport, "signals": Signal}
NOUNS = [*_MODELS, "claims"]
_STYLE = OpenApiParameter(
    "style",
    {"type": "string", "enum": [style.value for style in Style], "default": Style.APA.value},
    description="of the formatted text",
)


class CitationSerializer(serializers.Serializer[Any]):
    """One way to cite a record."""

    style = serializers.ChoiceField(  # type: ignore[assignment]  # fields are collected, never attributes
        choices=[(style.value, style.called) for style in Style]
    )
    text = serializers.CharField(help_text="an entry of a bibliography")
    bibtex = serializers.CharField()
    ris = serializers.CharField()
    csl = serializers.JSONField(help_text="CSL-JSON, as any citation processor reads it")


class CitationView(APIView):
    """How to cite a fact as it stands at its revision, or the article of a claim at the quoted words."""

    noun = ""

    @extend_schema(
        tags=["Citations"],
        parameters=[_STYLE, *HEADERS],
        responses={(200, "application/json"): CitationSerializer, 304: UNCHANGED, **problems(400, 404, 406, 429)},
    )
    def get(self, request: Request, public_id: str) -> Response:
        """The citation in one style."""
        style = _style(request)
        item = _item(self.noun, public_id, request.build_absolute_uri("/")[:-1])
        return Response(
            {
                "style": style.value,
                "text": citations.formatted(item, style),
                "bibtex": citations.bibtex([item]),
                "ris": citations.ris([item]),
                "csl": item,
            }
        )


def _style(request: Request) -> Style:
    errors = [(name, unknown_parameter(name, ["style"])) for name in request.query_params if name != "style"]
    asked = request.query_params.get("style") or Style.APA.value
    if asked not in list(Style):
        errors.append(("style", f"Choose from {', '.join(Style)}."))
    if errors:
        raise InvalidParameters(*errors)
    return Style(asked)


def _item(noun: str, public_id: str, site: str) -> Item:
    if noun == "claims":
        claims = Claim.objects.visible().select_related("article__source").defer("article__text")
        claim = claims.filter(public_id=public_id).first()
        if claim is None:
            raise Http404
        return item_of(claim, site)
    fact = _MODELS[noun].objects.for_list().filter(public_id=public_id).first()
    if fact is None:
        raise Http404
    return items_of(fact, site)[0]

"""What may be meant while somebody types, for programs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from talent.api.documentation import HEADERS, UNCHANGED, problems
from talent.api.problems import InvalidParameters
from talent.filters.base import unknown_parameter
from talent.search import Suggestion, suggest
from talent.search.suggest import LIMIT, MAX_CHARACTERS

KEPT = "public, max-age=60"
NOUNS = {"company": "companies", "person": "people", "move": "moves"}


class SuggestionSerializer(serializers.Serializer[Any]):
    """Something that may be meant."""

    kind = serializers.ChoiceField(choices=[(kind, kind) for kind in NOUNS])
    slug = serializers.CharField(help_text="last part of its address; of a move its identifier")
    name = serializers.CharField(help_text="of a move: who, from where, to where")
    name_zh = serializers.CharField(allow_null=True, help_text="Chinese name")
    matched = serializers.CharField(allow_null=True, help_text="the name that fits what was typed")
    status = serializers.CharField(allow_null=True, help_text="of a move: how firmly it is reported")
    url = serializers.URLField(help_text="its address in this API")
    html_url = serializers.URLField(help_text="its page on this site")


class SuggestionsSerializer(serializers.Serializer[Any]):
    """The likeliest first."""

    results = SuggestionSerializer(many=True, max_length=LIMIT)  # type: ignore[call-arg]  # of the list it makes


class SuggestionsView(APIView):
    """Companies, people, and the moves between two names, for the beginning of a name in any script."""

    @extend_schema(
        tags=["Search"],
        summary="What may be meant by the beginning of a name",
        parameters=[
            OpenApiParameter(
                "q",
                {"type": "string", "maxLength": 200},
                required=True,
                description=f"what was typed so far; {MAX_CHARACTERS} characters of it are looked at",
            ),
            *HEADERS,
        ],
        responses={(200, "application/json"): SuggestionsSerializer, 304: UNCHANGED, **problems(400, 406, 429)},
    )
    def get(self, request: Request) -> Response:
        """At most eight."""
        site = request.build_absolute_uri("/")[:-1]
        results = [suggested(suggestion, site) for suggestion in suggest(_asked(request))]
        return Response({"results": results}, headers={"Cache-Control": KEPT})


def _asked(request: Request) -> str:
    errors = [(name, unknown_parameter(name, ["q"])) for name in request.query_params if name != "q"]
    words = request.query_params.get("q")
    if words is None:
        errors.append(("q", "Give what was typed so far."))
    elif len(words) > 200 or "\0" in words:
        errors.append(("q", "At most 200 characters, and no null."))
    if errors:
        raise InvalidParameters(*errors)
    return words or ""


def suggested(suggestion: Suggestion, site: str) -> dict[str, Any]:
    """A suggestion as the API tells it."""
    noun, move = NOUNS[suggestion.kind], suggestion.fact
    return {
        "kind": suggestion.kind,
        "slug": suggestion.slug,
        "name": _in_short(move) if move else suggestion.name,
        "name_zh": suggestion.name_zh or None,
        "matched": suggestion.matched or None,
        "status": move.status if move else None,
        "url": f"{site}/api/v1/{noun}/{suggestion.slug}/",
        "html_url": f"{site}/{noun}/{suggestion.slug}/",
    }


def _in_short(move: Any) -> str:
    """ "Ada Quill: Northwind AI → Lanternlight"."""
    who = move.person.name if move.person else move.cohort_text
    ends = [end.name if end else "?" for end in (move.origin, move.destination)]
    return f"{who}: {' → '.join(ends)}"

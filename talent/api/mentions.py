"""What is known of a text, for programs. Nothing that is sent is kept or logged."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from talent.api.documentation import problems
from talent.api.parsers import JSONParser
from talent.api.problems import InvalidParameters, Problem
from talent.filters.base import unknown_parameter
from talent.known import MAX_CHARACTERS, Known, Named, Standing, Statement, look_up
from talent.limits import text_allowance
from talent.models import ClaimKind, CompensationReport, Move, Status

_TEXT = {"type": "string", "maxLength": MAX_CHARACTERS, "pattern": r"\S", "description": "in English or Chinese"}
_BODY = {"type": "object", "properties": {"text": _TEXT}, "required": ["text"], "additionalProperties": False}
_NOUNS: dict[type[Any], str] = {Move: "moves", CompensationReport: "compensation"}


class TooManyTexts(Problem):
    """More texts than one network may have read in a minute."""

    status_code = 429
    default_code = "texts"
    default_detail = "Wait for the seconds that Retry-After names, then send the text again."

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.wait = seconds


class BearerSerializer(serializers.Serializer[Any]):
    """A company or a person who goes by a name."""

    id = serializers.CharField(help_text="stable identifier")
    slug = serializers.CharField(help_text="last part of its address")
    name = serializers.CharField()
    name_zh = serializers.CharField(allow_null=True, help_text="Chinese name")
    url = serializers.URLField(help_text="its address in this API")


class NamedSerializer(serializers.Serializer[Any]):
    """A name in the text. Where several go by it all are listed, and none is chosen."""

    name = serializers.CharField(help_text="as it is written first")
    start = serializers.IntegerField(help_text="its first place in the text, in characters")
    count = serializers.IntegerField(help_text="how often it stands there")
    candidates = BearerSerializer(many=True)


class KnownFactSerializer(serializers.Serializer[Any]):
    """A fact of the ledger."""

    noun = serializers.ChoiceField(choices=[(noun, noun) for noun in ("moves", "compensation", "signals")])
    id = serializers.CharField(help_text="public identifier")
    status = serializers.ChoiceField(choices=Status.choices)
    reporters = serializers.IntegerField(help_text="independent reporters")
    quote = serializers.CharField(help_text="of its first claim")
    url = serializers.URLField(help_text="its address in this API")
    html_url = serializers.URLField(help_text="its page on this site")
    citation_url = serializers.URLField(help_text="how to cite it")


class StatementSerializer(serializers.Serializer[Any]):
    """Something that the text states."""

    kind = serializers.ChoiceField(choices=ClaimKind.choices)
    status = serializers.ChoiceField(choices=Status.choices, help_text="as the text has it")
    quote = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    standing = serializers.ChoiceField(
        choices=[(standing.value, standing.value) for standing in Standing],
        help_text="known: the facts say the same; near: they speak of the same person; unknown: there are none",
    )
    facts = KnownFactSerializer(many=True)


class KnownSerializer(serializers.Serializer[Any]):
    """What is known of the text."""

    language = serializers.CharField(help_text="in which the text was read")
    companies = NamedSerializer(many=True)
    people = NamedSerializer(many=True)
    statements = StatementSerializer(many=True)
    moves = KnownFactSerializer(many=True, help_text="others of those named, the newest first")


class MentionsView(APIView):
    """What is known of a text: whom it names, which of its statements the ledger knows, and who says so."""

    parser_classes = [JSONParser]

    @extend_schema(
        operation_id="mentions",
        tags=["Search"],
        summary="What is known of a text",
        request={"application/json": _BODY},
        responses={(200, "application/json"): KnownSerializer, **problems(400, 406, 413, 415, 429)},
    )
    def post(self, request: Request) -> Response:
        """Names, statements and moves. The text is read and forgotten."""
        text = _text(request)
        left = text_allowance(request)
        if left is not None and left.left < 0:
            raise TooManyTexts(left.seconds)
        site = request.build_absolute_uri("/")[:-1]
        return Response(_record(look_up(text), site), headers={"Cache-Control": "no-store"})


def _text(request: Request) -> str:
    errors = [(name, unknown_parameter(name, [])) for name in request.query_params]
    body = dict(request.data)
    errors += [(name, unknown_parameter(name, ["text"])) for name in body if name != "text"]
    text = body.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_CHARACTERS:
        errors.append(("text", f"Give a text of at most {MAX_CHARACTERS:,} characters."))
    if errors:
        raise InvalidParameters(*errors)
    return str(text)


def _record(known: Known, site: str) -> dict[str, Any]:
    return {
        "language": known.language,
        "companies": [_named(named, f"{site}/api/v1/companies/") for named in known.companies],
        "people": [_named(named, f"{site}/api/v1/people/") for named in known.people],
        "statements": [_statement(statement, site) for statement in known.statements],
        "moves": [_fact(move, site) for move in known.moves],
    }


def _named(named: Named, addresses: str) -> dict[str, Any]:
    bearers = [
        {
            "id": entity.public_id,
            "slug": entity.slug,
            "name": entity.name,
            "name_zh": entity.name_zh or None,
            "url": f"{addresses}{entity.slug}/",
        }
        for entity in named.candidates
    ]
    return {"name": named.name, "start": named.start, "count": named.count, "candidates": bearers}


def _statement(statement: Statement, site: str) -> dict[str, Any]:
    return {
        "kind": statement.kind,
        "status": statement.status,
        "quote": statement.quote,
        "start": statement.start,
        "end": statement.end,
        "standing": statement.standing.value,
        "facts": [_fact(fact, site) for fact in statement.facts],
    }


def _fact(fact: Any, site: str) -> dict[str, Any]:
    noun = _NOUNS.get(type(fact), "signals")
    return {
        "noun": noun,
        "id": fact.public_id,
        "status": fact.status,
        "reporters": fact.reporters,
        "quote": fact.lead_claim.quote,
        "url": f"{site}/api/v1/{noun}/{fact.public_id}/",
        "html_url": f"{site}/{noun}/{fact.public_id}/",
        "citation_url": f"{site}/api/v1/{noun}/{fact.public_id}/citation/",
    }

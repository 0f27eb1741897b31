"""The change feed of the API: pages, CloudEvents, and a stream of Server-Sent Events. Reading from any place gives each
event once, in order, also while facts are being written."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from talent import changefeed
from talent.api.documentation import HEADERS, UNCHANGED, problems
from talent.api.problems import InvalidParameters
from talent.api.renderers import JSONRenderer
from talent.models import ClaimKind, EventType
from talent.serializers.events import EventPage, EventSerializer

DEFAULT_LIMIT, MAX_LIMIT = 100, 500
CLOUDEVENTS = "application/cloudevents-batch+json"
# A stream is left to the client to take up again after this time: it holds a thread of the server.
STREAM_SECONDS = 50.0
STREAM_STEP = 1.0
_streams = threading.BoundedSemaphore(settings.EVENT_STREAMS)
# The largest number that the database can hold.
_LARGEST = 2**63 - 1

_CURSOR = OpenApiParameter(
    "after",
    {"type": "string", "pattern": r"^[0-9]{0,18}$", "default": "0"},
    description="the cursor of an earlier answer, or the id of an event; “0” begins with the first event",
)
_NOUN = OpenApiParameter("noun", {"type": "array", "items": {"type": "string", "enum": ClaimKind.values}}, explode=True)
_TYPE = OpenApiParameter("type", {"type": "array", "items": {"type": "string", "enum": EventType.values}}, explode=True)
_LIMIT = OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT})


@dataclass(frozen=True, slots=True)
class Place:
    """From where a reader reads on, and what of."""

    after: int
    limit: int
    nouns: Collection[str]
    types: Collection[str]


class CloudEventsRenderer(JSONRenderer):
    """A page as a batch of CloudEvents 1.0; where to read on is in the Link header."""

    media_type = CLOUDEVENTS
    format = "cloudevents"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The bytes of the batch; an error stays a problem."""
        events = [_cloud_event(event) for event in data["results"]] if "results" in data else data
        return super().render(events, accepted_media_type, renderer_context)


def _cloud_event(event: dict[str, Any]) -> dict[str, Any]:
    site, _, _ = event["subject"]["url"].partition("/api/")
    return {
        "specversion": "1.0",
        "id": event["id"],
        "source": f"{site}/api/v1/events/",
        "type": event["type"],
        "time": event["occurred"],
        "subject": event["subject"]["id"],
        "datacontenttype": "application/json",
        "data": event,
    }


class EventsView(APIView):
    """What happened to facts, oldest first: keep the cursor, and ask again with it for what has happened since."""

    renderer_classes = [JSONRenderer, CloudEventsRenderer]

    @extend_schema(
        operation_id="events_list",
        tags=["Events"],
        summary="Read the change feed",
        parameters=[_CURSOR, _LIMIT, _NOUN, _TYPE, *HEADERS],
        responses={
            (200, "application/json"): EventPage,
            (200, CLOUDEVENTS): OpenApiResponse(OpenApiTypes.OBJECT, description="the same as CloudEvents 1.0"),
            304: UNCHANGED,
            **problems(400, 406, 429),
        },
    )
    def get(self, request: Request) -> Response:
        """One piece of the feed."""
        place = _place(request)
        events, reached = changefeed.read(place.after, limit=place.limit, nouns=place.nouns, types=place.types)
        onwards = replace_query_param(request.build_absolute_uri(), "after", str(reached))
        page = {
            "results": _written(request, events),
            "next": onwards,
            "cursor": str(reached),
            "caught_up": len(events) < place.limit,
        }
        return Response(page, headers={"Link": f'<{onwards}>; rel="next"'})


def _written(request: Request | HttpRequest, events: list[changefeed.Event]) -> list[dict[str, Any]]:
    serializer = EventSerializer(context={"site": request.build_absolute_uri("/")[:-1]})
    return [serializer.to_representation(event) for event in events]


def _place(request: Request) -> Place:
    known = {"after", "limit", "noun", "type"}
    errors = [(name, f"There is no parameter “{name}”.") for name in request.query_params if name not in known]
    after = request.query_params.get("after") or "0"
    limit = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not (after.isascii() and after.isdigit() and int(after) <= _LARGEST):
        errors.append(("after", "Send the cursor of an earlier answer, or 0 for the beginning."))
    elif int(after) > changefeed.newest():
        errors.append(("after", "This place lies ahead of the feed: begin again with 0 and compare."))
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit) <= MAX_LIMIT):
        errors.append(("limit", f"Send a whole number from 1 to {MAX_LIMIT}."))
    nouns, types = request.query_params.getlist("noun"), request.query_params.getlist("type")
    errors += [("noun", f"Choose from {', '.join(ClaimKind.values)}.")] * bool({*nouns} - {*ClaimKind.values, ""})
    errors += [("type", f"Choose from {', '.join(EventType.values)}.")] * bool({*types} - {*EventType.values, ""})
    if errors:
        raise InvalidParameters(*errors)
    return Place(int(after), int(limit), {*nouns} - {""}, {*types} - {""})


class TooManyStreams(exceptions.APIException):
    """All places for streams are taken."""

    status_code = 503
    default_code = "streams"
    default_detail = "All streams are taken; come back after Retry-After, or read the pages of the feed instead."
    wait = 10


class EventStreamRenderer(JSONRenderer):
    """Lets a client ask for a stream by its media type; errors are problems all the same."""

    media_type = "text/event-stream"
    format = "event-stream"


class EventStreamView(APIView):
    """The same events as Server-Sent Events. The stream ends by itself; a client takes it up with Last-Event-ID."""

    renderer_classes = [EventStreamRenderer, JSONRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponseBase:
        """The stream, from the place that the last event names, or from ``after``."""
        place = _place(request)
        if last := request.headers.get("Last-Event-ID", ""):
            place = _place_of(last, place)
        if not _streams.acquire(blocking=False):
            raise TooManyStreams
        stream = StreamingHttpResponse(_Stream(request._request, place), content_type="text/event-stream")
        stream["Cache-Control"] = "no-store, no-transform"
        # A proxy must hand every event on at once.
        stream["X-Accel-Buffering"] = "no"
        return stream


def _place_of(last: str, place: Place) -> Place:
    if not (last.isascii() and last.isdigit() and int(last) <= changefeed.newest()):
        raise InvalidParameters(("Last-Event-ID", "This place lies ahead of the feed, or is none: begin without it."))
    return Place(int(last), place.limit, place.nouns, place.types)


class _Stream:
    """Events as they come, until the time is over; gives its place back however it ends."""

    def __init__(self, request: HttpRequest, place: Place) -> None:
        self._events = _follow(request, place)
        self._held = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._events
        finally:
            self.close()

    def close(self) -> None:
        """Lets another reader in; safe to call twice."""
        if self._held:
            self._held = False
            _streams.release()


def _follow(request: HttpRequest, place: Place) -> Iterator[bytes]:
    end, after = time.monotonic() + STREAM_SECONDS, place.after
    yield b"retry: 2000\n\n"
    while time.monotonic() < end:
        events, after = changefeed.read(after, limit=place.limit, nouns=place.nouns, types=place.types)
        for event in _written(request, events):
            yield f"id: {event['id']}\nevent: {event['type']}\ndata: ".encode() + _bytes(event) + b"\n\n"
        if len(events) < place.limit:
            # A line that says nothing finds out whether anybody still listens.
            yield b": waiting\n\n"
            time.sleep(STREAM_STEP)


def _bytes(event: dict[str, Any]) -> bytes:
    return orjson.dumps(event, option=orjson.OPT_UTC_Z)

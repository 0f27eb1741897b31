"""Every error of the API as a problem of RFC 9457, with a ``detail`` that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"
ABOUT = "urn:talent-ledger:problem:"
# How to show a key, for those who sent none that opens.
CHALLENGE = 'Bearer realm="Talent Ledger API"'

log = structlog.get_logger(__name__)


class Problem(exceptions.APIException):
    """An error with a name of its own; ``default_detail`` says what to do."""


class InvalidParameters(Problem):
    """Parameters, or fields of a body, that are unknown or have an impossible value."""

    status_code = 400
    default_code = "parameters"

    def __init__(self, *errors: tuple[str, str]) -> None:
        """``errors`` are parameters and what is wrong with them."""
        super().__init__("Mend or leave out the parameters listed in “errors”.")
        self.errors = [{"parameter": name, "detail": detail} for name, detail in errors]


class Withdrawn(Problem):
    """There was such a record; it has been taken back."""

    status_code = 410
    default_code = "withdrawn"
    default_detail = "This record was withdrawn. Delete copies of it; it does not come back."


HINTS: dict[int, str] = {
    401: "Send valid credentials, or none: reading needs none.",
    403: "Your credentials do not allow this.",
    404: "There is no such record. The lists under /api/v1/ name those there are.",
    405: "Use {allowed}: this part of the API is read-only.",
    406: "Ask for application/json, or send no Accept header.",
    415: "Send a body of type application/json or multipart/form-data.",
    429: "Wait for the seconds that Retry-After names, then go on.",
    500: "This is our fault. Try again later; tell us the request identifier if it stays.",
}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The response to an error in a view; None lets Django show a programmer the traceback."""
    request = context["request"]
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif not isinstance(error, exceptions.APIException):
        if settings.DEBUG:
            return None
        got_request_exception.send(sender=type(context.get("view")), request=request._request)
        log.error("api_failed", exc_info=error)
        error = exceptions.APIException()
    wait = getattr(error, "wait", None)
    headers = {"Retry-After": str(wait)} if wait else {}
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = CHALLENGE
    problem = dict(_members(error, context))
    return Response(problem, status=error.status_code, headers=headers, content_type=MEDIA_TYPE)


def _members(error: exceptions.APIException, context: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    status, code = error.status_code, error.default_code
    named = isinstance(error, Problem)
    yield "type", ABOUT + code if named else "about:blank"
    yield "title", HTTPStatus(status).phrase
    yield "status", status
    yield "detail", str(error.detail) if named else _hint(error, context)
    yield "instance", context["request"].path
    yield "request_id", request_id()
    if isinstance(error, InvalidParameters):
        yield "errors", error.errors


def _hint(error: exceptions.APIException, context: dict[str, Any]) -> str:
    view = context.get("view")
    allowed = ", ".join(view.allowed_methods) if view else "GET"
    return HINTS.get(error.status_code, str(error.detail)).format(allowed=allowed)


def request_id() -> str | None:
    """The identifier under which the logs know this request."""
    identifier = structlog.contextvars.get_contextvars().get("request_id")
    return str(identifier) if identifier else None

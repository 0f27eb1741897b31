"""What every answer of the API carries, errors and redirects too: leave for other sites to read it, its request's
identifier, and a validator by which an unchanged answer is not sent twice."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from talent.api import limits
from talent.api.problems import request_id
from talent.limits import COUNTED, Allowance, allowance
from talent.short import EXPOSED, tag_of

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
# Where a key's owner writes, and where questions are too long for an address; a key is a header, which no other site
# can make a browser send in somebody's name.
POSTING = frozenset({"/api/v1/articles/", "/api/v1/mentions/", "/api/v1/reconcile/"})
# What answers nothing else.
ONLY_POSTED = frozenset({"/api/v1/mentions/"})


class ApiMiddleware:
    """Reading is free to everybody, so no origin is treated unlike another and no cookie is asked for.

    What was asked for before at a short way (``talent.short``) in vain is counted already.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        left = request.META[COUNTED] if COUNTED in request.META else allowance(request)
        response = self._answer(request, left)
        if left is not None:
            limits.tell(response, left)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        if identifier := request_id():
            response["X-Request-ID"] = identifier
        return response

    def _answer(self, request: HttpRequest, left: Allowance | None) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _preflight(request)
        if left is not None and left.left < 0:
            return limits.refusal(request, left)
        return _validated(request, self.get_response(request))


def _preflight(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=204)
    del response["Content-Type"]
    methods = f"{METHODS}, POST" if request.path_info in POSTING else METHODS
    if request.path_info in ONLY_POSTED:
        methods = "OPTIONS, POST"
    response["Allow"] = response["Access-Control-Allow-Methods"] = methods
    response["Access-Control-Allow-Headers"] = (
        "Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Modified-Since, If-None-Match, "
        "Last-Event-ID"
    )
    response["Access-Control-Max-Age"] = "86400"
    return response


def _validated(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response with its validator, or 304 where the reader holds it already."""
    if response.status_code != 200 or not isinstance(response, HttpResponse) or request.method not in {"GET", "HEAD"}:
        return response
    patch_vary_headers(response, ["Accept"])
    response.setdefault("Cache-Control", "public, no-cache")
    response["ETag"] = tag_of(response.content)
    changed = parse_http_date_safe(response["Last-Modified"]) if response.has_header("Last-Modified") else None
    checked = get_conditional_response(request, etag=response["ETag"], last_modified=changed, response=response)
    return checked if checked is not None else response

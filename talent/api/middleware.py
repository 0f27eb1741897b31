"""What every answer of the API carries, errors and redirects too: leave for other sites to read it, its request's
identifier, and a validator by which an unchanged answer is not sent twice."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from talent.api.problems import request_id

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Link, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID"


class ApiMiddleware:
    """Reading is free to everybody, so no origin is treated unlike another and no cookie is asked for.

    An answer's validator is a hash of its bytes: it also changes when only the name of a company in it does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = _preflight() if request.method == "OPTIONS" else _validated(request, self.get_response(request))
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        if identifier := request_id():
            response["X-Request-ID"] = identifier
        return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _validated(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response with its validator, or 304 where the reader holds it already."""
    if response.status_code != 200 or not isinstance(response, HttpResponse) or request.method not in {"GET", "HEAD"}:
        return response
    patch_vary_headers(response, ["Accept"])
    response.setdefault("Cache-Control", "public, no-cache")
    response["ETag"] = f'"{blake2b(response.content, digest_size=16).hexdigest()}"'
    checked = get_conditional_response(request, etag=response["ETag"], response=response)
    return checked if checked is not None else response

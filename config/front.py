"""The front: what readers ask for most, answered before Django's middleware, with everything that they would get of it.

A request that is in any way out of the ordinary (not a GET, somebody who shows a key or has signed in, a repeated
parameter, an unknown host, traces to be sent) goes on to Django untouched, as does every request for which a short way
has no answer. `tests/test_front.py` compares the bytes and headers of both ways.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import psycopg
import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, InterfaceError, connections
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe
from django.utils.module_loading import import_string
from django.utils.text import compress_string
from psycopg_pool import PoolTimeout

from config import logs, metrics, router, urls
from talent import limits
from talent.short import EXPOSED, Answer, Asked, Headers, Short, tag_of

log = structlog.get_logger(__name__)

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
# As Django's way has it: shorter answers are not compressed.
_WORTH_COMPRESSING, _RANDOM_BYTES = 200, 100
_GZIP = re.compile(r"\bgzip\b")
# Who sends one of these wants more than an answer.
_UNUSUAL = ("HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE", "HTTP_HX_REQUEST")
_DRESSING = (
    "django.middleware.security.SecurityMiddleware",
    "config.policy.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


class Front:
    """A WSGI application before another one."""

    def __init__(self, application: Application, ways: Iterable[Short] | None = None) -> None:
        self._application = application
        self._ways = list(urls.short_ways if ways is None else ways)
        self._open = not settings.OTEL_EXPORTER_OTLP_ENDPOINT

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        found = self._found(environ) if self._open and environ["REQUEST_METHOD"] == "GET" else None
        asked = found and _asked(environ)
        if found is None or asked is None:
            return self._application(environ, start_response)
        way, groups = found
        left = None
        if way.kind == "api":
            environ[limits.COUNTED] = left = limits.allowance_in(environ)
            if left is not None and left.left < 0:
                return self._application(environ, start_response)
        answer = _answered(way, asked, groups)
        if answer is None:
            return self._application(environ, start_response)
        identifier = str(uuid4())
        status, headers, body = _dressed(way, asked, answer, left, identifier)
        metrics.count(way.name, "GET", int(status[:3]), time.perf_counter() - began)
        logs.tell_request(environ, int(status[:3]), identifier)
        start_response(status, headers)
        return [body]

    def _found(self, environ: dict[str, Any]) -> tuple[Short, tuple[str | None, ...]] | None:
        """The short way to that address, with the parts of the path that it wants."""
        path = environ["PATH_INFO"]
        for way in self._ways:
            if match := way.path.fullmatch(path):
                return way, match.groups()
        return None


def _asked(environ: dict[str, Any]) -> Asked | None:
    """What is asked, where it is asked in the ordinary way by somebody who is nobody in particular."""
    if environ.get("SCRIPT_NAME") or any(name in environ for name in _UNUSUAL):
        return None
    cookies = environ.get("HTTP_COOKIE", "")
    if cookies and (settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies):
        return None
    query = environ.get("QUERY_STRING", "")
    if not query.isascii() or len(query) > 2000:
        return None
    pairs = parse_qsl(query, keep_blank_values=True) if query else []
    parameters = dict(pairs)
    if len(parameters) < len(pairs):
        return None
    site = _site(
        environ.get("HTTP_HOST"),
        environ["SERVER_NAME"],
        environ["SERVER_PORT"],
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO"),
    )
    return None if site is None else Asked(environ["PATH_INFO"], query, parameters, site, environ)


@lru_cache(maxsize=1000)
def _site(host: str | None, name: str, port: str, scheme: str, forwarded: str | None) -> str | None:
    """Scheme and host; None for a host that is not this site's, or a scheme from which readers are led away."""
    environ = {"REQUEST_METHOD": "GET", "SERVER_NAME": name, "SERVER_PORT": port, "wsgi.url_scheme": scheme}
    environ |= {"HTTP_HOST": host} if host is not None else {}
    environ |= {"HTTP_X_FORWARDED_PROTO": forwarded} if forwarded is not None else {}
    request = WSGIRequest({**environ, "wsgi.input": BytesIO()})
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return None
    try:
        return request.build_absolute_uri("/")[:-1]
    except DisallowedHost:
        return None


# ------------------------------------------------------------------ the answer


def _answered(way: Short, asked: Asked, groups: tuple[str | None, ...]) -> Answer | None:
    """The short way's answer. What fails is left to the general way, which knows how to say so."""
    if way.kind == "api" and asked.environ.get("HTTP_ACCEPT", "*/*") not in ("*/*", "application/json"):
        return None
    try:
        with router.reading(when=True):
            return way.answer(asked, *groups)
    except (DatabaseError, InterfaceError, PoolTimeout, psycopg.Error):
        return None
    except Exception:
        log.exception("short_way_failed", path=asked.path)
        return None
    finally:
        _give_back()


def _dressed(
    way: Short, asked: Asked, answer: Answer, left: limits.Allowance | None, identifier: str
) -> tuple[str, list[tuple[str, str]], bytes]:
    """Status, headers and body as they leave the site."""
    headers = [*_common(way.kind, way.language, asked.site.startswith("https:"))]
    if way.kind == "api":
        headers.append(("X-Request-ID", identifier))
        if left is not None:
            headers += limits.told(left)
    tag = (answer.tag or tag_of(answer.body)) if way.kind == "api" else ""
    vary = _vary(way)
    if tag and _is_known(asked.environ, tag, answer.modified):
        headers += [("ETag", tag), ("Cache-Control", answer.cache), ("Vary", vary), ("Content-Length", "0")]
        headers += [("Last-Modified", answer.modified)] if answer.modified else []
        return "304 Not Modified", headers, b""
    body = answer.body
    headers += [("Content-Type", answer.content_type), *answer.headers]
    if way.kind == "api":
        headers += [("Cache-Control", answer.cache), ("Last-Modified", answer.modified)][: 1 + bool(answer.modified)]
    if len(body) >= _WORTH_COMPRESSING and "no-transform" not in answer.cache:
        vary = f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"
        if _GZIP.search(asked.environ.get("HTTP_ACCEPT_ENCODING", "")):
            small = compress_string(body, max_random_bytes=_RANDOM_BYTES)
            if len(small) < len(body):
                body, tag = small, tag and f"W/{tag}"
                headers.append(("Content-Encoding", "gzip"))
    headers += [("ETag", tag)] if tag else []
    headers += [("Vary", vary), ("Content-Length", str(len(body)))]
    return "200 OK", headers, body


def _vary(way: Short) -> str:
    # Where the path names the language, nothing else is asked for it.
    names = (["Accept"] if way.kind == "api" else []) + (["Accept-Language"] if way.language == "en" else [])
    return ", ".join(names)


def _is_known(environ: dict[str, Any] | Any, tag: str, modified: str) -> bool:
    """Whether the reader holds this answer already."""
    if "HTTP_IF_NONE_MATCH" not in environ and "HTTP_IF_MODIFIED_SINCE" not in environ:
        return False
    request: Any = type("Conditions", (), {"META": environ, "method": "GET"})
    changed = parse_http_date_safe(modified) if modified else None
    checked: Any = get_conditional_response(request, etag=tag, last_modified=changed, response=HttpResponse())
    return bool(checked.status_code == 304)


@lru_cache(maxsize=8)
def _common(kind: str, language: str, secure: bool) -> Headers:
    """Headers that all answers have, as the middleware says them."""
    chain: Any = lambda _request: HttpResponse()  # noqa: E731
    for name in reversed(_DRESSING):
        chain = import_string(name)(chain)
    scheme = "https" if secure else "http"
    environ = {"REQUEST_METHOD": "GET", "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": scheme}
    if secure and settings.SECURE_PROXY_SSL_HEADER:
        environ[settings.SECURE_PROXY_SSL_HEADER[0]] = settings.SECURE_PROXY_SSL_HEADER[1]
    response = chain(WSGIRequest({**environ, "wsgi.input": BytesIO()}))
    del response["Content-Type"]
    response["Content-Language"] = language
    if kind == "api":
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
    return tuple(response.items())


# ------------------------------------------------------------------ connections


def _give_back() -> None:
    """What Django does at the end of a request: its connections go back to the pool. Short ways have their own, and ask
    for one of these seldom."""
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()

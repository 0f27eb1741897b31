"""The short ways to the answers that are asked for most: the same bytes and headers as the general way gives, without
what that has to do for questions of any kind. Whatever is out of the ordinary is left to it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import orjson
import psycopg
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from rest_framework.permissions import AllowAny

from talent import hot, keyset
from talent.api.suggestions import KEPT as SUGGESTIONS_KEPT
from talent.api.suggestions import suggested
from talent.hot import records
from talent.search import suggest
from talent.short import Answer, Asked, Headers

ALLOWED = ("Allow", "GET, HEAD, OPTIONS")
_SLUG = re.compile(r"[-\w]{1,160}")


def is_open(view: Any) -> bool:
    """Whether anybody may ask the view: nobody has to be known, and nothing is counted but before it."""
    return not view.authentication_classes and not view.throttle_classes and view.permission_classes == [AllowAny]


def answer(view: Any, request: HttpRequest, identifier: str | None) -> HttpResponse | None:
    """The list of moves, or the move of that identifier, for who does not come by the front; None where the general way
    has to answer."""
    accepted = request.META.get("HTTP_ACCEPT", "*/*")
    once = all(len(values) == 1 for _, values in request.GET.lists())
    if request.method != "GET" or not once or not is_open(view) or accepted not in ("*/*", "application/json"):
        return None
    site, query = request.build_absolute_uri("/")[:-1], request.META.get("QUERY_STRING", "")
    asked = Asked(request.path_info, query, request.GET.dict(), site, request.META)
    try:
        found = moves(asked) if identifier is None else move(asked, identifier)
    except psycopg.Error:
        # The general way meets the same, and knows how to say so.
        return None
    if found is None:
        return None
    made = HttpResponse(found.body, content_type=found.content_type, headers=dict(found.headers))
    if found.modified:
        made["Last-Modified"] = found.modified
    return made


def move(asked: Asked, identifier: str) -> Answer | None:
    """A move with its evidence."""
    if asked.parameters:
        return None
    try:
        found = hot.move_with_evidence(identifier, asked.site)
    except hot.Unusual:
        return None
    if found is None:
        return None
    record, changed = found
    return Answer(_written(record), modified=http_date(changed.timestamp()), headers=(ALLOWED,))


def moves(asked: Asked) -> Answer | None:
    """A page of the list of moves."""
    slugs = dict(asked.parameters)
    cursor, limit = slugs.pop("cursor", ""), _limit(slugs.pop("limit", None))
    if limit is None:
        return None
    if slugs.keys() - hot.SLUGS or not all(_SLUG.fullmatch(slug) for slug in slugs.values()):
        return None
    query = keyset.query_of_pairs(asked.path, asked.parameters.items())
    try:
        page = hot.page_of_moves(slugs, query=query, limit=limit, cursor=cursor)
    except keyset.BadCursor:
        return None
    neighbours, headers = neighbours_of(asked, page)
    results = [records.move(row, asked.site) for row in page.rows]
    return Answer(_written({"results": results, **neighbours}), headers=headers)


def people(asked: Asked) -> Answer | None:
    """A page of the people one of whose names holds the words."""
    return _named(asked, "person", "people")


def companies(asked: Asked) -> Answer | None:
    """The same of companies."""
    return _named(asked, "company", "companies")


def _named(asked: Asked, kind: hot.Kind, noun: str) -> Answer | None:
    words, limit = asked.parameters.get("q", ""), _limit(asked.parameters.get("limit"))
    if asked.parameters.keys() - {"q", "limit", "cursor"} or limit is None:
        return None
    if not words or words != words.strip() or len(words) > 200 or not words.isprintable():
        return None
    query = keyset.query_of_pairs(asked.path, asked.parameters.items())
    try:
        page = hot.page_of_names(kind, words, query=query, limit=limit, cursor=asked.parameters.get("cursor", ""))
    except keyset.BadCursor:
        return None
    if page is None:
        return None
    neighbours, headers = neighbours_of(asked, page)
    results = [records.entity(row, asked.site, noun) for row in page.rows]
    return Answer(_written({"results": results, **neighbours}), headers=headers)


def _limit(written: str | None) -> int | None:
    """How many rows are asked for; None for what no list takes."""
    if written is None:
        return keyset.DEFAULT_LIMIT
    if written.isascii() and written.isdecimal() and len(written) < 4 and 1 <= int(written) <= keyset.MAX_LIMIT:
        return int(written)
    return None


def suggestions(asked: Asked) -> Answer | None:
    """What may be meant by what was typed so far."""
    words = asked.parameters.get("q")
    if words is None or len(asked.parameters) > 1 or len(words) > 200 or "\0" in words:
        return None
    results = [suggested(suggestion, asked.site) for suggestion in suggest(words)]
    return Answer(_written({"results": results}), cache=SUGGESTIONS_KEPT, headers=(ALLOWED,))


def neighbours_of(asked: Asked, page: keyset.Page) -> tuple[dict[str, str | None], Headers]:
    """The addresses of a page's neighbours for its body, and the headers that a list has."""
    neighbours = {"next": _address(asked, page.next), "previous": _address(asked, page.previous)}
    links = [f'<{url}>; rel="{"prev" if rel == "previous" else rel}"' for rel, url in neighbours.items() if url]
    return neighbours, (ALLOWED, ("Link", ", ".join(links))) if links else (ALLOWED,)


def _address(asked: Asked, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    # As the general way writes it: by name, and quoted anew.
    return f"{asked.site}{asked.path}?{urlencode(sorted({**asked.parameters, 'cursor': cursor}.items()))}"


def _written(record: Any) -> bytes:
    return orjson.dumps(record, option=orjson.OPT_UTC_Z)

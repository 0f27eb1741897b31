"""Every list of facts as a feed: what was entered last of what the list's parameters ask for."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from talent import keyset, limits
from talent.syndication import FORMATS, Entry, Feed
from talent.templatetags.addresses import original
from talent.templatetags.jinja import page_language
from talent.templatetags.wording import sentence
from talent.views.explore import Unanswerable, asked_for, list_query, title_of
from talent.views.lists import tidied
from talent.views.refusals import cannot_be_asked, come_back

NEWEST = 50


def feed_of(noun: str) -> Callable[..., HttpResponseBase]:
    """The view of a list's feeds. One query."""

    @require_safe
    def view(request: HttpRequest, ending: str) -> HttpResponseBase:
        if ending not in FORMATS:
            raise Http404
        if (left := limits.allowance(request)) is not None and left.left < 0:
            return come_back(request, left.seconds, status=429)
        try:
            # A feed tells what is new here, of whatever day it speaks.
            parameters = tidied(request.GET)
            asked = asked_for(noun, parameters, sort="added")
        except Unanswerable as error:
            return cannot_be_asked(request, error)
        facts = list(keyset.first_of(asked.rows, NEWEST, either=asked.either))
        media_type, write = FORMATS[ending]
        site, query = request.build_absolute_uri("/")[:-1], list_query(parameters)
        feed = Feed(
            title=f"{settings.SITE_NAME}: {title_of(noun, asked, parameters, facts)}",
            author=settings.SITE_NAME,
            site=site + reverse("home"),
            page=site + reverse(noun) + query,
            address=site + reverse(f"{noun}-feed", args=[ending]) + query,
            language=page_language(),
            entries=[_entry(fact, site) for fact in facts],
        )
        return _answer(request, write(feed), media_type)

    return view


def _entry(fact: Any, site: str) -> Entry:
    context = {"fact": fact, "said": sentence(fact)}
    return Entry(
        address=site + fact.get_absolute_url(),
        title=sentence(fact, attributed=False).striptags(),
        # Names are links of the site's own making; a reader elsewhere needs them whole.
        content=render_to_string("parts/entry.html", context).replace('href="/', f'href="{site}/'),
        original=original(fact.lead_claim),
        tags=(fact.status, getattr(fact, "kind", "") or fact.metric),
        published=fact.created_at,
        updated=fact.updated_at,
    )


def _answer(request: HttpRequest, body: bytes, media_type: str) -> HttpResponseBase:
    """The feed, or 304 where the reader has it. Its age is no validator: what is withdrawn leaves without a date."""
    response = HttpResponse(body, content_type=f"{media_type}; charset=utf-8")
    response["ETag"] = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    # It names people whom search engines are not to find.
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response

"""Pages to show within other sites, and oEmbed, by which those sites learn of them.

Only these pages may be framed. They look at no session and set no cookie.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, Resolver404, ResolverMatch, path, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from talent.models import CompensationReport, Move, Signal
from talent.templatetags.titles import page_title
from talent.views.answers import addressed
from talent.views.entities import newest_moves
from talent.views.lookup import MovedTo, Withdrawn, company_at, find_fact, onwards, person_at

# In pixels; the frame scrolls where its words need more.
WIDTH, HEIGHT, PICTURE_HEIGHT = 640, 300, 560
COMPANY_MOVES = 5
_AN_HOUR = 3600
# By the name of a page's address: what finds the row that it is about, and under which keyword the address names it.
_ROWS: dict[str, tuple[Callable[[str], Any], str]] = {
    "move": (partial(find_fact, Move), "public_id"),
    "compensation-report": (partial(find_fact, CompensationReport), "public_id"),
    "signal": (partial(find_fact, Signal), "public_id"),
    "company": (company_at, "slug"),
    "company-picture": (company_at, "slug"),
    "timeline": (person_at, "slug"),
    "group-picture": (partial(find_fact, Move), "public_id"),
}
# Pages that are a picture; those that are about everybody have no row.
_PICTURES = ("company-picture", "timeline", "group-picture", "pay-picture", "flows")


def fact_embed(model: type[Any]) -> Callable[..., HttpResponseBase]:
    """A fact with its quote, to be shown within another site."""

    @xframe_options_exempt
    @require_safe
    @addressed
    def embed(request: HttpRequest, public_id: str) -> HttpResponse:
        with onwards("embed/"):
            fact = find_fact(model, public_id)
        return _embed(request, {"row": fact, "fact": fact})

    return embed


@xframe_options_exempt
@require_safe
@addressed
def company_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """A company with its newest moves, to be shown within another site. Two queries."""
    with onwards("embed/"):
        company = company_at(slug)
    return _embed(request, {"row": company, "moves": newest_moves(company)[:COMPANY_MOVES]})


def _embed(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    answer = render(request, "embed.html", context)
    answer["Cache-Control"] = "public, max-age=300"
    return answer


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """How to show the page at ``url`` within another site, as oEmbed 1.0 says it."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only JSON is written here.", status=501, content_type="text/plain")
    address = _address(request)
    with override(get_language_from_path(address.path) or settings.LANGUAGE_CODE):
        page = _page_at(address.path)
        title = _title_of(page)
        source = request.build_absolute_uri(_embed_address(page, address.query))
    width = _size(request, "maxwidth", WIDTH)
    height = _size(request, "maxheight", PICTURE_HEIGHT if page.url_name in _PICTURES else HEIGHT)
    frame = format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:0;max-width:100%"></iframe>',
        *(source, title, width, height),
    )
    answer = JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "provider_name": settings.SITE_NAME,
            "provider_url": request.build_absolute_uri("/"),
            "cache_age": _AN_HOUR,
            "width": width,
            "height": height,
            "html": frame,
        }
    )
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={_AN_HOUR}"
    return answer


def _size(request: HttpRequest, name: str, most: int) -> int:
    asked = request.GET.get(name, "")
    if not asked:
        return most
    if not (asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 and int(asked)):
        raise BadRequest(_("“%(name)s” must be a number of pixels.") % {"name": name})
    return min(int(asked), most)


def _address(request: HttpRequest) -> SplitResult:
    """The address asked about; 404 where it is none of this site."""
    try:
        address = urlsplit(request.GET.get("url", ""))
    except ValueError as error:
        raise Http404 from error
    if address.netloc != request.get_host() or address.scheme not in ("http", "https"):
        raise Http404
    return address


def _page_at(path: str) -> ResolverMatch:
    """The page of this site at that path."""
    try:
        return resolve(path)
    except Resolver404 as error:
        raise Http404 from error


def _title_of(page: ResolverMatch) -> str:
    """What the page is called; 404 where readers may not see it."""
    if page.url_name not in _ROWS:
        return settings.SITE_NAME
    find, keyword = _ROWS[page.url_name]
    try:
        return page_title(find(page.kwargs[keyword]))
    except (MovedTo, Withdrawn) as error:
        raise Http404 from error


def _embed_address(page: ResolverMatch, query: str) -> str:
    """The address of the page's form for other sites; 404 where it has none."""
    try:
        address = reverse(f"{page.url_name}-embed", kwargs=page.kwargs)
    except NoReverseMatch as error:
        raise Http404 from error
    return f"{address}?{query}" if query else address


urlpatterns = [
    path("oembed", oembed, name="oembed"),
    path("companies/<slug:slug>/embed/", company_embed, name="company-embed"),
    path("moves/<slug:public_id>/embed/", fact_embed(Move), name="move-embed"),
    path("signals/<slug:public_id>/embed/", fact_embed(Signal), name="signal-embed"),
    path("compensation/<slug:public_id>/embed/", fact_embed(CompensationReport), name="compensation-report-embed"),
]

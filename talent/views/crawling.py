"""What programs that read the whole site are told: robots.txt and the site maps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from talent import sitemaps
from talent.views.lookup import site_of

# By the tag of a language: what stands before a page's path.
_PREFIXES = {"en": "", "zh-Hans": "/zh-hans", "x-default": ""}
# Rooms of readers with an account, and pages that only repeat others. Pages that must not be listed stay open to
# crawlers: only so are they told.
_CLOSED = ("/desk/", "/press/", "/account/", "/admin/", "/login/", "/search", "/api/", "/oembed", "/corrections/new")
_AN_HOUR = "public, max-age=3600"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Who may crawl what, and where the site map is."""
    closed = [f"Disallow: {prefix}{path}" for prefix in ("", "/zh-hans") for path in _CLOSED]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8", headers={"Cache-Control": _AN_HOUR})


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The index of the site maps."""
    return _xml(sitemaps.index(site_of(request)))


@require_safe
def sitemap(request: HttpRequest, name: str) -> HttpResponse:
    """One site map: "pages", or a noun with the number of a chunk."""
    noun, _dash, number = name.rpartition("-")
    if name == "pages":
        return _xml(sitemaps.pages(site_of(request), _PREFIXES))
    # Nine digits: no id has more.
    if noun not in sitemaps.NOUNS or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    return _xml(sitemaps.chunk(noun, int(number), site=site_of(request), prefixes=_PREFIXES))


def _xml(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/xml; charset=utf-8", headers={"Cache-Control": _AN_HOUR})

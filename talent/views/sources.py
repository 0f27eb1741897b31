"""Outlets: who publishes what is read here, how steadily, and what it yields."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, Feed, Source
from talent import outlets
from talent.filters import SourceFilter
from talent.roles import SEE_PRESS
from talent.views.lists import ListPage

# What a page of one outlet shows of each; the lists have all.
SECTION_SIZE = 15
MOST_FEEDS = 50


class Sources(ListPage):
    """Who publishes what is read here."""

    noun = "sources"
    filters = SourceFilter

    def rows(self) -> Any:
        newest = Article.objects.filter(source=OuterRef("pk")).order_by("-id").values("retrieved_at")[:1]
        feeds = Feed.objects.filter(source=OuterRef("pk"), parent=None)
        return Source.objects.annotate(
            newest=Subquery(newest), polled=Exists(feeds.filter(state="active")), flagged=Exists(feeds.flagged())
        )


@require_safe
def source_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One outlet: its feeds and how they fare, its figures, and the newest of what it told. Six queries."""
    source: Source = get_object_or_404(Source, slug=slug)
    now = timezone.now()
    found = outlets.health(source, now=now)
    claims = [claim for claim in outlets.claims_of(found.articles)[:SECTION_SIZE] if claim.fact]
    context = {
        "source": source,
        "feeds": list(Feed.objects.for_list().filter(source=source)[:MOST_FEEDS]),
        "health": found,
        "looked_at": outlets.LOOKED_AT,
        "articles": list(Article.objects.for_list().filter(pk__in=found.articles[:SECTION_SIZE])),
        "claims": claims,
        "moves": list(outlets.moves_of(found.articles)[:SECTION_SIZE]),
        "now": now,
        "may_see_press": settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm(SEE_PRESS),
    }
    return render(request, "source.html", context)

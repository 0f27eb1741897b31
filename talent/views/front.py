"""The front page, and the page about the site itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article
from talent import structured
from talent.models import Company, CompensationReport, Move, Person, Signal, Status
from talent.views.lookup import site_of

NEWEST = 8
# Beyond this a count is shown as "10,000+": the front page never waits for a count of a large table.
COUNTED_UP_TO = 10_000
COUNTS_FOR_SECONDS = 60
# Fewer rows than these are counted faster than an old count is excused.
WORTH_KEEPING = 1_000


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, a box to search in, the newest moves. Two queries, one of them now and then."""
    context = {
        "newest": list(Move.objects.for_list()[:NEWEST]),
        "counts": _counts(),
        "counted_up_to": COUNTED_UP_TO,
        "linked_data": structured.script(structured.website(site_of(request))),
    }
    return render(request, "home.html", context)


def _counts() -> dict[str, int]:
    """How many rows each list has, up to a limit; one query. Where there are many they are at most a minute old."""
    kept: dict[str, int] | None = cache.get("front-counts")
    if kept is None:
        kept = _count()
        if max(kept.values()) >= WORTH_KEEPING:
            cache.set("front-counts", kept, COUNTS_FOR_SECONDS)
    return kept


def _count() -> dict[str, int]:
    lists: dict[str, QuerySet[Any]] = {
        "moves": Move.objects.visible(),
        "people": Person.objects.visible(),
        "companies": Company.objects.visible(),
        "compensation": CompensationReport.objects.visible(),
        "signals": Signal.objects.visible(),
        "articles": Article.objects.all(),
    }
    capped = [rows.order_by().values("pk")[: COUNTED_UP_TO + 1].query.sql_with_params() for rows in lists.values()]
    # Django wrote the inner queries; their values stay parameters.
    columns = ", ".join(f"(SELECT count(*) FROM ({sql}) AS capped)" for sql, _ in capped)  # noqa: S608  # see above
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [p for _, parameters in capped for p in parameters])
        return dict(zip(lists, cursor.fetchone(), strict=True))


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, how it is made, what the words mean, whom to write to."""
    return render(request, "about.html", {"statuses": Status, "contact": settings.CORRECTIONS_CONTACT})

"""The front page, the search over everything, and the page about the site itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article
from talent import keyset
from talent.filters import CompanyFilter, Filters, MoveFilter, PersonFilter
from talent.filters.names import claims_quoting
from talent.models import Company, CompensationReport, Move, Person, Signal, Status
from talent.querysets import is_published

NEWEST = 8
FOUND = 10
MAX_WORDS = 200
# Beyond this a count is shown as "10,000+": the front page never waits for a count of a large table.
COUNTED_UP_TO = 10_000
COUNTS_FOR_SECONDS = 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, a box to search in, the newest moves. Two queries, one of them now and then."""
    context = {"newest": list(Move.objects.for_list()[:NEWEST]), "counts": _counts(), "counted_up_to": COUNTED_UP_TO}
    return render(request, "home.html", context)


def _counts() -> dict[str, int]:
    """How many rows each list has, up to a limit and at most a minute old; one query."""
    return cache.get_or_set("front-counts", _count, COUNTS_FOR_SECONDS) or {}


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
def search(request: HttpRequest) -> HttpResponse:
    """One box for people, companies, moves and quotes, in any script. Four queries."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:MAX_WORDS]
    context: dict[str, Any] = {"words": words}
    if words:
        context |= _found(words)
    return render(request, "search.html", context)


def _found(words: str) -> dict[str, Any]:
    quotes = claims_quoting(words).select_related("article__source", "move", "report", "signal").order_by("-id")
    return {
        "people": _first(PersonFilter, Person.objects.visible(), words),
        "companies": _first(CompanyFilter, Company.objects.visible(), words),
        "moves": _first(MoveFilter, Move.objects.for_list(), words),
        "quotes": [c for c in quotes.defer("article__text")[:FOUND] if c.fact and is_published(c.fact)],
    }


def _first(filters: type[Filters], rows: QuerySet[Any], words: str) -> keyset.Page:
    """The first rows that the list of the same noun has for these words."""
    asked = QueryDict(mutable=True)
    asked["q"] = words
    found = filters(asked, queryset=rows)
    return keyset.paginate(found.rows, query="", limit=FOUND, either=found.either)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, how it is made, what the words mean, whom to write to."""
    return render(request, "about.html", {"statuses": Status, "contact": settings.CORRECTIONS_CONTACT})

"""The page of two companies: who connects them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from talent import keyset
from talent.interlocks import MOST_MOVES, moves_between, people_at_both, stays_of
from talent.views.answers import addressed
from talent.views.lookup import MovedTo, company_at, onwards

PAGE_SIZE = 25


@require_safe
@addressed
def interlock(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """People who were at both companies, and the moves between them. Six queries at most."""
    if slug == other:
        raise Http404
    with onwards(f"with/{other}/"):
        one = company_at(slug)
    with onwards(f"with/{slug}/"):
        two = company_at(other)
    if slug > other:
        # The two are one pair, and one pair has one address.
        raise MovedTo(f"{two.get_absolute_url()}with/{slug}/")
    page, stale = _page(request, people_at_both(one, two))
    context = {
        "one": one,
        "two": two,
        "ways": moves_between(one, two),
        "page": page,
        "stale": stale,
        "stays": stays_of(page.rows, one, two),
        "section_size": MOST_MOVES,
    }
    return render(request, "interlock.html", context, status=400 if stale else 200)


def _page(request: HttpRequest, people: Any) -> tuple[keyset.Page, bool]:
    """The page of people asked for, and whether its cursor belongs to another list."""
    try:
        cursor = request.GET.get("cursor", "")
        return keyset.paginate(people, query=request.path_info, limit=PAGE_SIZE, cursor=cursor), False
    except keyset.BadCursor:
        return keyset.Page([], None, None), True

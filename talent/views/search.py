"""One box for everything: what may be meant while a reader types, and what there is for the words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from talent.dossier import newest_of
from talent.filters import ClaimFilter
from talent.limits import allowance
from talent.models import Claim, Person
from talent.search import FOUND, everything, moves_between, named_within, suggest
from talent.views.lists import ListPage
from talent.words import asked_for

MAX_WORDS = 200
# So long a browser may show what it was told before.
SUGGESTED_FOR_SECONDS = 60


@require_safe
@conditional_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """The options of the search box for what was typed so far: a fragment of a page, usually one query."""
    left = allowance(request)
    if left is not None and left.left < 0:
        return HttpResponse(status=429, headers={"Retry-After": str(left.seconds)})
    answer = render(request, "parts/suggestions.html", {"suggestions": suggest(request.GET.get("q", ""))})
    patch_cache_control(answer, public=True, max_age=SUGGESTED_FOR_SECONDS)
    return answer


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """People, companies, facts, quotes and articles for the words. Nine queries, more where no name fits."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:MAX_WORDS]
    found = everything(words) if words else None
    context: dict[str, Any] = {"words": words, "found": found, "newest": {}, "named": [], "between": []}
    if found is not None:
        if not (found.people.rows or found.companies.rows) and len(words.split()) > 1:
            context |= {"named": named_within(words), "between": moves_between(words, limit=FOUND)}
        meant = [hit.entity for hit in found.meant if isinstance(hit.entity, Person)]
        context["newest"] = newest_of([*found.people.rows, *meant])
    return render(request, "search.html", context)


class Quotes(ListPage):
    """What articles say, letter for letter, with what was asked for marked."""

    noun = "quotes"
    filters = ClaimFilter

    def rows(self) -> Any:
        return Claim.objects.visible().with_fact()

    def beside(self, rows: list[Any]) -> dict[str, Any]:
        return {"asked": asked_for(self.request.GET.get("q", ""))}

"""What is disputed: the newest facts of which articles say what cannot all be right."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from talent.dossier import disputed
from talent.models import CompensationReport, Move, Signal

# So many of the newest facts of each kind are looked through, and so many disputes are shown.
LOOKED_AT = 1_000
SHOWN = 50


@require_safe
def disputed_page(request: HttpRequest) -> HttpResponse:
    """The disputes, the newest fact first, each with who says what. Eight queries at most."""
    facts = [fact for model in (Move, CompensationReport, Signal) for fact in _told_twice(model)]
    facts.sort(key=lambda fact: (fact.sort_date, fact.public_id), reverse=True)
    found = disputed(facts, between_moves=True)
    context = {"found": found[:SHOWN], "more": len(found) > SHOWN, "looked_at": LOOKED_AT}
    return render(request, "disputed.html", context)


def _told_twice(model: type[Any]) -> list[Any]:
    """Of the newest facts those that several articles tell of, and moves of people who made another. Two queries."""
    person = "person_id" if model is Move else "pk"
    newest = list(model.objects.visible().newest().values_list("pk", person, "articles_count")[:LOOKED_AT])
    often = Counter(who for _, who, _ in newest if who is not None)
    told = [pk for pk, who, articles in newest if articles > 1 or often[who] > 1]
    return list(model.objects.for_list().filter(pk__in=told)) if told else []

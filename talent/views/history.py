"""The history of a fact, a person or a company; for editors with a way back, which the desk goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from talent.corrections import noun_of
from talent.history.reading import Entry, of_company, of_fact, of_person
from talent.models import Company, CompensationReport, Decision, Move, Person, Signal
from talent.roles import USE_DESK
from talent.views.lookup import MovedTo, find_company, find_fact, find_person


@require_safe
def move_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of a move, and of the claims under it."""
    return _of_fact(request, Move, public_id)


@require_safe
def report_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of a compensation report, and of the claims under it."""
    return _of_fact(request, CompensationReport, public_id)


@require_safe
def signal_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of a signal, and of the claims under it."""
    return _of_fact(request, Signal, public_id)


@require_safe
def person_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of a person's row, and who judged who they are."""
    with _history_elsewhere():
        person = find_person(slug, Person.objects.visible())
    return _page(request, person, of_person)


@require_safe
def company_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of a company's row."""
    with _history_elsewhere():
        company = find_company(slug, Company.objects.visible())
    return _page(request, company, of_company)


def _of_fact(request: HttpRequest, model: type[Any], public_id: str) -> HttpResponse:
    with _history_elsewhere():
        fact = find_fact(model, public_id)
    return _page(request, fact, lambda row: of_fact(noun_of(row), row))


@contextmanager
def _history_elsewhere() -> Iterator[None]:
    """What has moved has its history there, too."""
    try:
        yield
    except MovedTo as moved:
        raise MovedTo(history_of(moved.address)) from moved


def history_of(address: str) -> str:
    """Where the history of the page at that address is."""
    return f"{address}history/"


def _page(request: HttpRequest, row: Any, read: Callable[[Any], list[Entry]]) -> HttpResponse:
    entries = read(row)
    editor = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.has_perm(USE_DESK)
    context = {
        "row": row,
        "entries": entries,
        "decisions": _decisions(entries) if editor else [],
        "flashes": list(messages.get_messages(request)) if editor else [],
    }
    return render(request, "history.html", context)


def _decisions(entries: list[Entry]) -> list[Decision]:
    """What editors decided about the claims and judgements in sight and nobody has undone, the newest first."""
    claims = {entry.row for entry in entries if entry.noun == "claim"}
    judgements = {entry.row for entry in entries if entry.noun == "judgement"}
    decided = Decision.objects.filter(claim__in=claims) | Decision.objects.filter(judgement__in=judgements)
    return list(decided.that_stand().select_related("user", "claim", "judgement").distinct()[:50])

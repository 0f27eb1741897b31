"""Companies and people: their lists, and each with everything that is known about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from talent import appellations, dossier, structured
from talent.accounts import facts_known_on
from talent.corrections import responses_beside
from talent.filters import CompanyFilter, PersonFilter
from talent.models import Alias, Company, CompensationReport, Move, Person, Signal
from talent.views.as_of import asked_day
from talent.views.cards import address_of as card_address
from talent.views.lists import ListPage
from talent.views.lookup import find_company, find_person, site_of

# A page of one company shows the newest of each; the lists have all of them.
SECTION_SIZE = 25
# A list says "100+" beyond this; nobody needs the difference, and counting on would cost.
COUNTED_UP_TO = 100
# More moves of one person than anybody has made.
MOST_MOVES = 200


def _aliases(owner: str) -> ArraySubquery:
    rows = Alias.objects.filter(**{owner: OuterRef("pk")}).order_by("script", "name")
    return ArraySubquery(rows.values(json=JSONObject(name="name", kind="kind")))


def _up_to(moves: QuerySet[Any]) -> ArraySubquery:
    return ArraySubquery(moves.visible().order_by().values("pk")[: COUNTED_UP_TO + 1])  # type: ignore[attr-defined]  # a method of ours


class Companies(ListPage):
    """Who hires and who loses people."""

    noun = "companies"
    filters = CompanyFilter

    def rows(self) -> Any:
        return (
            Company.objects.visible()
            .select_related("parent")
            .annotate(
                arrived=_up_to(Move.objects.filter(destination=OuterRef("pk"))),
                departed=_up_to(Move.objects.filter(origin=OuterRef("pk"))),
            )
        )


class People(ListPage):
    """Who moved."""

    noun = "people"
    filters = PersonFilter

    def rows(self) -> Any:
        return Person.objects.visible()

    def beside(self, rows: list[Any]) -> dict[str, Any]:
        return {"newest": dossier.newest_of(rows)}


@require_safe
def company_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Arrivals, departures, pay and signals of one company, with footnotes. Seven queries at most."""
    subsidiaries = Company.objects.visible().filter(parent=OuterRef("pk")).order_by("name")
    companies = (
        Company.objects.visible()
        .select_related("parent")
        .annotate(
            names=_aliases("company"),
            children=ArraySubquery(
                subsidiaries.values(json=JSONObject(slug="slug", name="name", name_zh="name_zh"))[:50]
            ),
            arrived=_up_to(Move.objects.filter(destination=OuterRef("pk"))),
            departed=_up_to(Move.objects.filter(origin=OuterRef("pk"))),
        )
    )
    company, day = find_company(slug, companies), asked_day(request)
    moves = [m for m in facts_known_on(day, newest_moves(company, day)) if company in (m.origin, m.destination)]
    arrivals = [m for m in moves if m.destination_id == company.pk and m.origin_id != company.pk]
    departures = [m for m in moves if m.origin_id == company.pk and m.destination_id != company.pk]
    internal = [m for m in moves if m.origin_id == m.destination_id]
    reports = facts_known_on(day, _told_by(day, CompensationReport.objects.for_list().filter(company=company)))
    signals = facts_known_on(day, _told_by(day, Signal.objects.for_list().filter(company=company)))
    notes = dossier.notes_of(arrivals, departures, internal, reports, signals)
    site = site_of(request)
    context = {
        "company": company,
        "arrivals": arrivals,
        "departures": departures,
        "internal": internal,
        "reports": reports,
        "signals": signals,
        "figures": dossier.newest_figures(signals),
        "partners": dossier.partners_of(company, moves),
        "contradictions": dossier.disputed([*moves, *reports, *signals], day),
        "notes": notes,
        "numbers": dossier.numbers_of(notes),
        "others": appellations.names_of_company(company, company.names, notes),
        "as_of": day,
        "section_size": SECTION_SIZE,
        "counted_up_to": COUNTED_UP_TO,
        "responses": responses_beside(company),
        "card": card_address(company),
        "linked_data": structured.of_page(
            company,
            structured.of_company(company, company.names, site),
            structured.breadcrumbs(company, "companies", site),
            as_of=day,
        ),
    }
    return render(request, "company.html", context)


def _told_by(day: date | None, facts: QuerySet[Any]) -> Any:
    """The newest of these facts that had been told of by the end of that day."""
    return (facts if day is None else facts.filter(first_seen__date__lte=day))[:SECTION_SIZE]


def newest_moves(company: Company, day: date | None = None) -> list[Move]:
    """The newest arrivals and departures: two walks of an index in one query, instead of an OR over all moves."""
    arriving = _told_by(day, Move.objects.for_list().joining(company))
    leaving = _told_by(day, Move.objects.for_list().leaving(company).exclude(Q(destination=company)))
    return list(arriving.union(leaving, all=True).order_by("-sort_date", "-id"))


@require_safe
def person_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One person's moves in time, and what is reported of their pay, with footnotes. Seven queries at most."""
    person, day = find_person(slug, Person.objects.visible().annotate(names=_aliases("person"))), asked_day(request)
    moves = facts_known_on(day, list(Move.objects.for_list().of_person(person)[:MOST_MOVES]))
    reports = facts_known_on(day, _told_by(day, CompensationReport.objects.for_list().filter(person=person)))
    others, notes = appellations.names_of_person(person, person.names, dossier.notes_of(moves, reports), day)
    site = site_of(request)
    context = {
        "person": person,
        "others": others,
        "moves": moves,
        "career": dossier.career_of(moves),
        "contradictions": dossier.disputed(moves, day, between_moves=True),
        "notes": notes,
        "numbers": dossier.numbers_of(notes),
        "responses": responses_beside(person),
        "reports": reports,
        "as_of": day,
        "card": card_address(person),
        "linked_data": structured.of_page(
            person,
            structured.of_person(person, moves, person.names, site),
            structured.breadcrumbs(person, "people", site),
            as_of=day,
        ),
    }
    return render(request, "person.html", context)

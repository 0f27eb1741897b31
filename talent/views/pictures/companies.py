"""The pictures of one company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from talent import flows
from talent.models import Company, CompensationReport, Move, Signal
from talent.pictures.net import net_flow
from talent.pictures.partners import partners
from talent.pictures.stays import pair, stays
from talent.pictures.tables import Picture
from talent.pictures.workforce import PANELS, workforce
from talent.templatetags.amounts import counted
from talent.templatetags.names import own_name
from talent.views.as_of import asked_day
from talent.views.lookup import company_at, onwards
from talent.views.pictures.answers import PictureView, known_by
from talent.views.pictures.asked import KnownForm, KnownWindowForm, SeriesForm, flows_asked, moves_address
from talent.views.pictures.pay import LOOKED_AT, commonest, drawn_pay
from talent.views.pictures.remembered import company_moves_known_on

# More facts than these no picture of one company can show.
MOST = 500
Draw = Callable[[Company, dict[str, Any]], Picture]


def _net(company: Company, asked: dict[str, Any]) -> Picture:
    window, by = flows_asked(asked), cast("flows.Unit", asked.get("by") or "year")

    def address(side: str, first: date, last: date) -> str:
        return moves_address(window, [(side, company.slug)], first, last)

    if day := asked.get("as_of"):
        known = company_moves_known_on(day, window, company)
        return known.said_of(net_flow(own_name(company), flows.over_time_of(known.moves, company, by=by), address))
    return net_flow(own_name(company), flows.over_time(company, window, by=by), address)


def _partners(company: Company, asked: dict[str, Any]) -> Picture:
    window = flows_asked(asked)

    def address(side: str, slug: str) -> str:
        ends = {"from": [("from", slug), ("to", company.slug)], "to": [("from", company.slug), ("to", slug)]}[side]
        return moves_address(window, [end for end in ends if end[1]], window.after, window.before)

    if day := asked.get("as_of"):
        known = company_moves_known_on(day, window, company)
        return known.said_of(partners(own_name(company), flows.partners_of(known.moves, company), address))
    return partners(own_name(company), flows.partners(company, window), address)


def _workforce(company: Company, asked: dict[str, Any]) -> Picture:
    rows = Signal.objects.for_list().filter(company=company, metric__in=PANELS)
    return workforce(own_name(company), known_by(asked.get("as_of"), rows, most=MOST))


def _stays(company: Company, asked: dict[str, Any]) -> Picture:
    day = asked.get("as_of")
    moves = Move.objects.for_list() if day else Move.objects.visible().select_related("person").newest()
    named = moves.exclude(person=None)
    arrivals = known_by(day, named.joining(company).exclude(origin=company), most=MOST + 1)
    departures = known_by(day, named.leaving(company).exclude(destination=company), most=MOST)
    return stays(own_name(company), pair(arrivals, departures), arrived=counted(len(arrivals), MOST))


def _pay(company: Company, asked: dict[str, Any]) -> Picture:
    rows = CompensationReport.objects.for_list().filter(company=company)
    reports = known_by(asked.get("as_of"), rows, most=LOOKED_AT)
    return drawn_pay(commonest(reports), grouping="kind", within=own_name(company))


# By the last part of the address: what is drawn, what can be asked, and what it is called.
PICTURES: dict[str, tuple[Draw, type[forms.Form], Any]] = {
    "net": (_net, SeriesForm, _("Arrivals and departures over time")),
    "partners": (_partners, KnownWindowForm, _("Where people came from and went")),
    "stays": (_stays, KnownForm, _("How long people stayed")),
    "workforce": (_workforce, KnownForm, _("Headcount and layoffs")),
    "pay": (_pay, KnownForm, _("Pay")),
}


class CompanyPicture(PictureView):
    """One picture of a company. Three queries at most; as known on a day, seven."""

    template = "pictures/company.html"

    def subject(self, **where: Any) -> Company:
        if where["name"] not in PICTURES:
            raise Http404
        with onwards(f"pictures/{where['name']}/"):
            found: Company = company_at(where["slug"])
        return found

    def form_for(self, request: HttpRequest, **where: Any) -> forms.Form:
        return PICTURES[where["name"]][1](request.GET)

    def picture(self, subject: Company, form: Any, **where: Any) -> Picture:
        return PICTURES[where["name"]][0](subject, form.cleaned_data)

    def beside(self, subject: Company, form: Any, **where: Any) -> dict[str, Any]:
        return {"name": where["name"], "names": [(name, label) for name, (_draw, _form, label) in PICTURES.items()]}


@require_safe
def company_pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """All pictures of a company of which anything is known. Seven queries; as known on a day, some twenty."""
    with onwards("pictures/"):
        company = company_at(slug)
    asked = {"as_of": asked_day(request)}
    pictures = {name: drawn for name, (draw, _form, _label) in PICTURES.items() if (drawn := draw(company, asked))}
    return render(request, "pictures/company_all.html", {"company": company, "pictures": pictures, **asked})

"""Moves, compensation reports and signals: their lists, and each fact with all of its evidence."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from talent.accounts import accounts_of, evidence_by
from talent.corrections import responses_beside
from talent.filters import CompensationReportFilter, MoveFilter, SignalFilter
from talent.life import as_known_on
from talent.models import CompensationReport, Move, Signal
from talent.views.as_of import asked_day
from talent.views.lists import ListPage
from talent.views.lookup import find_fact

# Nobody reads more footnotes than these; the list of articles has the rest.
MAX_EVIDENCE = 200


class Moves(ListPage):
    """Who went where."""

    noun = "moves"
    filters = MoveFilter

    def rows(self) -> Any:
        return Move.objects.for_list()


class Compensation(ListPage):
    """Figures of pay."""

    noun = "compensation"
    filters = CompensationReportFilter

    def rows(self) -> Any:
        return CompensationReport.objects.for_list()


class Signals(ListPage):
    """Signs of hiring and shrinking."""

    noun = "signals"
    filters = SignalFilter

    def rows(self) -> Any:
        return Signal.objects.for_list()


class FactPage(View):
    """One fact, every claim that supports it, and the responses of those named. Five queries at most."""

    http_method_names = ["get", "head", "options"]
    model: ClassVar[type[Any]]
    template: ClassVar[str]

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        fact, day = find_fact(self.model, public_id), asked_day(request)
        if day is not None:
            evidence = evidence_by(fact, day)
            fact = next(iter(as_known_on(day, [fact], evidence)), None)
            if fact is None:
                return render(request, "not_known_yet.html", {"as_of": day, "address": request.path})
        else:
            evidence = list(fact.claims.as_evidence()[: MAX_EVIDENCE + 1])
        context = {
            **accounts_of(fact, evidence, day),
            "fact": fact,
            "evidence": evidence[:MAX_EVIDENCE],
            "more_evidence": len(evidence) > MAX_EVIDENCE,
            "responses": responses_beside(fact),
            "differing": {claim.status for claim in evidence} != {fact.status},
        }
        return render(request, self.template, context)


class MovePage(FactPage):
    model, template = Move, "move.html"


class CompensationReportPage(FactPage):
    model, template = CompensationReport, "compensation_report.html"


class SignalPage(FactPage):
    model, template = Signal, "signal.html"

"""Moves, compensation reports and signals: each with all of its evidence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from talent import structured
from talent.accounts import accounts_of, evidence_by
from talent.corrections import responses_beside
from talent.editions import gone_since
from talent.life import as_known_on
from talent.models import Claim, CompensationReport, Move, Signal
from talent.views.as_of import asked_day
from talent.views.cards import address_of as card_address
from talent.views.lookup import find_fact, site_of

# Nobody reads more footnotes than these; the list of articles has the rest.
MAX_EVIDENCE = 200


class FactPage(View):
    """One fact, every claim that supports it, and the responses of those named. Six queries at most."""

    http_method_names = ["get", "head", "options"]
    model: ClassVar[type[Any]]
    template: ClassVar[str]
    section: ClassVar[str]

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
            "gone": _gone(evidence[:MAX_EVIDENCE], day),
            "differing": {claim.status for claim in evidence} != {fact.status},
            "card": card_address(fact),
            "linked_data": structured.of_page(
                fact,
                structured.of_fact(fact, evidence[:MAX_EVIDENCE], site_of(request)),
                structured.breadcrumbs(fact, self.section, site_of(request)),
                as_of=day,
            ),
        }
        return render(request, self.template, context)


def _gone(evidence: list[Claim], day: date | None) -> dict[int, datetime]:
    """Since when the newest versions of articles no longer say it, as far as it was seen by that day."""
    return {pk: when for pk, when in gone_since(evidence).items() if day is None or when.date() <= day}


class MovePage(FactPage):
    model, template, section = Move, "move.html", "moves"


class CompensationReportPage(FactPage):
    model, template, section = CompensationReport, "compensation_report.html", "compensation"


class SignalPage(FactPage):
    model, template, section = Signal, "signal.html", "signals"

"""How right the engine is, measured on the project's own gold: the newest run that an operator kept."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.evaluation import AGREEMENT
from articles.models import Evaluation

KINDS = ("moves", "compensation", "signals")


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    """Figures by kind and language with their intervals, reliability, and a second reading. One query."""
    run = Evaluation.objects.order_by("-run_at", "-id").first()
    context = {"run": run, "agreement": agreement(), "kinds": KINDS, "languages": _languages(run)}
    return render(request, "accuracy.html", context)


def agreement() -> dict[str, Any]:
    """How far a second reading of the same articles agrees with the first."""
    found: dict[str, Any] = json.loads(AGREEMENT.read_text(encoding="utf-8"))
    return found


def _languages(run: Evaluation | None) -> list[str]:
    return list(dict.fromkeys(figure["lang"] for figure in run.report["figures"])) if run else []

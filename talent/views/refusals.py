"""What a reader is told who asks for a list in vain: what is wrong with the question, or when to come back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from talent.views.explore import Unanswerable


def cannot_be_asked(request: HttpRequest, error: Unanswerable) -> HttpResponse:
    """The problems with the parameters, each in a sentence."""
    return render(request, "list_refused.html", {"problems": error.problems, "page": error.page}, status=400)


def come_back(request: HttpRequest, seconds: int, *, status: int) -> HttpResponse:
    """Too much was asked for at once (429), or everybody else asks, too (503)."""
    response = render(request, "list_busy.html", {"seconds": seconds, "busy": status == 503}, status=status)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response

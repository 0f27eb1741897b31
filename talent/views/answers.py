"""Answers that are no pages of their own: what is withdrawn, what has moved."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render

from talent.corrections import withdrawal_of
from talent.views.lookup import MovedTo, Withdrawn

Answer = Callable[..., HttpResponseBase]


def addressed(view: Answer) -> Answer:
    """Answers 410 with an explanation for what was withdrawn and 308 for what has moved."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Withdrawn as withdrawn:
            return render(request, "410.html", {"notice": withdrawal_of(withdrawn.row)}, status=410)
        except MovedTo as moved:
            return HttpResponsePermanentRedirect(moved.address, preserve_request=True)

    return answer

"""What failed, gathered by cause; and the two acts: tried again, or laid aside. Either is confirmed first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from talent import backlog, keyset
from talent.backlog import Step
from talent.models import PressVerb
from talent.tasks import hand_on_rows
from talent.views.pressroom.entrance import shared

PAGE_SIZE = 50
MOST_CAUSE = 160


@require_safe
def failures(request: HttpRequest) -> HttpResponse:
    """The causes of all failures, most frequent first."""
    context = {"causes": backlog.causes(), "depths": backlog.depths(), "most": backlog.MOST_COUNTED, **shared(request)}
    return render(request, "press/failures.html", context)


@require_safe
def failures_of(request: HttpRequest, stage: str) -> HttpResponse:
    """The failures of one stage, or of one cause there, newest first."""
    step, cause = _step(stage), _cause(request.GET)
    stale = False
    try:
        query = keyset.query_of(f"press/failures/{stage}", request.GET)
        rows = backlog.failures(step, cause)
        page = keyset.paginate(rows, query=query, limit=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    except keyset.BadCursor:
        page, stale = keyset.Page([], None, None), True
    context = {"step": step, "cause": cause, "page": page, "stale": stale, **shared(request)}
    return render(request, "press/failures_of.html", context, status=400 if stale else 200)


@require_POST
def act(request: HttpRequest, stage: str) -> HttpResponseBase:
    """Retries or discards single rows, or every row of a cause; asks first, and acts on the second request."""
    step, cause = _step(stage), _cause(request.POST)
    verb = request.POST.get("verb", "")
    chosen = _chosen(request)
    if verb not in PressVerb.values or not (cause or chosen):
        messages.error(request, _("Choose what is to be tried again or discarded."))
        return redirect(_list(step, cause))
    if not request.POST.get("confirmed"):
        return _ask(request, step, verb, cause, chosen)
    rows = _rows(step, cause, chosen)
    note: dict[str, Any] = {"user": _operator(request), "reason": request.POST.get("reason", "").strip()}
    # Rows that were chosen one by one are named in the note, a whole cause by its words.
    note["cause"] = "" if chosen else cause
    if verb == PressVerb.RETRY:
        done, again = backlog.retry(step, rows, **note)
        hand_on_rows(step.model, again)
        said = ngettext("%d is tried again.", "%d are tried again.", done.number) % done.number
    else:
        done = backlog.discard(step, rows, **note)
        said = ngettext("%d was discarded.", "%d were discarded.", done.number) % done.number
    messages.success(request, said)
    return redirect(_list(step, cause if chosen else ""))


def _ask(request: HttpRequest, step: Step, verb: str, cause: str, chosen: list[int]) -> HttpResponse:
    rows = _rows(step, cause, chosen)
    context = {
        "step": step,
        "verb": verb,
        "cause": cause,
        "chosen": chosen,
        "number": rows.order_by()[: backlog.MOST_COUNTED + 1].count(),
        "most": backlog.MOST_COUNTED,
        "examples": list(rows[:5]),
        "back": _list(step, cause),
        **shared(request),
    }
    return render(request, "press/confirm.html", context)


def _rows(step: Step, cause: str, chosen: list[int]) -> QuerySet[Any]:
    return step.rows().filter(pk__in=chosen) if chosen else backlog.failures(step, cause)


def _step(name: str) -> Step:
    step = backlog.step_named(name)
    if step is None:
        raise Http404
    return step


def _cause(parameters: Any) -> str:
    return str(parameters.get("cause", ""))[:MOST_CAUSE].replace("\x00", "")


def _chosen(request: HttpRequest) -> list[int]:
    written = request.POST.getlist("row")[:PAGE_SIZE]
    return [int(text) for text in written if text.isascii() and text.isdecimal() and len(text) < 19]


def _list(step: Step, cause: str) -> str:
    address = reverse("press-failures-of", args=[step.name])
    return f"{address}?{urlencode({'cause': cause})}" if cause else address


def _operator(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user

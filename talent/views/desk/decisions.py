"""What was decided at the desk, newest first, each with the way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talent import keyset, review
from talent.exceptions import Outdated, Refused
from talent.models import Decision
from talent.templatetags.claims import in_brief
from talent.views.desk.entrance import editor, overtaken, shared

PAGE_SIZE = 50


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """Everybody's decisions; ``?mine=1`` shows one's own."""
    rows = Decision.objects.for_list()
    if request.GET.get("mine"):
        rows = rows.filter(user=editor(request))
    stale = False
    try:
        query = keyset.query_of("desk/decisions", request.GET)
        page = keyset.paginate(rows, query=query, limit=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    except keyset.BadCursor:
        page, stale = keyset.Page([], None, None), True
    mine = bool(request.GET.get("mine"))
    context = {"page": page, "stale": stale, "mine": mine, "in_brief": in_brief, **shared(request)}
    return render(request, "desk/decisions.html", context, status=400 if stale else 200)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes one decision back and leads to what it was about."""
    get_object_or_404(Decision, pk=pk)
    try:
        decision = review.undo(pk, user=editor(request))
    except Outdated as error:
        return overtaken(request, error, again=reverse("desk-decisions"))
    except Refused as error:
        messages.error(request, str(error))
        return redirect("desk-decisions")
    messages.success(request, _("Undone."))
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("desk-claim", decision.claim.public_id) if decision.claim else redirect("desk-decisions")

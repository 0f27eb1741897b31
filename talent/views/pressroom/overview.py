"""What waits at each stage and for how long, who works, and when the clockwork last ran."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.stages import database_now
from talent import backlog, pulses
from talent.models import PressAct
from talent.tasks import queue_length
from talent.views.pressroom.entrance import shared

LAST_ACTS = 10


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One page that tells whether work flows; its queries are bounded, whatever waits."""
    now = database_now()
    context = {
        "now": now,
        "depths": backlog.depths(),
        "most": backlog.MOST_COUNTED,
        "causes": backlog.causes()[:5],
        "workers": pulses.workers(now=now),
        "pulses": pulses.clockwork(now=now),
        "queued": queue_length(),
        "acts": PressAct.objects.select_related("user")[:LAST_ACTS],
        **shared(request),
    }
    return render(request, "press/overview.html", context)

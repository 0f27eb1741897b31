"""Long pieces of work: how far each is, what it met, and the operator's acts: stop, go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from articles import jobs as work
from articles import tasks
from articles.models import Job, Shard
from talent import keyset
from talent.views.pressroom.entrance import shared

PAGE_SIZE = 50
# Of one job so many parts and reasons are shown.
MOST_SHOWN = 25
# A running job that gave no sign for so long is marked.
SILENT_AFTER = timedelta(minutes=10)
_COUNTED = {
    "records": gettext_lazy("records"),
    "pages": gettext_lazy("pages"),
    "dismissed": gettext_lazy("dismissed by their bytes"),
    "new": gettext_lazy("new articles"),
    "known": gettext_lazy("known already"),
    "refused": gettext_lazy("refused"),
    "failed": gettext_lazy("failed"),
    "malformed": gettext_lazy("malformed records"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: ``share`` from 0 to 1, None where nobody knows the whole; ``left`` while it can be told."""

    job: Job
    share: float | None
    left: timedelta | None
    silent: bool

    @property
    def percent(self) -> int | None:
        return None if self.share is None else int(self.share * 100)


def progress_of(job: Job, *, now: datetime) -> Progress:
    """The job's progress, with the time left if it goes on as it went so far."""
    share = min(job.done / job.total, 1.0) if job.total else None
    running = job.state == Job.State.RUNNING
    left = None
    if running and share:
        left = (now - job.started_at) * ((1 - share) / share)
    return Progress(job, share, left, running and now - job.heartbeat_at > SILENT_AFTER)


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Every job, newest first."""
    now, page, stale = timezone.now(), keyset.Page([], None, None), False
    try:
        query = keyset.query_of("press/jobs", request.GET)
        rows = Job.objects.select_related("created_by").order_by("-id")
        page = keyset.paginate(rows, query=query, limit=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    except keyset.BadCursor:
        stale = True
    context = {
        "page": page,
        "all": [progress_of(job, now=now) for job in page.rows],
        "live": any(job.state == Job.State.RUNNING for job in page.rows),
        "time_left": time_left,
        "stale": stale,
        "now": now,
        **shared(request),
    }
    return render(request, "press/jobs.html", context, status=400 if stale else 200)


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: its progress, what it met, and the parts that are not done."""
    one: Job = get_object_or_404(Job.objects.select_related("created_by"), pk=pk)
    states = dict(Shard.objects.filter(job=pk).order_by().values_list("state").annotate(Count("id")))
    now = timezone.now()
    context = {
        "one": progress_of(one, now=now),
        "tallied": list(_counted(one)),
        "reasons": _reasons(one),
        "parts": sum(states.values()),
        "states": states,
        "open": _open(pk),
        "live": one.state == Job.State.RUNNING,
        "time_left": time_left,
        "now": now,
        **shared(request),
    }
    return render(request, "press/job.html", context)


def _counted(one: Job) -> Any:
    """What was counted, in words, known names in their order first."""
    for name in (*_COUNTED, *sorted(one.counts.keys() - _COUNTED.keys())):
        number = one.counts.get(name)
        if isinstance(number, int):
            yield name, _COUNTED.get(name, name.replace("_", " ")), number


def _reasons(one: Job) -> list[tuple[str, int]]:
    reasons = one.counts.get("reasons", {})
    return sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_SHOWN]


def _open(pk: int) -> list[Shard]:
    """Parts that failed, are worked on, or were tried; those that merely wait say nothing."""
    telling = Q(state=Shard.State.FAILED) | Q(state=Shard.State.WAITING, attempts__gt=0)
    return list(Shard.objects.filter(telling, job=pk).order_by("number")[:MOST_SHOWN])


@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    """Stops a job, or goes on with it."""
    one: Job = get_object_or_404(Job, pk=pk)
    now = timezone.now()
    if what == "stop":
        done = work.stop(pk, now=now)
        messages.success(request, _("It stops; what was done stays.") if done else _("It does not run any more."))
    elif what == "resume":
        done = work.resume(pk, now=now)
        one.refresh_from_db()
        tasks.hand_on_job(one)
        messages.success(request, _("It goes on from where it was.") if done else _("Nothing is left to do."))
    else:
        raise Http404
    return redirect("press-jobs-one", pk)


def time_left(left: timedelta) -> str:
    """The time left in words, as coarse as the guess is."""
    minutes = max(1, round(left.total_seconds() / 60))
    if minutes < 90:
        return ngettext("about %(number)d minute left", "about %(number)d minutes left", minutes) % {"number": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(number)d hour left", "about %(number)d hours left", hours) % {"number": hours}

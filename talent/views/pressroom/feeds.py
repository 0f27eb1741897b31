"""Feeds: what is polled, how it fares, and the operator's acts: add, poll now, pause, resume."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from articles import subscriptions, tasks
from articles.exceptions import IntakeError
from articles.models import Entry, Feed, Snapshot
from talent import keyset
from talent.views.pressroom.entrance import shared

PAGE_SIZE = 50
# Of one feed its page shows so many site maps, entries and failures.
MOST_SHOWN = 25
# Failures are looked for among so many of the newest entries.
LOOKED_AT = 200
# The lists that can be asked for, by name; the first is all of them.
STATES: dict[str, Q] = {
    "": Q(),
    "active": Q(state="active"),
    "paused": Q(state="paused"),
    "gone": Q(state="gone"),
    "failing": Q(failures__gt=0),
    "flagged": Q(quiet=True) | ~Q(changed_shape=""),
}


_LABELS = {
    "": gettext_lazy("All"),
    "active": gettext_lazy("Active"),
    "paused": gettext_lazy("Paused"),
    "gone": gettext_lazy("Gone"),
    "failing": gettext_lazy("Failing"),
    "flagged": gettext_lazy("Flagged"),
}


class AddForm(forms.Form):
    """An address to poll."""

    address = forms.CharField(max_length=2000, strip=True)
    page = forms.BooleanField(required=False)
    since = forms.DateField(required=False, input_formats=["%Y-%m-%d"])


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Everything that somebody had polled, newest first; narrowed by state and by words of the address."""
    return _list(request)


def _list(request: HttpRequest, *, refusal: str = "", typed: dict[str, str] | None = None) -> HttpResponse:
    state, words = request.GET.get("state", ""), request.GET.get("q", "").replace("\x00", "").strip()[:200]
    page, stale = keyset.Page([], None, None), False
    try:
        query = keyset.query_of("press/feeds", request.GET)
        rows = _rows(STATES.get(state, Q()), words)
        page = keyset.paginate(rows, query=query, limit=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    except keyset.BadCursor:
        stale = True
    context = {
        "page": page,
        "stale": stale,
        "state": state if state in STATES else "",
        "states": _LABELS,
        "q": words,
        "refusal": refusal,
        "typed": typed or {},
        "now": timezone.now(),
        **shared(request),
    }
    return render(request, "press/feeds.html", context, status=400 if stale or refusal else 200)


def _rows(condition: Q, words: str) -> QuerySet[Any]:
    rows = Feed.objects.for_list().filter(condition)
    return rows.filter(Q(address__icontains=words) | Q(title__icontains=words)) if words else rows


@require_POST
def add(request: HttpRequest) -> HttpResponseBase:
    """Polls an address from now on."""
    form = AddForm(request.POST)
    typed = {name: request.POST.get(name, "")[:2000] for name in ("address", "page", "since")}
    if not form.is_valid():
        return _list(
            request,
            refusal=_("Give the address of a feed, a site map or a page, and a day as 2025-06-02."),
            typed=typed,
        )
    given = form.cleaned_data
    since = datetime.combine(given["since"], time(), UTC) if given["since"] else None
    try:
        feed, new = subscriptions.add(given["address"], now=timezone.now(), page=given["page"], since=since)
    except IntakeError as error:
        return _list(request, refusal=str(error), typed=typed)
    if new:
        tasks.hand_on(tasks.POLL, feed.pk)
        messages.success(request, _("It is polled from now on; reload this page to see how it fares."))
    else:
        messages.info(request, _("This address was known already."))
    return redirect("press-feeds-one", feed.pk)


@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """One feed: its health, its host, and the newest of what it named."""
    one: Feed = get_object_or_404(Feed.objects.select_related("source", "host", "parent"), pk=pk)
    entries = _newest_entries(one)
    failed = Snapshot.objects.filter(pk__in=_snapshots(entries), state=Snapshot.State.FAILED)
    context = {
        "feed": one,
        "maps": list(Feed.objects.filter(parent=one).order_by("-id")[:MOST_SHOWN]),
        "entries": Entry.objects.filter(pk__in=[entry.pk for entry in entries[:MOST_SHOWN]])
        .select_related("snapshot__article")
        .defer(*_HEAVY),
        "failed": list(failed.order_by("-id")[:MOST_SHOWN]),
        "now": timezone.now(),
        **shared(request),
    }
    return render(request, "press/feed.html", context)


_HEAVY = tuple(f"snapshot__article__{name}" for name in ("text", "signature", "bands"))


def _newest_entries(one: Feed) -> list[Entry]:
    """What the feed, or those of its site maps that had something new last, named last."""
    family = Feed.objects.with_maps(one.pk).exclude(last_entry_at=None).order_by("-last_entry_at")[:3]
    found = [
        entry
        for pk in family.values_list("pk", flat=True)
        for entry in Entry.objects.filter(feed=pk).order_by("-id").only("pk", "snapshot")[:LOOKED_AT]
    ]
    return sorted(found, key=lambda entry: -entry.pk)[:LOOKED_AT]


def _snapshots(entries: list[Entry]) -> list[int]:
    return [entry.snapshot_id for entry in entries if entry.snapshot_id]


@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    """Polls a feed now, pauses it, resumes it, or has the newest failures among its pages tried again."""
    one: Feed = get_object_or_404(Feed, pk=pk)
    if what not in _ACTS:
        raise Http404
    messages.success(request, _ACTS[what](one))
    back = request.POST.get("back", "")
    return redirect("press-feeds") if back == "list" else redirect("press-feeds-one", one.pk)


def _poll(one: Feed) -> str:
    if not Feed.objects.with_maps(one.pk).poll_now(timezone.now()):
        return _("It is not active, so it is not polled; resume it first.")
    tasks.hand_on(tasks.POLL, one.pk)
    return _("It is polled as soon as its host may be asked; reload this page to see how it fares.")


def _pause(one: Feed) -> str:
    Feed.objects.with_maps(one.pk).pause()
    return _("It is paused. What it has named already is still fetched.")


def _resume(one: Feed) -> str:
    Feed.objects.with_maps(one.pk).resume(timezone.now())
    tasks.hand_on(tasks.POLL, one.pk)
    return _("It is polled again from now on.")


def _retry(one: Feed) -> str:
    pages = Snapshot.objects.filter(pk__in=_snapshots(_newest_entries(one)), state=Snapshot.State.FAILED)
    failed = list(pages.values_list("pk", flat=True))
    Snapshot.objects.filter(pk__in=failed).retry()
    for snapshot in Snapshot.objects.filter(pk__in=failed):
        tasks.hand_on_snapshot(snapshot)
    return _("The failed pages among the newest are tried again.")


_ACTS: dict[str, Callable[[Feed], str]] = {"poll": _poll, "pause": _pause, "resume": _resume, "retry": _retry}

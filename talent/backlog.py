"""What waits and what has failed at every stage of the press: depths and ages that are cheap over millions of rows,
failures gathered by their cause, and the two things an operator can do with them.

A stage is registered in ``STEPS``; everything else follows from its model being a ``Stage``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Shard, Snapshot
from articles.querysets import Cause
from talent.models import PressAct, PressVerb

# Beyond so many rows nobody counts: "10,000+" is as good an answer.
MOST_COUNTED = 10_000
BATCH = 500


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of work: where its rows wait, and where they lie when they have failed."""

    name: str
    label: str | Promise
    model: type[Any]
    waiting: Q
    failed: Q
    # The name of the page where its failures are seen and worked off, where that is another than this room's list.
    room: str = ""

    def rows(self) -> QuerySet[Any]:
        """Its rows that failed, newest first."""
        failed: QuerySet[Any] = self.model._default_manager.filter(self.failed).order_by("-id")
        return failed


STEPS: tuple[Step, ...] = (
    Step("fetch", _("to be fetched"), Snapshot, Q(state="awaiting_fetch"), Q(state="failed", sha256="")),
    Step("parse", _("to be parsed"), Snapshot, Q(state="awaiting_parse"), Q(state="failed") & ~Q(sha256="")),
    Step("read", _("to be read"), Article, Q(state="awaiting_extraction"), Q(state="failed")),
    Step("shard", _("parts of long jobs"), Shard, Q(state="waiting"), Q(state="failed"), room="press-jobs"),
)
LISTED = tuple(step for step in STEPS if not step.room)


def step_named(name: str) -> Step | None:
    """The stage of that name whose failures are listed here."""
    return next((step for step in LISTED if step.name == name), None)


# ------------------------------------------------------------------ depths


@dataclass(frozen=True, slots=True)
class Depth:
    """How much waits at one stage, and how many of the oldest of it failed before; numbers above ``MOST_COUNTED`` mean
    that there is more."""

    step: Step
    waiting: int
    oldest: datetime | None
    retrying: int
    failed: int


def depths(steps: Iterable[Step] = STEPS) -> list[Depth]:
    """The depth of each stage. Every number is read from a partial index and bounded."""
    return [_depth(step) for step in steps]


def _depth(step: Step) -> Depth:
    rows = step.model._default_manager
    waiting = rows.filter(step.waiting).order_by("created_at")
    # Both numbers from the oldest rows alone: among a million that never failed, none that did would be found.
    oldest = waiting[: MOST_COUNTED + 1].aggregate(number=Count("pk"), failed=Count("pk", filter=~Q(error="")))
    return Depth(
        step=step,
        waiting=oldest["number"],
        oldest=waiting.values_list("created_at", flat=True).first(),
        retrying=oldest["failed"],
        failed=_bounded(rows.filter(step.failed)),
    )


def _bounded(rows: QuerySet[Any]) -> int:
    return rows.order_by()[: MOST_COUNTED + 1].count()


# ------------------------------------------------------------------ causes


@dataclass(frozen=True, slots=True)
class FailedCause:
    """Failures that read the same but for addresses, names of hosts and numbers."""

    step: Step
    cause: str
    number: int
    first: datetime
    last: datetime


def causes(steps: Iterable[Step] = LISTED) -> list[FailedCause]:
    """The causes of failure, most frequent first, from the newest ``MOST_COUNTED`` failures of each stage."""
    found = [cause for step in steps for cause in _causes(step)]
    return sorted(found, key=lambda each: (-each.number, each.step.name, each.cause))


def _causes(step: Step) -> list[FailedCause]:
    newest = step.rows().values("pk")[:MOST_COUNTED]
    rows = step.model._default_manager.filter(pk__in=newest).order_by().annotate(cause=Cause())
    grouped = rows.values("cause").annotate(number=Count("pk"), first=Min("updated_at"), last=Max("updated_at"))
    return [FailedCause(step, row["cause"], row["number"], row["first"], row["last"]) for row in grouped]


def failures(step: Step, cause: str = "") -> QuerySet[Any]:
    """The failed rows of a stage, newest first; those of one cause, where one is given."""
    rows = step.rows()
    return rows.annotate(cause=Cause()).filter(cause=cause) if cause else rows


# ------------------------------------------------------------------ acts


def retry(
    step: Step, rows: QuerySet[Any], *, user: User, cause: str = "", reason: str = ""
) -> tuple[PressAct, list[int]]:
    """Sends failed rows back to their stage, in batches; the act, and the rows whose message may be sent."""
    return _act(PressVerb.RETRY, step, rows, user=user, cause=cause, reason=reason)


def discard(step: Step, rows: QuerySet[Any], *, user: User, cause: str = "", reason: str = "") -> PressAct:
    """Lays failed rows aside for good: they are kept, but are no failures any more."""
    return _act(PressVerb.DISCARD, step, rows, user=user, cause=cause, reason=reason)[0]


def _act(
    verb: PressVerb, step: Step, rows: QuerySet[Any], *, user: User, cause: str, reason: str
) -> tuple[PressAct, list[int]]:
    """One note for the whole act; each batch of rows is its own transaction, so that no lock is held for long."""
    act = PressAct.objects.create(verb=verb, stage=step.name, cause=cause[:300], user=user, reason=reason[:1000])
    done: list[int] = []
    below: int | None = None
    while pks := _batch(rows, below):
        below = pks[-1]
        with transaction.atomic():
            chosen = step.model._default_manager.filter(step.failed, pk__in=pks)
            changed = list(chosen.select_for_update(skip_locked=True).values_list("pk", flat=True))
            again = step.model._default_manager.filter(pk__in=changed)
            again.retry() if verb == PressVerb.RETRY else again.discard()
            done += changed
            PressAct.objects.filter(pk=act.pk).update(number=len(done), rows=[] if cause else done[:MOST_LISTED])
    act.refresh_from_db()
    return act, done


# An act on single rows names them; of a whole cause the cause is enough.
MOST_LISTED = 200


def _batch(rows: QuerySet[Any], below: int | None) -> Sequence[int]:
    behind = rows if below is None else rows.filter(pk__lt=below)
    return list(behind.order_by("-pk").values_list("pk", flat=True)[:BATCH])

"""Long pieces of work as rows: started with their shards, moved on with each thing done, ended when no shard is left.

Progress moves in the transaction that writes what it counts, so a crash can neither lose nor double it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from articles.exceptions import LostShard
from articles.models import Job, Shard
from articles.stages import GaveUp

Counts = Mapping[str, Any]  # numbers, and mappings of numbers
LONGEST_ERROR = 2000


@dataclass(frozen=True, slots=True)
class Hold:
    """A shard that this worker holds until the lease runs out."""

    shard: Shard
    until: datetime


def start(
    kind: str,
    name: str,
    *,
    unit: str,
    total: int | None,
    address: str = "",
    options: Mapping[str, Any] | None = None,
    user: Any = None,
    ranges: Iterable[tuple[int, int]] = (),
) -> Job:
    """A running job with a waiting shard for each range; they are there together or not at all."""
    with transaction.atomic():
        job: Job = Job.objects.create(
            kind=kind,
            name=name[:300],
            address=address,
            unit=unit,
            total=total,
            options=dict(options or {}),
            created_by=user,
        )
        Shard.objects.bulk_create(
            Shard(job=job, number=number, start=first, position=first, end=last)
            for number, (first, last) in enumerate(ranges)
        )
    return job


def take(pk: int, *, now: datetime) -> Hold | None:
    """Takes a waiting shard of a running job; None where it does not wait or another worker holds it.

    GaveUp, noted on the shard, where every try so far ended its worker.
    """
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    if not Shard.objects.take(pk, state=Shard.State.WAITING, now=now, lease=lease):
        return None
    shard = Shard.objects.select_related("job").get(pk=pk)
    hold = Hold(shard, now + lease)
    if shard.job.state != Job.State.RUNNING:
        free(hold, now=now)
        return None
    if shard.attempts > settings.MAX_ATTEMPTS:
        fail(hold, GaveUp(f"Gave up after {settings.MAX_ATTEMPTS} tries, each of which ended the worker."), now=now)
        return None
    return hold


def advance(
    hold: Hold, *, position: int, within: int = 0, done: int, counts: Counts, over: bool, now: datetime
) -> Hold:
    """Moves a shard on and its job with it; the caller's transaction holds what was done.

    LostShard where the lease ran out, or the job was stopped, meanwhile: then nothing of the transaction may stand.
    """
    shard, until = hold.shard, now + timedelta(seconds=settings.LEASE_SECONDS)
    note(shard.job_id, done=done, counts=counts, now=now)
    moved = Shard.objects.held(shard.pk, state=Shard.State.WAITING, until=hold.until).update(
        position=position,
        within=within,
        counts=added(shard.counts, counts),
        state=Shard.State.DONE if over else Shard.State.WAITING,
        taken_until=None if over else until,
        # What was done was no failure: tries are counted for each stretch anew.
        attempts=0 if over else 1,
        error="",
        updated_at=now,
    )
    if not moved:
        raise LostShard(f"Shard {shard.pk} is another worker's now.")
    shard.position, shard.within, shard.counts = position, within, added(shard.counts, counts)
    if over:
        end_if_over(shard.job_id, now=now)
    return Hold(shard, until)


def note(pk: int, *, done: int, counts: Counts, now: datetime) -> None:
    """Adds to what a job has done, in the caller's transaction; also for a job without shards.

    LostShard where the job does not run any more.
    """
    job = Job.objects.select_for_update().only("done", "counts", "state").get(pk=pk)
    if job.state != Job.State.RUNNING:
        raise LostShard(f"Job {pk} was stopped.")
    Job.objects.filter(pk=pk).update(done=job.done + done, counts=added(job.counts, counts), heartbeat_at=now)


def free(hold: Hold, *, now: datetime) -> None:
    """Gives a shard back that is not over, for any worker to go on with."""
    Shard.objects.held(hold.shard.pk, state=Shard.State.WAITING, until=hold.until).update(
        taken_until=None, attempts=0, updated_at=now
    )


def fail(hold: Hold, error: Exception, *, now: datetime) -> None:
    """Keeps the reason on the shard, which waits for its next try or, at last, for an operator."""
    shard, permanent = hold.shard, bool(getattr(error, "permanent", False))
    final = permanent or shard.attempts >= settings.MAX_ATTEMPTS
    seconds = settings.RETRY_SECONDS * 4 ** (min(shard.attempts, 8) - 1)
    wait = timedelta(seconds=max(seconds, getattr(error, "retry_after", None) or 0))
    with transaction.atomic():
        Shard.objects.held(shard.pk, state=Shard.State.WAITING, until=hold.until).update(
            error=str(error).replace("\x00", "")[:LONGEST_ERROR],
            state=Shard.State.FAILED if final else Shard.State.WAITING,
            failed_for_good=permanent,
            taken_until=None if final else now + wait,
            updated_at=now,
        )
        if final:
            end_if_over(shard.job_id, now=now)


def end_if_over(pk: int, *, now: datetime) -> None:
    """Ends a running job of which no shard waits any more; failed where one of them did."""
    # One at a time: two last shards must not each see the other waiting.
    job = Job.objects.select_for_update().get(pk=pk)
    shards = Shard.objects.filter(job=pk)
    if job.state != Job.State.RUNNING or shards.filter(state=Shard.State.WAITING).exists():
        return
    failed = shards.filter(state=Shard.State.FAILED).order_by("number").first()
    end(job, now=now, error=failed.error if failed else "", failed=failed is not None)


def end(job: Job, *, now: datetime, error: str = "", failed: bool = False) -> None:
    """Notes how a job ended; an earlier note stays where there is no ``error``."""
    state = Job.State.FAILED if failed else Job.State.DONE
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
        state=state, error=error[:LONGEST_ERROR] or F("error"), finished_at=now, heartbeat_at=now
    )


def stop(pk: int, *, now: datetime) -> bool:
    """Has workers leave a running job where it is; False where it does not run."""
    running = Job.objects.filter(pk=pk, state=Job.State.RUNNING)
    return bool(running.update(state=Job.State.STOPPED, finished_at=now, heartbeat_at=now))


def resume(pk: int, *, now: datetime) -> bool:
    """Goes on with a job that was stopped or failed, from where its shards are; False where there is nothing to do."""
    with transaction.atomic():
        left = Shard.objects.filter(job=pk, job__state__in=[Job.State.STOPPED, Job.State.FAILED]).exclude(
            state=Shard.State.DONE
        )
        sent = left.update(
            state=Shard.State.WAITING, attempts=0, taken_until=None, error="", failed_for_good=False, updated_at=now
        )
        if sent:
            Job.objects.filter(pk=pk).update(state=Job.State.RUNNING, finished_at=None, error="", heartbeat_at=now)
    return bool(sent)


def waiting(pk: int, *, now: datetime) -> list[int]:
    """Shards of a running job that nobody works on."""
    rows = Shard.objects.free(now).filter(job=pk, job__state=Job.State.RUNNING, state=Shard.State.WAITING)
    return list(rows.order_by("number").values_list("pk", flat=True))


def overdue(*, now: datetime, age: timedelta, limit: int) -> list[tuple[str, int]]:
    """Kinds and numbers of shards that wait although nobody works on them; touched, so that they are named once."""
    rows = Shard.objects.overdue(now, state=Shard.State.WAITING, age=age).filter(job__state=Job.State.RUNNING)
    found = list(rows.values_list("job__kind", "pk")[:limit])
    Shard.objects.filter(pk__in=[pk for _, pk in found]).update(updated_at=now)
    return found


def mend_clock(*, now: datetime) -> int:
    """Brings back shards that wait in the future of a clock that was put back; how many."""
    return Shard.objects.filter(state=Shard.State.WAITING).mend_clock(now)


def added(one: Counts, other: Counts) -> dict[str, Any]:
    """Both counts together, name by name."""
    total = dict(one)
    for name, more in other.items():
        total[name] = added(total.get(name, {}), more) if isinstance(more, Mapping) else total.get(name, 0) + more
    return total

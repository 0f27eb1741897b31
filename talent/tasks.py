"""Celery's faces of the pipeline. A message is a hint; ``sweep`` finds whatever waits without one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from celery import current_app, shared_task
from celery.signals import task_postrun, task_prerun
from django.conf import settings

from articles import jobs, stages
from articles.clock import database_now
from articles.models import Article, Snapshot
from articles.tasks import PROCESS, PROCESS_MANY, hand_on, hand_on_articles, hand_on_snapshot, resend_overdue
from talent import access, pipeline, pulses, tallies, verification, webhooks
from talent.alerts import letters, matching
from talent.digest import send_due
from talent.history import telling
from talent.quotes import index_missing

log = structlog.get_logger(__name__)

SWEEP_BATCH = 500
VERIFY = "talent.tasks.verify"
DELIVER = "talent.tasks.deliver"
POST = "talent.tasks.post"
# Many articles at once are read for so long at a stretch.
MANY_SECONDS = 60.0
# Well below the time limit of a task; a longer check goes on in the next one.
VERIFY_SECONDS = 120.0
# So long alerts are looked through at a stretch.
WATCH_SECONDS = 60.0


@shared_task(name=PROCESS)
def process(pk: int) -> None:
    """Reads a waiting article for claims."""
    pipeline.process(pk, now=database_now())


@shared_task(name=PROCESS_MANY)
def process_many(pks: list[int]) -> None:
    """Reads waiting articles for claims; what does not fit in is handed on."""
    until = time.monotonic() + MANY_SECONDS
    hand_on_articles(pipeline.process_many(pks, now=database_now(), enough=lambda: time.monotonic() > until))


@shared_task(name="talent.tasks.sweep")
def sweep() -> int:
    """Enqueues rows of every stage that have waited for a while without being taken; how many.

    The conditional take makes a second message harmless; touching the rows keeps the queue from filling with them.
    """
    now = database_now()
    mended = stages.mend_clock(now=now) + jobs.mend_clock(now=now) + pipeline.mend_clock(now=now)
    if mended:
        log.warning("the clock was put back; rows brought back with it", rows=mended)
    age = timedelta(seconds=settings.SWEEP_AFTER_SECONDS)
    # Where messages wait already, more of them would only be in the way of the work.
    queued = queue_length() or 0
    limit = max(SWEEP_BATCH - queued, 0)
    sent = resend_overdue(now=now, age=age, limit=limit)
    waiting = pipeline.overdue(now=now, age=age, limit=limit)
    for pk in waiting:
        hand_on(PROCESS, pk)
    pulses.beat(pulses.SWEEP, now=now, sent=sent + len(waiting), queued=queued)
    return sent + len(waiting)


def hand_on_rows(model: type[Any], pks: Sequence[int]) -> None:
    """Enqueues rows that were sent back, as many as one sweep would; the next sweeps find the rest."""
    if model is Snapshot:
        for snapshot in Snapshot.objects.filter(pk__in=pks[:SWEEP_BATCH]).select_related("article"):
            hand_on_snapshot(snapshot)
    elif model is Article:
        for pk in pks[:SWEEP_BATCH]:
            hand_on(PROCESS, pk)


def queue_length() -> int | None:
    """Messages that wait in the broker; None where it is out of reach."""
    try:
        with current_app.connection_for_read() as connection:
            connection.ensure_connection(max_retries=1, timeout=2)
            queue, channel = current_app.conf.task_default_queue, connection.default_channel
            return int(channel.queue_declare(queue, passive=True).message_count)  # type: ignore[attr-defined]  # of all
    except Exception as error:
        if "NOT_FOUND" in str(error):
            return 0
        log.warning("the broker does not answer", reason=str(error))
        return None


@shared_task(name=VERIFY)
def verify(after: int = 0) -> None:
    """Looks up every quote in its stored text, from the article behind ``after``; hands on what does not fit in.

    Quotes that came without words, by hand or with an older program, get them first.
    """
    until = time.monotonic() + VERIFY_SECONDS
    index_missing(enough=lambda: time.monotonic() > until)
    found = verification.verify(now=database_now(), after=after, enough=lambda: time.monotonic() > until)
    log.info("quotes verified", articles=found.articles, altered=found.altered[:20], **found.states)
    if found.reached is not None:
        current_app.send_task(VERIFY, kwargs={"after": found.reached})


# Acknowledged at once, as a dump is: a recount of millions takes minutes, and the next look does what was left undone.
@shared_task(name="talent.tasks.tally", acks_late=False, time_limit=3600, soft_time_limit=3600 - 60)
def tally() -> int | None:
    """Compares the tallies of moves with a recount, once a day, and mends them; how many rows were wrong."""
    found = tallies.keep(now=database_now())
    if found:
        log.error("tallies of moves were wrong, and are mended", rows=found)
    return found


@shared_task(name="talent.tasks.tell")
def tell() -> int:
    """Hands new events over to the webhooks that want them, and takes up messages whose time has come; how many."""
    now = database_now()
    waiting = dict.fromkeys([*webhooks.fan_out(), *webhooks.overdue(now=now, limit=SWEEP_BATCH)])
    for pk in waiting:
        hand_on(DELIVER, pk)
    return len(waiting)


@shared_task(name=DELIVER)
def deliver(pk: int) -> None:
    """Sends one message of a webhook."""
    webhooks.deliver(pk, now=database_now())


@shared_task(name="talent.tasks.watch")
def watch() -> int:
    """Shows alerts what has happened, makes letters of what they found, and takes up those whose time has come."""
    now, until = database_now(), time.monotonic() + WATCH_SECONDS
    matching.match(now=now, enough=lambda: time.monotonic() > until)
    waiting = dict.fromkeys([*letters.gather(now=now), *letters.overdue(now=now, limit=SWEEP_BATCH)])
    for pk in waiting:
        hand_on(POST, pk)
    return len(waiting)


@shared_task(name=POST)
def post(pk: int) -> None:
    """Sends one letter of alerts."""
    letters.deliver(pk, now=database_now())


# Acknowledged at once: it takes longer than the broker waits, and the next look finds what a dead worker left undone.
@shared_task(name="talent.tasks.dump", acks_late=False, time_limit=6 * 3600, soft_time_limit=6 * 3600 - 60)
def dump() -> None:
    """Writes tonight's dump where it is not there yet; removes what one that was killed left behind."""
    # The shapes of the API come with it: for one task a night.
    from talent import dumps

    now = database_now()
    if not dumps.is_due(now):
        dumps.sweep()
        return
    try:
        manifest = dumps.build(now=now)
    except dumps.DumpRunning:
        return
    log.info("dump published", dump=manifest.name, rows=sum(manifest.rows.values()))


@shared_task(name="talent.tasks.digest")
def digest() -> None:
    """Sends the digest of the day before, once, and forgets what need not be remembered any longer."""
    now = database_now()
    send_due(now=now)
    access.forget_answers(now=now)
    letters.forget(now=now)
    pulses.forget_workers(now=now)
    pulses.beat(pulses.DIGEST, now=now)


@task_prerun.connect
def _tell_history(task: Any = None, **kwargs: Any) -> None:
    """What a task changes is noted with its name."""
    task.request.history = telling.tell(task=task.name)


@task_postrun.connect
def _forget(task: Any = None, **kwargs: Any) -> None:
    if (token := getattr(task.request, "history", None)) is not None:
        telling.forget(token)

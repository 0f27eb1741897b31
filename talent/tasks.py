"""Celery's faces of the pipeline. A message is a hint; ``sweep`` finds whatever waits without one."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from articles.stages import database_now
from articles.tasks import PROCESS, hand_on, resend_overdue
from talent import pipeline

SWEEP_BATCH = 500
SWEEP_AFTER = timedelta(seconds=30)


@shared_task(name=PROCESS)
def process(pk: int) -> None:
    """Reads a waiting article for claims."""
    pipeline.process(pk, now=database_now())


@shared_task(name="talent.tasks.sweep")
def sweep() -> int:
    """Enqueues rows of every stage that have waited for a while without being taken; how many.

    The conditional take makes a second message harmless; touching the rows keeps the queue from filling with them.
    """
    now = database_now()
    sent = resend_overdue(now=now, age=SWEEP_AFTER, limit=SWEEP_BATCH)
    waiting = pipeline.overdue(now=now, age=SWEEP_AFTER, limit=SWEEP_BATCH)
    for pk in waiting:
        hand_on(PROCESS, pk)
    return sent + len(waiting)

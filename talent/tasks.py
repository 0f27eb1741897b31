"""Celery's faces of the pipeline. A message is a hint; ``sweep`` finds whatever waits without one."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import structlog
from celery import current_app, shared_task
from celery.signals import task_postrun, task_prerun

from articles.stages import database_now
from articles.tasks import PROCESS, hand_on, resend_overdue
from talent import pipeline, verification
from talent.history import telling

log = structlog.get_logger(__name__)

SWEEP_BATCH = 500
SWEEP_AFTER = timedelta(seconds=30)
VERIFY = "talent.tasks.verify"
# Well below the time limit of a task; a longer check goes on in the next one.
VERIFY_SECONDS = 120.0


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


@shared_task(name=VERIFY)
def verify(after: int = 0) -> None:
    """Looks up every quote in its stored text, from the article behind ``after``; hands on what does not fit in."""
    until = time.monotonic() + VERIFY_SECONDS
    found = verification.verify(now=database_now(), after=after, enough=lambda: time.monotonic() > until)
    log.info("quotes verified", articles=found.articles, altered=found.altered[:20], **found.states)
    if found.reached is not None:
        current_app.send_task(VERIFY, kwargs={"after": found.reached})


@task_prerun.connect
def _tell_history(task: Any = None, **kwargs: Any) -> None:
    """What a task changes is noted with its name."""
    task.request.history = telling.tell(task=task.name)


@task_postrun.connect
def _forget(task: Any = None, **kwargs: Any) -> None:
    if (token := getattr(task.request, "history", None)) is not None:
        telling.forget(token)

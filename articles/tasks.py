"""Celery's faces of the stages. A message is a hint: a row that waits without one is found by the sweep."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import structlog
from celery import current_app, shared_task
from django.db import transaction

from articles import stages
from articles.models import Article, Snapshot
from articles.stages import database_now

log = structlog.get_logger(__name__)

FETCH, PARSE = "articles.tasks.fetch", "articles.tasks.parse"
# Reading the article for claims is the business of the room above; its task is known here by name only.
PROCESS = "talent.tasks.process"
_TASKS: dict[str, str] = {Snapshot.State.AWAITING_FETCH: FETCH, Snapshot.State.AWAITING_PARSE: PARSE}


@shared_task(name=FETCH)
def fetch(pk: int) -> None:
    """Fetches a snapshot and hands it on."""
    if (waiting := stages.run_fetch(pk, now=database_now())) is not None:
        hand_on(PARSE, waiting)


@shared_task(name=PARSE)
def parse(pk: int) -> None:
    """Parses a snapshot and hands its article on."""
    if (waiting := stages.run_parse(pk, now=database_now())) is not None:
        hand_on(PROCESS, waiting)


def hand_on(task: str, pk: int) -> None:
    """Enqueues the next stage when the surrounding transaction, if any, has committed."""
    transaction.on_commit(partial(_send, task, pk))


def hand_on_snapshot(snapshot: Snapshot) -> None:
    """Enqueues whatever stage the snapshot, or else its article, waits for."""
    if task := _TASKS.get(snapshot.state):
        hand_on(task, snapshot.pk)
    elif snapshot.article and snapshot.article.state == Article.State.AWAITING_EXTRACTION:
        hand_on(PROCESS, snapshot.article.pk)


def resend_overdue(*, now: datetime, age: timedelta, limit: int) -> int:
    """Enqueues the snapshots that nobody works on once more; how many."""
    waiting = [
        (_TASKS[state], pk) for state, pks in stages.overdue(now=now, age=age, limit=limit).items() for pk in pks
    ]
    for task, pk in waiting:
        hand_on(task, pk)
    return len(waiting)


def _send(task: str, pk: int) -> None:
    """A broker that is away must not undo what the database has: the sweep will find the row."""
    try:
        current_app.signature(task, args=(pk,)).apply_async(retry=False)
    except Exception as error:
        log.warning("message not sent; the sweep will find the row", task=task, pk=pk, reason=str(error))

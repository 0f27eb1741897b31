"""Celery's faces of the stages. A message is a hint: a row that waits without one is found by the sweep."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from celery import current_app, shared_task
from django.db import transaction

from articles import boxes, entries, harvest, hosts, jobs, poll, stages
from articles.hosts import TooEarly, Work
from articles.models import Article, Feed, Job, Snapshot
from articles.stages import database_now

log = structlog.get_logger(__name__)

FETCH, PARSE, POLL = "articles.tasks.fetch", "articles.tasks.parse", "articles.tasks.poll"
# Reading the article for claims is the business of the room above; its task is known here by name only.
PROCESS = "talent.tasks.process"
# The same for many at once: one message for many rows costs next to nothing beside the work.
PROCESS_MANY = "talent.tasks.process_many"
HARVEST = "articles.tasks.harvest"
MANY = 50
# So long a shard is worked on at a stretch; then others have their turn.
_STRETCH_SECONDS = 30.0
_TASKS: dict[str, str] = {Snapshot.State.AWAITING_FETCH: FETCH, Snapshot.State.AWAITING_PARSE: PARSE}
_SHARD_TASKS: dict[str, str] = {Job.Kind.WARC: HARVEST}
# A host that is free again within so many seconds is given its next work by a message that waits; else by the sweep.
LONGEST_DELAY = 60.0
# The clocks of workers and of the database differ a little; a message that comes too early is lost.
_MARGIN = 0.1


@shared_task(name=FETCH)
def fetch(pk: int) -> None:
    """Fetches a snapshot and hands it on; then hands on what its host is to be asked for next."""
    host = Snapshot.objects.filter(pk=pk).values_list("host", flat=True).first()
    try:
        waiting = stages.run_fetch(pk, now=database_now())
    except TooEarly:
        # Who has the turn at the host, or the sweep, comes back to it.
        return
    if waiting is not None:
        hand_on(PARSE, waiting)
    if host is not None:
        hand_on_next(host)


@shared_task(name=POLL)
def poll_feed(pk: int) -> None:
    """Polls a feed, hands on what it newly named, and what its host is to be asked for next."""
    host = Feed.objects.filter(pk=pk).values_list("host", flat=True).first()
    try:
        waiting = poll.run_poll(pk, now=database_now())
    except TooEarly:
        return
    for snapshot in waiting:
        hand_on(PARSE, snapshot)
    if host is not None:
        hand_on_next(host)


@shared_task(name=PARSE)
def parse(pk: int) -> None:
    """Parses a snapshot and hands its article on, or the letters that it was cut into."""
    if (waiting := stages.run_parse(pk, now=database_now())) is not None:
        hand_on(PROCESS, waiting)
        return
    for letter in boxes.waiting_parts(pk):
        hand_on(PARSE, letter)


@shared_task(name=HARVEST)
def harvest_shard(pk: int) -> None:
    """Works on a shard of a web archive for a while, and hands on its articles and what is left of it."""
    until = time.monotonic() + _STRETCH_SECONDS
    handed = harvest.run_shard(pk, now=database_now(), enough=lambda: time.monotonic() > until)
    hand_on_articles(handed.waiting)
    if handed.more:
        hand_on(HARVEST, pk)


def hand_on_job(job: Job) -> None:
    """Enqueues the shards of a job that nobody works on."""
    if task := _SHARD_TASKS.get(job.kind):
        for pk in jobs.waiting(job.pk, now=database_now()):
            hand_on(task, pk)


def hand_on_articles(pks: Sequence[int]) -> None:
    """Enqueues articles that wait to be read, many to a message."""
    for first in range(0, len(pks), MANY):
        hand_on(PROCESS_MANY, list(pks[first : first + MANY]))


def hand_on(task: str, pk: int | list[int]) -> None:
    """Enqueues the next stage when the surrounding transaction, if any, has committed."""
    transaction.on_commit(partial(_send, task, pk))


def hand_on_snapshot(snapshot: Snapshot) -> None:
    """Enqueues whatever stage the snapshot, or else its article, waits for."""
    if task := _TASKS.get(snapshot.state):
        hand_on(task, snapshot.pk)
    elif snapshot.article and snapshot.article.state == Article.State.AWAITING_EXTRACTION:
        hand_on(PROCESS, snapshot.article.pk)


def hand_on_next(host: int) -> None:
    """Enqueues what waits for the host, for the time when the host may be asked again."""
    now = database_now()
    if work := hosts.next_work(host, now=now):
        delay = (work.at - now).total_seconds()
        if delay <= LONGEST_DELAY:
            transaction.on_commit(partial(_send, _task_of(work), work.pk, max(delay, 0.0) + _MARGIN))


def _task_of(work: Work) -> str:
    return POLL if work.kind is Feed else FETCH


def resend_overdue(*, now: datetime, age: timedelta, limit: int) -> int:
    """Enqueues the snapshots that nobody works on once more, and for each free host what waits for it; how many.

    Before, what feeds have named is handed on as far as there is room for it.
    """
    entries.take_up_everywhere(now=now, limit=limit)
    waiting = [
        (_TASKS[state], pk) for state, pks in stages.overdue(now=now, age=age, limit=limit).items() for pk in pks
    ]
    waiting += [(_task_of(work), work.pk) for work in hosts.ready(now=now, age=age, limit=limit)]
    overdue = jobs.overdue(now=now, age=age, limit=limit)
    waiting += [(_SHARD_TASKS[kind], pk) for kind, pk in overdue if kind in _SHARD_TASKS]
    for task, pk in waiting:
        hand_on(task, pk)
    return len(waiting)


def _send(task: str, pk: int | list[int], delay: float | None = None) -> None:
    """A broker that is away must not undo what the database has: the sweep will find the row."""
    if delay is not None and current_app.conf.task_always_eager:
        return  # whoever does the work in this process comes back to it
    try:
        current_app.signature(task, args=(pk,)).apply_async(retry=False, countdown=delay or 0)
    except Exception as error:
        log.warning("message not sent; the sweep will find the row", task=task, pk=pk, reason=str(error))

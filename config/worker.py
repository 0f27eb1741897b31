"""What a worker does beside its tasks: it says that it is there, and ends itself when it takes no task any more.

After a broker's restart a worker may live on without taking anything. Its supervisor starts one that has ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from typing import Any

import psutil
import psycopg
import structlog
from billiard.exceptions import WorkerLostError
from celery import Celery
from celery.utils.nodenames import worker_direct
from celery.worker import state

from config import settings

log = structlog.get_logger(__name__)

# So often a worker says that it is there.
SIGN_SECONDS = 10.0
# So many unanswered proofs, asked of oneself, show that the broker took them and nobody gave them back.
PROOFS = 3
STUCK = 70
_SIGN = """
    INSERT INTO talent_pulse (name, at, note) VALUES (%s, clock_timestamp(), %s)
    ON CONFLICT (name) DO UPDATE SET at = excluded.at, note = excluded.note
"""


class Watch:
    """Watches one worker from within, in a thread of its main process."""

    def __init__(self, app: Celery, hostname: str, *, stuck_seconds: float) -> None:
        self.app = app
        self.hostname = hostname
        # Without children nobody else holds a task to its time.
        self.alone = app.conf.worker_pool == "solo"
        self.stuck_seconds = stuck_seconds
        self.last_taken = time.monotonic()
        self.unanswered = 0
        self.redelivered = 0
        self.lost = 0
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begins to watch."""
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        """The worker is about to go: a worker that takes nothing is no wonder now."""
        self._stopped.set()

    def note_taken(self, *, again: bool = False) -> None:
        """The worker has taken a task; ``again`` where the broker had delivered it before."""
        self.last_taken = time.monotonic()
        self.unanswered = 0
        self.redelivered += again

    def _run(self) -> None:
        every = min(SIGN_SECONDS, self.stuck_seconds / PROOFS)
        while not self._stopped.wait(every):
            self._say_so()
            self._ask_for_proof()
            if self.stuck():
                log.error("the worker lives but takes no task: it ends itself", worker=self.hostname)
                end_group()
            if self.alone and overdue(time.time()):
                log.error("a task takes too long, and there is no child to end: the worker ends itself")
                end_group()

    def stuck(self) -> bool:
        """Whether the worker has taken nothing for too long, though idle and asked again and again."""
        idle = time.monotonic() - self.last_taken
        return not state.active_requests and self.unanswered >= PROOFS and idle > self.stuck_seconds

    def _ask_for_proof(self) -> None:
        """Sends a task to the worker's own queue. A broker that is away is no reason to end."""
        try:
            queue = worker_direct(self.hostname)
            self.app.send_task("config.probe", queue=queue, expires=self.stuck_seconds, retry=False)  # type: ignore[arg-type]  # a queue, too
        except Exception as error:
            log.warning("the broker is out of reach", reason=str(error))
            self.note_taken()
        else:
            self.unanswered += 1

    def _say_so(self) -> None:
        """Notes in the database that this worker is there. By a connection of its own: the main process forks."""
        tasks = {name: number for name, number in state.total_count.items() if name != "config.probe"}
        note = {"active": len(state.active_requests), "done": sum(tasks.values()), "tasks": tasks}
        note |= {"redelivered": self.redelivered, "lost": self.lost}
        with contextlib.suppress(psycopg.Error), psycopg.connect(settings.DATABASE_URL, connect_timeout=5) as database:
            database.execute(_SIGN, [f"worker:{self.hostname}"[:40], json.dumps(note)])


def overdue(now: float) -> bool:
    """Whether a task that this worker works on has passed its time limit."""
    return any(_is_overdue(request, now) for request in list(state.active_requests))


def _is_overdue(request: Any, now: float) -> bool:
    limit = request.time_limits[0] or request.task.time_limit or settings.CELERY_TASK_TIME_LIMIT
    return bool(request.time_start and now - request.time_start > limit)


def end_group() -> None:
    """Ends this process and its children at once: what they had in hand comes back by its lease."""
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            child.kill()
    os._exit(STUCK)


_watch: Watch | None = None


def watch(app: Celery, hostname: str) -> None:
    """Begins to watch this worker."""
    global _watch
    _watch = Watch(app, hostname, stuck_seconds=settings.WORKER_STUCK_SECONDS)
    _watch.start()


def note_taken(request: Any = None, **kwargs: Any) -> None:
    """The worker has taken a task."""
    if _watch:
        again = bool(request and (request.delivery_info or {}).get("redelivered"))
        _watch.note_taken(again=again)


def note_failed(exception: BaseException | None = None, **kwargs: Any) -> None:
    """A task failed; in this process only where its child died."""
    if _watch and isinstance(exception, WorkerLostError):
        _watch.lost += 1


def leave(**kwargs: Any) -> None:
    """The worker is asked to stop."""
    if _watch:
        _watch.stop()

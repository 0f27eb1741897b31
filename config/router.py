"""Reads of anonymous readers from a replica, where REPLICA_URL names one and it keeps up; everything else from the
primary.

Whether the replica keeps up is asked at most once a second by each process. A replica that lags, is away or has
stopped to replay is left alone, and readers notice nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any

import structlog
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from psycopg_pool import PoolTimeout

log = structlog.get_logger(__name__)

REPLICA = "replica"
ASKED_AGAIN_SECONDS = 1.0
# Seconds that the replica is behind. What was received and is not replayed counts; where all of it is replayed, the
# replica is at most as old as the last word from the primary.
_LAG = """
    SELECT CASE
        WHEN NOT pg_is_in_recovery() THEN 0
        WHEN pg_is_wal_replay_paused() THEN NULL
        WHEN status IS DISTINCT FROM 'streaming' THEN NULL
        WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
            THEN extract(epoch FROM clock_timestamp() - last_msg_receipt_time)
        ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())
    END
    FROM (SELECT 1) AS one LEFT JOIN pg_stat_wal_receiver ON true
"""
# Django's own tables are asked for whoever signs in, and must be of this moment.
_NEVER = frozenset({"admin", "auth", "contenttypes", "sessions"})

_reading: ContextVar[bool] = ContextVar("reading_from_replica", default=False)


class ReplicaRouter:
    """Sends a read to the replica within a request that ``ReplicaMiddleware`` found to be a reader's."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return REPLICA if _reading.get() and model._meta.app_label not in _NEVER else None

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReplicaMiddleware:
    """Marks a request that may read from the replica: it only reads, and nobody has signed in to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with reading(when=may_lag(request)):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Asks the primary for what a replica that has just gone, or cancelled a statement, did not give."""
        match = request.resolver_match
        if not _reading.get() or match is None or not isinstance(exception, OperationalError | PoolTimeout):
            return None
        log.warning("the replica failed; the primary is asked", reason=str(exception))
        _watch.well, _watch.asked = False, time.monotonic()
        _reading.set(False)
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return response.render() if isinstance(response, SimpleTemplateResponse) else response


@contextmanager
def reading(*, when: bool) -> Iterator[None]:
    """Reads within the block go to the replica, if it keeps up."""
    if not when or REPLICA not in settings.DATABASES:
        yield
        return
    token = _reading.set(keeps_up())
    try:
        yield
    finally:
        _reading.reset(token)


def may_lag(request: HttpRequest) -> bool:
    """Whether what is some seconds old will do: nobody has signed in, and nothing is about to be changed."""
    if REPLICA not in settings.DATABASES or request.method not in ("GET", "HEAD"):
        return False
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "Authorization" not in request.headers


class _Watch:
    """What is known of the replica, and since when."""

    def __init__(self) -> None:
        self.lock, self.asked, self.well = Lock(), float("-inf"), False


_watch = _Watch()


def keeps_up() -> bool:
    """Whether the replica is at most REPLICA_LAG_SECONDS behind; where another thread is just asking, the last word."""
    if time.monotonic() - _watch.asked < ASKED_AGAIN_SECONDS or not _watch.lock.acquire(blocking=False):
        return _watch.well
    try:
        behind = lag()
        well = behind is not None and behind <= settings.REPLICA_LAG_SECONDS
        if well != _watch.well:
            log.info("readers are served by", server=REPLICA if well else "primary", behind_seconds=behind)
        _watch.well, _watch.asked = well, time.monotonic()
        return well
    finally:
        _watch.lock.release()


def forget() -> None:
    """Ask anew at the next request."""
    _watch.asked, _watch.well = float("-inf"), False


def lag() -> float | None:
    """Seconds that the replica is behind; None where it does not answer or does not follow."""
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(_LAG)
            (behind,) = cursor.fetchone()
    except (Error, PoolTimeout):
        return None
    return None if behind is None else max(float(behind), 0.0)

"""Connections of the hot statements alone, one for each thread of a web server: kept, so that each statement is told to
them and planned once, and set so that its plan does not hang on what the first readers happened to ask.

Programs and tests have none: there the hot statements go by Django's own connections.
"""

from __future__ import annotations

import threading
import time
from typing import Any

import psycopg
from django.db import connections
from psycopg.pq import ExecStatus

# What is asked for lies in memory; no statement reads a table from end to end, or sorts what an index has in order.
_SETTINGS = b"""
SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1.1; SET enable_seqscan = off; SET enable_sort = off;
SET jit = off; SET TimeZone = 'UTC'; SET default_transaction_read_only = on
"""
# After so many seconds a connection is made anew; what the server keeps for it goes with it.
_KEPT_SECONDS = 600.0
# After one that could not be made, so long nobody tries: Django's way knows how to wait, and how to say so.
_UNTRIED_SECONDS = 2.0

_own = threading.local()
_failed_at: dict[str, float] = {}
_keeping = False


class Away(psycopg.OperationalError):
    """The server did not answer a moment ago."""


def keep() -> None:
    """From here on threads of this process keep connections: for web servers, and what they fork."""
    global _keeping
    _keeping = True


def connection_to(alias: str) -> Any:
    """This thread's connection to that server: psycopg's. Within a transaction it is the one that is in it."""
    theirs = connections[alias]
    if not _keeping or theirs.in_atomic_block:
        theirs.ensure_connection()
        return theirs.connection
    known = _own.__dict__.setdefault("known", {})
    since, raw = known.get(alias, (0.0, None))
    now = time.monotonic()
    if raw is None or now - since > _KEPT_SECONDS:
        forget(alias)
        raw = _made(alias, now)
        known[alias] = now, raw
    return raw


def forget(alias: str) -> None:
    """Hangs up: the next question is asked on a connection of its own."""
    _, raw = _own.__dict__.get("known", {}).pop(alias, (0.0, None))
    if raw is not None:
        raw.close()


def _made(alias: str, now: float) -> Any:
    if now - _failed_at.get(alias, float("-inf")) < _UNTRIED_SECONDS:
        raise Away("The database did not answer a moment ago.")
    try:
        raw = psycopg.connect(**connections[alias].get_connection_params(), autocommit=True)
        if raw.pgconn.exec_(_SETTINGS).status != ExecStatus.COMMAND_OK:
            raise psycopg.OperationalError("The connection could not be set up.")
    except psycopg.OperationalError:
        _failed_at[alias] = now
        raise
    return raw

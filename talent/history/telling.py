"""Tells the database who changes something and why, so that its triggers can note it with the change.

Every Django connection gets ``Teller``, which sets one variable of the transaction before the first statement that
writes. A statement of its own, because server-side binding takes one statement at a time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

VARIABLE = "talent.context"
_WRITES = ("insert", "update", "delete", "with", "merge", "copy", "call", "do")
_SET = f"SELECT set_config('{VARIABLE}', %s, %s)"

Context = dict[str, Any]
_context: ContextVar[Context | None] = ContextVar("history", default=None)


@contextmanager
def because(reason: str = "", **who: Any) -> Iterator[None]:
    """Changes within are noted with this reason, and with whatever else is told about who makes them.

    Within one another, the inner one adds to the outer one; ``user=None`` leaves a user out again.
    """
    token = tell(reason, **who)
    try:
        yield
    finally:
        _context.reset(token)


def tell(reason: str = "", **who: Any) -> Token[Context | None]:
    """The same without an end, for a hook that has no block to wrap; ``forget`` ends it."""
    return _context.set({**(_context.get() or {}), **({"why": reason[:2000]} if reason else {}), **who})


def forget(token: Token[Context | None]) -> None:
    """Ends what ``tell`` began."""
    _context.reset(token)


def current() -> Context:
    """What is told now; where nothing is, which program is running."""
    told = {name: value for name, value in (_context.get() or {}).items() if value is not None}
    return told if told.keys() - {"why"} else {**told, "command": _program()}


def _program() -> str:
    """ "manage.py rebuild"; never the arguments, which may hold secrets."""
    name = Path(sys.argv[0] or "python").name
    verb = sys.argv[1] if name == "manage.py" and len(sys.argv) > 1 else ""
    return f"{name} {verb}".strip()[:80]


class Teller:
    """An execute wrapper of one connection. What it set lasts to the end of the transaction, or of the statement."""

    def __init__(self) -> None:
        self._told: str | None = None

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        connection: BaseDatabaseWrapper = context["connection"]
        raw: Any = connection.connection
        words = str(sql)[:40].lstrip("( \n\t").lower()
        if raw.info.transaction_status == TransactionStatus.IDLE or words.startswith("rollback to"):
            self._told = None
        if not words.startswith(_WRITES) or raw.info.transaction_status == TransactionStatus.INERROR:
            return execute(sql, params, many, context)
        telling = json.dumps(current(), ensure_ascii=False, default=str)
        if not raw.autocommit:
            if telling != self._told:
                raw.execute(_SET, [telling, True])
                self._told = telling
            return execute(sql, params, many, context)
        raw.execute(_SET, [telling, False])
        try:
            return execute(sql, params, many, context)
        finally:
            raw.execute(_SET, ["", False])


def install(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Gives a connection its teller; a receiver of ``connection_created``."""
    if connection.vendor == "postgresql" and not any(isinstance(w, Teller) for w in connection.execute_wrappers):
        connection.execute_wrappers.append(Teller())

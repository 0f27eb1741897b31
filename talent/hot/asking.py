"""Statements that a connection is told once and plans once, and is then asked by name: without what a cursor does for
statements of any kind, which takes longer than most of these take the database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.db import connections, router
from psycopg import errors
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus, Format
from psycopg.sql import Literal

from talent.hot import kept
from talent.models import Move

# A statement that the connection has forgotten (DEALLOCATE ALL), or whose tables are others since a migration.
_TELL_AGAIN = (errors.InvalidSqlStatementName, errors.FeatureNotSupported)
Value = str | int | None


class Prepared:
    """SQL with $1, $2 … whose types the statement itself makes plain. Rows come as tuples of Python's values."""

    def __init__(self, sql: str) -> None:
        self.sql = sql

    @cached_property
    def name(self) -> bytes:
        """The same for the same words, in every process."""
        return b"hot_" + blake2b(self.sql.encode(), digest_size=12).hexdigest().encode()

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """The answer, from the server that reads of this request go to; psycopg's errors."""
        alias = router.db_for_read(Move)
        raw = kept.connection_to(alias)
        if (theirs := connections[alias]).queries_logged:
            # As a cursor of Django's would: whoever counts queries counts this one, and may ask for its plan.
            theirs.queries_log.append({"sql": self._with(values), "time": "0"})
        written = [None if value is None else str(value).encode() for value in values]
        try:
            return self._asked(raw, written)
        except _TELL_AGAIN:
            self._forget(raw)
        except errors.Error:
            kept.forget(alias)
            raise
        return self._asked(raw, written)

    def _with(self, values: Sequence[Value]) -> str:
        """The statement with the values written where they stand."""
        written = [Literal(None if value is None else str(value)).as_string() for value in values]
        return re.sub(r"\$(\d+)", lambda found: written[int(found[1]) - 1], self.sql)

    def _asked(self, raw: Any, values: Sequence[bytes | None]) -> list[tuple[Any, ...]]:
        told = _told(raw)
        reader = told.get(self.name)
        if fresh := reader is None:
            checked(raw.pgconn.prepare(self.name, self.sql.encode()), raw)
            reader = told[self.name] = Transformer(raw)
        result = checked(raw.pgconn.exec_prepared(self.name, values, None, Format.BINARY), raw)
        # The columns are of the same types each time.
        reader.set_pgresult(result, set_loaders=fresh, format=Format.BINARY)
        return reader.load_rows(0, result.ntuples, tuple)

    def _forget(self, raw: Any) -> None:
        _told(raw).pop(self.name, None)
        raw.pgconn.exec_(b"DEALLOCATE " + self.name)


def _told(raw: Any) -> dict[bytes, Any]:
    """What this connection was told, each with what reads its answers."""
    told: dict[bytes, Any] | None = getattr(raw, "hot_statements", None)
    if told is None:
        told = raw.hot_statements = {}
    return told


def checked(result: Any, raw: Any) -> Any:
    """The result, where it is none of an error."""
    if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        raise errors.error_from_result(result, encoding=raw.info.encoding)
    return result

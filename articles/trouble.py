"""Tells trouble of the house from trouble with a document: a database that is gone or a full disk is nobody's fault,
and a try that it spoiled does not count."""

from __future__ import annotations

import errno
import time
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.models import F

from articles.clock import database_now

log = structlog.get_logger(__name__)

# SQLSTATEs: connection lost, server going down, out of disk or memory, deadlock, failed over to a replica, I/O error.
_STATES = ("08", "57P", "53", "40", "25006", "58")
_ERRNOS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ESTALE}
)


def at_home(error: BaseException) -> bool:
    """Whether the house is in trouble, and not the document that was worked on."""
    if getattr(error, "at_home", False):
        return True
    if isinstance(error, DatabaseError | InterfaceError):
        state = getattr(error.__cause__, "sqlstate", None)
        if state is None:
            return isinstance(error, OperationalError | InterfaceError)
        return str(state).startswith(_STATES)
    return isinstance(error, OSError) and error.errno in _ERRNOS


def give_back(model: type[Any], pk: int, error: BaseException, **held: Any) -> None:
    """Frees a row that was taken, and takes its try back. ``held`` is what ``StageQuerySet.held`` asks for.

    Waits a while for a database that is gone; where that is in vain, raises, and the lease frees the row.
    """
    end = time.monotonic() + settings.DATABASE_PATIENCE_SECONDS
    while True:
        try:
            _free(model, pk, error, held)
        except (OperationalError, InterfaceError):
            if time.monotonic() > end:
                raise
            connection.close()
            time.sleep(0.5)
        else:
            return


def _free(model: type[Any], pk: int, error: BaseException, held: dict[str, Any]) -> None:
    now = database_now()
    gone = isinstance(error, DatabaseError | InterfaceError)
    # The database is back, or this would not be written; a full disk may stay full.
    wait = None if gone else now + timedelta(seconds=settings.RETRY_SECONDS)
    freed: dict[str, Any] = {"attempts": F("attempts") - 1, "taken_until": wait, "updated_at": now}
    if not gone:
        freed["error"] = f"{error} (the machine is in trouble, not the document; it goes on by itself)"[:2000]
    model._default_manager.held(pk, **held).update(**freed)
    log.warning("given back untried", row=f"{model.__name__} {pk}", reason=str(error))

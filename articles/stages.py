"""Fetching and parsing as steps from row to row: take the row, do the work, commit its result with the row's new state.

A worker may be killed at any instruction: its lease runs out, and another takes the row. Nothing here enqueues a task.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction

from articles import archive, ingest
from articles.exceptions import IntakeError, NotADocument
from articles.fetch import Fetched, fetch
from articles.models import Article, Snapshot
from articles.parse import parse_safely

log = structlog.get_logger(__name__)

State = Snapshot.State

# Between two tries: half a minute, two, eight, thirty-two.
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=24)


class GaveUp(IntakeError):
    """Every try so far ended without a word: the worker died of it."""


def database_now() -> datetime:
    """The database's clock: leases of many machines are compared, and their clocks differ."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def run_fetch(pk: int, *, now: datetime) -> int | None:
    """Fetches the waiting snapshot; the number of the snapshot that now waits to be parsed, if any."""
    return _run(pk, State.AWAITING_FETCH, now, _fetch)


def run_parse(pk: int, *, now: datetime) -> int | None:
    """Parses the waiting snapshot and stores its article; the article's number if it waits to be read."""
    return _run(pk, State.AWAITING_PARSE, now, _parse)


def overdue(*, now: datetime, age: timedelta, limit: int) -> dict[str, list[int]]:
    """Rows of both stages that wait although nobody works on them, by state; touched, so that they are named once."""
    found = {}
    for state in (State.AWAITING_FETCH, State.AWAITING_PARSE):
        rows = Snapshot.objects.overdue(now, state=state, age=age)
        found[state.value] = pks = list(rows.values_list("pk", flat=True)[:limit])
        Snapshot.objects.filter(pk__in=pks).update(updated_at=now)
    return found


def _run(pk: int, state: State, now: datetime, work: Callable[[Snapshot, datetime], int | None]) -> int | None:
    """Takes the row and works on it; None where it does not wait, another worker holds it, or the work failed."""
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    if not Snapshot.objects.take(pk, state=state, now=now, lease=lease):
        return None
    snapshot = Snapshot.objects.get(pk=pk)
    try:
        if snapshot.attempts > settings.MAX_ATTEMPTS:
            raise GaveUp(f"Gave up after {settings.MAX_ATTEMPTS} tries, each of which ended the worker.")
        return work(snapshot, now + lease)
    except OperationalError:
        raise  # the database is gone: nothing can be noted there, and the lease gives the row back
    except Exception as error:
        _note_failure(snapshot, error, now=now, until=now + lease)
        return None


def _fetch(snapshot: Snapshot, until: datetime) -> int | None:
    fetched = fetch(snapshot.address)
    if not fetched.body.strip():
        raise NotADocument("The server sent an empty page.")
    sha256 = archive.put(fetched.body)
    try:
        with transaction.atomic():
            kept = _keep(snapshot, fetched, sha256=sha256, until=until)
            return snapshot.pk if kept else None
    except IntegrityError:
        return _note_unchanged(snapshot, fetched, sha256=sha256, until=until)


def _keep(snapshot: Snapshot, fetched: Fetched, *, sha256: str, until: datetime) -> bool:
    """Writes the answer into the row, unless the lease ran out meanwhile and another worker was given it."""
    held = Snapshot.objects.held(snapshot.pk, state=State.AWAITING_FETCH, until=until)
    return bool(
        held.update(
            **_DONE,
            state=State.AWAITING_PARSE,
            sha256=sha256,
            size=len(fetched.body),
            final_address=fetched.final_address,
            content_type=fetched.content_type,
            http_status=fetched.status,
            headers=fetched.headers,
            retrieved_at=fetched.retrieved_at,
            checked_at=fetched.retrieved_at,
            updated_at=fetched.retrieved_at,
        )
    )


def _note_unchanged(snapshot: Snapshot, fetched: Fetched, *, sha256: str, until: datetime) -> int | None:
    """The address still gives the bytes of an earlier snapshot: that one stands, and the waiting row is not needed."""
    with transaction.atomic():
        Snapshot.objects.held(snapshot.pk, state=State.AWAITING_FETCH, until=until).delete()
        known = Snapshot.objects.get(address=snapshot.address, sha256=sha256)
        Snapshot.objects.filter(pk=known.pk).update(checked_at=fetched.retrieved_at)
    return known.pk if known.state == State.AWAITING_PARSE else None


def _parse(snapshot: Snapshot, until: datetime) -> int | None:
    body = archive.get(snapshot.sha256)
    address = snapshot.final_address or snapshot.address
    parsed = parse_safely(body, snapshot.content_type, address, retrieved_at=snapshot.retrieved_at)
    with transaction.atomic():
        article, new = ingest.store(parsed, snapshot)
        Snapshot.objects.held(snapshot.pk, state=State.AWAITING_PARSE, until=until).update(
            **_DONE, state=State.STORED, article=article
        )
    log.info("snapshot parsed", snapshot=snapshot.pk, article=article.public_id, new=new)
    return article.pk if article.state == Article.State.AWAITING_EXTRACTION else None


_DONE = {"attempts": 0, "taken_until": None, "error": "", "failed_for_good": False}


def _note_failure(snapshot: Snapshot, error: Exception, *, now: datetime, until: datetime) -> None:
    """Keeps the reason on the row, which waits for its next try, or for an operator."""
    permanent = bool(getattr(error, "permanent", False))
    final = permanent or snapshot.attempts >= settings.MAX_ATTEMPTS
    expected = isinstance(error, IntakeError)
    note = log.warning if expected else log.exception
    note("snapshot failed", snapshot=snapshot.pk, stage=snapshot.state, reason=str(error), final=final)
    Snapshot.objects.held(snapshot.pk, state=snapshot.state, until=until).update(
        error=_reason(error, expected=expected),
        state=State.FAILED if final else snapshot.state,
        failed_for_good=permanent,
        taken_until=None if final else now + _wait(error, snapshot.attempts),
        updated_at=now,
    )


def _reason(error: Exception, *, expected: bool) -> str:
    text = str(error) if expected else f"{type(error).__name__}: {error}"
    return text.replace("\x00", "")[:2000]


def _wait(error: Exception, attempts: int) -> timedelta:
    asked = timedelta(seconds=getattr(error, "retry_after", None) or 0)
    own: timedelta = _FIRST_WAIT * 4 ** min(attempts - 1, 8)
    return min(max(asked, own), _LONGEST_WAIT)

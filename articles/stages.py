"""Fetching and parsing as steps from row to row: take the row, do the work, commit its result with the row's new state.

A worker may be killed at any instruction: its lease runs out, and another takes the row. Nothing here enqueues a task.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction

from articles import archive, boxes, editions, hosts, ingest, shape, subscriptions
from articles.clock import database_now
from articles.exceptions import IntakeError, NotADocument
from articles.fetch import Fetched, Wish
from articles.hosts import Turn
from articles.models import Article, Entry, Snapshot
from articles.parse import parse_safely
from articles.trouble import at_home, give_back

__all__ = ["database_now", "mend_clock", "overdue", "run_fetch", "run_parse"]

log = structlog.get_logger(__name__)

State = Snapshot.State

_LONGEST_WAIT = timedelta(hours=24)


class GaveUp(IntakeError):
    """Every try so far ended without a word: the worker died of it."""


def run_fetch(pk: int, *, now: datetime) -> int | None:
    """Fetches the waiting snapshot; the number of the snapshot that now waits to be parsed, if any.

    TooEarly where its host is not free: the row stays as it is, and no try is counted.
    """
    snapshot = Snapshot.objects.filter(pk=pk, state=State.AWAITING_FETCH).only("address", "host").first()
    if snapshot is None:
        return None
    with hosts.turn(_host_of(snapshot), now=now) as turn:
        return _run(pk, State.AWAITING_FETCH, now, partial(_fetch, turn))


def _host_of(snapshot: Snapshot) -> int:
    """The number of the host to ask; a row that was made without one is given it."""
    if snapshot.host_id is not None:
        return snapshot.host_id
    host = hosts.named(snapshot.address)
    Snapshot.objects.filter(pk=snapshot.pk).update(host=host)
    return host.pk


def run_parse(pk: int, *, now: datetime) -> int | None:
    """Parses the waiting snapshot and stores its article; the article's number if it waits to be read."""
    return _run(pk, State.AWAITING_PARSE, now, _parse)


def overdue(*, now: datetime, age: timedelta, limit: int) -> dict[str, list[int]]:
    """Rows of both stages that wait although nobody works on them, by state; touched, so that they are named once.

    Fetches wait for their host, and are named with it (``hosts.ready``); here are those that have none yet.
    """
    found = {}
    for state, more in ((State.AWAITING_FETCH, {"host": None}), (State.AWAITING_PARSE, {})):
        rows = Snapshot.objects.overdue(now, state=state, age=age).filter(**more)
        found[state.value] = pks = list(rows.values_list("pk", flat=True)[:limit])
        Snapshot.objects.filter(pk__in=pks).update(updated_at=now)
    return found


def mend_clock(*, now: datetime) -> int:
    """Brings back rows that wait in the future of a clock that was put back; how many."""
    waiting = (State.AWAITING_FETCH, State.AWAITING_PARSE)
    return Snapshot.objects.filter(state__in=waiting).mend_clock(now)


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
    except Exception as error:
        if at_home(error):
            give_back(Snapshot, pk, error, state=state, until=now + lease)
        else:
            _note_failure(snapshot, error, now=now, until=now + lease)
        return None


def _fetch(turn: Turn, snapshot: Snapshot, until: datetime) -> int | None:
    earlier = _earlier(snapshot)
    fetched = hosts.fetch_politely(turn, snapshot.address, _wish(earlier), clock=database_now)
    if earlier and fetched.unchanged:
        return _note_unchanged(snapshot, earlier, now=fetched.retrieved_at, until=until)
    if not fetched.body.strip():
        raise NotADocument("The server sent an empty page.")
    sha256 = archive.put(fetched.body)
    try:
        with transaction.atomic():
            kept = _keep(snapshot, fetched, sha256=sha256, until=until)
            return snapshot.pk if kept else None
    except IntegrityError:
        known = Snapshot.objects.get(address=snapshot.address, sha256=sha256)
        return _note_unchanged(snapshot, known, now=fetched.retrieved_at, until=until)


def _earlier(snapshot: Snapshot) -> Snapshot | None:
    """What the address gave last, where only a change is of interest. Who submits a page by hand wants the whole."""
    if snapshot.feed_id is None:
        return None
    read = Snapshot.objects.filter(address=snapshot.address, state=State.STORED).exclude(sha256="")
    newest: Snapshot | None = read.order_by("-checked_at", "-pk").first()
    return newest


def _wish(earlier: Snapshot | None) -> Wish:
    headers = earlier.headers if earlier else {}
    return Wish(etag=headers.get("etag", ""), last_modified=headers.get("last-modified", ""))


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


def _note_unchanged(snapshot: Snapshot, known: Snapshot, *, now: datetime, until: datetime) -> int | None:
    """The address still gives the bytes of an earlier snapshot: that one stands, and the waiting row is not needed."""
    with transaction.atomic():
        Entry.objects.filter(snapshot=snapshot).update(snapshot=known)
        Snapshot.objects.held(snapshot.pk, state=State.AWAITING_FETCH, until=until).delete()
        Snapshot.objects.filter(pk=known.pk).update(checked_at=now)
        if known.article:
            editions.note(known.article, known.address_key)
    return known.pk if known.state == State.AWAITING_PARSE else None


def _parse(snapshot: Snapshot, until: datetime) -> int | None:
    body = archive.get(snapshot.sha256)
    if boxes.is_box(body):
        log.info("box cut into letters", snapshot=snapshot.pk, letters=boxes.cut(snapshot, body, until=until))
        return None
    address = snapshot.final_address or snapshot.address
    parsed = parse_safely(body, snapshot.content_type, address, retrieved_at=snapshot.retrieved_at)
    with transaction.atomic():
        article, new = ingest.store(parsed, snapshot)
        Snapshot.objects.held(snapshot.pk, state=State.AWAITING_PARSE, until=until).update(
            **_DONE, state=State.STORED, article=article
        )
    if snapshot.feed_id:
        shape.note_page(snapshot.feed_id, len(parsed.text))
        subscriptions.note_outlet(snapshot.feed_id, article)
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
    if snapshot.feed_id and final:
        shape.note_page(snapshot.feed_id, None)
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
    # Half a minute, two, eight, thirty-two.
    own = timedelta(seconds=settings.RETRY_SECONDS * 4 ** min(attempts - 1, 8))
    return min(max(asked, own), _LONGEST_WAIT)

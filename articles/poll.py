"""Polling: take a feed whose time has come, ask for it in its host's turn, note what it names, say when to come again.

A feed is a row like any stage's: taken by a conditional UPDATE with a lease, and written with its new state in one
transaction. Nothing here enqueues a task.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from articles import archive, entries, feeds, hosts, maps, shape
from articles.clock import database_now
from articles.exceptions import Gone, IntakeError, NotADocument, NotAFeed
from articles.fetch import FEED, PAGE, Fetched, Wish
from articles.hosts import Turn
from articles.models import Entry, Feed, Snapshot
from articles.parse.sandbox import work_safely
from articles.trouble import at_home, give_back

log = structlog.get_logger(__name__)

# The interval is shortened by each poll that brings something new and lengthened by each that does not.
_SHORTER, _LONGER = 0.7, 1.25
# After the first failure; then twice as long after each.
_FIRST_WAIT = timedelta(minutes=5)
# Polls of many feeds that were added together drift apart.
_JITTER = 0.1


_KINDS = {"sitemap": Feed.Kind.SITEMAP, "sitemap index": Feed.Kind.SITEMAP}


@dataclass(frozen=True, slots=True)
class Found:
    """What one poll brought: the bytes or their absence, what they name, and a snapshot that waits to be parsed."""

    fetched: Fetched
    sha256: str
    document: feeds.Discovered | None = None
    snapshot: int | None = None


def run_poll(pk: int, *, now: datetime, chance: Callable[[], float] = random.random) -> list[int]:
    """Polls the feed, if its time has come; the numbers of snapshots that now wait to be parsed (a page's own).

    TooEarly where its host is not free. A failure is kept on the row with its reason, and the feed waits the longer
    the more often it failed.
    """
    host = Feed.objects.due(now).filter(pk=pk).values_list("host", flat=True).first()
    if host is None:
        return []
    with hosts.turn(host, now=now) as turn:
        until = now + timedelta(seconds=settings.LEASE_SECONDS)
        if not Feed.objects.due(now).take(pk, state=Feed.State.ACTIVE, now=now, lease=until - now):
            return []
        feed = Feed.objects.select_related("parent", "host").get(pk=pk)
        try:
            return _poll(feed, turn, now=now, until=until, chance=chance)
        except Exception as error:
            if at_home(error):
                give_back(Feed, pk, error, state=Feed.State.ACTIVE, until=until)
            else:
                _note_failure(feed, error, now=now, until=until, chance=chance)
            return []


def _poll(feed: Feed, turn: Turn, *, now: datetime, until: datetime, chance: Callable[[], float]) -> list[int]:
    if feed.attempts > settings.MAX_ATTEMPTS:
        raise KilledWorkers(f"Each of the last {settings.MAX_ATTEMPTS} polls ended the worker.")
    found = _ask(feed, turn)
    with transaction.atomic():
        held = Feed.objects.held(feed.pk, state=Feed.State.ACTIVE, until=until).select_for_update()
        if not list(held.values_list("pk")):
            return []
        noted = _note(feed, found, now=now)
        _note_success(feed, found, noted, now=now, chance=chance)
    entries.take_up(feed.parent_id or feed.pk, now=now)
    log.info("feed polled", feed=feed.pk, status=found.fetched.status, new=noted.new, changed=noted.changed)
    return [found.snapshot] if found.snapshot else []


class KilledWorkers(IntakeError):
    """Every try so far ended without a word: the worker died of it."""


# ---------------------------------------------------------------- asking


def _ask(feed: Feed, turn: Turn) -> Found:
    is_page = feed.kind == Feed.Kind.PAGE
    wish = Wish(
        accept=PAGE if is_page else FEED,
        etag=feed.etag,
        last_modified=feed.last_modified,
        limit=None if is_page else feeds.MAX_BYTES,
    )
    fetched = hosts.fetch_politely(turn, feed.address, wish, clock=database_now)
    if fetched.unchanged:
        return Found(fetched, feed.sha256)
    sha256 = hashlib.sha256(fetched.body).hexdigest()
    if sha256 == feed.sha256:
        return Found(fetched, sha256)
    if is_page:
        return Found(fetched, sha256, snapshot=_keep_page(feed, fetched))
    return Found(fetched, sha256, document=discovered(fetched))


def discovered(fetched: Fetched) -> feeds.Discovered:
    """What the fetched bytes name, read in the process that can be stopped; NotAFeed for what is no feed."""
    found: dict[str, Any] = work_safely(
        "discover",
        fetched.body,
        content_type=fetched.content_type,
        address=fetched.final_address,
        latest=fetched.retrieved_at.isoformat(),
    )
    for name in ("entries", "maps"):
        found[name] = tuple(map(_entry, found[name]))
    return feeds.Discovered(**found)


def _entry(written: dict[str, Any]) -> feeds.Entry:
    for name in ("published", "modified"):
        written[name] = datetime.fromisoformat(written[name]) if written[name] else None
    return feeds.Entry(**written)


def _keep_page(feed: Feed, fetched: Fetched) -> int | None:
    """The snapshot of a page that is read itself, where it has changed; it waits to be parsed."""
    if not fetched.body.strip():
        raise NotADocument("The server sent an empty page.")
    sha256 = archive.put(fetched.body)
    try:
        with transaction.atomic():
            snapshot = Snapshot.objects.create(
                address=feed.address,
                final_address=fetched.final_address,
                sha256=sha256,
                size=len(fetched.body),
                content_type=fetched.content_type,
                http_status=fetched.status,
                headers=fetched.headers,
                retrieved_at=fetched.retrieved_at,
                checked_at=fetched.retrieved_at,
                host=feed.host,
                feed=feed,
                state=Snapshot.State.AWAITING_PARSE,
            )
    except IntegrityError:
        Snapshot.objects.filter(address=feed.address, sha256=sha256).update(checked_at=fetched.retrieved_at)
        return None
    return snapshot.pk


# ---------------------------------------------------------------- success


def _note(feed: Feed, found: Found, *, now: datetime) -> entries.Noted:
    if found.snapshot is not None:
        _note_page(feed, found.snapshot, now=now)
        return entries.Noted(new=1, changed=0)
    if found.document is None:
        return entries.Noted(new=0, changed=0)
    if found.document.maps:
        maps.note(feed, found.document.maps, now=now)
    return entries.note(feed, found.document.entries, now=now)


def _note_page(feed: Feed, snapshot: int, *, now: datetime) -> None:
    entry, _ = Entry.objects.get_or_create(feed=feed, key="page", defaults={"address": feed.address})
    Entry.objects.filter(pk=entry.pk).update(
        state=Entry.State.TAKEN, snapshot=snapshot, taken_at=now, times_taken=F("times_taken") + 1
    )


def _note_success(
    feed: Feed, found: Found, noted: entries.Noted, *, now: datetime, chance: Callable[[], float]
) -> None:
    headers, document = found.fetched.headers, found.document
    feed.attempts, feed.taken_until, feed.error, feed.failures = 0, None, "", 0
    feed.polled_at = feed.last_success_at = now
    if not found.fetched.unchanged:
        feed.etag, feed.last_modified = headers.get("etag", "")[:500], headers.get("last-modified", "")[:100]
    if found.sha256 != feed.sha256:
        feed.sha256, feed.last_changed_at = found.sha256, now
    if document:
        feed.kind = _KINDS.get(document.kind, Feed.Kind.FEED)
        feed.title, feed.language = document.title or feed.title, document.language or feed.language
        feed.changed_shape = shape.shape_of_document(feed, len(document.entries) + len(document.maps))
        feed.usual_entries = shape.usual_entries(feed, len(document.entries) + len(document.maps))
    _note_rhythm(feed, found, noted, now=now)
    feed.interval = _interval(feed, noted)
    hint = max(_fresh_for(headers, now), document.wait or 0 if document else 0)
    feed.next_poll_at = now + _jittered(max(feed.interval, min(hint, settings.POLL_LONGEST_SECONDS)), chance)
    _move(feed, found.fetched.moved_to)
    feed.updated_at = now
    feed.save()


def _note_rhythm(feed: Feed, found: Found, noted: entries.Noted, *, now: datetime) -> None:
    """What is new is noted at the feed, and at the index that named it: an archive of site maps may well be silent."""
    if noted.new:
        if feed.entries_found == 0 and found.document:
            feed.usual_gap, feed.last_entry_at = _told_rhythm(found.document.entries, now)
        else:
            feed.usual_gap, feed.last_entry_at = shape.usual_gap(feed, noted.new, now), now
        feed.entries_found += noted.new
        if feed.parent:
            gap = shape.usual_gap(feed.parent, noted.new, now)
            Feed.objects.filter(pk=feed.parent.pk).update(
                usual_gap=gap, last_entry_at=now, entries_found=F("entries_found") + noted.new, quiet=False
            )
    feed.quiet = feed.parent_id is None and shape.is_quiet(feed, now)


def _told_rhythm(found: tuple[feeds.Entry, ...], now: datetime) -> tuple[float | None, datetime]:
    """The usual gap and the newest entry by the dates that a feed seen for the first time tells itself."""
    dates = sorted(date for each in found if (date := each.published or each.modified) and date <= now)
    if len(dates) < 2:
        return None, dates[0] if dates else now
    return max((dates[-1] - dates[0]).total_seconds() / (len(dates) - 1), 1.0), dates[-1]


def _interval(feed: Feed, noted: entries.Noted) -> int:
    factor = _SHORTER if noted.new or noted.changed else _LONGER
    return int(min(max(feed.interval * factor, settings.POLL_SHORTEST_SECONDS), settings.POLL_LONGEST_SECONDS))


def _jittered(seconds: float, chance: Callable[[], float]) -> timedelta:
    return timedelta(seconds=seconds * (1 - _JITTER + 2 * _JITTER * chance()))


def _fresh_for(headers: dict[str, str], now: datetime) -> float:
    """Seconds for which the server says that its answer holds, by Cache-Control or else by Expires."""
    for word in headers.get("cache-control", "").lower().split(","):
        name, _, value = word.strip().partition("=")
        if name == "max-age" and value.strip('"').isdecimal():
            return float(value.strip('"')[:9])
    try:
        return max((parsedate_to_datetime(headers.get("expires", "")) - now).total_seconds(), 0.0)
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _move(feed: Feed, moved_to: str) -> None:
    """Keeps where the feed has moved for good; where that place is polled already, this one is given up."""
    if not moved_to or moved_to == feed.address:
        return
    if Feed.objects.filter(address=moved_to).exists():
        feed.state, feed.error = Feed.State.GONE, f"It moved to {moved_to}, which is polled already."
    else:
        log.info("feed moved", feed=feed.pk, before=feed.address, after=moved_to)
        feed.address, feed.host = moved_to, hosts.named(moved_to)


# ---------------------------------------------------------------- failure


def _note_failure(feed: Feed, error: Exception, *, now: datetime, until: datetime, chance: Callable[[], float]) -> None:
    expected = isinstance(error, IntakeError)
    reason = (str(error) if expected else f"{type(error).__name__}: {error}").replace("\x00", "")[:2000]
    note = log.warning if expected else log.exception
    note("feed failed", feed=feed.pk, reason=reason, failures=feed.failures + 1)
    lost = isinstance(error, NotAFeed) and feed.last_success_at is not None
    Feed.objects.held(feed.pk, state=Feed.State.ACTIVE, until=until).update(
        state=Feed.State.GONE if isinstance(error, Gone) else Feed.State.ACTIVE,
        attempts=0,
        taken_until=None,
        error=reason,
        failures=feed.failures + 1,
        last_error=reason,
        last_error_at=now,
        polled_at=now,
        next_poll_at=now + _back_off(feed, error, chance),
        changed_shape=Feed.Shape.NO_FEED if lost else feed.changed_shape,
        quiet=feed.parent_id is None and shape.is_quiet(feed, now),
        updated_at=now,
    )


def _back_off(feed: Feed, error: Exception, chance: Callable[[], float]) -> timedelta:
    """Twice as long after each failure, as long as the server asks, and never longer than the longest interval."""
    asked = getattr(error, "retry_after", None) or 0.0
    own = _FIRST_WAIT.total_seconds() * 2 ** min(feed.failures, 12)
    return max(_jittered(min(own, settings.POLL_LONGEST_SECONDS), chance), timedelta(seconds=asked))

"""Politeness: one request at a time to each host over all workers, a pause between two, and what its robots.txt asks.

A turn at a host is a conditional UPDATE of its row; whoever comes too early leaves its own row as it is and comes
again. A worker that dies in its turn blocks the host until the turn would have ended.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from articles import addresses
from articles.exceptions import Busy, FetchError, RobotsRefused, Unavailable
from articles.fetch import TEXT, Fetched, Wish, fetch
from articles.models import Feed, Host, Snapshot
from articles.parse.sandbox import work_safely
from articles.querysets import LONGEST_TURN
from articles.robots import MAX_BYTES

# What is asked of a robots.txt is believed for a day; one that could not be read is asked for again soon, and what was
# read before it stands for a month.
_BELIEVED = timedelta(days=1)
_ASKED_AGAIN = timedelta(minutes=10)
_STANDS_IN = timedelta(days=30)
# How long a host rests that says it is busy, where it does not say for how long; and the longest rest of all.
_REST = timedelta(minutes=1)
_LONGEST_REST = timedelta(hours=1)
_ANYTHING = Wish()


class TooEarly(Exception):
    """Somebody else has the turn at the host, or it rests."""


@dataclass(slots=True)
class Turn:
    """The right to talk to one host until ``until``. ``rest`` is what the host asked for meanwhile."""

    host: Host
    now: datetime
    until: datetime
    rest: timedelta = timedelta(0)
    _started: float = field(default_factory=time.monotonic)

    def note(self, error: Busy) -> None:
        """A host that says it is busy is left alone for a while, by everybody."""
        asked = timedelta(seconds=error.retry_after) if error.retry_after else _REST
        self.rest = min(max(asked, _REST / 2), _LONGEST_REST)

    @property
    def next_at(self) -> datetime:
        passed = timedelta(seconds=time.monotonic() - self._started)
        return self.now + passed + max(self.rest, pause(self.host))


def named(address: str) -> Host:
    """The host of a checked address; made where it is new."""
    parts = urlsplit(address)
    default = parts.port is None or parts.port == addresses.SCHEMES.get(parts.scheme)
    host = (parts.hostname or "")[:253]
    found: Host
    found, _ = Host.objects.get_or_create(name=host if default else f"{host}:{parts.port}")
    return found


def pause(host: Host) -> timedelta:
    """Between two requests: the setting, or what the host's robots.txt asks, within reason."""
    asked = min(host.delay or 0.0, settings.FETCH_LONGEST_DELAY_SECONDS)
    return timedelta(seconds=max(asked, settings.FETCH_DELAY_SECONDS))


@contextmanager
def turn(host_id: int, *, now: datetime) -> Iterator[Turn]:
    """Has the host to itself for the length of the block; TooEarly where it is not free."""
    # Its robots.txt and the page itself, each as long as a fetch may take, and some work on the bytes.
    until = now + timedelta(seconds=min(3 * settings.FETCH_TIMEOUT_SECONDS, settings.LEASE_SECONDS))
    if not Host.objects.free(now).filter(pk=host_id).update(next_at=until):
        raise TooEarly
    mine = Turn(Host.objects.get(pk=host_id), now, until)
    try:
        yield mine
    finally:
        # Whoever overran the turn does not end that of the next.
        Host.objects.filter(pk=host_id, next_at=until).update(next_at=min(mine.next_at, now + LONGEST_TURN))


@dataclass(frozen=True, slots=True)
class Work:
    """What a host is to be asked for next, and when: a feed's poll or a snapshot's fetch, by its number."""

    kind: type[Feed] | type[Snapshot]
    pk: int
    at: datetime


def next_work(host_id: int, *, now: datetime) -> Work | None:
    """What waits for the host: feeds first, then what somebody submitted, then what feeds named; None for nothing."""
    at: datetime = Host.objects.values_list("next_at", flat=True).get(pk=host_id)
    soon = max(at, now)
    feed = _first(Feed.objects.due(soon).filter(host=host_id).order_by("next_poll_at"))
    if feed is not None:
        return Work(Feed, feed, at)
    waiting = Snapshot.objects.free(soon).filter(host=host_id, state=Snapshot.State.AWAITING_FETCH).order_by("id")
    page = _first(waiting.filter(feed=None))
    page = _first(waiting) if page is None else page
    return None if page is None else Work(Snapshot, page, at)


def _first(rows: QuerySet[Any]) -> int | None:
    return next(iter(rows.values_list("pk", flat=True)[:1]), None)


def ready(*, now: datetime, age: timedelta, limit: int) -> list[Work]:
    """One piece of work for each host that is free; the hosts are touched, so that each is named once in a while."""
    asked_for = Host.objects.filter(pk__in=_waited_for(now), named_at__lte=now - age)
    hosts = asked_for.free(now).order_by("next_at")
    pks = list(hosts.values_list("pk", flat=True)[:limit])
    Host.objects.filter(pk__in=pks).update(named_at=now)
    return [work for pk in pks if (work := next_work(pk, now=now))]


# From host to host along the index, however many pages wait at one of them.
_HOSTS_OF_WAITING = """
    WITH RECURSIVE step AS (
        SELECT min(host_id) AS host_id FROM articles_snapshot WHERE state = 'awaiting_fetch'
        UNION ALL
        SELECT (SELECT min(host_id) FROM articles_snapshot WHERE state = 'awaiting_fetch' AND host_id > step.host_id)
        FROM step WHERE step.host_id IS NOT NULL
    )
    SELECT host_id FROM step WHERE host_id IS NOT NULL LIMIT %s
"""
_MOST_HOSTS = 20_000


def _waited_for(now: datetime) -> set[int]:
    """The hosts that a page or a due feed waits for."""
    with connection.cursor() as cursor:
        cursor.execute(_HOSTS_OF_WAITING, [_MOST_HOSTS])
        pages = {pk for (pk,) in cursor.fetchall()}
    return pages | set(Feed.objects.due(now).order_by("next_poll_at").values_list("host", flat=True)[:_MOST_HOSTS])


# ---------------------------------------------------------------- robots.txt


def agent() -> str:
    """The name by which a robots.txt knows this program: the first word of the user agent."""
    name: str = settings.USER_AGENT.partition("/")[0]
    return name.strip()


def fetch_politely(
    mine: Turn, address: str, wish: Wish = _ANYTHING, *, clock: Callable[[], datetime] = timezone.now
) -> Fetched:
    """``fetch`` within a turn, where the robots.txt of the host, and of every host it redirects to, allows it.

    RobotsRefused, naming the rule, where one does not; FetchError where one cannot be read: a silent host forbids.
    """
    try:
        # Before the time for the page begins to run.
        _check(mine.host, address, now=mine.now)
        return fetch(address, replace(wish, hop=partial(_hop, mine)), clock=clock)
    except Busy as error:
        mine.note(error)
        raise


def _hop(mine: Turn, address: str) -> None:
    """Asks about one step of a redirect. Another host rests afterwards as if the turn had been at it."""
    other = named(address)
    _check(mine.host if other.pk == mine.host.pk else other, address, now=mine.now)
    if other.pk != mine.host.pk:
        Host.objects.filter(pk=other.pk, next_at__lte=mine.next_at).update(next_at=mine.next_at + pause(other))


def _check(host: Host, address: str, *, now: datetime) -> None:
    _bring_up_to_date(host, address, now=now)
    if host.robots_state == Host.Robots.UNREACHABLE and not host.robots_read_at:
        raise FetchError(
            f"robots.txt of {host} could not be read, and a host that does not say what it allows is left alone: "
            f"{host.robots_error}",
            retry_after=_ASKED_AGAIN.total_seconds(),
        )
    if not host.robots:
        return
    verdict = work_safely("robots", host.robots.encode(), agent=agent(), address=address)
    if not verdict["allowed"]:
        rule = f"the rule “{verdict['rule']}” covers it" if verdict["rule"] else "its rules cover it"
        raise RobotsRefused(f"robots.txt of {host} asks {agent()} to leave this address alone: {rule}.")


def _bring_up_to_date(host: Host, address: str, *, now: datetime) -> None:
    """Asks for the host's robots.txt where what is known of it is old."""
    believed = _ASKED_AGAIN if host.robots_state == Host.Robots.UNREACHABLE else _BELIEVED
    if host.robots_asked_at and now - believed < host.robots_asked_at <= now + believed:
        return
    host.robots_asked_at = now
    try:
        fetched = fetch(_robots_of(address), Wish(accept=TEXT, limit=MAX_BYTES, cut=True))
    except Unavailable:
        _note(host, Host.Robots.NONE, now=now)
    except FetchError as error:
        if host.robots_read_at and now - host.robots_read_at > _STANDS_IN:
            host.robots, host.robots_read_at = "", None
        host.robots_state, host.robots_error = Host.Robots.UNREACHABLE, str(error)
    else:
        _note(host, Host.Robots.READ, now=now, fetched=fetched)
    host.save(update_fields=["robots_state", "robots", "robots_error", "robots_asked_at", "robots_read_at", "delay"])


def _note(host: Host, state: Host.Robots, *, now: datetime, fetched: Fetched | None = None) -> None:
    host.robots_state, host.robots_error, host.robots_read_at = state, "", now
    host.robots = fetched.body.decode("utf-8", "replace").replace("\x00", "").lstrip("\ufeff") if fetched else ""
    host.delay = None
    if host.robots:
        verdict = work_safely("robots", host.robots.encode(), agent=agent(), address=f"https://{host.name}/")
        host.delay = min(max(verdict["delay"], 0.0), 86_400.0) if verdict["delay"] is not None else None


def _robots_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"

"""What feeds name becomes rows, once for each key; rows become snapshots to fetch, a few at a time.

A row outlives its snapshot and its article: what was deleted is not fetched again. Nothing here enqueues a task.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from articles import addresses, feeds, hosts
from articles.exceptions import RefusedAddress
from articles.models import Entry, Feed, Snapshot

# So many pages of one feed wait to be fetched at a time; the rest of a long site map waits as entries.
IN_FLIGHT = 100
# What says that it changed is fetched again after an hour, then four, sixteen, sixty-four: some say so every hour.
_AGAIN = timedelta(hours=1)
_LONGEST = timedelta(days=90)
# At most so many changed ones in one poll.
_CHANGED = 500
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Noted:
    """How many entries were new, and how many say that they changed."""

    new: int
    changed: int


def note(feed: Feed, found: Sequence[feeds.Entry], *, now: datetime) -> Noted:
    """Writes down what the feed names and was not known, and has fetched again what changed."""
    new, changed = 0, []
    for chunk in _chunks(found):
        known = {e.key: e for e in Entry.objects.filter(feed=feed, key__in=[each.key for each in chunk])}
        # The first of a document is its newest, and the newest number goes first.
        fresh = [_row(feed, each) for each in reversed(chunk) if each.key not in known]
        Entry.objects.bulk_create(fresh, ignore_conflicts=True)
        new += len(fresh)
        changed += [
            _brought_up_to_date(known[each.key], each)
            for each in chunk
            if each.key in known and _is_changed(known[each.key], each, now)
        ]
    again = _living(changed[:_CHANGED])
    Entry.objects.bulk_update(again, ["address", "title", "modified_at", "state"], batch_size=_CHUNK)
    return Noted(new=new, changed=len(again))


def _chunks(found: Sequence[feeds.Entry]) -> Iterator[list[feeds.Entry]]:
    rest = iter(found)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _row(feed: Feed, found: feeds.Entry) -> Entry:
    address, state = found.address[: addresses.MAX_LENGTH], Entry.State.REFUSED
    try:
        address, state = _written(found.address), Entry.State.WAITING
    except RefusedAddress:
        pass
    dated = found.published or found.modified
    if feed.since and dated and dated < feed.since:
        state = Entry.State.OLD
    return Entry(
        feed=feed,
        key=found.key,
        address=address,
        title=found.title,
        language=found.language,
        published_at=found.published,
        modified_at=found.modified,
        state=state,
    )


def _written(address: str) -> str:
    """The one form under which an address is known: without what only follows the reader."""
    bare = addresses.without_tracking(addresses.uncached(address))
    return addresses.check(bare, allow_private=settings.FETCH_ALLOW_PRIVATE)


def _is_changed(known: Entry, found: feeds.Entry, now: datetime) -> bool:
    """Whether the entry says that it changed since it was handed on, and is to be believed so soon."""
    if known.state != Entry.State.TAKEN or known.taken_at is None:
        return False
    wait = min(_AGAIN * 4 ** min(max(known.times_taken - 1, 0), 8), _LONGEST)
    if now - known.taken_at < wait:
        return False
    before = known.modified_at or known.taken_at
    return bool(found.modified and found.modified > before) or _leads_elsewhere(known, found)


def _leads_elsewhere(known: Entry, found: feeds.Entry) -> bool:
    """Whether a key was given to another story."""
    try:
        return _written(found.address) != known.address
    except RefusedAddress:
        return False


def _brought_up_to_date(known: Entry, found: feeds.Entry) -> Entry:
    known.address, known.title = _written(found.address), found.title or known.title
    known.modified_at = found.modified or known.modified_at
    known.state = Entry.State.WAITING
    return known


def _living(changed: list[Entry]) -> list[Entry]:
    """Those whose snapshot and article nobody deleted."""
    dead = Q(state=Snapshot.State.STORED, article=None) | Q(state=Snapshot.State.DISCARDED)
    pks = [entry.snapshot_id for entry in changed if entry.snapshot_id]
    kept = set(Snapshot.objects.filter(pk__in=pks).exclude(dead).values_list("pk", flat=True))
    return [entry for entry in changed if entry.snapshot_id in kept]


# ---------------------------------------------------------------- handing on


def take_up_everywhere(*, now: datetime, limit: int) -> int:
    """Hands on waiting entries of every feed that has room for more; how many."""
    waiting = Entry.objects.filter(feed=OuterRef("pk"), state=Entry.State.WAITING)
    named = Feed.objects.filter(Exists(waiting), state=Feed.State.ACTIVE)
    tops = {feed.parent_id or feed.pk: None for feed in named.only("pk", "parent")[:limit]}
    return sum(take_up(pk, now=now) for pk in tops)


def take_up(top: int, *, now: datetime) -> int:
    """Hands on the newest waiting entries of the feed and its site maps, as far as there is room; how many."""
    with transaction.atomic():
        # Two workers would each fill the room.
        if not list(Feed.objects.select_for_update(skip_locked=True).filter(pk=top).values_list("pk")):
            return 0
        family = Feed.objects.with_maps(top).filter(state=Feed.State.ACTIVE)
        taken = list(Entry.objects.waiting().filter(feed__in=family.values("pk"))[: _room(top)])
        unknown = _settle_known([entry for entry in taken if not entry.times_taken], now=now)
        _hand_on(top, unknown + [entry for entry in taken if entry.times_taken], now=now)
    return len(taken)


def _room(top: int) -> int:
    waiting = Snapshot.objects.filter(feed=top, state=Snapshot.State.AWAITING_FETCH)
    return IN_FLIGHT - len(waiting.values_list("pk")[:IN_FLIGHT])


def _settle_known(entries: list[Entry], *, now: datetime) -> list[Entry]:
    """Entries whose page came in by another way are done; gives the others."""
    snapshots = _known_snapshots(entries)
    elsewhere = set(
        Entry.objects.filter(address__in=[e.address for e in entries], times_taken__gt=0).values_list(
            "address", flat=True
        )
    )
    done: dict[int | None, list[int]] = defaultdict(list)
    unknown = []
    for entry in entries:
        pk = snapshots.get(entry.address) or snapshots.get(addresses.key_of(entry.address))
        if pk is None and entry.address not in elsewhere:
            unknown.append(entry)
        else:
            done[pk].append(entry.pk)
    for pk, pks in done.items():
        _mark(pks, snapshot=pk, now=now)
    return unknown


def _known_snapshots(entries: list[Entry]) -> dict[str, int]:
    """The newest snapshot by the addresses and the keys of addresses of these entries."""
    places = [entry.address for entry in entries]
    keys = [key for place in places if (key := addresses.key_of(place))]
    known: dict[str, int] = {}
    by_key = Snapshot.objects.filter(address_key__in=keys).exclude(address_key="")
    known.update(by_key.order_by("pk").values_list("address_key", "pk"))
    for fetched in (Q(sha256=""), ~Q(sha256="")):
        known.update(Snapshot.objects.filter(fetched, address__in=places).order_by("pk").values_list("address", "pk"))
    return known


def _hand_on(top: int, entries: list[Entry], *, now: datetime) -> None:
    host_at = cache(hosts.named)
    rows = [
        Snapshot(
            address=entry.address,
            feed_id=top,
            host=host_at(urljoin(entry.address, "/")),
            state=Snapshot.State.AWAITING_FETCH,
        )
        for entry in entries
    ]
    Snapshot.objects.bulk_create(rows, ignore_conflicts=True)
    unfetched = Snapshot.objects.filter(sha256="", address__in=[entry.address for entry in entries])
    # One that failed before is tried again now that it says it changed.
    unfetched.filter(state=Snapshot.State.FAILED).retry()
    waiting = dict(unfetched.values_list("address", "pk"))
    for entry in entries:
        _mark([entry.pk], snapshot=waiting.get(entry.address), now=now)


def _mark(pks: list[int], *, snapshot: int | None, now: datetime) -> None:
    Entry.objects.filter(pk__in=pks).update(
        state=Entry.State.TAKEN, snapshot=snapshot, taken_at=now, times_taken=F("times_taken") + 1
    )

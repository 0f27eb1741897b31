"""The site maps that an index names: each becomes a place that is polled, for as long as it is worth it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from articles import addresses, feeds, hosts
from articles.exceptions import NotAFeed, RefusedAddress
from articles.models import Feed

# An index in an index in an index, and no further; and so many site maps of one index, the newest.
MAX_DEPTH = 3
MAX_MAPS = 500


def note(feed: Feed, named: Sequence[feeds.Entry], *, now: datetime) -> int:
    """Adds the site maps that are new, and has those polled that changed since they were; how many of both.

    Those that did not change since the day from which on the feed's articles are wanted are left out.
    """
    if feed.depth >= MAX_DEPTH:
        raise NotAFeed(f"Indexes of site maps lie in each other more than {MAX_DEPTH} deep.")
    wanted = {each.address: each for each in _newest(named) if not _is_old(feed, each)}
    known = {row.address: row for row in Feed.objects.filter(address__in=wanted)}
    fresh = [_row(feed, address, each, now) for address, each in wanted.items() if address not in known]
    Feed.objects.bulk_create(fresh, ignore_conflicts=True)
    top = feed.parent_id or feed.pk
    changed = [row.pk for address, row in known.items() if row.parent_id == top and _changed(row, wanted[address])]
    Feed.objects.filter(pk__in=changed, next_poll_at__gt=now).update(next_poll_at=now)
    return len(fresh) + len(changed)


def _newest(named: Sequence[feeds.Entry]) -> list[feeds.Entry]:
    """The last ones by date; where none is told, in the order of the index."""
    dated = sorted((each for each in named if each.modified), key=_by_date, reverse=True)
    checked = ((each, _checked(each.address)) for each in (*dated, *(each for each in named if not each.modified)))
    written = [feeds.Entry(each.key, address, modified=each.modified) for each, address in checked if address]
    return written[:MAX_MAPS]


def _by_date(each: feeds.Entry) -> datetime:
    assert each.modified is not None
    return each.modified


def _checked(address: str) -> str:
    try:
        return addresses.check(address, allow_private=settings.FETCH_ALLOW_PRIVATE)
    except RefusedAddress:
        return ""


def _is_old(feed: Feed, each: feeds.Entry) -> bool:
    return bool(feed.since and each.modified and each.modified < feed.since - timedelta(days=1))


def _changed(row: Feed, each: feeds.Entry) -> bool:
    return row.last_success_at is None or bool(each.modified and each.modified > row.last_success_at)


def _row(feed: Feed, address: str, each: feeds.Entry, now: datetime) -> Feed:
    return Feed(
        address=address,
        kind=Feed.Kind.SITEMAP,
        source_id=feed.source_id,
        host=hosts.named(address),
        parent_id=feed.parent_id or feed.pk,
        depth=feed.depth + 1,
        since=feed.since,
        next_poll_at=now,
        interval=settings.POLL_LONGEST_SECONDS if each.modified else feed.interval,
    )

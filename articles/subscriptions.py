"""Adding places to poll, and what an operator does with them: one way for the command, the pages and the admin."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from articles import addresses, hosts, ingest
from articles.exceptions import Offline
from articles.models import Article, Feed

# Older articles of a new feed are not fetched, where nobody says from when on they are wanted.
BACK = timedelta(days=30)


def add(address: str, *, now: datetime, page: bool = False, since: datetime | None = None) -> tuple[Feed, bool]:
    """The feed, site map or, with ``page``, page at the address, polled from now on, and whether it is new.

    What kind of feed it is shows at its first poll. RefusedAddress, with the reason, for what is never fetched.
    """
    if settings.OFFLINE:
        raise Offline("This installation runs without the network (OFFLINE is set); no feed can be polled.")
    address = addresses.check(address, allow_private=settings.FETCH_ALLOW_PRIVATE)
    feed, new = Feed.objects.get_or_create(
        address=address,
        defaults={
            "kind": Feed.Kind.PAGE if page else Feed.Kind.FEED,
            "source": ingest.outlet_of(address),
            "host": hosts.named(address),
            "since": since or now - BACK,
            "next_poll_at": now,
        },
    )
    return feed, new


def note_outlet(feed_id: int, article: Article) -> None:
    """The first article from its own site tells which outlet a feed belongs to."""
    feed = Feed.objects.filter(pk=feed_id, source=None).only("address").first()
    if feed and addresses.same_site(feed.address, article.address):
        Feed.objects.with_maps(feed_id).filter(source=None).update(source=article.source)


def find(word: str) -> Feed | None:
    """The feed with that number or address, if there is one."""
    rows = Feed.objects.select_related("source", "host")
    if word.isdecimal() and len(word) < 19:
        return rows.filter(pk=int(word)).first()
    return rows.filter(address=word).first()

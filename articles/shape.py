"""The rhythm and the shape of a feed, as running means, and when they are out of the ordinary.

Each poll and each page changes a few numbers of the feed's own row; nothing is ever counted over all of its articles.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Case, F, FloatField, Value, When
from django.db.models.expressions import Combinable

from articles.models import Feed

# How far one more page moves the mean over many and the mean over the last few.
_SLOW, _FAST = 0.02, 0.2
# Before so many pages, entries or documents there is no usual.
_PAGES, _ENTRIES = 20, 8
# Less than this share of the usual number of entries, or of the usual text, is another shape.
_FEWER, _SHORTER = 0.2, 0.3
_FAILING, _WORKING = 0.5, 0.25
# Silence for so many times the usual gap, and for so long at least.
_GAPS, _LEAST_SILENCE = 8, timedelta(days=2)
_POLL = 0.1


def note_page(feed_id: int, length: int | None) -> None:
    """One more page of the feed was read and has ``length`` characters, or could not be (None)."""
    failed = float(length is None)
    means: dict[str, Combinable] = {
        "usual_failures": _towards("usual_failures", failed, _SLOW),
        "recent_failures": _towards("recent_failures", failed, _FAST),
        "pages_read": F("pages_read") + 1,
    }
    if length is not None:
        means["usual_length"] = _towards("usual_length", length, _SLOW)
        means["recent_length"] = _towards("recent_length", length, _FAST)
    Feed.objects.filter(pk=feed_id).update(**means)
    feed = Feed.objects.filter(pk=feed_id).first()
    if feed and feed.changed_shape in _OF_PAGES and (found := shape_of_pages(feed)) != feed.changed_shape:
        Feed.objects.filter(pk=feed_id, changed_shape=feed.changed_shape).update(changed_shape=found)


def _towards(name: str, value: float, share: float) -> Combinable:
    """The mean moved towards the value; the first value is the mean."""
    moved = F(name) + Value(share, FloatField()) * (Value(float(value), FloatField()) - F(name))
    return Case(When(**_FIRST[name], then=Value(float(value), FloatField())), default=moved)


_FIRST: dict[str, dict[str, float]] = {
    "usual_failures": {"pages_read": 0},
    "recent_failures": {"pages_read": 0},
    "usual_length": {"usual_length": 0},
    "recent_length": {"recent_length": 0},
}
_OF_PAGES = (Feed.Shape.SAME, Feed.Shape.TEXT, Feed.Shape.FAILURES)


def shape_of_pages(feed: Feed) -> Feed.Shape:
    """Whether the feed's pages have lately been other than they used to be."""
    if feed.pages_read < _PAGES:
        return Feed.Shape.SAME
    if feed.recent_failures > _FAILING and feed.usual_failures < _WORKING:
        return Feed.Shape.FAILURES
    if feed.recent_length < _SHORTER * feed.usual_length:
        return Feed.Shape.TEXT
    return Feed.Shape.SAME


def shape_of_document(feed: Feed, entries: int) -> Feed.Shape:
    """Whether a document with so many entries is as the feed's used to be; what its pages are like stands otherwise."""
    if feed.usual_entries is not None and feed.usual_entries >= _ENTRIES and entries < _FEWER * feed.usual_entries:
        return Feed.Shape.ENTRIES
    return shape_of_pages(feed)


def usual_entries(feed: Feed, entries: int) -> float:
    """The mean number of entries with one more document."""
    if feed.usual_entries is None:
        return float(entries)
    return feed.usual_entries + _POLL * (entries - feed.usual_entries)


def usual_gap(feed: Feed, new: int, now: datetime) -> float | None:
    """The mean time between new entries in seconds, with ``new`` ones since the last; None before there is one."""
    if feed.last_entry_at is None:
        return None
    gap = max((now - feed.last_entry_at).total_seconds() / new, 1.0)
    return gap if feed.usual_gap is None else feed.usual_gap + 0.2 * (gap - feed.usual_gap)


def is_quiet(feed: Feed, now: datetime) -> bool:
    """Whether the feed has named nothing new for far longer than its own rhythm."""
    if feed.last_entry_at is None or feed.usual_gap is None or feed.entries_found < _ENTRIES:
        return False
    return now - feed.last_entry_at > max(timedelta(seconds=_GAPS * feed.usual_gap), _LEAST_SILENCE)

"""The site's own feeds as bytes: Atom (RFC 4287) and JSON Feed 1.1, made from the same entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
from lxml import etree
from lxml.builder import ElementMaker

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_VERSION = "https://jsonfeed.org/version/1.1"
# No XML document can hold these characters, not even escaped.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a feed without entries says of its age.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_make = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as a feed tells it; ``content`` is HTML with whole addresses, ``original`` the quoted article's."""

    address: str
    title: str
    content: str
    original: str
    tags: tuple[str, ...]
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A list as a feed: its own address, its page's, and its newest entries."""

    title: str
    author: str
    site: str
    page: str
    address: str
    language: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        """When anything in it was last changed."""
        return max((entry.updated for entry in self.entries), default=_NEVER)


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    root = _make.feed(
        _make.id(feed.address),
        _make.title(_possible(feed.title)),
        _make.updated(_moment(feed.updated)),
        _make.author(_make.name(feed.author), _make.uri(feed.site)),
        _make.link(rel="self", type="application/atom+xml", href=feed.address),
        _make.link(rel="alternate", type="text/html", href=feed.page),
        *map(_atom_entry, feed.entries),
    )
    root.set(_LANG, feed.language)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _atom_entry(entry: Entry) -> etree._Element:
    made = _make.entry(
        _make.id(entry.address),
        _make.title(_possible(entry.title)),
        _make.published(_moment(entry.published)),
        _make.updated(_moment(entry.updated)),
        _make.link(rel="alternate", type="text/html", href=entry.address),
        *(_make.category(term=tag) for tag in entry.tags),
        _make.content(_possible(entry.content), type="html"),
    )
    if entry.original:
        made.append(_make.link(rel="via", href=_possible(entry.original)))
    return made


def json_feed(feed: Feed) -> bytes:
    """The feed as a JSON Feed."""
    made = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.site}],
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return orjson.dumps(made)


def _json_item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.address,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.content,
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "tags": list(entry.tags),
    }
    return item | ({"external_url": entry.original} if entry.original else {})


def _moment(value: datetime) -> str:
    """RFC 3339, in UTC and whole seconds."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _possible(text: str) -> str:
    return _IMPOSSIBLE.sub("", text)


# By the ending of the address: media type and writer.
FORMATS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "atom": ("application/atom+xml", atom),
    "json": ("application/feed+json", json_feed),
}

"""Reads feeds and site maps: RSS, Atom, JSON Feed, sitemap, news sitemap, sitemap index. Pure; bytes in, entries out.

Only what leads to articles is taken: address, key, title, dates, language. Nothing that a feed says of itself is
believed further than that, and entities are never expanded.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from io import BytesIO
from itertools import islice
from typing import Any
from urllib.parse import urljoin

import orjson

from articles.exceptions import NotAFeed, TooLarge
from articles.feed_dates import moment
from articles.parse.charset import decode

# The most that the protocol of site maps allows, twice over for feeds that know no bound.
MAX_BYTES = 50_000_000
MAX_ENTRIES = 100_000
MAX_TITLE = 500
MAX_KEY = 200

_KINDS = {
    "rss": "RSS",
    "rdf": "RSS 1.0",
    "feed": "Atom",
    "urlset": "sitemap",
    "sitemapindex": "sitemap index",
}
_ITEMS = {"rss": "item", "rdf": "item", "feed": "entry", "urlset": "url", "sitemapindex": "sitemap"}
# Plain names, and those of the vocabularies that feeds are written in; "media:title" is no title of the entry.
_OWN = frozenset(
    ("", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/",
     "http://www.w3.org/2005/atom", "http://purl.org/atom/ns#", "http://purl.org/dc/elements/1.1/",
     "http://purl.org/dc/terms/", "http://www.sitemaps.org/schemas/sitemap/0.9",
     "http://www.google.com/schemas/sitemap/0.84", "http://www.google.com/schemas/sitemap-news/0.9",
     "http://purl.org/rss/1.0/modules/syndication/", "http://rssnamespace.org/feedburner/ext/1.0", "http://backend.userland.com/rss2")
)  # fmt: skip
_PUBLISHED = ("pubdate", "published", "issued", "publication_date", "date", "created")
_MODIFIED = ("updated", "modified", "lastmod")
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# What XML 1.0 forbids; a single one would end the reading.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOT = re.compile(r"<[A-Za-z]")
# "Less than" in a title: no tag begins with it.
_STRAY = re.compile(r"<(?![A-Za-z/!?_])")
_MARKUP = re.compile(r"<[^<>]{0,1000}>")
# A page that names its feeds.
_LINK = re.compile(r"<link\b[^<>]{0,300}\btype=[\"']?application/(?:rss|atom|feed)\+(?:xml|json)[^<>]{0,300}>", re.I)
_HREF = re.compile(r"href=[\"']?([^\s\"'<>]{1,200})", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a feed names. ``key`` is the same whenever the feed names it again."""

    key: str
    address: str
    title: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Discovered:
    """What a document names. An index of site maps has ``maps`` and no ``entries``.

    ``cut`` is True where the document broke off or named more than is taken; ``wait`` is how often it says it changes,
    in seconds.
    """

    kind: str
    title: str
    language: str
    wait: int | None
    entries: tuple[Entry, ...]
    maps: tuple[Entry, ...] = ()
    cut: bool = False


def discover(body: bytes, content_type: str = "", address: str = "", *, latest: datetime) -> Discovered:
    """What the feed or site map at ``address`` names, each key once, in the document's order.

    Dates behind ``latest`` are not believed. NotAFeed for anything else than a feed, TooLarge for a bomb.
    """
    text = _FORBIDDEN.sub("", decode(_unpacked(body), content_type)).lstrip("\ufeff \t\r\n")
    if not text:
        raise NotAFeed("The document is empty: no feed and no site map.")
    if text[0] in "{[":
        return _json_feed(text, address, latest)
    return _Reading(address, latest).read(text)


# ---------------------------------------------------------------- bytes


def _unpacked(body: bytes) -> bytes:
    """The bytes, unpacked once where they are a gzip file, as site maps often are."""
    if not body.startswith(b"\x1f\x8b"):
        return _bounded(body)
    parts, size = [], 0
    while body:
        unzip = zlib.decompressobj(wbits=31)
        try:
            parts.append(unzip.decompress(body, MAX_BYTES + 1 - size))
        except zlib.error as error:
            if parts:
                break  # padding behind the last member
            raise NotAFeed("The gzip file is damaged.") from error
        size += len(parts[-1])
        _check_size(size)
        body = unzip.unused_data
    return b"".join(parts)


def _bounded(body: bytes) -> bytes:
    _check_size(len(body))
    return body


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise TooLarge(f"The feed is larger than {MAX_BYTES:,} bytes.")


# ---------------------------------------------------------------- XML


class _Reading:
    """One pass over a document in XML, element by element, so that a hundred thousand entries need little memory."""

    def __init__(self, address: str, latest: datetime) -> None:
        self.base = address
        self.latest = latest
        self.root = self.root_tag = ""
        self.language = ""
        self.head: dict[str, str] = {}
        self.entries: dict[str, Entry] = {}
        self.cut = False

    def read(self, text: str) -> Discovered:
        for element in self._items(_without_prologue(text)):
            entry = self._entry(element)
            if entry is not None and entry.key not in self.entries:
                if len(self.entries) >= MAX_ENTRIES:
                    self.cut = True
                    break
                self.entries[entry.key] = entry
        if not self.root:
            raise NotAFeed(_not_a_feed(text))
        entries = tuple(self.entries.values())
        index = self.root == "sitemapindex"
        return Discovered(
            kind=_KINDS[self.root],
            title=_plain(self.head.get("title", "")),
            language=_language(self.language or self.head.get("language", "")),
            wait=_wait(self.head),
            entries=() if index else entries,
            maps=entries if index else (),
            cut=self.cut,
        )

    def _items(self, text: str) -> Iterator[Any]:
        """The elements of the entries, each whole; what was read is thrown away behind it."""
        # Only the process that parses needs it.
        from lxml import etree

        events = etree.iterparse(
            BytesIO(text.encode()), events=("start", "end"), encoding="utf-8", recover=True, resolve_entities=False,
            load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        depth = 0
        try:
            for event, element in events:
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    if not self._begin(element):
                        return
                elif event == "end" and _name(element) == _ITEMS[self.root] and depth <= 2:
                    yield element
                    _forget(element)
                elif event == "end" and depth <= 2:
                    self._note_head(element)
        except etree.XMLSyntaxError:
            self.cut = True
            return
        # A parser that recovers closes what the document left open, or stops, and says nothing.
        stopped = any(error.type_name in _STOPS for error in events.error_log)
        self.cut = stopped or f"</{self.root_tag}" not in text[-2000:]

    def _begin(self, root: Any) -> bool:
        name = _name(root)
        self.root = name if name in _KINDS else ""
        self.root_tag = f"{root.prefix}:{_local(root)}" if root.prefix else _local(root)
        self.language = root.get(_XML_LANG, "")
        self.base = urljoin(self.base, root.get(_XML_BASE, ""))
        return bool(self.root)

    def _note_head(self, element: Any) -> None:
        """What the feed says of itself: title, language, how often it changes."""
        if _space(element) in _OWN and element.text and len(self.head) < 50:
            self.head.setdefault(_name(element), element.text.strip())

    def _entry(self, element: Any) -> Entry | None:
        found = _Fields(element, urljoin(self.base, element.get(_XML_BASE, "")))
        address = found.address()
        if not address:
            return None
        return Entry(
            key=_key(found.first("guid", "id") or address),
            address=address,
            title=_plain(found.first("title")),
            published=moment(found.first(*_PUBLISHED), latest=self.latest),
            modified=moment(found.first(*_MODIFIED), latest=self.latest),
            language=_language(element.get(_XML_LANG, "") or found.first("language")),
        )


class _Fields:
    """The children of an entry by their plain name, those of ``news:news`` with them."""

    def __init__(self, element: Any, base: str) -> None:
        self.base = base
        self.guid_is_address = True
        self.texts: dict[str, str] = {}
        self.links: list[tuple[int, str]] = []
        for child in islice(element.iter(), 1, 500):
            if _space(child) in _OWN:
                self._note(child)

    def _note(self, child: Any) -> None:
        name = _name(child)
        text = (child.text or "").strip() if len(child) == 0 or name != "title" else "".join(child.itertext()).strip()
        if name == "link" and child.get("href"):
            if (rank := _RANKS.get(child.get("rel", "alternate"))) is not None:
                html = "html" in child.get("type", "html")
                self.links.append((rank + (0 if html else 1), child.get("href", "").strip()))
        elif name == "link" and text:
            self.links.append((0, text))
        elif name == "guid":
            self.guid_is_address = child.get("isPermaLink", "true").lower() != "false"
        if text:
            self.texts.setdefault(name, text)

    def first(self, *names: str) -> str:
        """The first of these that the entry has; "" for none."""
        return next((self.texts[name] for name in names if name in self.texts), "")

    def address(self) -> str:
        """Where the entry's article is, or "": what it links to, else a key that is an address itself."""
        links = [self.first("origlink", "loc"), *(link for _, link in sorted(self.links, key=lambda each: each[0]))]
        if self.guid_is_address:
            links.append(_if_address(self.first("guid", "id")))
        return next((whole for link in links if (whole := _joined(self.base, link))), "")


_RANKS = {"alternate": 0, "": 0}
_STOPS = frozenset({"ERR_NAME_REQUIRED", "ERR_RESOURCE_LIMIT"})


def _without_prologue(text: str) -> str:
    """The document from its root on. A prologue that declares entities is refused: nothing good is built of them."""
    root = _ROOT.search(text)
    prologue = text[: root.start() if root else len(text)].upper()
    doctype = prologue.find("<!DOCTYPE")
    if "<!ENTITY" in prologue or (doctype >= 0 and "[" in prologue[doctype:]):
        raise NotAFeed("The document declares entities of its own, as XML bombs do; it is not read.")
    if root is None:
        raise NotAFeed(_not_a_feed(text))
    return _STRAY.sub("&lt;", text[root.start() :])


def _not_a_feed(text: str) -> str:
    head = text[:2000].lower()
    if "<html" in head or "<!doctype html" in head:
        named = [link[1] for tag in _LINK.findall(text[:200_000]) if (link := _HREF.search(tag))][:3]
        hint = f"it names {', '.join(named)}" if named else "look on it for the address of its feed"
        return f"This is an HTML page, not a feed or a site map; {hint}."
    return "This is no feed and no site map: RSS, Atom, JSON Feed and sitemaps are read."


def _name(element: Any) -> str:
    """The plain name in small letters, whatever the vocabulary."""
    return _local(element).rpartition(":")[2].lower()


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _space(element: Any) -> str:
    space, brace, name = str(element.tag).rpartition("}")
    # A prefix that nobody declared stays in the name.
    return space.lstrip("{").lower() if brace else "" if ":" not in name else _UNDECLARED.get(name.split(":")[0], "?")


_UNDECLARED = dict.fromkeys(("dc", "dcterms", "atom", "news", "sy", "rss", "feedburner"), "")


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _wait(head: dict[str, str]) -> int | None:
    """How often the feed says that it changes, in seconds: RSS's ttl in minutes, or a period and a frequency."""
    if (ttl := head.get("ttl", "")).isdecimal() and len(ttl) < 7:
        return int(ttl) * 60
    period = _PERIODS.get(head.get("updateperiod", "").lower())
    frequency = head.get("updatefrequency", "1")
    if period and frequency.isdecimal() and int(frequency[:6]) > 0:
        return period // int(frequency[:6])
    return None


# ---------------------------------------------------------------- JSON


def _json_feed(text: str, address: str, latest: datetime) -> Discovered:
    try:
        feed = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise NotAFeed(f"This looks like a JSON feed and cannot be read: {error}") from error
    if not isinstance(feed, dict) or "jsonfeed.org" not in _word(feed.get("version")):
        raise NotAFeed("This is JSON data, but no JSON Feed.")
    items = feed.get("items")
    listed = items if isinstance(items, list) else []
    entries: dict[str, Entry] = {}
    for item in islice(listed, MAX_ENTRIES):
        if isinstance(item, dict) and (entry := _json_entry(item, address, latest)):
            entries.setdefault(entry.key, entry)
    return Discovered(
        kind="JSON Feed",
        title=_plain(_word(feed.get("title"))),
        language=_language(_word(feed.get("language"))),
        wait=None,
        entries=tuple(entries.values()),
        cut=len(listed) > MAX_ENTRIES,
    )


def _json_entry(item: dict[str, Any], base: str, latest: datetime) -> Entry | None:
    key = _word(item.get("id"))
    links = (_word(item.get("url")), _word(item.get("external_url")), _if_address(key))
    address = next((whole for link in links if (whole := _joined(base, link))), "")
    if not address:
        return None
    return Entry(
        key=_key(key or address),
        address=address,
        title=_plain(_word(item.get("title"))),
        published=moment(_word(item.get("date_published")), latest=latest),
        modified=moment(_word(item.get("date_modified")), latest=latest),
        language=_language(_word(item.get("language"))),
    )


def _word(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


# ---------------------------------------------------------------- values


def _joined(base: str, link: str) -> str:
    """The whole address of a link of the feed; "" for one that leads to no page of the web."""
    if not link or len(link) > 2000:
        return ""
    try:
        whole = urljoin(base, link)
    except ValueError:
        return ""
    return whole if whole[:7].lower() == "http://" or whole[:8].lower() == "https://" else ""


def _if_address(key: str) -> str:
    return key if key.lower().startswith(("http://", "https://")) else ""


def _key(words: str) -> str:
    return words if len(words) <= MAX_KEY else "sha256:" + hashlib.sha256(words.encode()).hexdigest()


def _plain(title: str) -> str:
    return " ".join(unescape(_MARKUP.sub(" ", title[: 4 * MAX_TITLE])).split())[:MAX_TITLE]


def _language(words: str) -> str:
    """The language tag, where it is one."""
    return words.strip()[:12] if _LANGUAGE.fullmatch(words.strip()) else ""

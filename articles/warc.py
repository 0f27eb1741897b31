"""Web archives: the pages of a WARC file, from any place in it to any other. No database, no clock, no socket.

Files are expected to be cut off, damaged and hostile. Nothing is believed that the bytes do not bear out: a record must
end where its length says, a compressed member where its checksum says; what does not is counted with its reason, and
reading goes on at the next place where a record begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, Protocol

from articles.exceptions import NotADocument
from articles.packing import LARGEST_HEAD, Damaged, Member, Members, Unpacked, members_of
from articles.payloads import decoded

# A record beyond this is passed over without being kept in memory.
LARGEST_RECORD = 16_000_000

_HTTP = re.compile(rb"^([\w-]+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.M)
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
_HTML = (b"text/html", b"application/xhtml+xml")
_START = b"WARC/1."
_BREAK = b"\r\n\r\n"


class Remote(Protocol):
    """A file that lies elsewhere, and is read as one that is here."""

    @property
    def size(self) -> int: ...

    def open(self, mode: Literal["rb"], /) -> BinaryIO:
        """The file for reading, from its beginning."""
        ...


class Place(NamedTuple):
    """Where a record begins: a byte of the file, and how far into the compressed member that begins there."""

    offset: int
    within: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page that was answered with status 200. ``body`` is as the browser saw it, ``head`` the HTTP header."""

    place: Place
    address: str
    date: bytes
    head: bytes
    body: bytes | memoryview

    def retrieved_at(self) -> datetime | None:
        """When it was fetched, in UTC; None where the record does not say."""
        try:
            when = datetime.fromisoformat(self.date.decode("ascii"))
        except ValueError:
            return None
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)

    def headers(self) -> dict[str, str]:
        """The HTTP header by lower-case names; the first where one stands twice."""
        found: dict[str, str] = {}
        for name, value in _HTTP.findall(self.head):
            found.setdefault(name.decode("latin-1").lower(), value.decode("utf-8", "replace"))
        return found


@dataclass(slots=True)
class Tally:
    """What was met on the way: records by kind, and malformed ones by reason."""

    records: int = 0
    pages: int = 0
    malformed: Counter[str] = field(default_factory=Counter)


class Reader:
    """The pages of ``path`` whose records begin at ``start`` or behind it and before ``end``.

    ``place`` is always where the record behind the last page handed out begins: a new reader from there goes on.
    """

    def __init__(self, path: Path | Remote, *, start: Place | None = None, end: int | None = None) -> None:
        self._path, self._end = path, size_of(path) if end is None else end
        self.place = start or Place(0)
        self.tally = Tally()

    def __iter__(self) -> Iterator[Page]:
        with self._path.open("rb") as file:
            members = members_of(file, self.place.offset)
            while (member := self._next(members)) is not None:
                try:
                    yield from self._read(member, members)
                    member.close()
                except Damaged as error:
                    self._lose(str(error))
                self.place = Place(members.at)
        self.place = Place(max(self.place.offset, self._end))

    def _next(self, members: Members) -> Member | None:
        """The next member that begins before the end; what lies before it is no member, and is counted."""
        member, junk = members.next()
        if junk:
            self._lose("bytes between records that belong to none")
        if member is None or member.offset >= self._end:
            return None
        return member

    def _read(self, member: Member, members: Members) -> Iterator[Page]:
        """The pages of one member. ``place`` moves on before a page is handed out, so that it is not met again."""
        flow = Unpacked(member)
        if self.place.within and member.offset == self.place.offset:
            flow.skip(self.place.within)
        while flow.skip_breaks():
            place = members.place_of(member, flow.passed)
            if place[0] >= self._end:
                return
            self.place = Place(*place)
            page = None
            if (end := flow.find(_BREAK, LARGEST_HEAD)) >= 0:
                page = self._record(flow, end)
            else:
                self._give_up(flow, "a record without an end of its header")
            if page is not None:
                self.place = Place(*members.place_of(member, flow.passed))
                yield page
            if flow.lost and not flow.resume(_START):
                return

    def _record(self, flow: Unpacked, end: int) -> Page | None:
        """Reads one record to its end; its page, if it is one. ``flow.lost`` where its end is not where it says."""
        self.tally.records += 1
        head = flow.take(end)
        if not head.startswith(_START):
            self._give_up(flow, "a record that does not begin like one")
            return None
        # A search without regard to case takes a regular expression ten times as long as two plain ones.
        lower = head.lower()
        if not (length := _value(head, lower, b"\ncontent-length:")).isdigit() or len(length) > 15:
            self._give_up(flow, "a record that does not say how long it is")
            return None
        size = int(length)
        if _value(head, lower, b"\nwarc-type:").lower() != b"response":
            self._pass(flow, size)
            return None
        if size > LARGEST_RECORD:
            self._lose("a record that is too large")
            self._pass(flow, size)
            return None
        address = _value(head, lower, b"\nwarc-target-uri:").strip(b"<>").decode("utf-8", "replace")
        return self._response(flow, size, address, _value(head, lower, b"\nwarc-date:"))

    def _response(self, flow: Unpacked, size: int, address: str, date: bytes) -> Page | None:
        if not flow.need(len(_BREAK) + size):
            self._lose("a record that is shorter than it says")
            flow.lost = True
            return None
        start = flow.at + len(_BREAK)
        stop = start + size
        data = flow.data
        page = self._page(data, start, stop, address, date)
        flow.at = stop
        flow.expect_break()
        if flow.lost:
            # What follows is still its own: nothing of a record that lies about its length is believed.
            self._lose("a record that is longer than it says")
            flow.at = start
            return None
        if page is not None:
            self.tally.pages += 1
        return page

    def _page(self, data: bytes, start: int, stop: int, address: str, date: bytes) -> Page | None:
        end = data.find(_BREAK, start, min(stop, start + LARGEST_HEAD))
        if end < 0:
            return None
        head = data[start:end]
        status = _STATUS.match(head)
        lower = head.lower()
        if status is None or status[1] != b"200" or not _value(lower, lower, b"\ncontent-type:").startswith(_HTML):
            return None
        body: bytes | memoryview = memoryview(data)[end + len(_BREAK) : stop]
        if b"\ntransfer-encoding:" in lower or b"\ncontent-encoding:" in lower:
            try:
                body = decoded(bytes(body), head)
            except ValueError as error:
                self._lose(str(error))
                return None
        return Page(self.place, address, date, head, body)

    def _pass(self, flow: Unpacked, size: int) -> None:
        flow.skip(len(_BREAK) + size)
        flow.expect_break()
        if flow.lost:
            self._lose("a record that is longer or shorter than it says")

    def _give_up(self, flow: Unpacked, reason: str) -> None:
        self._lose(reason)
        flow.lost = True

    def _lose(self, reason: str) -> None:
        self.tally.malformed[reason] += 1


def _value(head: bytes, lower: bytes, name: bytes) -> bytes:
    """What a header says under a name, which is looked for in its lower-case form; b"" where it says nothing."""
    if (found := lower.find(name)) < 0:
        return b""
    start = found + len(name)
    end = head.find(b"\n", start)
    return head[start : end if end >= 0 else None].strip()


def size_of(path: Path | Remote) -> int:
    """How many bytes an archive has."""
    return path.stat().st_size if isinstance(path, Path) else path.size


def cut(path: Path | Remote, size: int) -> list[tuple[int, int]]:
    """Byte ranges of about ``size`` that cover the file; NotADocument where it is no web archive.

    A range holds the records that begin in it; where its first one begins is found when it is read.
    """
    total = size_of(path)
    with path.open("rb") as file:
        if members_of(file, 0).next()[0] is None:
            raise NotADocument(
                "This is no web archive: it holds no WARC record, plain or in gzip or zstd members. "
                "Give the file as it was downloaded."
            )
    number = max(1, round(total / size))
    edges = [total * i // number for i in range(number + 1)]
    return list(pairwise(edges))

"""A large file on a web server, read piece by piece: each piece is a request of its own, under the rules of `fetch`.

Every piece must be of the same file: the server's validator is sent along, and what it says of the file's size and of
the piece's place must be what was asked for.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, BinaryIO, Literal, cast

from django.conf import settings
from django.utils import timezone
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError
from urllib3.util import parse_url

from articles import addresses
from articles.exceptions import FetchError, NotADocument, Offline, TooLarge, Unavailable
from articles.fetch import MAX_REDIRECTS, REDIRECTS, joined, refusal, sockets
from articles.trouble import at_home

# What one request asks for, and behind the end of a shard, where only the rest of a record is wanted.
PIECE, SIP = 8_000_000, 500_000
# A server that is slower than this is given up: bytes a second.
SLOWEST = 64_000
LARGEST_FILE = 100_000_000_000
_CHUNK = 1 << 16
_LONGEST_TAG = 300
_NO_SUCH_PLACE = 416
_PLACE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
CHANGED = "is another file than when the job began: submit it as a new job."


@dataclass(frozen=True, slots=True)
class Remote:
    """A file whose server hands out pieces of it. ``tag`` is the server's validator, or "" where it gives none;
    ``magic`` are the file's first bytes, ``until`` is where whoever reads it expects to stop."""

    address: str
    size: int
    tag: str
    magic: bytes
    until: int | None = None

    def open(self, mode: Literal["rb"] = "rb", /) -> BinaryIO:
        """The file for reading; no request is made before something is read."""
        return cast(BinaryIO, _File(self))


def look(address: str) -> Remote | None:
    """What there is at the address; None where the server hands out whole files only.

    Raises an IntakeError, as ``fetch`` does.
    """
    with _asked(address, {"Range": "bytes=0-3"}, sockets.Deadline(settings.FETCH_TIMEOUT_SECONDS)) as response:
        if response.status == 200:
            return None
        first, last, size = _place(response, address)
        if size > LARGEST_FILE:
            raise _too_large(address)
        if first != 0:
            raise Unavailable(f"The server of {address} sends another piece than it is asked for.")
        return Remote(address, size, _validator(response), _bytes(response, last + 1 if last < 4 else 4))


def download(address: str, write: Callable[[bytes], Any]) -> int:
    """Hands the whole file to ``write`` as it comes; its length. For servers that hand out no pieces."""
    got, deadline = 0, sockets.Deadline(settings.FETCH_TIMEOUT_SECONDS)
    with _asked(address, {}, deadline) as response:
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced[:20]) > LARGEST_FILE:
            raise _too_large(address)
        for part in response.stream(_CHUNK, decode_content=False):
            got += len(part)
            if got > LARGEST_FILE:
                raise _too_large(address)
            write(part)
            deadline.renew()
    if deadline.passed:
        raise sockets.took_too_long(deadline)
    if announced.isdecimal() and got != int(announced):
        raise FetchError(f"The server broke off after {got:,} of {int(announced):,} bytes.")
    return got


def _piece(remote: Remote, start: int, length: int) -> bytes:
    """``length`` bytes from ``start`` on, and no other ones."""
    headers = {"Range": f"bytes={start}-{start + length - 1}"}
    if remote.tag:
        headers["If-Range"] = remote.tag
    deadline = sockets.Deadline(settings.FETCH_TIMEOUT_SECONDS + length / SLOWEST)
    with _asked(remote.address, headers, deadline) as response:
        if response.status == 200:
            # With If-Range this is how a server says that the file has changed.
            raise NotADocument(f"{remote.address} {CHANGED}")
        first, last, size = _place(response, remote.address)
        if size != remote.size or _validator(response) not in ("", remote.tag):
            raise NotADocument(f"{remote.address} {CHANGED}")
        if (first, last) != (start, start + length - 1):
            raise FetchError(f"The server of {remote.address} sends another piece than it is asked for.")
        piece = _bytes(response, length)
    if deadline.passed:
        raise sockets.took_too_long(deadline)
    return piece


@contextmanager
def _asked(address: str, headers: dict[str, str], deadline: sockets.Deadline) -> Iterator[BaseHTTPResponse]:
    """The answer of status 200 or 206, redirects followed and each of them checked; closed in the end."""
    if settings.OFFLINE:
        raise Offline("This installation runs without the network (OFFLINE is set); give the archive as a file.")
    try:
        with _followed(address, headers, deadline) as response:
            yield response
    except (HTTPError, HTTPException, OSError) as error:
        if at_home(error):
            raise
        raise sockets.explained(error, deadline) from error
    finally:
        deadline.close()


@contextmanager
def _followed(address: str, headers: dict[str, str], deadline: sockets.Deadline) -> Iterator[BaseHTTPResponse]:
    # The bytes of the file itself, not of a packed form that this server makes for this request.
    sent = {"User-Agent": settings.USER_AGENT, "Accept-Encoding": "identity", "Connection": "close", **headers}
    for _ in range(MAX_REDIRECTS + 1):
        address = addresses.check(address, allow_private=settings.FETCH_ALLOW_PRIVATE)
        with closing(sockets.connection(address, deadline)) as connection:
            connection.request("GET", parse_url(address).request_uri, headers=sent, preload_content=False)
            response = connection.getresponse()
            target = response.headers.get("Location", "")
            if response.status in REDIRECTS and target:
                address = joined(address, target)
                continue
            if response.status == _NO_SUCH_PLACE:
                raise NotADocument(f"{address} {CHANGED}")
            if response.status not in (200, 206):
                raise refusal(response, timezone.now())
            yield response
            return
    raise Unavailable(f"The address redirects more than {MAX_REDIRECTS} times.")


def _place(response: BaseHTTPResponse, address: str) -> tuple[int, int, int]:
    """The first and last byte of the piece that comes, and the size of the whole."""
    match = _PLACE.fullmatch(response.headers.get("Content-Range", ""))
    first, last, size = (int(number) for number in match.groups()) if match else (0, 0, 0)
    if not first <= last < size:
        raise Unavailable(f"The server of {address} says nothing of use about which piece it sends.")
    return first, last, size


def _bytes(response: BaseHTTPResponse, length: int) -> bytes:
    """The piece; FetchError where it is shorter or longer than asked for."""
    parts, got = [], 0
    for part in response.stream(_CHUNK, decode_content=False):
        parts.append(part)
        got += len(part)
        if got > length:
            break
    if got != length:
        raise FetchError(f"The server sent {'more' if got > length else 'less'} than the {length:,} bytes of a piece.")
    return b"".join(parts)


def _validator(response: BaseHTTPResponse) -> str:
    """What tells this state of the file from another: a strong tag, or else the time of its last change."""
    tag = response.headers.get("ETag", "")
    found = tag if tag and not tag.startswith("W/") else response.headers.get("Last-Modified", "")
    return found if found.isprintable() and len(found) <= _LONGEST_TAG else ""


def _too_large(address: str) -> TooLarge:
    return TooLarge(f"The file at {address} is larger than {LARGEST_FILE:,} bytes.")


class _File(io.RawIOBase):
    """A remote file as an open one: what is read is asked for, a piece at a time."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._at = 0
        # The piece that was read last, and where it begins.
        self._held, self._first = memoryview(remote.magic), 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._remote.size}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, number: int = -1) -> bytes:
        """At most so many bytes; fewer at the end of a piece, none at the end of the file."""
        left = self._remote.size - self._at
        if left <= 0 or number == 0:
            return b""
        if not self._first <= self._at < self._first + len(self._held):
            self._held = memoryview(_piece(self._remote, self._at, self._wanted(left)))
            self._first = self._at
        begin = self._at - self._first
        found = self._held[begin : begin + number if number > 0 else None].tobytes()
        self._at += len(found)
        return found

    def _wanted(self, left: int) -> int:
        until = self._remote.until
        ahead = PIECE if until is None else min(PIECE, until - self._at)
        return min(left, ahead if ahead > 0 else SIP)

"""Fetches one address. The only package of the project that opens a socket to the outside world.

The peer is checked when the socket opens, so that neither a name that resolves inwards nor one that changes its answer
between two look-ups reaches a private network; sizes, times, redirects and decompression are bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.util import parse_url

from articles import addresses
from articles.exceptions import Busy, FetchError, Gone, IntakeError, Offline, RefusedAddress, TooLarge, Unavailable
from articles.fetch import sockets

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT_REDIRECTS = frozenset({301, 308})
_UNCHANGED = 304
# A refusal that time can mend.
_PASSING = frozenset({304, 408, 425, 429})
# "Too many requests" and "service unavailable" are said to whoever comes, not about one page.
_BUSY = frozenset({429, 503})
_GONE = 410
_CHUNK = 65_536
_KEPT_HEADERS = (
    "cache-control", "content-encoding", "content-language", "content-type", "date", "etag", "expires", "last-modified",
    "link", "retry-after", "server", "x-robots-tag",
)  # fmt: skip
_SHORTEST_WAIT, _LONGEST_WAIT = 30.0, 86_400.0

PAGE = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1"
FEED = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"
TEXT = "text/plain,*/*;q=0.1"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. ``etag`` and ``last_modified`` are those of an earlier answer: only a change is sent then.

    ``limit`` bounds the bytes after decompression, by default as for a document; ``cut`` takes the beginning of what is
    longer. ``hop`` is called with each address before anything is sent there, and may raise an IntakeError.
    """

    accept: str = PAGE
    etag: str = ""
    last_modified: str = ""
    limit: int | None = None
    cut: bool = False
    hop: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the bytes after decompression, and where and when they came from.

    ``moved_to`` is where the address has moved for good, or "". A status of 304 says that nothing changed since the
    earlier answer, and comes without bytes.
    """

    body: bytes
    content_type: str
    status: int
    headers: dict[str, str]
    final_address: str
    retrieved_at: datetime
    moved_to: str = ""

    @property
    def unchanged(self) -> bool:
        return self.status == _UNCHANGED


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said to bytes that were sent to it: its status, the beginning of its words, and when to return."""

    status: int
    excerpt: str
    retry_after: float | None


_ANYTHING = Wish()
_EXCERPT = 1_000


def fetch(address: str, wish: Wish = _ANYTHING, *, clock: Callable[[], datetime] = timezone.now) -> Fetched:
    """The answer at ``address``, redirects followed.

    Raises an IntakeError: RefusedAddress and Offline before anything is sent; FetchError where another try may help;
    Unavailable and TooLarge where it will not.
    """
    if settings.OFFLINE:
        raise Offline("This installation runs without the network (OFFLINE is set); ingest the page as a file instead.")
    deadline = sockets.Deadline(settings.FETCH_TIMEOUT_SECONDS)
    try:
        fetched = _follow(address, wish, deadline, clock)
    except (HTTPError, HTTPException, OSError) as error:
        raise sockets.explained(error, deadline) from error
    finally:
        deadline.close()
    if deadline.passed:
        # Where the length was not announced, a connection that was cut looks like one that ended.
        raise sockets.took_too_long(deadline)
    return fetched


def post(
    address: str, body: bytes, headers: dict[str, str], *, seconds: float, clock: Callable[[], datetime] = timezone.now
) -> Reply:
    """Sends bytes to an address and gives the reply, whatever its status; redirects are not followed.

    Raises an IntakeError where there is no reply: RefusedAddress and Offline before anything is sent.
    """
    if settings.OFFLINE:
        raise Offline("This installation runs without the network (OFFLINE is set); nothing is sent.")
    address = addresses.check(address, allow_private=settings.FETCH_ALLOW_PRIVATE)
    deadline = sockets.Deadline(seconds)
    try:
        with closing(sockets.connection(address, deadline)) as connection:
            sent = {"User-Agent": settings.USER_AGENT, "Connection": "close", **headers}
            connection.request("POST", parse_url(address).request_uri, body, headers=sent, preload_content=False)
            response = connection.getresponse()
            excerpt = response.read(_EXCERPT, decode_content=False)
    except (HTTPError, HTTPException, OSError) as error:
        raise sockets.explained(error, deadline) from error
    finally:
        deadline.close()
    wait = _wait(response.headers.get("Retry-After", ""), clock())
    return Reply(response.status, _printable(excerpt.decode("utf-8", "replace")), wait)


def _follow(address: str, wish: Wish, deadline: sockets.Deadline, clock: Callable[[], datetime]) -> Fetched:
    moved_to, for_good = "", True
    for _ in range(MAX_REDIRECTS + 1):
        address = addresses.check(address, allow_private=settings.FETCH_ALLOW_PRIVATE)
        if wish.hop:
            wish.hop(address)
        with closing(sockets.connection(address, deadline)) as connection:
            response = _ask(connection, address, wish)
            target = response.headers.get("Location", "")
            if response.status not in REDIRECTS or not target:
                return _answer(response, address, wish, clock, moved_to=moved_to)
            for_good = for_good and response.status in _PERMANENT_REDIRECTS
        address = joined(address, target)
        moved_to = address if for_good else moved_to
    raise Unavailable(f"The address redirects more than {MAX_REDIRECTS} times.")


def joined(address: str, target: str) -> str:
    """Where a redirect leads; it is checked before it is followed."""
    try:
        return urljoin(address, target)
    except ValueError as error:
        raise RefusedAddress("The address redirects to something that is no address.") from error


def _ask(connection: HTTPConnection, address: str, wish: Wish) -> BaseHTTPResponse:
    headers = {
        "User-Agent": settings.USER_AGENT,
        "Accept": wish.accept,
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "en, zh;q=0.9",
        "Connection": "close",
    }
    asked = {"From": _mail(settings.FETCH_CONTACT), "If-None-Match": wish.etag, "If-Modified-Since": wish.last_modified}
    headers |= {name: value for name, value in asked.items() if value}
    connection.request("GET", parse_url(address).request_uri, headers=headers, preload_content=False)
    return connection.getresponse()


def _mail(contact: str) -> str:
    return contact if "@" in contact and "/" not in contact else ""


def _answer(
    response: BaseHTTPResponse, address: str, wish: Wish, clock: Callable[[], datetime], *, moved_to: str
) -> Fetched:
    unchanged = response.status == _UNCHANGED and bool(wish.etag or wish.last_modified)
    if response.status != 200 and not unchanged:
        raise refusal(response, clock())
    return Fetched(
        body=b"" if unchanged else _body(response, wish),
        content_type=_printable(response.headers.get("Content-Type", ""))[:200],
        status=response.status,
        headers={name: _printable(response.headers[name])[:1000] for name in _KEPT_HEADERS if name in response.headers},
        final_address=address,
        retrieved_at=clock(),
        moved_to=addresses.check(moved_to, allow_private=settings.FETCH_ALLOW_PRIVATE) if moved_to else "",
    )


def refusal(response: BaseHTTPResponse, now: datetime) -> IntakeError:
    """Why the server's answer is of no use, and whether another try may help."""
    status = response.status
    if status >= 500 or status in _PASSING:
        wait = _wait(response.headers.get("Retry-After", ""), now)
        kind = Busy if status in _BUSY else FetchError
        return kind(f"The server answered {status}; it will be asked again.", retry_after=wait)
    if status == _GONE:
        return Gone("The server answered 410: the page was taken away for good.")
    return Unavailable(f"The server answered {status}: the page is not there, or not for us.")


def _wait(header: str, now: datetime) -> float | None:
    """Seconds that the server asks us to stay away, within reason; None where it does not say."""
    try:
        seconds = float(header) if header.strip().isdigit() else (parsedate_to_datetime(header) - now).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)


def _body(response: BaseHTTPResponse, wish: Wish) -> bytes:
    limit: int = wish.limit or settings.MAX_DOCUMENT_BYTES
    # What it announces may be a lie, but a giant need not be begun.
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced[:20]) > limit and not wish.cut:
        raise _too_large(limit)
    parts, size = [], 0
    for part in response.stream(_CHUNK, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > limit:
            if wish.cut:
                break
            raise _too_large(limit)
    return b"".join(parts)[:limit]


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The page is larger than {limit:,} bytes.")


def _printable(value: str) -> str:
    return "".join(c for c in value if c.isprintable())

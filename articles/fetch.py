"""Fetches one address. The only file of the project that opens a socket to the outside world.

The peer is checked when the socket opens, so that neither a name that resolves inwards nor one that changes its answer
between two look-ups reaches a private network; sizes, times, redirects and decompression are bounded.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError, SSLError
from urllib3.util import parse_url

from articles import addresses
from articles.exceptions import FetchError, IntakeError, Offline, RefusedAddress, TooLarge, Unavailable

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# A refusal that time can mend.
_PASSING = frozenset({304, 408, 425, 429})
_CHUNK = 65_536
_KEPT_HEADERS = (
    "cache-control", "content-encoding", "content-language", "content-type", "date", "etag", "expires", "last-modified",
    "link", "retry-after", "server", "x-robots-tag",
)  # fmt: skip
_SHORTEST_WAIT, _LONGEST_WAIT = 30.0, 86_400.0

SocketAddress = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the bytes after decompression, and where and when they came from."""

    body: bytes
    content_type: str
    status: int
    headers: dict[str, str]
    final_address: str
    retrieved_at: datetime


def fetch(address: str, *, clock: Callable[[], datetime] = timezone.now) -> Fetched:
    """The answer at ``address``, redirects followed.

    Raises an IntakeError: RefusedAddress and Offline before anything is sent; FetchError where another try may help;
    Unavailable and TooLarge where it will not.
    """
    if settings.OFFLINE:
        raise Offline("This installation runs without the network (OFFLINE is set); ingest the page as a file instead.")
    deadline = _Deadline(settings.FETCH_TIMEOUT_SECONDS)
    try:
        fetched = _follow(address, deadline, clock)
    except (HTTPError, HTTPException, OSError) as error:
        raise _explained(error, deadline) from error
    finally:
        deadline.close()
    if deadline.passed:
        # Where the length was not announced, a connection that was cut looks like one that ended.
        raise _took_too_long(deadline)
    return fetched


def _follow(address: str, deadline: _Deadline, clock: Callable[[], datetime]) -> Fetched:
    for _ in range(MAX_REDIRECTS + 1):
        address = addresses.check(address, allow_private=settings.FETCH_ALLOW_PRIVATE)
        with closing(_connection(address, deadline)) as connection:
            response = _ask(connection, address)
            target = response.headers.get("Location", "")
            if response.status not in _REDIRECTS or not target:
                return _answer(response, address, clock)
        address = urljoin(address, target)
    raise Unavailable(f"The address redirects more than {MAX_REDIRECTS} times.")


def _ask(connection: HTTPConnection, address: str) -> BaseHTTPResponse:
    headers = {
        "User-Agent": settings.USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "en, zh;q=0.9",
        "Connection": "close",
    }
    connection.request("GET", parse_url(address).request_uri, headers=headers, preload_content=False)
    return connection.getresponse()


def _answer(response: BaseHTTPResponse, address: str, clock: Callable[[], datetime]) -> Fetched:
    if response.status != 200:
        raise _refusal(response, clock())
    return Fetched(
        body=_body(response),
        content_type=_printable(response.headers.get("Content-Type", ""))[:200],
        status=response.status,
        headers={name: _printable(response.headers[name])[:1000] for name in _KEPT_HEADERS if name in response.headers},
        final_address=address,
        retrieved_at=clock(),
    )


def _refusal(response: BaseHTTPResponse, now: datetime) -> IntakeError:
    status = response.status
    if status >= 500 or status in _PASSING:
        wait = _wait(response.headers.get("Retry-After", ""), now)
        return FetchError(f"The server answered {status}; it will be asked again.", retry_after=wait)
    return Unavailable(f"The server answered {status}: the page is not there, or not for us.")


def _wait(header: str, now: datetime) -> float | None:
    """Seconds that the server asks us to stay away, within reason; None where it does not say."""
    try:
        seconds = float(header) if header.strip().isdigit() else (parsedate_to_datetime(header) - now).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)


def _body(response: BaseHTTPResponse) -> bytes:
    limit = settings.MAX_DOCUMENT_BYTES
    # What it announces may be a lie, but a giant need not be begun.
    if response.headers.get("Content-Length", "").isdigit() and int(response.headers["Content-Length"]) > limit:
        raise _too_large(limit)
    parts, size = [], 0
    for part in response.stream(_CHUNK, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise _too_large(limit)
    return b"".join(parts)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The page is larger than {limit:,} bytes.")


def _printable(value: str) -> str:
    return "".join(c for c in value if c.isprintable())


# ---------------------------------------------------------------- sockets


class _Deadline:
    """Bounds everything between the first look-up and the last byte: closes the socket under a server that drips."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._timer: threading.Timer | None = None

    @property
    def left(self) -> float:
        return max(self._end - time.monotonic(), 0.001)

    @property
    def passed(self) -> bool:
        return time.monotonic() >= self._end

    def watch(self, sock: socket.socket) -> None:
        # TLS takes the socket object over; a duplicate still reaches the connection.
        self._sockets.append(sock.dup())
        if self._timer is None:
            self._timer = threading.Timer(self.left, self._cut)
            self._timer.daemon = True
            self._timer.start()

    def _cut(self) -> None:
        for sock in self._sockets:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                # It was closed already.
                pass

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()
        for sock in self._sockets:
            sock.close()


class _Checked(HTTPConnection):
    """A connection that opens its socket to a checked address of the host, and to nothing else."""

    deadline: _Deadline

    def _new_conn(self) -> socket.socket:
        sock = _open(self.host, self.port or self.default_port, self.deadline)
        self.deadline.watch(sock)
        return sock


class _CheckedTLS(_Checked, HTTPSConnection):
    """The same, encrypted; the certificate is checked against the name, not the address."""


def _connection(address: str, deadline: _Deadline) -> HTTPConnection:
    url = parse_url(address)
    host, port = (url.host or "").strip("[]"), url.port or addresses.SCHEMES[url.scheme or ""]
    connection: _Checked
    if url.scheme == "https":
        connection = _CheckedTLS(host, port, timeout=deadline.left, cert_reqs=ssl.CERT_REQUIRED)
    else:
        connection = _Checked(host, port, timeout=deadline.left)
    connection.deadline = deadline
    return connection


def _open(host: str, port: int, deadline: _Deadline) -> socket.socket:
    """A socket to the first address of ``host`` that answers; RefusedAddress if a single one of them is not public."""
    found = _resolve(host, port, deadline.left)
    for _, target in found:
        _check_peer(host, target)
    error: OSError = OSError("the name has no address")
    for family, target in found:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(deadline.left)
            sock.connect(target)
            _check_peer(host, sock.getpeername())
        except OSError as failure:
            sock.close()
            error = failure
        except RefusedAddress:
            sock.close()
            raise
        else:
            return sock
    raise error


def _check_peer(host: str, target: SocketAddress) -> None:
    if not settings.FETCH_ALLOW_PRIVATE and not addresses.is_public(str(target[0])):
        raise RefusedAddress(f"{host} leads to {target[0]}, which is not an address of the public Internet.")


def _resolve(host: str, port: int, seconds: float) -> list[tuple[socket.AddressFamily, SocketAddress]]:
    """Every address of the host. The look-up runs in a thread, since a resolver that hangs cannot be interrupted."""
    answers: list[tuple[socket.AddressFamily, SocketAddress]] = []
    failures: list[Exception] = []

    def look_up() -> None:
        try:
            for family, _, _, _, target in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                answers.append((family, target))
        except (OSError, UnicodeError) as error:
            failures.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if failures:
        raise failures[0] if isinstance(failures[0], OSError) else OSError(str(failures[0]))
    if thread.is_alive():
        raise TimeoutError(f"the look-up of {host} did not end")
    return list(dict.fromkeys(answers))


def _took_too_long(deadline: _Deadline) -> FetchError:
    return FetchError(f"The server took longer than {deadline.seconds:g} seconds.")


def _explained(error: Exception, deadline: _Deadline) -> IntakeError:
    """The failure in words, and whether another try may help."""
    if deadline.passed:
        return _took_too_long(deadline)
    if isinstance(error, (SSLError, ssl.SSLError)):
        return Unavailable(f"No safe connection could be made: {error}")
    if isinstance(error, DecodeError):
        return Unavailable("The server sent bytes that cannot be decompressed.")
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME:
        return Unavailable("There is no server of that name.")
    return FetchError(f"The server could not be reached or broke off: {error}")

"""Sockets to the outside: opened only to public addresses, checked when they open, and closed when time is up."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from typing import Any

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, SSLError
from urllib3.util import parse_url

from articles import addresses
from articles.exceptions import FetchError, IntakeError, RefusedAddress, Unavailable

SocketAddress = tuple[Any, ...]


class Deadline:
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
            self._start_timer()

    def _start_timer(self) -> None:
        self._timer = threading.Timer(self.left, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def renew(self) -> None:
        """Begins the time anew: something came."""
        self._end = time.monotonic() + self.seconds

    def _cut(self) -> None:
        if not self.passed:
            self._start_timer()
            return
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

    deadline: Deadline

    def _new_conn(self) -> socket.socket:
        sock = open_checked(self.host, self.port or self.default_port, self.deadline)
        self.deadline.watch(sock)
        return sock


class _CheckedTLS(_Checked, HTTPSConnection):
    """The same, encrypted; the certificate is checked against the name, not the address."""


def connection(address: str, deadline: Deadline) -> HTTPConnection:
    """A connection to the server of an address that was checked; nothing is sent yet."""
    url = parse_url(address)
    host, port = (url.host or "").strip("[]"), url.port or addresses.SCHEMES[url.scheme or ""]
    connection: _Checked
    if url.scheme == "https":
        connection = _CheckedTLS(host, port, timeout=deadline.left, cert_reqs=ssl.CERT_REQUIRED)
    else:
        connection = _Checked(host, port, timeout=deadline.left)
    connection.deadline = deadline
    return connection


def open_checked(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A socket to the first address of ``host`` that answers; RefusedAddress if a single one of them is not public."""
    found = resolve(host, port, deadline.left)
    for _, target in found:
        check_peer(host, target)
    error: OSError = OSError("the name has no address")
    for family, target in found:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(deadline.left)
            sock.connect(target)
            check_peer(host, sock.getpeername())
        except OSError as failure:
            sock.close()
            error = failure
        except RefusedAddress:
            sock.close()
            raise
        else:
            return sock
    raise error


def check_peer(host: str, target: SocketAddress) -> None:
    """RefusedAddress where the socket's other end is not on the public Internet."""
    if not settings.FETCH_ALLOW_PRIVATE and not addresses.is_public(str(target[0])):
        raise RefusedAddress(f"{host} leads to {target[0]}, which is not an address of the public Internet.")


def resolve(host: str, port: int, seconds: float) -> list[tuple[socket.AddressFamily, SocketAddress]]:
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


def took_too_long(deadline: Deadline) -> FetchError:
    """The failure of a server that drips."""
    return FetchError(f"The server took longer than {deadline.seconds:g} seconds.")


def explained(error: Exception, deadline: Deadline) -> IntakeError:
    """The failure in words, and whether another try may help."""
    if deadline.passed:
        return took_too_long(deadline)
    if isinstance(error, (SSLError, ssl.SSLError)):
        return Unavailable(f"No safe connection could be made: {error}")
    if isinstance(error, DecodeError):
        return Unavailable("The server sent bytes that cannot be decompressed.")
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME:
        return Unavailable("There is no server of that name.")
    return FetchError(f"The server could not be reached or broke off: {error}")

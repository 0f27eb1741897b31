"""The web server's processes: threads that answer, a bounded number of requests that wait for one of them, and a
doorkeeper that sends everybody beyond away at once, so that a rush neither grows a queue nor outlives itself.

The doorkeeper is a process of its own: beside threads that compute, a refusal would wait for the interpreter each time.
"""

from __future__ import annotations

import mmap
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Sequence
from threading import Lock
from typing import Any, cast

from gunicorn.glogging import Logger as GunicornLogger
from gunicorn.workers.gthread import TConn, ThreadWorker
from prometheus_client import Counter

from config import settings

REFUSED = Counter("talent_ledger_refused_requests", "Requests turned away because too many waited.")
RETRY_SECONDS = 2
_WORDS = "Too many requests wait; try again in a few seconds.\n等待的请求太多，请过几秒再试。\n".encode()
REFUSAL = (
    b"HTTP/1.1 503 Service Unavailable\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Retry-After: %d\r\nContent-Length: %d\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
) % (RETRY_SECONDS, len(_WORDS)) + _WORDS
ALIVE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 19\r\n"
    b"Cache-Control: no-store\r\nConnection: close\r\n\r\n" + b'{"status": "alive"}'
)
# So long the beginning of a request is waited for: an answer to nothing would look like a fault.
_FIRST_BYTES_SECONDS = 0.02
# Where Linux tells, of a socket that listens, how many connections nobody has taken yet.
_TCP_INFO_BYTES, _WAITING_AT = 32, 24


class Board:
    """What the processes tell each other: of each worker, for how many requests it has room. Made before they fork."""

    def __init__(self) -> None:
        # A byte for each worker: 0 where there is none, else one more than it has room for.
        self._cells = mmap.mmap(-1, mmap.PAGESIZE)

    def note(self, worker: Any, room: int) -> None:
        """Writes a worker's room into its cell."""
        self._cells[worker.age % mmap.PAGESIZE] = min(max(room, 0), 254) + 1

    def forget(self, worker: Any) -> None:
        """A worker that has ended has no room."""
        self._cells[worker.age % mmap.PAGESIZE] = 0

    def room(self) -> int | None:
        """How many requests all workers together have room for; None where there are no workers."""
        there = [cell - 1 for cell in self._cells[:] if cell]
        return sum(there) if there else None


board = Board()


class Logger(GunicornLogger):  # type: ignore[misc]  # the package has no types
    """Gunicorn's, without a line for each request: the site writes one, and a second was put together in vain."""

    def access(self, *told: Any) -> None:
        """Nothing."""


class BoundedWorker(ThreadWorker):  # type: ignore[misc]  # the package has no types
    """Gunicorn's threads, with at most ``WEB_QUEUE`` requests behind those that are being answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._in_hand, self._counting = 0, Lock()
        super().__init__(*args, **kwargs)

    @property
    def worker_connections(self) -> int:
        """How many connections may be open; none more than there are while requests fill every place."""
        return self._most if self._room() > 0 else 0

    @worker_connections.setter
    def worker_connections(self, most: int) -> None:
        self._most = most

    def init_process(self) -> None:
        board.note(self, self._room())
        super().init_process()

    def enqueue_req(self, conn: TConn) -> None:
        """Has a thread answer; what waits and what is being answered is counted together."""
        self._count(1)
        super().enqueue_req(conn)
        if self._room() <= 0:
            # At once, not at the next turn of the loop: until then others could come in.
            self.set_accept_enabled(False)

    def handle(self, conn: TConn) -> Any:
        try:
            return super().handle(conn)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._counting:
            self._in_hand += more
            board.note(self, self._room())

    def _room(self) -> int:
        return int(self.cfg.threads + settings.WEB_QUEUE - self._in_hand)


def open_door(listeners: Sequence[socket.socket]) -> int:
    """Forks the doorkeeper, which ends with its parent; its process id."""
    parent = os.getpid()
    if pid := os.fork():
        return pid
    try:
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        keep_door(listeners, parent=parent)
    finally:
        os._exit(0)


def keep_door(listeners: Sequence[socket.socket], *, parent: int) -> None:
    """Sends away as many of those who wait as the workers have no room for; leaves everybody else to them."""
    selector = selectors.DefaultSelector()
    for listener in listeners:
        listener.setblocking(False)
        selector.register(listener, selectors.EVENT_READ)
    while os.getppid() == parent:
        ready = [cast(socket.socket, key.fileobj) for key, _ in selector.select(0.2)]
        away = [_send_away(listener) for listener in ready]
        if ready and not any(away):
            # A worker is about to take it.
            time.sleep(0.005)


def _send_away(listener: socket.socket) -> int:
    """Refuses whoever waits beyond the workers' room; how many."""
    room = board.room()
    many = 0 if room is None else waiting(listener, room=room) - room
    for sent in range(many):
        try:
            client, _address = listener.accept()
        except OSError:
            return sent
        refuse(client)
    return max(many, 0)


def waiting(listener: socket.socket, *, room: int) -> int:
    """How many connections nobody has taken yet; where the system does not tell, one if there is no room."""
    if not hasattr(socket, "TCP_INFO") or listener.family == socket.AF_UNIX:
        return 0 if room else 1
    told = listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO_BYTES)
    return int.from_bytes(told[_WAITING_AT : _WAITING_AT + 4], sys.byteorder)


def refuse(client: socket.socket) -> None:
    """Answers 503, or says that the server is alive to who asks for that alone; and hangs up."""
    with client:
        try:
            client.settimeout(_FIRST_BYTES_SECONDS)
            asked = client.recv(65_536)
            client.sendall(ALIVE if asked.startswith(b"GET /healthz ") else REFUSAL)
        except OSError:
            return  # the client has gone, or has said nothing
    REFUSED.inc()

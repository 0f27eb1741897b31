"""A web site of oddities on this machine: feeds, site maps and pages, right and wrong, and a note of what was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in: when, by the monotonic clock, for what, and with which headers."""

    at: float
    path: str
    headers: dict[str, str]


@dataclass(slots=True)
class Site:
    """A running site: what each path answers, and every request so far."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def asked(self, path: str) -> int:
        """How often this path was asked for."""
        return sum(request.path == path for request in self.requests)

    def serve(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> str:
        """Has the path answered so from now on; header names are written with underscores. Gives its address."""
        self.answers[path] = answer(body, status, **headers)
        return self.address + path


def answer(body: str | bytes = b"", status: int = 200, **headers: str) -> Answer:
    """A plain answer."""
    content = body.encode() if isinstance(body, str) else body

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return respond


def conditional(body: str, etag: str) -> Answer:
    """An answer that is sent only to who does not have it yet."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == etag
        (answer(b"", 304, ETag=etag) if known else answer(body, ETag=etag))(handler)

    return respond


def dripping(bytes_per_second: int) -> Answer:
    """A body that comes a byte at a time and never ends."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>")
        for _ in range(10_000):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(1 / bytes_per_second)

    return respond


def giant(gigabytes: int, *, announced: bool) -> Answer:
    """A body of so many gigabytes, with or without saying so."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if announced:
            handler.send_header("Content-Length", str(gigabytes << 30))
        handler.end_headers()
        block = b"<item/>" * 10_000
        for _ in range((gigabytes << 30) // len(block)):
            handler.wfile.write(block)

    return respond


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A redirect to another page of the same kind, for ever."""
    number = int(handler.path.rpartition("-")[2] or 0) + 1
    answer(b"", 302, Location=f"/loop-{number}")(handler)


@contextmanager
def running_site() -> Iterator[Site]:
    """The site, as long as the block lasts. What it knows nothing of is answered with 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append(Request(time.monotonic(), self.path, dict(self.headers)))
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
            try:
                found = site.answers.get(self.path) or (endless if self.path.startswith("/loop-") else answer(b"", 404))
                found(self)
            except OSError:
                # The client has hung up, as it should.
                pass
            finally:
                site.at_once -= 1

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()

"""A news site on this machine's loopback addresses, each a host of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.chaos.news import Story

HOSTS = 60


class Site:
    """Serves the articles that are fetched; ``slow`` seconds pass before each answer."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self.slow = 0.0
        self._pages = {story.path: story.page() for story in stories}
        self._server = _Server(("0.0.0.0", 0), self._handler())  # noqa: S104 -- others are refused
        self.port = self._server.server_address[1]

    def address(self, story: Story) -> str:
        """Where an article lives."""
        return f"http://127.7.0.{story.number % HOSTS + 1}:{self.port}{story.path}"

    def __enter__(self) -> Site:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                time.sleep(site.slow)
                page = site._pages.get(self.path)
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page or b"")))
                self.end_headers()
                self.wfile.write(page or b"")

            def log_message(self, *args: Any) -> None:
                """Says nothing."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Answers this machine only."""
        return str(client_address[0]).startswith("127.")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A worker that was killed hangs up; that is what is played here."""

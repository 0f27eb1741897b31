"""Ten times what can be answered: who waits is answered, everybody beyond is told at once, and then all is well."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from types import SimpleNamespace

import pytest

from config import web
from config.services.server import wait_until
from tests.test_operations import free_port

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("socket_enabled")]
ROOT = Path(__file__).resolve().parent.parent
THREADS, QUEUE, CLIENTS = 2, 3, 50
# Answers when a file is there: no clock decides what is being answered and what waits.
SLOW = """
import os, pathlib, time

def application(environ, start_response):
    gate = pathlib.Path(os.environ["GATE"])
    while environ["PATH_INFO"] == "/slow" and not gate.exists():
        time.sleep(0.01)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"answered"]
"""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A server of one process with few threads before an application that stands still."""
    (tmp_path / "slow_site.py").write_text(SLOW)
    number = free_port()
    words = ["-c", "python:config.gunicorn", "-b", f"127.0.0.1:{number}"]
    env = os.environ | {"GATE": str(tmp_path / "gate"), "VAR_DIR": str(tmp_path / "var")}
    env |= {"WEB_CONCURRENCY": "1", "WEB_THREADS": str(THREADS), "WEB_QUEUE": str(QUEUE)}
    env["PYTHONPATH"] = f"{tmp_path}:{ROOT}"
    command = [sys.executable, "-m", "gunicorn", *words, "slow_site:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    assert wait_until(lambda: answers(number), seconds=60)
    yield number
    process.terminate()
    process.wait(30)


def answers(port: int) -> bool:
    try:
        return ask(port, "/")[0] == 200
    except OSError:
        return False


def ask(port: int, path: str) -> tuple[int, str | None, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.getheader("Retry-After"), answer.read()


def test_a_rush_is_turned_away_at_once_and_leaves_nothing_behind(port: int, tmp_path: Path) -> None:
    with ThreadPoolExecutor(CLIENTS) as clients:
        asked = [clients.submit(ask, port, "/slow") for _ in range(CLIENTS)]
        refused = []
        for done in as_completed(asked):
            refused.append(done.result())
            if len(refused) == CLIENTS - THREADS - QUEUE:
                # Nothing has been answered so far: the application still stands still.
                (tmp_path / "gate").touch()
                break
        assert {(status, wait) for status, wait, _ in refused} == {(503, str(web.RETRY_SECONDS))}
        assert "Too many requests wait" in refused[0][2].decode()
        found = [each.result()[0] for each in asked]
    assert found.count(200) == THREADS + QUEUE
    assert ask(port, "/slow")[0] == 200


def test_the_doorkeeper_counts_who_waits_and_leaves_to_the_workers_what_they_have_room_for() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=16) as listener:
        clients = [socket.create_connection(listener.getsockname()) for _ in range(5)]
        assert wait_until(lambda: web.waiting(listener, room=0) == len(clients), seconds=5)
        listener.setblocking(False)
        for client in clients:
            client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        board, worker = web.Board(), SimpleNamespace(age=7)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(web, "board", board)
            assert web._send_away(listener) == 0  # no worker is there yet: one is about to come
            board.note(worker, 3)
            assert web._send_away(listener) == 2
            assert web._send_away(listener) == 0
            board.note(worker, 0)
            assert web._send_away(listener) == 3
            board.forget(worker)
            assert board.room() is None
        assert [client.recv(12) for client in clients] == [b"HTTP/1.1 503"] * len(clients)


def test_a_balancer_learns_that_a_full_server_lives() -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(b"GET /healthz HTTP/1.1\r\n\r\n")
    web.refuse(ours)
    assert theirs.recv(65_536).endswith(b'\r\n\r\n{"status": "alive"}')

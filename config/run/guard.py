"""A small process that outlives its owner by a moment: when the owner dies, it stops what the owner had started.

Runs as a script of its own, apart from the project. It listens on its standard input, whose other end only the owner
holds; a line is one order in JSON, and the end of the file is the owner's death.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

PATIENCE_SECONDS = 12.0


@dataclass(frozen=True)
class Started:
    """A process group that somebody must stop; `created` tells it from a later one with the same number."""

    pid: int
    created: float

    @classmethod
    def of(cls, pid: int) -> Started:
        """The group that process `pid` leads."""
        try:
            return cls(pid, psutil.Process(pid).create_time())
        except psutil.Error:
            return cls(pid, 0.0)

    def alive(self) -> bool:
        """Whether a process of the group is left, the leader or a child of it."""
        with contextlib.suppress(psutil.Error):
            leader = psutil.Process(self.pid)
            if abs(leader.create_time() - self.created) > 1:
                return False
            if leader.status() != psutil.STATUS_ZOMBIE:
                return True
        return any(_in_group(process, self.pid) for process in psutil.process_iter())

    def signal(self, kind: int, *, group: bool = False) -> None:
        """Send a signal to the leader, or to everybody in the group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self.alive():
                (os.killpg if group else os.kill)(self.pid, kind)


def _in_group(process: psutil.Process, group: int) -> bool:
    with contextlib.suppress(OSError, psutil.Error):
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    return False


def put_down(groups: list[Started], *, patience: float = PATIENCE_SECONDS) -> None:
    """Ask every leader to stop; after `patience` seconds kill whatever is left of the groups."""
    for group in groups:
        group.signal(signal.SIGTERM)
    end = time.monotonic() + patience
    while time.monotonic() < end and any(group.alive() for group in groups):
        time.sleep(0.1)
    for group in groups:
        group.signal(signal.SIGKILL, group=True)


class Guard:
    """The owner's end: tell the guard what was started, and in the end that it is not needed any more."""

    def __init__(self, *, keep_open: tuple[int, ...] = (), patience: float = PATIENCE_SECONDS) -> None:
        self.process = subprocess.Popen(  # noqa: S603 -- our own file, in our own Python
            [sys.executable, "-I", __file__, str(patience)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=keep_open,
        )

    def watch(self, started: Started) -> None:
        """Stop this group when the owner dies."""
        self._order({"watch": asdict(started)})

    def forget(self, started: Started) -> None:
        """The group has ended already."""
        self._order({"forget": started.pid})

    def command(self, words: list[str], *, folder: Path) -> None:
        """Run a command in `folder` when the owner dies, after the groups were stopped."""
        self._order({"command": words, "folder": str(folder)})

    def remove(self, path: Path) -> None:
        """Remove a file or folder when the owner dies, after everything else."""
        self._order({"remove": str(path)})

    def dismiss(self) -> None:
        """The owner cleaned up by itself."""
        self._order({"dismissed": True})
        with contextlib.suppress(OSError):
            if self.process.stdin:
                self.process.stdin.close()
        self.process.wait()

    def _order(self, order: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError, ValueError):
            if self.process.stdin:
                self.process.stdin.write(json.dumps(order).encode() + b"\n")
                self.process.stdin.flush()


def main() -> None:
    """Collect orders until the owner is dead, then carry them out."""
    for kind in (signal.SIGINT, signal.SIGHUP):
        signal.signal(kind, signal.SIG_IGN)
    watched: dict[int, Started] = {}
    commands: list[tuple[list[str], str]] = []
    removals: list[str] = []
    for line in sys.stdin:
        order = json.loads(line)
        if "watch" in order:
            watched[order["watch"]["pid"]] = Started(**order["watch"])
        if "forget" in order:
            watched.pop(order["forget"], None)
        if "command" in order:
            commands.append((order["command"], order["folder"]))
        if "remove" in order:
            removals.append(order["remove"])
        if "dismissed" in order:
            return
    put_down(list(watched.values()), patience=float(sys.argv[1]))
    for words, folder in commands:
        subprocess.run(words, cwd=folder, capture_output=True, check=False)  # noqa: S603 -- the owner's words
    for path in removals:
        shutil.rmtree(path, ignore_errors=True)
        Path(path).unlink(missing_ok=True)


if __name__ == "__main__":
    main()

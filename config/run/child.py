"""A long-running process of the site: started, watched, started again when it dies, and stopped."""

from __future__ import annotations

import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from config.run.guard import Guard, Started

LONGEST_DELAY = 30.0
# A process that lived this long was healthy: its next death is a first one.
HEALTHY_SECONDS = 60.0
LARGEST_LOG = 10_000_000


@dataclass
class Child:
    """One process, its log, and when it may start again after a death."""

    name: str
    command: list[str]
    log: Path
    guard: Guard
    env: dict[str, str]
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started: Started | None = None
    since: float = 0.0
    deaths: int = 0
    due: float = field(default=0.0, repr=False)

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches the supervisor alone."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.log.exists() and self.log.stat().st_size > LARGEST_LOG
        with open(self.log, "wb" if fresh else "ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- the words are ours
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=self.env,
                pass_fds=self.pass_fds,
            )
        self.since = time.monotonic()
        self.started = Started.of(self.process.pid)
        self.guard.watch(self.started)

    def running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def tend(self, now: float) -> str | None:
        """Start a dead process again when its delay is over; a sentence where something happened."""
        if self.running():
            return None
        if self.process is not None:
            return self._bury(now)
        if now < self.due:
            return None
        self.start()
        return f"The {self.name} was started again."

    def _bury(self, now: float) -> str:
        """Note a death and set the delay: 1, 2, 4 ... 30 seconds for deaths in quick succession."""
        assert self.process is not None
        assert self.started is not None
        code = self.process.returncode
        self.started.signal(signal.SIGKILL, group=True)
        self.guard.forget(self.started)
        self.deaths = 1 if now - self.since > HEALTHY_SECONDS else self.deaths + 1
        delay = min(2.0 ** (self.deaths - 1), LONGEST_DELAY)
        self.due, self.process = now + delay, None
        return f"The {self.name} ended ({_reason(code)}); it starts again in {delay:.0f} s. See {self.log}."

    def kill(self) -> None:
        """End a process that lives but does not work; `tend` starts it again."""
        if self.started:
            self.started.signal(signal.SIGKILL, group=True)

    def last_line(self) -> str:
        """The last line of the log that says something."""
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        return lines[-1].strip() if lines else "it said nothing"


def _reason(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"

"""The machinery under test: servers, workers and beat in a scratch folder, and a supervisor that starts what died."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import redis

from config import services
from config.run.guard import Guard, Started

ROOT = Path(__file__).resolve().parent.parent.parent
# A supervisor such as systemd or Docker starts a dead process about so long after its death.
RESTART_SECONDS = 0.5


class Member:
    """One process that is kept alive: a worker or the beat."""

    def __init__(self, name: str, words: list[str], *, log: Path, env: dict[str, str], guard: Guard) -> None:
        self.name, self.words, self.log, self.env, self.guard = name, words, log, env, guard
        self.process: subprocess.Popen[bytes] | None = None
        self.started: Started | None = None
        self.starts = 0

    def start(self) -> None:
        """Starts the process in a group of its own."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.app", *self.words],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd=ROOT, env=self.env,
            )  # fmt: skip
        self.started = Started.of(self.process.pid)
        self.guard.watch(self.started)
        self.starts += 1

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """SIGKILL for the whole group, as a machine that loses its power."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def terminate(self) -> None:
        """SIGTERM: a warm shutdown."""
        if self.process:
            self.process.terminate()

    def children(self) -> list[psutil.Process]:
        """Its pool children, and the parsing processes below them."""
        try:
            return psutil.Process(self.process.pid if self.process else 0).children(recursive=True)
        except psutil.Error:
            return []


class Pool:
    """Everything that runs. Entered, it is ready to work; left, nothing of it remains."""

    def __init__(self, var_dir: Path, *, workers: int, children: int) -> None:
        self.var_dir = var_dir
        self.postgres = services.Postgres(var_dir / "postgres")
        self.valkey = services.Valkey(var_dir / "valkey")
        self.guard = Guard(patience=3)
        self.guard.command([sys.executable, "-m", "config.services", "stop", "--dir", str(var_dir)], folder=ROOT)
        self.guard.remove(var_dir)
        logs = var_dir / "log"
        logs.mkdir(parents=True, exist_ok=True)

        def member(name: str, *words: str) -> Member:
            return Member(name, list(words), log=logs / f"{name}.log", env=dict(os.environ), guard=self.guard)

        options = ("--loglevel", "INFO", "--concurrency", str(children))
        self.workers = [member(f"worker{n}", "worker", "-n", f"worker{n}@chaos", *options) for n in range(workers)]
        self.beat = member("beat", "beat", "--pidfile=", "--loglevel", "INFO")
        self.extra: list[Member] = [member("beat2", "beat", "--pidfile=", "--loglevel", "INFO")]
        self._kept: list[Member] = [*self.workers, self.beat]
        self._ended = threading.Event()
        self._paused = threading.Lock()

    # ------------------------------------------------------------ life

    def __enter__(self) -> Pool:
        (self.var_dir / "chaos" / "points").mkdir(parents=True, exist_ok=True)
        self.postgres.start()
        self.valkey.start()
        return self

    def begin(self) -> None:
        """Starts workers and beat, and keeps them alive from now on."""
        threading.Thread(target=self._supervise, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with self._paused:
            for each in [*self._kept, *self.extra]:
                each.kill()
        self.valkey.stop()
        self.postgres.stop()
        shutil.rmtree(self.var_dir, ignore_errors=True)
        self.guard.dismiss()

    def _supervise(self) -> None:
        died: dict[str, float] = {}
        while not self._ended.wait(0.1):
            with self._paused:
                for each in self._kept:
                    if each.alive():
                        continue
                    since = died.setdefault(each.name, time.monotonic() if each.starts else 0.0)
                    if time.monotonic() - since > RESTART_SECONDS and not self._ended.is_set():
                        each.kill()  # whatever is left of the group
                        each.start()
                        died.pop(each.name)

    def keep(self, member: Member) -> None:
        """Starts one more process and keeps it alive."""
        self._kept.append(member)

    def let_go(self, member: Member) -> None:
        """Ends a process that is not needed any more."""
        with self._paused:
            self._kept.remove(member)
            member.kill()

    def ready(self) -> bool:
        """Whether every worker listens on its queue."""
        try:
            for worker in self.workers:
                if not worker.alive() or "ready." not in worker.log.read_text(errors="replace"):
                    return False
        except OSError:
            return False
        return True

    # ------------------------------------------------------------ faults

    def kill_worker(self, random: random.Random) -> None:
        """SIGKILL for a worker and all of its children."""
        random.choice(self.workers).kill()

    def kill_child(self, random: random.Random) -> bool:
        """SIGKILL for one child of a pool or one parsing process, as the kernel does when memory is short."""
        found = [child for worker in self.workers for child in worker.children()]
        if found:
            with contextlib.suppress(psutil.Error):
                random.choice(found).kill()
        return bool(found)

    def flush(self) -> None:
        """Empties the broker."""
        redis.Redis.from_url(self.valkey.url()).flushall()

    def kill_broker(self, *, forget: bool) -> None:
        """SIGKILL for the broker; ``forget`` removes what it had on disk."""
        if pid := self.valkey.pid():
            os.kill(pid, signal.SIGKILL)
        while self.valkey.pid():
            time.sleep(0.05)
        if forget:
            shutil.rmtree(self.valkey.data, ignore_errors=True)

    def stop_database(self, how: int) -> None:
        """SIGINT is PostgreSQL's fast stop, SIGQUIT the immediate one, SIGKILL a crash."""
        if pid := self.postgres.pid():
            os.kill(pid, how)
        while self.postgres.pid():
            time.sleep(0.05)

    def cut_connections(self, random: random.Random) -> int:
        """Cuts connections that are in the middle of a transaction, or else any of the workers'; how many."""
        ask = (
            "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            " AND client_port IS NOT NULL ORDER BY state LIKE 'idle in transaction%' DESC, xact_start NULLS LAST"
        )
        with self.database() as database:
            pids = [row[0] for row in database.execute(ask).fetchall()]
            chosen = pids[:1] + random.sample(pids[1:], min(2, len(pids[1:])))
            return sum(database.execute("SELECT pg_terminate_backend(%s)", [pid]).rowcount for pid in chosen)

    @contextlib.contextmanager
    def database(self) -> Iterator[psycopg.Connection]:
        """A connection of the harness's own."""
        with psycopg.connect(self.postgres.url(), autocommit=True, connect_timeout=5) as connection:
            yield connection

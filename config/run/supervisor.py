"""The supervisor: takes the folder and the port, starts everything in order, tends it, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from config.run.child import Child
from config.run.guard import Guard, Started, put_down
from config.run.plan import Plan, say, stamp_of
from config.run.stop import StopRequest
from config.services import Postgres, Server, ServiceError, Valkey

NEEDED_BYTES = 300_000_000
START_SECONDS = 60.0
# A worker that lives but has proved nothing for so long is started anew.
STUCK_SECONDS = 120.0


class Stopped(Exception):
    """Somebody asked the run to end."""


class Supervisor:
    """One run of the site on this machine."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.folder = plan.var_dir / "run"
        self.stop = StopRequest(parent=plan.parent)
        self.services: list[Server] = []
        self.children: list[Child] = []
        self.guard: Guard | None = None
        self.unproved_since = 0.0

    # ------------------------------------------------------------ the whole run

    def run(self) -> None:
        """Serve until asked to stop. Raises ServiceError where the site cannot start."""
        self.stop.listen()
        with self._alone() as lock, self._listening() as port, contextlib.ExitStack() as stack:
            self._clean_up_after_the_dead()
            self.guard = Guard(keep_open=(lock,))
            stack.callback(self._leave)
            self._start_services()
            self._prepare()
            # The reader first: worker and beat begin when the pages can be read.
            self._start_web(port)
            self._wait_for_the_web()
            self._start_worker_and_beat()
            self._ingest()
            say(f"Talent Ledger answers at {self.plan.url} (Ctrl-C stops it)")
            self._tend()

    def _tend(self) -> None:
        """Keep everything alive until somebody asks to stop."""
        last_look = time.monotonic()
        while not self.stop.wait(0.5):
            self._tend_children()
            now = time.monotonic()
            if now - last_look > 5:
                last_look = now
                self._tend_services()
                self._tend_worker(now)

    def _tend_children(self) -> None:
        for child in self.children:
            if news := child.tend(time.monotonic()):
                self._note_state()
                say(news)

    def _tend_services(self) -> None:
        for server in self.services:
            if server.ready():
                continue
            try:
                server.start()
                say(f"{server.name} was started again.")
            except ServiceError as error:
                say(str(error))

    def _tend_worker(self, now: float) -> None:
        """A process that is there proves nothing: the probe task must have run lately."""
        from redis import RedisError

        from config.tasks import probe_age

        worker = self.children[1]
        try:
            age = probe_age()
        except RedisError:
            # Without a broker nobody can prove anything; when it is back, the worker is given its time.
            self.unproved_since = now
            return
        if age is not None and age <= STUCK_SECONDS:
            self.unproved_since = now
        since = max(self.unproved_since, worker.since)
        if worker.running() and now - since > STUCK_SECONDS:
            say("The worker lives but finishes no task: it is started anew.")
            worker.kill()

    # ------------------------------------------------------------ one after the other

    @contextlib.contextmanager
    def _alone(self) -> Iterator[int]:
        """Hold the folder's lock; the kernel frees it when its holders, this process and its guard, are dead."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _enough_space(self.plan.var_dir)
        with open(self.folder / "lock", "a") as file:
            if not _locked(file.fileno()):
                self._refuse_beside_the_living()
                say("The last run was killed; its guard is still cleaning up ...")
                if not self._patiently(lambda: _locked(file.fileno()), seconds=30):
                    raise ServiceError(f"Another run holds {self.folder / 'lock'}: end it first.")
            yield file.fileno()

    def _refuse_beside_the_living(self) -> None:
        state = self._state()
        if state is None or _same_process(Started(**state["supervisor"])):
            who = f"process {state['supervisor']['pid']}, {state['url']}" if state else "still starting"
            raise ServiceError(
                f"Talent Ledger runs already in {self.plan.var_dir} ({who}): stop it first, "
                "or set VAR_DIR and PORT to run another beside it."
            )

    def _patiently(self, condition: Callable[[], bool], *, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                return False
            if self.stop.wait(0.1):
                raise Stopped
        return True

    @contextlib.contextmanager
    def _listening(self) -> Iterator[socket.socket]:
        """Take the port before anything else is done; Gunicorn inherits it."""
        family = socket.AF_INET6 if ":" in self.plan.bind else socket.AF_INET
        with socket.socket(family) as port:
            port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                port.bind((self.plan.bind, self.plan.port))
            except PermissionError as error:
                raise ServiceError(f"Port {self.plan.port} needs root: {_another(self.plan.port)}.") from error
            except OSError as error:
                raise ServiceError(_port_taken(self.plan.port, error)) from error
            yield port

    def _clean_up_after_the_dead(self) -> None:
        """Stop what a run left behind whose supervisor and guard were both killed."""
        state = self._state()
        if state is None:
            return
        left = [group for group in (Started(**item) for item in state["children"]) if group.alive()]
        if left:
            say("Cleaning up after a run that was killed ...")
            put_down(left)
        if state["services"]:
            for server in self._embedded():
                server.stop()
        self._state_file.unlink(missing_ok=True)

    def _start_services(self) -> None:
        """Start the embedded servers that nobody else is running already; only these are stopped in the end."""
        for server in self._embedded():
            if self.stop.wait(0):
                raise Stopped
            if server.ready():
                continue
            say(f"Starting {server.name} ...")
            self.services.append(server)
            self._note_state()
            if len(self.services) == 1 and self.guard:
                self.guard.command(self._stop_command(), folder=self.plan.base_dir)
                self.guard.remove(self._state_file)
            server.start()

    def _embedded(self) -> list[Server]:
        servers: list[Server] = []
        if self.plan.embedded_database:
            servers.append(Postgres(self.plan.var_dir / "postgres"))
        if self.plan.embedded_broker:
            servers.append(Valkey(self.plan.var_dir / "valkey"))
        return servers

    def _stop_command(self) -> list[str]:
        return [sys.executable, "-m", "config.services", "stop", "--dir", str(self.plan.var_dir)]

    def _prepare(self) -> None:
        done = self._step([sys.executable, "-m", "config.run.prepare"], stderr=subprocess.PIPE)
        if done.returncode:
            lines = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
            raise ServiceError(lines[-1] if lines else "The database could not be prepared.")

    def _start_web(self, port: socket.socket) -> None:
        gunicorn = ["gunicorn", "-c", "python:config.gunicorn", "-b", f"fd://{port.fileno()}"]
        self._start_child("web", gunicorn, pass_fds=(port.fileno(),))

    def _start_worker_and_beat(self) -> None:
        celery = ["celery", "-A", "config"]
        self._start_child("worker", [*celery, "worker", "-n", "worker@%h"])
        self._start_child("beat", [*celery, "beat", "--pidfile="])

    def _start_child(self, name: str, module: list[str], *, pass_fds: tuple[int, ...] = ()) -> None:
        assert self.guard
        log = self.plan.var_dir / "log" / f"{name}.log"
        child = Child(name, [sys.executable, "-m", *module], log, self.guard, self.plan.env(), pass_fds=pass_fds)
        child.start()
        self.children.append(child)
        self._note_state()

    def _wait_for_the_web(self) -> None:
        (web,) = self.children
        answered = self._patiently(lambda: self._answers() or not web.running(), seconds=START_SECONDS)
        if not answered or not web.running():
            raise ServiceError(f"The web server did not start ({web.last_line()}): see {web.log}.")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.plan.url}healthz", timeout=5) as answer:  # noqa: S310 -- http
            return bool(answer.status == 200)
        return False

    def _ingest(self) -> None:
        """Read the bundled articles in, once for each state of their folder and database."""
        samples = self.plan.base_dir / "articles" / "samples" / "pages"
        pages = sorted(map(str, samples.glob("*.html")))
        stamp, digest = self.folder / "ingested", stamp_of(samples, self.plan.database_url, self._cluster())
        if not pages or (stamp.exists() and stamp.read_text() == digest):
            return
        say(f"Reading the {len(pages)} bundled articles ...")
        if self._step([sys.executable, "manage.py", "ingest", "--sample", *pages]).returncode == 0:
            # What the page on accuracy shows; a site without it is whole.
            self._step([sys.executable, "manage.py", "evaluate", "--save", "--verbosity", "0"])
            stamp.write_text(digest)
        else:
            say("Some of the bundled articles could not be read; the site shows which. The next run tries again.")

    def _cluster(self) -> str:
        """What tells this embedded database from a later one at the same address."""
        made = self.plan.var_dir / "postgres" / "data" / "PG_VERSION"
        return str(made.stat().st_mtime_ns) if self.plan.embedded_database else ""

    def _step(self, command: list[str], *, stderr: int | None = None) -> subprocess.CompletedProcess[bytes]:
        """Run a command to its end, unless the run is asked to stop."""
        process = subprocess.Popen(  # noqa: S603 -- the words are ours
            command,
            stdin=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
            cwd=self.plan.base_dir,
            env=self.plan.env(),
        )
        started = Started.of(process.pid)
        assert self.guard
        self.guard.watch(started)
        try:
            while process.poll() is None:
                if self.stop.wait(0.05):
                    put_down([started], patience=3)
                    raise Stopped
                self._tend_children()
        finally:
            self.guard.forget(started)
        said = process.stderr.read() if process.stderr else b""
        return subprocess.CompletedProcess(command, process.returncode, b"", said)

    # ------------------------------------------------------------ the end

    def _leave(self) -> None:
        """Stop what this run started, last things first. A second signal does not wait for anybody."""
        say("Stopping ...")
        self.stop.reset()
        groups = [child.started for child in reversed(self.children) if child.started]
        hurry = threading.Thread(target=self._hurry, args=(groups,), daemon=True)
        hurry.start()
        put_down(groups)
        for server in reversed(self.services):
            try:
                server.stop()
            except ServiceError as error:
                say(str(error))
        self._state_file.unlink(missing_ok=True)
        if self.guard:
            self.guard.dismiss()
        say("Stopped.")

    def _hurry(self, groups: list[Started]) -> None:
        self.stop.wait_for_another()
        for group in groups:
            group.signal(signal.SIGKILL, group=True)

    # ------------------------------------------------------------ what the next run must know

    @property
    def _state_file(self) -> Path:
        return self.folder / "state.json"

    def _state(self) -> dict[str, Any] | None:
        try:
            state = json.loads(self._state_file.read_text())
        except (OSError, ValueError):
            return None
        return state if isinstance(state, dict) else None

    def _note_state(self) -> None:
        state = {
            "supervisor": asdict(Started.of(os.getpid())),
            "url": self.plan.url,
            "services": bool(self.services),
            "children": [asdict(child.started) for child in self.children if child.started],
        }
        fresh = self._state_file.with_suffix(".new")
        fresh.write_text(json.dumps(state))
        fresh.rename(self._state_file)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _same_process(started: Started) -> bool:
    return Started.of(started.pid).created != 0 and abs(Started.of(started.pid).created - started.created) < 1


def _enough_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise ServiceError(
            f"The disk that holds {folder} has only {free // 1_000_000} MB left, and {NEEDED_BYTES // 1_000_000} "
            "are needed: free some space, or set VAR_DIR to a folder on another disk."
        )


def _port_taken(port: int, error: OSError) -> str:
    reason = "" if error.errno == errno.EADDRINUSE else f" ({error.strerror})"
    return f"Port {port} is in use{reason}: stop what listens there, or {_another(port)}."


def _another(port: int) -> str:
    return f"choose another, make run PORT={port + 1 if 1024 <= port < 65535 else 8001}"

"""`make run` as its user meets it: it answers, survives, explains itself, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config import install, services
from config.run import supervisor
from config.run.guard import Guard, Started, put_down
from config.run.prepare import without_password
from config.services import ServiceError
from config.services.server import wait_until

pytestmark = pytest.mark.services
ROOT = Path(__file__).resolve().parent.parent
OWN = ("DATABASE_URL", "REDIS_URL", "PORT", "DJANGO_SETTINGS_MODULE")


class Site:
    """One `python -m config.run` in a folder of its own."""

    def __init__(self, var_dir: Path) -> None:
        self.var_dir = var_dir
        self.port = free_port()
        self.output = var_dir.with_suffix(".output")

    def start(self, **env: str) -> None:
        """Start it and wait until it says that it answers."""
        with open(self.output, "w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", AS_FROM_A_TERMINAL],
                cwd=ROOT,
                env=clean_env() | {"VAR_DIR": str(self.var_dir), "PORT": str(self.port)} | env,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        assert wait_until(lambda: "answers at" in self.said() or self.process.poll() is not None, seconds=180)
        assert self.process.poll() is None, self.said()

    def said(self) -> str:
        return self.output.read_text()

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()

    def ready(self) -> dict[str, dict[str, object]]:
        return json.loads(self.get("/readyz")[1])["checks"]

    def companies(self) -> list[str]:
        return [company["name"] for company in json.loads(self.get("/api/v1/companies/")[1])["results"]]

    def processes(self) -> list[psutil.Process]:
        """Everything that belongs to this run, found by the folder in its environment or its words."""
        return [process for process in psutil.process_iter() if self._owns(process)]

    def _owns(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            in_words = any(str(self.var_dir) in word for word in process.cmdline())
            return in_words or process.environ().get("VAR_DIR") == str(self.var_dir)
        except (psutil.Error, OSError):
            return False

    def named(self, word: str) -> psutil.Process:
        """The eldest process of the run with this word on its command line."""
        found = [process for process in self.processes() if word in process.cmdline()]
        return min(found, key=lambda process: process.create_time())

    def end(self, kind: int) -> int:
        self.process.send_signal(kind)
        return self.process.wait(150)


# Whatever started the tests may ignore the end of its terminal, as nohup does; the site is started as by hand.
AS_FROM_A_TERMINAL = """
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, "-m", "config.run"])
"""


def clean_env() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in OWN}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for every run of this module: the first fills it, the later ones find it filled."""
    return tmp_path_factory.mktemp("site") / "var"


@pytest.fixture
def site(var_dir: Path) -> Iterator[Site]:
    site = Site(var_dir)
    site.start()
    yield site
    put_down([Started.of(process.pid) for process in site.processes()], patience=20)


def test_it_serves_the_bundled_articles_and_leaves_no_process(site: Site) -> None:
    assert site.get("/healthz") == (200, '{"status": "alive"}')
    assert wait_until(lambda: bool(site.ready()["worker"]["ok"]), seconds=30)
    assert site.get("/companies/")[0] == 200
    assert site.companies()
    assert site.end(signal.SIGINT) == 0
    assert site.processes() == []


def test_it_keeps_its_data_and_starts_faster_again(site: Site) -> None:
    assert site.end(signal.SIGTERM) == 0
    site.start()
    assert "Migrating" not in site.said()
    assert "bundled articles" not in site.said()
    assert site.companies()


def test_it_starts_a_dead_worker_and_a_dead_server_again(site: Site) -> None:
    assert wait_until(lambda: bool(site.ready()["worker"]["ok"]), seconds=30)
    killed = site.named("worker")
    killed.kill()
    assert wait_until(lambda: "The worker was started again." in site.said(), seconds=20)
    assert site.named("worker").pid != killed.pid
    site.named(str(site.var_dir / "postgres" / "data")).kill()
    assert wait_until(lambda: "PostgreSQL was started again." in site.said(), seconds=30)
    assert wait_until(lambda: bool(site.ready()["database"]["ok"]), seconds=30)


def test_it_refuses_a_second_run_in_the_same_folder(site: Site) -> None:
    second = refusal(VAR_DIR=str(site.var_dir), PORT=str(free_port()))
    assert f"runs already in {site.var_dir}" in second
    assert f"http://127.0.0.1:{site.port}/" in second


def test_it_stops_everything_when_its_terminal_closes(site: Site) -> None:
    assert site.end(signal.SIGHUP) == 0
    assert site.processes() == []


def test_it_notices_a_terminal_that_vanished_without_a_word() -> None:
    master, terminal = os.openpty()
    program = """
from config.run.stop import StopRequest
stop = StopRequest(parent=None)
print(stop.wait(0), flush=True)
input()
print(stop.wait(0))
"""
    waiting = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
    )
    os.close(terminal)
    assert waiting.stdout
    assert waiting.stdout.readline() == "False\n"
    os.close(master)
    assert waiting.communicate("\n", timeout=20)[0] == "True\n"


def test_its_guard_stops_everything_when_it_is_killed(site: Site) -> None:
    site.end(signal.SIGKILL)
    assert wait_until(lambda: site.processes() == [], seconds=30)


def test_the_next_run_cleans_up_when_the_guard_is_killed_too(site: Site) -> None:
    site.named(str(ROOT / "config" / "run" / "guard.py")).kill()
    site.end(signal.SIGKILL)
    orphan = site.named("worker")
    again = Site(site.var_dir)
    again.start()
    assert "Cleaning up after a run that was killed" in again.said()
    assert not orphan.is_running()
    again.end(signal.SIGTERM)
    assert again.processes() == []


def refusal(**env: str) -> str:
    """What a run says that must not start: one sentence, no traceback, and an exit code of one."""
    done = subprocess.run(
        [sys.executable, "-m", "config.run"],
        cwd=ROOT,
        env=clean_env() | env,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr


def test_it_uses_the_servers_of_the_operator(var_dir: Path, site: Site, tmp_path: Path) -> None:
    beside = Site(tmp_path / "var")
    servers = {"DATABASE_URL": services.database_url(var_dir), "REDIS_URL": services.redis_url(var_dir)}
    try:
        beside.start(**servers)
        assert "Starting" not in beside.said()
        assert not (beside.var_dir / "postgres").exists()
        assert beside.companies() == site.companies() != []
        assert beside.end(signal.SIGTERM) == 0
    finally:
        put_down([Started.of(process.pid) for process in beside.processes()])
    assert site.ready()["database"]["ok"]


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT must be a number from 1 to 65535"),
        ({"PORT": "70000"}, "PORT must be a number from 1 to 65535"),
        ({"REDIS_URL": "http://localhost"}, "REDIS_URL must be the address of a Redis or Valkey"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL must name a PostgreSQL database"),
        ({"PRODUCTION": "1"}, "SECRET_KEY is not set"),
        ({"PRODUCTION": "1", "SECRET_KEY": "secret"}, "SECRET_KEY is weak"),
        ({"WEB_THREADS": "many"}, "WEB_THREADS"),
    ],
)
def test_it_explains_a_wrong_setting(tmp_path: Path, env: dict[str, str], sentence: str) -> None:
    assert sentence in refusal(VAR_DIR=str(tmp_path), **env)


def test_it_explains_a_database_that_does_not_answer(tmp_path: Path) -> None:
    nowhere = f"postgresql://someone:hidden@127.0.0.1:{free_port()}/ledger"
    said = refusal(VAR_DIR=str(tmp_path), DATABASE_URL=nowhere, PORT=str(free_port()))
    assert "cannot be reached" in said
    assert "correct DATABASE_URL" in said
    assert "hidden" not in said


def test_it_explains_a_broker_that_does_not_answer(tmp_path: Path) -> None:
    nowhere = f"redis://127.0.0.1:{free_port()}/0"
    said = refusal(VAR_DIR=str(tmp_path / "var"), REDIS_URL=nowhere, PORT=str(free_port()))
    assert "correct REDIS_URL" in said
    assert not Site(tmp_path / "var").processes()


def test_it_explains_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = refusal(VAR_DIR=str(tmp_path), PORT=str(taken.getsockname()[1]))
    assert "is in use: stop what listens there, or choose another, make run PORT=" in said


def test_it_explains_a_file_in_place_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    assert str(tmp_path / "var") in refusal(VAR_DIR=str(tmp_path / "var"))


def test_it_explains_a_broken_data_folder(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    said = refusal(VAR_DIR=str(tmp_path), PORT=str(free_port()))
    assert "move the folder away to begin anew" in said


def test_it_explains_a_nearly_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "NEEDED_BYTES", 10**18)
    with pytest.raises(ServiceError, match="free some space"):
        supervisor._enough_space(tmp_path)


def test_it_never_shows_a_password() -> None:
    assert without_password("postgresql://me:pass-word@db.example:5432/x") == "postgresql://me:***@db.example:5432/x"
    assert without_password("redis://:secret@db.example/0") == "redis://:***@db.example/0"


def test_a_guard_kills_what_does_not_stop_and_removes_what_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    stubborn = subprocess.Popen(["sh", "-c", "trap '' TERM; sleep 60 & sleep 60"], start_new_session=True)
    guard = Guard(patience=0.5)
    guard.watch(Started.of(stubborn.pid))
    guard.remove(tmp_path / "state")
    assert guard.process.stdin
    guard.process.stdin.close()
    assert stubborn.wait(30) == -signal.SIGKILL
    assert guard.process.wait(10) == 0
    assert not (tmp_path / "state").exists()


def test_a_guard_spares_a_stranger_with_an_old_number() -> None:
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    started = Started(stranger.pid, time.time() - 3600)
    assert not started.alive()
    put_down([started], patience=0.2)
    assert stranger.poll() is None
    stranger.kill()


def test_installing_refuses_an_old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(install.shutil, "which", lambda name: None)
    with pytest.raises(install.CannotInstall, match=r"3\.13 is needed and this is 3\.9"):
        install.use_a_supported_python()


def test_installing_notices_a_changed_lock_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOCK", "BOOTSTRAP"):
        monkeypatch.setattr(install, name, tmp_path / name)
        (tmp_path / name).write_text("one==1")
    before = install.fingerprint()
    (tmp_path / "LOCK").write_text("one==2")
    assert install.fingerprint() != before


def test_a_run_without_network_never_installs() -> None:
    with pytest.raises(install.CannotInstall, match="run `make install` first"):
        install.install(offline=True)


def test_every_target_of_the_makefile_is_explained() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = [
        line.split(":")[0]
        for line in (ROOT / "Makefile").read_text().splitlines()
        if line[:1].islower() and ":" in line
    ]
    assert {"run", "test", "demo", "lint"} <= set(targets)
    assert all(f"make {target} " in told for target in targets)

"""A worker watches itself: one that lives but takes nothing ends, one that is idle, busy or cut off does not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import redis
from celery import Celery
from celery.worker import state
from kombu.exceptions import OperationalError
from redis import RedisError

from config import services, settings, worker
from config.celery import app as project
from config.run.supervisor import Supervisor
from config.services.server import wait_until
from config.settings import BASE_DIR

OWN = ("VAR_DIR", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")


class Sending:
    """An application that only sends, or cannot."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.conf = SimpleNamespace(worker_pool="prefork")

    def send_task(self, *args: Any, **kwargs: Any) -> None:
        if self.broken:
            raise ConnectionError("no broker")


def watching(*, idle: float, proofs: int, broken: bool = False) -> worker.Watch:
    """A worker that has taken nothing for so long, and has asked itself so often."""
    watch = worker.Watch(Sending(broken=broken), "a@b", stuck_seconds=60)  # type: ignore[arg-type]  # what it asks of one
    watch.last_taken = time.monotonic() - idle
    for _ in range(proofs):
        watch._ask_for_proof()
    return watch


@pytest.mark.parametrize(("since", "limits", "over"), [(100, (None, None), False), (250, (None, None), True),
    (250, (3600, 3000), False), (None, (None, None), False)])  # fmt: skip
def test_a_task_is_overdue_behind_its_own_limit_or_that_of_all(
    monkeypatch: pytest.MonkeyPatch, since: float | None, limits: tuple[int | None, int | None], over: bool
) -> None:
    begun = None if since is None else 1000.0 - since
    request = SimpleNamespace(time_start=begun, time_limits=limits, task=SimpleNamespace(time_limit=None))
    monkeypatch.setattr(state, "active_requests", [request])
    assert worker.overdue(1000.0) is over


def test_it_is_stuck_when_nothing_comes_back_of_what_it_sent() -> None:
    assert watching(idle=61, proofs=3).stuck()


@pytest.mark.parametrize(("idle", "proofs"), [(61, 2), (59, 10), (0, 0)])
def test_it_is_patient(idle: float, proofs: int) -> None:
    assert not watching(idle=idle, proofs=proofs).stuck()


def test_it_is_not_stuck_when_it_takes_a_task() -> None:
    watch = watching(idle=61, proofs=5)
    watch.note_taken()
    assert not watch.stuck()


def test_it_is_not_stuck_while_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = watching(idle=600, proofs=50)
    monkeypatch.setattr(state, "active_requests", {"a long one"})
    assert not watch.stuck()


def test_it_is_not_stuck_without_a_broker() -> None:
    assert not watching(idle=600, proofs=50, broken=True).stuck()


def test_it_counts_what_came_once_more() -> None:
    watch = watching(idle=0, proofs=0)
    for again in (False, True, True):
        watch.note_taken(again=again)
    assert watch.redelivered == 2


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[str]:
    server = services.Valkey(tmp_path / "valkey")
    server.start()
    yield server.url()
    server.stop()


@pytest.mark.services
def test_a_worker_that_lost_its_queues_ends_itself(tmp_path: Path, broker: str) -> None:
    env = {name: value for name, value in os.environ.items() if name not in OWN}
    env |= {"VAR_DIR": str(tmp_path), "WORKER_STUCK_SECONDS": "3", "LOG_LEVEL": "INFO"}
    log = tmp_path / "worker.log"
    with open(log, "wb") as out:
        words = [sys.executable, "-m", "celery", "-A", "config", "worker", "-n", "lost@here", "--concurrency", "1"]
        process = subprocess.Popen(words, cwd=BASE_DIR, env=env, stdout=out, stderr=out, start_new_session=True)
    try:
        assert wait_until(lambda: "ready." in log.read_text(errors="replace"), seconds=60)
        time.sleep(5)
        assert process.poll() is None  # idle, but it answers itself
        control = Celery(
            broker=f"redis+socket://{broker.removeprefix('unix://').partition('?')[0]}?virtual_host=0"
        ).control
        for queue in ("celery", "lost@here.dq2"):
            control.cancel_consumer(queue, destination=["lost@here"])
        assert process.wait(60) == worker.STUCK
        assert "takes no task" in log.read_text(errors="replace")
    finally:
        process.kill()


# ------------------------------------------------------------------ and the supervisor watches it from outside


class Tended:
    """A worker that runs since the beginning of time."""

    since = 0.0
    killed = False

    def running(self) -> bool:
        return True

    def kill(self) -> None:
        self.killed = True


def tended(monkeypatch: pytest.MonkeyPatch, ages: dict[float, float | Exception | None]) -> bool:
    """Whether the supervisor ends a worker whose last proof is so old at these moments."""
    watched: Any = Supervisor.__new__(Supervisor)
    watched.children, watched.unproved_since = [None, Tended()], 0.0
    for now, age in ages.items():

        def ask(age: float | Exception | None = age) -> float | None:
            if isinstance(age, Exception):
                raise age
            return age

        monkeypatch.setattr("config.tasks.probe_age", ask)
        watched._tend_worker(now)
    return bool(watched.children[1].killed)


@pytest.mark.parametrize(
    ("ages", "ends"),
    [
        ({1000.0: 500.0}, True),
        ({1000.0: None}, True),
        ({1000.0: 5.0}, False),
        # The broker was away for an hour and kept an old proof: the worker is given its time.
        ({1000.0: RedisError(), 1005.0: 3600.0}, False),
        ({1000.0: RedisError(), 1005.0: 3600.0, 1010.0: 2.0, 1100.0: 90.0}, False),
        ({1000.0: RedisError(), 1005.0: 3600.0, 1130.0: 3700.0}, True),
    ],
)
def test_the_supervisor_ends_a_worker_that_proves_nothing_though_it_could(
    monkeypatch: pytest.MonkeyPatch, ages: dict[float, float | Exception | None], ends: bool
) -> None:
    assert tended(monkeypatch, ages) is ends


def test_a_program_does_not_wait_for_a_broker_that_is_away(tmp_path: Path) -> None:
    app = Celery(broker=f"redis+socket://{tmp_path}/none.sock")
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    for _ in range(2):
        begun = time.monotonic()
        with pytest.raises(OperationalError):
            app.send_task("articles.tasks.fetch", args=(1,), retry=False)
        waited = time.monotonic() - begun
    assert waited < 1


def test_what_the_clock_asks_for_passes_by_the_work() -> None:
    assert {queue.name for queue in settings.CELERY_TASK_QUEUES} == {"celery", "clock"}
    routes = {
        name: project.amqp.router.route({}, name)["queue"].name for name in ("talent.tasks.sweep", "config.probe")
    }
    assert set(routes.values()) == {"clock"}
    assert project.amqp.router.route({}, "talent.tasks.process")["queue"].name == "celery"


@pytest.mark.services
def test_a_worker_proves_itself_while_a_thousand_messages_wait(tmp_path: Path, broker: str) -> None:
    env = {name: value for name, value in os.environ.items() if name not in OWN}
    env |= {"VAR_DIR": str(tmp_path), "LOG_LEVEL": "INFO"}
    sender = Celery(broker=f"redis+socket://{broker.removeprefix('unix://').partition('?')[0]}?virtual_host=0")
    for pk in range(1000):
        sender.send_task("articles.tasks.fetch", args=(pk,), queue="celery")
    log = tmp_path / "worker.log"
    with open(log, "wb") as out:
        words = [sys.executable, "-m", "celery", "-A", "config", "worker", "-n", "busy@here", "--concurrency", "1"]
        process = subprocess.Popen(words, cwd=BASE_DIR, env=env, stdout=out, stderr=out, start_new_session=True)
    try:
        assert wait_until(lambda: "task=config.probe" in log.read_text(errors="replace"), seconds=60)
        assert redis.Redis.from_url(broker).llen("celery") > 900
    finally:
        process.kill()

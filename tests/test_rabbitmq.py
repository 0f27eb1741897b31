"""The pipeline on RabbitMQ: workers take what commands hand on, prove themselves, and stop when they are asked to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import kombu
import psycopg
import pytest

from articles.samples.build import HERE
from config import services
from config.services.server import wait_until

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "amqp://guest:guest@127.0.0.1:5672//"


def reachable() -> bool:
    try:
        with kombu.Connection(ADDRESS, connect_timeout=2) as connection:
            connection.connect()
    except (OSError, kombu.exceptions.OperationalError):
        return False
    return True


# The suite must run where no broker of this kind is; a machine that has one tries it.
pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not reachable(), reason="no RabbitMQ of this machine takes guest at 127.0.0.1:5672"),
]


class Site:
    """A site on servers of its own, whose messages go through the machine's RabbitMQ."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "worker.log"
        self.database = services.database_url(folder)
        self.env = os.environ | {"VAR_DIR": str(folder), "BROKER_URL": ADDRESS, "LOG_LEVEL": "INFO"}
        self.env["DJANGO_SETTINGS_MODULE"] = "config.settings"
        for name in ("DATABASE_URL", "REDIS_URL"):
            self.env.pop(name, None)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *words], cwd=ROOT, env=self.env, capture_output=True, text=True)

    def worker(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            words = [sys.executable, "-m", "celery", "-A", "config", "worker", "-n", f"rabbit{os.getpid()}@%h"]
            return subprocess.Popen(words, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True)

    def states(self) -> dict[str, int]:
        with psycopg.connect(self.database) as database:
            return dict(database.execute("SELECT state, count(*) FROM articles_article GROUP BY 1").fetchall())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("rabbit")
    services.start(folder, throwaway=True)
    site = Site(folder)
    try:
        assert site.run("manage.py", "migrate", "-v0").returncode == 0
        yield site
    finally:
        services.stop(folder)


def test_the_pipeline_runs_on_it(site: Site) -> None:
    pages = sorted(str(path) for path in (HERE / "pages").glob("*.html"))[:6]
    worker = site.worker()
    try:
        done = site.run("manage.py", "ingest", *pages)
        assert done.returncode == 0, done.stdout + done.stderr
        assert site.states() == {"recorded": len(pages)}
        # By the worker: the command would else have said that it did the work itself.
        assert "talent.tasks.process" in site.log.read_text()
        assert wait_until(lambda: site.run("-m", "config.health", "worker").returncode == 0, seconds=60)
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(120) == 0


def test_nothing_is_lost_where_the_broker_refuses(site: Site, tmp_path: Path) -> None:
    site.env["BROKER_URL"] = ADDRESS.replace("guest:guest", "guest:wrong")
    try:
        page = tmp_path / "news.txt"
        page.write_text("Ada Quill has left OpenAI to join Anthropic, two people said on 3 March 2025.")
        done = site.run("manage.py", "ingest", "--no-wait", str(page))
        # What was sent in stays in its row, and the sweep finds it.
        assert done.returncode == 0, done.stdout + done.stderr
        assert "1 left to the workers" in done.stdout
    finally:
        site.env["BROKER_URL"] = ADDRESS

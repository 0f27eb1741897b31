"""Anonymous readers are served by a replica that keeps up, everybody else by the primary; a replica that lags, stops or
goes away is noticed and left alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import services
from config.services.server import wait_until

pytestmark = pytest.mark.services
ROOT = Path(__file__).resolve().parent.parent
PLAY = """
import json, os, sys, time
import django
django.setup()
import psycopg
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from articles.models import Source
from config import router

def asked(client, address, method="get", **options):
    router.forget()
    both = [CaptureQueriesContext(connections[name]) for name in ("default", "replica")]
    with both[0] as primary, both[1] as replica:
        answer = getattr(client, method)(address, **options)
    own = [q for q in replica.captured_queries if "pg_stat_wal_receiver" not in q["sql"]]
    return {"status": answer.status_code, "primary": len(primary), "replica": len(own), "body": answer.content.decode()}

def until(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)

def on_replica(statement):
    with psycopg.connect(settings.REPLICA_URL, autocommit=True) as server:
        return server.execute(statement).fetchone()[0]

def there(name):
    return on_replica(f"SELECT count(*) FROM articles_source WHERE slug = '{name}'") == 1

found = {}
# Of a primary that has nothing to say, the replica looks older by the second.
settings.REPLICA_LAG_SECONDS = 60.0
Source.objects.create(slug="first", name="The First Ledger", host="first.example")
until(lambda: there("first") and router.lag() is not None and router.lag() < 5)
reader, editor = Client(), Client()
User.objects.create_superuser("root", password="a long password 1")
editor.force_login(User.objects.get())
found["page"] = asked(reader, "/sources/first/")
found["api"] = asked(reader, "/api/v1/sources/")
found["editor"] = asked(editor, "/sources/first/")
found["post"] = asked(reader, "/corrections/new", "post", data={})
on_replica("SELECT pg_wal_replay_pause() IS NULL")
until(lambda: on_replica("SELECT pg_get_wal_replay_pause_state()") == "paused")
Source.objects.create(slug="second", name="The Second Ledger", host="second.example")
found["paused"] = asked(reader, "/sources/second/")
on_replica("SELECT pg_wal_replay_resume() IS NULL")
until(lambda: there("second") and (router.lag() or 99) < 5)
found["resumed"] = asked(reader, "/sources/second/")
settings.REPLICA_LAG_SECONDS = -1.0
found["lagging"] = asked(reader, "/sources/second/")
settings.REPLICA_LAG_SECONDS = 60.0
router.forget()
assert router.keeps_up()
os.kill(int(sys.argv[1]), 2)
until(lambda: not os.path.exists(sys.argv[2]))
found["just gone"] = {"status": reader.get("/sources/second/").status_code}
found["gone"] = {"status": reader.get("/sources/second/").status_code, "lag": router.lag()}
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What became of each request, on a primary and a replica that streams from it."""
    folder = tmp_path_factory.mktemp("replica")
    primary, replica = services.Postgres(folder / "primary"), services.Postgres(folder / "replica")
    primary.start()
    try:
        replica.root.mkdir()
        copied = replica._run(
            "pg_basebackup", "-D", str(replica.data), "-R", "-h", str(primary.socket_dir), "-U", "postgres",
            "--checkpoint=fast", prefix=replica._prefix(),
        )  # fmt: skip
        assert copied.returncode == 0, copied.stdout
        replica.start()
        env = os.environ | {
            "DATABASE_URL": primary.url(), "REPLICA_URL": replica.url(), "VAR_DIR": str(folder / "var"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
        words = ["-c", PLAY, str(replica.pid()), str(replica.data / "postmaster.pid")]
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        yield json.loads(done.stdout.splitlines()[-1])
    finally:
        replica.stop()
        primary.stop()
        assert wait_until(lambda: replica.pid() is None, seconds=30)


@pytest.mark.parametrize("which", ["page", "api"])
def test_a_reader_is_served_by_the_replica(played: dict[str, Any], which: str) -> None:
    assert played[which]["status"] == 200
    assert "The First Ledger" in played[which]["body"]
    assert played[which]["replica"] > played[which]["primary"]


def test_whoever_has_signed_in_reads_from_the_primary(played: dict[str, Any]) -> None:
    assert (played["editor"]["status"], played["editor"]["replica"]) == (200, 0)
    assert played["editor"]["primary"] > 0


def test_what_may_write_never_asks_the_replica(played: dict[str, Any]) -> None:
    assert played["post"]["replica"] == 0


@pytest.mark.parametrize("which", ["paused", "lagging"])
def test_a_replica_that_lags_is_left_alone(played: dict[str, Any], which: str) -> None:
    assert (played[which]["status"], played[which]["replica"]) == (200, 0)
    assert "The Second Ledger" in played[which]["body"]


def test_a_replica_that_has_caught_up_serves_again(played: dict[str, Any]) -> None:
    assert played["resumed"]["replica"] > 0
    assert "The Second Ledger" in played["resumed"]["body"]


@pytest.mark.parametrize("which", ["just gone", "gone"])
def test_readers_do_not_notice_that_the_replica_is_gone(played: dict[str, Any], which: str) -> None:
    assert played[which]["status"] == 200


def test_a_replica_that_is_gone_has_no_lag(played: dict[str, Any]) -> None:
    assert played["gone"]["lag"] is None

"""The embedded servers start, survive and explain themselves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import redis

from config import services
from config.services.server import LONGEST_SOCKET_DIR, wait_until

pytestmark = pytest.mark.services
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[services.Postgres]:
    server = services.Postgres(tmp_path_factory.mktemp("services") / "postgres")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[services.Valkey]:
    server = services.Valkey(tmp_path_factory.mktemp("services") / "valkey")
    server.start()
    yield server
    server.stop()


def test_it_finds_trigrams_in_chinese_text(postgres: services.Postgres) -> None:
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        (similar,) = connection.execute("SELECT similarity('扎克伯格', '马克·扎克伯格')").fetchone() or (0,)
    assert similar > 0.5


def test_it_finds_them_whatever_the_locale_of_the_shell(tmp_path: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "LANG": "C"}
    command = [sys.executable, "-m", "config.services", "--dir", str(tmp_path)]
    started = subprocess.run([*command, "start"], cwd=ROOT, env=env, capture_output=True, text=True)
    try:
        assert started.returncode == 0, started.stderr
        with psycopg.connect(services.database_url(tmp_path)) as connection:
            ctype = connection.execute("SELECT datctype FROM pg_database WHERE datname = 'template1'").fetchone()
            assert ctype == ("C.UTF-8",)
    finally:
        stopped = subprocess.run([*command, "stop"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert stopped.stdout.count("stopped") == 2


def test_it_listens_on_no_network(postgres: services.Postgres, valkey: services.Valkey) -> None:
    with psycopg.connect(postgres.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert redis.Redis.from_url(valkey.url()).config_get("port") == {"port": "0"}
    for server in (postgres, valkey):
        assert server.socket_dir.stat().st_mode & 0o077 == 0


def test_it_keeps_committed_rows_when_everything_is_killed(postgres: services.Postgres) -> None:
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000)")
    os.kill(postgres.pid() or 0, signal.SIGKILL)
    postgres.start()
    with psycopg.connect(postgres.url()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_it_keeps_waiting_messages_when_the_broker_is_killed(valkey: services.Valkey) -> None:
    client = redis.Redis.from_url(valkey.url())
    client.rpush("waiting", *range(100))
    assert wait_until(lambda: client.info("persistence")["aof_pending_bio_fsync"] == 0, seconds=5)
    os.kill(valkey.pid() or 0, signal.SIGKILL)
    valkey.start()
    assert client.llen("waiting") == 100


def test_it_starts_over_a_pid_file_that_names_a_stranger(postgres: services.Postgres) -> None:
    postgres.stop()
    (postgres.data / "postmaster.pid").write_text(f"{os.getppid()}\n{postgres.data}\n")
    assert postgres.pid() is None
    postgres.start()
    assert postgres.ready()


def test_it_starts_once_for_racing_starters(tmp_path: Path) -> None:
    servers = [services.Postgres(tmp_path / "postgres", throwaway=True) for _ in range(5)]
    try:
        with ThreadPoolExecutor(5) as pool:
            list(pool.map(lambda server: server.start(), servers))
        assert len({server.pid() for server in servers} - {None}) == 1
    finally:
        servers[0].stop()


def test_it_finds_a_short_place_for_the_socket_of_a_long_path(tmp_path: Path) -> None:
    deep = tmp_path / ("long " * 12) / ("长" * 20)
    server = services.Valkey(deep / "valkey")
    assert len(os.fsencode(server.socket_dir)) <= LONGEST_SOCKET_DIR
    server.start()
    try:
        assert redis.Redis.from_url(services.redis_url(deep)).ping()
    finally:
        server.stop()


def test_it_gives_the_same_address_before_and_after_the_start(tmp_path: Path) -> None:
    assert services.database_url(tmp_path) == services.Postgres(tmp_path / "postgres").url()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ({"PG_VERSION": "14"}, "was made by PostgreSQL 14"),
        ({"PG_VERSION": "no number"}, "its PG_VERSION cannot be read"),
        ({"PG_VERSION": "18", "postgresql.conf": "nonsense = ("}, "cannot start from"),
        ({"PG_VERSION": "18"}, "cannot start from"),
    ],
)
def test_it_explains_a_broken_cluster_in_one_sentence(tmp_path: Path, broken: dict[str, str], sentence: str) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir(parents=True, mode=0o700)
    for name, text in broken.items():
        (data / name).write_text(text)
    with pytest.raises(services.ServiceError, match=sentence) as caught:
        services.Postgres(tmp_path / "postgres").start()
    assert "\n" not in str(caught.value)


def test_it_explains_a_broken_append_only_file(tmp_path: Path) -> None:
    files = tmp_path / "valkey" / "data" / "appendonlydir"
    files.mkdir(parents=True)
    (files / "appendonly.aof.manifest").write_text("nonsense\n")
    with pytest.raises(services.ServiceError, match="only waiting messages are in it"):
        services.Valkey(tmp_path / "valkey").start()


def test_it_explains_a_file_where_its_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "postgres").write_text("in the way")
    with pytest.raises(services.ServiceError, match="is in the way"):
        services.Postgres(tmp_path / "postgres").start()


def test_it_explains_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    server = services.Postgres(tmp_path / "postgres")
    monkeypatch.setattr(server, "launch", no_space)
    with pytest.raises(services.ServiceError, match="is full: free some space"):
        server.start()

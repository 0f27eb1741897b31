"""A dump that is cut off, however: what was published stays whole, nothing half is named, the next one succeeds."""

from __future__ import annotations

import fcntl
import hashlib
import os
import resource
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client

from talent import dumps, tasks
from talent.dumps import folders, writers
from tests import dump_process
from tests.factories import make_move

NOW = datetime(2025, 4, 3, 2, 30, tzinfo=UTC)
POINTS = ("rows", "indexes", "manifest", "name", "removal")
WHILE_WRITING = POINTS[:-1]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DUMPS_DIR = tmp_path / "dumps"


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of dumps in which a process was killed, at a place each."""
    folder = tmp_path_factory.mktemp("killed")
    died_of = dump_process.told(f"killed({str(folder)!r})")
    assert died_of == dict.fromkeys(POINTS, -signal.SIGKILL)
    return folder


def unfinished() -> list[Path]:
    return list(folders.root().glob(".unfinished-*"))


def assert_whole(manifest: dumps.Manifest) -> None:
    """Every file that the manifest names is there, with its bytes."""
    for file in manifest.files:
        path = dumps.file_of(manifest.name, file.name)
        assert path is not None
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.django_db
def test_whenever_it_is_killed_each_dump_that_is_named_is_whole(killed: Path, settings: Any, point: str) -> None:
    settings.DUMPS_DIR = killed / point
    named = dumps.published()
    assert [manifest.name[:10] for manifest in named] == ["2025-04-01" if point in WHILE_WRITING else "2025-04-02"]
    for manifest in named:
        assert_whole(manifest)
    assert unfinished()


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.django_db
def test_the_next_dump_succeeds_and_takes_away_what_the_killed_one_left(
    killed: Path, settings: Any, tmp_path: Path, point: str
) -> None:
    settings.DUMPS_DIR, settings.DUMPS_KEPT = shutil.copytree(killed / point, tmp_path / point), 2
    assert_whole(dumps.build(now=NOW))
    assert unfinished() == []
    assert len(dumps.published()) == 2


@pytest.mark.django_db
def test_what_a_killed_one_left_goes_also_where_no_dump_is_due(killed: Path, settings: Any, tmp_path: Path) -> None:
    settings.DUMPS_DIR = shutil.copytree(killed / "rows", tmp_path / "rows")
    dumps.build(now=tasks.database_now())
    left = folders.root() / ".unfinished-again"
    left.mkdir()
    tasks.dump()
    assert not left.exists()


def test_what_a_living_process_writes_is_left_alone() -> None:
    with folders.unfinished() as path:
        assert folders.sweep() == 0
        assert path.exists()


def test_a_folder_is_nobodys_when_its_lock_is_free() -> None:
    path = folders.root() / ".unfinished-x"
    path.mkdir(parents=True)
    handle = os.open(path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert folders.sweep() == 0
    os.close(handle)
    assert folders.sweep() == 1
    assert not path.exists()


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """As on a disk that is full: the kernel refuses to write on."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 2_000, 60_000])
@pytest.mark.django_db
def test_a_full_disk_publishes_nothing_and_the_next_dump_succeeds(size: int) -> None:
    make_move()
    first = dumps.build(now=NOW)
    with no_file_larger_than(size), pytest.raises(CommandError, match="nothing was published"):
        call_command("dump", verbosity=0)
    assert unfinished() == []
    assert dumps.published() == [first]
    assert_whole(first)
    assert_whole(dumps.build(now=NOW.replace(hour=5)))


@pytest.mark.django_db
def test_files_are_closed_where_the_disk_is_full() -> None:
    before = len(os.listdir("/proc/self/fd"))
    with no_file_larger_than(0), pytest.raises(OSError, match="large"):
        dumps.build(now=NOW)
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_publishes_nothing_and_the_next_dump_succeeds() -> None:
    make_move()
    first = dumps.build(now=NOW)
    with pytest.raises(OperationalError):
        dumps.build(now=NOW.replace(hour=4), progress=lambda table, rows: _end_this_connection())
    assert unfinished() == []
    assert dumps.published() == [first]
    assert_whole(dumps.build(now=NOW.replace(hour=5)))


def _end_this_connection() -> None:
    ours = connection.connection.info.backend_pid
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [ours])


@pytest.mark.django_db
def test_a_manifest_that_was_spoilt_hides_no_other_dump(client: Client) -> None:
    dumps.build(now=NOW.replace(hour=1))
    spoilt = dumps.build(now=NOW)
    (dumps.folder_of(spoilt.name) / "manifest.json").write_text('{"name": "')
    assert [manifest.name[11:13] for manifest in dumps.published()] == ["01"]
    assert client.get("/data/").status_code == 200


@pytest.mark.django_db
def test_a_database_error_while_it_is_finished_is_told_by_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(database: writers.Sqlite) -> None:
        database._database.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr(writers.Sqlite, "finish", refuse)
    with pytest.raises(CommandError, match="nothing was published"):
        call_command("dump", verbosity=0)

"""A backup set restored into a second database gives the same tables, pages and answers; a set that is not whole,
or would fall on something, is refused before anything is changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from articles import archive
from articles.models import Snapshot
from config import health
from config.backup import make as making
from config.backup import objects, sets, tables, tools
from config.backup.restore import check
from config.backup.sets import MANIFEST, OBJECTS, BackupError, Manifest
from config.management.commands.backup import _next
from tests import knowledge
from tests.factories import LONG_AGO

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 3, 1, 1, 40, tzinfo=UTC)
PAGES = (
    "/", "/zh-hans/", "/people/", "/companies/", "/moves/", "/compensation/", "/signals/", "/articles/", "/sources/",
    "/corrections/", "/data/", "/search?q=Lanternlight", "/api/v1/people/", "/api/v1/companies/", "/api/v1/moves/",
    "/api/v1/compensation/", "/api/v1/signals/", "/api/v1/articles/", "/api/v1/events/",
)  # fmt: skip
ASK = """
import json, re, sys
import django
django.setup()
from django.test import Client
from talent.models import Company, Move, Person
client = Client()
addresses = json.loads(sys.argv[1])
for model in (Company, Move, Person):
    for row in model.objects.order_by("public_id"):
        addresses.append(row.get_absolute_url())
        addresses.append("/api/v1" + row.get_absolute_url())
found = {}
for address in addresses:
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found[address] = [answer.status_code, re.sub(rb'csrfmiddlewaretoken" value="\\w+"', b"", body).decode()]
json.dump(found, sys.stdout)
"""


@pytest.fixture
def ledger(tmp_path: Path) -> None:
    """Articles of both languages with everything that follows from them, and the bytes of two of them."""
    for name in knowledge.sample_names()[:6]:
        knowledge.ingest(name)
    for body in (b"<p>one</p>", b"<p>two</p>"):
        keep(body)


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a second, empty database on the same server."""
    name = f"restored_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address_of(connection.settings_dict["NAME"]), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' TEMPLATE template0")
        yield address_of(name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def address_of(name: str) -> str:
    return urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()


def keep(body: bytes) -> str:
    sha256 = archive.put(body)
    Snapshot.objects.create(
        address=f"https://news.example/{sha256[:8]}", sha256=sha256, size=len(body), retrieved_at=LONG_AGO,
        state=Snapshot.State.STORED,
    )  # fmt: skip
    return sha256


def make(folder: Path, *, now: datetime = NOW, kept: int = 7) -> Manifest:
    return making.make(folder, now=now, kept=kept)


def manage(*words: str, database: str, var_dir: Path) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"DATABASE_URL": database, "VAR_DIR": str(var_dir), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True)


def all_rows(address: str) -> dict[str, list[str]]:
    """Every row of every table as text, and where every sequence stands."""
    with psycopg.connect(address) as database:
        names = database.execute(
            "SELECT relname, relkind FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')"
        ).fetchall()
        found = {}
        for name, kind in names:
            row = f'"{name}"::text' if kind == "r" else "last_value::text"
            asked = f'SELECT {row} FROM "{name}" ORDER BY 1'  # noqa: S608 -- names of the database's own
            found[name] = [text for (text,) in database.execute(asked).fetchall()]
    return found


@pytest.mark.usefixtures("ledger")
def test_a_restored_site_is_the_same_in_every_row_page_and_answer(tmp_path: Path, empty_database: str) -> None:
    original = address_of(connection.settings_dict["NAME"])
    made = make(tmp_path / "sets")
    connection.close()
    there = tmp_path / "there"
    restored = manage(
        "manage.py", "restore", str(tmp_path / "sets"), "--skip-quotes", database=empty_database, var_dir=there
    )
    assert restored.returncode == 0, restored.stderr
    assert "Every table is what the set says, row by row." in restored.stdout

    rows = all_rows(original)
    assert sum(map(len, rows.values())) > made.rows > 100
    assert all_rows(empty_database) == rows
    assert archived(there / "archive") == archived(Path(storages["archive"].location))

    ask = ["-c", ASK, json.dumps(PAGES)]
    answers = [manage(*ask, database=url, var_dir=there) for url in (original, empty_database)]
    assert answers[0].returncode == 0, answers[0].stderr
    before, after = (json.loads(answer.stdout) for answer in answers)
    assert len(before) > len(PAGES) + 20
    assert {address: status for address, (status, _) in before.items() if status != 200} == {}
    assert after == before


def archived(folder: Path) -> dict[str, bytes]:
    needed = {sha256 + ".gz" for sha256 in Snapshot.objects.exclude(sha256="").values_list("sha256", flat=True)}
    return {path.name: path.read_bytes() for path in folder.rglob("*.gz") if path.name in needed}


@pytest.mark.usefixtures("ledger")
def test_it_finds_every_quote_again_after_a_restore(tmp_path: Path, empty_database: str) -> None:
    make(tmp_path)
    connection.close()
    done = manage("manage.py", "restore", str(tmp_path), database=empty_database, var_dir=tmp_path / "there")
    assert done.returncode == 0, done.stderr
    assert "quotes are in their place." in done.stdout


@pytest.mark.usefixtures("ledger")
def test_a_set_holds_one_moment_whatever_is_written_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dump = tools.dump_database

    def while_somebody_writes(*args: Any, **kwargs: Any) -> int:
        with psycopg.connect(address_of(connection.settings_dict["NAME"]), autocommit=True) as other:
            other.execute("DELETE FROM articles_snapshot")
        return dump(*args, **kwargs)

    monkeypatch.setattr(tools, "dump_database", while_somebody_writes)
    manifest = make(tmp_path)
    assert manifest.tables["articles_snapshot"][0] == manifest.objects == 2
    assert not Snapshot.objects.exists()
    assert check(tmp_path / manifest.name) == manifest


@pytest.mark.usefixtures("ledger")
def test_the_second_set_copies_only_what_is_new(tmp_path: Path) -> None:
    make(tmp_path)
    before = {path: path.stat().st_ino for path in (tmp_path / OBJECTS).rglob("*.gz")}
    keep(b"<p>three</p>")
    make(tmp_path, now=NOW + timedelta(days=1))
    after = {path: path.stat().st_ino for path in (tmp_path / OBJECTS).rglob("*.gz")}
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()


def test_old_sets_go_with_the_bytes_that_only_they_needed(tmp_path: Path) -> None:
    gone = keep(b"<p>gone</p>")
    make(tmp_path, kept=2)
    Snapshot.objects.all().delete()
    stays = keep(b"<p>stays</p>")
    for day in (1, 2):
        make(tmp_path, now=NOW + timedelta(days=day), kept=2)
    assert [path.name for path in sets.sets(tmp_path)] == ["2026-03-03T014000Z", "2026-03-02T014000Z"]
    assert objects.is_whole(tmp_path / OBJECTS, stays)
    assert not objects.place(tmp_path / OBJECTS, gone).exists()


def test_what_the_archive_has_lost_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    lost, whole = keep(b"<p>lost</p>"), keep(b"<p>whole</p>")
    Path(storages["archive"].path(archive.name_of(lost))).write_bytes(b"rust")
    with pytest.raises(CommandError, match="1 files that the archive itself has lost"):
        call_command("backup", str(tmp_path), verbosity=0)
    path = sets.newest(tmp_path)
    assert path is not None
    assert check(path).damaged == [lost]
    assert objects.is_whole(tmp_path / OBJECTS, whole)


def test_nobody_else_can_read_a_set(tmp_path: Path) -> None:
    make(tmp_path / "sets")
    assert (tmp_path / "sets").stat().st_mode & 0o077 == 0


def test_no_half_set_is_ever_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(objects, "copy", full)
    with pytest.raises(BackupError, match="No space left on device"):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_two_backups_at_once_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "dump_database", lambda *args, **kwargs: make(tmp_path))
    with pytest.raises(making.BackupRunning):
        make(tmp_path)


# ------------------------------------------------------------------ refusals


def damage_dump(path: Path) -> None:
    (path / "database.dump").write_bytes(b"PGDMP, not")


def damage_object(path: Path) -> None:
    next((path.parent / OBJECTS).rglob("*.gz")).write_bytes(b"rust")


def lose_object(path: Path) -> None:
    next((path.parent / OBJECTS).rglob("*.gz")).unlink()


def rewrite(path: Path, **changes: Any) -> None:
    manifest = path / MANIFEST
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | changes))


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (damage_dump, "database.dump is missing or damaged"),
        (damage_object, "is missing or damaged"),
        (lose_object, "is missing or damaged"),
        (lambda path: (path / MANIFEST).write_text("{}"), "its manifest.json cannot be read"),
        (lambda path: (path / MANIFEST).write_text("[1"), "its manifest.json cannot be read"),
        (lambda path: rewrite(path, format=9, version="7.0"), r"another version of this program \(7.0\)"),
        (lambda path: rewrite(path, migrations=["talent.9999_tomorrow"]), "made by a newer version"),
    ],
)
def test_a_set_that_is_not_whole_is_refused_before_anything_changes(tmp_path: Path, damage: Any, sentence: str) -> None:
    sha256 = keep(b"<p>one</p>")
    path = tmp_path / make(tmp_path).name
    damage(path)
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", str(path), force=True, verbosity=0)
    assert Snapshot.objects.get().sha256 == sha256


def test_a_database_that_holds_something_is_refused(tmp_path: Path) -> None:
    make(tmp_path)
    with pytest.raises(CommandError, match=r"not empty \(\d+ tables\): --force"):
        call_command("restore", str(tmp_path), verbosity=0)


def test_a_database_in_use_is_refused(tmp_path: Path) -> None:
    make(tmp_path)
    with (
        psycopg.connect(address_of(connection.settings_dict["NAME"])),
        pytest.raises(CommandError, match="1 other connections use this database: stop"),
    ):
        call_command("restore", str(tmp_path), force=True, verbosity=0)


def test_force_throws_away_what_is_there(tmp_path: Path, empty_database: str) -> None:
    keep(b"<p>one</p>")
    make(tmp_path)
    connection.close()
    words = ["manage.py", "restore", str(tmp_path)]
    with psycopg.connect(empty_database, autocommit=True) as database:
        database.execute("CREATE TABLE articles_snapshot AS SELECT 1")
    done = manage(*words, "--force", database=empty_database, var_dir=tmp_path / "there")
    assert done.returncode == 0, done.stderr
    assert all_rows(empty_database) == all_rows(address_of(connection.settings_dict["NAME"]))


def test_a_row_that_came_back_otherwise_is_named(tmp_path: Path) -> None:
    keep(b"<p>one</p>")
    made = make(tmp_path)
    Snapshot.objects.update(size=1)
    with transaction.atomic():
        now = dict(tables.fingerprints())
    assert [name for name in now if now[name] != made.tables[name]] == ["articles_snapshot"]


def test_checking_a_set_needs_no_empty_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(b"<p>one</p>")
    make(tmp_path)
    call_command("restore", str(tmp_path), check=True, verbosity=0)
    assert "whole;" in capsys.readouterr().out


def test_a_server_newer_than_every_program_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "server_major", lambda connection: 99)
    with pytest.raises(BackupError, match=r"The server is PostgreSQL 99, .*: install postgresql-client-99"):
        make(tmp_path)
    assert not sets.sets(tmp_path)


@pytest.mark.parametrize(
    ("server", "oldest", "here", "chosen"),
    [
        (18, 18, {15, 18}, 18),
        (17, 17, {15, 18}, 18),
        (15, 15, {15, 18}, 15),
        (15, 15, {18}, None),
        (15, 18, {15, 18}, None),
    ],
)
def test_the_program_suits_the_server(
    monkeypatch: pytest.MonkeyPatch, server: int, oldest: int, here: set[int], chosen: int | None
) -> None:
    monkeypatch.setattr(tools, "_programs", lambda name: {(version, name) for version in here})
    if chosen is None:
        with pytest.raises(BackupError, match=f"The server is PostgreSQL {server}, .*postgresql-client-{oldest}"):
            tools._fitting("pg_dump", oldest, server=server)
    else:
        assert tools._fitting("pg_dump", oldest, server=server)[0] == chosen


def test_a_failure_of_the_program_is_told_without_the_password(tmp_path: Path) -> None:
    with (
        psycopg.connect(address_of(connection.settings_dict["NAME"])) as server,
        pytest.raises(BackupError, match=r"pg_dump failed: .*invalid snapshot") as caught,
    ):
        tools.dump_database(tmp_path / "x", connection=server, snapshot="nonsense")
    assert "postgresql://" not in str(caught.value)


@pytest.mark.parametrize(("hour", "waits"), [((1, 41), 1), ((1, 39), 24 * 60 - 1), ((1, 40), 24 * 60)])
def test_the_daily_backup_waits_for_its_hour(hour: tuple[int, int], waits: int) -> None:
    assert _next(hour, NOW) - NOW == timedelta(minutes=waits)


@pytest.mark.parametrize("hour", ["", "25:00", "noon", "1"])
def test_a_daily_hour_that_is_none_is_refused(settings: Any, hour: str) -> None:
    settings.BACKUP_AT = hour
    with pytest.raises(CommandError, match=r"BACKUP_AT is .* such as 01:40"):
        call_command("backup", daily=True)


def test_a_container_is_unhealthy_where_last_nights_set_is_missing(settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_DIR = tmp_path
    assert health.main("backup") == 1
    manifest = tmp_path / make(tmp_path).name / MANIFEST
    assert health.main("backup") == 0
    os.utime(manifest, (0, 0))
    assert health.main("backup") == 1

"""Writes a dump: every table in every format, from one moment of the database, with a manifest of checksums.

It is written into a folder that nobody looks at, and moved to its place when all of it is on the disk.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db import Error, connection, transaction

from talent import changefeed
from talent.dumps import folders, ftm, statements
from talent.dumps.catalogue import MANIFEST, DumpFile, Manifest, published
from talent.dumps.tables import TABLES, Batch, Table
from talent.dumps.writers import Csv, JsonLines, Parquet, Sqlite, Writer
from talent.serializers.base import Row

Progress = Callable[[str, int], None]
LICENCE = "CC-BY-4.0"
# Quotes belong to their publishers; the licence is for what was made here.
TERMS = (
    "The compiled data are licensed CC BY 4.0: name Talent Ledger, the date of the dump, and the outlets you quote. "
    "Quotes are short extracts of articles that belong to their publishers; they are here as evidence."
)
# In UTC, when fewest people read.
HOUR = 2


class DumpRunning(Exception):
    """Another dump is being written; it will be there soon."""


def is_due(now: datetime) -> bool:
    """Whether tonight's dump is still to be written; a night that was missed is made up for at any hour after."""
    tonight = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    since = tonight if now >= tonight else tonight - timedelta(days=1)
    newest = next(iter(published()), None)
    return newest is None or datetime.fromisoformat(newest.made_at) < since


def build(*, now: datetime, progress: Progress = lambda table, rows: None) -> Manifest:
    """Writes and publishes a dump; older ones beyond DUMPS_KEPT go. ``progress`` is told of each batch of a table.

    Raises DumpRunning where another one is being written.
    """
    with _alone():
        return _build(now, progress)


def _build(now: datetime, progress: Progress) -> Manifest:
    folders.sweep()
    with folders.unfinished() as folder:
        with _one_moment():
            cursor, counts = changefeed.newest(), _write(folder, progress)
        manifest = _manifest(folder, now, cursor, counts)
        _save(folder / MANIFEST, orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
        folders.publish(folder, manifest.name)
    for old in published()[settings.DUMPS_KEPT :]:
        folders.remove(old.name)
    return manifest


@contextmanager
def _alone() -> Iterator[None]:
    """Holds a lock of this session, which the database lets go of when the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('talent.dumps'))")
        if not cursor.fetchone()[0]:
            raise DumpRunning("Another dump is being written; wait until it is done.")
    try:
        yield
    finally:
        # A database that is gone let go of it already; what went wrong before is to be told, not this.
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('talent.dumps'))")


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every table as it was when the first one was begun, whatever is written meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _write(folder: Path, progress: Progress) -> dict[str, int]:
    counts = {}
    with ExitStack() as stack:
        database = stack.enter_context(Sqlite(folder / "talent-ledger.db"))
        entities = stack.enter_context(_gzip(folder / "entities.ftm.json.gz"))
        triples = stack.enter_context(_gzip(folder / "statements.nt.gz"))
        for table in TABLES:
            insert = database.table(table)
            counts[table.name] = 0
            for rows in _table(folder, table, progress):
                insert(rows)
                entities.write(_entities(table, rows))
                triples.write(statements.lines(table.name, rows))
                counts[table.name] += len(rows)
        database.finish()
    return counts


def _table(folder: Path, table: Table, progress: Progress) -> Iterator[Batch]:
    """Writes a table's own files, and hands its batches on."""
    with ExitStack() as stack:
        kinds: dict[str, type[Writer]] = {"jsonl.gz": JsonLines, "csv.gz": Csv, "parquet": Parquet}
        writers = [stack.enter_context(kind(folder / f"{table.name}.{end}", table)) for end, kind in kinds.items()]
        for rows in table.read(settings.SITE_URL):
            for writer in writers:
                writer.write(rows)
            yield rows
            progress(table.name, len(rows))


def _entities(table: Table, rows: list[Row]) -> bytes:
    make = ftm.ENTITIES.get(table.name)
    entities = [entity for row in rows for entity in make(row)] if make else []
    return b"".join(orjson.dumps(entity, option=orjson.OPT_APPEND_NEWLINE) for entity in entities)


@contextmanager
def _gzip(path: Path) -> Iterator[Any]:
    with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as file:
        yield file


def _manifest(folder: Path, now: datetime, cursor: int, counts: dict[str, int]) -> Manifest:
    return Manifest(
        name=now.strftime("%Y-%m-%dT%H%M%SZ"),
        made_at=now.isoformat(timespec="seconds"),
        # Whoever loads the dump goes on with the change feed from here.
        events_cursor=str(cursor),
        licence=LICENCE,
        terms=TERMS,
        rows=counts,
        files=[_described(path) for path in sorted(folder.iterdir())],
        columns={t.name: {c.name: {"type": c.type, "about": c.about} for c in t.columns} for t in TABLES},
    )


def _described(path: Path) -> DumpFile:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return DumpFile(name=path.name, bytes=path.stat().st_size, sha256=sha256)


def _save(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())

"""Writes a set: the database at one moment, and the archive's bytes that it names.

It is written beside its place and moved there when all of it is on the disk. Bytes are kept once for all sets.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db import connection, transaction

from articles.exceptions import ArchiveUnavailable
from articles.models import Snapshot
from config.backup import objects, sets, tables, tools
from config.backup.sets import DATABASE, MANIFEST, NAMES, OBJECTS, UNFINISHED, BackupError, Manifest, Progress


class BackupRunning(BackupError):
    """Another set is being written into the folder."""


def make(folder: Path, *, now: datetime, kept: int, progress: Progress = sets.untold) -> Manifest:
    """Writes a set into ``folder`` and removes the oldest beyond ``kept``, with the bytes that only they needed.

    Raises BackupError where nothing could be kept, BackupRunning where another process writes one.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(folder):
            _sweep_unfinished(folder)
            manifest = _make(folder, now, progress)
            _prune(folder, kept)
    except ArchiveUnavailable as error:
        raise BackupError(str(error)) from error
    except OSError as error:
        raise BackupError(f"{folder} cannot be written ({error.strerror or error}); no set was made.") from error
    return manifest


def _make(folder: Path, now: datetime, progress: Progress) -> Manifest:
    fresh = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
    try:
        described = _of_the_database(fresh, progress)
        # What the dump names was in the archive before the database knew of it, and never changes there.
        described |= _of_the_archive(folder, fresh, progress)
        manifest = Manifest(
            name=now.strftime("%Y-%m-%dT%H%M%SZ"),
            made_at=now.isoformat(timespec="seconds"),
            format=sets.FORMAT,
            version=_version(),
            files={name: (size, sha256) for name, size, sha256 in _files(fresh)},
            **described,
        )
        (fresh / MANIFEST).write_bytes(orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
        _flush(fresh / MANIFEST)
        fresh.rename(folder / manifest.name)
        _flush(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return manifest


def _of_the_database(fresh: Path, progress: Progress) -> dict[str, Any]:
    """Dumps, counts and lists one and the same moment, whatever is written meanwhile."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        server = connection.connection
        program = tools.dump_database(fresh / DATABASE, connection=server, snapshot=snapshot)
        rows = Snapshot.objects.exclude(sha256="").order_by("sha256").values_list("sha256", flat=True).distinct()
        counted: dict[str, tuple[int, str]] = {}
        found = {
            "server": tools.server_major(server),
            "pg_dump": program,
            "migrations": tables.migrations(),
            "sequences": tables.sequences(),
            "objects": sets.write_names(fresh, rows.iterator(chunk_size=10_000)),
            "tables": counted,
        }
        for name, rows_and_sum in tables.fingerprints():
            counted[name] = rows_and_sum
            progress(name, rows_and_sum[0])
    return found


def _of_the_archive(folder: Path, fresh: Path, progress: Progress) -> dict[str, Any]:
    needed = sets.names(fresh)
    if objects.kept_beside():
        return {"archive": "folder", "damaged": objects.copy(folder / OBJECTS, needed, progress=progress)}
    return {"archive": objects.bucket(), "damaged": objects.missing(needed, progress=progress)}


def _files(fresh: Path) -> Iterator[tuple[str, int, str]]:
    for name in (DATABASE, NAMES):
        path = fresh / name
        _flush(path)
        yield name, path.stat().st_size, sets.hash_of(path)


def _version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return str(project["version"])


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Holds the folder's lock, which the kernel lets go of when the process dies."""
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRunning(f"Another backup is being written into {folder}; wait until it is done.") from error
        yield


def _sweep_unfinished(folder: Path) -> None:
    """What a killed process left."""
    for path in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(path, ignore_errors=True)


def _prune(folder: Path, kept: int) -> None:
    old = sets.sets(folder)[max(kept, 1) :]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    if old and (folder / OBJECTS).is_dir():
        objects.prune(folder / OBJECTS, set(sets.needed(folder)))


def _flush(path: Path) -> None:
    """Has the disk take what was written, as a power cut may follow."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

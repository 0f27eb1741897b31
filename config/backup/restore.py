"""Puts a set back: onto an empty database, after every hash was checked, and compares what stands there then."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from config.backup import objects, sets, tables, tools
from config.backup.sets import DATABASE, OBJECTS, BackupError, Manifest, Progress

_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


@dataclass(slots=True)
class Restored:
    """What was put back: rows, bytes that the archive lacked, tables and sequences that differ from the set, and
    migrations of this version that the set has not had."""

    manifest: Manifest
    bytes_written: int = 0
    unlike: list[str] = field(default_factory=list)
    to_migrate: int = 0


def check(path: Path, *, progress: Progress = sets.untold) -> Manifest:
    """Reads a whole set and compares every hash. Raises BackupError at the first that differs; changes nothing."""
    manifest = sets.read(path)
    for name, (size, sha256) in manifest.files.items():
        file = path / name
        if not file.is_file() or file.stat().st_size != size or sets.hash_of(file) != sha256:
            raise BackupError(f"{file} is missing or damaged: take another set.")
    if manifest.archive == "folder":
        store, damaged = path.parent / OBJECTS, set(manifest.damaged)
        for name in sets.names(path):
            if name not in damaged and not objects.is_whole(store, name):
                raise BackupError(f"{objects.place(store, name)} is missing or damaged: take another copy of it.")
            progress("bytes checked", 1)
    return manifest


def restore(path: Path, *, force: bool, progress: Progress = sets.untold) -> Restored:
    """Puts the set back. ``force`` first removes everything that the database holds.

    Raises BackupError: before anything was changed where the set is not whole, comes from a newer version, or the
    database is in use or not empty; otherwise with the database left empty.
    """
    manifest = check(path, progress=progress)
    restored = Restored(manifest, to_migrate=_to_migrate(manifest))
    _leave_the_pool()
    _refuse_if_used(force=force)
    if manifest.archive == "folder":
        present = _present(path, manifest)
        restored.bytes_written = objects.put_back(path.parent / OBJECTS, present, progress=progress)
    elif lost := set(objects.missing(sets.names(path), progress=progress)) - set(manifest.damaged):
        raise BackupError(
            f"The bucket {manifest.archive} lacks {len(lost)} objects of this set: restore their versions."
        )
    if force:
        _empty()
    connection.ensure_connection()
    tools.load_database(path / DATABASE, connection=connection.connection, written_by=manifest.pg_dump)
    restored.unlike = _unlike(manifest, progress)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return restored


def _present(path: Path, manifest: Manifest) -> list[str]:
    damaged = set(manifest.damaged)
    return [name for name in sets.names(path) if name not in damaged]


def _to_migrate(manifest: Manifest) -> int:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if strange := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"The set was made by a newer version (migration {strange[-1]}): restore it with that version."
        )
    return len(known - set(manifest.migrations))


def _leave_the_pool() -> None:
    """A pool keeps connections of its own open, which look like somebody else's."""
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's
        connection.settings_dict["OPTIONS"]["pool"] = False


def _refuse_if_used(*, force: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS)
        (others,) = cursor.fetchone()
    if others:
        raise BackupError(f"{others} other connections use this database: stop web, worker, beat and backup first.")
    if not force and (there := tables.tables()):
        raise BackupError(f"This database is not empty ({len(there)} tables): --force throws away what it holds.")


def _empty() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _unlike(manifest: Manifest, progress: Progress) -> list[str]:
    """The tables and sequences that are not what the set says."""
    found: dict[str, tuple[int, str]] = {}
    with transaction.atomic():
        for name, rows_and_sum in tables.fingerprints():
            found[name] = rows_and_sum
            progress(name, rows_and_sum[0])
    there, stood = tables.sequences(), manifest.sequences
    return sorted(
        [name for name in found.keys() | manifest.tables.keys() if found.get(name) != manifest.tables.get(name)]
        + [name for name in there.keys() | stood.keys() if there.get(name) != stood.get(name)]
    )

"""The sets of a backup folder: read from the manifests beside their files, and checked by hash."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

MANIFEST, DATABASE, NAMES = "manifest.json", "database.dump", "archive.txt"
OBJECTS = "objects"
UNFINISHED = ".unfinished-"
FORMAT = 1
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
_OBJECT = re.compile(r"[0-9a-f]{64}")

# Told of what was done, and how much more of it: a table, or bytes of the archive.
Progress = Callable[[str, int], None]


def untold(what: str, done: int) -> None:
    """Progress that nobody watches."""


class BackupError(Exception):
    """A set cannot be written or put back; the message says in one sentence why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a set holds. ``tables`` has of each table how many rows, and the sum of their hashes; ``archive`` is
    "folder" where the bytes lie beside the sets, or the address of the bucket that keeps them; ``damaged`` names
    bytes that the archive itself had lost by then."""

    name: str
    made_at: str
    format: int
    version: str
    server: int
    pg_dump: int
    migrations: list[str]
    tables: dict[str, tuple[int, str]]
    sequences: dict[str, int | None]
    files: dict[str, tuple[int, str]]
    archive: str
    objects: int
    damaged: list[str]

    @property
    def rows(self) -> int:
        return sum(rows for rows, _ in self.tables.values())


def sets(folder: Path) -> list[Path]:
    """Every set that is whole, newest first."""
    found = (path for path in folder.glob("*") if _NAME.fullmatch(path.name) and (path / MANIFEST).is_file())
    return sorted(found, reverse=True)


def newest(folder: Path) -> Path | None:
    """The newest set of a folder."""
    return next(iter(sets(folder)), None)


def read(path: Path) -> Manifest:
    """A set's manifest. Raises BackupError where it is no set, or one that this version cannot read."""
    try:
        values: dict[str, Any] = orjson.loads((path / MANIFEST).read_bytes())
        if values["format"] != FORMAT:
            raise BackupError(f"{path} was made by another version of this program ({values['version']}): use that.")
        for name in ("tables", "files"):
            values[name] = {key: tuple(value) for key, value in values[name].items()}
        return Manifest(**values)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError(f"{path} is no backup set: its {MANIFEST} cannot be read.") from error


def names(path: Path) -> list[str]:
    """The hashes of the archive's bytes that a set needs."""
    listed = (path / NAMES).read_text().split()
    if bad := next((name for name in listed if not _OBJECT.fullmatch(name)), None):
        raise BackupError(f"{path / NAMES} names {bad[:80]!r}, which is no hash.")
    return listed


def hash_of(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def needed(folder: Path) -> Iterator[str]:
    """Every hash that a set of this folder needs."""
    for path in sets(folder):
        yield from names(path)


def write_names(path: Path, listed: Iterable[str]) -> int:
    """Writes the list of hashes; how many they are."""
    number = 0
    with (path / NAMES).open("w") as file:
        for name in listed:
            file.write(f"{name}\n")
            number += 1
    return number

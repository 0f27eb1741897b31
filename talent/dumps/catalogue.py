"""Which dumps there are: read from the manifests beside their files, newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import structlog
from django.conf import settings

log = structlog.get_logger(__name__)
MANIFEST = "manifest.json"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
_FILE = re.compile(r"[a-z][a-z-]*(\.[a-z]+)+")


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file of a dump; ``bytes`` as it lies on the disk."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a dump holds. ``events_cursor`` is where the change feed goes on from it."""

    name: str
    made_at: str
    events_cursor: str
    licence: str
    terms: str
    rows: dict[str, int]
    files: list[DumpFile]
    columns: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)


def root() -> Path:
    """The folder of all dumps."""
    return Path(settings.DUMPS_DIR)


def folder_of(name: str) -> Path:
    """The folder of one dump."""
    return root() / name


def published() -> list[Manifest]:
    """Every dump that is whole, newest first."""
    names = (
        sorted((p.name for p in root().glob("*") if _NAME.fullmatch(p.name)), reverse=True) if root().is_dir() else []
    )
    return [manifest for name in names if (manifest := _read(name)) is not None]


def file_of(name: str, file: str) -> Path | None:
    """The path of a dump's file; None where there is no such dump or file."""
    if not (_NAME.fullmatch(name) and _FILE.fullmatch(file)):
        return None
    path = folder_of(name) / file
    return path if path.is_file() else None


def _read(name: str) -> Manifest | None:
    try:
        values: dict[str, Any] = orjson.loads((folder_of(name) / MANIFEST).read_bytes())
        return Manifest(**{**values, "files": [DumpFile(**each) for each in values["files"]]})
    except (FileNotFoundError, NotADirectoryError):
        # It was taken away meanwhile.
        return None
    except (ValueError, TypeError, KeyError) as error:
        # A manifest that somebody spoilt must not hide the others.
        log.error("a dump has a manifest that cannot be read", dump=name, reason=str(error))
        return None

"""Downloads a dump: each file in pieces, whole or not at all, with its checksum compared."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

from ledger_client.api import Ledger, Row


def download(ledger: Ledger, manifest: Row, folder: Path, *, only: Collection[str] | None = None) -> Iterator[Path]:
    """The files as they arrive; one that is there already, with the right checksum, is not asked for again.

    Raises ValueError for a file that the dump does not have, or that arrives altered.
    """
    files = {each["name"]: each for each in manifest["files"]}
    if unknown := sorted(set(only or ()) - files.keys()):
        raise ValueError(f"The dump has no file {unknown[0]}; it has: {', '.join(files)}.")
    folder.mkdir(parents=True, exist_ok=True)
    for name in only or files:
        path = folder / name
        if not path.exists() or _checksum(path) != files[name]["sha256"]:
            _fetch(ledger, f"{manifest['url']}{name}", path, files[name]["sha256"])
        yield path


def _fetch(ledger: Ledger, address: str, path: Path, sha256: str) -> None:
    part = path.with_name(f"{path.name}.part")
    ledger.save(address, part)
    if _checksum(part) != sha256:
        part.unlink()
        raise ValueError(f"{path.name} arrived altered; ask for it again.")
    part.replace(path)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""The archive's bytes beside the sets: each once, under its hash, however many sets need it."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from articles import archive
from articles.exceptions import ArchiveDamaged, ArchiveUnavailable
from config.backup.sets import BackupError, Progress


def kept_beside() -> bool:
    """Whether the archive is a folder, whose bytes must be copied; a bucket keeps versions of its own."""
    return isinstance(storages["archive"], FileSystemStorage)


def bucket() -> str:
    """The bucket's address, without its credentials."""
    storage: Any = storages["archive"]
    return f"s3://{storage.bucket_name}/{storage.location}"


def copy(folder: Path, names: Iterable[str], *, progress: Progress) -> list[str]:
    """Copies what the folder has not yet, each checked by its hash; the names of what the archive itself has lost."""
    lost = []
    for name in names:
        if not place(folder, name).exists():
            try:
                _write(place(folder, name), gzip.compress(archive.get(name), compresslevel=6, mtime=0))
            except ArchiveDamaged:
                lost.append(name)
        progress("bytes", 1)
    return lost


def missing(names: Iterable[str], *, progress: Progress) -> list[str]:
    """The names that the bucket does not list. Both lists are in order, so neither is kept; no object is read."""
    storage: Any = storages["archive"]
    listed = iter(storage.hashes())
    at, lost = next(listed, ""), []
    for name in names:
        while at and at < name:
            at = next(listed, "")
        if at != name:
            lost.append(name)
        progress("bytes", 1)
    return lost


def put_back(folder: Path, names: Iterable[str], *, progress: Progress) -> int:
    """Gives the archive every byte that it lacks; how many these were."""
    storage, written = storages["archive"], 0
    for name in names:
        if not storage.exists(archive.name_of(name)):
            try:
                storage.save(archive.name_of(name), ContentFile(place(folder, name).read_bytes()))
            except (OSError, ArchiveUnavailable) as error:
                raise BackupError(f"The archive cannot be written: {error}") from error
            written += 1
        progress("bytes", 1)
    return written


def prune(folder: Path, needed: set[str]) -> int:
    """Removes bytes that no set needs any longer; how many."""
    removed = 0
    for path in folder.glob("*/*/*.gz"):
        if path.name.removesuffix(".gz") not in needed:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def is_whole(folder: Path, name: str) -> bool:
    """Whether the bytes are there and are those of their name."""
    try:
        body = gzip.decompress(place(folder, name).read_bytes())
    except (OSError, EOFError, zlib.error):
        return False
    return hashlib.sha256(body).hexdigest() == name


def place(folder: Path, name: str) -> Path:
    """Where the bytes with that hash lie."""
    return folder / archive.name_of(name)


def _write(target: Path, packed: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, path = tempfile.mkstemp(dir=target.parent, prefix=".")
    try:
        with open(handle, "wb") as file:
            file.write(packed)
            file.flush()
            os.fsync(file.fileno())
        Path(path).replace(target)
    except BaseException:
        Path(path).unlink(missing_ok=True)
        raise

"""Keeps the bytes of every snapshot, compressed, under their own hash. Nothing is ever changed or written twice.

Where they lie is the setting ARCHIVE_URL: a folder, or an S3-compatible store.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import zlib
from pathlib import Path
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

from articles.exceptions import ArchiveDamaged, ArchiveUnavailable


class FolderStorage(FileSystemStorage):
    """A folder in which a file is either whole or absent, also after a power cut or a full disk."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        # The name is the hash of the content: a file that is there already is the same file.
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=target.parent, prefix=".")
        try:
            with open(handle, "wb") as file:
                file.writelines(content.chunks())
                file.flush()
                os.fsync(file.fileno())
            Path(path).replace(target)
        except BaseException:
            Path(path).unlink(missing_ok=True)
            raise
        return name


def put(body: bytes) -> str:
    """Stores the bytes and gives their SHA-256; a damaged copy of the same bytes is replaced."""
    sha256 = hashlib.sha256(body).hexdigest()
    if not _is_whole(sha256):
        packed = ContentFile(gzip.compress(body, compresslevel=6, mtime=0))
        try:
            _storage().save(name_of(sha256), packed)
        except OSError as error:
            words = error.strerror or str(error)
            raise ArchiveUnavailable(f"The archive cannot be written: {words}. Nothing of it was kept.") from error
    return sha256


def get(sha256: str) -> bytes:
    """The bytes with that hash; ArchiveDamaged where they are missing or no longer the same, ArchiveUnavailable where
    the archive does not answer."""
    try:
        with _storage().open(name_of(sha256)) as file:
            body = _unpacked(file)
    except FileNotFoundError as error:
        raise ArchiveDamaged(
            f"The archive holds no file {name_of(sha256)}; ingest the document again to put it back."
        ) from error
    except OSError as error:
        raise ArchiveUnavailable(f"The archive cannot be read: {error.strerror or error}.") from error
    if body is None or hashlib.sha256(body).hexdigest() != sha256:
        raise ArchiveDamaged(f"The archive file {name_of(sha256)} is damaged; ingest the document again to replace it.")
    return body


def _is_whole(sha256: str) -> bool:
    try:
        get(sha256)
    except ArchiveDamaged:
        return False
    return True


def _unpacked(file: IO[bytes]) -> bytes | None:
    try:
        return gzip.decompress(file.read())
    except (OSError, EOFError, zlib.error):
        return None


def name_of(sha256: str) -> str:
    """The name of the file that holds the bytes with that hash."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}.gz"


def _storage() -> Storage:
    return storages["archive"]

"""Bytes are kept whole, once, and damage is noticed."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from articles import archive
from articles.exceptions import ArchiveDamaged, ArchiveUnavailable
from articles.trouble import at_home

BODY = b"<html>" + b"words " * 1000


def only_file(folder: Path) -> Path:
    (file,) = (path for path in folder.rglob("*") if path.is_file())
    return file


def test_it_gives_back_what_it_was_given(archive_folder: Path) -> None:
    sha256 = archive.put(BODY)
    assert sha256 == hashlib.sha256(BODY).hexdigest()
    assert archive.get(sha256) == BODY
    assert only_file(archive_folder).stat().st_size < len(BODY) / 10


def test_it_writes_the_same_bytes_once(archive_folder: Path) -> None:
    archive.put(BODY)
    written = only_file(archive_folder).stat()
    archive.put(BODY)
    assert only_file(archive_folder).stat().st_mtime_ns == written.st_mtime_ns


def test_it_says_when_a_file_is_missing() -> None:
    with pytest.raises(ArchiveDamaged, match="holds no file"):
        archive.get("0" * 64)


@pytest.mark.parametrize(
    "damage",
    [b"", b"not gzip at all", gzip.compress(b"other bytes"), gzip.compress(BODY)[:-9]],
    ids=["empty", "not gzip", "other bytes", "cut short"],
)
def test_it_notices_damage_and_mends_it(archive_folder: Path, damage: bytes) -> None:
    sha256 = archive.put(BODY)
    only_file(archive_folder).write_bytes(damage)
    with pytest.raises(ArchiveDamaged, match="damaged"):
        archive.get(sha256)
    archive.put(BODY)
    assert archive.get(sha256) == BODY


def test_it_can_lie_in_another_storage(settings: Any) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "archive": memory}
    assert archive.get(archive.put(BODY)) == BODY


def test_a_full_disk_keeps_nothing_by_halves_and_is_no_documents_fault(
    archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ArchiveUnavailable, match="No space left on device") as caught:
        archive.put(BODY)
    assert at_home(caught.value)
    assert [path for path in archive_folder.rglob("*") if path.is_file()] == []

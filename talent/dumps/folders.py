"""Folders of dumps that are being written or taken away: whose they are, and which are nobody's any more.

A process holds a lock on the folder that it writes, and the kernel lets go of it when the process dies, however it
dies. So what a killed one left is known at once, and what a living one writes is never touched.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from talent.dumps.catalogue import folder_of, root

_UNFINISHED = ".unfinished-"


@contextmanager
def unfinished() -> Iterator[Path]:
    """A new folder that no reader looks into; where writing it fails, it goes."""
    with _held_root():
        path = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=root()))
        handle = _opened(path)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield path
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    finally:
        os.close(handle)


def publish(path: Path, name: str) -> None:
    """Gives a finished folder its name, at once and for good: what is in it is on the disk before."""
    path.chmod(0o755)
    _flush(path)
    path.rename(folder_of(name))
    _flush(root())


def remove(name: str) -> None:
    """Takes a dump away: first from its readers, so that none meets half of it."""
    leaving = root() / f"{_UNFINISHED}{name}"
    with suppress(FileNotFoundError):
        folder_of(name).rename(leaving)
    shutil.rmtree(leaving, ignore_errors=True)


def sweep() -> int:
    """Removes what killed processes left half written, or half taken away; how many folders."""
    if not root().is_dir():
        return 0
    with _held_root():
        nobodys = [path for path in root().glob(f"{_UNFINISHED}*") if not _is_held(path)]
        for path in nobodys:
            shutil.rmtree(path, ignore_errors=True)
    return len(nobodys)


@contextmanager
def _held_root() -> Iterator[None]:
    """Nobody sweeps while another one makes a folder and takes its lock."""
    root().mkdir(parents=True, exist_ok=True)
    handle = _opened(root())
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _is_held(path: Path) -> bool:
    try:
        handle = _opened(path)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _flush(path: Path) -> None:
    """The names in a folder, not the bytes of its files, onto the disk."""
    handle = _opened(path)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY)

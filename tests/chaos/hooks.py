"""What is done to a worker from within: it dies at a named point, sends each message twice, dawdles, is poisoned, or
finds its disk full. Each is switched by a file in the scratch folder, so that no worker is started for it."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File

from articles.archive import FolderStorage

TWICE, SLOW, FULL = "twice", "slow", "disk-is-full"
POISON = "drink me not"
POINTS = ("taken", "fetched", "archived", "parsed", "read", "before-commit", "after-commit")


def switch(name: str) -> Path:
    """The file that switches something on."""
    return Path(settings.VAR_DIR) / "chaos" / name


class SmallDisk(FolderStorage):
    """The archive's folder on a disk that is full while its switch is on: a write ends half-way."""

    def _save(self, name: str, content: File[bytes]) -> str:
        if switch(FULL).exists():
            content = _Torn(content)
        return super()._save(name, content)


class _Torn(File):  # type: ignore[type-arg]
    def chunks(self, chunk_size: int | None = None) -> Any:
        yield next(iter(super().chunks(chunk_size)))[:20]
        raise OSError(errno.ENOSPC, "No space left on device")


def install() -> None:
    """Puts the hooks into this process."""
    from articles import archive, engines, hosts, stages, tasks
    from articles.querysets import StageQuerySet
    from config.celery import app
    from talent import pipeline

    _after(StageQuerySet, "take", "taken", only_if=bool)
    _after(hosts, "fetch", "fetched")
    _after(archive, "put", "archived")
    _after(stages, "parse_safely", "parsed")
    _after(engines, "read", "read")
    _after(pipeline, "record", "before-commit")
    _before(tasks, "_send", "after-commit")
    _poisoned(engines, "read")
    _slowed(engines, "read")
    _doubled(app)


def _after(owner: Any, name: str, point: str, only_if: Callable[[Any], bool] = lambda result: True) -> None:
    original = getattr(owner, name)

    def patched(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        if only_if(result):
            _die_if_asked(point)
        return result

    setattr(owner, name, patched)


def _before(owner: Any, name: str, point: str) -> None:
    original = getattr(owner, name)

    def patched(*args: Any, **kwargs: Any) -> Any:
        _die_if_asked(point)
        return original(*args, **kwargs)

    setattr(owner, name, patched)


def _die_if_asked(point: str) -> None:
    """Dies where somebody left a token for this point; whoever takes the token is the one who dies."""
    for token in switch("points").glob(f"{point}.*"):
        with contextlib.suppress(FileNotFoundError):
            token.unlink()
            os.kill(os.getpid(), signal.SIGKILL)


def _poisoned(owner: Any, name: str) -> None:
    """An article with the poisoned words kills whoever reads it, each time."""
    original = getattr(owner, name)

    def patched(article: Any) -> Any:
        if POISON in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(article)

    setattr(owner, name, patched)


def _slowed(owner: Any, name: str) -> None:
    original = getattr(owner, name)

    def patched(article: Any) -> Any:
        with contextlib.suppress(OSError, ValueError):
            time.sleep(float(switch(SLOW).read_text()))
        return original(article)

    setattr(owner, name, patched)


def _doubled(app: Any) -> None:
    original = app.amqp.send_task_message

    def patched(*args: Any, **kwargs: Any) -> Any:
        if switch(TWICE).exists():
            original(*args, **kwargs)
        return original(*args, **kwargs)

    app.amqp.send_task_message = patched

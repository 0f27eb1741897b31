"""Reads foreign bytes in a process of its own, which is stopped when a document takes too much time or memory.

C code of parsers can hang for half a minute on a few hundred kilobytes and hears no signal of Python's meanwhile.
The process stays warm for the next document; a document costs it a fraction of a millisecond.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import select
import subprocess
import sys
import time
from collections import deque
from datetime import date, datetime
from pathlib import Path
from typing import Any

from articles import exceptions
from articles.exceptions import IntakeError, ParserDied, ParserStopped
from articles.parse.result import ParsedArticle

SECONDS = 20.0
MEMORY_BYTES = 1_000_000_000
# Where a worker has little memory (config/memory.py), so much of it is for the process that parses: beyond this it is
# ended, before the kernel ends whichever process it likes.
most_resident: int | None = None
LEAST_RESIDENT = 70_000_000
_LOOK_SECONDS = 0.02
# One that keeps more than this share of it behind a document makes room for a fresh one.
_KEPT = 0.55
# Parsers leak a little; a fresh process every so often keeps the memory flat.
DOCUMENTS_PER_PROCESS = 500

_ENDED = "Reading the document took too much time or memory; the parsing process ended."
_START_SECONDS = 60.0
_ROOT = Path(__file__).resolve().parent.parent.parent


class ParserFailed(Exception):
    """The parser itself broke on a document; says how."""

    permanent = True


class Worker:
    """One parsing process."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY_BYTES) -> None:
        self.seconds = seconds
        self.documents = 0
        self._buffer = bytearray()
        self._process = subprocess.Popen(  # noqa: S603  # the words are ours
            [sys.executable, "-m", "articles.parse.worker", str(memory), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=_environment(),
        )
        self._receive(_START_SECONDS)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def ask(self, work: str, body: bytes, words: dict[str, Any]) -> dict[str, Any]:
        """The process's answer about one document; ParserStopped where the process had to be ended."""
        self.documents += 1
        self._send(json.dumps({"work": work, "size": len(body), "words": words}).encode() + b"\n", body)
        return self._receive(self.seconds + 1)

    def close(self) -> None:
        """Ends the process; safe to call twice."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    # What was still to be written is of no use to a process that is gone.
                    pass

    def _send(self, *parts: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.writelines(parts)
            self._process.stdin.flush()
        except OSError as error:
            raise ParserDied(_ENDED) from error

    def _receive(self, seconds: float) -> dict[str, Any]:
        assert self._process.stdout is not None
        pipe, deadline, seen = self._process.stdout.fileno(), time.monotonic() + seconds, 0
        while (end := self._buffer.find(b"\n", seen)) < 0:
            seen = len(self._buffer)
            if not self._wait(pipe, deadline):
                self.close()
                raise ParserStopped(f"Reading the document took longer than {self.seconds:g} seconds.")
            if not (part := os.read(pipe, 1 << 20)):
                self.close()
                raise ParserDied(_ENDED)
            self._buffer += part
        answer: dict[str, Any] = json.loads(self._buffer[:end])
        del self._buffer[: end + 1]
        return answer

    def _wait(self, pipe: int, deadline: float) -> bool:
        """Whether something can be read before the deadline; ParserStopped where the process outgrows its memory."""
        while (left := deadline - time.monotonic()) > 0:
            if _readable(pipe, left if most_resident is None else min(left, _LOOK_SECONDS)):
                return True
            if most_resident is not None and _resident(self.pid) > most_resident:
                self.close()
                raise ParserStopped(
                    f"Reading the document took more than {most_resident // 1_000_000} MB of memory, which is as much"
                    " as this worker may spend on it; one with more memory may read it."
                )
        return False


# Idle processes; a thread takes one for itself and puts it back.
_idle: deque[Worker] = deque()
_owner = os.getpid()


def parse_safely(
    body: bytes, content_type: str = "", address: str = "", *, retrieved_at: datetime | None = None
) -> ParsedArticle:
    """``parse`` with a bound on time and memory, whatever the bytes are."""
    words = {
        "content_type": content_type,
        "address": address,
        "retrieved_at": retrieved_at.isoformat() if retrieved_at else "",
    }
    return _unpack(work_safely("parse", body, **words))


def work_safely(work: str, body: bytes, **words: Any) -> Any:
    """What a work of ``articles.parse.worker`` makes of the bytes, in JSON's types; raises what it raises."""
    worker = _take()
    try:
        answer = worker.ask(work, body, words)
    except BaseException:
        # Also a time limit or Ctrl-C in the middle: the answer would be taken for that of the next document.
        worker.close()
        raise
    _give_back(worker)
    return _result(answer)


def _take() -> Worker:
    global _owner
    if os.getpid() != _owner:
        # The pipes of a process that forked belong to the parent: two must not talk through one.
        _idle.clear()
        _owner = os.getpid()
    while True:
        try:
            worker = _idle.pop()
        except IndexError:
            return Worker()
        if worker.lives:
            return worker
        worker.close()


def _give_back(worker: Worker) -> None:
    large = most_resident is not None and _resident(worker.pid) > most_resident * _KEPT
    if not worker.lives or worker.documents >= DOCUMENTS_PER_PROCESS or len(_idle) >= 2 or large:
        worker.close()
    else:
        _idle.append(worker)


@atexit.register
def close_idle() -> None:
    """Ends the warm processes of this process."""
    while _idle and os.getpid() == _owner:
        _idle.pop().close()


def _environment() -> dict[str, str]:
    """No key and no database address is lent to a process that reads hostile bytes; one thread is enough, and what
    a large document took is given back behind it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    allocator = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "262144", "MALLOC_MMAP_THRESHOLD_": "262144"}
    return {**kept, **allocator, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


def _resident(pid: int) -> int:
    """Bytes that the process has in memory for itself alone; 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm") as pages:
            resident, shared = map(int, pages.read().split()[1:3])
    except OSError:
        return 0
    return (resident - shared) * resource.getpagesize()


def _readable(pipe: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _unpack(parsed: dict[str, Any]) -> ParsedArticle:
    for name in ("published_at", "modified_at"):
        parsed[name] = datetime.fromisoformat(parsed[name]) if parsed[name] else None
    parsed["published_on"] = date.fromisoformat(parsed["published_on"]) if parsed["published_on"] else None
    return ParsedArticle(**{**parsed, "twins": tuple(parsed["twins"])})


def _result(answer: dict[str, Any]) -> Any:
    if "result" in answer:
        return answer["result"]
    kind = getattr(exceptions, answer["error"], None) if answer["error"] else None
    if isinstance(kind, type) and issubclass(kind, IntakeError):
        raise kind(answer["message"])
    raise ParserFailed(answer["message"])

"""How a worker lives in little memory: what all its children need is loaded once, before they are forked; and where
there is no room for a child, it does the work itself.

What was needed only on the way there goes back to the system, which the allocator does not do by itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import resource
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# With less than this for all its processes a worker has no child, which would copy much of what it shares at first.
FOR_A_CHILD = 450_000_000
# What such a worker takes itself with a long text in hand; the rest is for the process that parses.
_ALONE = 215_000_000
# Parameters of glibc's mallopt: from which size on a free end of the heap is given back, and from which size on memory
# is taken by itself. Where they are not set, both grow with every large document, up to 64 and 32 MB.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_BYTES = 256 * 1024
# A sentence in each language, with everything that is looked up in lexicons: a name, companies, a post.
_SENTENCES = {
    "en": "Ada Stone has left OpenAI to join Meta as chief scientist for $2 million a year, she said on Monday.",
    "zh": "据报道,林知远已从阿里巴巴离职,加入腾讯担任首席科学家,年薪两百万元。",
}


def allowed(groups: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")) -> int | None:
    """Bytes that this process and its children may take together by their control groups; None where these set no
    limit."""
    return min(_limits(groups, own), default=None)


def _limits(groups: Path, own: Path) -> Iterator[int]:
    with contextlib.suppress(OSError, ValueError):
        for line in own.read_text().splitlines():
            _number, controllers, path = line.split(":", 2)
            second = not controllers
            if second or "memory" in controllers.split(","):
                top = groups if second else groups / "memory"
                name = "memory.max" if second else "memory.limit_in_bytes"
                place = top / path.lstrip("/")
                for folder in (place, *place.parents):
                    yield from _limit(folder / name)
                    if folder == top:
                        break


def _limit(file: Path) -> Iterator[int]:
    """The limit in the file, where it is one: "max" or nearly 2^63 is none."""
    with contextlib.suppress(OSError, ValueError):
        if (limit := int(file.read_text())) < 1 << 60:
            yield limit


def bound_parser(memory: int | None) -> None:
    """Leaves the process that parses what a worker alone in so much memory does not need itself."""
    from articles.parse import sandbox

    if memory is not None and memory < FOR_A_CHILD:
        sandbox.most_resident = max(memory - _ALONE, sandbox.LEAST_RESIDENT)


def share() -> None:
    """Loads what children need and leaves it to them to share: they write nothing where it lies."""
    _load()
    gc.collect()
    trim()
    gc.freeze()


@cache
def _load() -> None:
    """Lexicons, weights and the readings of Chinese characters; bounds what the allocator keeps for itself."""
    from articles.extraction import Document, extract
    from talent.resolve import candidate_keys
    from talent.words import vector

    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_TRIM_THRESHOLD, _BYTES)
        libc.mallopt(_MMAP_THRESHOLD, _BYTES)
    for language, text in _SENTENCES.items():
        extract(Document(id=language, text=text, lang=language))
        vector(text)
    candidate_keys(["Ada Stone", "林知远", "米哈尔·瓦尔科"])


# Behind a task that left so many bytes more than there were, it is worth looking for what can be given back.
_GROWN = 8_000_000
_settled = 0


def tidy() -> None:
    """Behind a task of a worker that has no child to end: gives back what a large document took."""
    global _settled
    if _resident() > _settled + _GROWN:
        gc.collect()
        trim()
        _settled = _resident()


def _resident() -> int:
    with contextlib.suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return 0


def trim() -> None:
    """Gives free memory back to the system, where the C library can."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)

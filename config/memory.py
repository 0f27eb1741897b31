"""How a worker lives in little memory: what all its children need is loaded once, before they are forked.

What was needed only on the way there goes back to the system, which the allocator does not do by itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
from functools import cache

# Parameters of glibc's mallopt: from which size on a free end of the heap is given back, and from which size on memory
# is taken by itself. Where they are not set, both grow with every large document, up to 64 and 32 MB.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_BYTES = 256 * 1024
# A sentence in each language, with everything that is looked up in lexicons: a name, companies, a post.
_SENTENCES = {
    "en": "Ada Stone has left OpenAI to join Meta as chief scientist for $2 million a year, she said on Monday.",
    "zh": "据报道,林知远已从阿里巴巴离职,加入腾讯担任首席科学家,年薪两百万元。",
}


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


def trim() -> None:
    """Gives free memory back to the system, where the C library can."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)

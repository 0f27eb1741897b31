"""justext's stop words of a hundred languages in 1 MB in place of 30: what is asked of them is membership alone."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

import justext.core  # type: ignore[import-untyped]
import trafilatura.external
from justext.utils import get_stoplist, get_stoplists  # type: ignore[import-untyped]


class Words:
    """A set of words kept as their sorted hashes of 64 bits: one strange word in 10^14 is taken for one of them."""

    __slots__ = ("_hashes",)

    def __init__(self, words: Iterable[str]) -> None:
        self._hashes = array("q", sorted(set(map(hash, words))))

    def __contains__(self, word: object) -> bool:
        wanted = hash(word)
        place = bisect_left(self._hashes, wanted)
        return place < len(self._hashes) and self._hashes[place] == wanted

    def __len__(self) -> int:
        return len(self._hashes)


class _AllLanguages:
    """The words of all languages together, gathered when the first is asked for."""

    def __init__(self) -> None:
        self._words: Words | None = None

    def __contains__(self, word: object) -> bool:
        if self._words is None:
            self._words = Words(word.lower() for language in get_stoplists() for word in get_stoplist(language))
        return word in self._words


def install() -> None:
    """Has trafilatura's second fallback ask these words; it would keep a tuple and a set of strings of its own."""
    trafilatura.external.JT_STOPLIST = _AllLanguages()  # type: ignore[assignment]  # of these it asks no more
    # It would copy the words into a set, and compare a tuple of all of them with the last one for every page.
    justext.core.define_stoplist = lambda stoplist: stoplist

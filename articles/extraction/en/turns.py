"""The turns of phrase that tell a move, as ``lexicon/en/turns.toml`` holds them: patterns over phrases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from articles.extraction.en.tokens import regular
from articles.extraction.lexicon import table

_SLOTS = frozenset({"P", "P's", "A", "A's", "B", "B's", "R", "T", "O", "N", ".."})


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of phrase: what it tells, its elements, and which of them is the first word."""

    sort: str
    elements: tuple[str | frozenset[str], ...]
    anchor: int


@cache
def _forms(lemma: str) -> frozenset[str]:
    given = table("en/turns")["forms"].get(lemma)
    return frozenset(given.split() if given else regular(lemma))


def _element(written: str) -> str | frozenset[str]:
    if written in _SLOTS or written.startswith("R:"):
        return written
    words: set[str] = set()
    for word in written.split("|"):
        words |= _forms(word[1:]) if word.startswith(":") and len(word) > 1 else {word}
    return frozenset(words)


@cache
def turns() -> dict[str, tuple[Turn, ...]]:
    """The turns of phrase by their first word."""
    found: dict[str, list[Turn]] = {}
    for sort, lines in table("en/turns").items():
        if sort == "forms":
            continue
        for line in lines:
            elements = tuple(_element(part) for part in line.split())
            anchor = next(i for i, element in enumerate(elements) if isinstance(element, frozenset))
            for word in elements[anchor]:
                found.setdefault(word, []).append(Turn(sort, elements, anchor))
    return {word: tuple(sorted(turns, key=lambda t: -len(t.elements))) for word, turns in found.items()}

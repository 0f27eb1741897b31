"""Tells in one scan whether an English text holds words that a claim could hang on, and where those of movement are."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.en.tokens import verbs
from articles.extraction.lexicon import table

# Frames whose verbs mean a move often enough to look at the sentence; others only help where one of these stands.
_TELLING = frozenset(
    {"join", "leave", "back", "hire", "name", "raise", "fire", "lose", "found", "refuse", "go", "become", "take_up"}
)


@cache
def _movement() -> AhoCorasick:
    nouns = table("en/nouns")
    forms = {form for form, readings in verbs().items() if any(v.frame in _TELLING for v in readings)}
    for key in ("gone", "come", "come_back", "moved"):
        forms.update(nouns[key])
    forms |= {"back", "new", "-turned-", "will be", "is out", "are out", "is now", "are now", "first", "last day"}
    words = {*forms, *(form.capitalize() for form in forms)}
    return AhoCorasick(sorted(words), matchkind=MatchKind.LeftmostLongest)


def movement(text: str) -> list[int]:
    """The positions of words of movement."""
    found = []
    for _, start, end in _movement().find_matches_as_indexes(text):
        before, after = text[start - 1 : start], text[end : end + 1]
        if (not before.isalpha() and not after.isalpha()) or text[start] == "-":
            found.append(start)
    return found

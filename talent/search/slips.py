"""Names that differ by a typing error: letters left out, doubled or exchanged; a character of the same sound, or one
that is another. Pure."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from articles.extraction.names import name_key, script_of
from talent.filters.base import plain
from talent.resolve.pinyin import syllables_of

# Fewer letters are one error away from too many names; from so many on two errors are forgiven.
_FEWEST, _LONG = 4, 6
# Of two characters one alone tells nothing.
_FEWEST_HAN = 3


def is_typing_error(words: str, name: str) -> bool:
    """Whether as many words of the name as were typed differ from them by a letter or two at most."""
    typed, parts = plain(words), plain(name).split()
    if len(typed) < _FEWEST or script_of(typed) == "Hani":
        return False
    most, wide = (2 if len(typed) >= _LONG else 1), len(typed.split())
    beginnings = range(max(len(parts) - wide, 0) + 1)
    return any(OSA.distance(typed, " ".join(parts[at : at + wide]), score_cutoff=most) <= most for at in beginnings)


def are_homophones(left: str, right: str) -> bool:
    """Whether two Chinese names are spelled alike, as whoever types by sound confuses them."""
    if not script_of(left) == script_of(right) == "Hani":
        return False
    return syllables_of(name_key(left)) == syllables_of(name_key(right))


def one_character_off(key: str) -> list[str]:
    """Patterns of the name with another character in one place, with blanks around every character."""
    if len(key) < _FEWEST_HAN:
        return []
    letters = [re.escape(character) for character in key]
    return [f" {' '.join([*letters[:at], '.', *letters[at + 1 :]])} " for at in range(len(key))]

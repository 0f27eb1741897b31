"""Well-known people's names in both scripts: a question in one script finds what is said in the other. Pure."""

from __future__ import annotations

import re
from functools import cache

from articles.extraction.lexicon import table

# Quotes with a family name of so many letters are about that person; those with "Wang" need not be.
_TELLING = 6
# Whoever asks for a family name of so many letters may mean that person, too.
_ASKED = 4


def other_names(name: str) -> tuple[str, ...]:
    """The other names of whoever is called so, without those that hold another: "扎克伯格" for "Zuckerberg"."""
    return _others().get(name.casefold().strip(), ())


def in_quotes(words: str) -> str:
    """The words with quotation marks around whole names, which are one thing to look for and not two."""
    parts = re.split(r"([\"“”„«」『「»』])", words)
    # Between two marks, at every second place of the parts without them, the reader has quoted already.
    marks = 0
    for at, part in enumerate(parts):
        if at % 2:
            marks += 1
        elif marks % 2 == 0:
            parts[at] = _whole_names().sub(r'"\g<0>"', part)
    return "".join(parts)


@cache
def _whole_names() -> re.Pattern[str]:
    names = sorted(table("zh/known_people"), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """By each name, folded, all others of the same person; a name that two share is left out."""
    named: dict[str, tuple[str, ...]] = {}
    shared: set[str] = set()
    for latin, forms in table("zh/known_people").items():
        names = _shortest([*_family(latin, _TELLING), latin, *forms])
        for name in (*_family(latin, _ASKED), latin, *forms):
            key = name.casefold()
            shared |= {key} & named.keys()
            named[key] = tuple(other for other in names if other.casefold() != key)
    return {key: names for key, names in named.items() if key not in shared}


def _family(latin: str, letters: int) -> list[str]:
    family = latin.split()[-1]
    return [family] if len(family) >= letters else []


def _shortest(names: list[str]) -> list[str]:
    """The names that hold none of the others: whatever has a longer one has them, too."""
    return [name for name in names if not any(other != name and other in name for other in names)]

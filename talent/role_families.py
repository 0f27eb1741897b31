"""Which family of work a role belongs to, told from an article's words in either language; the TOML file has them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from articles.extraction.names import name_key

_WORDS = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Patterns that find the longest words first, and the rank of the family that each word stands for."""

    latin: re.Pattern[str]
    han: re.Pattern[str]
    ranks: dict[str, int]
    families: tuple[str, ...]


def role_family(*roles: str) -> str:
    """The family of the first of these roles that belongs to one; "" where none does."""
    return next(filter(None, map(_family, roles)), "")


def _family(role: str) -> str:
    if not role:
        return ""
    known = _lexicon()
    latin = known.latin.findall(" ".join(re.split(r"[\s\-‐‑–/,.&]+", role.casefold())))
    found = [*latin, *known.han.findall(name_key(role))]
    return known.families[min(known.ranks[word] for word in found)] if found else ""


@cache
def _lexicon() -> _Lexicon:
    families = tomllib.loads(_WORDS.read_text())["family"]
    ranks = {word: rank for rank, each in reversed([*enumerate(families)]) for word in (*each["en"], *each["zh"])}
    latin = _longest_first(word for each in families for word in each["en"])
    han = _longest_first(word for each in families for word in each["zh"])
    return _Lexicon(
        # A plural is no word of its own; Chinese sets no space around a Latin word.
        latin=re.compile(rf"(?<![a-z])({latin})s?(?![a-z])"),
        han=re.compile(han),
        ranks=ranks,
        families=tuple(each["name"] for each in families),
    )


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))

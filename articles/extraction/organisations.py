"""Finds the organisations of the lexicon in a text of any language, in one pass.

It knows names only; whether an ambiguous one ("Figure", "Scale") means the company is for the language to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.lexicon import table

OrganisationKind = Literal["company", "university", "institute", "government", "investor", "outlet"]

_KINDS: dict[str, OrganisationKind] = {
    "companies": "company",
    "universities": "university",
    "institutes": "institute",
    "governments": "government",
    "investors": "investor",
    "outlets": "outlet",
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """An entry of the lexicon: the employer's canonical name, and the team where the entry is a part of one."""

    name: str
    kind: OrganisationKind = "company"
    team: str | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """``text[start:end]`` is one of the names of ``organisation``."""

    start: int
    end: int
    organisation: Organisation


@cache
def gazetteer() -> dict[str, Organisation]:
    """Every name in the lexicon, in any script, with what it names."""
    data = table("organisations")
    ambiguous = frozenset(data["ambiguous"])
    entries: dict[str, Organisation] = {}
    for employer, teams in data["teams"].items():
        for team, aliases in teams.items():
            for alias in (team, *aliases):
                entries[alias] = Organisation(employer, "company", team, alias in ambiguous)
    for section, kind in _KINDS.items():
        for name, aliases in data[section].items():
            for alias in (name, *aliases):
                entries[alias] = Organisation(name, kind, None, alias in ambiguous)
    return entries


def lookup(name: str) -> Organisation | None:
    """What ``name`` names in the lexicon, letter for letter."""
    return gazetteer().get(name)


def scan(text: str) -> list[Hit]:
    """Names of the lexicon in ``text``, longest first where they overlap; Latin names only as whole words."""
    return list(_hits(text))


def _hits(text: str) -> Iterator[Hit]:
    names, automaton = _automaton()
    for index, start, end in automaton.find_matches_as_indexes(text):
        name = names[index]
        if _is_word(text, start, end, name):
            yield Hit(start, end, gazetteer()[name])


@cache
def _automaton() -> tuple[list[str], AhoCorasick]:
    names = list(gazetteer())
    return names, AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


def _is_word(text: str, start: int, end: int, name: str) -> bool:
    """Whether the match is not the middle of a longer Latin word; Han neighbours are no obstacle."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_latin(before) and _latin(name[0])) and not (_latin(after) and _latin(name[-1]))


def _latin(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"


def family(name: str) -> str:
    """The group that an employer belongs to ("Google" for "Google DeepMind"), else ``name`` itself."""
    return _families().get(name, name)


@cache
def _families() -> dict[str, str]:
    groups: dict[str, list[str]] = table("organisations")["groups"]
    return {member: group for group, members in groups.items() for member in members}


def canonical(name: str) -> str:
    """The employer that ``name`` names where the lexicon knows it, else ``name`` itself."""
    entry = gazetteer().get(name)
    return entry.name if entry else name

"""What may be meant while somebody is still typing: companies, people, and moves between two names that are given.

The usual case, the beginning of a name, is one statement that walks the index of names in its own order. Only where it
finds too little are words within names looked at, then two names at once, then sounds and typing errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.conf import settings
from django.db import connection
from django.urls import reverse

from articles.extraction.names import name_key, script_of
from articles.extraction.organisations import gazetteer
from talent.filters.base import plain
from talent.hot.asking import Prepared
from talent.hot.parts import written
from talent.models import Company, Person
from talent.search.names import How, near_names
from talent.search.pairs import moves_between

LIMIT = 8
MAX_CHARACTERS = 60
# Of these at most so many are companies: they come first, and people would never be seen behind them.
COMPANIES = 4
# One Latin letter is the beginning of everything; one Chinese character is the name of a family.
FEWEST_LATIN, FEWEST_HAN = 2, 1
# So many names one look reads: among them those that are likeliest meant come first.
_COMPANIES_READ, _PEOPLE_READ = 100, 24
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something with a page of its own. ``matched`` is the name that fits what was typed; a move is its ``fact``."""

    kind: Literal["company", "person", "move"]
    slug: str
    name: str = ""
    name_zh: str = ""
    matched: str = ""
    how: How = How.WHOLE
    fact: Any = None

    def get_absolute_url(self) -> str:
        return reverse(self.kind, args=[self.slug])


def suggest(words: str) -> list[Suggestion]:
    """At most ``LIMIT`` suggestions, the likeliest first; none for fewer letters than tell anything."""
    words = plain(words.replace("\0", ""))[:MAX_CHARACTERS].strip()
    if len(words) < (FEWEST_HAN if script_of(words) == "Hani" else FEWEST_LATIN):
        return []
    found = _look(words, _beginning(words))
    if len(found) < LIMIT:
        found = _first([*found, *_look(words, _within(words))])
    if len(found) < LIMIT and " " in words:
        found = [*_moves(words, limit=LIMIT - len(found)), *found]
    return found or _near(words)


def _moves(words: str, *, limit: int) -> list[Suggestion]:
    return [Suggestion("move", move.public_id, fact=move) for move in moves_between(words, limit=limit)]


def _near(words: str) -> list[Suggestion]:
    return [
        Suggestion(
            "company" if isinstance(hit.entity, Company) else "person",
            hit.entity.slug,
            hit.entity.name,
            hit.entity.name_zh,
            hit.name,
            hit.how,
        )
        for hit in near_names(words, limit=LIMIT)
    ]


# ------------------------------------------------------------------ names that hold the words

_OF_COMPANIES = """
(SELECT 'company', shown.slug, shown.name, shown.name_zh, alias.name
FROM talent_alias AS alias
JOIN talent_company AS named ON named.id = alias.company_id
JOIN ({visible}) AS shown ON shown.id = coalesce(named.merged_into_id, named.id)
WHERE alias.company_id IS NOT NULL AND {condition} LIMIT {limit})
"""
_OF_PEOPLE = """
(SELECT 'person', shown.slug, shown.name, shown.name_zh, alias.name
FROM talent_alias AS alias JOIN ({visible}) AS shown ON shown.id = alias.person_id
WHERE alias.person_id IS NOT NULL AND {condition} LIMIT {limit})
"""
_BEGINS = """lower(alias.name) COLLATE "C" >= $1 AND lower(alias.name) COLLATE "C" < $2
ORDER BY lower(alias.name) COLLATE "C", alias.id"""
_WHOLE = "alias.key = $1"
_HOLDS_LATIN = "lower(alias.name) LIKE $2"
# As the index on the characters of Chinese names has it.
_HOLDS_HAN = "alias.script = 'Hani' AND (regexp_replace(alias.key, '(.)', ' \\1', 'g') || ' ') LIKE $2"

# Conditions, and the two values that they ask with.
Look = tuple[tuple[str, ...], tuple[str, str]]


def _beginning(words: str) -> Look:
    return (_BEGINS,), (words, words + _LAST)


def _within(words: str) -> Look:
    """The whole name written otherwise; Chinese characters anywhere in it, Latin letters where a word begins."""
    key = name_key(words)
    if script_of(words) == "Hani":
        return (_WHOLE, _HOLDS_HAN), (key, f"% {' '.join(key)} %")
    literal = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return (_WHOLE, _HOLDS_LATIN), (key, f"% {literal}%")


def _look(words: str, look: Look) -> list[Suggestion]:
    conditions, values = look
    with connection.wrap_database_errors:
        rows = _statement(settings.PUBLISH, conditions).rows(*values)
    return _first(
        Suggestion(kind, slug, name, name_zh, matched, _how(words, matched))
        for kind, slug, name, name_zh, matched in rows
    )


@lru_cache(maxsize=16)
def _statement(publish: str, conditions: tuple[str, ...]) -> Prepared:
    """The statement for these conditions; what readers may see under the setting ``publish`` is Django's to say, once,
    since saying it takes longer than asking."""
    columns = ("id", "slug", "name", "name_zh")
    parts = []
    for part, model, limit in ((_OF_COMPANIES, Company, _COMPANIES_READ), (_OF_PEOPLE, Person, _PEOPLE_READ)):
        visible = written(model.objects.visible().order_by().values(*columns), {})
        parts += [part.format(visible=visible, condition=condition, limit=limit) for condition in conditions]
    return Prepared("UNION ALL".join(parts))


# ------------------------------------------------------------------ which come first


# The same names come again and again.
_key = lru_cache(maxsize=50_000)(name_key)


def _how(words: str, name: str) -> How:
    lowered = name.lower()
    if lowered == words or _key(name) == _key(words):
        return How.WHOLE
    return How.BEGINS if lowered.startswith(words) else How.WITHIN


def _first(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Each once, by the name that fits best: whole names, then companies, those that the lexicon knows and the
    shortest before others, then people."""
    each: dict[tuple[str, str], Suggestion] = {}
    for suggestion in sorted(found, key=_rank):
        each.setdefault((suggestion.kind, suggestion.slug), suggestion)
    companies = [s for s in each.values() if s.kind == "company"][:COMPANIES]
    people = [s for s in each.values() if s.kind == "person"]
    return sorted([*companies, *people], key=lambda s: s.how != How.WHOLE)[:LIMIT]


def _rank(suggestion: Suggestion) -> tuple[Any, ...]:
    known = suggestion.kind == "company" and suggestion.name in gazetteer()
    return (-suggestion.how, not known, len(suggestion.matched), suggestion.matched, suggestion.slug)

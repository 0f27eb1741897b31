"""Whose whole names stand among the words of a question, where nothing goes by all of the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from articles.extraction.names import name_key
from talent.models import Alias, Company, Person

# A name of a company or a person has no more words; a question of more is a text (see talent.known).
_LONGEST_NAME = 4
_MOST_WORDS = 16
_ALIASES = 40
MOST = 6


def named_within(words: str) -> list[Any]:
    """The companies and people whom the words name, in their order, of merged companies the whole. Three queries."""
    keys = list(dict.fromkeys(_runs(words.split()[:_MOST_WORDS])))
    if not keys:
        return []
    rows = list(
        Alias.objects.filter(key__in=keys)
        .order_by("id")
        .values_list("key", "person_id", "company_id", "company__merged_into_id")[:_ALIASES]
    )
    people = Person.objects.visible().in_bulk({person for _, person, _, _ in rows if person})
    companies = Company.objects.visible().in_bulk({whole or company for _, _, company, whole in rows if company})
    found: dict[Any, int] = {}
    for key, person, company, whole in rows:
        bearer: Any = people.get(person) if person else companies.get(whole or company)
        if bearer is not None:
            found[bearer] = min(found.get(bearer, len(keys)), keys.index(key))
    return sorted(found, key=lambda bearer: found[bearer])[:MOST]


def _runs(words: list[str]) -> Iterator[str]:
    """The keys of all runs of words that may be a name."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
            if key := name_key(" ".join(words[start:end])):
                yield key

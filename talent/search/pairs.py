"""Moves between two names that are typed together: "ada quill lanternlight", "谷歌 OpenAI"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from articles.extraction.names import name_key
from talent.models import Alias, Move
from talent.querysets import VISIBLE

# What stands between two names and is part of neither.
_BETWEEN = frozenset(
    {"to", "from", "at", "and", "joins", "joined", "left", "→", "->", "-", "–", "从", "到", "去", "和"}
)
# More words than these are a sentence, and no two names.
_MOST_WORDS = 8


@dataclass(slots=True)
class _Named:
    """Who goes by a name."""

    people: set[int] = field(default_factory=set)
    companies: set[int] = field(default_factory=set)


def moves_between(words: str, *, limit: int) -> list[Move]:
    """The newest moves of the people, or between the companies, that both go by whole names typed in a row."""
    names = _two_names(words)
    if not names:
        return []
    known = _known({key for pair in names for key in pair})
    conditions = [condition for left, right in names for condition in _conditions(known[left], known[right])]
    found: dict[int, Move] = {}
    for condition in conditions[:limit]:
        found |= {move.pk: move for move in Move.objects.for_list().filter(condition)[:limit]}
    return sorted(found.values(), key=lambda move: (move.sort_date, move.pk), reverse=True)[:limit]


def _two_names(words: str) -> list[tuple[str, str]]:
    """The words cut in two wherever they can be, each part as a key."""
    parts = words.split()
    if len(parts) > _MOST_WORDS:
        return []
    cuts = [(_joined(parts[:at]), _joined(parts[at:])) for at in range(1, len(parts))]
    return list(dict.fromkeys((left, right) for left, right in cuts if left and right and left != right))


def _joined(parts: list[str]) -> str:
    return name_key("".join(part for part in parts if part not in _BETWEEN))


def _known(keys: set[str]) -> defaultdict[str, _Named]:
    """Who goes by each key, of merged companies the whole; one query."""
    known: defaultdict[str, _Named] = defaultdict(_Named)
    rows = Alias.objects.filter(key__in=sorted(keys)).order_by()
    shown = Q(person__visibility__in=VISIBLE) | Q(company__visibility__in=VISIBLE)
    for key, person, company, whole in rows.filter(shown).values_list(
        "key", "person_id", "company_id", "company__merged_into_id"
    )[:50]:
        if person:
            known[key].people.add(person)
        else:
            known[key].companies.add(whole or company)
    return known


def _conditions(left: _Named, right: _Named) -> list[Q]:
    """Moves of one at the other, or from one to the other; each condition by an index of its own."""
    people, companies = left.people | right.people, left.companies | right.companies
    of_person = [Q(person__in=people, origin__in=companies), Q(person__in=people, destination__in=companies)]
    between = [Q(origin__in=left.companies, destination__in=right.companies)]
    return [*(of_person if people and companies else []), *(between if left.companies and right.companies else [])]

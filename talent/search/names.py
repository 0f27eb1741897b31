"""Who may be meant by a name: people and companies by whole names, beginnings, parts, sounds across scripts, and with
typing errors. Each step is a bounded look into an index, taken only where the steps before found too little."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Collate, Lower
from rapidfuzz import fuzz

from articles.characters import Spaced
from articles.extraction.names import name_key, script_of
from talent.filters.base import plain
from talent.filters.names import held_by_alias
from talent.models import Alias, Claim, Company, Person
from talent.querysets import STANDING
from talent.resolve import candidate_keys, likeness
from talent.search.slips import are_homophones, is_typing_error, one_character_off

MAX_CHARACTERS = 100
# Rows that one step looks at: beyond it a name is too common to be told apart by it.
_WIDTH = 60
_CLAIMS_OF_ONE = 5
# From here trigrams of a name are looked at more closely.
_SIMILAR = 0.4
# One letter is the beginning of everything.
_FEWEST_LATIN, _FEWEST_HAN = 2, 1
_LAST = "\U0010ffff"


class How(IntEnum):
    """In which way a name fits what was asked for, the best way last."""

    SPELLED = 1
    SOUNDS = 2
    WITHIN = 3
    BEGINS = 4
    WHOLE = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that may be meant, by which of its names, and how well that fits: 0 to 100."""

    entity: Any
    name: str
    how: How
    score: float


def people_like(words: str, *, limit: int) -> list[Hit]:
    """People who may be meant, the likeliest first."""
    return _search(_People(), words, limit)


def companies_like(words: str, *, limit: int) -> list[Hit]:
    """Companies that may be meant, the likeliest first; of merged ones the whole."""
    return _search(_Companies(), words, limit)


def near_names(words: str, *, limit: int) -> list[Hit]:
    """People and companies whose names only sound like the words, or differ by a typing error."""
    steps = (_sounding, _misspelled)
    found = [*_search(_Companies(), words, limit, steps), *_search(_People(), words, limit, steps)]
    return sorted(found, key=lambda hit: -hit.score)[:limit]


Candidate = tuple[int, str, How]


class _Kind:
    """One of the two kinds of entity: where their names stand."""

    field = ""
    entities: Callable[[], Any]

    def aliases(self) -> Any:
        """The names of this kind."""
        return Alias.objects.exclude(**{self.field: None}).order_by()

    def visible(self, pks: Sequence[int]) -> dict[int, Any]:
        """Those that readers may see, by the key that an alias leads to."""
        raise NotImplementedError

    def by_sound(self, words: str) -> list[int]:
        """Keys of entities whose name sounds alike in another script or spelling."""
        return []


class _People(_Kind):
    field = "person"

    def visible(self, pks: Sequence[int]) -> dict[int, Any]:
        return {person.pk: person for person in Person.objects.visible().filter(pk__in=pks)}

    def by_sound(self, words: str) -> list[int]:
        keys = candidate_keys([words])
        if not keys:
            return []
        claims = Claim.objects.filter(person_candidates__overlap=keys, review__in=STANDING).exclude(person=None)
        # Made distinct here: asked to do it, the database walks all people in order instead of the keys' index.
        found = claims.order_by().values_list("person_id", flat=True)[: _WIDTH * _CLAIMS_OF_ONE]
        return list(dict.fromkeys(found))[:_WIDTH]


class _Companies(_Kind):
    field = "company"

    def visible(self, pks: Sequence[int]) -> dict[int, Any]:
        wholes = dict(Company.objects.filter(pk__in=pks).values_list("pk", "merged_into"))
        shown = Company.objects.visible().in_bulk([whole or pk for pk, whole in wholes.items()])
        return {pk: shown[whole or pk] for pk, whole in wholes.items() if (whole or pk) in shown}


Step = Callable[[_Kind, str], Iterator[Candidate]]


def _search(kind: _Kind, words: str, limit: int, steps: Sequence[Step] = ()) -> list[Hit]:
    words = " ".join(words.replace("\0", "").split())[:MAX_CHARACTERS]
    shortest = _FEWEST_HAN if script_of(words) == "Hani" else _FEWEST_LATIN
    if len(words) < shortest:
        return []
    found: dict[int, Hit] = {}
    for step in steps or (_whole, _beginning, _within, _sounding, _misspelled):
        candidates = list(step(kind, words))
        shown = kind.visible(list({pk for pk, _, _ in candidates}))
        for pk, name, how in candidates:
            if pk in shown:
                _keep(found, Hit(shown[pk], name, how, _score(words, name, how)))
        if len(found) >= limit or (found and step is _within):
            break
    return sorted(found.values(), key=lambda hit: (-hit.score, hit.entity.name, hit.entity.pk))[:limit]


def _keep(found: dict[int, Hit], hit: Hit) -> None:
    known = found.get(hit.entity.pk)
    if known is None or hit.score > known.score:
        found[hit.entity.pk] = hit


def _named(kind: _Kind, aliases: Any, how: How) -> Iterator[Candidate]:
    for pk, name in aliases.values_list(kind.field, "name")[:_WIDTH]:
        yield pk, name, how


def _whole(kind: _Kind, words: str) -> Iterator[Candidate]:
    key = name_key(words)
    return _named(kind, kind.aliases().filter(key=key).order_by("id"), How.WHOLE) if key else iter(())


def _beginning(kind: _Kind, words: str) -> Iterator[Candidate]:
    """Names in the order of the index from the words on: the walk ends after the first rows."""
    low = words.lower()
    folded = kind.aliases().alias(folded=Collate(Lower("name"), "C"))
    return _named(kind, folded.filter(folded__gte=low, folded__lt=low + _LAST).order_by("folded", "id"), How.BEGINS)


def _within(kind: _Kind, words: str) -> Iterator[Candidate]:
    """Names that hold the words; of Latin ones, those that have a word beginning so come first."""
    aliases = kind.aliases().alias(lowered=Lower("name"), spaced=Spaced("key"))
    return _named(kind, aliases.filter(held_by_alias(words)), How.WITHIN)


def _sounding(kind: _Kind, words: str) -> Iterator[Candidate]:
    pks = kind.by_sound(words)
    for pk, name in kind.aliases().filter(**{f"{kind.field}__in": pks}).values_list(kind.field, "name"):
        if likeness([words], [name]) is not None or are_homophones(words, name):
            yield pk, name, How.SOUNDS
        elif is_typing_error(words, name):
            yield pk, name, How.SPELLED


def _misspelled(kind: _Kind, words: str) -> Iterator[Candidate]:
    """Latin names by their trigrams, Chinese ones with one character that is another."""
    if script_of(words) == "Hani":
        if patterns := one_character_off(name_key(words)):
            han = kind.aliases().filter(script="Hani").alias(spaced=Spaced("key"))
            found = han.filter(reduce(or_, (Q(spaced__regex=pattern) for pattern in patterns)))
            yield from _named(kind, found.order_by("id"), How.SPELLED)
        return
    lowered = kind.aliases().alias(lowered=Lower("name"))
    near = lowered.filter(lowered__trigram_word_similar=plain(words)).alias(
        near=TrigramWordSimilarity(plain(words), Lower("name"))
    )
    with transaction.atomic(), connection.cursor() as cursor:
        # A letter too few spoils three trigrams of a short name; what is not near after all is left out below.
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {_SIMILAR}")
        hits = list(_named(kind, near.order_by(F("near").desc(), "id"), How.SPELLED))
    yield from (hit for hit in hits if is_typing_error(words, hit[1]))


def _score(words: str, name: str, how: How) -> float:
    """How well the name fits: the way it does sets the range, likeness of the letters the place in it."""
    if how == How.WHOLE:
        return 100.0
    if how == How.SOUNDS:
        alike = likeness([words], [name])
        return 50 + 35 * (alike.strength if alike else are_homophones(words, name))
    alike_letters = fuzz.WRatio(words.lower(), name.lower()) / 100
    low, high = {How.BEGINS: (70, 95), How.WITHIN: (60, 90), How.SPELLED: (30, 80)}[how]
    return low + (high - low) * alike_letters


__all__ = ["Hit", "How", "companies_like", "people_like"]

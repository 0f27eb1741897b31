"""Which companies and people of the ledger a text names, and where.

Names are proposed by the reading engine and by runs of capitalised words; the ledger's whole names decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.mentions import Reading
from articles.extraction.names import is_full_name, name_key, script_of
from articles.extraction.organisations import gazetteer
from talent.models import Alias, Company, Person
from talent.resolve import company_key

# No text of twenty thousand characters names more; what stands behind is not looked up.
_MOST_FORMS = 3_000
_LONGEST_RUN = 4
_BEARERS = 200
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][A-Za-z0-9À-\u024f&.'’+-]*"
_CAPITALISED = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:{_CAPITAL}|of|de|van|von|\d+))*")
_DOTTED_HAN = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·・•‧][\u4e00-\u9fff]{1,8})+")
_EDGE = ".,;:'’\"-"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text, where it stands first and how often, and everybody in the ledger who goes by it."""

    name: str
    start: int
    count: int
    candidates: tuple[Any, ...]

    @property
    def is_open(self) -> bool:
        """Whether several go by the name."""
        return len(self.candidates) > 1


@dataclass(frozen=True, slots=True)
class Names:
    """The companies and the people whom a text names, in its order."""

    companies: tuple[Named, ...] = ()
    people: tuple[Named, ...] = ()


def names_in(text: str, reading: Reading | None) -> Names:
    """The names of the ledger in the text. Three queries."""
    forms = _forms(text, reading)
    bearers = _bearers(forms)
    places = _places(text, [form for form in forms if bearers.get(form)])
    named = {kind: _named(kind, bearers, places) for kind in (Company, Person)}
    return Names(companies=named[Company], people=named[Person])


# ------------------------------------------------------------------ what may be a name


def _forms(text: str, reading: Reading | None) -> dict[str, set[str]]:
    """Everything in the text that may be a name, with the keys by which it is looked up."""
    forms: dict[str, set[str]] = defaultdict(set)
    for form, key in _proposed(text, reading):
        if key and (form in forms or len(forms) < _MOST_FORMS):
            forms[form].add(key)
    return forms


def _proposed(text: str, reading: Reading | None) -> Iterator[tuple[str, str]]:
    for sentence in reading.sentences if reading else ():
        for organisation in sentence.organisations:
            form = text[organisation.start : organisation.end]
            yield form, name_key(form)
            yield form, company_key(organisation.name)
        for person in sentence.people:
            if not person.pronoun and is_full_name(form := text[person.start : person.end]):
                yield form, name_key(form)
    for match in _DOTTED_HAN.finditer(text):
        yield match.group(), name_key(match.group())
    for match in _CAPITALISED.finditer(text):
        for form in _runs(match.group().split()):
            if not _is_ambiguous(form):
                yield form, name_key(form)


def _runs(words: list[str]) -> Iterator[str]:
    """Every run of up to four of the words."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_RUN, len(words)) + 1):
            if form := " ".join(words[start:end]).strip(_EDGE):
                yield form


def _is_ambiguous(form: str) -> bool:
    """Whether the lexicon warns that the word need not be the firm: then the reading engine has to have found it."""
    known = gazetteer().get(form)
    return len(form) < 2 or (known is not None and known.ambiguous)


# ------------------------------------------------------------------ who goes by it


def _bearers(forms: dict[str, set[str]]) -> dict[str, list[Any]]:
    """Those who go by each form and may be seen, of merged companies the whole. Three queries."""
    keys = sorted({key for found in forms.values() for key in found})
    rows = list(
        Alias.objects.filter(key__in=keys)
        .order_by("id")
        .values_list("key", "name", "person_id", "company_id", "company__merged_into_id")
    )
    people = Person.objects.visible().in_bulk({person for _, _, person, _, _ in rows if person})
    companies = Company.objects.visible().in_bulk({whole or company for _, _, _, company, whole in rows if company})
    by_key: dict[str, dict[tuple[type[Any], int], Any]] = defaultdict(dict)
    for key, name, person, company, whole in rows:
        entity = people.get(person) if person else companies.get(whole or company)
        if entity is not None and (company or is_full_name(name)) and len(by_key[key]) < _BEARERS:
            by_key[key][type(entity), entity.pk] = entity
    return {
        form: list({place: entity for key in sorted(found) for place, entity in by_key[key].items()}.values())
        for form, found in forms.items()
    }


# ------------------------------------------------------------------ where it stands


def _places(text: str, forms: Iterable[str]) -> dict[str, list[int]]:
    """Where each form stands; of two that overlap the longer one counts."""
    known = sorted(forms)
    places: dict[str, list[int]] = defaultdict(list)
    if known:
        automaton = AhoCorasick(known, matchkind=MatchKind.LeftmostLongest)
        for index, start, end in automaton.find_matches_as_indexes(text):
            if _stands_alone(text, start, end):
                places[known[index]].append(start)
    return places


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no Latin letter goes on before or behind it."""
    if script_of(text[start:end]) == "Hani":
        return True
    return not (text[start - 1 : start].isascii() and text[start - 1 : start].isalnum()) and not (
        text[end : end + 1].isascii() and text[end : end + 1].isalnum()
    )


def _named(kind: type[Any], bearers: dict[str, list[Any]], places: dict[str, list[int]]) -> tuple[Named, ...]:
    """Names of one kind in the order of the text; forms that mean the same are one."""
    together: dict[tuple[int, ...], tuple[str, list[int], tuple[Any, ...]]] = {}
    for form, starts in sorted(places.items(), key=lambda item: item[1][0]):
        if entities := tuple(entity for entity in bearers[form] if isinstance(entity, kind)):
            together.setdefault(tuple(sorted(entity.pk for entity in entities)), (form, [], entities))[1].extend(starts)
    return tuple(Named(form, min(starts), len(starts), entities) for form, starts, entities in together.values())

"""Finds the people a Chinese article names: Han names, transliterations and Latin names, each with its other forms."""

from __future__ import annotations

from collections.abc import Iterable

from articles.extraction.zh.names.brackets import bracketed
from articles.extraction.zh.names.dotted import dotted
from articles.extraction.zh.names.han import han
from articles.extraction.zh.names.latin import latin
from articles.extraction.zh.names.persons import NameHit, Person, Register
from articles.extraction.zh.names.places import known, mentions
from articles.extraction.zh.names.surroundings import Surroundings

__all__ = ["NameHit", "Person", "Surroundings", "find_people", "with_names"]


def find_people(around: Surroundings) -> list[NameHit]:
    """Every mention of a person by name in ``around.text``, in order; pronouns are not its business."""
    people = Register()
    bracketed(around, people)
    dotted(around, people)
    latin(around, people)
    han(around, people)
    known(around, people)
    people.join_short_forms()
    return list(mentions(around, people))


def with_names(around: Surroundings, hits: Iterable[NameHit], names: Iterable[str]) -> list[NameHit]:
    """The people found, and those called by ``names``, everywhere in ``around.text`` and by their short forms, too."""
    people = Register()
    for hit in hits:
        people.by_form.update(dict.fromkeys((hit.person.name, *hit.person.forms), hit.person))
    for name in names:
        people.add(name)
    people.join_short_forms()
    return list(mentions(around, people))

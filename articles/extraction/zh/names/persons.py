"""The people of an article by every form of their names, and which short forms are whose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from articles.extraction.zh.names.surroundings import surnames

_HONORIFICS = ("总", "博士", "教授", "院士", "先生", "女士", "老师", "校长", "所长", "院长")
_PARTICLES = frozenset({"de", "De", "del", "van", "Van", "von", "der", "den", "la", "bin", "al", "el"})


@dataclass(slots=True)
class Person:
    """One human being of an article: every form of the name in the text."""

    name: str
    forms: list[str] = field(default_factory=list)

    def aliases(self) -> tuple[str, ...]:
        return tuple(form for form in self.forms if form != self.name)


@dataclass(frozen=True, slots=True)
class NameHit:
    start: int
    end: int
    person: Person


class Register:
    """The people found so far, by each form of their names."""

    def __init__(self) -> None:
        self.by_form: dict[str, Person] = {}

    def add(self, *forms: str) -> Person:
        person = next((self.by_form[f] for f in forms if f in self.by_form), None) or Person(name=forms[0])
        for form in forms:
            if self.by_form.setdefault(form, person) is person and form not in person.forms:
                person.forms.append(form)
        person.name = _fullest(person.forms)
        return person

    def join_short_forms(self) -> None:
        """Surnames and given names of full names, where only one person has them; Russ and Ruslan with one surname."""
        self._join_variants()
        owners: dict[str, list[Person]] = {}
        for person in self.people():
            for short in set(_short_forms(person.forms)):
                owners.setdefault(short, []).append(person)
        for short, people in owners.items():
            alone = self.by_form.get(short)
            if len(people) == 1 and (alone is None or alone.forms == [short]):
                self.by_form[short] = people[0]
                people[0].forms.append(short)

    def _join_variants(self) -> None:
        """One person for "Russ X" and "Ruslan X", and for a name with two letters swapped."""
        by_given: dict[str, list[Person]] = {}
        by_surname: dict[str, list[Person]] = {}
        for person in self.people():
            if person.name.count(" ") == 1:
                given, surname = person.name.split(" ")
                by_surname.setdefault(surname, []).append(person)
                by_given.setdefault(given, []).append(person)
        for first, *others in by_surname.values():
            for other in others:
                if first.name[:3] == other.name[:3]:
                    self._join(first, other)
        for first, *others in by_given.values():
            for other in others:
                if sorted(first.name) == sorted(other.name):
                    self._join(first, other)

    def _join(self, first: Person, other: Person) -> None:
        first.forms += [form for form in other.forms if form not in first.forms]
        self.by_form.update(dict.fromkeys(other.forms, first))

    def people(self) -> list[Person]:
        return list({id(p): p for p in self.by_form.values()}.values())


def _fullest(forms: Iterable[str]) -> str:
    """The Latin form with most words, else the longest form."""
    return max(forms, key=lambda form: (form.isascii() or "\u00c0" <= form[0] <= "\u024f", form.count(" "), len(form)))


def _short_forms(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        if " " in form and "·" not in form:
            parts = form.split(" ")
            yield from (p for p in (parts[0], parts[-1]) if len(p) > 2 and p[0].isupper() and p not in _PARTICLES)
            if len(parts) > 2 and parts[-2] in _PARTICLES:
                yield " ".join(parts[-2:])
        elif form[0] > "\u2e80" and "·" not in form and 2 <= len(form) <= 4:
            yield from _by_surname(form)
        elif "·" in form:
            parts = [part.strip() for part in form.split("·")]
            yield from (p for p in (parts[-1], parts[0]) if len(p) > 1 or (p == parts[-1] and p in surnames()))


def _by_surname(form: str) -> Iterator[str]:
    """欧阳, 王博士 and 王总 of 欧阳明 and 王明; 王 alone, which counts where it can be nothing else."""
    surname = form[:2] if form[:2] in surnames() and len(form) > 2 else form[:1]
    if surname in surnames():
        yield surname
        yield from (surname + honorific for honorific in _HONORIFICS)

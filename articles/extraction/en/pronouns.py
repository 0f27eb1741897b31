"""Whom "he" and "she" mean in an English article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.extraction.mentions import PersonMention, Sentence

_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]er|[Hh]is)\b")


@dataclass(slots=True)
class Person:
    """A human being as the article names them: the fullest form first met, and the others."""

    name: str
    aliases: set[str] = field(default_factory=set)

    def add(self, form: str) -> None:
        if form != self.name:
            self.aliases.add(form)

    def mention(self, start: int, end: int, *, pronoun: bool = False) -> PersonMention:
        return PersonMention(start, end, self.name, tuple(sorted(self.aliases)), pronoun=pronoun)


def resolve(sentences: Iterable[Sentence], people: dict[str, Person]) -> None:
    """Give "he" and "she" the person named last before them, the first of the sentence before where none is nearer."""
    last: str | None = None
    before: list[str] = []
    gender: dict[str, str] = {}
    for sentence in sentences:
        named = sentence.people
        mentions = list(named)
        for match in _PRONOUN.finditer(sentence.text):
            start = sentence.start + match.start()
            nearer = [m for m in named if m.end <= start]
            himself = match.group() == "him" and bool(nearer)
            ahead = None if nearer else _ahead(sentence, named, match.start())
            name = nearer[-1].name if himself else _antecedent(sentence, nearer, match.start()) or ahead or last
            sort = "f" if match.group().lower() in {"she", "her"} else "m"
            if name is not None and gender.get(name, sort) != sort:
                others = [m.name for m in reversed(nearer)] + before
                name = next((other for other in others if gender.get(other, sort) == sort), None)
            if name in people:
                gender.setdefault(name, sort)
                mentions.append(people[name].mention(start, start + len(match.group()), pronoun=True))
        mentions.sort(key=lambda mention: mention.start)
        sentence.people = mentions
        if named:
            last = _main(sentence, named).name
            before = [m.name for m in named]


# "Unlike the rival's chief Ada Byrne, who …, Cole is": of whom the sentence does not speak.
_BESIDE_TOPIC = re.compile(
    r"(?:But |And )?(?:Unlike|Like|Besides|Alongside|Apart from|In addition to|Along with|Compared with)\b"
)


def _main(sentence: Sentence, named: list[PersonMention]) -> PersonMention:
    """Whom the sentence is about: the first it names, but for one that a phrase before its subject sets beside."""
    if len(named) > 1 and _BESIDE_TOPIC.match(sentence.text):
        return named[-1] if len({m.name for m in named}) == 2 else named[1]
    return named[0]


_OPENS_CLAUSE = re.compile(r"(?:[\w’'-]+ ){0,4}?(?:after|when|before|since|while|once|although|until|as) ", re.I)


def _ahead(sentence: Sentence, named: list[PersonMention], position: int) -> str | None:
    """Whom "Weeks after Acme fired him, Byrne joined …" means: the subject of the main clause."""
    comma = sentence.text.find(", ", position)
    if comma < 0 or not _OPENS_CLAUSE.match(sentence.text):
        return None
    return next((m.name for m in named if m.start - sentence.start == comma + 2 and " " in m.name), None)


# "Byrne told Cole he would go" is said of Byrne.
_TOLD = re.compile(r"\b(?:told|tells|informed|assured|wrote to|texted|emailed)(?: [A-Z]\w+)? $")
_BREAK = re.compile(r"[,;:]|\b(?:and|but|while|as|that|when|after|before)\b")


def _antecedent(sentence: Sentence, nearer: list[PersonMention], position: int) -> str | None:
    """The person named last in the pronoun's own clause, else the first of the sentence."""
    if not nearer:
        return None
    between = sentence.text[nearer[-1].end - sentence.start : position]
    if (
        len(nearer) > 1
        and _TOLD.search(sentence.text, 0, nearer[-1].start - sentence.start)
        and not between.strip(" ,")
    ):
        return nearer[-2].name
    return nearer[-1].name if not _BREAK.search(between) or between.strip() == "announced that" else nearer[0].name

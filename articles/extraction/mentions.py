"""Who and what a text names: the mentions that the finders of claims join together."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.extraction.document import Document


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """``text[start:end]`` names an organisation. ``name`` is its canonical employer ("Google" for "Google Brain"
    only where the lexicon says the lab belongs to it), ``team`` the lab or team inside it; ``known`` is False
    where no lexicon holds it and only its context gave it away."""

    start: int
    end: int
    name: str
    team: str | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class PersonMention:
    """``text[start:end]`` refers to a person: by full name, surname, transliteration, pronoun or description.
    ``name`` is the fullest form in the article, ``aliases`` its other forms there."""

    start: int
    end: int
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    pronoun: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence's place in the text, with its mentions in order."""

    start: int
    end: int
    text: str
    paragraph: int = 0
    organisations: list[OrganisationMention] = field(default_factory=list)
    people: list[PersonMention] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """A document after it has been read once; the finders share it."""

    document: Document
    sentences: list[Sentence] = field(default_factory=list)

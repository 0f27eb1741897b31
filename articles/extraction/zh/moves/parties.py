"""The parties of a move: who goes, and the employers they leave and join."""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.claims import Cohort, PersonName
from articles.extraction.document import Span
from articles.extraction.mentions import OrganisationMention, PersonMention
from articles.extraction.zh.moves.drafts import Draft
from articles.extraction.zh.moves.scene import Token
from articles.extraction.zh.moves.titles import Post


@dataclass(frozen=True, slots=True)
class Who:
    """A person or an unnamed group in the place of a subject or an object."""

    token: Token
    person: PersonMention | None = None
    cohort: Cohort | None = None
    posts: tuple[Post, ...] = ()
    # Whether the person tells it in the first person.
    speaks: bool = False

    @property
    def name(self) -> str:
        return self.person.name if self.person else ""


@dataclass(frozen=True, slots=True)
class Place:
    """An employer in the place of an object; ``end`` is where what belongs to it ends."""

    organisation: OrganisationMention
    team: str | None
    start: int
    end: int


def person_name(who: Who) -> PersonName | None:
    return PersonName(who.person.name, who.person.aliases) if who.person else None


def key_of(who: Who) -> str:
    return Draft(person_name(who), who.cohort, None, None, "hire", Span(0, 0), 0, "", 0).who

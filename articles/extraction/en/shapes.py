"""The shapes that the English grammar builds: people, organisations and what ties them; tokens safe to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from articles.extraction.claims import Cohort
from articles.extraction.en.tokens import Token
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention
from articles.extraction.organisations import lookup


@dataclass(slots=True)
class Organisation:
    """An organisation as a phrase names it; ``name`` None is a venture without a name, ``word`` a noun to resolve
    ("the company"), ``team`` the part of it that is meant, ``owner`` whose it is ("Byrne's start-up")."""

    start: int
    end: int
    name: str | None
    team: str | None = None
    word: str | None = None
    known: bool = True
    owner: str | None = None


@dataclass(slots=True)
class Tie:
    """A person's bond to an organisation as a phrase tells it: a job now or before, or where they came from."""

    organisation: Organisation
    former: bool = False
    origin: bool = False


@dataclass(slots=True)
class Human:
    """One person or one unnamed group, with what the phrase says of them; ``again`` for one of a group just told of."""

    start: int
    end: int
    person: str | None = None
    pronoun: str | None = None
    cohort: Cohort | None = None
    plural: bool = False
    definite: bool = False
    again: bool = False
    role: str | None = None
    ties: list[Tie] = field(default_factory=list)


@dataclass(slots=True)
class Node:
    """A phrase or a single token; ``kind`` is H (people), O (organisation), T (time) or the token's tag."""

    kind: str
    start: int
    end: int
    low: str
    token: Token
    humans: list[Human] = field(default_factory=list)
    organisation: Organisation | None = None
    possessive: bool = False
    aside: bool = False


@cache
def lexical(file: str, key: str) -> frozenset[str]:
    return frozenset(table(f"en/{file}")[key])


AND = frozenset({"and", "&", "plus"})


class TokenView:
    """The tokens of one sentence, safe to look at beyond its ends."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.count = len(tokens)

    def tag(self, i: int) -> str:
        return self.tokens[i].tag if i < self.count else ""

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < self.count else ""

    @staticmethod
    def as_organisation(token: Token, start: int | None = None) -> Organisation:
        """The organisation that an ORG or CAP token names."""
        begin = token.start if start is None else start
        if isinstance(token.ref, OrganisationMention):
            return Organisation(begin, token.end, token.ref.name, token.ref.team)
        if (entry := lookup(token.text)) is not None:
            return Organisation(begin, token.end, entry.name, entry.team)
        return Organisation(begin, token.end, token.text, known=False)

"""One text looked up: its names, its statements, and the moves that connect those it names."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from articles.extraction import Document, extract
from articles.extraction.document import language_of
from articles.extraction.language import load
from talent.known.names import Named, Names, names_in
from talent.known.statements import Statement, statements_of
from talent.models import Move

MAX_CHARACTERS = 20_000
MAX_MOVES = 30
# Moves are looked for of so many people, and between so many companies, in the order of the text.
_PEOPLE, _COMPANIES = 50, 6


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a text: who is named, what it states, and the newest moves among those whom it names."""

    language: str
    companies: tuple[Named, ...]
    people: tuple[Named, ...]
    statements: tuple[Statement, ...]
    moves: tuple[Move, ...]

    def __bool__(self) -> bool:
        return bool(self.companies or self.people or self.statements)


def look_up(text: str) -> Known:
    """Reads a text of at most ``MAX_CHARACTERS`` and looks up what it names and states. At most ten queries."""
    text = text.replace("\0", " ")[:MAX_CHARACTERS]
    document = Document("", text, language_of(text))
    names = names_in(text, load(document.lang).read(document))
    statements = statements_of(text, extract(document))
    told = {fact.pk for statement in statements for fact in statement.facts if isinstance(fact, Move)}
    moves = tuple(move for move in _moves(names) if move.pk not in told)
    return Known(document.lang, names.companies, names.people, statements, moves)


def _moves(names: Names) -> list[Move]:
    """The newest moves of the people, and between the companies."""
    people = [person.pk for named in names.people for person in named.candidates][:_PEOPLE]
    companies = [company.pk for named in names.companies for company in named.candidates][:_COMPANIES]
    ways = [Q(person__in=people)] if people else []
    if len(companies) > 1:
        ways.append(Q(origin__in=companies, destination__in=companies))
    found = {move.pk: move for way in ways for move in Move.objects.for_list().filter(way)[:MAX_MOVES]}
    return sorted(found.values(), key=lambda move: (move.sort_date, move.pk), reverse=True)[:MAX_MOVES]

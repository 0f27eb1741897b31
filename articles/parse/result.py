"""What parsing gives: a plain value that can cross a process boundary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """What a document holds. ``text`` is as extracted, so that quotes are found again character for character.

    ``published_on`` is the day as printed; ``published_at`` the instant, midnight UTC where only a day is known.
    ``address`` is what the document says its own address is, or "".
    """

    text: str
    title: str
    author: str
    publisher: str
    published_at: datetime | None
    published_on: date | None
    modified_at: datetime | None
    language: str
    address: str
    # The addresses that the page gives for its AMP and mobile twins.
    twins: tuple[str, ...] = ()

"""The orchestrator of parsing: decides what the bytes are, has them read, tidies what was found. Pure."""

from __future__ import annotations

import re
from datetime import datetime

from articles.exceptions import NotADocument
from articles.parse import guard, page, plain
from articles.parse.charset import decode
from articles.parse.dates import Stamp
from articles.parse.language import language_of
from articles.parse.result import ParsedArticle

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def parse(
    body: bytes, content_type: str = "", address: str = "", *, retrieved_at: datetime | None = None
) -> ParsedArticle:
    """Reads an HTML page or a text file; NotADocument or TooLarge, with the reason, for everything else.

    Dates later than ``retrieved_at`` are not believed.
    """
    kind = guard.kind_of(body, content_type)
    decoded = _storable(decode(body, content_type))
    if kind == "html":
        guard.check_markup(decoded)
        found = page.read(decoded, address, latest=retrieved_at)
    else:
        found = plain.read(decoded, latest=retrieved_at)
    text = _storable(found.text)
    if not any(c.isalpha() for c in text):
        raise NotADocument("The document holds no words.")
    return ParsedArticle(
        text=text,
        title=_one_line(found.title),
        author=_one_line(found.author),
        publisher=_one_line(found.publisher)[:200],
        published_at=_instant(found.published),
        published_on=found.published.day if found.published else None,
        modified_at=_instant(found.modified),
        language=language_of(text, declared=found.language),
        address=found.address,
    )


def _storable(text: str) -> str:
    """The text with Unix line ends and without what PostgreSQL cannot hold."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n"))


def _one_line(text: str) -> str:
    return " ".join(_storable(text).split())[:1000]


def _instant(stamp: Stamp | None) -> datetime | None:
    return stamp.instant if stamp else None

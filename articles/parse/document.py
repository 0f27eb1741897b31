"""The orchestrator of parsing: decides what the bytes are, has them read, tidies what was found. Pure."""

from __future__ import annotations

import re
from datetime import datetime

from articles.exceptions import NotADocument
from articles.parse import guard, page, plain
from articles.parse.charset import decode
from articles.parse.dates import Stamp
from articles.parse.found import Found
from articles.parse.language import language_of
from articles.parse.result import ParsedArticle

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def parse(
    body: bytes, content_type: str = "", address: str = "", *, retrieved_at: datetime | None = None
) -> ParsedArticle:
    """Reads a page, text, PDF, EPUB, letter or saved page; NotADocument or TooLarge, with the reason, for all else.

    Dates later than ``retrieved_at`` are not believed.
    """
    found = _found(body, content_type, address, retrieved_at)
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
        twins=found.twins,
    )


def _found(body: bytes, content_type: str, address: str, latest: datetime | None) -> Found:
    kind = guard.kind_of(body, content_type)
    if kind == "html":
        decoded = _storable(decode(body, content_type))
        guard.check_markup(decoded)
        return page.read(decoded, address, latest=latest)
    if kind == "text":
        return plain.read(_storable(decode(body, content_type)), latest=latest)
    if kind == "pdf":
        # Only who reads one pays for the weight of these.
        from articles.parse import pdf

        return pdf.read(body, latest=latest)
    if kind == "epub":
        from articles.parse import epub

        return epub.read(body, latest=latest)
    from articles.parse import letters

    return letters.read(body, kind, latest=latest)


def _storable(text: str) -> str:
    """The text with Unix line ends and without what PostgreSQL cannot hold."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n"))


def _one_line(text: str) -> str:
    return " ".join(_storable(text).split())[:1000]


def _instant(stamp: Stamp | None) -> datetime | None:
    return stamp.instant if stamp else None

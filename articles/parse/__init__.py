"""Bytes in, text and metadata out. No database, no clock, no socket.

``parse`` runs in the calling process; for bytes that somebody else made, ``parse_safely`` runs it in one that can be
stopped, and keeps the parsers' weight out of this one.
"""

from __future__ import annotations

from datetime import datetime

from articles.parse.result import ParsedArticle
from articles.parse.sandbox import ParserFailed, parse_safely

__all__ = ["ParsedArticle", "ParserFailed", "parse", "parse_safely"]


def parse(
    body: bytes, content_type: str = "", address: str = "", *, retrieved_at: datetime | None = None
) -> ParsedArticle:
    """Reads an HTML page or a text file; NotADocument or TooLarge, with the reason, for everything else.

    Dates later than ``retrieved_at`` are not believed.
    """
    # Half a second and 60 MB of parsers: only for the processes that parse.
    from articles.parse import document

    return document.parse(body, content_type, address, retrieved_at=retrieved_at)

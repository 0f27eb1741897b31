"""The words that a reader asked for, marked where they stand in a quote."""

from __future__ import annotations

from markupsafe import Markup, escape

from talent.words import Asked, marked


def with_marks(quote: str, asked: Asked) -> Markup:
    """The quote with ``mark`` around what was asked for. Every piece is escaped by itself."""
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if hit else escape(piece) for piece, hit in marked(quote, asked)
    )

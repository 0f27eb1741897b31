"""What a page is called where others lead to it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from articles.models import Article
from talent.models import Entity
from talent.templatetags.names import own_name
from talent.templatetags.wording import sentence


def page_title(row: Any) -> str:
    """A fact as its sentence without links, a person or company by name, an article by title."""
    if isinstance(row, Article):
        return row.title or row.address
    if isinstance(row, Entity):
        return own_name(row)
    return Markup(sentence(row, attributed=False)).striptags()  # noqa: S704  # made by our own function, and stripped

"""What can go wrong between a claim and a page."""

from __future__ import annotations


class UngroundedQuote(Exception):
    """A claim's quote does not stand in the article's text; such a claim is never stored."""

    permanent = True

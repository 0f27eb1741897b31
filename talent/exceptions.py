"""What can go wrong between a claim and a page. ``permanent`` decides whether trying again can help."""

from __future__ import annotations


class UngroundedQuote(Exception):
    """A claim's quote does not stand in the article's text; such a claim is never stored."""

    permanent = True


class GaveUp(Exception):
    """Every try so far ended without a word: the worker died of it."""

    permanent = True


class LostLease(Exception):
    """The work took longer than the lease, and another worker was given the row: nothing may be written."""

    permanent = False

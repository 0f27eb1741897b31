"""What can go wrong between a claim and a page. ``permanent`` decides whether trying again can help."""

from __future__ import annotations

from collections.abc import Sequence


class UngroundedQuote(Exception):
    """A claim's quote does not stand in the article's text; such a claim is never stored."""

    permanent = True


class GaveUp(Exception):
    """Every try so far ended without a word: the worker died of it."""

    permanent = True


class LostLease(Exception):
    """The work took longer than the lease, and another worker was given the row: nothing may be written."""

    permanent = False


class Refused(Exception):
    """What an editor asks for cannot be done; the message says why, in the editor's language.

    ``judgements`` are what would have to be undone first, where it is that.
    """

    permanent = True

    def __init__(self, message: str, judgements: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.judgements = judgements


class Outdated(Exception):
    """Somebody changed what an editor had before them; ``decision`` is what they did, where an editor did it."""

    permanent = True

    def __init__(self, decision: object = None) -> None:
        super().__init__("changed since")
        self.decision = decision


class TooMany(Exception):
    """One sender has sent more in an hour than one person would."""

    permanent = False


class NeedsReason(Exception):
    """A decision that others must be able to follow was to be made without a word about why."""

    permanent = True

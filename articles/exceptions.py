"""What can go wrong with a document. ``permanent`` decides whether trying again can help."""

from __future__ import annotations


class IntakeError(Exception):
    """Something is wrong with one document; the text says what, and what to do."""

    permanent = True


class FetchError(IntakeError):
    """The address gave no usable answer for a passing reason."""

    permanent = False


class RefusedAddress(IntakeError):
    """The address must not be fetched: a private network, a strange port or scheme."""


class NotADocument(IntakeError):
    """The bytes hold no text to read: a picture, an empty file, a page without an article."""


class TooLarge(IntakeError):
    """The document is beyond what is accepted."""

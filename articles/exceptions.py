"""What can go wrong with a document. ``permanent`` decides whether trying again can help."""

from __future__ import annotations


class IntakeError(Exception):
    """Something is wrong with one document; the text says what, and what to do."""

    permanent = True
    # What the other side asked for, in seconds, where it named a time to come back.
    retry_after: float | None = None


class FetchError(IntakeError):
    """The address gave no usable answer for a passing reason."""

    permanent = False

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(IntakeError):
    """The server answered that the page is not there, or not for us."""


class Offline(IntakeError):
    """This installation was told not to use the network."""


class RefusedAddress(IntakeError):
    """The address must not be fetched: a private network, a strange port or scheme."""


class NotADocument(IntakeError):
    """The bytes hold no text to read: a picture, an empty file, a page without an article."""


class TooLarge(IntakeError):
    """The document is beyond what is accepted."""


class ParserStopped(IntakeError):
    """Reading the page took more time or memory than a page may take."""


class ArchiveDamaged(IntakeError):
    """The bytes of a snapshot are missing from the archive, or are no longer the bytes that were stored."""

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


class Gone(Unavailable):
    """The server answered that the page was taken away for good."""


class Busy(FetchError):
    """The server asks to be left alone for a while: everything of that host waits."""


class RobotsRefused(IntakeError):
    """The site's robots.txt asks programs like this one to leave the address alone."""


class Offline(IntakeError):
    """This installation was told not to use the network."""


class RefusedAddress(IntakeError):
    """The address must not be fetched: a private network, a strange port or scheme."""


class NotADocument(IntakeError):
    """The bytes hold no text to read: a picture, an empty file, a page without an article."""


class NotAFeed(IntakeError):
    """The bytes are no feed and no site map, or one that is built to harm."""


class TooLarge(IntakeError):
    """The document is beyond what is accepted."""


class ParserStopped(IntakeError):
    """Reading the page took more time or memory than a page may take."""


class ParserDied(ParserStopped):
    """The parsing process ended without a word: the page may have killed it, or the machine did; another try tells."""

    permanent = False


class ArchiveDamaged(IntakeError):
    """The bytes of a snapshot are missing from the archive, or are no longer the bytes that were stored."""


class ArchiveUnavailable(IntakeError):
    """The archive cannot be written or read just now: a full disk, a store that is away. No document's fault."""

    permanent = False
    at_home = True


class LostShard(IntakeError):
    """A part of a long job was given to another worker, or the job was stopped: nothing more of it may be written."""

    permanent = False


class FileElsewhere(IntakeError):
    """The file of a job is not where this machine looks for it; another may see it."""

    permanent = False

"""English: reads an article once, then finds the three kinds of claim in it."""

from __future__ import annotations

from articles.extraction.claims import CompensationClaim, MoveClaim, SignalClaim
from articles.extraction.document import Document
from articles.extraction.en.asides import without_asides
from articles.extraction.en.compensation import find_compensation
from articles.extraction.en.moves import find_moves
from articles.extraction.en.reader import EnglishReading, read
from articles.extraction.en.relevance import is_relevant
from articles.extraction.en.signals import find_signals
from articles.extraction.mentions import Reading


def english(reading: Reading) -> EnglishReading:
    """``reading`` as this folder made it; TypeError for another language's."""
    if not isinstance(reading, EnglishReading):
        raise TypeError(f"not an English reading: {type(reading).__name__}")
    return reading


class English:
    """The English half of the engine."""

    code = "en"

    def is_relevant(self, text: str) -> bool:
        """Whether any words of the text could carry a claim."""
        return is_relevant(text)

    def read(self, document: Document) -> EnglishReading:
        """Sentences with their people and organisations, pronouns and surnames resolved."""
        shorter, cuts = without_asides(document)
        reading = read(shorter)
        reading.cuts = cuts
        return reading

    def find_moves(self, reading: Reading) -> list[MoveClaim]:
        """Who moved where."""
        own = english(reading)
        moves = find_moves(own)
        return own.cuts.restored(moves) if own.cuts is not None else moves

    def find_compensation(self, reading: Reading) -> list[CompensationClaim]:
        """Who is paid what."""
        found, cuts = find_compensation(reading), english(reading).cuts
        return cuts.restored(found) if cuts is not None else found

    def find_signals(self, reading: Reading) -> list[SignalClaim]:
        """Signs of hiring and shrinking."""
        found, cuts = find_signals(reading), english(reading).cuts
        return cuts.restored(found) if cuts is not None else found


LANGUAGE = English()

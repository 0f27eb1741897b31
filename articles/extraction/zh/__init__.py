"""Chinese: the language's face to the engine."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick

from articles.extraction.claims import CompensationClaim, MoveClaim, SignalClaim
from articles.extraction.document import Document
from articles.extraction.lexicon import words
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.zh import compensation, moves, reader, signals


class Chinese:
    """Reads Chinese of either script."""

    code = "zh"

    def is_relevant(self, text: str) -> bool:
        return bool(_triggers().find_matches_as_indexes(text))

    def read(self, document: Document) -> Reading:
        return reader.read(document)

    def unknown_names(self, reading: Reading, sentence: Sentence) -> list[tuple[int, int]]:
        """None: the reader places every name it sees."""
        return []

    def find_moves(self, reading: Reading) -> list[MoveClaim]:
        return moves.find_moves(reader.as_chinese(reading))

    def find_compensation(self, reading: Reading) -> list[CompensationClaim]:
        return compensation.find_compensation(reading)

    def find_signals(self, reading: Reading) -> list[SignalClaim]:
        return signals.find_signals(reading)


@cache
def _triggers() -> AhoCorasick:
    return AhoCorasick(sorted(words("zh/triggers")))


LANGUAGE = Chinese()

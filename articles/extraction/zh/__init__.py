"""Chinese: the language's face to the engine."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick
from opencc import OpenCC

from articles.extraction.claims import CompensationClaim, MoveClaim, SignalClaim
from articles.extraction.document import Document
from articles.extraction.lexicon import table, words
from articles.extraction.mentions import Reading
from articles.extraction.zh import compensation, moves, reader, signals


class Chinese:
    """Reads Chinese of either script."""

    code = "zh"

    def is_relevant(self, text: str) -> bool:
        return bool(_triggers().find_matches_as_indexes(text))

    def read(self, document: Document) -> Reading:
        return reader.read(document)

    def find_moves(self, reading: Reading) -> list[MoveClaim]:
        return moves.find_moves(reader.as_chinese(reading))

    def find_compensation(self, reading: Reading) -> list[CompensationClaim]:
        return compensation.find_compensation(reading)

    def find_signals(self, reading: Reading) -> list[SignalClaim]:
        return signals.find_signals(reading)


# Kinds of verbs that tell moves; the others describe jobs and things as often.
_TELLING = (
    "join",
    "leave",
    "resign",
    "hire",
    "appoint",
    "take",
    "found",
    "venture",
    "return",
    "refuse",
    "remove",
    "next",
)


@cache
def _triggers() -> AhoCorasick:
    """The words without which a text makes no claim, in both scripts: the list's, and the verbs of moves."""
    moves = table("zh/moves")
    verbs = {word for kind in _TELLING for word in moves["verbs"][kind] if len(word) > 1}
    told = words("zh/triggers") | (verbs - set(moves["joins"]["common"]))
    traditional = OpenCC("s2tw").convert("\n".join(sorted(told))).split("\n")
    return AhoCorasick(sorted(told.union(traditional)))


LANGUAGE = Chinese()

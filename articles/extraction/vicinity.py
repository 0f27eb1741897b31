"""The sentences around a place, found without walking through the whole text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from articles.extraction.mentions import Reading, Sentence

# What is said of one thing in an article lies within this many sentences.
REACH = 100


def before(reading: Reading, position: int, *, most: int = REACH) -> Sequence[Sentence]:
    """The last ``most`` sentences that begin before ``position``, in order."""
    end = bisect_left(reading.sentences, position, key=_start)
    return reading.sentences[max(0, end - most) : end]


def after(reading: Reading, position: int, *, most: int = REACH) -> Sequence[Sentence]:
    """The first ``most`` sentences that begin after ``position``, in order."""
    start = bisect_right(reading.sentences, position, key=_start)
    return reading.sentences[start : start + most]


def around(reading: Reading, position: int, *, most: int = REACH) -> Sequence[Sentence]:
    """The sentences up to ``most`` before and after the one that begins at ``position``, in order."""
    start = bisect_left(reading.sentences, position, key=_start)
    return reading.sentences[max(0, start - most) : start + most]


def _start(sentence: Sentence) -> int:
    return sentence.start

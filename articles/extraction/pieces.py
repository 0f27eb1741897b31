"""Reads a text of any length piece by piece: no more than one piece is in memory, and time has a bound.

What no article is made of is passed over: stretches without any end of a sentence, and what is longer than a report.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from articles.extraction.claims import Claim, CompensationClaim, Extraction, MoveClaim, SignalClaim
from articles.extraction.document import Document, Span

logger = logging.getLogger(__name__)

# Texts up to this many characters are read whole; longer ones in pieces of at most as many. A Chinese character says as
# much as three letters, and takes as much memory to be read.
MOST = 200_000
MOST_CHINESE = 70_000
# Of a stretch without any end of a sentence or line only this many characters are read: it is no prose.
LONGEST_STRETCH = 20_000
# No report has more characters (a novel has), and none states more claims; what stands beyond is not read.
ENOUGH = 500_000
ENOUGH_CLAIMS = 4_000
# The end of a piece is looked for in its last part, this many characters long.
_SEAM = 20_000
_LINE_END = re.compile(r"\n\s*")
_SENTENCE_END = re.compile(r"(?:[。！？]|[.!?…](?=[\s”’\"')]))+[”’\"')]*\s*")
_STRETCH = re.compile(r"[^.。!！?？…\n]+")

_C = TypeVar("_C", bound=Claim)


def cuts(text: str, most: int = MOST) -> Iterator[tuple[int, int]]:
    """Ranges that cover the prose of ``text``, none longer than ``most``: cut at ends of lines, else of sentences,
    else anywhere."""
    for start, last in _prose(text):
        while last - start > most:
            end = _seam(text, start + max(most - _SEAM, most // 2), start + most)
            yield start, end
            start = end
        yield start, last


def _prose(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the text without what is too much of any stretch that never ends a sentence."""
    start = 0
    for stretch in _STRETCH.finditer(text) if len(text) > LONGEST_STRETCH else ():
        if stretch.end() - stretch.start() > LONGEST_STRETCH:
            yield start, stretch.start() + LONGEST_STRETCH
            start = stretch.end()
    if start < len(text) or not text:
        yield start, len(text)


def _seam(text: str, low: int, high: int) -> int:
    for pattern in (_LINE_END, _SENTENCE_END):
        ends = [match.end() for match in pattern.finditer(text, low, high)]
        if ends:
            return ends[-1]
    return high


def is_long(text: str, language: str = "en") -> bool:
    """Whether the text must be read in pieces."""
    return next(cuts(text, _most(language))) != (0, len(text))


def _most(language: str) -> int:
    return MOST_CHINESE if language == "zh" else MOST


def read(
    document: Document, is_relevant: Callable[[str], bool], claims_of: Callable[[Document], Extraction]
) -> Extraction:
    """What every piece claims, at its place in the whole text; what two pieces both say is said once."""
    moves: dict[Hashable, MoveClaim] = {}
    compensation: dict[Hashable, CompensationClaim] = {}
    signals: dict[Hashable, SignalClaim] = {}
    left = ENOUGH
    for start, end in cuts(document.text, _most(document.lang)):
        if left <= 0 or len(moves) + len(compensation) + len(signals) > ENOUGH_CLAIMS:
            logger.warning("%s is longer than any report: not read from character %d on", document.id, start)
            break
        text = document.text[start:end]
        if is_relevant(text):
            left -= len(text)
            found = claims_of(replace(document, text=text))
            _add(moves, found.moves, start)
            _add(compensation, found.compensation, start)
            _add(signals, found.signals, start)
    return Extraction(document.id, tuple(moves.values()), tuple(compensation.values()), tuple(signals.values()))


def _add(known: dict[Hashable, _C], claims: Iterable[_C], by: int) -> None:
    for claim in claims:
        known.setdefault(_content(claim), replace(claim, span=Span(claim.span.start + by, claim.span.end + by)))


def _content(claim: Claim) -> Hashable:
    """What two claims have in common that say the same."""
    if isinstance(claim, MoveClaim):
        who = claim.person.name if claim.person else claim.cohort
        ends = (claim.origin and claim.origin.org, claim.destination and claim.destination.org)
        return who, ends, claim.kind, claim.status in ("declined", "denied")
    return replace(claim, span=Span(0, 0), attribution=None, confidence=0.0)

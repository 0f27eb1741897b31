"""The words of an article that a page may show, cut so that each claim's quote can be marked in its place.

Of a text that is not ours only the quotes are shown, with a few sentences of context. Pure: text and spans in,
passages out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

# How much context a quote gets on either side, where the text belongs to somebody else: a further sentence, and
# only the rest of its own where quotes are so many that too much of the text would be shown.
CONTEXT_SENTENCES = 1
CONTEXT_CHARACTERS = 240
LARGEST_SHARE = 0.5
# Between two windows closer than this nothing is left out that would be worth a gap.
GAP_CHARACTERS = 3

_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』\"]*|\.[”’\"]*(?=\s)|\n+")


class Spanned(Protocol):
    """What marks need to know of a claim."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that the same claims quote; ``opening`` are those whose quote begins here."""

    text: str
    claims: tuple[Spanned, ...]
    opening: tuple[Spanned, ...]
    closing: tuple[Spanned, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs that stand together in the text; ``cut_before`` and ``cut_after`` say where something is left out."""

    paragraphs: list[list[Piece]]
    cut_before: bool
    cut_after: bool


def passages(text: str, claims: Sequence[Spanned], *, whole: bool) -> list[Passage]:
    """The whole text as one passage, or a passage for every neighbourhood of quotes."""
    kept = [c for c in claims if 0 <= c.start < c.end <= len(text)]
    windows = [(0, len(text))] if whole else _windows(text, kept, CONTEXT_SENTENCES)
    if not whole and sum(high - low for low, high in windows) > LARGEST_SHARE * len(text):
        windows = _windows(text, kept, 0)
    return [
        Passage(
            paragraphs=_paragraphs(text, low, high, kept),
            cut_before=bool(text[:low].strip()),
            cut_after=bool(text[high:].strip()),
        )
        for low, high in windows
    ]


def _windows(text: str, claims: Sequence[Spanned], sentences: int) -> list[tuple[int, int]]:
    """Each quote with its context; windows that meet become one."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted((_begin(text, c.start, sentences), _finish(text, c.end, sentences)) for c in claims):
        if merged and low - merged[-1][1] <= GAP_CHARACTERS:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _begin(text: str, start: int, sentences: int) -> int:
    """Where the context before a quote begins: some sentence ends back, but not too far."""
    floor = max(0, start - CONTEXT_CHARACTERS)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, floor, start)]
    if floor == 0 and len(ends) <= sentences:
        return 0
    return ends[-sentences - 1] if len(ends) > sentences else (ends[0] if ends else floor)


def _finish(text: str, end: int, sentences: int) -> int:
    """Where the context behind a quote ends: the rest of its sentence and some more, but not too far."""
    ceiling = min(len(text), end + CONTEXT_CHARACTERS)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, end, ceiling)]
    if len(ends) > sentences:
        return ends[sentences]
    return ceiling if ceiling == len(text) or not ends else ends[-1]


def _paragraphs(text: str, low: int, high: int, claims: Sequence[Spanned]) -> list[list[Piece]]:
    """The window's lines, each cut at every border of a quote, so that overlapping quotes share pieces."""
    lines = [(low + line.start(), low + line.end()) for line in re.finditer(r"[^\n]*\S[^\n]*", text[low:high])]
    cut = [_cut(start, end, claims) for start, end in lines]
    flat = [piece for pieces in cut for piece in pieces]
    first: dict[tuple[int, int], list[Spanned]] = {}
    last: dict[tuple[int, int], list[Spanned]] = {}
    for claim in claims:
        # A quote that runs over lines begins once and ends once.
        if inside := [piece for piece in flat if _covers(claim, piece)]:
            first.setdefault(inside[0], []).append(claim)
            last.setdefault(inside[-1], []).append(claim)
    return [
        [
            Piece(
                text=text[piece[0] : piece[1]],
                claims=tuple(c for c in claims if _covers(c, piece)),
                opening=tuple(first.get(piece, ())),
                closing=tuple(last.get(piece, ())),
            )
            for piece in pieces
        ]
        for pieces in cut
    ]


def _cut(low: int, high: int, claims: Sequence[Spanned]) -> list[tuple[int, int]]:
    borders = {low, high, *(b for c in claims for b in (c.start, c.end) if low < b < high)}
    return list(pairwise(sorted(borders)))


def _covers(claim: Spanned, piece: tuple[int, int]) -> bool:
    return claim.start <= piece[0] and claim.end >= piece[1]

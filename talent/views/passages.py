"""The words of an article that a page may show, cut so that each claim's quote can be marked in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from talent.excerpts import Spanned, windows


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
    return [
        Passage(
            paragraphs=_paragraphs(text, low, high, kept),
            cut_before=bool(text[:low].strip()),
            cut_after=bool(text[high:].strip()),
        )
        for low, high in windows(text, kept, whole=whole)
    ]


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

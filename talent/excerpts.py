"""Which stretches of an article's text a page or an answer may show. Pure but for the setting SHOW_TEXT.

Of a text that is not ours only the quotes are shown, with a few sentences of context.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from django.conf import settings

from articles.models import Source

# However long its sentences are, a quote gets no more context than this on either side; and only the rest of its own
# sentence where quotes are so many that too much of the text would be shown.
CONTEXT_CHARACTERS = 240
LARGEST_SHARE = 0.5
# Between two windows closer than this nothing is left out that would be worth a gap.
GAP_CHARACTERS = 3

_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』\"]*|\.[”’\"]*(?=\s)|\n+")

Window = tuple[int, int]


class Spanned(Protocol):
    """What marks need to know of a claim."""

    start: int
    end: int


def is_ours(source_kind: str) -> bool:
    """Whether texts of such an outlet may be shown whole to everybody: the project's own, or all of them by setting."""
    return source_kind == Source.Kind.SAMPLE or settings.SHOW_TEXT == "all"


def in_place(claim: Spanned, text: str, quote: str) -> bool:
    """Whether the quote stands where the claim says: only then its surroundings are its context."""
    return text[claim.start : claim.end] == quote


def windows(text: str, claims: Sequence[Spanned], *, whole: bool = False) -> list[Window]:
    """From where to where the text is shown: all of it, or each neighbourhood of quotes, in order."""
    if whole:
        return [(0, len(text))]
    kept = [c for c in claims if 0 <= c.start < c.end <= len(text)]
    found = _around(text, kept, settings.QUOTE_SENTENCES)
    if sum(high - low for low, high in found) > LARGEST_SHARE * len(text):
        return _around(text, kept, 0)
    return found


def _around(text: str, claims: Sequence[Spanned], sentences: int) -> list[Window]:
    """Each quote with its context; windows that meet become one."""
    merged: list[Window] = []
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

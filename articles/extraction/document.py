"""What the engine reads: an article's text with the few facts needed to understand it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[A-Za-z]")

# One Chinese character carries about as much as this many Latin letters.
_HAN_WEIGHT = 3


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters ``text[start:end]`` (code points, not bytes)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}..{self.end}")

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One article. ``lang`` is the code of a language folder; "" asks ``language_of`` to decide."""

    id: str
    text: str
    lang: str = ""
    title: str = ""
    published: date | None = None
    url: str | None = None

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]


def language_of(text: str) -> str:
    """The code "zh" where Han characters carry the text, else "en"; looks at the first 20,000 characters."""
    head = text[:20_000]
    han = sum(1 for _ in _HAN.finditer(head))
    latin = sum(1 for _ in _LETTER.finditer(head))
    return "zh" if han * _HAN_WEIGHT > latin else "en"

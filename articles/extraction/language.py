"""What a language must give the engine. A language is a folder of this package named by its code.

``load("en")`` imports ``articles.extraction.en`` and returns its ``LANGUAGE``; adding a folder adds a language.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from articles.extraction.claims import CompensationClaim, MoveClaim, SignalClaim
from articles.extraction.document import Document
from articles.extraction.mentions import Reading


class Language(Protocol):
    """Reads a document once, then finds the three kinds of claim in what it read."""

    code: str

    def is_relevant(self, text: str) -> bool:
        """False where the text holds no word that any claim could hang on; costs one scan, no regular expression."""
        ...

    def read(self, document: Document) -> Reading:
        """Sentences with their people and organisations, pronouns and surnames resolved."""
        ...

    def find_moves(self, reading: Reading) -> list[MoveClaim]: ...

    def find_compensation(self, reading: Reading) -> list[CompensationClaim]: ...

    def find_signals(self, reading: Reading) -> list[SignalClaim]: ...


@cache
def load(code: str) -> Language:
    """The language of that code; ValueError where there is no such folder."""
    name = f"articles.extraction.{code}"
    known = code.isidentifier() and find_spec(name) is not None
    language: Language | None = getattr(import_module(name), "LANGUAGE", None) if known else None
    if language is None:
        raise ValueError(f"no language folder for {code!r}: add one, or give the text another language")
    return language

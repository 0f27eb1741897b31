"""The one orchestrator of the rule engine: document in, extraction out.

It must not know any language; what differs between languages lives in their folders.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from articles.extraction import pieces
from articles.extraction.claims import Extraction
from articles.extraction.confidence import calibrated
from articles.extraction.document import Document, language_of
from articles.extraction.language import Language, load

# Changes whenever the same text could give other claims; stored with every claim.
ENGINE_VERSION = "rules-5"


def extract(document: Document) -> Extraction:
    """Every claim that ``document`` makes, each with its calibrated confidence; ValueError for an unknown language."""
    return calibrated(found_by_rules(document), document)


def found_by_rules(document: Document) -> Extraction:
    """The claims as the rules of the language make them, with no more confidence than each rule deserves."""
    if not document.lang:
        document = replace(document, lang=language_of(document.text))
    language = load(document.lang)
    if pieces.is_long(document.text, document.lang):
        return pieces.read(document, language.is_relevant, partial(_claims, language))
    if not language.is_relevant(document.text):
        return Extraction(id=document.id)
    return _claims(language, document)


def _claims(language: Language, document: Document) -> Extraction:
    reading = language.read(document)
    return Extraction(
        id=document.id,
        moves=tuple(language.find_moves(reading)),
        compensation=tuple(language.find_compensation(reading)),
        signals=tuple(language.find_signals(reading)),
    )

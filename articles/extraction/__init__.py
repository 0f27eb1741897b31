"""Text in, claims out: pure Python that knows nothing of Django, a database or a clock.

``extract(document)`` is the whole promise; everything else in this package serves it.
"""

from articles.extraction.claims import (
    Attribution,
    Cohort,
    CompensationClaim,
    Extraction,
    MoveClaim,
    MoveEnd,
    PersonName,
    SignalClaim,
)
from articles.extraction.document import Document, Span
from articles.extraction.extract import ENGINE_VERSION, extract

__all__ = [
    "ENGINE_VERSION",
    "Attribution",
    "Cohort",
    "CompensationClaim",
    "Document",
    "Extraction",
    "MoveClaim",
    "MoveEnd",
    "PersonName",
    "SignalClaim",
    "Span",
    "extract",
]

"""What a reader of one kind of document hands back."""

from __future__ import annotations

from dataclasses import dataclass

from articles.parse.dates import Stamp


@dataclass(frozen=True, slots=True)
class Found:
    """Text and metadata before they are tidied; "" and None where the document does not say."""

    text: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    published: Stamp | None = None
    modified: Stamp | None = None
    language: str = ""
    address: str = ""
    twins: tuple[str, ...] = ()

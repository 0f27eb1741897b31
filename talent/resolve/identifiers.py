"""Identifiers that outlive any rebuild: short hashes of our own, and Wikidata's."""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode

ID_LENGTH = 12
_WIKIDATA = re.compile(r"Q[1-9]\d{0,18}")


def public_id(seed: str) -> str:
    """A short stable identifier: the first 60 bits of SHA-256 of ``seed`` in lower-case base32."""
    return b32encode(hashlib.sha256(seed.encode()).digest()).decode().lower()[:ID_LENGTH]


def is_wikidata(text: str) -> bool:
    """Whether the text is an identifier of Wikidata; our own never hold a capital letter."""
    return _WIKIDATA.fullmatch(text) is not None

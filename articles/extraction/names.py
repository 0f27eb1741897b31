"""Names as keys: two spellings of one name give one key, whatever their width, case, accents or script variant."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

_NOT_WORD = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[^\W\d_]", re.ASCII)
_DOTS = "·・•‧∙"


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """NFKC, case folded, without accents, spaces and punctuation, traditional Han turned simplified; "" for no letters.

    For comparing and looking up only: a key is never shown and never stands in a quote.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    key = _NOT_WORD.sub("", bare)
    return _simplifier().convert(key) if _HAN.search(key) else key


def script_of(name: str) -> str:
    """ISO 15924 code of what a name is written in: "Hani", "Latn", or "Zyyy" where neither carries it."""
    if _HAN.search(name):
        return "Hani"
    return "Latn" if _LATIN.search(unicodedata.normalize("NFKD", name)) else "Zyyy"


def is_full_name(name: str) -> bool:
    """Whether a form can stand for one person by itself: two Latin words, or a Han name with a dot or 2-4 characters.

    A bare transliterated surname (瓦尔科) cannot be told from a Chinese name by its letters; callers that know the
    Latin form must not use undotted Han forms as identity.
    """
    if script_of(name) == "Hani":
        return any(dot in name for dot in _DOTS) or 2 <= len(_NOT_WORD.sub("", name)) <= 4
    return len([w for w in re.split(r"[\s.]+", name.strip()) if len(w) > 1]) >= 2


def identity_keys(name: str, aliases: tuple[str, ...] | list[str] = ()) -> list[str]:
    """Keys that may identify the person called ``name`` in one article, sorted; bare surnames are left out."""
    forms = [name, *aliases]
    if script_of(name) != "Hani":
        forms = [f for f in forms if script_of(f) != "Hani" or any(dot in f for dot in _DOTS)]
    return sorted({name_key(f) for f in forms if is_full_name(f)} - {""}) or [name_key(name)]

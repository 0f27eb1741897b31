"""Which language a text is written in, as a two-letter code."""

from __future__ import annotations

import re

from articles.extraction.document import language_of as _main_script

_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    ("the", "of", "and", "to", "in", "a", "is", "that", "for", "on", "with", "as", "was", "it", "at", "by", "from",
     "has", "he", "his", "be", "are", "its", "an", "have", "said", "who", "will", "not")
)  # fmt: skip
# In English prose these words are a third of all; in other languages hardly one in twenty.
_ENGLISH_SHARE = 0.15


def language_of(text: str, *, declared: str = "") -> str:
    """The language of the text; ``declared`` (``en-GB``) decides only where the text is too short to tell."""
    head = text[:6000]
    if _main_script(head) == "zh":
        return "ja" if len(_KANA.findall(head)) * 10 > len(head) else "zh"
    words = [word.lower() for word in _WORD.findall(head)]
    if words and sum(word in _ENGLISH for word in words) / len(words) >= _ENGLISH_SHARE:
        return "en"
    if len(words) < 20 and not _HANGUL.search(head):
        return declared[:2].lower() or "en"
    return _classified(head)


def _classified(text: str) -> str:
    # Its model takes half a second and 70 MB to load; English and Chinese articles never need it.
    import py3langid

    code: str = py3langid.classify(text)[0]
    return code

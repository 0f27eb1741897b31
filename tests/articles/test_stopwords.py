"""justext's stop words in little memory: the same words, and what asks for them asks these."""

from __future__ import annotations

from typing import Any

import trafilatura.external
from justext.utils import get_stoplist  # type: ignore[import-untyped]

from articles.parse import stopwords


def test_it_holds_the_words_that_it_was_given_and_no_others() -> None:
    words = {word.lower() for language in ("English", "Czech", "Arabic") for word in get_stoplist(language)}
    kept = stopwords.Words(words)
    assert len(kept) == len(words)
    assert all(word in kept for word in words)
    assert not any(f"{word}q7" in kept for word in words)


def test_pages_are_judged_by_the_words_of_all_languages() -> None:
    stopwords.install()
    words: Any = trafilatura.external.JT_STOPLIST
    assert all(word in words for word in ("the", "und", "что"))
    assert "zzyzx" not in words
    assert not isinstance(words, tuple)

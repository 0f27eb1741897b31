"""The plain wording of a Chinese sentence, and the clauses that its marks part."""

from __future__ import annotations

import re

from articles.extraction.document import Span
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.zh.plain import plain
from articles.extraction.zh.reader import ChineseReading

_MARK = re.compile(r"[,，;；。:：!！?？\n]|——")
_OUTER = " \t\n,，;；、:："


def wording(reading: Reading, sentence: Sentence) -> str:
    """The sentence in simplified characters and one form of each mark; every offset is the text's."""
    if isinstance(reading, ChineseReading):
        return reading.plain[sentence.start : sentence.end]
    return plain(sentence.text)


def clause(text: str, start: int, end: int) -> Span:
    """``start..end`` widened to the marks around it (offsets in ``text``); commas inside numbers are none."""
    left = 0
    for mark in _MARK.finditer(text, 0, start):
        if not _inside_number(text, mark):
            left = mark.end()
    right = next((m.start() for m in _MARK.finditer(text, end) if not _inside_number(text, m)), len(text))
    return trimmed(text, left, right)


def trimmed(text: str, start: int, end: int) -> Span:
    """Without blanks and commas at either edge."""
    while start < end and text[start] in _OUTER:
        start += 1
    while end > start and text[end - 1] in _OUTER:
        end -= 1
    return Span(start, end)


def _inside_number(text: str, mark: re.Match[str]) -> bool:
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return mark[0] in ",，" and before.isdigit() and after.isdigit()

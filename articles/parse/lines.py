"""Paragraphs again from lines that were broken to fit a page or a screen, in either script."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A hyphen at the end of a line: one that was put there to break the word, or one that belongs to it.
BROKEN = "\x02"
_HYPHEN_END = re.compile(r"(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)(?P<hyphen>[-\u2010\xad\x02])$")
_WORD_START = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?。！？…:：][\"'”’」』)）]*$")
_EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


def ends_sentence(line: str) -> bool:
    """Whether a paragraph may end with this line."""
    return bool(_SENTENCE_END.search(line.rstrip()))


def joined(lines: Sequence[str], *, known: frozenset[str] = frozenset()) -> str:
    """One paragraph of several lines; ``known`` are the words of the whole text, which tell hyphens apart."""
    text = ""
    for line in lines:
        text = _with(text, line.strip(), known) if text else line.strip()
    return text.replace(BROKEN, "-")


def words_of(text: str) -> frozenset[str]:
    """The words and compounds that stand within the lines of a text, in lower case."""
    return frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![-\w])", text.lower()))


def _with(text: str, line: str, known: frozenset[str]) -> str:
    if match := _HYPHEN_END.search(text):
        rest = _WORD_START.match(line)
        if rest is not None:
            head = text[: match.start("hyphen")]
            return head + ("-" if _keeps_hyphen(match["word"], rest[0], match["hyphen"], known) else "") + line
    if not line or _EAST_ASIAN.match(text[-1]) or _EAST_ASIAN.match(line[0]):
        return text + line
    return f"{text} {line}"


def _keeps_hyphen(head: str, rest: str, hyphen: str, known: frozenset[str]) -> bool:
    """Whether the hyphen is the word's own: as it is written elsewhere in the text, else by its looks."""
    if hyphen == "\xad":
        return False
    whole = f"{head.rpartition('-')[2]}{rest}".lower()
    if whole in known:
        return False
    if f"{head}-{rest}".lower() in known:
        return True
    return "-" in head or rest[0].isupper()

"""Employers that no list holds: names with the ending of a firm, and the short forms the text gives them."""

from __future__ import annotations

import re
from dataclasses import replace

from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Reading, Sentence
from articles.extraction.patterns import either
from articles.extraction.zh.clauses import wording
from articles.extraction.zh.reader import ChineseReading

_WORDS = table("zh/firms")
_NOT_NAMES = frozenset(_WORDS["not_names"])
_OPENERS = frozenset(_WORDS["openers"])

_ENDING = re.compile(either(_WORDS["endings"]))
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Names are gathered from this much of a text.
_HORIZON = 30_000
_LONGEST_STEM = 4
# An edge counts as much as one occurrence more.
_EDGE = 2


def with_firms(reading: Reading) -> Reading:
    """The reading with a mention wherever the text names such an employer, in full or in short."""
    plain = reading.plain if isinstance(reading, ChineseReading) else reading.document.text
    names = _firms(f"{reading.document.title}\n{plain[:_HORIZON]}", _known(reading))
    if not names:
        return reading
    pattern = re.compile(either(names))
    return replace(reading, sentences=[_enriched(reading, sentence, pattern, names) for sentence in reading.sentences])


def _known(reading: Reading) -> dict[str, str]:
    """The lexicon's organisations as the text writes them: their short forms are found here too."""
    found = {}
    for sentence in reading.sentences:
        for o in sentence.organisations:
            if o.known:
                found[sentence.text[o.start - sentence.start : o.end - sentence.start]] = o.name
    return found


def _firms(text: str, known: dict[str, str]) -> dict[str, str]:
    """Every form of a firm's name in the text, with its fullest form."""
    names: dict[str, str] = {}
    for match in _ENDING.finditer(text):
        stem = _stem(text, match.start())
        full = stem + match[0]
        if stem and full not in known:
            names[full] = full
            if len(stem) > 1 and text.count(stem) > text.count(full) and stem not in known:
                names[stem] = full
    return names


def _stem(text: str, end: int) -> str:
    """The name before an ending: of two to four characters the ones that recur most or begin after an edge."""
    best, best_score = "", (_EDGE + 1, 0)
    for length in range(2, _LONGEST_STEM + 1):
        start = end - length
        stem = text[max(0, start) : end]
        if (
            start < 0
            or not all(_HAN.match(c) for c in stem)
            or any(w in stem if len(w) > 1 else stem.startswith(w) or stem.endswith(w) for w in _NOT_NAMES)
        ):
            break
        before = text[start - 1] if start else "\n"
        edge = not _HAN.match(before) or before in _OPENERS
        count = text.count(stem)
        score = (2 * count + _EDGE * edge, count)
        if not set(stem) & _OPENERS and score > best_score:
            best, best_score = stem, score
    return best


def _enriched(reading: Reading, sentence: Sentence, pattern: re.Pattern[str], names: dict[str, str]) -> Sentence:
    text = wording(reading, sentence)
    places = [(m.start() + sentence.start, m.end() + sentence.start, m[0]) for m in pattern.finditer(text)]
    if not places:
        return sentence
    own = [
        replace(o, known=True, name=names[o.name]) if o.name in names else o
        for o in sentence.organisations
        if o.known or o.name in names or not any(o.start < e and s < o.end for s, e, _ in places)
    ]
    found = [
        OrganisationMention(s, e, names[name])
        for s, e, name in places
        if not any(o.start < e and s < o.end for o in own)
    ]
    people = [p for p in sentence.people if not any(f.start < p.end and p.start < f.end for f in found)]
    return replace(sentence, organisations=sorted([*own, *found], key=lambda m: m.start), people=people)

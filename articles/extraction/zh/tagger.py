"""Tags the characters of a Chinese text as parts of people's and organisations' names, by a learned linear chain.

It sees what the grammar of names found, the words of the segmenter, and the characters around; where the grammar
missed a name or took a word for one, the chain decides. Latin words count as one character. Without weights it has
no opinion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from articles.extraction import linear
from articles.extraction.lexicon import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "zh/tagger"
# Outside; first and later parts of a person's and of an organisation's name.
TAGS = ("O", "BP", "IP", "BG", "IG")
_UNIT = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*|\d+|[^\s]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_EDGE = "⌂"
# How far a name's tags must on average be ahead of "outside", for a person (True) and an organisation (False).
_MARGIN = {True: 0.0, False: 14.0}


@dataclass(frozen=True, slots=True)
class Unit:
    """A character, or a Latin word or a number, at ``text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """``text[start:end]`` names a person or an organisation."""

    start: int
    end: int
    person: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """What the grammar took ``start..end`` for: "P" a person, "G" an organisation, "K" one of the lexicon."""

    start: int
    end: int
    kind: str


def units(text: str) -> list[Unit]:
    return [Unit(m.start(), m.end(), m[0]) for m in _UNIT.finditer(text)]


def features(found: Sequence[Unit], segments: Sequence[tuple[str, str]], hints: Iterable[Hint]) -> list[list[str]]:
    """What the model looks at for each unit; ``segments`` are the segmenter's words with their tags, in order."""
    inside = _segment_of(found, segments)
    hinted = _hint_of(found, hints)
    shown = [_EDGE, _EDGE, *(_shown(unit.text) for unit in found), _EDGE, _EDGE]
    rows = []
    for i in range(len(found)):
        a, b, c, d, e = shown[i : i + 5]
        place, word, tag = inside[i]
        before = inside[i - 1] if i else ("", "", "")
        after = inside[i + 1] if i + 1 < len(inside) else ("", "", "")
        rows.append(
            [
                f"0:{c}", f"-1:{b}", f"-2:{a}", f"+1:{d}", f"+2:{e}",
                f"-1,0:{b}{c}", f"0,+1:{c}{d}", f"-2,-1:{a}{b}", f"+1,+2:{d}{e}", f"-1..1:{b}{c}{d}",
                f"0..2:{c}{d}{e}", f"-2..0:{a}{b}{c}",
                f"word:{word}", f"place:{place},{len(word)}", f"tag:{tag},{place}",
                f"tags:{before[2]},{tag},{after[2]}",
                f"before:{before[1]}", f"after:{after[1]}", f"hint:{hinted[i]}",
                f"hints:{hinted[i - 1] if i else ''},{hinted[i]},{hinted[i + 1] if i + 1 < len(hinted) else ''}",
                f"hint,tag:{hinted[i]},{tag},{place}", f"surname:{c in _surnames()},{b in _surnames()},{place}",
                f"surname2:{b + c in _surnames()},{c + d in _surnames()}",
                f"script:{_script(b)}{_script(c)}{_script(d)}",
            ]
        )  # fmt: skip
    return rows


def names(text: str, segments: Sequence[tuple[str, str]], hints: Sequence[Hint]) -> list[Name] | None:
    """The names in ``text`` that the model is sure of, in order; None without weights."""
    import numpy as np

    chain = load()
    found = units(text)
    if chain is None or not found:
        return None
    rows = np.array([linear.rows_of(row) for row in features(found, segments, hints)])
    scores = chain.emission[rows].sum(axis=1)
    tags = chain.decode(scores)
    margins = scores[np.arange(len(tags)), tags] - scores[:, 0]
    return [name for name, first, last in _runs(found, tags) if margins[first:last].mean() >= _MARGIN[name.person]]


def spans(found: Sequence[Unit], tags: Sequence[int]) -> list[Name]:
    """Runs of tags as names."""
    return [name for name, _, _ in _runs(found, tags)]


def _runs(found: Sequence[Unit], tags: Sequence[int]) -> list[tuple[Name, int, int]]:
    """Runs of tags as names, with the units they span; an inner part without a first one begins a name too."""
    result: list[tuple[Name, int, int]] = []
    previous = ""
    for index, (unit, tag) in enumerate(zip(found, tags, strict=True)):
        kind = TAGS[tag]
        if kind[0] == "I" and previous[1:] == kind[1:]:
            last, first, _ = result[-1]
            result[-1] = Name(last.start, unit.end, last.person), first, index + 1
        elif kind != "O":
            result.append((Name(unit.start, unit.end, kind[1] == "P"), index, index + 1))
        previous = kind if kind != "O" else ""
    return result


class Chain:
    """Weights of single units, and of tags that follow one another."""

    def __init__(self, emission: NDArray[Any], transition: NDArray[Any]) -> None:
        self.emission, self.transition = emission, transition

    def decode(self, scores: NDArray[Any]) -> list[int]:
        """The best sequence (Viterbi) for scores of shape (units, tags); linear in the number of units."""
        import numpy as np

        best, back = scores[0], []
        for score in scores[1:]:
            paths = best[:, None] + self.transition
            back.append(paths.argmax(axis=0))
            best = paths.max(axis=0) + score
        tags = [int(np.argmax(best))]
        for pointers in reversed(back):
            tags.append(int(pointers[tags[-1]]))
        return tags[::-1]


@cache
def load() -> Chain | None:
    """The learned chain; None where it has not been trained. The last row of the table holds the transitions."""
    path = linear.path_of(MODEL)
    if not path.exists():
        return None
    table = linear.read(path, extra=len(TAGS))
    return Chain(table[: -len(TAGS)], table[-len(TAGS) :])


def _shown(text: str) -> str:
    if text[0].isdigit():
        return "9"
    return "Aa" if _LATIN.match(text) else text


def _script(text: str) -> str:
    if text in (_EDGE, "9", "Aa"):
        return text
    return "汉" if "\u3400" <= text <= "\u9fff" else text


def _segment_of(found: Sequence[Unit], segments: Sequence[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """For each unit: its place in its word (begin, middle, end, single), the word, and its tag."""
    result = []
    position, at = 0, 0
    bounds = []
    for word, tag in segments:
        bounds.append((position, position + len(word), word, tag))
        position += len(word)
    for unit in found:
        while at < len(bounds) - 1 and bounds[at][1] <= unit.start:
            at += 1
        start, end, word, tag = bounds[at] if bounds else (unit.start, unit.end, unit.text, "x")
        first, last = unit.start <= start, unit.end >= end
        place = "S" if first and last else "B" if first else "E" if last else "M"
        result.append((place, word, tag))
    return result


def _hint_of(found: Sequence[Unit], hints: Iterable[Hint]) -> list[str]:
    """For each unit what the grammar took it for, and whether it is the first of the name; "" for nothing."""
    ordered = sorted(hints, key=lambda hint: hint.start)
    result, at = [], 0
    for unit in found:
        while at < len(ordered) and ordered[at].end <= unit.start:
            at += 1
        if at < len(ordered) and ordered[at].start < unit.end:
            result.append(("B" if ordered[at].start >= unit.start else "I") + ordered[at].kind)
        else:
            result.append("")
    return result


@cache
def _surnames() -> frozenset[str]:
    return words("zh/surnames")

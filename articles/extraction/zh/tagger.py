"""Tags the characters of a Chinese text as parts of people's and organisations' names, by a learned linear chain.

It sees what the grammar of names found, the words of the segmenter, and the characters around; where the grammar
missed a name or took a word for one, the chain decides. Latin words count as one character. Without weights it has
no opinion.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ahocorasick_rs import AhoCorasick

from articles.extraction import linear
from articles.extraction.lexicon import table, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "zh/tagger"
# A character, or a Latin word or a number: where it starts and ends.
Unit = tuple[int, int]
# Outside; first and later parts of a person's and of an organisation's name.
TAGS = ("O", "BP", "IP", "BG", "IG")
_UNIT = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*|\d+|[^\s]")
# Stands for what is beyond the edges of the text.
_EDGE = 1
_HAN = (0x3400, 0x9FFF)
_MULTIPLIER = 0xFF51AFD7ED558CCD
# What a hint can say.
_KINDS = "PGK"
_ALL = range(len(TAGS))
# So far ahead of every other tag, "outside" is never overruled by the tags beside it.
_SURE = 20.0
# How far a name's tags must on average be ahead of "outside": a person's, an organisation's, and one in Latin letters,
# which may as well be a product's.
_PERSON, _FIRM, _LATIN_FIRM = 10.0, 12.0, 14.0


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
    """Where each character stands; a Latin word or a number counts as one."""
    return [match.span() for match in _UNIT.finditer(text)]


def features(
    text: str, found: Sequence[Unit], segments: Sequence[tuple[str, str]], hints: Iterable[Hint]
) -> NDArray[Any]:
    """The rows of the weights for each unit; ``segments`` are the segmenter's words with their tags, in order."""
    import numpy as np

    return np.stack(list(_columns(text, found, segments, hints)), axis=1)


def _columns(
    text: str, found: Sequence[Unit], segments: Sequence[tuple[str, str]], hints: Iterable[Hint]
) -> Iterator[NDArray[Any]]:
    """The same, one feature after the other: of a long text all at once would take much memory.

    A feature is a few whole numbers hashed together, for all units at once: characters around, the word with its place
    and tag, what the grammar took it for, and whether surnames stand there.
    """
    import numpy as np

    starts, ends = np.array(found, np.int64).T
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)[starts].astype(np.uint64)
    shown = np.full(len(found) + 4, _EDGE, np.uint64)
    shown[2:-2] = _shown(codes)
    a, b, c, d, e = (shown[i : i + len(found)] for i in range(5))
    word, size, tag, place = _segment_of(starts, ends, segments)
    hint = _hint_of(starts, ends, hints)
    script = np.where((shown >= _HAN[0]) & (shown <= _HAN[1]), np.uint64(9), shown)
    surname, double = _is_surname(shown)
    n = len(found)
    opens, closes = _edges_of(text, starts)
    led = opens * np.uint64(4) + surname[2 : n + 2] * np.uint64(2) + double[2 : n + 2]
    parts: list[tuple[NDArray[Any], ...]] = [
        (c,), (b,), (d,), (b, c), (c, d), (a, b), (d, e), (b, c, d),
        (word,), (tag, place, size), (_moved(tag, 1), tag, _moved(tag, -1)),
        (_moved(word, 1),), (_moved(word, -1),), (_moved(hint, 1), hint, _moved(hint, -1)),
        (hint, tag, place), (surname[2 : n + 2], surname[1 : n + 1], place, double[1 : n + 1], double[2 : n + 2]),
        (script[1 : n + 1], script[2 : n + 2], script[3 : n + 3]),
        (led, _moved(closes, -2)), (led, _moved(closes, -3)), (_moved(led, 1), _moved(closes, -1)),
        (_moved(led, 1), _moved(closes, -2)), (_moved(led, 2), _moved(closes, -1)), (opens, closes),
    ]  # fmt: skip
    for number, columns in enumerate(parts, 1):
        yield _hashed(number, columns)


def _hashed(number: int, columns: Iterable[NDArray[Any]]) -> NDArray[Any]:
    """One row for each unit from the columns of one feature, the ``number``th."""
    import numpy as np

    total: NDArray[Any] = np.full(1, number * 0x9E3779B9, np.uint64)
    for column in columns:
        total = (total ^ column.astype(np.uint64)) * np.uint64(_MULTIPLIER)
        total ^= total >> np.uint64(29)
    rows: NDArray[Any] = np.remainder(total >> np.uint64(7), np.uint64(linear.ROWS)).astype(np.int64)
    return rows


def _moved(column: NDArray[Any], by: int) -> NDArray[Any]:
    """The column of the neighbours before (1) or behind (-1); 0 beyond the edge."""
    import numpy as np

    moved = np.zeros_like(column)
    if by > 0:
        moved[by:] = column[:-by]
    else:
        moved[:by] = column[-by:]
    return moved


def names(text: str, segments: Sequence[tuple[str, str]], hints: Sequence[Hint]) -> list[Name] | None:
    """The names in ``text`` that the model is sure of, in order; None without weights."""
    import numpy as np

    chain = load()
    found = units(text)
    if chain is None or not found:
        return None
    scores = _scores(chain, text, found, segments, hints)
    tags = chain.decode(scores, sure=_SURE)
    margins = scores[np.arange(len(tags)), tags] - scores[:, 0]
    runs = _runs(found, tags)
    return [name for name, first, last in runs if margins[first:last].mean() >= _least(text, name)]


# So many units at once: the columns of a long text take 400 bytes for each. What stands so far from a unit has no part
# in its score.
_WINDOW, _MARGIN = 20_000, 64


def _scores(
    chain: Chain, text: str, found: Sequence[Unit], segments: Sequence[tuple[str, str]], hints: Sequence[Hint]
) -> NDArray[Any]:
    """The score of each tag for each unit; of a long text window by window."""
    import numpy as np

    if len(found) <= _WINDOW:
        return chain.score(_columns(text, found, segments, hints))
    borders = [0, *accumulate(len(word) for word, _ in segments)]
    scores = []
    for first in range(0, len(found), _WINDOW):
        last = min(first + _WINDOW, len(found))
        low, high = max(first - _MARGIN, 0), min(last + _MARGIN, len(found))
        # Words are whole in a window, which thus begins where one does.
        a = bisect_right(borders, found[low][0]) - 1
        b = bisect_left(borders, found[high - 1][1])
        offset, end = borders[a], borders[min(b, len(borders) - 1)]
        inside = [Hint(h.start - offset, h.end - offset, h.kind) for h in hints if offset <= h.start and h.end <= end]
        shifted = [(start - offset, stop - offset) for start, stop in found[low:high]]
        here = chain.score(_columns(text[offset:end], shifted, segments[a:b], inside))
        scores.append(here[first - low : last - low])
    return np.concatenate(scores)


def _least(text: str, name: Name) -> float:
    if name.person:
        return _PERSON
    return _LATIN_FIRM if text[name.start] < "\u2e80" else _FIRM


def spans(found: Sequence[Unit], tags: Sequence[int]) -> list[Name]:
    """Runs of tags as names."""
    return [name for name, _, _ in _runs(found, tags)]


def _runs(found: Sequence[Unit], tags: Sequence[int]) -> list[tuple[Name, int, int]]:
    """Runs of tags as names, with the units they span; an inner part without a first one begins a name too."""
    result: list[tuple[Name, int, int]] = []
    previous = ""
    for index, tag in enumerate(tags):
        if tag == 0:
            previous = ""
            continue
        start, end = found[index]
        kind = TAGS[tag]
        if kind[0] == "I" and previous[1:] == kind[1:]:
            last, first, _ = result[-1]
            result[-1] = Name(last.start, end, last.person), first, index + 1
        else:
            result.append((Name(start, end, kind[1] == "P"), index, index + 1))
        previous = kind
    return result


class Chain:
    """Weights of single units, and of tags that follow one another."""

    def __init__(self, emission: NDArray[Any], transition: NDArray[Any]) -> None:
        self.emission, self.transition = emission, transition

    def score(self, columns: Iterable[NDArray[Any]]) -> NDArray[Any]:
        """The score of each tag for each unit, from the rows of each feature."""
        each = iter(columns)
        total: NDArray[Any] = self.emission[next(each)]
        for column in each:
            total += self.emission[column]
        return total

    def decode(self, scores: NDArray[Any], *, sure: float = math.inf) -> list[int]:
        """The best sequence (Viterbi); linear. Units that are "outside" by more than ``sure`` are taken for it."""
        import numpy as np

        tags = [0] * len(scores)
        open_ones = np.flatnonzero(scores[:, 0] - scores[:, 1:].max(axis=1) <= sure)
        if not len(open_ones):
            return tags
        transition = self.transition.tolist()
        borders = np.flatnonzero(np.diff(open_ones) > 1) + 1
        firsts = open_ones[np.concatenate(([0], borders))]
        lasts = open_ones[np.concatenate((borders - 1, [len(open_ones) - 1]))] + 1
        alone = (lasts - firsts == 1) & (firsts > 0) & (lasts < len(scores))
        single = firsts[alone]
        best = (scores[single] + (self.transition[0] + self.transition[:, 0])).argmax(axis=1)
        for at in np.flatnonzero(best):
            tags[int(single[at])] = int(best[at])
        for first, last in zip(firsts[~alone].tolist(), lasts[~alone].tolist(), strict=True):
            tags[first:last] = _best(scores[first:last].tolist(), transition, first > 0, last < len(scores))
        return tags


def _best(scores: list[list[float]], transition: list[list[float]], follows: bool, leads: bool) -> list[int]:
    """The best tags of one run, between units outside where it follows one and leads to one."""
    best = [s + transition[0][tag] for tag, s in enumerate(scores[0])] if follows else scores[0]
    back = []
    for score in scores[1:]:
        pointers, sums = [], []
        for tag, own in enumerate(score):
            paths = [best[before] + transition[before][tag] for before in _ALL]
            top = max(paths)
            pointers.append(paths.index(top))
            sums.append(top + own)
        back.append(pointers)
        best = sums
    if leads:
        best = [value + transition[tag][0] for tag, value in enumerate(best)]
    tags = [best.index(max(best))]
    for pointers in reversed(back):
        tags.append(pointers[tags[-1]])
    return tags[::-1]


@cache
def load() -> Chain | None:
    """The learned chain; None where it has not been trained. The last row of the table holds the transitions."""
    path = linear.path_of(MODEL)
    if not path.exists():
        return None
    table = linear.read(path, extra=len(TAGS))
    return Chain(table[: -len(TAGS)], table[-len(TAGS) :])


def _shown(codes: NDArray[Any]) -> NDArray[Any]:
    """Characters as themselves, Latin words and numbers each as one."""
    import numpy as np

    lower = codes | np.uint64(32)
    latin = ((lower >= ord("a")) & (lower <= ord("z"))) | ((codes >= 0xC0) & (codes <= 0xFF))
    return np.where(latin, np.uint64(2), np.where((codes >= ord("0")) & (codes <= ord("9")), np.uint64(3), codes))


def _segment_of(
    starts: NDArray[Any], ends: NDArray[Any], segments: Sequence[tuple[str, str]]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """For each unit the word it is in, its length and tag, and the place there (begin 1, end 2, both 3, inside 0)."""
    import numpy as np

    sizes = np.fromiter((len(word) for word, _ in segments), np.int64, len(segments))
    words = np.fromiter((crc32(word.encode()) for word, _ in segments), np.uint64, len(segments))
    tags = np.fromiter((crc32(tag.encode()) for _, tag in segments), np.uint64, len(segments))
    borders = np.cumsum(sizes)
    at = np.minimum(np.searchsorted(borders, starts, side="right"), len(segments) - 1)
    place = (starts <= borders[at] - sizes[at]).astype(np.uint64) + np.uint64(2) * (ends >= borders[at])
    return words[at], sizes[at], tags[at], place


def _hint_of(starts: NDArray[Any], ends: NDArray[Any], hints: Iterable[Hint]) -> NDArray[Any]:
    """For each unit what the grammar took it for, and whether it is the first of the name; 0 for nothing."""
    import numpy as np

    ordered = sorted(hints, key=lambda hint: hint.start)
    if not ordered:
        return np.zeros(len(starts), np.uint64)
    first = np.array([hint.start for hint in ordered])
    last = np.maximum.accumulate([hint.end for hint in ordered])
    kinds = np.array([_KINDS.index(hint.kind) + 1 for hint in ordered], np.uint64)
    at = np.minimum(np.searchsorted(last, starts, side="right"), len(ordered) - 1)
    inside = (first[at] < ends) & (last[at] > starts)
    code = kinds[at] * np.uint64(2) + (first[at] >= starts).astype(np.uint64)
    return np.where(inside, code, np.uint64(0))


def _edges_of(text: str, starts: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """For each unit what ends right before it that leads to names, and what begins with it that follows them.

    Words count 3, marks 2, single characters 1, anything else 0.
    """
    import numpy as np

    leaders, followers = _leaders(), _followers()
    opens, closes = np.zeros(len(text) + 1, np.uint64), np.zeros(len(text) + 1, np.uint64)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    for column, characters, by in ((opens, leaders[1], 1), (closes, followers[1], 0)):
        weight = characters[np.minimum(codes, len(characters) - 1)]
        column[by : len(codes) + by] = weight
    opens[0] = 2
    for _, _, end in leaders[0].find_matches_as_indexes(text):
        opens[end] = 3
    for _, start, _ in followers[0].find_matches_as_indexes(text):
        closes[start] = 3
    return opens[starts], closes[starts]


@cache
def _leaders() -> tuple[AhoCorasick, NDArray[Any]]:
    beside = table("zh/names")
    return AhoCorasick([*table("zh/roles")["heads"], *beside["before"]]), _weights(beside["before_characters"])


@cache
def _followers() -> tuple[AhoCorasick, NDArray[Any]]:
    beside = table("zh/names")
    return AhoCorasick([w for w in beside["after"] if len(w) > 1]), _weights(beside["after_characters"])


def _weights(characters: str) -> NDArray[Any]:
    """By code: 1 for these characters, 2 for marks."""
    import numpy as np

    weights = np.zeros(1 << 16, np.uint64)
    weights[[ord(c) for c in characters]] = 1
    weights[[ord(c) for c in " ,。、:;!?()“”\"'《》—-…\n*#>|~/&"]] = 2
    return weights


def _is_surname(shown: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Whether each character is a surname, and whether each with the next one is."""
    import numpy as np

    single, opening, double = _surnames()
    codes = np.minimum(shown, np.uint64(len(single) - 1)).astype(np.int64)
    pairs = np.zeros(len(codes) - 1, np.bool_)
    for at in np.flatnonzero(opening[codes[:-1]]):
        pairs[at] = (int(codes[at]), int(codes[at + 1])) in double
    return single[codes], pairs


@cache
def _surnames() -> tuple[NDArray[Any], NDArray[Any], frozenset[tuple[int, int]]]:
    """By code: whether a character is a surname, and whether it begins one of two characters; and all of these."""
    import numpy as np

    single, opening = np.zeros(1 << 16, np.bool_), np.zeros(1 << 16, np.bool_)
    listed = words("zh/surnames")
    single[[ord(word) for word in listed if len(word) == 1]] = True
    opening[[ord(word[0]) for word in listed if len(word) == 2]] = True
    return single, opening, frozenset((ord(w[0]), ord(w[1])) for w in listed if len(w) == 2)

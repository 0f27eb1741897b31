"""What changed between two versions of a text: words marked as gone or new, in both languages. Pure and bounded.

Lines are compared first, in lines that changed the sentences, in these the words, so that a long text costs little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import Indel

from talent.excerpts import Window

Kind = Literal["same", "gone", "new"]

# Beyond so many units on one side a stretch is shown as replaced, not compared: the table of a comparison is square.
MAX_UNITS = 6_000
# Of what stayed the same, so much is shown on either side of a change.
CONTEXT = 160
# Sentences that share less than this are shown one after the other.
LEAST_COMMON = 0.3
_WORD = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+(?:['’-][^\W\u3400-\u9fff]+)*|\s+|[^\w\s]|_", re.UNICODE)
_SENTENCE = re.compile(r".*?(?:[。！？!?]+[”’」』\"]*|\.[”’\"]*(?=\s)|\n+|\Z)\s*", re.S)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Hunk:
    """Changes that stand together; ``cut_before`` says whether something is left out before them."""

    pieces: list[Piece]
    cut_before: bool


def compare(old: str, new: str) -> list[Piece]:
    """Pieces whose same and gone ones make up ``old``, whose same and new ones ``new``."""
    return _tidy(list(_compare(old, new, (_lines, _sentences, _words))))


def _compare(old: str, new: str, levels: Sequence[Callable[[str], list[str]]]) -> Iterator[Piece]:
    if old == new or not levels:
        yield from ([Piece("same", old)] if old == new else [Piece("gone", old), Piece("new", new)])
        return
    ours, theirs = levels[0](old), levels[0](new)
    if max(len(ours), len(theirs)) > MAX_UNITS:
        yield from (Piece("gone", old), Piece("new", new))
        return
    pairs = list(_aligned(ours, theirs))
    if len(levels) == 1 and _have_little_in_common(pairs, old, new):
        yield from (Piece("gone", old), Piece("new", new))
        return
    for gone, came in pairs:
        if gone and came:
            yield from _compare(gone, came, levels[1:] if gone != came else ())
        else:
            yield from ([Piece("gone", gone)] if gone else [Piece("new", came)])


def _have_little_in_common(pairs: Sequence[tuple[str, str]], old: str, new: str) -> bool:
    """Whether two stretches are better read one after the other than mixed word by word."""
    same = sum(len(gone) for gone, came in pairs if gone == came and _tells(gone))
    return same < LEAST_COMMON * max(len(old.strip()), len(new.strip()))


def _aligned(ours: list[str], theirs: list[str]) -> Iterator[tuple[str, str]]:
    """Stretches of both sides that belong together, in order; one side of a pair may be empty."""
    gone, came = "", ""
    for code in Indel.opcodes(ours, theirs):
        left, right = "".join(ours[code.src_start : code.src_end]), "".join(theirs[code.dest_start : code.dest_end])
        if code.tag == "equal":
            if gone or came:
                yield gone, came
                gone, came = "", ""
            yield left, right
        else:
            gone, came = gone + left, came + right
    if gone or came:
        yield gone, came


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]+|\n+", text)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if sentence]


def _words(text: str) -> list[str]:
    import rjieba  # its dictionary takes a moment to load

    units: list[str] = []
    for token in _WORD.findall(text):
        units += rjieba.cut(token) if "\u3400" <= token[0] <= "\u9fff" else [token]
    return units


def _tidy(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one; a scrap that happens to be the same between two changes is part of them."""
    folded: list[Piece] = []
    for index, piece in enumerate(pieces):
        between = 0 < index < len(pieces) - 1 and "same" not in (pieces[index - 1].kind, pieces[index + 1].kind)
        if piece.kind == "same" and between and not _tells(piece.text):
            folded += [Piece("gone", piece.text), Piece("new", piece.text)]
        else:
            folded.append(piece)
    tidied: list[Piece] = []
    for changed, run in groupby(folded, key=lambda p: p.kind != "same"):
        together = list(run)
        kinds: tuple[Kind, ...] = ("gone", "new") if changed else ("same",)
        joined = [(kind, "".join(p.text for p in together if p.kind == kind)) for kind in kinds]
        tidied += [Piece(kind, text) for kind, text in joined if text]
    return tidied


def _tells(text: str) -> bool:
    """Whether a stretch is worth showing as unchanged between two changes: no mere space, comma or "the"."""
    letters = [c for c in text if c.isalnum()]
    return sum(2 if c > "\u2e80" else 1 for c in letters) > 3 or "\n" in text


# ---------------------------------------------------------------- what of it is shown


def hunks(pieces: Sequence[Piece], old: Sequence[Window], new: Sequence[Window]) -> list[Hunk]:
    """Changes with a little of what stands around them, of each text only what lies in its windows."""
    shown = list(_within(pieces, old, new))
    found: list[Hunk] = []
    run: list[Piece] = []
    cut = False
    for index, piece in enumerate(shown):
        if piece is None or (piece.kind == "same" and len(piece.text) > 2 * CONTEXT):
            before, after = _ends(piece, first=index == 0, last=index == len(shown) - 1)
            found += _closed([*run, *before], cut)
            run, cut = after, True
        else:
            run.append(piece)
    return [*found, *_closed(run, cut)]


def _closed(run: list[Piece], cut: bool) -> list[Hunk]:
    """A hunk, where there is a change in it; without empty lines at its ends."""
    if not any(piece.kind != "same" for piece in run):
        return []
    first, last = run[0], run[-1]
    run[0] = Piece(first.kind, first.text.lstrip("\n"))
    run[-1] = Piece(last.kind, run[-1].text.rstrip("\n"))
    return [Hunk([piece for piece in run if piece.text], cut)]


def _ends(piece: Piece | None, *, first: bool, last: bool) -> tuple[list[Piece], list[Piece]]:
    """The beginning of a long unchanged stretch for the change before it, its end for the one behind it."""
    if piece is None:
        return [], []
    text = piece.text
    before = "" if first else text[:CONTEXT].rpartition(" ")[0] or text[:CONTEXT]
    after = "" if last else text[-CONTEXT:].partition(" ")[2] or text[-CONTEXT:]
    return [Piece("same", before)] * bool(before), [Piece("same", after)] * bool(after)


def _within(pieces: Sequence[Piece], old: Sequence[Window], new: Sequence[Window]) -> Iterator[Piece | None]:
    """The pieces, each clipped to what may be shown of its text; None where something was left out."""
    in_old = in_new = 0
    for piece in pieces:
        size = len(piece.text)
        # What stayed is shown where the page of either version shows it.
        shown = [(start - in_old, end - in_old) for start, end in old if piece.kind != "new"]
        shown += [(start - in_new, end - in_new) for start, end in new if piece.kind != "gone"]
        reached = 0
        for start, end in sorted((max(start, 0), min(end, size)) for start, end in shown):
            start = max(start, reached)
            if start >= end:
                continue
            if start > reached:
                yield None
            yield Piece(piece.kind, piece.text[start:end])
            reached = end
        if reached < size:
            yield None
        in_old += size if piece.kind != "new" else 0
        in_new += size if piece.kind != "gone" else 0

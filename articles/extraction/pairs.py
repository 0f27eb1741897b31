"""A learned second opinion on who left and joined what: a linear model over a person and an organisation in a sentence.

The grammar finds what it has a frame for; this finds what is worded like nothing in particular. Its weights are
learned from passages written for the project (``articles/passages``), by ``manage.py train``. It knows no language:
what differs is the weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from articles.extraction import linear
from articles.extraction.claims import MOVE_KINDS, STATUSES, MoveKind, Status
from articles.extraction.mentions import Sentence

SIDES = ("none", "from", "to")
# The answers of each head of the model, in the order of its columns.
HEADS: tuple[tuple[str, ...], ...] = (SIDES, MOVE_KINDS, STATUSES)
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+(?:[’'][a-z]{1,2}\b)?|\d[\d.,]*|[^\s\w]")
_SUFFIXES = ("ing", "ed", "es", "s")
_FARTHEST = 60
_BETWEEN = 22


class Mark(NamedTuple):
    """A mention in a sentence: "P" a person, "O" an organisation, "U" a name nobody knows; ``who`` tells them apart."""

    start: int
    end: int
    kind: str
    who: str


class Token(NamedTuple):
    word: str
    kind: str
    who: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model makes of one pair: the side with its chance, and the likeliest kind and status."""

    side: str
    chance: float
    kind: MoveKind
    status: Status


def tokens(text: str, marks: Sequence[Mark]) -> list[Token]:
    """The sentence in stems, with each mention as one token; ``marks`` in order, offsets within ``text``."""
    found: list[Token] = []
    position = 0
    for mark in marks:
        if mark.start < position:
            continue
        found += _words(text, position, mark.start)
        found.append(Token(mark.kind, mark.kind, mark.who))
        position = mark.end
    found += _words(text, position, len(text))
    return found


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        yield Token(_stem(match[0]), "", "")


def _stem(word: str) -> str:
    if word[0].isdigit():
        return "#"
    word = word.casefold().replace("’", "'")
    for suffix in _SUFFIXES:
        if len(word) > len(suffix) + 3 and word.endswith(suffix):
            return word[: -len(suffix)]
    return word


def pairs(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Indexes of each person and each organisation of a sentence, by their mentions that stand nearest."""
    nearest: dict[tuple[str, str], tuple[int, int, int]] = {}
    people = [i for i, token in enumerate(found) if token.kind == "P"]
    organisations = [i for i, token in enumerate(found) if token.kind in ("O", "U")]
    for o in organisations:
        for p in people:
            if abs(o - p) <= _FARTHEST:
                key = found[p].who, found[o].who
                nearest[key] = min(nearest.get(key, (abs(o - p), p, o)), (abs(o - p), p, o))
    for _, p, o in nearest.values():
        yield p, o


def features(found: Sequence[Token], p: int, o: int, context: Iterable[str] = ()) -> set[str]:
    """What the model looks at: the words between, around and beside the pair, and how they lie to each other."""
    first, last = min(p, o), max(p, o)
    order = "PO" if p < o else "OP"
    words = [token.word for token in found]
    between = words[first + 1 : last]
    result = {f"order:{order}", f"far:{order}:{min(len(between) // 3, 7)}", f"kind:{found[o].kind}", *context}
    if len(between) <= _BETWEEN:
        result |= {f"1:{order}:{a}" for a in between}
        result |= {f"2:{order}:{a} {b}" for a, b in zip(between, between[1:], strict=False)}
        result |= {f"3:{order}:{a} {b} {c}" for a, b, c in zip(between, between[1:], between[2:], strict=False)}
    else:
        result |= {f"1:{order}:{a}" for a in between[:8] + between[-8:]}
    if len(between) <= 5:
        result.add(f"all:{order}:{' '.join(between)}")
    for name, at in (("P", p), ("O", o)):
        result |= _beside(words, name, at)
    result |= {f"in:{word}" for word in words}
    result |= {f"in2:{a} {b}" for a, b in zip(words, words[1:], strict=False)}
    inside = found[first + 1 : last]
    result.add(f"orgs between:{order}:{sum(t.kind in ('O', 'U') for t in inside)}")
    result.add(f"people between:{order}:{sum(t.kind == 'P' for t in inside)}")
    places = list(dict.fromkeys(t.who for t in found if t.kind in ("O", "U")))
    result.add(f"place:{order}:{places.index(found[o].who)} of {len(places)}")
    return result


def _beside(words: Sequence[str], name: str, at: int) -> set[str]:
    """Runs of up to three words on either side, and single words a little farther off."""
    before, after = words[max(0, at - 6) : at], words[at + 1 : at + 7]
    result = {f"{name}-{n}:{' '.join(before[-n:])}" for n in (1, 2, 3)}
    result |= {f"{name}+{n}:{' '.join(after[:n])}" for n in (1, 2, 3)}
    result |= {f"{name}<:{word}" for word in before}
    result |= {f"{name}>:{word}" for word in after}
    return result


def marks_of(sentence: Sentence, unknown: Iterable[tuple[int, int]] = ()) -> list[Mark]:
    """The sentence's mentions in order, and ``unknown`` names (offsets in the document) between them."""
    base, text = sentence.start, sentence.text
    marks = [Mark(m.start - base, m.end - base, "P", f"P:{m.name}") for m in sentence.people]
    marks += [Mark(m.start - base, m.end - base, "O", f"O:{m.name}") for m in sentence.organisations]
    marks += [Mark(start - base, end - base, "U", f"U:{text[start - base : end - base]}") for start, end in unknown]
    return sorted(mark for mark in marks if 0 <= mark.start < mark.end <= len(text))


def opinion(model: linear.Linear, names: Iterable[str]) -> Opinion:
    """What the model makes of a pair with these features."""
    scores = model.scores(names)
    side = linear.softmax(scores[: len(SIDES)])
    best = int(side[1:].argmax()) + 1
    kinds = scores[len(SIDES) : len(SIDES) + len(MOVE_KINDS)]
    statuses = scores[len(SIDES) + len(MOVE_KINDS) :]
    return Opinion(SIDES[best], float(side[best]), MOVE_KINDS[int(kinds.argmax())], STATUSES[int(statuses.argmax())])

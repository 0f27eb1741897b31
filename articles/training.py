"""Learns the models of a language from passages written for the project, marked by hand.

A passage holds mentions as ``{P1:Ada Stone}``, ``{O1:OpenAI}``, ``{C1:seven authors}`` (groups), ``{X:…}`` (outlets
and others), ``{N:…}`` (products), ``{L:…}`` (places), and behind it a line for each move it states:
``> P1 O1>O2 hire reported``. ``>?`` marks what a careful reader may leave out. Passages are parted by an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from articles.extraction import Document
from articles.extraction.claims import MOVE_KINDS, STATUSES
from articles.extraction.en.kinds import KINDS
from articles.extraction.en.kinds import features as kind_features
from articles.extraction.en.reader import english_names
from articles.extraction.language import load
from articles.extraction.linear import ROWS, SCALE, rows_of, softmax
from articles.extraction.pairs import HEADS, SIDES, features, marks_of, pairs, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

PASSAGES = Path(__file__).parent / "passages"
_MARK = re.compile(r"\{([POCXNL]\d*):([^{}]+)\}")
_MOVE = re.compile(r">(\??)\s*([PC]\d+)\s+(O\d+|-|\?)>(O\d+|-|\?)\s+(\w+)\s+(\w+)\s*")
_KIND_OF = {"P": "person", "O": "organisation"}
_PART = re.compile(r"\n\s*\n")


class BadPassage(ValueError):
    """A passage that cannot be read; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Move:
    """One stated move, by the ids of its mentions; "-" or "?" for an end that is unknown or has no name."""

    who: str
    origin: str
    destination: str
    kind: str
    status: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its mentions (start, end, id) and the moves it states."""

    name: str
    text: str
    mentions: tuple[tuple[int, int, str], ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """The rows of something to judge, and the right answer of each head; -1 where a head has nothing to learn."""

    passage: str
    rows: list[int]
    answers: tuple[int, ...]


def read_passages(folder: Path) -> Iterator[Passage]:
    """Every passage of a folder's text files, in order."""
    for path in sorted(folder.glob("*.txt")):
        for number, block in enumerate(_PART.split(path.read_text(encoding="utf-8").strip())):
            yield _passage(f"{path.stem}:{number}", block)


def _passage(name: str, block: str) -> Passage:
    lines = block.strip().split("\n")
    marked = "\n".join(line for line in lines if not line.startswith(">"))
    text, mentions, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        mentions.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        position = match.end()
    text += marked[position:]
    ids = {mention[2] for mention in mentions}
    moves = tuple(_move(name, line, ids) for line in lines if line.startswith(">"))
    return Passage(name, text, tuple(mentions), moves)


def _move(name: str, line: str, ids: set[str]) -> Move:
    match = _MOVE.fullmatch(line)
    if match is None or match[5] not in MOVE_KINDS or match[6] not in STATUSES:
        raise BadPassage(f"passage {name}: {line!r} is no move; write it as in '> P1 O1>O2 hire reported'")
    unknown = {match[2], match[3], match[4]} - ids - {"-", "?"}
    if unknown:
        raise BadPassage(f"passage {name}: {line!r} names {', '.join(sorted(unknown))}, which the text does not mark")
    return Move(match[2], match[3], match[4], match[5], match[6], bool(match[1]))


def pair_examples(passages: Iterable[Passage], code: str) -> Iterator[Example]:
    """The pairs that the engine's own reader sees in the passages, with side, kind and status."""
    language = load(code)
    for passage in passages:
        reading = language.read(Document(id=passage.name, text=passage.text, lang=code))
        answers = _answers(passage)
        for sentence in reading.sentences:
            marks = marks_of(sentence, language.unknown_names(reading, sentence))
            found, ids = tokens(sentence.text, marks), _ids(passage, sentence.start, marks)
            for p, o in pairs(found):
                key = ids.get(found[p].who, ""), ids.get(found[o].who, "")
                move = answers.get(key)
                if move is None or not move.optional:
                    yield Example(passage.name, rows_of(features(found, p, o)), _answer(move, key[1]))


def _answer(move: Move | None, organisation: str) -> tuple[int, int, int]:
    if move is None:
        return 0, -1, -1
    side = SIDES.index("to" if organisation == move.destination else "from")
    return side, HEADS[1].index(move.kind), HEADS[2].index(move.status)


def kind_examples(passages: Iterable[Passage]) -> Iterator[Example]:
    """The capitalised runs of English passages, with what they name."""
    for passage in passages:
        for name in english_names(passage.text):
            answer = KINDS.index(_KIND_OF.get(_mention_at(passage, name.start, name.end)[:1], "other"))
            yield Example(passage.name, rows_of(kind_features(passage.text, name)), (answer,))


def _mention_at(passage: Passage, start: int, end: int) -> str:
    """Id of the passage's mention that overlaps; "" for none."""
    return next((i for first, last, i in passage.mentions if first < end and start < last), "")


def _answers(passage: Passage) -> dict[tuple[str, str], Move]:
    """Which pair of mentions each stated end is."""
    answers: dict[tuple[str, str], Move] = {}
    for move in passage.moves:
        for end in (move.origin, move.destination):
            answers.setdefault((move.who, end), move)
    return answers


def _ids(passage: Passage, start: int, marks: Iterable[Any]) -> dict[str, str]:
    """The passage's id for each mention that the reader found, by overlap."""
    names: dict[str, str] = {}
    for mark in marks:
        low, high = mark.start + start, mark.end + start
        for first, last, identifier in passage.mentions:
            if first < high and low < last:
                names.setdefault(mark.who, identifier)
    return names


def learn(
    found: Sequence[Example], heads: Sequence[Sequence[str]], *, random: Random, rounds: int = 14, rate: float = 0.15
) -> NDArray[Any]:
    """Weights of all heads by stochastic gradient descent (Adagrad) on the softmax loss."""
    import numpy as np

    width = sum(len(head) for head in heads)
    weights = np.zeros((ROWS, width), np.float32)
    squares = np.full((ROWS, width), 1e-6, np.float32)
    order = list(found)
    for _ in range(rounds):
        random.shuffle(order)
        for example in order:
            rows = np.array(example.rows)
            gradient = _gradient(weights[rows].sum(axis=0) * SCALE, example, heads) * SCALE
            squares[rows] += gradient * gradient
            weights[rows] -= rate * gradient / np.sqrt(squares[rows])
    return weights


def _gradient(scores: NDArray[Any], example: Example, heads: Sequence[Sequence[str]]) -> NDArray[Any]:
    """Of the loss by the scores; zero for a head that has nothing to learn from the example."""
    import numpy as np

    gradient = np.zeros_like(scores)
    start = 0
    for head, answer in zip(heads, example.answers, strict=True):
        if answer >= 0:
            gradient[start : start + len(head)] = softmax(scores[start : start + len(head)])
            gradient[start + answer] -= 1
        start += len(head)
    return gradient

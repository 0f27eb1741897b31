"""Reads passages written for the project with their names and moves marked in the text.

A passage holds mentions as ``{P1:Ada Stone}``, ``{O1:OpenAI}``, ``{C1:seven authors}`` (groups), ``{X:…}`` (outlets
and others), ``{N:…}`` (products), ``{L:…}`` (places), and behind it a line for each move it states:
``> P1 O1>O2 hire reported``. ``>?`` marks what a careful reader may leave out. Passages are parted by an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from articles.extraction.claims import MOVE_KINDS, STATUSES

PASSAGES = Path(__file__).parent / "passages"
_MARK = re.compile(r"\{([POCXNL]\d*):([^{}]+)\}")
_MOVE = re.compile(r">(\??)\s*([PC]\d+)\s+(O\d+|-|\?)>(O\d+|-|\?)\s+(\w+)\s+(\w+)\s*")
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

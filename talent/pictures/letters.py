"""How wide words are when drawn, without a font at hand: close enough to keep labels apart and to cut long ones."""

from __future__ import annotations

from unicodedata import east_asian_width

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] "), frozenset("mwMWQO@%—→")


def width_of(words: str, size: float) -> float:
    """The width in the units of ``size``, rather too much than too little: faces differ by a tenth."""
    return size * sum(_ems(character) for character in words)


def cut(words: str, size: float, room: float) -> str:
    """The words, or as many of their letters as there is room for with an ellipsis."""
    if width_of(words, size) <= room:
        return words
    kept, left = [], room - size
    for character in words:
        left -= size * _ems(character)
        if left < 0:
            break
        kept.append(character)
    return f"{''.join(kept).rstrip()}…"


def lines(words: str, size: float, room: float) -> list[str]:
    """The words in lines of that width, broken between words, parts of an address, and any two Chinese characters."""
    made, line = [], ""
    for piece in _pieces(words):
        if line and width_of(line + piece.rstrip(), size) > room:
            made.append(line.rstrip())
            line = ""
        line += piece
    return [*made, line.rstrip()] if line.strip() else made


def _pieces(words: str) -> list[str]:
    """Where a line may break: after a space, a slash, a wide character."""
    pieces = [""]
    for character in words:
        pieces[-1] += character
        if character in " /&" or east_asian_width(character) in "WF":
            pieces.append("")
    return pieces


def _ems(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.0
    if character in _NARROW:
        return 0.37
    return 0.9 if character in _WIDE else 0.7 if character.isupper() else 0.62

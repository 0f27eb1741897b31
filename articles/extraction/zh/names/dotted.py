"""Foreign names written by their sound with dots between: 安德烈·卡帕西."""

from __future__ import annotations

import re

from articles.extraction.lexicon import words
from articles.extraction.zh.names.brackets import skip_honorific
from articles.extraction.zh.names.persons import Register
from articles.extraction.zh.names.surroundings import (
    HAN,
    Surroundings,
    beside,
    left_weight,
    right_weight,
    sounds,
)

_PART = rf"(?![和与及跟])[{HAN}A-Z.](?:(?![和与及跟])[{HAN}A-Z.]|-(?=[{HAN}])){{0,9}}"
_DOT = re.compile(rf"{_PART}(?: ?· ?{_PART}){{1,4}}")
_JOINT = re.compile(r" ?· ?")
# No part of a name is longer than its sure sounds and so many doubtful ones.
_MOST_DOUBTFUL = 5


def dotted(around: Surroundings, people: Register) -> None:
    text = around.text
    for match in _DOT.finditer(text):
        joints = [joint.span() for joint in _JOINT.finditer(text, match.start(), match.end())]
        first_dot, last_dot = joints[0][0], joints[-1][1] - 1
        start = first_dot
        while start > match.start() and _is_sound(text[start - 1]) and not around.organisations.ends_at(start):
            if start in around.title_ends and start < first_dot:
                break
            start -= 1
        start = _wider_start(around, start, match.start(), first_dot)
        start = skip_honorific(text, start, first_dot)
        start -= text[start - 1 : start + 1] == "大卫"
        end = _wider_end(text, _end_of_sounds(text, last_dot + 1, match.end()), match.end())
        if start < first_dot and end > last_dot + 1 and not around.organisations.touches(start, end):
            people.add(text[start:end].strip(".-"))


def _wider_start(around: Surroundings, start: int, floor: int, dot: int) -> int:
    """``start``, or further left over doubtful sounds (让 of 让-吕克) where a name can begin there."""
    at = start
    while at > max(floor, dot - 9) and start - at < _MOST_DOUBTFUL and _may_sound(around.text[at - 1]):
        if at in around.title_ends or around.organisations.ends_at(at):
            break
        at -= 1
    while at < start and not left_weight(around, at):
        at += 1
    return at


def _wider_end(text: str, end: int, limit: int) -> int:
    """``end``, or further right over doubtful sounds (列 of 多布罗列斯库) where a name can end there."""
    if right_weight(text, end):
        return end
    at = end
    while at < min(limit, end + _MOST_DOUBTFUL + 4) and _may_sound(text[at]):
        at += 1
        if right_weight(text, at):
            return at
    return end


def _may_sound(character: str) -> bool:
    return _is_sound(character) or character in words("zh/rare_sounds")


def _is_sound(character: str) -> bool:
    return character in sounds() or "A" <= character <= "Z" or character in ".-"


def _end_of_sounds(text: str, start: int, limit: int) -> int:
    """The end of the sounds from ``start``, before a word that follows names (加入 begins with a sound)."""
    end = start
    while end < limit and _is_sound(text[end]):
        if text[end] == "因" and not (end + 1 < limit and _is_sound(text[end + 1])):
            break
        if end > start and any(text[end : end + n] in beside()["after"] for n in (2, 3)):
            break
        end += 1
    return end

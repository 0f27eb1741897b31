"""Names that an article gives in two scripts: 马克·扎克伯格(Mark Zuckerberg), 张三/San Zhang."""

from __future__ import annotations

import re

from articles.extraction.lexicon import words
from articles.extraction.zh.names.latin import is_latin_name
from articles.extraction.zh.names.persons import Register
from articles.extraction.zh.names.surroundings import (
    HAN,
    Surroundings,
    beside,
    left_weight,
    sounds,
    surname_length,
    surnames,
    whole_han_name,
)

_BRACKET = re.compile(rf"((?:[{HAN}A-Z.-]| ?· ?){{2,24}}) ?\(([A-Z][^()\n]{{1,40}})\)")
_LATIN_THEN_HAN = re.compile(
    rf"([A-Z][A-Za-zà-ÿ.'’ -]{{2,40}}) ?(?:\(([{HAN}·]{{2,12}})\)|/([{HAN}]{{2,4}})(?![{HAN}]))"
)
# James (Jim) Stone
_NICKNAME = re.compile(r"(?<![A-Za-z])([A-Z][a-z]+) ?[(“\"]([A-Z][a-z]+)[)”\"] ?([A-Z][a-z]+)(?![A-Za-z])")
# 稚晖君(本名彭志辉)
_REAL_NAME = re.compile(
    rf"(?:^|(?<=[^{HAN}])|(?<=[的是和与]))([{HAN}]{{2,4}})\((?:本名|原名|真名|又名|曾用名|实名)"
    rf"[为是叫:\"“ ]{{0,2}}([{HAN}]{{2,4}})[\"”]?[),]"
)
_SLASH = re.compile(rf"([{HAN}]{{2,4}})/([A-Z][a-z]+ [A-Z][a-z]+)")


def bracketed(around: Surroundings, people: Register) -> None:
    """张三(San Zhang), 马克·扎克伯格(Mark Zuckerberg), San Zhang(张三), 张三/San Zhang."""
    text = around.text
    for match in _BRACKET.finditer(text):
        latin = match[2].strip()
        if not is_latin_name(latin):
            continue
        han = _name_before(around, match.end(1))
        if han and (" " in latin or "·" in han or left_weight(around, match.end(1) - len(han)) >= 2):
            people.add(latin, han)
    for match in _REAL_NAME.finditer(text):
        if whole_han_name(match[2]):
            people.add(match[2], match[1])
    for match in _NICKNAME.finditer(text):
        if not around.organisations.touches(match.start(), match.end()):
            people.add(f"{match[1]} {match[3]}", f"{match[2]} {match[3]}", match[0])
    for match in _SLASH.finditer(text):
        if is_latin_name(match[2]) and surname_length(match[1]):
            people.add(match[2], match[1])
    for match in _LATIN_THEN_HAN.finditer(text):
        latin, han = match[1].strip(), match[2] or match[3]
        if around.organisations.touches(match.start(), match.end()):
            continue
        if " " in latin and is_latin_name(latin) and whole_han_name(han):
            people.add(latin, han)


def _name_before(around: Surroundings, end: int) -> str:
    """The Han name that ends at ``end``: with dots, a bare transliteration, or surname and given name."""
    text, floor = around.text, max(0, end - 20)
    floor = max(floor, around.organisations.end_before(end))
    dotted = _dotted_before(around, end, floor)
    if dotted:
        return dotted
    start = end
    while start > floor and (text[start - 1] in sounds() or text[start - 1] in "·-" or _is_beside_dot(text, start - 1)):
        start -= 1
    start = skip_honorific(text, start, end)
    foreign = text[start:end].strip("·-. ")
    if "·" in foreign:
        return foreign
    native = _native_before(around, end, floor)
    if native and (len(native) >= len(foreign) or end - len(native) in around.title_ends):
        return native
    return foreign if len(foreign) >= 2 and not foreign.isascii() else native


# The run of characters, dots among them, that ends right before the bracket.
_DOTTED = re.compile(rf"[{HAN}A-Z.-]+(?: ?· ?[{HAN}A-Z.-]+)+$")


def _dotted_before(around: Surroundings, end: int, floor: int) -> str:
    """马克·帕珀 of 技术官马克·帕珀(Mark Paper): the bracket vouches for all from its first sound on."""
    text = around.text
    run = _DOTTED.search(text, floor, end)
    if run is None:
        return ""
    dot = text.index("·", run.start(), end)
    start = sure = dot
    while sure > run.start() and text[sure - 1] in sounds():
        sure -= 1
    while start > run.start() and (text[start - 1] in sounds() or text[start - 1] in words("zh/rare_sounds")):
        if start in around.title_ends and start < dot:
            break
        start -= 1
    widest = start
    while start < sure and not left_weight(around, start):
        start += 1
    start = skip_honorific(text, widest if start == dot else min(start, sure), dot)
    return text[start:end] if start < dot else ""


def _is_beside_dot(text: str, at: int) -> bool:
    """Whether the blank at ``at`` belongs to a dot: 马克 · 扎克伯格."""
    return text[at] == " " and "·" in (text[at - 1 : at], text[at + 1 : at + 2])


def _native_before(around: Surroundings, end: int, floor: int) -> str:
    text = around.text
    for length in (3, 2, 4):
        start = end - length
        if start < floor or not whole_han_name(text[start:end]):
            continue
        if length == 4 and text[start : start + 2] not in surnames():
            continue
        if start in around.title_ends or start == floor or left_weight(around, start):
            return text[start:end]
    return ""


def skip_honorific(text: str, start: int, end: int) -> int:
    """博士马克 begins after 博士: 士 is a sound, but not here."""
    if text[start - 1 : start + 1] in beside()["tails"]:
        return start + 1
    for position in range(start, min(end, start + 3)):
        if text[position] == "士" and text[position - 1 : position] in tuple("博女爵院骑人硕"):
            return position + 1
    return start

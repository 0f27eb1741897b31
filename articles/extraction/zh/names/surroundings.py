"""What stands beside a name: how much the words before and behind a place look like a person's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from articles.extraction.lexicon import table, words
from articles.extraction.zh.spans import Coverage

HAN = "\u3400-\u9fff"
# What only people do: 于 2020 年, 从 A 加入, 是 A 的研究员, 在 A 工作.
_ACTS = re.compile(
    r"(?:于 ?)?\d{4} ?年|于 ?\d{4}|从[^,。;]{2,24}?(?:加入|离职|回到|跳槽|辞职|离开|毕业)"
    r"|(?:曾)?是[^,。;]{2,30}?(?:研究员|负责人|科学家|创始人|成员|工程师|高管|教授|作者|之一|领导)"
    r"|[曾也]?在[^,。;]{2,26}?(?:工作|任职|担任|离职|加入|入职|宣布)"
    r"|因[^,。;]{2,30}?(?:离职|辞职|离开|退)|(?:将|已|也|即将|正)(?:从|加入|离开|担任|出任|离职|入职)"
)
_EDGE = frozenset(" ,。、:;!?()“”\"'《》—-…\n*#>|~/&")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is already known about the text: its words, its organisations, and where titles end."""

    text: str
    tags: Sequence[tuple[str, str]]
    organisations: Coverage
    title_ends: frozenset[int]


@cache
def surnames() -> frozenset[str]:
    return words("zh/surnames")


@cache
def sounds() -> frozenset[str]:
    return words("zh/transliteration")


@cache
def followers() -> frozenset[str]:
    """Words of two and three characters that follow names: those listed, and the verbs of moves and jobs."""
    verbs = table("zh/moves")["verbs"]
    kinds = ("join", "leave", "resign", "take", "hold", "found", "venture", "return", "refuse")
    told = (word for kind in kinds for word in verbs[kind])
    return beside()["after"] | {word for word in told if 2 <= len(word) <= 3}


@cache
def beside() -> dict[str, frozenset[str]]:
    names = table("zh/names")
    return {key: frozenset(value) for key, value in names.items()}


def left_weight(around: Surroundings, start: int) -> int:
    """How much the words before ``start`` look like what comes before a person: 0 to 3."""
    text, words_beside = around.text, beside()
    at = start - 1 if start and text[start - 1] == " " else start
    if at in around.title_ends or start in around.title_ends:
        return 3
    if any(text[at - n : at] in words_beside["before"] for n in (2, 3, 4) if at >= n):
        return 2
    if at == 0 or text[at - 1] in words_beside["before_characters"] or text[at - 1] in _EDGE:
        return 1
    return 0


def right_weight(text: str, end: int) -> int:
    """How much the words from ``end`` look like what follows a person: 0 to 2."""
    at = end + 1 if text[end : end + 1] == " " else end
    if any(text[at : at + n] in followers() for n in (2, 1, 3)) or _ACTS.match(text, at):
        return 2
    following = text[at : at + 1]
    may_follow = beside()["after_characters"] | beside()["verb_characters"]
    return 1 if following in _EDGE or following == "" or following in may_follow else 0


def surname_length(han: str) -> int:
    if han[:2] in surnames() and len(han) > 2:
        return 2
    return 1 if han[:1] in surnames() else 0


def whole_han_name(han: str) -> bool:
    if "·" in han:
        return all(c in sounds() for c in han.replace("·", ""))
    return surname_length(han) > 0 and len(han) - surname_length(han) in (1, 2)

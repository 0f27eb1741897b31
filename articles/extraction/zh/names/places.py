"""Where the people found stand in the text, in any form of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.lexicon import table
from articles.extraction.zh.names.persons import NameHit, Person, Register
from articles.extraction.zh.names.surroundings import Surroundings, right_weight


def known(around: Surroundings, people: Register) -> None:
    """Names so well known that articles give them without their Latin form: 奥特曼 is Sam Altman."""
    for latin, forms in table("zh/known_people").items():
        present = [form for form in forms if form in around.text]
        if present and not any(form.endswith("·" + p) for form in people.by_form for p in present if "·" not in p):
            latin_here = [latin] if latin in people.by_form else []
            people.add(*latin_here, *(p for p in present if p in people.by_form), *present)


def mentions(around: Surroundings, people: Register) -> Iterator[NameHit]:
    forms = sorted(people.by_form)
    if not forms:
        return
    text = around.text
    used: dict[int, set[str]] = {}
    hits = []
    for index, start, end in AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
        form = forms[index]
        if around.organisations.touches(start, end) or not _whole_word(text, start, end):
            continue
        person = people.by_form[form]
        if len(form) == 1 and not _alone(text, start, end, person):
            continue
        used.setdefault(id(person), set()).add(form)
        hits.append(NameHit(start, end, person))
    for person in people.people():
        person.forms = sorted(used.get(id(person), set()), key=lambda f: (f != person.name, -len(f), f))
    yield from hits


# Surnames that open clauses as other words: 于 2024 年, 向员工宣布, 时任, 高薪.
_WORDS_TOO = frozenset(
    "于时方高向和任何可那安成马包万常应能金黄白石平师明都单连从后全多年有公同正已元当度须解别边关路台游幸阳"
)
_OPENS = frozenset(",。;:!?\n“(")
_LONE = re.compile(
    r"(?:已|将|曾|则|此番|此前|此次|目前|随后|后来|现任|现在|加入|离开|离职|入职|转投|辞职|辞去|去了|本人|在|于|从|表示|说|称|又|也|的离|的加)"
)


def _alone(text: str, start: int, end: int, person: Person) -> bool:
    """Whether one character stands for a person: 随后王加入了, ，严去了小马智行."""
    if text[max(0, start - 2) : start] in ("随后", "之后", "此后", "而后", "后来"):
        return right_weight(text, end) == 2
    if "·" in person.name or text[start] in _WORDS_TOO:
        return False
    before = text[max(0, start - 1) : start] or "\n"
    return (before in _OPENS or before in "而但由被") and bool(_LONE.match(text, end))


# What is called by somebody's name: 傅里叶变换.
_NAMED_AFTER = frozenset({"变换", "定理", "定律", "级数", "方程", "分布", "常数", "猜想", "算法", "测试"})


def _whole_word(text: str, start: int, end: int) -> bool:
    if text[start].isascii() or text[start] < "\u2e80":
        before, after = text[start - 1 : start], text[end : end + 1]
        return not (_joins(before) or _joins(after) or (after == "." and text[end + 1 : end + 2].isalpha()))
    if (
        text[end : end + 1] == "奖"
        or text[end : end + 3] in ("基金会", "纪念馆")
        or text[end : end + 2] in _NAMED_AFTER
    ):
        return False
    # 王 in 亚历山大·王 or 瓦尔科夫 would be the middle of another name.
    return not (text[start - 1 : start] == "·" or text[end : end + 1] == "·")


def _joins(character: str) -> bool:
    return (character.isalnum() and character < "\u2e80") or (character in ("@", "_") and character != "")

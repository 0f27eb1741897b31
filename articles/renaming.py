"""Tells marked passages again with one another's names, so that places, not names, are learned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

import rjieba

from articles.extraction.lexicon import words
from articles.extraction.organisations import lookup
from articles.marked import Passage

_HAN = re.compile("[\u3400-\u9fff]{2,4}")


def retold(passages: Sequence[Passage], random: Random) -> Iterator[Passage]:
    """Every passage with the Chinese names of its people, and its firms of no lexicon, taken from other passages."""
    people = sorted({form for passage in passages for form in _forms(passage, "P") if _is_full_name(form)})
    firms = sorted({form for passage in passages for form in _forms(passage, "O") if _is_unlisted(form)})
    for passage in passages:
        new = {form: random.choice(people) for form in sorted(set(_forms(passage, "P"))) if form in people}
        new |= {form: random.choice(firms) for form in sorted(set(_forms(passage, "O"))) if form in firms}
        yield _renamed(passage, new)


def _forms(passage: Passage, kind: str) -> Iterator[str]:
    return (passage.text[start:end] for start, end, identifier in passage.mentions if identifier[0] == kind)


def _is_full_name(form: str) -> bool:
    """A surname with one or two characters behind it, and no common word (高兴, 严肃)."""
    if form in _common_words(form):
        return False
    surnames = words("zh/surnames")
    size = 2 if form[:2] in surnames and len(form) > 2 else 1
    return bool(_HAN.fullmatch(form)) and form[:size] in surnames and len(form) - size in (1, 2)


def _common_words(form: str) -> set[str]:
    return {word for word, tag in rjieba.tag(form) if tag[:2] not in ("nr", "nz")}


def _is_unlisted(form: str) -> bool:
    if form.endswith(("公司", "团队", "实验室", "者")) or form[0] in "他她其该这那本":
        return False
    return bool(_HAN.fullmatch(form)) and lookup(form) is None and form not in _common_words(form)


def _renamed(passage: Passage, new: Mapping[str, str]) -> Passage:
    text, position, mentions = "", 0, []
    for start, end, identifier in passage.mentions:
        text += passage.text[position:start]
        form = passage.text[start:end]
        name = new.get(form, form)
        mentions.append((len(text), len(text) + len(name), identifier))
        text, position = text + name, end
    return replace(passage, text=text + passage.text[position:], mentions=tuple(mentions))

"""How many copies of an article are known as such, and how many others are taken for one: measured on the samples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from random import Random

import pytest
from opencc import OpenCC

from articles.samples.build import HERE
from articles.stories import alike, fingerprint

FRAME = {
    "en": "Sign up for our letter to get the stories of the week in your inbox every Friday morning. This article was "
    "made with the help of a wire service and edited by our staff. Follow us and share it with your friends, and read "
    "more about chips, models and the people who build them on our pages. All rights are reserved by the publisher. ",
    "zh": "本文由编辑部根据公开资料整理，转载请注明出处并保留原文链接。"
    "欢迎关注我们的公众号，获取更多关于芯片、模型和人才的报道。"
    "版权所有，未经许可不得转载。责任编辑核对了文中的数字与引语，如有疑问请与本站联系。",
}
FILLERS = {"en": ["firm", "group", "later", "said"], "zh": ["的", "公司", "表示", "后来"]}
_UNIT = {"en": re.compile(r"\S+"), "zh": re.compile(r"[\u4e00-\u9fff]")}
# Two of the samples were written as two prints of one wire report.
KNOWN_COPIES = {("Larkspur loses", "Meridian Syste")}


@cache
def samples(language: str) -> list[str]:
    texts = [path.read_text() for path in sorted(HERE.glob("*/*.txt"))]
    chinese = [text for text in texts if len(_UNIT["zh"].findall(text)) > 200]
    return chinese if language == "zh" else [t for t in texts if t not in chinese and len(t.split()) > 100]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?。！？])\s*|\n+", text) if part.strip()]


def edited(text: str, language: str, share: float) -> str:
    """The text with that share of its words, or characters, replaced."""
    dice = Random(7)
    words = FILLERS[language]
    return _UNIT[language].sub(lambda unit: dice.choice(words) if dice.random() < share else unit[0], text)


def shortened(text: str, share: float) -> str:
    parts = sentences(text)
    return " ".join(parts[int(len(parts) * share) :])


COPIES: dict[str, tuple[float, Callable[[str, str], str]]] = {
    "edited, 3 words in 100": (1.0, lambda text, lang: edited(text, lang, 0.03)),
    "edited, 6 words in 100": (0.85, lambda text, lang: edited(text, lang, 0.06)),
    "its first third cut": (0.98, lambda text, lang: shortened(text, 0.35)),
    "framed": (1.0, lambda text, lang: FRAME[lang] + text),
    "framed, its first fifth cut": (0.98, lambda text, lang: FRAME[lang] + shortened(text, 0.2)),
    "framed and edited": (0.95, lambda text, lang: FRAME[lang] + edited(text, lang, 0.03)),
    "in the other script, edited": (0.95, lambda text, lang: OpenCC("s2t").convert(edited(text, lang, 0.03))),
}


def are_found_alike(one: tuple[bytes, list[int]], other: tuple[bytes, list[int]]) -> bool:
    """As joining a story finds them: some band in common, then signatures compared."""
    return bool(set(one[1]) & set(other[1])) and alike(one[0], other[0])


@pytest.mark.parametrize("kind", COPIES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_copies_are_known(kind: str, language: str) -> None:
    least, copy = COPIES[kind]
    texts = samples(language)
    found = sum(are_found_alike(fingerprint(text), fingerprint(copy(text, language))) for text in texts)
    assert len(texts) >= 10
    assert found >= least * len(texts)


def pairs_taken_for_copies(language: str) -> Iterator[tuple[str, str]]:
    """Pairs of different articles, each with the same frame, that would be one story."""
    prints = [(text[:14], fingerprint(text + FRAME[language])) for text in samples(language)]
    for (one, ours), (other, theirs) in combinations(prints, 2):
        if are_found_alike(ours, theirs):
            yield min(one, other), max(one, other)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_other_article_is_taken_for_a_copy(language: str) -> None:
    assert set(pairs_taken_for_copies(language)) <= KNOWN_COPIES

"""Pinyin in little memory: every character and phrase is read as pypinyin reads it, alone and put together."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from talent.resolve.names import _syllables
from talent.resolve.pinyin import syllables_of


def test_it_reads_every_character_as_the_library_does() -> None:
    characters = list(map(chr, pinyin_dict))
    assert len(characters) > 40_000
    assert [syllables_of(each) for each in characters] == [lazy_pinyin(each) for each in characters]


def test_it_reads_every_phrase_as_the_library_does() -> None:
    assert len(phrases_dict) > 40_000
    assert [syllables_of(each) for each in phrases_dict] == [lazy_pinyin(each) for each in phrases_dict]


@pytest.mark.parametrize("seed", range(4))
def test_it_reads_names_put_together_at_random_as_the_library_does(seed: int) -> None:
    random, phrases = Random(seed), list(phrases_dict)
    common, rare = "".join(phrases), "𠮷㐀〇娚"
    for _ in range(3_000):
        pieces = [random.choice(phrases), random.choice(phrases)[:2], random.choice(common), random.choice(common),
                  random.choice(rare), random.choice(["AI", " ", "·", "1", "，", ""])]  # fmt: skip
        name = "".join(random.choices(pieces, k=random.randint(1, 6)))
        assert syllables_of(name) == lazy_pinyin(name), name


@pytest.mark.parametrize(
    ("written", "syllables"),
    [
        ("重庆银行", ["chong", "qing", "yin", "hang"]),
        ("吕律", ["lv", "lv"]),
        ("北京AI研究院", ["bei", "jing", "AI", "yan", "jiu", "yuan"]),
        # What only begins a phrase up to the end is read character by character.
        ("袅袅娜", ["niao", "niao", "na"]),
        ("", []),
    ],
)
def test_it_puts_phrases_before_characters(written: str, syllables: list[str]) -> None:
    assert syllables_of(written) == syllables


def test_it_knows_every_syllable_of_mandarin() -> None:
    marked = {syllable for readings in pinyin_dict.values() for syllable in readings.split(",")}
    plain = {"".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c)) for s in marked}
    assert _syllables() == {s for s in plain if s.isalpha() and set(s) & set("aeiou")}

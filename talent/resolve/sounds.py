"""What a name sounds like, as a string of consonant classes that both scripts share: 瓦尔科 and Valko are "VLK".

Transliteration keeps consonants and little else: vowels, h and doubled letters are dropped, and voiced and voiceless
sounds are one class. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache

from talent.resolve.pinyin import syllables_of

# Longest first: what a run of Latin letters sounds like.
_LATIN = [
    ("tsch", "S"), ("sch", "S"), ("tch", "S"), ("chr", "KL"), ("cz", "S"), ("sh", "S"), ("ch", "S"), ("zh", "S"),
    ("ph", "V"), ("th", "T"), ("gh", "K"), ("ck", "K"), ("qu", "KV"), ("ng", "N"), ("wr", "L"), ("kn", "N"),
    ("ce", "S"), ("ci", "S"), ("cy", "S"), ("ge", "S"), ("gi", "S"),
]  # fmt: skip
_LETTER = {
    **dict.fromkeys("bp", "P"), **dict.fromkeys("dt", "T"), **dict.fromkeys("gkqc", "K"), **dict.fromkeys("jsz", "S"),
    **dict.fromkeys("fvw", "V"), **dict.fromkeys("lr", "L"), "m": "M", "n": "N", "x": "KS",
}  # fmt: skip
_RUN = re.compile("|".join([*(letters for letters, _ in _LATIN), "[a-z]"]))
_INITIAL = re.compile(r"zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]")
_OF_INITIAL = {
    **_LETTER, "q": "S", "x": "S", "c": "S", "zh": "S", "ch": "S", "sh": "S", "h": "", "y": "",
}  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def sound_of_latin(word: str) -> str:
    """Classes of a word in lower-case ASCII letters."""
    classes = dict(_LATIN) | _LETTER
    return _TWICE.sub(r"\1", "".join(classes.get(run, "") for run in _RUN.findall(word)))


@lru_cache(maxsize=20_000)
def sound_of_han(han: str) -> str:
    """Classes of a name transliterated into Chinese, by its pinyin."""
    return _TWICE.sub(r"\1", "".join(_sound_of_syllable(syllable) for syllable in syllables_of(han)))


def _sound_of_syllable(syllable: str) -> str:
    if syllable == "er":
        return "L"
    initial = _INITIAL.match(syllable)
    head = _OF_INITIAL.get(initial.group(), "") if initial else ""
    return head + ("N" if syllable.endswith(("n", "ng")) else "")

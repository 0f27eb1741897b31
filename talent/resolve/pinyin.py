"""How Chinese characters are read, in pinyin without tones, exactly as pypinyin reads them: phrases first, 重庆 is
chongqing.

The library keeps every phrase as lists of lists, 50 MB in each process. Here its two tables are read from the files
that it brings, and kept as a tenth of that.
"""

from __future__ import annotations

import gc
import json
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

# Vowels that carry a dot or a hat beside the tone: the one is written as v, the other stays.
_KEPT = str.maketrans({"ü": "v", "ǖ": "v", "ǘ": "v", "ǚ": "v", "ǜ": "v"})
_TONES = frozenset("\u0300\u0301\u0304\u030c")
# What the library takes for a Chinese character, read or not.
_HAN = re.compile(
    "[\u3007\ue815-\ue864\ufa18\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a703-\U0002b73f"
    "\U0002b740-\U0002b81d\U0002b825-\U0002bf6e\U0002c029-\U0002ce93\U0002d016\U0002d11b-\U0002ebd9"
    "\U0002f80a-\U0002fa1f\U00030000-\U0003134a\U000300f7-\U00031288\U00030edd\U00030ede\U00031350-\U00032389]"
)


@dataclass(frozen=True, slots=True)
class _Tables:
    """``readings`` are all there are; ``of_character`` leads from a code to the place of its usual one, 0 for none.
    ``phrases`` are in order; ``of_phrase`` has the syllables of those that are not read character by character."""

    readings: list[str]
    of_character: array[int]
    phrases: list[str]
    of_phrase: dict[str, str]

    def read(self, character: str) -> str:
        """The usual reading of one character; itself where it has none."""
        code = ord(character)
        place = self.of_character[code] if code < len(self.of_character) else 0
        return self.readings[place] or character


def syllables_of(text: str) -> list[str]:
    """The syllables of ``text``; what is not read stands between them as it is written."""
    found: list[str] = []
    for is_han, run in groupby(text, key=lambda character: _HAN.match(character) is not None):
        written = "".join(run)
        found += [syllable for phrase in _phrases_in(written) for syllable in _read(phrase)] if is_han else [written]
    return found


def all_syllables() -> frozenset[str]:
    """Every syllable that any character is read as, however rarely."""
    return frozenset(filter(None, _tables().readings))


def _phrases_in(run: str) -> Iterator[str]:
    """The longest phrase at each place, else the character. What is but the beginning of a phrase, up to the end, is
    read character by character, even where a phrase begins within it: so the library does it."""
    phrases = _tables().phrases
    while run:
        longest, leads = 0, True
        for end in range(1, len(run) + 1):
            at = bisect_left(phrases, run[:end])
            leads = at < len(phrases) and phrases[at].startswith(run[:end])
            if not leads:
                break
            if phrases[at] == run[:end]:
                longest = end
        if leads and not longest:
            yield from run
            return
        yield run[: longest or 1]
        run = run[longest or 1 :]


def _read(phrase: str) -> list[str]:
    tables = _tables()
    known = tables.of_phrase.get(phrase)
    return known.split(" ") if known else [tables.read(character) for character in phrase]


@cache
def _tables() -> _Tables:
    readings, of_character = _characters()
    # Only long strings outlive what was read: small ones would hold the memory of everything made beside them.
    phrases, different = _phrases(readings, of_character)
    gc.collect()
    of_phrase = dict(line.split("\t") for line in different.split("\n"))
    return _Tables(readings.split("\n"), of_character, phrases.split("\n"), of_phrase)


def _characters() -> tuple[str, array[int]]:
    """All readings, a line each, and for each code the line that has the usual one."""
    known = {int(code): [_plain(reading) for reading in them.split(",")] for code, them in _file("pinyin_dict").items()}
    readings = ["", *sorted({reading for every in known.values() for reading in every})]
    places = {reading: place for place, reading in enumerate(readings)}
    of_character = array("H", bytes(2 * (max(known) + 1)))
    for code, (usual, *_) in known.items():
        of_character[code] = places[usual]
    return "\n".join(readings), of_character


def _phrases(readings: str, of_character: array[int]) -> tuple[str, str]:
    """All phrases in order, a line each; and those that are read otherwise than their characters, with how."""
    known, different = readings.split("\n"), []
    table = _file("phrases_dict")
    for phrase, spelled in table.items():
        syllables = [_plain(found[0]) for found in spelled]
        if syllables != [known[of_character[ord(character)]] for character in phrase]:
            different.append(f"{phrase}\t{' '.join(syllables)}")
    return "\n".join(sorted(table)), "\n".join(different)


def _plain(syllable: str) -> str:
    """A syllable without its tone."""
    letters = unicodedata.normalize("NFD", syllable.translate(_KEPT))
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))


def _file(name: str) -> dict[str, Any]:
    """One of the tables of pypinyin, without the program around them: to import it loads all of them."""
    spec = find_spec("pypinyin")
    assert spec is not None
    assert spec.origin is not None
    table: dict[str, Any] = json.loads((Path(spec.origin).parent / f"{name}.json").read_text("utf-8"))
    return table

"""Names that may be one: keys under which near names meet, and how near two of them are, in words.

Pure, but for reading its tables. A key only brings two names together; ``likeness`` says what that is worth.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from nicknames import NickNamer
from rapidfuzz.distance import JaroWinkler, Levenshtein

from articles.extraction.lexicon import words as listed
from articles.extraction.names import name_key, script_of
from talent.resolve.pinyin import all_syllables, syllables_of
from talent.resolve.sounds import sound_of_han, sound_of_latin

_BETWEEN = re.compile(r"[\s.,·•‧∙]+")
_DOT = re.compile(r"[·•‧∙]")
_NOT_LETTER = re.compile(r"[^a-z]+")
_TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "jr", "sr", "sir"})
# From here two sounds are taken for one name in two scripts; given names suffer more on the way than surnames.
_ALIKE_SURNAME, _ALIKE_GIVEN = 0.8, 0.75
# So few consonants in all are shared by chance.
_FEW_SOUNDS = 5
# A surname shorter than this is too easily one letter away from another.
_LONG = 6


@dataclass(frozen=True, slots=True)
class Likeness:
    """How strongly two names speak for one person, 0 to 1, before any context; and why, in words."""

    strength: float
    reason: str


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a name, taken apart as far as its letters allow.

    ``readings`` are (surname, given name) in pinyin, in either order where the script does not tell;
    ``sound`` is (given name, surname) by their consonants, "" for a part that is not there.
    """

    key: str
    han: bool
    words: tuple[str, ...]
    readings: frozenset[tuple[str, str]]
    sound: tuple[str, str]

    @property
    def chinese(self) -> bool:
        return bool(self.readings)


@lru_cache(maxsize=50_000)
def form(written: str) -> Form:
    """The parts of a written name."""
    if script_of(written) == "Hani":
        return _han_form(written)
    words = tuple(_latin_words(written))
    sound = (sound_of_latin("".join(words[:-1])), sound_of_latin(words[-1])) if words else ("", "")
    return Form(name_key(written), False, words, frozenset(_latin_readings(words)), sound)


def _han_form(written: str) -> Form:
    key = name_key(written)
    parts = [part for part in _DOT.split(written) if part]
    if len(parts) > 1:
        sound = ("".join(map(sound_of_han, parts[:-1])), sound_of_han(parts[-1]))
        return Form(key, True, (), frozenset(), sound)
    foreign = len(key) > 1 and set(key) <= listed("zh/transliteration")
    return Form(key, True, (), frozenset(_han_readings(key)), ("", sound_of_han(key) if foreign else ""))


# ------------------------------------------------------------------ keys


def candidate_keys(written: Iterable[str]) -> list[str]:
    """Keys that these forms share with names that may be the same, sorted: for an index, not for a reader."""
    return sorted({key for each in written for key in _keys_of(each)})


@lru_cache(maxsize=50_000)
def _keys_of(written: str) -> frozenset[str]:
    return frozenset(key[:80] for name in (written, *_known_as(written)) for key in _keys(form(name)))


def is_telling(key: str) -> bool:
    """Whether a candidate key is narrow enough to bring two names together that share no company: a full name."""
    kind, _colon, name = key.partition(":")
    return kind in ("fs", "ni") or (kind == "py" and syllables(name.rpartition("/")[2]) > 1)


def _keys(name: Form) -> Iterator[str]:
    for surname, given in name.readings:
        yield f"py:{surname}/{given}"
    given, surname = name.sound
    if given and surname:
        yield from (f"so:{surname[:2]}/{given[:1]}", f"so:{surname[:1]}/{given[:2]}", f"so:/{surname[-2:]}/{given[:1]}")
    if given and len(surname) > 2:
        yield f"fs:{surname[:3]}/{given[:1]}"
    if len(surname) > 1:
        yield f"so:{surname[:3]}"
    if len(name.words) > 1:
        first, last = name.words[0], name.words[-1]
        yield f"in:{last}/{first[0]}"
        yield from (f"ni:{given}/{last}" for given in _formal(first))
        if len(last) >= _LONG:
            yield f"gi:{first}/{last[:2]}"


# ------------------------------------------------------------------ likeness


def likeness(left: Iterable[str], right: Iterable[str]) -> Likeness | None:
    """The strongest likeness between any form of the one and any of the other; None where they are unlike.

    Forms with one key are no matter of likeness: they are the same name.
    """
    pairs = product(sorted(set(left)), sorted(set(right)))
    found = [like for a, b in pairs if (like := _likeness(*sorted((a, b)))) is not None]
    return max(found, key=lambda like: (like.strength, like.reason), default=None)


@lru_cache(maxsize=100_000)
def _likeness(left: str, right: str) -> Likeness | None:
    a, b = form(left), form(right)
    if a.key == b.key:
        return None
    if b.key in map(name_key, _known_as(left)) or a.key in map(name_key, _known_as(right)):
        return Likeness(0.8, "a familiar name of a well-known person")
    if a.han and b.han:
        return None
    if a.han or b.han:
        return _across_scripts(a, b)
    return _in_latin(a, b)


def _across_scripts(a: Form, b: Form) -> Likeness | None:
    if shared := a.readings & b.readings:
        _surname, given = min(shared)
        # A given name of one syllable is written with dozens of characters, and borne by thousands.
        return Likeness(0.9 if syllables(given) > 1 else 0.8, "the pinyin of the Chinese name")
    return _by_sound(a.sound, b.sound)


def _by_sound(left: tuple[str, str], right: tuple[str, str]) -> Likeness | None:
    (given_a, surname_a), (given_b, surname_b) = left, right
    if not (surname_a and surname_b) or JaroWinkler.similarity(surname_a, surname_b) < _ALIKE_SURNAME:
        return None
    if given_a and given_b and _given_alike(given_a, given_b):
        few = min(len(given_a) + len(surname_a), len(given_b) + len(surname_b)) < _FEW_SOUNDS
        # Raman and Kellerman end alike; what is one name begins alike, too.
        sure = not few and (given_a[0], surname_a[0]) == (given_b[0], surname_b[0])
        return Likeness(0.85 if sure else 0.75, "a transliteration by its sound")
    whole = surname_a == surname_b and len(surname_a) > (3 if given_a and given_b else 1)
    return Likeness(0.6, "a surname transliterated by its sound") if whole else None


def _given_alike(left: str, right: str) -> bool:
    if JaroWinkler.similarity(left, right) >= _ALIKE_GIVEN:
        return True
    return left[0] == right[0] and max(len(left), len(right)) > 2 and Levenshtein.distance(left, right) < 2


def _in_latin(a: Form, b: Form) -> Likeness | None:
    if sorted(a.words) == sorted(b.words):
        one_syllable = a.chinese and all(syllables(word) == 1 for word in a.words)
        return Likeness(0.85 if one_syllable else 0.95, "the same words in another order")
    if a.readings & b.readings:
        return Likeness(0.85, "another romanisation of the same Chinese name")
    if len(a.words) < 2 or len(b.words) < 2:
        return None
    if a.words[-1] == b.words[-1]:
        return _same_surname(a, b)
    return _same_given_name(a, b)


def _same_surname(a: Form, b: Form) -> Likeness | None:
    first, second = a.words[0], b.words[0]
    found = _same_surname_by_spelling(a, b)
    if found is None and first != second and (first in _formal(second) or second in _formal(first)):
        return Likeness(0.8, "a familiar form of the given name")
    return found


def _same_surname_by_spelling(a: Form, b: Form) -> Likeness | None:
    first, second = a.words[0], b.words[0]
    if first == second:
        shorter, longer = sorted((a.words, b.words), key=len)
        middle = set(shorter[1:-1]) <= set(longer[1:-1])
        return Likeness(0.9, "the same name with a middle name or without") if middle else None
    if first[0] != second[0]:
        return None
    if 1 in (len(first), len(second)):
        return Likeness(0.7, "an initial that fits the given name")
    if syllables(first) and syllables(second):
        return None
    short, long = sorted((first, second), key=len)
    if len(short) > 2 and long.startswith(short) and len(long) - len(short) > 1:
        return Likeness(0.8, "a short form of the given name")
    if len(short) < 5 or Levenshtein.distance(first, second) > 1:
        return None
    if (first[-1] == "a") != (second[-1] == "a"):
        return Likeness(0.7, "given names that differ in their last letter")
    return Likeness(0.85, "another spelling of the given name")


def _same_given_name(a: Form, b: Form) -> Likeness | None:
    left, right = a.words[-1], b.words[-1]
    if a.words[0] != b.words[0] or len(a.words[0]) < 2 or min(len(left), len(right)) < _LONG:
        return None
    if Levenshtein.distance(left, right) > 1 or (syllables(left) and syllables(right)):
        return None
    return Likeness(0.8, "surnames that differ in one letter")


# ------------------------------------------------------------------ familiar names


@lru_cache(maxsize=20_000)
def _formal(given: str) -> frozenset[str]:
    """The given name, and those that it is a short or familiar form of: Michael for Mike."""
    return frozenset({given, *_nicknamer().canonicals_of(given)})


@cache
def _nicknamer() -> NickNamer:
    return NickNamer()


def _known_as(written: str) -> tuple[str, ...]:
    """The full names behind a familiar one that the press gives a well-known person; none for any other name."""
    return tuple(_familiar().get(name_key(written), ()))


@cache
def _familiar() -> dict[str, list[str]]:
    with (Path(__file__).parent / "nicknames.toml").open("rb") as file:
        return {name_key(name): full for name, full in tomllib.load(file)["known"].items()}


# ------------------------------------------------------------------ Chinese names


def _latin_words(written: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", written).casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    for part in _BETWEEN.split(bare):
        word = _NOT_LETTER.sub("", part)
        if word and word not in _TITLES:
            yield word


def _latin_readings(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Either order: "Li Fei-Fei" and "Fei-Fei Li" are both written."""
    if not 2 <= len(words) <= 3:
        return
    for surname, given in ((words[-1], "".join(words[:-1])), (words[0], "".join(words[1:]))):
        given = given.replace("v", "u")
        if 1 <= syllables(given) <= 2:
            for reading in _surname_readings(surname):
                yield reading, given


def _surname_readings(spelled: str) -> Iterator[str]:
    plain = spelled.replace("v", "u")
    if plain in _surnames_in_pinyin():
        yield plain
    other = _table()["spellings"].get(spelled)
    if other and other != plain:
        yield other


def _han_readings(key: str) -> Iterator[tuple[str, str]]:
    """Surname and given name of an undotted Chinese name of two to four characters."""
    compound = key[:2] in _table()["compound"] and len(key) > 2
    surname, given = (key[:2], key[2:]) if compound else (key[:1], key[1:])
    if 1 <= len(given) <= 2 and (compound or surname in listed("zh/surnames")):
        yield _pinyin_of_surname(surname), _pinyin(given)


def _pinyin_of_surname(surname: str) -> str:
    reading: str = _table()["readings"].get(surname) or _pinyin(surname)
    return reading


def _pinyin(han: str) -> str:
    return "".join(syllables_of(han)).replace("v", "u")


@cache
def _table() -> dict[str, Any]:
    with (Path(__file__).parent / "surnames.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _surnames_in_pinyin() -> frozenset[str]:
    known = {*listed("zh/surnames"), *_table()["compound"]}
    return frozenset(_pinyin_of_surname(surname) for surname in known)


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """How many syllables of pinyin spell the word, the fewest that do; 0 where none do."""
    known = _syllables()
    if word in known:
        return 1
    return 2 if any(word[:cut] in known and word[cut:] in known for cut in range(1, len(word))) else 0


@cache
def _syllables() -> frozenset[str]:
    """Every syllable of Mandarin, without tones, "ü" as "u"."""
    spelled = (unicodedata.normalize("NFKD", syllable.replace("v", "u")) for syllable in all_syllables())
    plain = {"".join(c for c in syllable if not unicodedata.combining(c)) for syllable in spelled}
    return frozenset(s for s in plain if s.isalpha() and set(s) & set("aeiou"))

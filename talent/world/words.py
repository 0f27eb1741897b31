"""The words of the world as data, and names put together from them: the n-th person, the n-th company."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from talent.resolve.pinyin import syllables_of

# Of a hundred people, so many have a Chinese name.
_CHINESE = 38


@dataclass(frozen=True, slots=True)
class Soul:
    """Somebody to write about: a name in Latin letters, the same in Han, and whether the Han one is the original."""

    number: int
    name: str
    han: str
    chinese: bool


@cache
def words() -> dict[str, Any]:
    """Everything in ``words.toml``."""
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)


def soul(number: int) -> Soul:
    """The person of that number, with a name that nobody else has in either script, nor one near enough to it for two
    of them to be taken for one."""
    hundreds, rest = divmod(number, 100)
    if rest < _CHINESE:
        return _chinese(number, hundreds * _CHINESE + rest)
    return _foreign(number, hundreds * (100 - _CHINESE) + rest - _CHINESE)


def _chinese(number: int, place: int) -> Soul:
    surnames, given = words()["han_surnames"], words()["han_given"]
    pairs = len(given) * (len(given) - 1)
    which = _scattered(place, len(surnames) * pairs)
    surname, (first, second) = surnames[which // pairs], divmod(which % pairs, len(given) - 1)
    other = given[second + (second >= first)]
    spelled = "".join(syllables_of(given[first] + other)).capitalize()
    return Soul(number, f"{spelled} {_surname_in_latin(surname)}", surname + given[first] + other, True)


@cache
def _surname_in_latin(han: str) -> str:
    return "Zeng" if han == "曾" else "".join(syllables_of(han)).capitalize()


def _foreign(number: int, place: int) -> Soul:
    parts = [[each.split() for each in words()[name]] for name in ("given", "surname_heads", "surname_tails")]
    which = _scattered(place, len(parts[0]) * len(parts[1]) * len(parts[2]))
    which, tail = divmod(which, len(parts[2]))
    given, head = divmod(which, len(parts[1]))
    (first, first_zh), (begin, begin_zh), (end, end_zh) = parts[0][given], parts[1][head], parts[2][tail]
    return Soul(number, f"{first} {begin}{end}", f"{first_zh}·{begin_zh}{end_zh}", False)


def firm(number: int) -> str:
    """The name of the company of that number."""
    heads, tails, ends = (words()[name] for name in ("firm_heads", "firm_tails", "firm_ends"))
    head, tail = divmod(_scattered(number, len(heads) * len(tails)), len(tails))
    return f"{heads[head]}{tails[tail]}{ends[number % len(ends)]}"


def _scattered(place: int, size: int) -> int:
    """A place for each place below ``size``, none twice, neighbours far apart."""
    if place >= size:
        raise ValueError(f"The words make {size} names, and not {place + 1}.")
    # A prime that divides none of the sizes.
    return place * 7_368_787 % size

"""Tells in one scan whether an English text holds words that a claim could hang on, and where those of movement are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.en.tokens import tag_of, verbs
from articles.extraction.en.turns import turns
from articles.extraction.lexicon import table
from articles.extraction.organisations import gazetteer

# Frames whose verbs mean a move often enough to look at the sentence.
_TELLING = frozenset(
    {
        "join",
        "leave",
        "back",
        "hire",
        "name",
        "raise",
        "fire",
        "lose",
        "found",
        "refuse",
        "go",
        "become",
        "take_up",
        "hold",
    }
)
_MORE = (
    "back",
    "new",
    "-turned-",
    "will be",
    # Else "will be" hides it.
    "will become",
    "is out",
    "are out",
    "is now",
    "are now",
    "first",
    "last day",
    "out at",
    "out as",
)
# An act and its setting stand at most this many characters apart; about two sentences.
_REACH = 300
_ACT, _SETTING = 1, 2


@cache
def _movements() -> frozenset[str]:
    nouns = table("en/nouns")
    forms = {form for form, readings in verbs().items() if any(v.frame in _TELLING for v in readings)}
    for key in ("gone", "come", "come_back", "moved"):
        forms.update(nouns[key])
    return frozenset(forms) | frozenset(_MORE) | _turns()


@cache
def _turns() -> frozenset[str]:
    """First words of turns of phrase that say something by themselves."""
    return frozenset(w for w in turns() if w.isalpha() and (tag_of(w) in {None, "V", "OV", "ROLE"}))


@cache
def _movement() -> AhoCorasick:
    words = {*_movements(), *(form.capitalize() for form in _movements())}
    return AhoCorasick(sorted(words), matchkind=MatchKind.LeftmostLongest)


def movement(text: str) -> list[int]:
    """The positions of words of movement."""
    matches = _movement().find_matches_as_indexes(text)
    return [start for _, start, end in matches if _is_word(text, start, end)]


def _is_word(text: str, start: int, end: int) -> bool:
    inside = text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()
    return not inside or text[start] == "-"


@cache
def _clues() -> tuple[AhoCorasick, list[int]]:
    """The automaton of acts and settings, with what each of its words is."""
    words = table("en/relevance")
    kinds = dict.fromkeys((*_telling(), *words["acts"]), _ACT) | dict.fromkeys(words["alone"], _ACT | _SETTING)
    kinds |= {form.capitalize(): kind for form, kind in kinds.items()}
    for name in [*words["settings"], *(w.capitalize() for w in words["settings"] if w.islower())]:
        kinds[name] = kinds.get(name, 0) | _SETTING
    for name, organisation in gazetteer().items():
        if name.isascii() and not organisation.ambiguous and organisation.kind != "outlet":
            kinds[name] = kinds.get(name, 0) | _SETTING
    return AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest), list(kinds.values())


def _telling() -> set[str]:
    """Words of movement that are rare enough outside the news of people."""
    nouns, common = table("en/nouns"), frozenset(table("en/relevance")["common"])
    forms = {
        f for f, readings in verbs().items() if any(v.frame in _TELLING and v.lemma not in common for v in readings)
    }
    turned = _turns() - frozenset(table("en/relevance")["common"])
    return forms.union(nouns["gone"], nouns["come"], nouns["come_back"], nouns["moved"], turned) - {"hire", "hires"}


# Two capitalised words in a row: a name, more often than not.
_NAMELIKE = re.compile(r"[A-Z][\w’'-]+ (?:[a-z]{2,3} )?[A-Z][\w’'.-]")
_NEAR = 150


def is_relevant(text: str) -> bool:
    """Whether an act (joined, hired, paid, laid off) stands near a setting (an employer, a researcher, a start-up) or
    a name."""
    automaton, kinds = _clues()
    matches = automaton.find_matches_as_indexes(text)
    acts = [(start, end) for index, start, end in matches if kinds[index] & _ACT]
    if not acts:
        return False
    settings = [(start, end) for index, start, end in matches if kinds[index] & _SETTING]
    if any(_is_word(text, *setting) and _acts_near(text, acts, setting[0], _REACH) for setting in settings):
        return True
    return any(_acts_near(text, acts, name.start(), _NEAR) for name in _NAMELIKE.finditer(text))


def _acts_near(text: str, acts: list[tuple[int, int]], position: int, reach: int) -> bool:
    first, last = bisect_left(acts, (position - reach, 0)), bisect_right(acts, (position + reach, 0))
    return any(_is_word(text, *act) for act in acts[first:last])

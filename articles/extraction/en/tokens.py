"""Cuts an English sentence into tokens, each with the class that the grammar of moves needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from articles.extraction.lexicon import table

_TOKEN = re.compile(
    r"[’']s\b|[’'](?:ll|ve|re|d|m)\b|\$?\d+(?:[.,]\d+)*(?:%|(?:bn|mn|tn|m|k|b)\b|(?:-[a-z]+)+)?|[^\W_]+(?:(?:[-.&]|[’'](?!(?:s|ll|ve|re|d|m)\b))[^\W_]+)*|[^\w\s]"
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_MARKUP = frozenset("*[]#|`")
_YEAR = re.compile(r"(?:19|20)\d\d")
# "Byrne-led Acme" tells nothing of Byrne.
_LED = re.compile(r"-[a-z]+\b")
_FORMER_PREFIX = re.compile(r"(?:ex|then|now)-(?=[a-z])")


@dataclass(slots=True)
class Token:
    """One word, number, mark or entity; ``tag`` is its class, ``ref`` the mention that it stands for."""

    start: int
    end: int
    text: str
    low: str
    tag: str
    ref: Any = None


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of movement: its frame, base form, the particles that must follow, and the form's kind."""

    frame: str
    lemma: str
    particles: frozenset[str]
    form: str


def regular(base: str) -> list[str]:
    """The base, -s, past, participle and -ing forms of a regular verb."""
    if base.endswith("e"):
        return [base, base + "s", base + "d", base + "d", base[:-1] + "ing"]
    if base.endswith(("ch", "sh", "s", "x", "ss")):
        return [base, base + "es", base + "ed", base + "ed", base + "ing"]
    if base[-1] == "y" and base[-2] not in "aeiou":
        return [base, base[:-1] + "ies", base[:-1] + "ied", base[:-1] + "ied", base + "ing"]
    if len(base) <= 4 and base[-1] in "bgpt" and base[-2] in "aeiou" and base[-3] not in "aeiou":
        return [base, base + "s", base + base[-1] + "ed", base + base[-1] + "ed", base + base[-1] + "ing"]
    return [base, base + "s", base + "ed", base + "ed", base + "ing"]


_FORMS = ("base", "present", "past", "participle", "gerund")


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Every form of every verb of movement, with what it can be."""
    found: dict[str, dict[Verb, None]] = {}
    for frame, lines in table("en/verbs").items():
        if not isinstance(lines, list):
            continue
        for line in lines:
            written, _, particles = line.partition(" + ")
            forms = written.split()
            forms = forms if len(forms) == 5 else regular(written)
            needed = frozenset(particles.split("/")) if particles else frozenset()
            for kind, form in zip(_FORMS, forms, strict=True):
                found.setdefault(form, {}).setdefault(Verb(frame, forms[0], needed, kind))
    return {form: tuple(readings) for form, readings in found.items()}


@cache
def numbers() -> dict[str, int]:
    """Number words below a hundred."""
    return dict(table("en/grammar")["numbers"])


@cache
def plural_roles() -> frozenset[str]:
    """Words for several people by their work: "researchers", "alumni", "staff"."""
    nouns = table("en/nouns")
    return frozenset([_plural(r) for r in nouns["roles"]] + nouns["plural_only"] + nouns["mass"])


def _plural(noun: str) -> str:
    return regular(noun)[1] if not noun.endswith("man") else noun[:-3] + "men"


@cache
def _tags() -> dict[str, str]:
    """Word -> class; what comes later in this list wins."""
    grammar, nouns, words = table("en/grammar"), table("en/nouns"), table("en/verbs")
    classes: list[tuple[str, Iterable[str]]] = [
        ("V", verbs()),
        ("OV", (v for v in words["plain"]["verbs"] if v not in verbs())),
        ("ADV", grammar["adverbs"]),
        ("UNIT", grammar["time_units"]),
        ("NUM", grammar["numbers"]),
        ("NUM", ("dozen", "half")),
        ("ROLE", nouns["roles"] + nouns["persons"]),
        ("ROLE", plural_roles()),
        ("PREP", grammar["prepositions"]),
        ("REL", grammar["relatives"]),
        ("AUX", grammar["auxiliaries"]),
        ("DET", grammar["determiners"]),
        ("PRO", grammar["subjects"] + ["him", "them", "herself", "himself", "i", "we", "you", "it"]),
        ("CONJ", grammar["conjunctions"]),
    ]
    return {word: tag for tag, members in classes for word in members}


def tag_of(word: str) -> str | None:
    """The class of a lower-case word that the grammar knows, None for the open classes."""
    return _tags().get(word)


# Words that are a noun or a verb, told apart by their neighbours in ``_settle``.
_BOTH = frozenset(
    [
        "lead",
        "head",
        "chair",
        "hire",
        "hires",
        "recruit",
        "recruits",
        "exit",
        "exits",
        "move",
        "moves",
        "return",
        "returns",
        "switch",
        "jump",
        "transfer",
        "shift",
        "leave",
        "leaves",
        "star",
        "heads",
        "leads",
        "partner",
        "may",
        "march",
        "start",
        "starts",
        "found",
        "founding",
        "leading",
        "land",
        "lands",
        "target",
        "targets",
        "net",
        "tap",
        "taps",
        "draw",
        "pull",
        "score",
        "gain",
        "win",
        "catch",
        "sign",
        "signs",
        "bag",
        "round",
        "second",
        "fall",
        "report",
        "reports",
        "work",
        "works",
        "pick",
        "picks",
        "pass",
        "form",
        "forms",
        "field",
        "raid",
        "raids",
        "direct",
        "offer",
        "transition",
        "transitions",
        "names",
        "name",
        "launch",
        "launches",
        "part",
        "retreat",
    ]
)
_MODAL = frozenset(
    [
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "shall",
        "should",
        "must",
        "to",
        "'ll",
        "’ll",
        "do",
        "does",
        "did",
        "not",
        "n't",
        "never",
    ]
)


def tokenise(text: str, start: int, end: int, entities: list[tuple[int, int, str, Any]]) -> list[Token]:
    """Tokens of ``text[start:end]``; ``entities`` are its mentions (start, end, tag, ref) in order, kept whole."""
    tokens: list[Token] = []
    position = start
    for first, last, tag, ref in entities:
        if first < position:
            continue
        _words(text, position, first, tokens)
        if tag == "PER" and (led := _LED.match(text, last)) is not None:
            tag, last = "ADV", led.end()
        tokens.append(Token(first, last, text[first:last], text[first:last].lower(), tag, ref))
        position = last
    _words(text, position, end, tokens)
    _settle(tokens)
    return tokens


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    tags = _tags()
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if word in _MARKUP:
            continue
        low = word.lower().replace("’", "'")
        tag = tags.get(low) or _shape(word, low)
        tokens.append(Token(match.start(), match.end(), word, low, tag))


def _shape(word: str, low: str) -> str:
    if low == "'s":
        return "POS"
    if not word[0].isalnum():
        return "W" if word[-1] in "bnmk" and len(word) > 2 else "P"
    if word[0].isdigit():
        return (
            "NUM" if _NUMBER.fullmatch(word) and not _YEAR.fullmatch(word) else "YEAR" if _YEAR.fullmatch(word) else "W"
        )
    if low.endswith("n't"):
        return "AUX"
    if low.endswith("ly") and len(low) > 4:
        return "ADV"
    if prefix := _FORMER_PREFIX.match(low):
        return "ROLE" if _tags().get(low[prefix.end() :]) == "ROLE" else "W"
    if "-turned-" in low:
        return "ROLE"
    return "W"


# Words of a role that are verbs elsewhere ("managing director", "recruiting chief").
_OF_ROLES = frozenset({"managing", "recruiting", "hiring", "acting"})
_SAY = frozenset({"say", "says", "said", "saying"})
_FAREWELLS = frozenset({"goodbye", "farewell"})


def _settle(tokens: list[Token]) -> None:
    """Decide what depends on neighbours: possessive or "is", noun or verb, a month or "may"."""
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else None
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.tag == "POS" or token.low == "'s":
            token.tag = _possessive(before, after)
        elif (
            token.tag == "P"
            and token.text in "’'"
            and before
            and before.low.endswith("s")
            and before.end == token.start
        ):
            token.tag = "POS" if after and after.tag in {"W", "ROLE", "ORG", "CAP", "UNIT", "NUM"} else "P"
        elif token.low in _OF_ROLES and after is not None and after.tag == "ROLE":
            token.tag = "W"
        elif (token.low in _SAY and (after is None or after.low not in _FAREWELLS)) or (
            token.tag == "W" and before and before.tag in {"PER", "PRO"} and token.low.endswith("ed")
        ):
            token.tag = "OV"
        elif token.low in _BOTH:
            token.tag = _noun_or_verb(token, before, after, tokens[i - 2] if i > 1 else None)


def _possessive(before: Token | None, after: Token | None) -> str:
    if before is None or before.tag in {"PRO", "REL"} or before.low in {"there", "here", "that", "what"}:
        return "AUX"
    if after is not None and (after.tag in {"DET", "ADV", "PREP"} or after.low.endswith("ing")) and before.tag != "ORG":
        return "AUX" if after.low in {"not", "been", "also", "now"} or after.tag == "DET" else "POS"
    return "POS"


_MONTHS = frozenset({"may", "march"})
_NOMINAL = frozenset({"DET", "POS", "PREP", "NUM", "ROLE"})


def _noun_or_verb(token: Token, before: Token | None, after: Token | None, second: Token | None) -> str:
    word, left = token.low, before.tag if before else ""
    if word in _MONTHS and token.text[0].isupper():
        return "UNIT" if left in {"PREP", "W", "ADV"} or (after and after.tag in {"NUM", "YEAR", "P"}) else "AUX"
    if word == "may":
        return "AUX"
    role = word in {
        "lead",
        "head",
        "chair",
        "star",
        "partner",
        "recruit",
        "recruits",
        "hire",
        "hires",
        "heads",
        "leads",
        "names",
    }
    noun = "ROLE" if role else "W"
    if role and before is not None and after is not None and after.low == "of":
        return noun
    if before is not None and (before.low in _MODAL or (left == "PREP" and before.low == "to")):
        return "V"
    if word == "found" and not (before and before.low in _MODAL):
        return "OV"
    if word in {"founding", "leading"} and left in {"DET", "POS", "ROLE", "ORG", "W", "NUM"}:
        return "W"
    if left in {"PER", "PRO", "REL", "AUX", "ADV", "CONJ", "CAP"} or (left == "P" and before and before.text in ',)”"'):
        return (
            noun
            if role and after is not None and after.tag in {"PREP", "PER", "P"} and after.low not in {"to", "up", "for"}
            else "V"
        )
    if (
        left == "ORG"
        and after is not None
        and (
            (
                word in {"hires", "hire", "recruits", "taps", "names"}
                and after.tag in {"PER", "ROLE", "ORG", "NUM", "CAP"}
            )
            or (word.endswith("s") and after.tag == "PER")
        )
    ):
        return "V"
    if left == "ORG":
        return (
            noun
            if after is None or after.tag in {"P", "PER", "ROLE"} or (after.tag == "PREP" and after.low != "to")
            else "V"
        )
    if left == "ROLE" and before and before.low in plural_roles() and not role and not word.endswith("s"):
        return "V"
    single = left == "ROLE" and before is not None and before.low not in plural_roles()
    onward = after is not None and (after.tag == "ORG" or after.low in {"for", "to", "as", "after", "amid"})
    if single and onward and not role and word.endswith("s"):
        return "V"
    if left in _NOMINAL or before is None:
        return noun if before is not None else ("V" if word.endswith("ing") else noun)
    if left == "W" and role and after is not None and after.tag in {"UNIT", "DET"} and second and second.tag == "POS":
        return noun
    if left == "W":
        return (
            noun
            if after is None or (after.tag in {"PREP", "P", "PER", "AUX", "V", "OV", "W"} and after.low != "to")
            else "V"
        )
    return "V"

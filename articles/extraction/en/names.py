"""Finds people's names in English text by their shape, a lexicon and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from articles.extraction.en.tokens import plural_roles, tag_of
from articles.extraction.lexicon import table, words
from articles.extraction.organisations import Hit

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĽŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽȘȚ"
_WORD = (
    rf"(?!(?:R&D|Q&A|M&A)\b)[A-Z]{{1,2}}&[A-Z]{{1,2}}\b|[{_UPPER}](?:[^\W_]|[’'](?!s\b|[\s.,;)]))*(?:-[^\W\d_](?:[^\W\d_]|[’'](?!s\b|[\s.,;)]))*)*"
    r"(?:\.(?:ai|AI|com|io|dev|org)\b)?"
)
_INITIAL = rf"(?:(?!X)[{_UPPER}]\.)+"
_PARTICLE = r"(?:de|van|von|der|den|da|di|del|della|la|le|al|bin|ibn|el|ter|ten|dos|du|zu|y)"
_NICKNAME = rf"[(“\"][{_UPPER}][^\W\d_]{{1,14}}[)”\"]"
SEQUENCE = re.compile(
    rf"(?<![\w@#/])(?:{_INITIAL}|{_WORD})"
    rf"(?:[ \u00a0](?:(?:(?:{_PARTICLE}|&)\s){{0,2}}(?:{_INITIAL}|{_WORD})"
    rf"|{_NICKNAME}(?=[ \u00a0](?:{_PARTICLE}\s)?[{_UPPER}]))){{0,7}}"
)
_PART = re.compile(r"\S+")
# The romanised syllables of Chinese given names: one to three of them make a name.
_SYLLABLE = (
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u|v)"
)
_PINYIN = re.compile(rf"(?:{_SYLLABLE})(?:-?{_SYLLABLE}){{0,2}}")
_SURNAME_SHAPE = re.compile(
    r"(?:ov|ova|ev|eva|ski|sky|skiy|vic|vić|vich|enko|yan|ian|sson|sen|stein|berg|burg|mann|ez|ini|elli|akis|opoulos|oulis|"
    r"moto|mura|awa|wala|oglu|oğlu|shvili|dze|escu|owski|ewski|ington|worth|field|aj|avan|nathan|swamy|murthy|gowda|ishi)$"
)
_TITLE_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame)\.?\s$")
# What a person does next to the name, or is: enough for a run of two or three words of unknown kind.
_PERSON_AFTER = re.compile(
    r"\s(?:who|said|says|told|wrote|tweeted|posted|added|joins|joined|rejoins|rejoined|leaves|left|departs|departed|quits?|"
    r"resigned|resigns|stepped|steps|co-?founded|(?:has|is|was|will)\s(?:now\s|also\s|reportedly\s|recently\s|just\s)?"
    r"(?:left|joined|joining|leaving|departed|departing|resigned|stepping|join|leave|appointed|named|hired|promoted|fired|ousted|poached|returning))\b"
    r"|,\s(?:who|CEO|CTO|chief|co-founder|head|formerly|\d\d)\b|[’']s\s(?:departure|exit|resignation|appointment)\b"
)
_PERSON_BEFORE = re.compile(
    r"(?:\b(?:hire[sd]?|poach(?:es|ed)?|recruit(?:s|ed)?|appoint(?:s|ed)?|tap(?:s|ped)|fire[sd]|welcome[sd]?|snag(?:s|ged)|lure[sd]|promote[sd]|"
    r"oust(?:s|ed)|departure of|hiring of|appointment of|exit of|named))\s$"
)
# "Q3", "H100", "B2B": no names.
_CODE = re.compile(r"[A-Z]{1,3}\d+[a-zA-Z]?\d*")
_PRONOUN_OF = re.compile(r"(?:i|he|she|it|we|you|they|who|that|there)[’'](?:s|d|m|ll|re|ve)?$")
_WORD_BEFORE = re.compile(r"([A-Za-z][\w-]*),?\s$")


@dataclass(frozen=True, slots=True)
class Name:
    """``text[start:end]`` is a capitalised run: a person where ``person`` is true, else something not yet known."""

    start: int
    end: int
    parts: tuple[str, ...]
    person: bool


@cache
def _given() -> frozenset[str]:
    return words("en/given_names")


@cache
def _surnames() -> frozenset[str]:
    return words("en/surnames")


@cache
def _strangers() -> frozenset[str]:
    """Lower-case words that end or never begin a name: roles, places, products, suffixes of firms."""
    nouns = table("en/nouns")
    return frozenset(
        nouns["not_names"] + nouns["roles"] + nouns["plural_only"] + nouns["role_words"] + nouns["organisations"]
    )


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(table("en/nouns")["organisation_suffixes"]) | {w.lower() for w in table("en/firms")["endings"]}


@cache
def _introducers() -> frozenset[str]:
    vague = {
        "developer",
        "partner",
        "investor",
        "operator",
        "figure",
        "builder",
        "producer",
        "head",
        "lead",
        "hire",
        "star",
        "principal",
        "brain",
        "mind",
        "chief",
        "member",
        "chair",
        "pioneer",
        "creator",
        "inventor",
        "vice",
        "employee",
        "recruit",
    }
    return (frozenset(table("en/nouns")["roles"]) | plural_roles()) - vague


def find_names(text: str, hits: list[Hit]) -> list[Name]:
    """Capitalised runs outside the organisations that ``hits`` found, cut where a word cannot be part of a name."""
    taken = [(hit.start, hit.end) for hit in hits]
    found: list[Name] = []
    at = 0
    for match in SEQUENCE.finditer(text):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        for start, end in _gaps(match.start(), match.end(), taken, at):
            found += _cut(text, start, end)
    return _by_company(text, found)


_BESIDE = re.compile(r",? (?:and|&) |, ")


def _by_company(text: str, names: list[Name]) -> list[Name]:
    """Two plain words beside a person in a list are a person too ("Noor Haddad and Sam Lee")."""
    found = list(names)
    for i, name in enumerate(names):
        if name.person or len(name.parts) != 2 or not all(p[0].isalpha() and not p.isupper() for p in name.parts):
            continue
        if any(part.lower() in _suffixes() for part in name.parts):
            continue
        before, after = names[i - 1] if i else None, names[i + 1] if i + 1 < len(names) else None
        left = before is not None and before.person and _BESIDE.fullmatch(text, before.end, name.start)
        right = after is not None and after.person and _BESIDE.fullmatch(text, name.end, after.start)
        if left or right:
            found[i] = Name(name.start, name.end, name.parts, True)
    return found


def _gaps(start: int, end: int, taken: list[tuple[int, int]], at: int) -> Iterator[tuple[int, int]]:
    """The parts of a run that no organisation covers."""
    while at < len(taken) and taken[at][0] < end:
        if taken[at][0] > start:
            yield start, taken[at][0]
        start = max(start, taken[at][1])
        at += 1
    if start < end:
        yield start, end


# "on Monday", "last Monday".
_ONE_OF = re.compile(r"\b(?:on|[Ll]ast|[Nn]ext|this) $")
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)")


def _belongs(run: list[tuple[int, int, str]], word: str, after: str) -> bool:
    """Whether a common word is part of a name here: a surname ("Ada Park"), a syllable of a name ("Hae Won Park")."""
    if not 0 < len(run) < 3 or not word.istitle():
        return False
    if word == "One" and len(run) == 1 and run[0][2].istitle():
        return True
    east = all(part in _syllables() for _, _, part in run)
    if word in _surnames():
        return east or (len(run) == 1 and run[0][2] in _given())
    following = _NEXT_WORD.match(after)
    return bool(east and word in _syllables() and following and following[1] in _surnames())


_LEGAL = frozenset({"Inc", "Corp", "Ltd", "LLC", "GmbH", "PLC", "Technologies"})


def _opens_firm(run: list[tuple[int, int, str]], text: str, start: int, end: int) -> bool:
    """Whether a day or a place opens a firm's name here ("Sunday Robotics", "Western University")."""
    word, following = text[start:end], _NEXT_WORD.match(text, end)
    if not run and following is not None and following[1] in _LEGAL and word.istitle() and len(word) > 2:
        return tag_of(word.lower()) is None
    if run or following is None or not following[1].istitle() or following[1].lower() not in _suffixes():
        return False
    return (word.endswith("day") or word in _places()) and not _ONE_OF.search(text, max(0, start - 5), start)


@cache
def _places() -> frozenset[str]:
    return words("en/places")


@cache
def _syllables() -> frozenset[str]:
    return frozenset(table("en/nouns")["name_syllables"])


def _cut(text: str, start: int, end: int) -> Iterator[Name]:
    run: list[tuple[int, int, str]] = []
    for match in _PART.finditer(text, start, end):
        word, begin = match.group(), match.start()
        if word.startswith("Ex-") and len(word) > 4:
            word, begin = word[3:], begin + 3
        if not word[0].isalnum() and (word[0] not in '(“"' or len(word) < 3):
            continue
        if _CODE.fullmatch(word) and word not in words("en/companies"):
            if run:
                yield _name(text, run)
            run = []
            continue
        stranger = _is_stranger(word) or _is_month(text, begin, word)
        if (
            stranger
            and not _belongs(run, word, text[match.end() : match.end() + 16])
            and not _opens_firm(run, text, begin, match.end())
        ):
            if run and word.lower() in _suffixes():
                run.append((begin, match.end(), word))
                continue
            if run:
                yield _name(text, run)
            run = []
        else:
            run.append((begin, match.end(), word))
    if run:
        yield _name(text, run)


_BEFORE_MONTH = re.compile(r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|of|this|last|next|late|early|mid) $")


def _is_month(text: str, begin: int, word: str) -> bool:
    """Whether "August" is the month here ("By August Byrne had left")."""
    return word == "August" and _BEFORE_MONTH.search(text, max(0, begin - 8), begin) is not None


def _is_stranger(word: str) -> bool:
    """Whether the word cannot be part of a name: a role, a place, a verb, "OpenAI-backed"."""
    low = word.lower().strip('()“”"')
    if low in _strangers() or _PRONOUN_OF.match(low) or "-turned-" in low:
        return True
    if tag_of(low) and word not in _given() and word not in _surnames():
        return True
    _, hyphen, last = word.rpartition("-")
    return bool(hyphen) and last.islower() and len(last) > 3 and (last.endswith(("ed", "ing")) or last in _compounds())


@cache
def _compounds() -> frozenset[str]:
    """Second halves of words that are no names ("AI-first", "Acme-style")."""
    more = (
        "style",
        "like",
        "adjacent",
        "wide",
        "first",
        "only",
        "free",
        "based",
        "grade",
        "class",
        "size",
        "born",
        "native",
        "origin",
        "led",
        "owned",
        "run",
        "trained",
        "bound",
        "centric",
        "wise",
        "era",
        "level",
    )
    return frozenset(more) | frozenset(table("en/nouns")["roles"]) | plural_roles() | _suffixes()


def _name(text: str, run: list[tuple[int, int, str]]) -> Name:
    start, end = run[0][0], run[-1][1]
    parts = tuple(word for _, _, word in run)
    return Name(start, end, parts, _is_person(text, start, end, parts))


def _is_person(text: str, start: int, end: int, parts: tuple[str, ...]) -> bool:
    if any(part.lower() in _suffixes() for part in parts[1:]) or len(parts) > 5:
        return False
    if "&" in parts:
        return False
    if len(parts) == 1:
        titled = bool(_TITLE_BEFORE.search(text, max(0, start - 7), start))
        return titled or (parts[0] in _surnames() and bool(_PERSON_AFTER.match(text, end)))
    first, last = parts[0], parts[-1]
    if any(part.isupper() and len(part) > 3 for part in parts):
        return False
    if first in _given() or first.split("-")[0] in _given():
        return True
    if last in _surnames() or _chinese(parts):
        return True
    if len(parts) > 3 or not all(part[0].isalpha() and not part.isupper() for part in parts):
        return False
    return (
        bool(_SURNAME_SHAPE.search(last))
        or bool(_PERSON_AFTER.match(text, end))
        or _introduced(text, start)
        or _described(text, end)
    )


_APPOSITION = re.compile(
    r", (?:(?:a|an|the|its|their|one|currently|previously|formerly|former)\s)?((?:[\w’'-]+\s){0,7}[\w’'-]+)"
)


def _described(text: str, end: int) -> bool:
    """Whether a comma and a role follow (", a leading robotics expert and professor")."""
    match = _APPOSITION.match(text, end, end + 90)
    return match is not None and any(word in _introducers() for word in match[1].lower().split())


def _introduced(text: str, start: int) -> bool:
    """Whether a role or a verb that takes people stands right before ("researcher …", "hired …")."""
    before = text[max(0, start - 25) : start]
    word = _WORD_BEFORE.search(before)
    return bool(_PERSON_BEFORE.search(before)) or bool(word and word[1].lower() in _introducers())


def _chinese(parts: tuple[str, ...]) -> bool:
    """ "Jiahui Yu", "Yu Jiahui", "Xiao-Li Ma": a romanised surname with a name made of syllables."""
    if len(parts) != 2:
        return False
    one, two = parts
    return (two in _surnames() and bool(_PINYIN.fullmatch(one.lower()))) or (
        one in _surnames() and bool(_PINYIN.fullmatch(two.lower()))
    )


def is_given(word: str) -> bool:
    """Whether the word is a given name of the lexicon."""
    return word in _given()

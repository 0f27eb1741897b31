"""Tells from the bytes of a page, before anything is parsed, whether its text is worth extracting.

Each page is scanned once for words of movement, pay and lay-offs, in the encodings of English and Chinese pages. The
few hundred bytes around them are scanned for employers and topics, and where there are any, looked at again without
their mark-up and more closely. The words come from the lexicon of the reading engine, never from known articles; what
is let through is read in full anyway.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Any

import hyperscan
from ahocorasick_rs import BytesAhoCorasick
from opencc import OpenCC

from articles.extraction.lexicon import table, words
from articles.extraction.organisations import gazetteer

EMPLOYER, TOPIC, ELSEWHERE, PEOPLE, MOVEMENT, WORKPLACE, ALONE, PLAIN = (1 << bit for bit in range(8))
_SETTING = EMPLOYER | TOPIC | PEOPLE
_ACT = MOVEMENT | WORKPLACE | ALONE
# How much is looked at around an act, mark-up and all, and how many such pieces of a page at most.
_BEFORE, _BEHIND, _MOST_PIECES = 700, 600, 60
# In bytes of text: how near an act must stand to what it is about.
_RULES = (
    (EMPLOYER | TOPIC, MOVEMENT | ALONE, 150),
    (TOPIC, MOVEMENT | ALONE, 300),
    (EMPLOYER | ELSEWHERE | PEOPLE, ALONE, 150),
    (PEOPLE, MOVEMENT | ALONE, 140),
    (EMPLOYER, WORKPLACE, 60),
    (TOPIC, WORKPLACE, 100),
)
_CUT_SCRIPT = re.compile(rb"<(script|style)\b.*?(?:</\1\s*>|$)|^[^<]*?(?=</(?:script|style)>)", re.I | re.S)
_BLOCK_END = re.compile(rb"</(?:p|div|li|h[1-6]|td|tr|section|article|ul|title)>|<br\b[^>]*>", re.I)
_TAG = re.compile(rb"<!--.*?-->|<[^>]*>", re.S)
_SPACE = re.compile(rb"\s+")
# The end of a paragraph parts words as this many bytes of text would.
_PARAGRAPH = re.compile(rb"[\x00 ]*\x00[\x00 ]*")
_APART = b" " * 120
_LETTER = re.compile(rb"[A-Za-z0-9_]")
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

Hit = tuple[int, int]  # where it ends, and what it is


def worth_reading(body: bytes | memoryview) -> bool:
    """Whether the page may hold news of who moved, what is paid or who is laid off in the field. ``body`` is HTML."""
    if (wide := _WIDE.get(bytes(body[:2]))) is not None:
        body = bytes(body).decode(wide, "replace").encode()
    acts = _acts().hits(body)
    if not acts:
        return False
    pieces = [bytes(body[start:end]) for start, end in _around(acts)]
    return any(_speaks(_everything().hits(_text(pieces[number]))) for number in _telling(pieces))


def _around(acts: Sequence[Hit]) -> list[tuple[int, int]]:
    """The bytes around each act; around several at once where they stand close together."""
    places: list[tuple[int, int]] = []
    for end, _ in acts:
        start = max(0, end - _BEFORE)
        if places and start <= places[-1][1]:
            places[-1] = (places[-1][0], end + _BEHIND)
        else:
            places.append((start, end + _BEHIND))
    return places


def _telling(pieces: Sequence[bytes]) -> list[int]:
    """Numbers of the pieces that hold something for an act to be about."""
    edges = list(accumulate(len(piece) for piece in pieces))
    kinds = [0] * len(pieces)
    for end, kind in _everything().hits(b"".join(pieces)):
        kinds[min(bisect_left(edges, end), len(pieces) - 1)] |= kind
    return [
        number for number, kind in enumerate(kinds) if kind & (_SETTING | PLAIN) or (kind & ALONE and kind & ELSEWHERE)
    ][:_MOST_PIECES]


class Scanner:
    """Finds a few hundred words in a whole page; ``words`` gives the kind of each."""

    def __init__(self, words: dict[str, int]) -> None:
        patterns = [(form, kind) for word, kind in words.items() for form in _forms(word)]
        # How long a word is, where only a whole word counts; 0 for Chinese.
        self._found = [(len(form) if form.isascii() else 0, kind) for form, kind in patterns]
        count = len(patterns)
        # Plain words: patterns that look for their edges take a hundred times as long to compile.
        expressions = [b"".join(b"\\x%02x" % byte for byte in form) for form, _ in patterns]
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(expressions=expressions, ids=list(range(count)), elements=count, flags=[0] * count)

    def hits(self, data: bytes | memoryview) -> list[Hit]:
        """Where the words end, in order, with their kinds."""
        found: list[Hit] = []
        words = self._found

        def note(pattern: int, start: int, end: int, flags: int, context: object) -> None:
            length, kind = words[pattern]
            if not length or _is_whole(data, end - length, end):
                found.append((end, kind))

        # Its stub asks for bytes; any buffer is scanned without being copied.
        self._database.scan(data, match_event_handler=note)  # type: ignore[type-var]
        return found


class Lens:
    """Finds some thousand words in small pieces: slower than a Scanner, and ready in a fraction of its time."""

    def __init__(self, words: dict[str, int]) -> None:
        patterns = [(form, kind) for word, kind in words.items() for form in _forms(word)]
        self._found = [(form.isascii(), kind) for form, kind in patterns]
        self._automaton = BytesAhoCorasick([form for form, _ in patterns])

    def hits(self, data: bytes) -> list[Hit]:
        """Where the words end, in order, with their kinds."""
        found = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
            latin, kind = self._found[pattern]
            if not latin or _is_whole(data, start, end):
                found.append((end, kind))
        return found


def _is_whole(data: bytes | memoryview, start: int, end: int) -> bool:
    """Whether a Latin word is not the middle of a longer one."""
    inside = start and _LETTER.match(data, start) and _LETTER.match(data, start - 1)
    return not inside and not (_LETTER.match(data, end - 1) and _LETTER.match(data, end))


def _speaks(hits: Sequence[Hit]) -> bool:
    """Whether an act of the text stands as near to what it is about as a rule demands."""
    if any(kind & PLAIN for _, kind in hits):
        return True
    for about, act, reach in _RULES:
        ends = [end for end, kind in hits if kind & about]
        if ends and any(
            bisect_right(ends, end + reach) > bisect_left(ends, end - reach) for end, kind in hits if kind & act
        ):
            return True
    return False


def _text(piece: bytes) -> bytes:
    """A piece of a page without mark-up and scripts; it may begin and end amid a tag."""
    if (closing := piece.find(b">")) >= 0 and not -1 < piece.find(b"<") < closing:
        piece = piece[closing + 1 :]
    if piece.rfind(b"<") > piece.rfind(b">"):
        piece = piece[: piece.rfind(b"<")]
    marked = _BLOCK_END.sub(b"\x00", _CUT_SCRIPT.sub(b" ", piece))
    return _PARAGRAPH.sub(_APART, _SPACE.sub(b" ", _TAG.sub(b" ", marked)))


# ---------------------------------------------------------------- words


@cache
def _acts() -> Scanner:
    return Scanner({word: kind for word, kind in _kinds().items() if kind & (_ACT | PLAIN)})


@cache
def _everything() -> Lens:
    return Lens(_kinds())


@cache
def _kinds() -> dict[str, int]:
    """Every word that is looked for, with what it is."""
    lexicon = table("sift")
    kinds: dict[str, int] = {}

    def add(some: Iterable[str], kind: int) -> None:
        for word in some:
            kinds[word] = kinds.get(word, 0) | kind

    add(_employers(), EMPLOYER)
    add(lexicon["topics"], TOPIC)
    add(lexicon["elsewhere"], ELSEWHERE)
    add(lexicon["people"], PEOPLE)
    add(lexicon["movement"], MOVEMENT)
    add(_triggers(), MOVEMENT)
    add(lexicon["workplace"], WORKPLACE)
    add(lexicon["alone"], ALONE)
    add(lexicon["plain"], PLAIN)
    return kinds


def _employers() -> Iterator[str]:
    """Employers of the lexicon by names that mean them nearly always."""
    lexicon = table("sift")
    left_out = {*lexicon["furniture"], *lexicon["elsewhere"]}
    for name, organisation in gazetteer().items():
        known = organisation.kind in ("company", "institute") and not organisation.ambiguous
        if known and len(name) > 1 and not name.isdigit() and name not in left_out:
            yield name


def _triggers() -> Iterator[str]:
    lexicon = table("sift")
    left_out = {*lexicon["common"], *lexicon["workplace"]}
    return (word for word in sorted(words("zh/triggers")) if len(word) > 1 and word not in left_out)


def _forms(word: str) -> list[bytes]:
    """The word in the bytes of every encoding that pages use."""
    if not word.isascii():
        return sorted(_encoded(word))
    return [form.encode() for form in dict.fromkeys((word, word[0].upper() + word[1:]))]


def _encoded(word: str) -> set[bytes]:
    traditional = _converter().convert(word)
    found = set()
    for form, encoding in ((word, "utf-8"), (traditional, "utf-8"), (word, "gb18030"), (traditional, "big5hkscs")):
        try:
            found.add(form.encode(encoding))
        except UnicodeEncodeError:
            # Big5 does not hold it, so no page in Big5 does.
            continue
    return found


@cache
def _converter() -> Any:
    return OpenCC("s2t")

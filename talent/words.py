"""Words of a quote as full text search compares them, in any script, and what a reader asks for in the same terms.

Latin words are stemmed; Chinese, which has no blanks, is cut into pairs of neighbouring characters, traditional ones
made simplified. So nothing is asked of the database's dictionaries, and a text is cut the same way wherever it is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC
from Stemmer import Stemmer

from talent.well_known import in_quotes, other_names

MAX_WORDS = 16
# A lexeme is no longer: what is, is no word.
_LONGEST = 60
# PostgreSQL counts no further.
_LAST_PLACE = 16_383
# The word that is still being typed finds longer ones from this length on.
_BEGINS_FROM = 3

_DENSE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_DENSE}]+|(?:(?![{_DENSE}])[^\W_])+(?:['’](?:(?![{_DENSE}])[^\W_])+)*")
_IS_DENSE = re.compile(rf"[{_DENSE}]")
_PART = re.compile(r'(-?)(?:["“”„«「『]([^"“”»」』]+)(?:["“”»」』]|$)|([^\s"“”„«」』「»『]+))')
_POSSESSIVE = re.compile(r"['’]s$")
# They stand in every sentence, and would be a third of the index.
_STOP_WORDS = (
    "a an and are as at be been but by for from had has have he her his if in into is it its of on or s she that the"
    " their there they this to was were which who will with would"
)
_STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Word:
    """``text[start:end]`` as it is compared; ``place`` counts words, and every character of Chinese."""

    lexeme: str
    place: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Element:
    """A word that is asked for, so many places behind the first of its phrase; ``begins`` finds longer words, too."""

    offset: int
    lexeme: str
    begins: str = ""

    def fits(self, lexeme: str) -> bool:
        return lexeme == self.lexeme or bool(self.begins and lexeme.startswith(self.begins))

    def __str__(self) -> str:
        if not self.begins:
            return f"'{self.lexeme}'"
        begun = f"'{self.begins}':*"
        return begun if self.lexeme.startswith(self.begins) else f"('{self.lexeme}' | {begun})"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, or one of the other rows that mean the same. ``without`` asks that none of them stands there."""

    elements: tuple[Element, ...]
    without: bool = False
    others: tuple[tuple[Element, ...], ...] = ()

    @property
    def ways(self) -> tuple[tuple[Element, ...], ...]:
        """Every row of words by which it is found."""
        return (self.elements, *self.others)

    def __str__(self) -> str:
        found = f"({' | '.join(map(_row, self.ways))})" if self.others else _row(self.elements)
        return f"{'!' if self.without else ''}{found}"


def _row(elements: Sequence[Element]) -> str:
    first, *others = elements
    steps, last = [str(first)], first.offset
    for element in others:
        steps.append(f"<{element.offset - last}> {element}")
        last = element.offset
    return f"({' '.join(steps)})"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader looks for: all of these phrases. As a string, a tsquery; "" where there is nothing to look for."""

    phrases: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        return any(not phrase.without for phrase in self.phrases)

    def __str__(self) -> str:
        return " & ".join(map(str, self.phrases)) if self else ""


# ------------------------------------------------------------------ texts


def vector(text: str) -> str:
    """The words of a text with their places, as PostgreSQL writes a tsvector."""
    places: dict[str, list[int]] = defaultdict(list)
    for word in words_of(text):
        if word.place > _LAST_PLACE:
            break
        places[word.lexeme].append(word.place)
    return " ".join(f"'{lexeme}':{','.join(map(str, found))}" for lexeme, found in places.items())


def words_of(text: str) -> Iterator[Word]:
    """The words of a text that can be looked for, in order."""
    place = 1
    for match in _WORD.finditer(text):
        written, start = match.group(), match.start()
        if not _IS_DENSE.match(written):
            lexeme = _lexeme(written)
            if lexeme not in _STOP:
                yield Word(lexeme, place, start, match.end())
            place += 1
            continue
        folded = _simplified(written)
        for at in range(len(folded)):
            yield Word(folded[at : at + 2], place + at, start + at, min(start + at + 2, match.end()))
        place += len(folded)


@lru_cache(maxsize=100_000)
def _lexeme(written: str) -> str:
    """A word of a script with blanks without its ending; a stop word stays itself."""
    bare = _folded(written)
    return bare if bare in _STOP or not bare.isascii() else _stemmed(bare)


def _folded(written: str) -> str:
    """The word without case and accents."""
    bare = _POSSESSIVE.sub("", written).lower()
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", bare).casefold())
    return "".join(c for c in bare if c.isalnum())[:_LONGEST]


@cache
def _english() -> object:
    return Stemmer("english")


def _stemmed(word: str) -> str:
    stem: str = _english().stemWord(word)  # type: ignore[attr-defined]  # the package ships no types
    return stem


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def _simplified(run: str) -> str:
    """The characters, each for each."""
    folded: str = _simplifier().convert(run)
    return folded if len(folded) == len(run) else run


# ------------------------------------------------------------------ questions


def asked_for(words: str) -> Asked:
    """What these words ask for: each of them, what stands in quotation marks as a phrase, and not what has a minus
    before it. The last word may be the beginning of one. Well-known people are found by their names in both scripts."""
    whole = in_quotes(words.replace("\0", " "))
    parts = [match for match in _PART.finditer(whole) if match[0] != "-"][:MAX_WORDS]
    phrases = []
    for match in parts:
        typing = match is parts[-1] and not match[2] and not match[1]
        chunk = match[2] or match[3] or ""
        if elements := tuple(_elements(chunk, typing=typing)):
            spelled = (tuple(_elements(other, typing=False)) for other in other_names(chunk))
            phrases.append(Phrase(elements, without=bool(match[1]), others=tuple(dict.fromkeys(spelled))))
    return Asked(tuple(phrases))


def _elements(chunk: str, *, typing: bool) -> Iterator[Element]:
    found = list(words_of(chunk))
    for at, word in enumerate(found):
        offset = word.place - found[0].place
        if _IS_DENSE.match(word.lexeme):
            # In a text the last character of a run stands alone; asked for alone, it begins every pair with it.
            if len(word.lexeme) == 2:
                yield Element(offset, word.lexeme)
            elif not _behind_its_pair(found, at):
                yield Element(offset, word.lexeme, begins=word.lexeme)
            continue
        begun = _folded(chunk[word.start : word.end])
        open_ended = typing and at == len(found) - 1 and len(begun) >= _BEGINS_FROM
        yield Element(offset, word.lexeme, begins=begun if open_ended else "")


def _behind_its_pair(found: Sequence[Word], at: int) -> bool:
    return at > 0 and found[at - 1].end == found[at].end


def marked(text: str, asked: Asked) -> list[tuple[str, bool]]:
    """The text in pieces, and which of them are what was asked for."""
    pieces, done = [], 0
    for start, end in _merged(_places(list(words_of(text)), asked)):
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    return [(piece, hit) for piece, hit in [*pieces, (text[done:], False)] if piece]


def _places(words: Sequence[Word], asked: Asked) -> Iterator[tuple[int, int]]:
    by_place = {word.place: word for word in words}
    looked_for = [elements for phrase in asked.phrases if not phrase.without for elements in phrase.ways]
    for elements in looked_for:
        for word in words:
            row = [by_place.get(word.place + element.offset) for element in elements]
            if all(w and e.fits(w.lexeme) for w, e in zip(row, elements, strict=True)):
                yield word.start, max(_end(w, e) for w, e in zip(row, elements, strict=True) if w)


def _end(word: Word, element: Element) -> int:
    """Where the word ends, or the one character of a pair that was asked for."""
    return word.start + 1 if len(element.begins) == 1 else word.end


def _merged(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges in order, those that touch made one."""
    open_start, open_end = -1, -1
    for start, end in sorted(set(ranges)):
        if start <= open_end:
            open_end = max(open_end, end)
            continue
        if open_end >= 0:
            yield open_start, open_end
        open_start, open_end = start, end
    if open_end >= 0:
        yield open_start, open_end

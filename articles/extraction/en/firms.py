"""Employers that no list holds: names that the text itself treats as firms, with their short forms."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Reading, Sentence
from articles.extraction.organisations import lookup
from articles.extraction.patterns import either

_WORDS = table("en/firms")
_NOT_NAMES = frozenset(table("en/signals")["not_names"])
_PLACES = frozenset(table("en/signals")["places"])

_NAME = re.compile(r"(?<![\w’'.-])[A-Z][\w&-]*\w(?:[ ](?:&[ ]|of[ ]|a[ ])?[A-Z][\w&-]*\w){0,3}\b\.?")
_ENDING = re.compile(rf"\s{either(_WORDS['endings'])}$")
_ACTS = re.compile(
    rf"(?:,\s[^,.;]{{3,70}},|\s\([^)]{{1,30}}\))?\s(?:also\s|now\s|reportedly\s|already\s)?{either(_WORDS['acts'])}\b"
)
_SOFT_ACTS = re.compile(rf"\s(?:also\s|now\s|reportedly\s|already\s)?{either(_WORDS['soft_acts'])}\b")
_WHICH = re.compile(r",\s(?:which|whose)\b")
_WITH = re.compile(r",\swith\s(?:about\s|some\s|its\s)?\d")
_WHICH_HAS = re.compile(
    r",\swhich\s(?:had|has|employs?|counts?|counted|makes?|builds?|sells?|runs?|raised|was\sfounded|pays?)\b"
)
_TOWN = re.compile(r"\b(?:in|near|outside)\s$")
_VERB = re.compile(r"\s[a-z]{2,}s\b")
_OWNS = re.compile(rf"[’']s?\s(?:\w+\s){{0,2}}?{either(_WORDS['belongings'])}\b")
_SPEAKS = re.compile(rf"\s{either(_WORDS['speakers'])}s?\b")
# "Acme Key CEO Ada Byrne" is a firm, its chief's job and his name.
_CHIEF_OF = re.compile(r"\s(?:CEO|CTO|CFO|COO|President|Chairman)\b")
_TICKER = re.compile(r"\s\((?:Nasdaq|NASDAQ|NYSE|AMEX|LSE|LON|HKEX|TSX|TSE|ASX)\s?:")
_OF_A_FIRM = (_TICKER, _ACTS, _OWNS, _WHICH_HAS, _WITH, _SPEAKS)
_HEAD = re.compile(rf"\b{either(_WORDS['heads'])}(?:\sin\s[A-Z]\w+)?,?\s(?:called\s|named\s)?$")
_PLACE = re.compile(rf"\b{either(_WORDS['places'])}\s$")
# "London-based", "Top-tier": no part of a name.
_GRADE = re.compile(r"[A-Z][\w]+-(?:based|tier|level|time|end|scale|stage|year|class|term|line|grade|profile)")
# They open a sentence or a name: "US Cloud Group Inc".
_FIELDS = frozenset({"AI", "Robotics", "Cloud", "Research", "Labs", "Health", "Gaming"})
_PARTS_OF_NAMES = frozenset({"US", "American", "National", "Global", "United", "First", "New"})
# A name needs this much evidence; two occurrences after "at" or "from" are enough.
_ENOUGH = 2
_STRONG, _WEAK = 3, 1
# Names are gathered from this much of a text.
_HORIZON = 60_000


def with_firms(reading: Reading) -> Reading:
    """The reading with a mention wherever the text names such an employer; the reader's own mentions stay."""
    names = _firms(reading)
    if not names:
        return reading
    pattern = re.compile(rf"(?<![\w’'.-]){either(names)}(?![\w-])")
    return replace(reading, sentences=[_enriched(sentence, pattern, names) for sentence in reading.sentences])


def _enriched(sentence: Sentence, pattern: re.Pattern[str], names: dict[str, str]) -> Sentence:
    places = [(m.start() + sentence.start, m.end() + sentence.start, m[0]) for m in pattern.finditer(sentence.text)]
    people = [p for p in sentence.people if p.name not in names]
    own = [
        replace(o, known=True, name=names[o.name]) if o.name in names else o
        for o in sentence.organisations
        if o.known or not any(_inside(o.start, o.end, (s, e)) for s, e, _ in places)
    ]
    taken = [(o.start, o.end) for o in own] + [(p.start, p.end) for p in people]
    found = [OrganisationMention(s, e, names[name]) for s, e, name in places if not _overlaps(s, e, taken)]
    return replace(sentence, organisations=sorted([*own, *found], key=lambda m: m.start), people=people)


def _inside(start: int, end: int, place: tuple[int, int]) -> bool:
    """Whether the mention is only a part of the longer name at ``place``."""
    return place[0] <= start and end <= place[1] and end - start < place[1] - place[0]


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(s < end and start < e for s, e in taken)


def _firms(reading: Reading) -> dict[str, str]:
    """Every form of a name that enough of the text treats as an employer, with its fullest form."""
    evidence: Counter[str] = Counter()
    people = {p.name for s in reading.sentences for p in s.people if " " in p.name and not _ENDING.search(p.name)}
    surnames = {part for name in people for part in name.split()}
    known = {o.name for s in reading.sentences for o in s.organisations if o.known}
    text = f"{reading.document.title}\n{reading.document.text[:_HORIZON]}"
    for match in _NAME.finditer(text):
        name = _trimmed(_CHIEF_OF.split(match[0])[0])
        if not name or name in known or name.split()[-1] in _PLACES or _is_part(name, known):
            continue
        weight = _weight(text, match.start() + match[0].find(name), name)
        if name in people:
            continue
        if weight == _STRONG or not set(name.split()) & surnames:
            evidence[name] += weight
    for mention in (o for s in reading.sentences for o in s.organisations if not o.known):
        evidence[mention.name] += _WEAK * (mention.name not in _NOT_NAMES)
    firms = {name: _canonical(name) for name, weight in evidence.items() if weight >= _ENOUGH}
    return firms | _short_forms(firms, surnames)


def _is_part(name: str, known: set[str]) -> bool:
    """ "Acme AI researchers": a firm of the text and a field of its work."""
    first, _, rest = name.partition(" ")
    return first in known and first in table("en/nouns")["giants"] and rest in _FIELDS


def _canonical(name: str) -> str:
    """The lexicon's name for one that is also a common word, else the name itself."""
    known = lookup(name)
    return known.name if known is not None else name


def _trimmed(name: str) -> str:
    """Without words that only open the sentence: "At Oakline" is Oakline."""
    words = name.rstrip(".").split()
    while words and (words[0] in _NOT_NAMES or len(words[0]) < 2 or words[0] == "of" or _GRADE.fullmatch(words[0])):
        if words[0] in _PARTS_OF_NAMES and len(words) > 2 and _ENDING.search(name.rstrip(".")):
            break
        words = words[1:]
    return " ".join(words)


def _weight(text: str, start: int, name: str) -> int:
    before, after = text[max(0, start - 24) : start], text[start + len(name) : start + len(name) + 110]
    if _TOWN.search(before):
        return -_STRONG
    if _ENDING.search(name) or _HEAD.search(before) or any(p.match(after) for p in _OF_A_FIRM):
        return _STRONG
    return _WEAK * any(
        (_PLACE.search(before), _SOFT_ACTS.match(after), _WHICH.match(after), _opens_line(before, after))
    )


def _opens_line(before: str, after: str) -> bool:
    """A headline's "Oakline takes …"."""
    return not before and _VERB.match(after) is not None


def _short_forms(firms: dict[str, str], surnames: set[str]) -> dict[str, str]:
    """ "Meridian" for Meridian Systems, where no other firm or person has that word."""
    short: dict[str, str] = {}
    for name in firms:
        stem = _ENDING.sub("", name)
        if stem != name and stem not in surnames and stem not in _NOT_NAMES and len(stem) > 3:
            short[stem] = name
    return short

"""Reads a Chinese article once: sentences with their people and organisations, pronouns resolved."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

import rjieba
from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.document import Document
from articles.extraction.lexicon import table, words
from articles.extraction.mentions import OrganisationMention, PersonMention, Reading, Sentence
from articles.extraction.zh import tagger
from articles.extraction.zh.names import NameHit, Person, Surroundings, find_people
from articles.extraction.zh.organisations import (
    OrganisationHit,
    candidates,
    han_organisations,
    is_whole,
    known_organisations,
    unknown_organisations,
)
from articles.extraction.zh.plain import plain
from articles.extraction.zh.spans import Coverage

_LOG = logging.getLogger(__name__)
# Longer sentences are cut at a comma, so that no sentence is dear to read.
_LONGEST = 500
# No article is longer; what lies beyond is left, and the log says so.
_MOST_CHARACTERS = 500_000
_SENTENCE_END = re.compile(r"[。!?…\n]+[”’\"')]*")
_PRONOUN = re.compile(
    r"(?<![其吉利排])[他她](?![们人日国乡者杀])|(?:该|这位|这名)(?:研究员|科学家|高管|工程师|学者|负责人|教授)|此人"
)


# Who only speaks is not whom the text goes on about.
_SPEAKS = re.compile(r"(?:\([^()\n]{1,40}\))? ?[^,。\n]{0,4}(?:表示|说道|说|称|补充|认为|指出|写道|评论)")


@dataclass(slots=True)
class ChineseReading(Reading):
    """A reading with the plain text (same offsets) and the organisations its title names, first one first."""

    plain: str = ""
    topics: list[OrganisationMention] = field(default_factory=list)


@cache
def _titles() -> AhoCorasick:
    return AhoCorasick(table("zh/roles")["heads"], matchkind=MatchKind.LeftmostLongest)


def read(document: Document) -> ChineseReading:
    """The document's sentences with every mention in them; the title lends its names and its topic."""
    shift = len(document.title) + 1 if document.title else 0
    if len(document.text) > _MOST_CHARACTERS:
        _LOG.warning("only the first %d characters of %s are read", _MOST_CHARACTERS, document.id)
    whole = plain(f"{document.title}\n{document.text}" if shift else document.text)[: shift + _MOST_CHARACTERS]
    people, organisations = _mentions(whole)
    original = f"{document.title}\n{document.text}" if shift else document.text
    _restore(original, whole, people)
    organisations = _as_written(original, whole, organisations)
    reading = ChineseReading(document=document, plain=whole[shift:])
    reading.topics = [_organisation(hit, 0) for hit in organisations if hit.end < shift]
    reading.sentences = list(_sentences(document.text, reading.plain))
    _spread(
        reading.sentences,
        [_person(hit, shift) for hit in people if hit.start >= shift],
        [_organisation(hit, shift) for hit in organisations if hit.start >= shift],
    )
    _resolve_pronouns(reading)
    return reading


def _restore(original: str, text: str, people: list[NameHit]) -> None:
    """Gives names the characters of the article again, where the plain text has simplified ones."""
    written = {text[hit.start : hit.end]: original[hit.start : hit.end] for hit in reversed(people)}
    for person in {id(hit.person): hit.person for hit in people}.values():
        person.name = written.get(person.name, person.name)
        person.forms = list(dict.fromkeys(written.get(form, form) for form in person.forms))


def _as_written(original: str, text: str, hits: list[OrganisationHit]) -> list[OrganisationHit]:
    """The organisations, those of no lexicon by the characters of the article."""
    written = {text[h.start : h.end]: original[h.start : h.end] for h in reversed(hits) if not h.known}
    return [h if h.known else replace(h, name=written.get(h.name, h.name)) for h in hits]


def as_chinese(reading: Reading) -> ChineseReading:
    """The reading as this module made it; a reading from elsewhere is read anew."""
    return reading if isinstance(reading, ChineseReading) else read(reading.document)


def _mentions(text: str) -> tuple[list[NameHit], list[OrganisationHit]]:
    tags: list[tuple[str, str]] = rjieba.tag(text)
    return _tagged(text, tags, *_by_grammar(text, tags))


def _by_grammar(text: str, tags: list[tuple[str, str]]) -> tuple[list[NameHit], list[OrganisationHit]]:
    known = known_organisations(text)
    title_ends = frozenset(end for _, _, end in _titles().find_matches_as_indexes(text))
    names = candidates(text, tags)
    known += han_organisations(text, tags, Coverage((hit.start, hit.end) for hit in known), names)
    covered = Coverage((hit.start, hit.end) for hit in known)
    people = find_people(Surroundings(text, tags, covered, title_ends))
    taken = Coverage([*covered.spans, *((hit.start, hit.end) for hit in people)])
    unknown = unknown_organisations(text, taken, names)
    return people, sorted([*known, *unknown], key=lambda hit: hit.start)


def chinese_material(text: str) -> tuple[str, list[tuple[str, str]], list[tagger.Hint]]:
    """What the tagger sees of a text: it in plain form, the segmenter's words, and what the grammar found."""
    text = plain(text)
    tags: list[tuple[str, str]] = rjieba.tag(text)
    people, organisations = _by_grammar(text, tags)
    return text, tags, _hints(people, organisations)


def _hints(people: list[NameHit], organisations: list[OrganisationHit]) -> list[tagger.Hint]:
    named = [tagger.Hint(hit.start, hit.end, "P") for hit in people]
    return named + [tagger.Hint(hit.start, hit.end, "K" if hit.known else "G") for hit in organisations]


def _tagged(
    text: str, tags: list[tuple[str, str]], people: list[NameHit], organisations: list[OrganisationHit]
) -> tuple[list[NameHit], list[OrganisationHit]]:
    """What the grammar found, and the names that only the tagger sees."""
    names = tagger.names(text, tags, _hints(people, organisations)) or []
    taken = Coverage([*((h.start, h.end) for h in people), *((h.start, h.end) for h in organisations)])
    found = {form: hit.person for hit in people for form in (hit.person.name, *hit.person.forms)}
    more_people, more_organisations = list(people), list(organisations)
    for name in names:
        form = text[name.start : name.end]
        if taken.touches(name.start, name.end) or len(form) < 2 or _is_common(form, name.person):
            continue
        if name.person:
            person = found.setdefault(form, Person(form, [form]))
            more_people.append(NameHit(name.start, name.end, person))
        else:
            more_organisations.append(OrganisationHit(name.start, name.end, form, known=False))
    more_organisations += _elsewhere(text, more_organisations[len(organisations) :], more_people, more_organisations)
    return sorted(more_people, key=lambda hit: hit.start), sorted(more_organisations, key=lambda hit: hit.start)


def _elsewhere(
    text: str, found: list[OrganisationHit], people: list[NameHit], organisations: list[OrganisationHit]
) -> list[OrganisationHit]:
    """The other places where a Latin name stands that the tagger took for an organisation's."""
    forms = sorted({hit.name for hit in found if hit.name.isascii() and len(hit.name) > 3})
    if not forms:
        return []
    taken = Coverage([*((h.start, h.end) for h in people), *((h.start, h.end) for h in organisations)])
    scan = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)
    return [
        OrganisationHit(start, end, forms[index], known=False)
        for index, start, end in scan.find_matches_as_indexes(text)
        if is_whole(text, start, end) and not taken.touches(start, end)
    ]


def _is_common(form: str, person: bool) -> bool:
    """Whether a word list knows the form as no name of that kind: 关于, ChatGPT, NotebookLM Plus."""
    if person and (form[0] in "由被将把让与和及向对在" or not re.search(r"[^\W\d_]", form)):
        return True
    listed = table("zh/names" if person else "zh/organisations")["not_latin"]
    refused = (
        form in words("zh/not_names") or form in words("zh/surnames")
        if person
        else form in (*table("zh/organisations")["not_names"], *table("zh/organisations")["generic"])
    )
    return refused or form in listed or (person and not set(form.split(" ")).isdisjoint(listed))


def _person(hit: NameHit, shift: int) -> PersonMention:
    return PersonMention(hit.start - shift, hit.end - shift, hit.person.name, hit.person.aliases())


def _organisation(hit: OrganisationHit, shift: int) -> OrganisationMention:
    return OrganisationMention(hit.start - shift, hit.end - shift, hit.name, hit.team, hit.known)


def _sentences(text: str, plain_text: str) -> Iterator[Sentence]:
    """Cuts at full stops and line ends; the parts of one line share a paragraph number."""
    start = paragraph = 0
    for match in _SENTENCE_END.finditer(plain_text):
        for piece_start, piece_end in _pieces(plain_text, start, match.end()):
            yield Sentence(piece_start, piece_end, text[piece_start:piece_end], paragraph)
        start = match.end()
        paragraph += "\n" in match[0]
    for piece_start, piece_end in _pieces(plain_text, start, len(plain_text)):
        yield Sentence(piece_start, piece_end, text[piece_start:piece_end], paragraph)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = max(text.rfind(mark, start + 1, start + _LONGEST) for mark in ";,、 ") + 1
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _spread(sentences: list[Sentence], people: list[PersonMention], organisations: list[OrganisationMention]) -> None:
    """Puts each mention into its sentence."""
    person, organisation = iter(people), iter(organisations)
    p, o = next(person, None), next(organisation, None)
    for sentence in sentences:
        while p and p.start < sentence.end:
            sentence.people.append(p)
            p = next(person, None)
        while o and o.start < sentence.end:
            sentence.organisations.append(o)
            o = next(organisation, None)


def _resolve_pronouns(reading: ChineseReading) -> None:
    """他 and 她 are the person whom the text last put at the head of a clause, else the last one named."""
    current: PersonMention | None = None
    previous: PersonMention | None = None
    for sentence in reading.sentences:
        named = list(sentence.people)
        for match in _PRONOUN.finditer(reading.plain, sentence.start, sentence.end):
            earlier = [m for m in named if m.end <= match.start()]
            head = next((m for m in reversed(earlier) if _heads_clause(reading.plain, sentence, m)), None)
            if match[0] == "此人":
                head = earlier[-1] if earlier else previous
            antecedent = head or current or (earlier[-1] if earlier else None)
            if antecedent:
                sentence.people.append(
                    PersonMention(match.start(), match.end(), antecedent.name, antecedent.aliases, pronoun=True)
                )
        sentence.people.sort(key=lambda m: m.start)
        heads = [m for m in named if _heads_clause(reading.plain, sentence, m)]
        heads = [m for m in heads if current is None or not _SPEAKS.match(reading.plain, m.end)]
        previous = named[-1] if named else previous
        current = heads[0] if heads else named[0] if named and current is None else current


def _heads_clause(text: str, sentence: Sentence, mention: PersonMention) -> bool:
    """Whether the mention opens its clause, a title before it apart, and is no possessor or companion."""
    before = text[max(sentence.start, mention.start - 40) : mention.start]
    if re.search(
        r"[和与被对向给跟同为让据替把在继自随、] ?[^,。]{0,14}$", re.split(r"[,。:;]", before)[-1]
    ) and not before.endswith("、"):
        return False
    return not re.match(r" ?(?:\([^)]{1,40}\))? ?的(?!离|加|辞|出)", text[mention.end : mention.end + 46])

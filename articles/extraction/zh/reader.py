"""Reads a Chinese article once: sentences with their people and organisations, pronouns resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

import rjieba
from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.document import Document
from articles.extraction.lexicon import table, words
from articles.extraction.mentions import OrganisationMention, PersonMention, Reading, Sentence
from articles.extraction.organisations import lookup
from articles.extraction.zh import pronouns, tagger
from articles.extraction.zh.latin_firms import latin_firms
from articles.extraction.zh.names import NameHit, Surroundings, find_people, with_names
from articles.extraction.zh.organisations import (
    OrganisationHit,
    candidates,
    han_organisations,
    is_circle,
    is_whole,
    known_organisations,
    unknown_organisations,
)
from articles.extraction.zh.plain import plain
from articles.extraction.zh.spans import Coverage

# Longer sentences are cut at a comma, so that no sentence is dear to read.
_LONGEST = 500
# What goes on for longer is nobody's name.
_LONGEST_NAME = 60
_SENTENCE_END = re.compile(r"[。!?…\n]+[”’\"')]*")


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
    whole = _with_commas(_without_notes(plain(f"{document.title}\n{document.text}" if shift else document.text)))
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
    pronouns.resolve(reading.plain, reading.sentences)
    return reading


# What the outlet adds between brackets: (某报注:约合 700 万元), (编者注:…).
_NOTE = re.compile(r"\((?:[^():,。\n]{1,8}注(?:音|读音)?[: ]|注:)[^()\n]{0,80}\)")


def _without_notes(text: str) -> str:
    """``text`` with the inside of an outlet's own notes blank, every offset kept."""
    return _NOTE.sub(lambda note: f"({' ' * (len(note[0]) - 2)})", text)


# X——前 A 研究员——加入 B: what stands between two dashes is told in passing, as between commas.
_ASIDE = re.compile(r"——(?P<aside>[^—。!?,;\n]{2,40})——")


def _with_commas(text: str) -> str:
    """``text`` with commas for a pair of dashes, every offset kept."""
    return _ASIDE.sub(lambda pair: f", {pair['aside']}, ", text)


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
    known += latin_firms(text, Coverage((hit.start, hit.end) for hit in known))
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
    wordy, words_at = Coverage(_plain_words(tags)), _word_starts(tags)
    more_organisations = list(organisations)
    forms: list[str] = []
    for name in names:
        if not name.person and name.start not in words_at:
            name = _from_word_start(text, name, words_at)
        form = text[name.start : name.end]
        if taken.touches(name.start, name.end) or not 2 <= len(form) <= _LONGEST_NAME or _is_common(form, name.person):
            continue
        if not name.person and is_circle(text, name.end):
            continue
        if name.person and _is_date(text, name.start):
            continue
        if wordy.covers(name.start, name.end) or (not name.person and _is_word(text, name.start, name.end)):
            continue
        if name.person or _acts_as_person(text, name.start, name.end):
            forms += [] if _begins_firm(text, name.end) else [form]
        else:
            more_organisations.append(OrganisationHit(name.start, name.end, form, known=False))
    covered = Coverage([(h.start, h.end) for h in more_organisations])
    more_people = with_names(Surroundings(text, tags, covered, frozenset()), people, forms) if forms else list(people)
    more_organisations += _elsewhere(text, more_organisations[len(organisations) :], more_people, more_organisations)
    return sorted(more_people, key=lambda hit: hit.start), sorted(more_organisations, key=lambda hit: hit.start)


def _word_starts(tags: list[tuple[str, str]]) -> frozenset[int]:
    starts, at = set(), 0
    for word, _ in tags:
        starts.add(at)
        at += len(word)
    return frozenset(starts)


def _from_word_start(text: str, name: tagger.Name, words_at: frozenset[int]) -> tagger.Name:
    """The name with the whole of the word that it begins in: 深圳理工大学 for 圳理工大学."""
    start = next((at for at in range(name.start, max(-1, name.start - 4), -1) if at in words_at), name.start)
    return tagger.Name(start, name.end, name.person) if text[start] > "\u2e80" else name


# Adjectives, adverbs, numbers, times and the words of grammar: of one of them alone nobody is called here.
_NO_NAMES = frozenset({"a", "ad", "an", "d", "m", "mq", "t", "f", "c", "p", "r", "u", "ul", "uj", "uz"})


def _plain_words(tags: list[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Where the segmenter sees a word that is no noun."""
    at = 0
    for word, tag in tags:
        if tag in _NO_NAMES:
            yield at, at + len(word)
        at += len(word)


_LEAVES = re.compile(r"(?:被曝|已经?|将|也|正式|宣布|即将|近日)*(?:离职|辞职|入职|离任|跳槽|辞去|毕业)")


def _is_date(text: str, start: int) -> bool:
    """Whether what begins there only ends a date: 2024 年回国."""
    return text[start] in "年月日" and text[max(0, start - 2) : start].rstrip()[-1:].isdigit()


def _acts_as_person(text: str, start: int, end: int) -> bool:
    """Whether a short Han name that looks like a firm's does what only people do: 青衫客已离职."""
    form = text[start:end]
    short = 2 <= len(form) <= 4 and all("\u4e00" <= c <= "\u9fff" for c in form)
    return short and not _begins_firm(text, end - 1) and bool(_LEAVES.match(text, end))


def _begins_firm(text: str, end: int) -> bool:
    """Whether what was taken for a person goes on as a firm's name: 云帆智 of 云帆智算."""
    endings = tuple(table("zh/firms")["endings"])
    return text[end - 1 : end + 1] in endings or text[end : end + 3].startswith(endings)


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether a firm that is also a word (理想) stands where only the word can: 不理想."""
    firm = lookup(text[start:end])
    return firm is not None and firm.ambiguous and text[start - 1 : start] in tuple("不很最更太个种的有")


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


# A trade and a number of firms are no firm.
_NO_FIRM = re.compile(r"(?:行业|产业|领域|市场|业界|圈|美元|元)$|^[一二两三四五六七八九十几多数]+[家所个]")


def _is_common(form: str, person: bool) -> bool:
    """Whether a word list knows the form as no name of that kind: 关于, ChatGPT, NotebookLM Plus."""
    if (
        not re.search(r"[^\W\d_]", form)
        or re.search(r"[\n•*#>]", form)
        or (person and form[0] in "由被将把让与和及向对在传各每继我你您很这那")
    ):
        return True
    if person and form[1:] in table("zh/names")["honorifics"]:
        return True
    if person and form.islower() and form.isascii():
        return True
    if not person and _NO_FIRM.search(form):
        return True
    if person and form[0] > "\u2e80" and re.search(r"[A-Za-z0-9]", form):
        return True
    listed = table("zh/names" if person else "zh/organisations")["not_latin"]
    refused = (
        form in words("zh/not_names") or form in words("zh/surnames")
        if person
        else form in words("en/given_names")
        or form in (*table("zh/organisations")["not_names"], *table("zh/organisations")["generic"])
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

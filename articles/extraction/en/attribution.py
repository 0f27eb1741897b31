"""Who says so in English, in the text's own words, and what the wording says about the claim's status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.extraction import vicinity
from articles.extraction.attribution import Source, can_confirm, decide, organisation_at, person_at
from articles.extraction.claims import Attribution, Status
from articles.extraction.dates import is_recent
from articles.extraction.document import Span
from articles.extraction.en.dates import find_date
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.patterns import either

_WORDS = table("en/attribution")
_NUMBERS: dict[str, int] = _WORDS["numbers"]

_I = re.IGNORECASE
_ACCORDING = re.compile(
    r"\b(?:according to|citing|per)\s(?P<who>[^,;:()\n]{2,90}?)(?=[,;:()\n.]|"
    r"\s(?:that|who|which|and|but)\b|\sin\s|$)",
    _I,
)
_TELLS = re.compile(rf"\b{either(_WORDS['verbs'])}\b")
_BOUNDARY = re.compile(r"[,;:()\"“”—–\n]|\s(?:and|but|that|as|while|because|after|before|when|where|who|which)\s", _I)
_AUXILIARY = re.compile(rf"(?:\s{either(_WORDS['auxiliaries'])})+\s?$", _I)
_LEAD = re.compile(r"^(?:(?:now|but|and|meanwhile|however|still|on|in|at|as|earlier|last|this|so|then|also)\s)+", _I)
_OUTLET = re.compile(rf"(?<!\w){either(_WORDS['outlets'])}(?![\w-])")
_PRESS = re.compile(rf"\b(?:(?:various|multiple|several|some|recent|new|earlier)\s)*{either(_WORDS['press'])}\b", _I)
_UNNAMED = re.compile(
    rf"\b(?:(?P<count>{either(_NUMBERS)}|\d{{1,3}})\s)?(?:(?!the\s)[\w’'-]+\s){{0,3}}?{either(_WORDS['unnamed'])}\b"
    r"(?:\s(?:familiar|close|briefed|with|who|at|from|inside|of)\b[^,;.]{0,60})?",
    _I,
)
_SPOKES = re.compile(rf"\b{either(_WORDS['spokespeople'])}\b", _I)
_DOCUMENT = re.compile(rf"\b{either(_WORDS['documents'])}\b", _I)
_OFFICIAL = re.compile(rf"\b{either(_WORDS['official'])}\b", _I)
_COMPANY = re.compile(r"\b(?:the\s(?:company|startup|firm|lab|group|tech giant|chipmaker|organi[sz]ation)|it)\b", _I)
_CONFIRMING = re.compile(rf"\b{either(_WORDS['confirming'])}\b")

_ANNOUNCING = re.compile(r"announced|announces|confirmed|confirms|posted|tweeted|wrote|writes|shared|revealed")
# "Acme named Ada Byrne as its chief scientist" is the news itself, not who tells it.
_GIVES_A_JOB = re.compile(
    r"name[sd]\s(?:[\w’'-]+\s){0,4}?(?:[A-Z][\w’'-]+\s){1,4}(?:as\s|to\s(?:be|lead|head|run)\s)?"
    r"(?:an?|its|the|their|new|first|interim|co-?\w+|vice|senior|global|chief|head|president|chair\w*|director|partner|C[A-Z]O|[A-Z]\w+)\b"
)
# An outlet in no list: "The Lantern reported", "according to a report in the Harbour Gazette".
_CAPITALS = r"[A-Z][\w&’'-]*(?:\s(?:(?:of|and|&)\s)?[A-Z][\w&’'-]*){0,3}"
_REPORT_IN = re.compile(
    r"\b(?:an?|the|its|new|earlier|recent)\sreport(?:ing)?\s(?:by|in|from)\s"
    rf"(?P<name>(?:[Tt]he\s)?{_CAPITALS})"
)
_THE_NAME = re.compile(rf"(?:^|\s|[\"“])(?P<name>[Tt]he\s{_CAPITALS})[\s,]*$")
_PAPER = re.compile(rf"(?:^|\s|[\"“])(?P<name>(?:{_CAPITALS}\s)?[A-Z][\w&’'-]*\s{either(_WORDS['papers'])})[\s,]*$")
_BEFORE_NOUN = re.compile(r"\b(?:an?|the|its|this|that|earlier|recent|new)\s$", _I)
_NO_OUTLET = re.compile(rf"\b{either(_WORDS['no_outlets'])}\b")
_LEAVES_OR_JOINS = re.compile(
    r"\b(?:leav|left|join|depart|resign|step|quit|last day|move|moving|excited|"
    r"thrilled|goodbye|farewell|decision|bounc|"
    r"next chapter)\w*",
    _I,
)
# "Ada Byrne, who led research, said": the clause between the name and its verb.
_ASIDE = re.compile(
    r"^\s*(?:who|which|that|citing|a|an|the|whose|where|now|based|then|one|also|his|her|its|former|formerly)\b", _I
)

_PAST = re.compile(r"\b(?:previously|before|earlier|formerly|spent|served|worked|had|after)\b", _I)

_CUES: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("denied", re.compile(rf"\b{either(_WORDS['denied'])}\b", _I)),
    (
        "declined",
        re.compile(
            rf"\b{either(_WORDS['declined'])}\b(?!\sto\s(?:comment|say|discuss|"
            rf"answer|elaborate|provide))",
            _I,
        ),
    ),
    ("rumoured", re.compile(rf"\b{either(_WORDS['rumoured'])}\b", _I)),
    ("planned", re.compile(rf"(?:\b{either(_WORDS['planned'])}|[’']ll)\b", _I)),
)
_REBUTTAL = re.compile(
    r"\b(?:spokes\w+|representative|company)\b[^.]{0,80}\b(?:called|said|told|denied)\b[^.]{0,100}"
    r"\b(?:inaccurate|false|untrue|not true|incorrect|not accurate|denied)\b|\bdenied\sthe\s(?:report|claim|account)",
    _I,
)
_REACH = 60


def attribute(
    reading: Reading, sentence: Sentence, span: Span, *, about: str | None = None
) -> tuple[Attribution | None, Status | None]:
    """Who says so, and the status where the wording decides it (None: nothing says more than the article).

    ``about`` names whose word confirms the claim: the organisation that pays, or the person who moves.
    """
    source, verb = _find(reading, sentence, span)
    wording = status_cue(reading, sentence, span)
    confirming = verb is None or _CONFIRMING.fullmatch(verb) is not None
    if source is None or source.kind in {"outlet", "unnamed"}:
        first_hand = _first_hand(reading, sentence, span, about)
        source, confirming = (first_hand, True) if first_hand is not None else (source, confirming)
    if source is None:
        return None, wording
    party = can_confirm(source, reading, sentence, span, about=about)
    return source.as_attribution(), decide(wording, source, party, confirming)


def _first_hand(reading: Reading, sentence: Sentence, span: Span, about: str | None) -> Source | None:
    """One whom the claim is about and who announces or confirms it: in the sentence, or for a person near it."""
    for source, verb in _tellers(sentence, span):
        if _ANNOUNCING.fullmatch(verb) and can_confirm(source, reading, sentence, span, about=about):
            return source
    if about is None or _is_history(reading, sentence, span):
        return None
    for other in vicinity.around(reading, sentence.start):
        if any(p.name == about for p in other.people) and _LEAVES_OR_JOINS.search(other.text):
            for source, verb in _tellers(other, Span(other.start, other.start)):
                own = source.person == about and _ANNOUNCING.fullmatch(verb)
                if own or (source.kind == "company" and verb == "confirmed" and source.organisation is not None):
                    return source
    return None


def _is_history(reading: Reading, sentence: Sentence, span: Span) -> bool:
    """True for a step of somebody's past, which the news of today does not confirm."""
    words = sentence.text[max(0, span.start - sentence.start - 20) : span.end - sentence.start]
    return _PAST.search(words) is not None or not is_recent(
        find_date(reading, sentence, span), reading.document.published
    )


def status_cue(reading: Reading, sentence: Sentence, span: Span) -> Status | None:
    """Denied, declined, rumoured or planned where the clause itself or the next sentence says so."""
    clause = _clause(sentence, span)
    for status, cue in _CUES:
        if cue.search(clause):
            return status
    following = _next(reading, sentence)
    return "denied" if following is not None and _REBUTTAL.search(following.text) else None


def _clause(sentence: Sentence, span: Span) -> str:
    start, end = span.start - sentence.start, span.end - sentence.start
    left = max(0, start - _REACH)
    left = max([left, *(m.end() for m in _BOUNDARY.finditer(sentence.text, left, max(start, 0)))])
    return sentence.text[left : max(end, left)]


def _find(reading: Reading, sentence: Sentence, span: Span) -> tuple[Source | None, str | None]:
    """The teller and its verb: "according to X", then the nearest "X said", then the speaker of a quotation."""
    match = _ACCORDING.search(sentence.text)
    if match is not None:
        start, end = match.span("who")
        # "According to a report in the Lantern": what stands behind "in" is no part of ``who``.
        report = _REPORT_IN.match(sentence.text, start)
        source = _outlet(sentence, start, report.end() if report else end) or _source(sentence, start, end)
        if source is not None and source.kind == "unnamed" and (paper := _reporter(sentence, span)) is not None:
            # Who speaks to an outlet is heard through it.
            source = paper
        return source, None
    for source, verb in _tellers(sentence, span):
        return source, verb
    if _quoted(reading, sentence, span):
        return _speaker_nearby(reading, sentence)
    return None, None


def _reporter(sentence: Sentence, span: Span) -> Source | None:
    """The outlet that reports it, by the sentence."""
    told = (source for source, verb in _tellers(sentence, span) if verb.startswith("report"))
    return next((source for source in told if source.kind == "outlet"), None)


def _tellers(sentence: Sentence, span: Span) -> Iterator[tuple[Source, str]]:
    """Every "X said" of a sentence that resolves to a teller, nearest to ``span`` first."""
    matches = sorted(_TELLS.finditer(sentence.text), key=lambda m: _distance(sentence, m.start(), span))
    for match in matches:
        if _GIVES_A_JOB.match(sentence.text, match.start()) or _is_noun(sentence.text, match):
            continue
        source = _subject(sentence, match.start()) or _inverted(sentence, match.end())
        if source is not None:
            yield source, match[0]


def _is_noun(text: str, match: re.Match[str]) -> bool:
    """Whether the word is a report that somebody made, which tells nothing by itself."""
    return match[0] in {"report", "reports"} and _BEFORE_NOUN.search(text, 0, match.start()) is not None


def _distance(sentence: Sentence, at: int, span: Span) -> int:
    at += sentence.start
    return max(span.start - at, at - span.end, 0)


def _subject(sentence: Sentence, verb: int) -> Source | None:
    """The noun phrase that ends where the verb begins, an aside between commas left out."""
    opening = max(0, verb - 160)
    before = _AUXILIARY.sub("", sentence.text[opening:verb].rstrip())
    end = opening + len(before)
    cuts = [opening, *(m.end() for m in _BOUNDARY.finditer(sentence.text, opening, end)), end]
    for index in range(len(cuts) - 2, max(-1, len(cuts) - 6), -1):
        phrase = sentence.text[cuts[index] : cuts[index + 1]].strip(" ,")
        closes = index == len(cuts) - 2
        reports = phrase and (sentence.text.startswith("report", verb) or _REPORT_IN.search(phrase))
        outlet = _outlet(sentence, cuts[index], cuts[index + 1]) if reports else None
        if outlet is not None:
            return outlet
        if phrase and not (_ASIDE.match(phrase) and not closes) and phrase.lower() != "who":
            source = _source(sentence, cuts[index], cuts[index + 1])
            if source is not None or not _skippable(sentence.text, cuts, index):
                return source
    return None


def _skippable(text: str, cuts: list[int], index: int) -> bool:
    """True where the phrase is an aside, so that the one before it may hold the teller."""
    return _ASIDE.match(text[cuts[index] : cuts[index + 1]]) is not None


def _inverted(sentence: Sentence, verb_end: int) -> Source | None:
    """ "…", said X."""
    if not re.match(r"\s[A-Z]", sentence.text[verb_end : verb_end + 2]):
        return None
    stop = _BOUNDARY.search(sentence.text, verb_end)
    end = min(stop.start() if stop else len(sentence.text), verb_end + _REACH)
    person = person_at(sentence, sentence.start + verb_end, sentence.start + end)
    if person is None or person.start - sentence.start - verb_end > 30:
        return None
    return Source(_words_of(sentence, person.start, person.end), "person", person=person.name)


def _source(sentence: Sentence, start: int, end: int) -> Source | None:
    """What kind of teller ``text[start:end]`` (offsets in the sentence) is, or None where it is none."""
    phrase = sentence.text[start:end]
    first, last = sentence.start + start, sentence.start + end
    organisation = organisation_at(sentence, first, last)
    employer = organisation.name if organisation else None
    if (spokes := _SPOKES.search(phrase)) is not None:
        return Source(_phrase(phrase), "company", organisation=employer, official=spokes is not None)
    if (outlet := _OUTLET.search(phrase)) is not None:
        return Source(outlet[0], "outlet")
    person = person_at(sentence, first, last)
    if (document := _DOCUMENT.search(phrase)) is not None and (person is None or person.end < first + document.start()):
        return Source(_phrase(phrase), "document", organisation=employer, official=_OFFICIAL.search(phrase) is not None)
    if person is not None:
        return _person(sentence, person.start, person.end, person.name, pronoun=person.pronoun)
    if (press := _PRESS.search(phrase)) is not None:
        return Source(press[0], "outlet")
    unnamed = _UNNAMED.search(phrase)
    if unnamed is not None and (len(phrase.rstrip()) - unnamed.end() <= 3 or start == 0):
        return Source(unnamed[0].strip(), "unnamed", count=_count(unnamed["count"]))
    if organisation is not None:
        return Source(_words_of(sentence, organisation.start, organisation.end), "company", organisation=employer)
    company = _COMPANY.search(phrase)
    return Source(company[0], "company") if company and company[0].lower() != "it" else None


def _outlet(sentence: Sentence, start: int, end: int) -> Source | None:
    """The outlet that ends ``text[start:end]`` (offsets in the sentence), told by its form where no list knows it."""
    phrase = sentence.text[start:end]
    if _OUTLET.search(phrase) is not None or _NO_OUTLET.search(phrase) is not None:
        return None
    named = _REPORT_IN.search(phrase) or _PAPER.search(phrase) or _THE_NAME.search(phrase)
    organisation = organisation_at(sentence, sentence.start + start, sentence.start + end)
    if named is None or (organisation is not None and organisation.known):
        return None
    return Source(named["name"], "outlet")


def _person(sentence: Sentence, start: int, end: int, name: str, *, pronoun: bool) -> Source:
    return Source(name if pronoun else _words_of(sentence, start, end), "person", person=name)


def _words_of(sentence: Sentence, start: int, end: int) -> str:
    return sentence.text[start - sentence.start : end - sentence.start]


def _phrase(text: str) -> str:
    return _LEAD.sub("", text.strip())[:90]


def _count(word: str | None) -> int | None:
    if word is None:
        return None
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _quoted(reading: Reading, sentence: Sentence, span: Span) -> bool:
    """True where an odd number of quotation marks stands between the paragraph's start and the claim."""
    near = vicinity.before(reading, sentence.start, most=30)
    opening = next((s.start for s in near if s.paragraph == sentence.paragraph), sentence.start)
    before = reading.document.text[max(opening, span.start - 2000) : span.start + 1]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _speaker_nearby(reading: Reading, sentence: Sentence) -> tuple[Source | None, str | None]:
    """The nearest teller in the sentences around a quotation, in the same paragraph."""
    close = vicinity.around(reading, sentence.start, most=3)
    near = [s for s in close if s.paragraph == sentence.paragraph and s is not sentence]
    near.sort(key=lambda s: abs(s.start - sentence.start))
    for other in near[:3]:
        for source, verb in _tellers(other, Span(other.start, other.start)):
            if source.kind in {"person", "company"}:
                return source, verb
    return None, None


def _next(reading: Reading, sentence: Sentence) -> Sentence | None:
    return next(iter(vicinity.after(reading, sentence.start, most=1)), None)

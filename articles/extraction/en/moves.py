"""Finds who moved where in a read English article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ahocorasick_rs import AhoCorasick

from articles.extraction.claims import Attribution, MoveClaim, MoveEnd, PersonName, Status
from articles.extraction.dates import is_ahead
from articles.extraction.document import Span
from articles.extraction.en.attribution import attribute
from articles.extraction.en.circumstances import announced, in_deal, learn_careers, partner
from articles.extraction.en.cues import Cues
from articles.extraction.en.dates import find_date
from articles.extraction.en.events import Event, same
from articles.extraction.en.frames import Frames
from articles.extraction.en.gaps import Gaps
from articles.extraction.en.listings import goes_on
from articles.extraction.en.nominals import Nominals
from articles.extraction.en.quotes import quote
from articles.extraction.en.reader import EnglishReading
from articles.extraction.en.relevance import movement
from articles.extraction.en.scene import Parsed, Place, Scene
from articles.extraction.lexicon import table
from articles.extraction.mentions import Sentence
from articles.extraction.moves import assemble
from articles.extraction.organisations import canonical

_SPEAKS = re.compile(r"\b(?:said|says|announce[sd]?|confirm(?:s|ed)|told|wrote|posted|reveal(?:s|ed)|disclosed)\b")
# Further tellings of one event cost time and bring nothing.
_MOST_TELLINGS = 4
_AROUND = 250
_FORMER = re.compile(r"\b(?:former|ex-)")


# A text longer than a book is read for moves up to here.
_MOST_SENTENCES = 4_000
# A sentence this long that stands twice is read once.
_LONG = 400


def find_moves(reading: EnglishReading) -> list[MoveClaim]:
    """The moves that the article states, in the order of its text."""
    scene = Scene(reading)
    moving = _moving(reading)
    sport = _sporting(reading.document.text)
    if len(set(sport.values())) > 1:
        return []
    seen: set[str] = set()
    for sentence in reading.sentences:
        if len(scene.parsed) >= _MOST_SENTENCES:
            break
        if len(sentence.text) > _LONG:
            if sentence.text in seen:
                continue
            seen.add(sentence.text)
        named = sentence.people or _FORMER.search(sentence.text)
        if sentence.start in moving or named or sentence.organisations:
            scene.parse(sentence)
    for parsed in scene.parsed:
        learn_careers(scene, parsed)
        Cues(scene, parsed).learn()
    starts = {s.start for s in reading.sentences if any(s.start <= at < s.end for at in sport)} if sport else set()
    told = [parsed for parsed in scene.parsed if parsed.sentence.start not in starts]
    events = [event for parsed in told for event in _events(scene, parsed, parsed.sentence.start in moving)]
    return assemble(_claim(scene, event) for event in _tellings(events))


def _tellings(events: list[Event]) -> Iterator[Event]:
    """Each event in the tellings that can add to it: a few that agree, as a date may stand in any of them."""
    told: Counter[tuple[object, ...]] = Counter()
    for event in events:
        cohort = event.human.cohort
        who = event.human.person or (cohort and (cohort.min, cohort.of, cohort.text))
        key = (who, event.kind, event.origin, event.destination, event.status)
        told[key] += 1
        if told[key] <= _MOST_TELLINGS:
            yield event


@cache
def _sports() -> AhoCorasick:
    words = table("en/nouns")["sport"]
    return AhoCorasick(sorted({*words, *(w.capitalize() for w in words if w.islower())}))


def _sporting(text: str) -> dict[int, str]:
    """Where the text speaks of sport, with the words."""
    hits = _sports().find_matches_as_indexes(text)
    return {s: text[s:e].lower() for _, s, e in hits if not (text[s - 1 : s].isalpha() or text[e : e + 1].isalpha())}


def _moving(reading: EnglishReading) -> set[int]:
    """Where the sentences begin that hold a word of movement."""
    starts = [sentence.start for sentence in reading.sentences]
    return {starts[bisect_right(starts, position) - 1] for position in movement(reading.document.text)}


def _events(scene: Scene, parsed: Parsed, moving: bool) -> Iterator[Event]:
    """The events of one sentence (``moving`` where it holds a word of movement); each departure is remembered, for the
    next may leave its employer unsaid."""
    if parsed.sentence.text.endswith("?"):
        return
    moving = moving or _goes_on(scene, parsed)
    readers = (Frames(scene, parsed), Nominals(scene, parsed)) if moving else ()
    told: list[Event] = []
    for events in (*(reader.events() for reader in (*readers, Cues(scene, parsed))), Gaps(scene, parsed).events(told)):
        for event in events:
            told.append(event)
            if event.destination is not None and event.human.person and event.status not in {"declined", "denied"}:
                scene.arrived[event.human.person] = event.destination
            hired = event.rule in {"hire", "list", "among"} and event.destination is not None
            if event.status is None and event.kind != "internal" and (hired or _is_crowd(event)):
                at = scene.reading.index_of(parsed.sentence)
                scene.last_group = (at, event.destination, event.origin if event.human.cohort else None)
            if event.destination is not None and event.destination.name and event.status not in {"declined", "denied"}:
                scene.last_arrival = (parsed.sentence.start, event.destination)
            if event.kind == "founding" and event.destination is not None and event.destination.name:
                scene.venture = (parsed.sentence.start, event.destination)
            if event.kind != "internal" and event.status not in {"declined", "denied"}:
                scene.last_move = (parsed.sentence.start, event.origin, event.destination, event.human.person)
            cohort = event.human.cohort
            gone = event.kind == "departure" or event.rule == "lose"
            if gone and event.origin and cohort and (cohort.min or 0) > 1 and not event.status:
                scene.crowd_left = (parsed.sentence.start, event.origin, cohort.min or 0)
            left = event.kind == "departure" or event.rule in {"leave", "lose", "noun", "follow"}
            if left and event.origin is not None and event.status not in {"declined", "denied"}:
                scene.last_left = (parsed.sentence.start, event.origin, event.human.person)
                if event.human.person and event.origin.name:
                    scene.left[event.human.person] = event.origin
            yield event


def _is_crowd(event: Event) -> bool:
    """Whether more than one person whom nobody has named yet went."""
    cohort = event.human.cohort
    return cohort is not None and cohort.min != 1 and (event.origin is not None or event.destination is not None)


def _goes_on(scene: Scene, parsed: Parsed) -> bool:
    """Whether the sentence may name those of whom the one before has told ("They are A and B")."""
    at = scene.reading.index_of(parsed.sentence)
    return goes_on(parsed.sentence.text) and scene.last_group is not None and scene.last_group[0] == at - 1


def _claim(scene: Scene, event: Event) -> MoveClaim:
    reading, sentence = scene.reading, event.parsed.sentence
    if event.kind in {"hire", "return"} and event.origin is None and (sold := partner(scene, event)) is not None:
        event.origin, event.kind = sold, "hire"
    span = quote(sentence, event)
    human = event.human
    sentence = _nearby(sentence, span)
    attribution, told = attribute(reading, sentence, span)
    status = event.status or _status(scene, event, told, attribution)
    if told == "denied" and status in {"reported", "rumoured"} and human.person:
        status = "denied"
    if human.person and status in {"reported", "rumoured", "confirmed", "planned"} and _denied(scene, event):
        status = "denied"
    date = find_date(reading, sentence, Span(*event.focus) if event.focus else span)
    if status == "reported" and is_ahead(date, reading.document.published):
        status = "planned"
    left_role = human.role if event.kind != "internal" or event.origin else None
    return MoveClaim(
        status=status,
        span=span,
        attribution=attribution,
        date=date,
        confidence=event.confidence,
        rule=f"en.{event.rule}",
        person=_person(reading, human.person),
        cohort=None if human.person else human.cohort and replace(human.cohort),
        origin=_end(
            None if event.kind != "internal" and same(event.origin, event.destination) else event.origin, left_role
        ),
        destination=_end(event.destination, event.role),
        kind="acquihire"
        if event.kind == "hire" and event.rule not in {"become", "name", "be"} and in_deal(scene, event)
        else event.kind,
    )


_DENIAL = re.compile(
    r"\b(?:den(?:ie[sd]|ying)|rejected|dismiss(?:ed|es)|rebutted|scotched|cold water on|no truth|untrue|not true)\b"
    r"[^.;]{0,90}\b(?:reports?|rumou?rs?|claims?|suggestions?|talk|speculation|untrue|false|baseless|tale|story|that)\b"
)
_CALLED_WRONG = re.compile(
    r"\b(?:[Rr]eports?|[Rr]umou?rs?|[Cc]laims?|[Tt]alk|[Ss]peculation)\b[^.;]{0,90}\b(?:are|is|were|was) (?:\w+ly )?"
    r"(?:wrong|untrue|false|inaccurate|nonsense|baseless|unfounded)\b"
)
_WRONG = re.compile(
    r"(?:It|That|This|The (?:report|rumou?r|claim|story)) (?:is|was) (?:\w+ly )?(?:untrue|false|wrong|nonsense)"
    r"|(?:He|She) (?:says|said|insists|insisted) (?:he|she) (?:is|was|has) not\b|(?:He|She) (?:is|has|was|did) not[.;,]"
)


def _denied(scene: Scene, event: Event) -> bool:
    """Whether the sentence calls its report untrue before telling it, or the next sentence does."""
    sentence = event.parsed.sentence
    told = (event.focus or (event.start, event.end))[0]
    if _CALLED_WRONG.search(sentence.text):
        return True
    match = _DENIAL.search(sentence.text)
    if match is not None and sentence.start + match.end() <= told:
        return True
    at = scene.reading.index_of(sentence)
    behind = scene.reading.sentences[at + 1 : at + 2]
    return bool(behind and _WRONG.match(behind[0].text))


def _status(scene: Scene, event: Event, told: Status | None, attribution: Attribution | None) -> Status:
    """What the attribution decides, else whether the article has the mover or an employer announce it."""
    if told in {"confirmed", "rumoured"}:
        return told
    if attribution is not None and _speaks_for_itself(scene, event, attribution):
        return "confirmed"
    return "confirmed" if announced(scene, event) else "reported"


def _speaks_for_itself(scene: Scene, event: Event, attribution: Attribution) -> bool:
    """Whether the one who says so is the mover or the employer at either end."""
    if not _SPEAKS.search(event.parsed.sentence.text):
        return False
    if attribution.kind == "company":
        ends = {place.name for place in (event.origin, event.destination) if place is not None}
        return canonical(attribution.text) in ends
    person = scene.reading.people.get(event.human.person or "")
    return attribution.kind == "person" and person is not None and attribution.text in {person.name, *person.aliases}


def _person(reading: EnglishReading, name: str | None) -> PersonName | None:
    if name is None:
        return None
    person = reading.people.get(name)
    return PersonName(name, tuple(sorted(person.aliases - {name}))) if person else PersonName(name)


def _end(place: Place | None, role: str | None) -> MoveEnd | None:
    return MoveEnd(place.name, place.team, role) if place is not None else None


def _nearby(sentence: Sentence, span: Span) -> Sentence:
    """The sentence, or of one without end the part around ``span``: dates and tellers stand close by."""
    if len(sentence.text) <= 3 * _AROUND:
        return sentence
    start, end = max(sentence.start, span.start - _AROUND), min(sentence.end, span.end + _AROUND)
    text = sentence.text[start - sentence.start : end - sentence.start]
    organisations = [o for o in sentence.organisations if start <= o.start and o.end <= end]
    people = [p for p in sentence.people if start <= p.start and p.end <= end]
    return Sentence(start, end, text, sentence.paragraph, organisations, people)

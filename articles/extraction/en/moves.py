"""Finds who moved where in a read English article."""

from __future__ import annotations

from collections.abc import Iterator

from articles.extraction.claims import MoveClaim, MoveEnd, PersonName
from articles.extraction.document import Span
from articles.extraction.en.attribution import attribute
from articles.extraction.en.dates import find_date
from articles.extraction.en.frames import Event, Frames
from articles.extraction.en.nominals import Nominals
from articles.extraction.en.reader import EnglishReading
from articles.extraction.en.scene import Place, Scene
from articles.extraction.mentions import Sentence
from articles.extraction.moves import assemble


def find_moves(reading: EnglishReading) -> list[MoveClaim]:
    """The moves that the article states, in the order of its text."""
    scene = Scene(reading)
    for sentence in reading.sentences:
        if sentence.people or sentence.organisations:
            scene.parse(sentence)
    events = [event for parsed in scene.parsed for event in _events(scene, parsed)]
    return assemble(_claim(scene, event) for event in events)


def _events(scene: Scene, parsed: object) -> Iterator[Event]:
    from articles.extraction.en.scene import Parsed

    assert isinstance(parsed, Parsed)
    if parsed.sentence.text.endswith("?"):
        return
    yield from Frames(scene, parsed).events()
    yield from Nominals(scene, parsed).events()


def _claim(scene: Scene, event: Event) -> MoveClaim:
    reading, sentence = scene.reading, event.parsed.sentence
    span = _quote(sentence, event)
    human = event.human
    attribution, told = attribute(reading, sentence, span)
    status = event.status or (told if told in {"confirmed", "reported", "rumoured"} else None) or "reported"
    person = reading.people.get(human.person or "")
    return MoveClaim(
        status=status,
        span=span,
        attribution=attribution,
        date=find_date(reading, sentence, span),
        confidence=event.confidence,
        rule=f"en.{event.rule}",
        person=PersonName(person.name, tuple(sorted(person.aliases - {person.name})))
        if person
        else PersonName(human.person)
        if human.person
        else None,
        cohort=None if human.person else human.cohort,
        origin=_end(event.origin, human.role if event.kind != "internal" or event.origin else None),
        destination=_end(event.destination, event.role),
        kind=event.kind,
    )


def _end(place: Place | None, role: str | None) -> MoveEnd | None:
    return MoveEnd(place.name, place.team, role) if place is not None else None


def _quote(sentence: Sentence, event: Event) -> Span:
    """From the first word of the event's phrases to the end of their clause."""
    start = max(sentence.start, min(event.start, event.end))
    end = min(sentence.end, max(event.end, event.start + 1))
    rest = sentence.text[end - sentence.start :]
    cut = next(
        (
            i
            for i, c in enumerate(rest)
            if c in ",;:—–()\n" or (c == "." and (i + 1 == len(rest) or rest[i + 1] == " "))
        ),
        len(rest),
    )
    if cut <= 60:
        end += cut
    return Span(start, min(end, sentence.end))

"""Verbs by which people leave or are made to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from articles.extraction.en.clauses import Arguments, Subject, organisation_of
from articles.extraction.en.events import Event, judge, same
from articles.extraction.en.frames.pieces import BE, Pieces
from articles.extraction.en.scene import Place
from articles.extraction.en.shapes import Human
from articles.extraction.en.tokens import Verb
from articles.extraction.lexicon import table

# What follows "left" where nobody leaves a job.
_NOT_LEFT = frozenset(
    {"behind", "it", "open", "unsaid", "blank", "unanswered", "alone", "little", "nothing", "no", "room", "much", "out"}
)


class Departures(Pieces):
    """Frames whose subject or object leaves."""

    def _leave(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if verb.lemma == "part" and subject.node is not None and subject.node.kind == "O":
            yield from self._parted(i, subject, found)
            return
        people = self.actors(subject)
        if not people or self.clauses.low(after) in _NOT_LEFT or not self._leaves(verb, found) or self._stays(i):
            return
        verdict = judge(subject.words, named=bool(people[0].person))
        if verdict.void:
            return
        destination = self.first(found, "for")
        for human in people + self.companions(found, destination):
            event = self.event(human, "hire" if destination else "departure", i, found, "leave", 0.85, verdict)
            event.origin = self._left(found, human, destination, self.clauses.nodes[i].start)
            event.destination = destination
            if event.origin is not None or destination is not None:
                yield event
            for node in found.more if human.cohort else ():
                yield replace(event, origin=self.place(node))

    def _parted(self, i: int, subject: Subject, found: Arguments) -> Iterator[Event]:
        """ "Acme has parted ways with its chief, Ada Byrne"."""
        place, verdict = self.place(subject.node), judge(subject.words, named=True)
        if place is None or place.name is None or verdict.void:
            return
        for human in (h for n in found.phrases.get("with", ()) for h in self.movers(n) if h.person):
            event = self.event(human, "departure", i, found, "part", 0.75, verdict)
            event.origin = place
            yield event

    def _stays(self, i: int) -> bool:
        """ "will step down as chair but remain": a role is left, not the employer."""
        rest = [self.clauses.low(k) for k in range(i, min(i + 22, len(self.clauses.nodes)))]
        return "but" in rest and bool(
            {"remain", "remains", "stay", "stays", "continue"} & set(rest[rest.index("but") :])
        )

    def _leaves(self, verb: Verb, found: Arguments) -> bool:
        """Whether the object can be left as a job is: none, an organisation, or a position."""
        if found.object is not None:
            return found.object.kind in {"O", "CAP"} or (
                found.object.kind == "H"
                and not found.object.humans[0].person
                and verb.lemma in {"resign", "step", "retire", "quit", "leave"}
            )
        words = [node.low for node in found.phrases.get("", ())]
        if not words:
            return True
        nouns = table("en/nouns")
        left = frozenset(nouns["positions"] + nouns["teams"] + nouns["organisations"])
        return bool(left & set(words)) or found.phrases[""][-1].kind in {"O", "CAP"}

    def _left(self, found: Arguments, human: Human, destination: Place | None, position: int) -> Place | None:
        current = self.scene.current(human.person, position) if human.person else None
        tied = self.tied(human, now=True)
        if found.object is not None and found.object.kind in {"O", "CAP"}:
            organisation = organisation_of(found.object)
            if organisation is not None and organisation.name is None and (tied or current):
                return tied or current
            named = [o for o in self.sentence.organisations if o.end <= position]
            if (
                organisation is not None
                and organisation.name is None
                and not named
                and (told := self.scene.thread(self.sentence))
            ):
                return told
            return self.place(found.object, frozenset(filter(None, [destination.name if destination else None])))
        explicit = self.first(found, "from", "at", "of", "as", "with")
        here = self.scene.arrived.get(human.person or "")
        if explicit is None and here is not None and here.name and not same(here, destination):
            return here
        if explicit is None:
            explicit = next((p for n in found.phrases.get("", ()) if (p := self.place(n))), None)
        choice = explicit or tied or current or self.scene.implied(human, self.sentence)
        choice = choice or self.scene.thread(self.sentence)
        if choice is None or same(choice, destination):
            avoid = frozenset(filter(None, [destination.name if destination else None]))
            choice = self.place_before(position, avoid)
        return choice

    def _fire(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if found.object is not None and found.object.kind == "H" and not subject.own & BE:
            people, employer = self.movers(found.object), self.employer(subject.node)
        elif self.passive(i, verb, subject.words, found, subject):
            people = self.actors(subject)
            employer = next((p for n in found.phrases.get("by", ()) if (p := self.employer(n))), None)
        else:
            return
        small = [
            h
            for h in people
            if h.person
            or (verb.lemma in {"fire", "oust", "dismiss", "sack"} and h.cohort and (h.cohort.min or 99) <= 20)
        ]
        verdict = judge(subject.words, named=True)
        if any(word in self.sentence.text for word in ("layoff", "laid off", "job cuts")):
            small = [h for h in small if h.person]
        if not small or verdict.void or verdict.status == "denied":
            return
        for human in small:
            event = self.event(human, "departure", i, found, "fire", 0.8, verdict)
            event.origin = (
                self.first(found, "from", "as")
                or self.tied(human)
                or (self.scene.current(human.person, human.start) if human.person else None)
                or employer
            )
            event.origin = event.origin or self.place_before(self.clauses.nodes[i].start, frozenset())
            if event.origin is not None:
                yield event

    def _lose(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        employer = self.employer(subject.node)
        people = self.movers(found.object) if found.object is not None else []
        verdict = judge(subject.words, named=bool(people and people[0].person))
        if employer is None or verdict.void:
            return
        for human in people:
            destination = self.first(found, "to")
            event = self.event(human, "hire" if destination else "departure", i, found, "lose", 0.75, verdict)
            event.origin, event.destination = employer, destination
            if human.person or destination or (human.cohort and human.cohort.min):
                yield event

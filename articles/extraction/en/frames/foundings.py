"""Verbs by which people start organisations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from articles.extraction.en.clauses import Arguments, Subject, organisation_of
from articles.extraction.en.events import Event, judge, same
from articles.extraction.en.frames.pieces import BE, Pieces
from articles.extraction.en.scene import Place
from articles.extraction.en.shapes import Human
from articles.extraction.en.tokens import Verb
from articles.extraction.lexicon import table


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(table("en/nouns")["organisation_suffixes"])


class Foundings(Pieces):
    """Frames whose subject founds."""

    def _found(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if verb.lemma == "start" and found.object is None and found.bare and "at" in found.phrases:
            yield from self._started(i, subject, found)
            return
        if (found.object is None and subject.own & BE and "by" in found.phrases) or (
            found.object is None
            and verb.form == "participle"
            and "by" in found.phrases
            and subject.node is not None
            and subject.node.kind == "O"
        ):
            people = [who for n in found.phrases["by"] for who in self.movers(n)]
            place = self._named_before(subject) or self.place(subject.node)
        else:
            people = self.actors(subject)
            place = self._new(verb, found)
        verdict = judge(subject.words, named=bool(people and people[0].person))
        if not people or place is None or verdict.void or self._background(i):
            return
        beside = [h for n in found.phrases.get("with", ()) for h in self.movers(n) if h.person] if place.name else []
        for human in [*people, *beside]:
            event = self.event(
                human, "founding", i, found, "found", 0.85 if verb.lemma.endswith("found") else 0.7, verdict
            )
            event.destination, event.origin = place, self._before_founding(human, place)
            yield event

    def _named_before(self, subject: Subject) -> Place | None:
        """ "Acme, a startup founded by …": the name that "a startup" describes."""
        node = subject.node
        if node is None or node.organisation is None or node.organisation.word != "venture" or subject.at < 2:
            return None
        return self.place(self.clauses.nodes[subject.at - 2]) if self.clauses.low(subject.at - 1) == "," else None

    def _background(self, i: int) -> bool:
        """ "Byrne, who co-founded Acme, …" without a date says who Byrne is, not what happened."""
        k = i - 1
        while k > 0 and self.clauses.kind(k) in {"ADV", "AUX"}:
            k -= 1
        rest = self.clauses.nodes[i : i + 8]
        return self.clauses.kind(k) == "REL" and not any(n.kind in {"T", "YEAR"} for n in rest)

    def _started(self, i: int, subject: Subject, found: Arguments) -> Iterator[Event]:
        """ "started at Acme last week"."""
        place, verdict = self.first(found, "at"), judge(subject.words, named=True)
        if place is None or verdict.void:
            return
        for human in (h for h in self.movers(subject.node) if h.person):
            event = self.event(human, "hire", i, found, "start", 0.7, verdict)
            event.destination, event.origin = place, self.origin_of(human, place)
            yield event

    def _new(self, verb: Verb, found: Arguments) -> Place | None:
        """What is founded: any organisation after "found", only a venture or a known firm after "start"."""
        organisation = organisation_of(found.object)
        if organisation is None or organisation.word not in {None, "venture"}:
            return None
        strong = verb.lemma.endswith("found")
        venture = (
            organisation.word == "venture" or organisation.end - organisation.start > len(organisation.name or "") + 1
        )
        behind = self.clauses.nodes[found.object_at + 2 : found.object_at + 3]
        venture = venture or bool(behind and behind[0].organisation and behind[0].organisation.word == "venture")
        last = (organisation.name or "").lower().split()[-1:]
        venture = venture or bool(last and last[0] in _suffixes())
        if (
            not strong
            and not venture
            and not (organisation.known and verb.lemma in {"start", "launch", "establish"} and not organisation.team)
        ):
            return None
        return self.place(found.object)

    def _before_founding(self, human: Human, place: Place) -> Place | None:
        for tie in human.ties:
            origin = self.scene.place(tie.organisation, self.sentence, tie.organisation.start)
            if origin and origin.name and not same(origin, place) and (tie.former or tie.origin or human.cohort):
                return origin
        earlier = self.scene.earlier(human.person) if human.person else []
        return earlier[-1] if len(earlier) == 1 and not same(earlier[0], place) else None

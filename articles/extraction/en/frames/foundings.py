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

# "joins a growing list of engineers launching companies": what they are, not what some of them did.
_ROLLS = frozenset({"list", "club", "ranks", "roster", "line"})


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
            people = self._founders(found)
            place = self._named_before(subject) or self.place(subject.node)
        else:
            people = self.actors(subject)
            place = self._new(verb, found)
        verdict = judge(subject.words, named=bool(people and people[0].person))
        if not people or place is None or verdict.void or self._background(i) or self._of_old(i, subject, people[0]):
            return
        if not people[0].person and self.clauses.low(subject.at - 2) in _ROLLS:
            return
        beside = [h for n in found.phrases.get("with", ()) for h in self.movers(n) if h.person] if place.name else []
        together = [*people, *beside]
        left = any(self.before_founding(human, place) for human in together)
        for human in together:
            event = self.event(
                human, "founding", i, found, "found", 0.85 if verb.lemma.endswith("found") else 0.7, verdict
            )
            event.destination = place
            event.origin = (self.first(found, "of", "from") if verb.lemma == "spin" else None) or self.before_founding(
                human, place
            )
            event.origin = event.origin or (self._home_beside(human, place) if left else None)
            yield event

    def _founders(self, found: Arguments) -> list[Human]:
        """Those behind "by", over the asides between them ("by A, who ran sales, and B")."""
        behind = {id(n) for n in found.phrases["by"]}
        at = next((k for k, n in enumerate(self.clauses.nodes) if id(n) in behind), -1)
        nodes = [self.clauses.nodes[m] for m in self.clauses.members(at)] if at >= 0 else found.phrases["by"]
        people = [who for n in nodes for who in self.movers(n)]
        crowd = people[0] if len(people) == 1 and people[0].cohort and not people[0].person else None
        spelled = self.behind_colon(at) if crowd is not None and at >= 0 else []
        for human in spelled:
            human.ties = human.ties or (list(crowd.ties) if crowd is not None else [])
        return spelled or people

    def _home_beside(self, human: Human, place: Place) -> Place | None:
        """Where someone works who founds with those who left to do so."""
        home = self.tied(human, now=True)
        return None if same(home, place) else home

    def _named_before(self, subject: Subject) -> Place | None:
        """ "Acme, a startup founded by …": the name that "a startup" describes."""
        node = subject.node
        if node is None or node.organisation is None or node.organisation.word != "venture" or subject.at < 2:
            return None
        return self.place(self.clauses.nodes[subject.at - 2]) if self.clauses.low(subject.at - 1) == "," else None

    def _of_old(self, i: int, subject: Subject, human: Human) -> bool:
        """ "Acme, the institute founded by Byrne": the article says nothing else of the founder."""
        if subject.own & BE or not self.told_once(human):
            return False
        dated = any(n.kind in {"T", "YEAR"} or n.low == "in" for n in self.clauses.nodes[i : i + 10])
        return not dated and self.clauses.kind(subject.at) == "O"

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
        strong = verb.lemma.endswith("found")
        if organisation is None or (organisation.word not in {None, "venture"} and not strong):
            return None
        if organisation.team and organisation.known and not strong:
            return None
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

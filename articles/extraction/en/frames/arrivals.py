"""Verbs by which people arrive: join, move to, return to, take a post at."""

from __future__ import annotations

from collections.abc import Iterator

from articles.extraction.claims import Cohort
from articles.extraction.en.clauses import Arguments
from articles.extraction.en.events import Event, Verdict, employs_people, judge, same
from articles.extraction.en.frames.pieces import SEATS, Pieces
from articles.extraction.en.scene import Place
from articles.extraction.en.shapes import Human, Node, Organisation, Tie
from articles.extraction.en.tokens import Verb
from articles.extraction.organisations import lookup


class Arrivals(Pieces):
    """Frames whose subject arrives."""

    def _join(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        people = self.actors(subject) or self._team_behind(i) or self._team_of(subject.node, after)
        if not people or self.clauses.low(after) == "by":
            return
        place = self._joined(found, people, self.clauses.nodes[i].start)
        if place is None or not employs_people(place) or self._only_a_seat(found, place):
            return
        crowd = all(h.cohort and h.cohort.min is None and h.role != "team" for h in people)
        verdict = judge(subject.words, named=bool(people[0].person), vague=crowd)
        if verdict.void:
            return
        told = self.first(found, "from") or self.career(i, place)
        with_them = self.companions(found, place)
        for human in people + with_them:
            event = self.event(human, "return" if verb.lemma == "rejoin" else "hire", i, found, "join", 0.9, verdict)
            event.destination = place
            if human.role == "team" and human.cohort:
                event.kind = "acquihire"
            event.origin = told or self._just_left(human, place) or self.origin_of(human, place)
            if human in with_them and event.origin is None:
                event.origin = self.scene.thread(self.sentence)
            event.role = self.role_of(found)
            yield event

    def _only_a_seat(self, found: Arguments, place: Place) -> bool:
        """ "joined Acme's board", "joined the board of Acme": a seat is no job."""
        words = {node.low for node in found.phrases.get("", ())}
        return bool(words & SEATS) or (place.team or "").lower().split()[-1:] == ["board"]

    def _just_left(self, human: Human, destination: Place) -> Place | None:
        """What the same sentence said this person left."""
        left = self.scene.last_left
        if left is None or left[0] != self.sentence.start or left[2] != human.person or same(left[1], destination):
            return None
        return left[1] if human.person else None

    def _team_behind(self, i: int) -> list[Human]:
        """ "The team behind Acme … has joined": the words "team behind" to the left of the verb."""
        nodes = self.clauses.nodes
        for k in range(max(0, i - 16), i - 2):
            if nodes[k].low == "team" and nodes[k + 1].low == "behind" and (place := self.place(nodes[k + 2])):
                tie = Tie(Organisation(nodes[k].start, nodes[k + 2].end, place.name, place.team), True, True)
                start = nodes[k - 1].start if k else nodes[k].start
                text = self.scene.reading.document.text[start : nodes[k + 2].end]
                return [Human(start, nodes[k + 2].end, cohort=Cohort(text), plural=True, role="team", ties=[tie])]
        return []

    def _team_of(self, node: Node | None, after: int) -> list[Human]:
        """ "The Acme team has joined Bolt": an employer's team that acts, but not "joined Bolt in calling for"."""
        place = self.place(node)
        if node is None or place is None or not place.name or self.clauses.low(after + 1) in {"in", "for", "on"}:
            return []
        text = self.scene.reading.document.text[node.start : node.end]
        if not text.startswith("The ") or not text.endswith(" team"):
            return []
        tie = Tie(Organisation(node.start, node.end, place.name), True, True)
        return [Human(node.start, node.end, cohort=Cohort(text), plural=True, role="team", ties=[tie])]

    def _hold(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        """ "now works at Acme": a job held is no move, but "now" makes it one."""
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        place = self.first(found, "at", "for")
        if verb.lemma != "work" or "now" not in subject.own or place is None:
            return
        for human in self.actors(subject):
            if not same(self.scene.current(human.person, human.start), place):
                event = self.event(human, "hire", i, found, "hold", 0.6, Verdict())
                event.destination, event.origin = place, self.origin_of(human, place)
                yield event

    def _take_up(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        """ "accepted a position at Acme", "took the role of chief executive"."""
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        words = {node.low for node in found.phrases.get("", ())}
        people = [h for h in self.movers(subject.node) if h.person]
        if not people or not words & {"role", "position", "post", "job", "offer", "helm", "reins"}:
            return
        verdict = judge(subject.words, named=True)
        role = self.role_of(found)
        place = self.first(found, "at", "with", "of", "as", "from") or (
            self.place_before(self.clauses.nodes[i].start, frozenset(self._known_by(people[0]))) if role else None
        )
        if place is None or verdict.void:
            return
        for human in people:
            yield self.placed(human, place, i, found, "take_up", role or "", verdict)

    def _known_by(self, human: Human) -> set[str]:
        return {b.place.name for b in self.scene.bonds.get(human.person or "", ()) if b.place.name}

    def _joined(self, found: Arguments, people: list[Human], position: int) -> Place | None:
        here = people[0].person
        current = self.scene.current(here, position)
        avoid = frozenset(
            filter(None, [current.name if current else None, *(p.name for p in self.scene.earlier(here))])
        )
        told = self.tied(people[0])
        avoid = avoid | frozenset([told.name] if told and told.name else [])
        if found.object is not None and found.object.kind != "H":
            return self.place(found.object, avoid)
        if found.object is not None and found.object.kind == "H":
            return self.first(found, "at", "in") or self.led(found.object)
        if not found.bare:
            return self.first(found, "at", "of", "in")
        named = self.first(found, "at", "as")
        if named is None and self.clauses.low(found.end + 1) in {"‘", "“", '"', "'"}:
            return None
        return named or self.scene.current(here, position) or self.place_before(position, frozenset(), arriving=True)

    def _go(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        people = self.actors(subject)
        if not people or (found.object is not None and found.object.kind == "H"):
            return
        target: tuple[str, ...] = ("to", "for", "into")
        if verb.frame == "back" or verb.lemma in {"land", "sign"}:
            target = ("to", "at")
        if verb.lemma in {"go", "come"}:
            target = ("to",)
        if verb.lemma == "come" and verb.frame == "go" and "from" not in found.phrases:
            return
        place = self.first(found, *target)
        if verb.lemma == "sign":
            place = self.first(found, "with", "at") if self.clauses.low(after - 1) == "on" else None
        if place is None or place.name is None or not employs_people(place) or not self._meant(found, target, verb):
            return
        verdict = judge(
            [w for w in subject.words if not (w == "going" and verb.lemma == "go")], named=bool(people[0].person)
        )
        if verdict.void:
            return
        for human in people + self.companions(found, place):
            event = self.event(human, "return" if verb.frame == "back" else "hire", i, found, verb.frame, 0.8, verdict)
            event.destination = place
            event.origin = self.first(found, "from") or self.career(i, place) or self.origin_of(human, place)
            if event.origin is None and human.cohort and human.role is None:
                event.origin = self.scene.thread(self.sentence)
            yield event

    def _meant(self, found: Arguments, target: tuple[str, ...], verb: Verb) -> bool:
        """An unknown name after "to" is more often a town; a known employer or "from" beside it is needed."""
        node = next((n for t in target for n in found.phrases.get(t, ())), None)
        if (
            verb.lemma == "go"
            and node is not None
            and node.kind == "O"
            and node.organisation
            and (entry := lookup(node.organisation.name or ""))
        ):
            return entry.kind != "university" or "from" in found.phrases
        return node is None or node.kind != "CAP" or "from" in found.phrases

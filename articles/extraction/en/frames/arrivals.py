"""Verbs by which people arrive: join, move to, return to, take a post at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from articles.extraction.claims import Cohort
from articles.extraction.en.clauses import Arguments
from articles.extraction.en.events import Event, Verdict, employs_people, judge, same
from articles.extraction.en.frames.pieces import BE, SEATS, Pieces
from articles.extraction.en.scene import Place
from articles.extraction.en.shapes import Human, Node, Organisation, Tie
from articles.extraction.en.tokens import Verb
from articles.extraction.lexicon import table
from articles.extraction.organisations import lookup

# Whom one joins there is no colleague.
_SHOWS = frozenset({"stage", "panel", "podcast", "conference", "summit", "keynote", "webinar", "onstage"})
# Verbs whose object is what is left, and whose "to" and "for" point to where.
_FLIGHTS = frozenset({"flee", "bolted", "defect", "decamp"})


class Arrivals(Pieces):
    """Frames whose subject arrives."""

    def _join(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if verb.form == "participle" and self.clauses.low(after) == "by" and not subject.own & BE:
            yield from self._joined_by(i, found)
            return
        people = self.actors(subject) or self._team_behind(i) or self._team_of(subject.node, after)
        if subject.own & BE and "by" in found.phrases and verb.form == "participle":
            people, found.object = [h for n in found.phrases["by"] for h in self.movers(n)], subject.node
        elif self.clauses.low(after) == "by":
            return
        people = people or self._we(i)
        if not people:
            return
        place = self._joined(found, people, self.clauses.nodes[i].start, again=verb.lemma == "rejoin")
        if place is None or not employs_people(place) or self._only_a_seat(found, place):
            return
        crowd = all(h.cohort and h.cohort.min is None and h.role != "team" for h in people)
        verdict = judge(subject.words, named=bool(people[0].person), vague=crowd)
        if verdict.void or self.in_general(i, verb, subject, people[0]):
            return
        told = self.first(found, "from") or self._with_colleague(found, place) or self.career(i, place)
        with_them = self.companions(found, place)
        for human in people + with_them:
            event = self.event(human, "return" if verb.lemma == "rejoin" else "hire", i, found, "join", 0.9, verdict)
            event.destination = place
            if human.role == "team" and human.cohort:
                event.kind = "acquihire"
            event.origin = told or self._just_left(human, place) or self.origin_of(human, place)
            if human in with_them and event.origin is None:
                event.origin = self.scene.thread(self.sentence) or self.origin_of(people[0], place)
            event.role = self.role_of(found)
            yield event

    def _joined_by(self, i: int, found: Arguments) -> Iterator[Event]:
        """ "Acme is led by Byrne, joined by Cole", "Byrne runs Acme, joined by Cole": who comes to the same firm."""
        v = self.clauses.verb_before(i)
        if self.clauses.low(i - 1) != "," or v < 0:
            return
        place, at = None, v
        while place is None and at >= 0:
            place = self.place(self.clauses.subject(at).node)
            at = self.clauses.verb_before(at)
        place = place or self.place(self.clauses.arguments(v + 1).object)
        people = [h for n in found.phrases.get("by", ()) for h in self.movers(n) if h.person]
        if place is None or not place.name:
            return
        for human in people:
            event = self.event(human, "hire", i, found, "join", 0.7, Verdict())
            event.destination, event.origin = place, self.before_founding(human, place)
            yield event

    def _we(self, i: int) -> list[Human]:
        """ "We’re joining Acme," said the founder of Bolt: the one who speaks."""
        k = next((k for k in range(i - 1, max(-1, i - 4), -1) if self.clauses.low(k) == "we"), None)
        if k is None:
            return []
        start, end = self.clauses.nodes[k].start, self.clauses.nodes[k].end
        name = self.scene.speaker(self.sentence, start)
        return [Human(start, end, person=name)] if name else []

    def _with_colleague(self, found: Arguments, place: Place) -> Place | None:
        """ "joined his former Acme colleague Byrne at Bolt": both were at Acme."""
        for human in found.object.humans if found.object is not None else ():
            if human.role and human.role.lower().split()[-1] in {"colleague", "colleagues", "boss", "bosses"}:
                were = (
                    self.scene.place(t.organisation, self.sentence, t.organisation.start)
                    for t in human.ties
                    if t.former
                )
                return next((p for p in were if not same(p, place)), None)
        return None

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
        owned = node.organisation is not None and ("’s" in text or "'s" in text)
        if not (text.startswith("The ") or owned) or not text.endswith(" team"):
            return []
        tie = Tie(Organisation(node.start, node.end, place.name), True, True)
        return [Human(node.start, node.end, cohort=Cohort(text), plural=True, role="team", ties=[tie])]

    def _hold(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        """ "now works at Acme": a job held is no move, but "now" makes it one."""
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        place = self.first(found, "at", "for")
        shown = "now" in subject.own or "LinkedIn" in self.sentence.text
        if verb.lemma != "work" or not shown or verb.form not in {"base", "present"} or place is None:
            return
        named = any(n.organisation and n.organisation.name for p in ("at", "for") for n in found.phrases.get(p, ()))
        for human in self.actors(subject) if named else ():
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
        role = self.role_of(found) or next(
            (n.humans[0].role for n in found.phrases.get("of", ()) if n.kind == "H"), None
        )
        owner = next((p for n in found.phrases.get("", ()) if n.kind == "O" and (p := self.place(n))), None)
        place = (
            self.first(found, "at", "with", "of", "as", "from")
            or owner
            or (
                self.place_before(self.clauses.nodes[i].start, frozenset(self._known_by(people[0])))
                if role or (found.phrases.get("", [])[:1] and found.phrases[""][0].low == "the")
                else None
            )
        )
        if place is None or verdict.void:
            return
        for human in people:
            yield self.placed(human, place, i, found, "take_up", role or "", verdict)

    def _known_by(self, human: Human) -> set[str]:
        return {b.place.name for b in self.scene.bonds.get(human.person or "", ()) if b.place.name}

    def _joined(self, found: Arguments, people: list[Human], position: int, *, again: bool) -> Place | None:
        here = people[0].person
        current, left = self.scene.current(here, position), self.scene.last_left
        before = [] if again else [p.name for p in self.scene.earlier(here)]
        if left is not None and left[2] == here and here is not None and not again:
            before.append(left[1].name)
        avoid = frozenset(filter(None, [current.name if current else None, *before]))
        told = self.tied(people[0])
        described = people[0].cohort is not None and people[0].definite and not any(t.former for t in people[0].ties)
        anaphor = found.object.organisation.word if found.object is not None and found.object.organisation else None
        if described and anaphor in {"company", "startup", "start-up", "firm", "lab"}:
            return told
        avoid = avoid | frozenset([told.name] if told and told.name else [])
        if found.object is not None and found.object.kind != "H":
            return self.place(found.object, avoid)
        if found.object is not None and found.object.kind == "H":
            if _SHOWS & {n.low for n in self.clauses.nodes}:
                return None
            return self.first(found, "at", "in") or self._fronted() or self.led(found.object)
        if not found.bare:
            return self.first(found, "at", "of", "in")
        named = self.first(found, "at", "as")
        verb = self._at(position)
        if named is None and self.clauses.low(verb) == "joining" and self._before(verb):
            return self._introduced_at(verb, people[0])
        if named is None and self.clauses.low(verb - 1) == "to":
            return None
        if named is None and self.clauses.low(found.end + 1) in {"‘", "“", '"', "'"}:
            return None
        return named or self.scene.current(here, position) or self.place_before(position, frozenset(), arriving=True)

    def _at(self, position: int) -> int:
        return next((k for k, node in enumerate(self.clauses.nodes) if node.start == position), 0)

    def _before(self, i: int) -> bool:
        word = self.clauses.low(i - 1)
        return word == "before" or (word == "to" and self.clauses.low(i - 2) == "prior")

    def _introduced_at(self, i: int, human: Human) -> Place | None:
        """ "Acme's team includes Byrne, who was at Bolt before joining": the employer of the clause around."""
        rel = next((k for k in range(i - 1, -1, -1) if self.clauses.kind(k) == "REL"), 0)
        named = (p for n in self.clauses.nodes[:rel] if n.kind in {"O", "CAP"} and (p := self.place(n)) is not None)
        around = next((p for p in named if p.name), None)
        owner = (p for n in self.clauses.nodes[:rel] for h in n.humans if (p := self.tied(h, now=True)) is not None)
        return around or next(owner, None) or self.scene.current(human.person, 0)

    def _fronted(self) -> Place | None:
        """ "At Acme, Byrne will be joined by Cole": the employer that opens the sentence."""
        opens = self.clauses.low(0) == "at" and self.clauses.low(2) == ","
        return self.place(self.clauses.nodes[1]) if opens else None

    def _go(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        people = self.actors(subject)
        if not people or (found.object is not None and (found.object.kind == "H" or verb.lemma == "rejoin")):
            return
        target: tuple[str, ...] = ("to", "for", "into")
        if verb.lemma in _FLIGHTS and (self._flees(found) or not {"to", "for", "into"} & set(found.phrases)):
            yield from self._fled(i, verb, people, found)
            return
        if verb.frame == "back" or verb.lemma in {"land", "sign"}:
            target = ("to", "at")
        if verb.lemma in {"go", "come"}:
            target = ("to",)
        if verb.lemma == "come" and verb.frame == "go" and "from" not in found.phrases:
            return
        if verb.lemma == "come" and not {"to", "at"} & set(found.phrases) and "from" in found.phrases:
            yield from self._came_from(i, people, found)
            return
        own = self.tied(people[0]) if verb.frame != "back" else None
        place = self.first(found, *target, avoid=frozenset(filter(None, [own.name if own else None])))
        if verb.frame == "back" and place is None:
            place = self._back_as(found, people[0], i)
        if verb.lemma == "sign":
            place = self.first(found, "with", "at", "as") if self.clauses.low(after - 1) == "on" else None
        place = place or self._to_a_job(i, found) or self._to_work_at(found)
        if place is None or place.name is None or not employs_people(place) or not self._meant(found, target, verb):
            return
        verdict = judge(
            [w for w in subject.words if not (w == "going" and verb.lemma == "go")], named=bool(people[0].person)
        )
        if verdict.void:
            return
        stops = self._stops(found) if verb.lemma in {"go", "move", "hop", "jump"} else []
        for human in people + self.companions(found, place):
            for one, two in pairwise(stops):
                event = self.event(human, "hire", i, found, verb.frame, 0.7, verdict)
                event.origin, event.destination = one, two
                yield event
            event = self.event(human, "return" if verb.frame == "back" else "hire", i, found, verb.frame, 0.8, verdict)
            event.destination = place
            event.origin = self.first(found, "from") or self.career(i, place) or self.origin_of(human, place)
            if event.origin is None and human.cohort and human.role is None:
                event.origin = self.scene.thread(self.sentence)
            yield event

    @staticmethod
    def _flees(found: Arguments) -> bool:
        """ "fled Acme": whether the object is what is left."""
        return found.object is not None and found.object.kind in {"O", "CAP"}

    def _fled(self, i: int, verb: Verb, people: list[Human], found: Arguments) -> Iterator[Event]:
        """ "bolted from Acme", "fled Acme for Bolt": what is left is the object or stands behind "from"."""
        verdict = judge(self.clauses.subject(i).words, named=bool(people[0].person))
        origin = self.place(found.object) if self._flees(found) else self.first(found, "from")
        if origin is None or not origin.name or verdict.void:
            return
        for human in people:
            place = self.first(found, "for", "to")
            event = self.event(human, "hire" if place else "departure", i, found, "go", 0.8, verdict)
            event.origin, event.destination = origin, place
            yield event

    def _to_a_job(self, i: int, found: Arguments) -> Place | None:
        """ "moved to a research role at Acme": the employer of the position that "to" names."""
        words = [self.clauses.low(k) for k in range(i + 1, min(i + 9, len(self.clauses.nodes)))]
        nouns = table("en/nouns")["positions"]
        job = next((k for k, word in enumerate(words) if word in nouns), -1)
        if "to" not in words[: max(0, job)]:
            return None
        return self.first(found, "at", "with") if words[job + 1 : job + 2] in (["at"], ["with"], ["as"]) else None

    def _came_from(self, i: int, people: list[Human], found: Arguments) -> Iterator[Event]:
        """ "Acme's chief scientist Byrne came from Bolt": to where their own phrase has them work."""
        origin = self.first(found, "from")
        for human in people:
            place = self.tied(human, now=True) if human.person and human.role else None
            place = place or (self._predicated(human) if human.person else None)
            if place is not None and origin is not None and origin.name and not same(place, origin):
                event = self.event(human, "hire", i, found, "go", 0.7, Verdict())
                event.destination, event.origin = place, origin
                yield event

    def _predicated(self, human: Human) -> Place | None:
        """ "Acme's new head of design is Byrne, who came from …": the employer of the role that names the person."""
        nodes = self.clauses.nodes
        k = next((k for k, n in enumerate(nodes) if any(h.person == human.person for h in n.humans)), 0)
        role = nodes[k - 2] if k > 1 and self.clauses.low(k - 1) in {"is", "was", "will", "be"} else None
        if role is None or role.kind != "H" or role.humans[0].person or role.humans[0].plural:
            return None
        return self.tied(role.humans[0], now=True)

    def _back_as(self, found: Arguments, human: Human, i: int) -> Place | None:
        """ "Acme co-founder Byrne returns as chief executive": the employer of the role, else where they belong."""
        if not any(node.kind == "H" and node.humans[0].role for node in found.phrases.get("as", ())):
            return None
        return self.first(found, "as") or self.tied(human) or (self.home(human, i) if human.person else None)

    def _stops(self, found: Arguments) -> list[Place]:
        """ "went from Acme to Bolt to Cato": the places on the way, in order."""
        if "from" not in found.phrases:
            return []
        return [p for n in found.phrases.get("to", ()) if (p := self.place(n)) is not None and p.name]

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

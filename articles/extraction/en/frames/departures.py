"""Verbs by which people leave or are made to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from articles.extraction.en.clauses import Arguments, Subject, organisation_of
from articles.extraction.en.events import FOR_GOOD, Event, Verdict, judge, same
from articles.extraction.en.frames.pieces import BE, Pieces
from articles.extraction.en.scene import Place
from articles.extraction.en.shapes import Human
from articles.extraction.en.tokens import Verb
from articles.extraction.lexicon import table

# What follows "left" where nobody leaves a job.
_NOT_LEFT = frozenset(
    {"behind", "it", "open", "unsaid", "blank", "unanswered", "alone", "little", "nothing", "no", "room", "much", "out"}
)


# "left for a contract at Acme".
_OFFERS = frozenset({"contract", "package", "offer", "deal", "gig"})
# "is stepping back because of illness".
_REASONS = frozenset({"because", "due", "amid", "citing", "effective", "so", "owing"})


class Departures(Pieces):
    """Frames whose subject or object leaves."""

    def _leave(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if verb.lemma == "part" and subject.node is not None and subject.node.kind == "O":
            yield from self._parted(i, subject, found)
            return
        if verb.lemma == "part" and any(n.kind == "H" for n in found.phrases.get("with", ())):
            return
        people = self.actors(subject)
        if not people or self.clauses.low(after) in _NOT_LEFT or not self._leaves(verb, found) or self._stays(i):
            return
        verdict = judge(subject.words, named=bool(people[0].person))
        if verdict.void or self.in_general(i, verb, subject, people[0]) or self._only_in_part(verdict, found):
            return
        onward = verb.lemma in {"move", "walk", "step"} and self.clauses.low(after - 1) == "on"
        destination = self._left_for(found) or (self.first(found, "to") if onward else None) or self._to_work_at(found)
        for human in people + self.companions(found, destination):
            event = self.event(human, "hire" if destination else "departure", i, found, "leave", 0.85, verdict)
            event.origin = self._left(found, human, destination, self.clauses.nodes[i].start)
            event.destination = destination
            if event.origin is not None or destination is not None:
                yield event
            for node in found.more if human.cohort else ():
                yield replace(event, origin=self.place(node))

    def _only_in_part(self, verdict: Verdict, found: Arguments) -> bool:
        """ "is not leaving Acme for good": a denial of less than the move."""
        behind = {self.clauses.low(k) for k in range(found.end + 1, found.end + 4)}
        return verdict.status == "denied" and bool(behind & FOR_GOOD)

    def _left_for(self, found: Arguments) -> Place | None:
        """Where "for" points; "the company" is then not the one that is left."""
        left = self.place(found.object) if found.object is not None and found.object.kind in {"O", "CAP"} else None
        avoid = frozenset([left.name]) if left is not None and left.name else frozenset()
        straight = next((p for n in found.phrases.get("for", ()) if (p := self.place(n, avoid)) is not None), None)
        job = any(n.low in table("en/nouns")["positions"] for n in found.phrases.get("for …", ()))
        near = {self.clauses.low(k) for k in range(max(0, found.end - 9), found.end + 9)}
        offered = "for …" in found.phrases and bool(_OFFERS & near)
        return straight or (self.first(found, "at", "with", "as") if job or offered else None)

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
        if self._becomes(i):
            return True
        behind = rest[rest.index("but") :] if "but" in rest else []
        text = self.scene.reading.document.text[self.clauses.nodes[i].start : self.sentence.end]
        remains = bool({"remain", "remains", "stay", "stays", "continue"} & set(behind))
        return remains and " board" not in text.rpartition(" but ")[2]

    def _becomes(self, i: int) -> bool:
        """ "will step down as chief executive and become chairman": a role for a role, where nothing else is named."""
        for k in range(i + 1, min(i + 14, len(self.clauses.nodes) - 1)):
            if self.clauses.low(k) in {"become", "becomes", "becoming"} and self.clauses.low(k - 1) in {"and", "to"}:
                role = self.clauses.nodes[k + 1]
                return role.kind == "H" and not role.humans[0].ties and not role.humans[0].person
        return False

    def _leaves(self, verb: Verb, found: Arguments) -> bool:
        """Whether the object can be left as a job is: none, an organisation, or a position."""
        if found.object is not None:
            return found.object.kind in {"O", "CAP"} or (
                found.object.kind == "H"
                and not found.object.humans[0].person
                and verb.lemma in {"resign", "step", "retire", "quit", "leave"}
            )
        words = [node.low for node in found.phrases.get("", ())]
        if not words or words[0] in _REASONS:
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
        explicit = explicit or self._from_a_job(found) or self._of_a_job(found)
        explicit = None if same(explicit, destination) else explicit
        if explicit is None and any(n.kind == "H" and n.humans[0].person for n in found.phrases.get("from", ())):
            return None
        explicit = explicit or next((p for n in found.phrases.get("", ()) if (p := self.place(n))), None)
        here = self.scene.arrived.get(human.person or "")
        told = self.scene.left.get(human.person or "")
        again = self.clauses.low(self._index_at(position)).endswith("ing")
        if explicit is None and told is not None and again and not same(told, destination):
            return told
        if explicit is None and here is not None and here.name and not same(here, destination):
            return here
        choice = explicit or tied or current or self.scene.implied(human, self.sentence)
        choice = choice or self._of_group(human) or self.scene.thread(self.sentence) or told
        if choice is None or same(choice, destination):
            avoid = frozenset(filter(None, [destination.name if destination else None]))
            choice = self.place_before(position, avoid)
        if choice is None and human.start > position:
            return self.place_behind(self._index_at(position), destination)
        return choice

    def _from_a_job(self, found: Arguments) -> Place | None:
        """ "resigned from Acme's top job", "stepped down from his role as Acme's chief"."""
        roles = [n.humans[0] for n in found.phrases.get("from", ()) if n.kind == "H" and not n.humans[0].person]
        return next((p for human in roles if (p := self.tied(human, now=True)) is not None), None)

    def _of_a_job(self, found: Arguments) -> Place | None:
        """ "left his vice president of policy role at Acme": the employer that the object's own phrase tells."""
        job = found.object.humans[0] if found.object is not None and found.object.kind == "H" else None
        return self.tied(job, now=True) if job is not None and not job.person and not job.plural else None

    def _index_at(self, position: int) -> int:
        return next((k for k, node in enumerate(self.clauses.nodes) if node.start == position), 0)

    def _of_group(self, human: Human) -> Place | None:
        """ "Acme's engineers are …, and four have left": the employer of the group that the sentence named before."""
        if human.person or human.role or human.ties:
            return None
        before = (n for n in self.clauses.nodes if n.kind == "H" and n.end <= human.start and not n.humans[0].person)
        return next((p for n in before if (p := self.tied(n.humans[0]))), None)

    def _fire(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if found.object is not None and found.object.kind == "H" and not subject.own & BE:
            people, employer = self.movers(found.object), self.employer(subject.node)
            people = people + self._among_them(found.end)
        elif self.passive(i, verb, subject.words, found, subject):
            people = self.actors(subject)
            employer = next((p for n in found.phrases.get("by", ()) if (p := self.employer(n))), None)
            employer = employer or (self.first(found, "of") if "by …" in found.phrases else None)
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
                self.first(found, "from", "as", *(["of"] if "out" in verb.particles else []))
                or self.tied(human)
                or (self.scene.current(human.person, human.start) if human.person else None)
                or employer
            )
            event.origin = event.origin or self.place_before(self.clauses.nodes[i].start, frozenset())
            if event.origin is not None:
                yield event

    def _among_them(self, end: int) -> list[Human]:
        """ "…, among them Byrne": those of a group who are named."""
        for k in range(end + 1, min(end + 6, len(self.clauses.nodes) - 2)):
            if self.clauses.low(k) == "among" and self.clauses.low(k + 1) in {"them", "those"}:
                return [h for h in self.movers(self.clauses.nodes[k + 2]) if h.person]
        return []

    def _including(self, end: int) -> list[Human]:
        """ "lost several people, including A and B"."""
        for k in range(end + 1, min(end + 4, len(self.clauses.nodes) - 2)):
            if self.clauses.low(k) == "among" and self.clauses.low(k + 1) == "them":
                return [h for h in self.movers(self.clauses.nodes[k + 2]) if h.person]
            if self.clauses.low(k) in {"including", "notably", "like", "as"} and self.clauses.kind(k + 1) == "H":
                members = self.clauses.members(k + 1)
                return [h for m in members for h in self.movers(self.clauses.nodes[m]) if h.person]
        return []

    def _counted_beside(self, found: Arguments) -> list[Human]:
        """ "lost a quarter of its talent, more than 50 people,": the group that an aside counts."""
        for k in range(found.end + 1, min(found.end + 6, len(self.clauses.nodes) - 1)):
            node = self.clauses.nodes[k + 1]
            if self.clauses.low(k) in {",", "(", "—", "–"} and node.kind == "H":
                return [h for h in self.movers(node) if h.cohort and (h.cohort.min or 0) > 1]
        return []

    def _lose(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        employer = self.employer(subject.node)
        people = self.listed(found) + self._including(found.object_at if found.object_at >= 0 else found.end)
        people = people or self.behind_colon(i) or self._counted_beside(found)
        verdict = judge(subject.words, named=bool(people and people[0].person))
        if employer is None or verdict.void:
            return
        for human in people:
            destination = self.first(found, "to")
            event = self.event(human, "hire" if destination else "departure", i, found, "lose", 0.75, verdict)
            event.origin, event.destination = employer, destination
            if human.person or destination or (human.cohort and (human.cohort.min or 0) > 1):
                yield event

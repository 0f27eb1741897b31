"""Verbs by which employers take people, and by which people turn them down."""

from __future__ import annotations

from collections.abc import Iterator

from articles.extraction.claims import Cohort
from articles.extraction.en.clauses import Arguments, Subject
from articles.extraction.en.events import Event, Verdict, judge, same
from articles.extraction.en.frames.pieces import BE, Pieces
from articles.extraction.en.scene import Place
from articles.extraction.en.shapes import Human, Organisation, Tie
from articles.extraction.en.tokens import Verb

_AGAIN = frozenset({"rehire", "re-hire", "reinstate"})


def _counted(human: Human, verdict: Verdict) -> bool:
    """Whether a group without a known origin is worth a record: a small count that has happened."""
    cohort = human.cohort
    return cohort is not None and verdict.status is None and cohort.min is not None and 1 < cohort.min <= 300


class Hires(Pieces):
    """Frames whose subject takes, or whose object refuses."""

    def _hire(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        words = subject.words
        if self.passive(i, verb, words, found, subject):
            yield from self._hired(i, verb, subject, found)
            return
        people = self._hires(after, found)
        if subject.node is None or not people:
            return
        employer = self.employer(subject.node)
        if employer is None or not people:
            return
        verdict = judge(words, named=bool(people[0].person), attempt=True)
        if verdict.status == "denied" and not {"denied", "denies", "denying"} & set(words):
            return
        if verb.lemma == "woo" and "from" not in found.phrases and self.clauses.low(i + 2) != "away":
            return
        if verdict.void or (verb.lemma in {"woo", "entice", "attract"} and not people[0].person and "has" not in words):
            return
        destination = (
            self.first(found, "to")
            if verb.lemma in {"lure", "poach", "bring", "recruit", "entice"} and "to" in found.phrases
            else None
        )
        posted = next(
            (p for n in found.phrases.get("as", ()) if n.kind == "H" and (p := self.tied(n.humans[0])) and p.name), None
        )
        destination = destination or posted or employer
        origins = [p for n in found.phrases.get("from", ()) if (p := self.place(n))]
        for human in people:
            yield from self._taken(human, destination, origins, i, found, verb, verdict)

    def _hires(self, after: int, found: Arguments) -> list[Human]:
        """The object's people; "the team behind Acme, including Byrne", "executives like Byrne" name some of theirs."""
        nodes = self.clauses.nodes
        named: list[Human] = []
        for k in range(after, min(after + 16, len(nodes) - 1)):
            crowd = found.object is not None and any(h.cohort and h.plural for h in found.object.humans)
            if nodes[k].low == ":" and nodes[k + 1].kind == "H" and crowd:
                named = [h for h in self.movers(nodes[k + 1]) if h.person]
                break
            if nodes[k].low in {"including", "like"} and nodes[k + 1].kind == "H":
                named = [h for h in self.movers(nodes[k + 1]) if h.person]
                break
            if nodes[k].kind == "AUX" or nodes[k].low == ".":
                break
        if found.object is not None and found.object.kind == "H" and not found.object.possessive:
            taken = self.movers(found.object)
            for human in named:
                human.ties = human.ties or [t for h in taken[:1] if h.cohort and len(h.ties) == 1 for t in h.ties]
            return taken + named
        words = [n.low for n in found.phrases.get("", ())]
        place = self.first(found, "behind", "of", "from", "at")
        if words[-1:] != ["team"] or place is None or found.object is not None:
            return []
        span = found.phrases[""]
        organisation = Organisation(span[0].start, span[-1].end, place.name, place.team)
        team = Human(span[0].start, span[-1].end, plural=True, ties=[Tie(organisation, True, True)])
        team.cohort = Cohort(self.scene.reading.document.text[team.start : team.end])
        for human in named:
            human.ties = human.ties or list(team.ties)
        return [team, *named]

    def _taken(
        self,
        human: Human,
        destination: Place,
        origins: list[Place],
        i: int,
        found: Arguments,
        verb: Verb,
        verdict: Verdict,
    ) -> Iterator[Event]:
        own = [
            p
            for t in human.ties
            if (p := self.scene.place(t.organisation, self.sentence, t.organisation.start)) and not same(p, destination)
        ]
        sources: list[Place | None] = [*(own if human.cohort or any(t.origin for t in human.ties) else [])] or [
            *origins
        ]
        if not sources and human.person:
            sources = [self.origin_of(human, destination)]
        if not human.person and not sources and (not _counted(human, verdict) or verb.form == "gerund"):
            return
        for source in sources or [None]:
            event = self.event(human, "hire", i, found, "hire", 0.85 if human.person else 0.7, verdict)
            event.destination, event.origin = destination, source if not same(source, destination) else None
            event.role = self.role_of(Arguments(phrases={"as": found.phrases.get("as", [])}))
            if (
                "back" in {self.clauses.low(k) for k in range(i + 1, min(i + 3, len(self.clauses.nodes)))}
                or verb.lemma in _AGAIN
            ):
                event.kind = "return"
            yield event

    def _hired(self, i: int, verb: Verb, subject: Subject, found: Arguments) -> Iterator[Event]:
        people = self.actors(subject)
        if not people:
            return
        agents = found.phrases.get("by", [])
        destination = next((p for n in agents if (p := self.employer(n))), None) or self.first(
            found, "to", "at", "as", "into"
        )
        destination = destination or self._to_lead(i)
        again = verb.lemma in _AGAIN
        if destination is None and again:
            destination = next((p for h in people if (p := self._put_out(h))), None)
        if destination is None and not subject.own & BE:
            return
        verdict = judge(subject.words, named=bool(people[0].person), attempt=True)
        if verdict.void:
            return
        for human in people:
            place = destination or self._near(human, i)
            if place is None:
                continue
            event = self.event(human, "return" if again else "hire", i, found, "hired", 0.8, verdict)
            event.destination = place
            event.origin = self.first(found, "from") or (None if again else self.origin_of(human, place))
            event.role = self.role_of(found)
            yield event

    def _put_out(self, human: Human) -> Place | None:
        """ "was ousted, and then reinstated": the employer that the text last had this person leave."""
        left = self.scene.last_left
        return left[1] if human.person and left is not None and left[2] == human.person else None

    def _to_lead(self, i: int) -> Place | None:
        """ "tapped to lead Acme's new lab"."""
        for k in range(i + 1, min(i + 5, len(self.clauses.nodes) - 2)):
            if self.clauses.low(k) == "to" and self.clauses.kind(k + 1) in {"V", "W"}:
                found = self.clauses.arguments(k + 2)
                return self.place(found.object) or self.first(found, "at", "of", "as")
        return None

    def _near(self, human: Human, i: int) -> Place | None:
        current = self.scene.current(human.person, self.clauses.nodes[i].start) if human.person else None
        return current or self.place_before(
            self.clauses.nodes[i].start, frozenset(p.name for p in self.scene.earlier(human.person) if p.name)
        )

    def _refuse(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        people = [h for h in self.movers(subject.node) if h.person]
        words = {n.low for n in found.phrases.get("", ())} | {
            self.clauses.low(k) for k in range(after, min(after + 6, len(self.clauses.nodes)))
        }
        if not people or not words & {
            "offer",
            "offers",
            "approach",
            "approaches",
            "overtures",
            "overture",
            "advances",
            "job",
            "package",
        }:
            return
        place = (
            self.first(found, "from", "at", "by")
            or self._offered(after)
            or next((p for n in self.clauses.nodes[after : after + 6] if n.kind == "O" and (p := self.place(n))), None)
        )
        if place is None:
            return
        for human in people:
            event = self.event(human, "hire", i, found, "refuse", 0.75, Verdict("declined"))
            event.destination = place
            event.origin = self.origin_of(human, place)
            yield event

    def _offered(self, after: int) -> Place | None:
        """Whose offer "both declined": the employer that acts in the sentence before."""
        if any(node.kind == "O" for node in self.clauses.nodes[after:]):
            return None
        at = self.scene.reading.index_of(self.sentence)
        earlier = self.scene.reading.sentences[at - 1] if at else None
        name = self.scene.organisation_first(earlier, earlier.end, frozenset()) if earlier is not None else None
        return Place(name) if name else None

"""Verbs by which employers take people, and by which people turn them down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from articles.extraction.claims import Cohort
from articles.extraction.en.clauses import Arguments, Subject
from articles.extraction.en.events import Event, Verdict, judge, same
from articles.extraction.en.frames.pieces import BE, Pieces
from articles.extraction.en.modifiers import SIZED, small
from articles.extraction.en.scene import Place
from articles.extraction.en.shapes import Human, Node, Organisation, Tie
from articles.extraction.en.tokens import Verb

# With these someone answers no.
_ANSWERS = frozenset(
    {"declined", "refused", "rejected", "rebuffed", "stay", "stayed", "remain", "remained", "stays", "remains"}
)
_OFFERS = re.compile(
    r"\b(?:offer|approach|bid|package|woo|court|deal|tried|lure|poach|recruit|hire|contract|job|role|post|million)\w*",
    re.I,
)
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
        people = self._hires(after, found) or self._whom(subject)
        employer = self.employer(subject.node) if subject.node is not None else self._ours(i) or self._amid_a_spree(i)
        if employer is None or not people or self._only_meant(i, people):
            return
        verdict = judge(words, named=bool(people[0].person), attempt=True)
        if verdict.status == "denied" and not {"denied", "denies", "denying"} & set(words):
            return
        if verb.lemma == "welcome" and not self._welcomed(found, people):
            return
        if verb.lemma == "woo" and "from" not in found.phrases and self.clauses.low(i + 2) != "away":
            return
        counted = people[0].person or (people[0].cohort is not None and people[0].cohort.min and people[0].ties)
        if verdict.void or (verb.lemma in {"woo", "entice", "attract"} and not counted and "has" not in words):
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
        beside = [h for n in found.phrases.get("as", ()) for h in n.humans[1:] if h.person]
        for human in [*people, *beside, *self._along(found, people[0])]:
            yield from self._taken(human, destination, [] if human in beside else origins, i, found, verb, verdict)

    def _along(self, found: Arguments, leader: Human) -> list[Human]:
        """ "hired Byrne, the chief of Acme, along with three of its engineers": a group from where the first came."""
        home = self.tied(leader) or (self.scene.current(leader.person, leader.start) if leader.person else None)
        groups = [h for n in found.phrases.get("along with", ()) for h in self.movers(n) if h.cohort and h.plural]
        for human in groups if home is not None and home.name else ():
            tie = Tie(Organisation(human.start, human.end, home.name if home else None), True, True)
            human.ties = [tie]
        return [human for human in groups if human.ties]

    def _only_meant(self, i: int, people: list[Human]) -> bool:
        """ "bought firms to onboard their engineers": a purpose, with nobody named or counted."""
        crowd = not any(h.person or (h.cohort is not None and h.cohort.min) for h in people)
        return crowd and self.clauses.low(i - 1) == "to" and self.clauses.kind(i - 2) != "V"

    def _whom(self, subject: Subject) -> list[Human]:
        """ "Byrne, whom Acme hired from Bolt": those for whom "whom" stands."""
        if self.clauses.low(subject.at - 1) != "whom":
            return []
        return [h for h in self.movers(self.clauses.subject(subject.at).node) if h.person]

    def _welcomed(self, found: Arguments, people: list[Human]) -> bool:
        """Whether someone is welcomed to a job, not to a party: a role, an origin, a team, or nothing but the name."""
        told = {"as", "from"} & set(found.phrases) or any(h.role or h.ties for h in people)
        words = {n.low for key, nodes in found.phrases.items() if key.endswith("…") for n in nodes}
        team = {self.clauses.low(k) for k in range(found.end, found.end + 5)} & {"team", "board", "back", "aboard"}
        return bool(told or team) or (not words and len(people) == 1)

    def _amid_a_spree(self, i: int) -> Place | None:
        """ "This included poaching Byrne": the employer of whom the sentence before tells."""
        opens = self.clauses.low(i - 1) in {"included", "includes", "include"} and i <= 4
        return self.place_before(self.clauses.nodes[0].start, frozenset()) if opens else None

    def _ours(self, i: int) -> Place | None:
        """ "We are excited to welcome Byrne," said the chief of Acme: the employer of the one who speaks."""
        near = range(i - 1, max(-1, i - 8), -1)
        if not any(self.clauses.low(k) == "we" for k in near) or self.clauses.low(i - 1) not in {
            "to",
            "we",
            "have",
            "'ve",
        }:
            return None
        speaker = self.scene.speaker(self.sentence, self.clauses.nodes[i].start)
        return self.scene.current(speaker, self.sentence.end) if speaker else None

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
        if not named and found.object is not None and (spelled := self._spelled_behind(found)):
            return spelled
        if found.object is not None and found.object.kind == "H" and not found.object.possessive:
            taken = self.listed(found)
            for human in named:
                human.ties = human.ties or [t for h in taken[:1] if h.cohort and len(h.ties) == 1 for t in h.ties]
            return taken + named
        words = [n.low for n in found.phrases.get("", ())]
        if (
            words
            and words[-1] in {"name", "names", "star", "catch", "one", "coup", "prize"}
            and (told := self.behind_colon(after - 1))
        ):
            return told
        place = self.first(found, "behind", "of", "from", "at")
        if words[-1:] != ["team"] or place is None or found.object is not None:
            return []
        span = found.phrases[""]
        organisation = Organisation(span[0].start, span[-1].end, place.name, place.team)
        team = Human(span[0].start, span[-1].end, plural=True, ties=[Tie(organisation, True, True)])
        sized = next((m for n in span if (m := SIZED.fullmatch(n.low))), None)
        size = small(sized[1]) if sized is not None else None
        team.cohort = Cohort(self.scene.reading.document.text[team.start : team.end], size, size)
        for human in named:
            human.ties = human.ties or list(team.ties)
        return [team, *named]

    def _spelled_behind(self, found: Arguments) -> list[Human]:
        """ "welcomed two leaders this month, A from Bolt and B from Cato": as many names as the group counts."""
        crowd = found.object.humans[-1] if found.object is not None and found.object.kind == "H" else None
        count = crowd.cohort.min if crowd is not None and crowd.cohort is not None and not crowd.person else None
        k = found.end + 1
        while self.clauses.kind(k) in {"T", "ADV"}:
            k += 1
        if not count or self.clauses.low(k) not in {",", ":", "—", "–"} or self.clauses.kind(k + 1) != "H":
            return []
        named = [h for m in self.clauses.members(k + 1) for h in self.movers(self.clauses.nodes[m]) if h.person]
        for human in named:
            human.ties = human.ties or (list(crowd.ties) if crowd is not None else [])
        return named if len(named) == count else []

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
            if verdict.status == "declined" and event.origin is None:
                event.origin = self._stays_at(i, destination)
            event.role = self.role_of(Arguments(phrases={"as": found.phrases.get("as", [])}))
            if (
                "back" in {self.clauses.low(k) for k in range(i + 1, min(i + 3, len(self.clauses.nodes)))}
                or verb.lemma in _AGAIN
            ):
                event.kind = "return"
            yield event

    def _set_beside(self, subject: Subject) -> list[Human]:
        """ "Byrne, the former Acme chief brought in to lead Bolt": the person whom the phrase before the participle
        describes."""
        k, who = subject.at, subject.node
        if subject.own or who is None or who.kind != "H" or who.humans[0].person or who.humans[0].plural:
            return []
        before = self.clauses.nodes[k - 2] if k > 1 and self.clauses.low(k - 1) == "," else None
        if before is None or before.kind != "H" or before.possessive or len(before.humans) != 1:
            return []
        return [replace(h, ties=[*h.ties, *who.humans[0].ties]) for h in self.movers(before) if h.person]

    def _hired(self, i: int, verb: Verb, subject: Subject, found: Arguments) -> Iterator[Event]:
        people = self._set_beside(subject) or self.actors(subject)
        if not people:
            return
        agents = found.phrases.get("by", [])
        destination = next((p for n in agents if (p := self._agent_of(n))), None) or self.first(
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
            if place is None and "from" not in found.phrases:
                continue
            event = self.event(human, "return" if again else "hire", i, found, "hired", 0.8, verdict)
            event.destination = place
            event.origin = self.first(found, "from") or (None if again else self.origin_of(human, place))
            event.role = self.role_of(found)
            yield event

    def _agent_of(self, node: Node) -> Place | None:
        """The employer that hires; a well-known chief may have hired for another one that the sentence names."""
        person = node.humans[0].person if node.kind == "H" else None
        told = person is None or node.humans[0].ties or self.scene.current(person, node.start)
        return self.employer(node) if told or not self.sentence.organisations else None

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
            or next((p for n in found.phrases.get("from", ()) if n.kind == "H" and (p := self.employer(n))), None)
            or next((p for n in self.clauses.nodes[after : after + 6] if (p := self._offerer(n))), None)
            or self._offered(after)
        )
        if place is None:
            return
        for human in people:
            event = self.event(human, "hire", i, found, "refuse", 0.75, Verdict("declined"))
            event.destination = place
            event.origin = self.origin_of(human, place) or self._stays_at(i, place)
            yield event

    def _offerer(self, node: Node) -> Place | None:
        """Whose offer it is: "Acme's offer", or that of a chief ("Byrne's offer")."""
        if node.kind == "O":
            return self.place(node)
        return self.employer(node) if node.kind == "H" and node.possessive else None

    def _stays_at(self, i: int, refused: Place) -> Place | None:
        """ "turned down Acme and will stay at Bolt": where they are."""
        nodes = self.clauses.nodes
        for k in range(i + 1, min(i + 20, len(nodes) - 2)):
            if nodes[k].low in {"stay", "stays", "stayed", "staying", "remain", "remains", "remained", "remaining"}:
                place = next((p for node in nodes[k + 2 : k + 4] if (p := self.place(node))), None)
                return place if not same(place, refused) else None
        return None

    def _court(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        """ "Acme offered Byrne the job, but she stayed at Bolt": a try that the same sentence says came to nothing."""
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        employer = self.employer(subject.node) if subject.node is not None else None
        people = [h for h in self.movers(found.object) if h.person] if found.object is not None else []
        behind = {node.low for node in self.clauses.nodes[found.end : found.end + 16]}
        if employer is None or not people or not behind & _ANSWERS or subject.own & BE:
            return
        for human in people:
            event = self.event(human, "hire", i, found, "refuse", 0.7, Verdict("declined"))
            event.destination = employer
            event.origin = self.origin_of(human, employer) or self._stays_at(i, employer)
            yield event

    def _offered(self, after: int) -> Place | None:
        """Whose offer "both declined": the employer that acts in the sentence before."""
        if any(node.kind == "O" for node in self.clauses.nodes[after:]):
            return None
        at = self.scene.reading.index_of(self.sentence)
        earlier = self.scene.reading.sentences[at - 1] if at else None
        if earlier is None or not (self.clauses.low(after) == "the" or _OFFERS.search(earlier.text)):
            return None
        name = self.scene.organisation_first(earlier, earlier.end, frozenset()) if earlier is not None else None
        return Place(name) if name else None

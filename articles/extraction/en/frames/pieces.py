"""What the frames share: places, people, origins and events."""

from __future__ import annotations

import re

from articles.extraction.claims import Cohort, MoveKind
from articles.extraction.en.clauses import Arguments, Clauses, Subject, humans_of, organisation_of
from articles.extraction.en.events import Event, Verdict, same
from articles.extraction.en.scene import Parsed, Place, Scene
from articles.extraction.en.shapes import Human, Node, Organisation, Tie
from articles.extraction.en.subjects import standing
from articles.extraction.en.tokens import Verb

BE = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "getting", "'s", "’s", "'re", "’re"}
)


SEATS = frozenset({"board", "boards", "seat", "council", "committee", "advisory", "observer", "observing"})
_TEAM = re.compile(r"(?:entire|whole|full|core|founding)\b.{0,30}\b(?:team|staff)$")


class Pieces:
    """The pieces that every frame puts together, for one parsed sentence."""

    def __init__(self, scene: Scene, parsed: Parsed) -> None:
        self.scene = scene
        self.parsed = parsed
        self.sentence = parsed.sentence
        self.clauses: Clauses = parsed.clauses

    def place(self, node: Node | None, avoid: frozenset[str] = frozenset()) -> Place | None:
        organisation = organisation_of(node)
        return self.scene.place(organisation, self.sentence, node.start, avoid) if node else None

    def first(self, found: Arguments, *prepositions: str) -> Place | None:
        """The first organisation behind one of these prepositions."""
        for preposition in prepositions:
            for node in found.phrases.get(preposition, ()):
                if (place := self.place(node)) is not None:
                    return place
                if node.kind == "H" and preposition in {"as", "by"} and (place := self.tied(node.humans[0])):
                    return place
        return None

    def tied(self, human: Human, avoid: frozenset[str] = frozenset(), *, now: bool = False) -> Place | None:
        """The employer that someone's own phrase tells; with ``now``, only where they still are."""
        for tie in human.ties:
            if now and tie.former and not tie.origin:
                continue
            if place := self.scene.place(tie.organisation, self.sentence, tie.organisation.start, avoid):
                return place
        return None

    def past(self, human: Human) -> frozenset[str]:
        """Employers that a person has or had, which "the company" they now join is not."""
        return frozenset(b.place.name for b in self.scene.bonds.get(human.person or "", ()) if b.place.name)

    def employer(self, node: Node | None) -> Place | None:
        """The organisation that acts, or for which the acting person acts."""
        if (place := self.place(node)) is not None and place.name:
            return place
        if node is not None and node.kind == "O":
            at = next((k for k, other in enumerate(self.clauses.nodes) if other is node), 0)
            owner = self.clauses.nodes[at - 1] if at else None
            return self.employer(owner) if owner is not None and owner.kind == "H" and owner.possessive else None
        for human in humans_of(node):
            for person in self.scene.people(human, self.sentence):
                if (here := self.scene.arrived.get(person.person or "")) is not None and here.name:
                    return here
                tie = next((t for t in person.ties if not t.former), None)
                if tie and (place := self.scene.place(tie.organisation, self.sentence, person.start)):
                    return place
                if place := self.scene.current(person.person, person.start) or self.scene.led_by(person.person):
                    return place
        return None

    def movers(self, node: Node | None) -> list[Human]:
        """The people that a phrase means, a whole team among them."""
        if (team := self._whole_team(node)) is not None:
            return [team]
        return [who for human in humans_of(node) for who in self.scene.people(human, self.sentence)]

    def actors(self, subject: Subject) -> list[Human]:
        """The people that a subject means, with those that "— including A and B —" names of them."""
        people = self.movers(subject.node)
        if not people or subject.at < 0:
            return people
        if (
            len(people) == 1
            and people[0].cohort
            and people[0].plural
            and (spelled := self._spelled_out(subject.at, people[0]))
        ):
            return spelled
        k = subject.at + 1
        while self.clauses.low(k) in {",", "—", "–", "-", "(", "among"}:
            k += 1
        if self.clauses.low(k) not in {"including", "them"} or self.clauses.kind(k + 1) != "H":
            far = range(subject.at + 1, min(subject.at + 26, len(self.clauses.nodes) - 2))
            them = (m for m in far if self.clauses.low(m) == "among" and self.clauses.low(m + 1) in {"them", "those"})
            k = next(them, -1)
            if k < 0 or not people[0].plural or self.clauses.kind(k + 2) != "H":
                return people
            k += 1
        named = [h for h in self.movers(self.clauses.nodes[k + 1]) if h.person]
        for human in named:
            human.ties = human.ties or list(people[0].ties)
        return people + named

    def _spelled_out(self, at: int, group: Human) -> list[Human]:
        """ "Three researchers left Acme: A, B and C": the names behind a colon."""
        nodes = self.clauses.nodes
        for k in range(at + 1, min(at + 14, len(nodes) - 1)):
            if nodes[k].low == ":" and nodes[k + 1].kind == "H" and (rest := self._relatives(k, group)):
                return rest
            if nodes[k].low == ":" and nodes[k + 1].kind == "H" and len(nodes[k + 1].humans) > 1:
                named = [h for h in self.movers(nodes[k + 1]) if h.person]
                for human in named:
                    human.ties = human.ties or list(group.ties)
                return named
        return []

    def _relatives(self, k: int, group: Human) -> list[Human]:
        """ ": A, who ran sales, and B, who ran design": as many names as the group counts, each with its clause."""
        nodes, count = self.clauses.nodes, group.cohort.min if group.cohort else None
        if not any(self.clauses.kind(m) == "REL" for m in range(k, min(k + 30, len(nodes)))):
            return []
        named = [
            human
            for m in range(k + 1, min(k + 40, len(nodes)))
            if nodes[m].kind == "H" and not nodes[m].possessive and self.clauses.low(m - 1) in {":", ",", ";", "and"}
            for human in self.movers(nodes[m])
            if human.person
        ]
        return named if count and len(named) == count else []

    def _whole_team(self, node: Node | None) -> Human | None:
        """ "the entire Acme team" as a group whose size is not told."""
        if node is None or node.kind != "O" or node.organisation is None or node.possessive:
            return None
        text = self.scene.reading.document.text[node.start : node.end]
        if _TEAM.match(node.organisation.team or ""):
            text = f"the {node.organisation.team}"
        openings = ("the entire ", "the whole ", "the core ", "the team", "the full ", "the founding ")
        if not text.lower().startswith(openings) or not text.endswith(("team", "staff")):
            return None
        home = Organisation(node.start, node.end, node.organisation.name, None, node.organisation.word)
        return Human(node.start, node.end, cohort=Cohort(text), plural=True, role="team", ties=[Tie(home, True, True)])

    def origin_of(self, human: Human, destination: Place | None) -> Place | None:
        """Where someone came from as their own phrase or the article tells it, if that is not where they go."""
        avoid = frozenset([destination.name]) if destination and destination.name else frozenset()
        for tie in human.ties:
            place = self.scene.place(tie.organisation, self.sentence, tie.organisation.start, avoid)
            if place and place.name and not same(place, destination):
                return place
        current = self.scene.current(human.person, human.start) if human.person else None
        implied = self.scene.implied(human, self.sentence, avoid)
        earlier = self.scene.earlier(human.person) if human.person else []
        return next((p for p in (current, implied, *earlier) if p is not None and not same(p, destination)), None)

    def event(
        self, human: Human, kind: MoveKind, i: int, found: Arguments, rule: str, confidence: float, verdict: Verdict
    ) -> Event:
        nodes = self.clauses.nodes
        start = min(human.start, nodes[i].start) if human.start >= self.sentence.start else nodes[i].start
        end = max(nodes[max(i, found.end)].end, human.end if human.end <= self.sentence.end else 0)
        focus = (nodes[i].start, max(nodes[i].end, nodes[max(i, found.end)].end))
        return Event(human, kind, start, end, rule, confidence, self.parsed, status=verdict.status, focus=focus)

    def passive(self, i: int, verb: Verb, words: list[str], found: Arguments, subject: Subject) -> bool:
        """Whether the verb is done to its subject: after "was", or a bare participle after the person."""
        if verb.form not in {"past", "participle"}:
            return False
        if subject.own & BE:
            return True
        if not found.bare:
            return False
        return (
            subject.node is not None
            and subject.node.kind == "H"
            and found.object is None
            and not subject.own & {"has", "have", "had"}
        )

    def place_before(self, position: int, avoid: frozenset[str], *, arriving: bool = False) -> Place | None:
        """The employer that the text named last, for a clause that names none."""
        if not any(o.end <= position for o in self.sentence.organisations) and (
            teller := self._said_by(position, avoid)
        ):
            return teller
        name = self.scene.organisation_before(self.sentence, position, avoid, arriving=arriving)
        return Place(name) if name else None

    def _said_by(self, position: int, avoid: frozenset[str]) -> Place | None:
        """ "…, Acme said": the employer that tells it behind the clause."""
        nodes = self.clauses.nodes
        for k, node in enumerate(nodes[:-1]):
            if node.start > position and node.kind == "O" and nodes[k + 1].low in standing("told"):
                place = self.place(node, avoid)
                return place if place is not None and place.name and place.name not in avoid else None
        return None

    def led(self, node: Node) -> Place | None:
        """ "joined Byrne's startup" and "joined Byrne": where that person is."""
        person = node.humans[0].person
        return self.scene.current(person, node.start) or self.scene.led_by(person)

    def role_of(self, found: Arguments) -> str | None:
        for node in found.phrases.get("as", ()):
            if node.kind == "H":
                return node.humans[0].role
        return found.object.humans[0].role if found.object is not None and found.object.kind == "H" else None

    def companions(self, found: Arguments, place: Place | None) -> list[Human]:
        """ "along with two others": who else does it; those who already work there do not."""
        return [h for h in self._beside(found) if not (h.person and same(self.scene.current(h.person, h.start), place))]

    def _beside(self, found: Arguments) -> list[Human]:
        nodes = [n for key in ("along with", "alongside") for n in found.phrases.get(key, ()) if n.kind == "H"]
        beside = [h for n in found.phrases.get("as", ()) for h in n.humans[1:]]
        listed = [who for human in beside for who in self.scene.people(human, self.sentence)]
        return listed + [who for node in nodes for who in self.movers(node) if who.cohort or len(nodes) == 1]

    def career(self, i: int, destination: Place) -> Place | None:
        """ "after four years at Acme", "after serving as chief of Acme" behind or before the verb: where they were."""
        nodes = self.clauses.nodes
        for k in range(max(0, i - 14), min(i + 15, len(nodes))):
            node = nodes[k]
            opens = node.low in {"after", "following", "previously", "formerly"}
            if not opens and not self._was_at(i, k):
                continue
            for m in range(k + 1, min(k + 12, len(nodes))):
                if self.clauses.low(m) in {",", ";", "."} or self.clauses.kind(m) == "REL":
                    break
                if self.clauses.low(m) in {"at", "of", "as", "with", "from", "leaving", "in"} or nodes[m].kind == "H":
                    place = self.place(nodes[m + 1]) if m + 1 < len(nodes) else None
                    place = place or (
                        self.tied(nodes[m].humans[0])
                        if nodes[m].kind == "H" and not nodes[m].humans[0].person
                        else None
                    )
                    if place and place.name and not same(place, destination):
                        return place
        return None

    def _was_at(self, i: int, k: int) -> bool:
        """ "Before joining Acme she was at Bolt": the main clause beside "before" tells where they were."""
        before = self.clauses.low(i - 1) == "before" or (
            self.clauses.low(i - 1) == "to" and self.clauses.low(i - 2) == "prior"
        )
        return before and self.clauses.low(k) in {"was", "were", "worked", "spent", "served", "led", "ran", "held"}

    def placed(
        self, human: Human, destination: Place, i: int, found: Arguments, rule: str, role: str, verdict: Verdict
    ) -> Event:
        """A new role: a hire from elsewhere, or a change inside the employer that the person already has."""
        current = self.scene.current(human.person, human.start) or self.scene.implied(human, self.sentence)
        settled = bool(human.role) and not human.ties and rule == "become" and current is None
        charged = found.object_at >= 0 and self.clauses.low(found.object_at + 2) == "charge"
        inside = rule == "raise" or same(current, destination) or charged or settled
        event = self.event(human, "internal" if inside else "hire", i, found, rule, 0.75, verdict)
        event.destination, event.role = destination, role or None
        event.origin = (
            Place(destination.name)
            if inside and human.role and rule != "raise"
            else None
            if inside
            else self.origin_of(human, destination)
        )
        return event

    def _until_now(self, human: Human) -> Place | None:
        """ "Byrne, until now the firm's counsel, becomes …": where they are already."""
        behind = self.scene.reading.document.text[human.end : human.end + 12]
        return self.tied(human) if "until now" in behind and human.ties else None

    def home(self, human: Human, i: int) -> Place | None:
        return (
            self._until_now(human)
            or self.scene.arrived.get(human.person or "")
            or self.scene.current(human.person, human.start)
            or self.scene.implied(human, self.sentence)
            or self.place_before(
                self.clauses.nodes[i].start, frozenset(p.name for p in self.scene.earlier(human.person) if p.name)
            )
        )

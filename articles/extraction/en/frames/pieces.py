"""What the frames share: places, people, origins and events."""

from __future__ import annotations

import re

from articles.extraction.claims import Cohort, MoveKind
from articles.extraction.en.antecedents import standing
from articles.extraction.en.clauses import Arguments, Clauses, Subject, humans_of, organisation_of
from articles.extraction.en.events import Event, Verdict, same
from articles.extraction.en.scene import Parsed, Place, Scene, employs
from articles.extraction.en.shapes import Human, Node, Organisation, Tie
from articles.extraction.en.tokens import Verb

BE = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "getting", "'s", "’s", "'re", "’re"}
)


SEATS = frozenset({"board", "boards", "seat", "council", "committee", "advisory", "observer", "observing"})
_PART = re.compile(r"\b(?:[Mm]uch|[Mm]ost|[Aa]ll|[Pp]art|[Hh]alf|[Nn]early all|[Aa]lmost all|[Ss]ome) of (?:the )?$")
_SPEAKERS = (["spokesperson"], ["spokesman"], ["spokeswoman"], ["representative"])
_INCLUDE = frozenset({"include", "includes", "included", "are", "were"})
# Behind the employer that opens a sentence: "…, a unit of Bolt, said that".
_SAID = re.compile(r",[^.;]{3,110}, (?:has |have )?(?:said|announced|confirmed|disclosed|says|announces)\b")
_TEAM = re.compile(r"(?:entire|whole|full|core|founding)\b.{0,30}\b(?:team|staff)$")


# Behind "after", these tell of a university, not of a job.
_STUDIES = frozenset({"graduating", "studying", "earning", "completing", "receiving", "finishing", "obtaining"})


# With these a plain present form is not plain.
_HAPPENING = frozenset({"have", "has", "had", "are", "is", "were", "was", "will", "did", "do", "to"})
_WHENEVER = frozenset({"when", "whenever", "if", "after", "before", "once", "until", "should", "unless", "as"})
# What rules say of those who leave.
_RULES = frozenset({"may", "must", "cannot", "can", "shall", "not", "from", "months", "noncompete", "noncompetes"})

# "left to run research at Acme".
_NEXT_JOBS = frozenset({"work", "take", "do", "start", "run", "lead", "head", "oversee", "teach", "advise", "become"})


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

    def first(self, found: Arguments, *prepositions: str, avoid: frozenset[str] = frozenset()) -> Place | None:
        """The first organisation behind one of these prepositions; "the company" is then none of ``avoid``."""
        for preposition in prepositions:
            for node in found.phrases.get(preposition, ()):
                if (place := self.place(node, avoid)) is not None:
                    return place
                if node.kind == "H" and preposition in {"as", "by", "to"} and (place := self.tied(node.humans[0])):
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

    def in_general(self, i: int, verb: Verb, subject: Subject, human: Human) -> bool:
        """ "for a year after they leave Acme", "when employees leave": what holds for anybody tells of nobody."""
        crowd = human.cohort is not None and not human.person and human.cohort.min is None
        plain = verb.form in {"base", "present"} and not subject.own & _HAPPENING
        if not crowd or not (plain or verb.form == "gerund"):
            return False
        if verb.form == "gerund":
            return self.clauses.low(i - 1) in {"after", "before"} and bool(_RULES & {n.low for n in self.clauses.nodes})
        opens = self.clauses.low(subject.at - 1) in _WHENEVER
        return opens or self.clauses.kind(i - 1) == "REL"

    def told_once(self, human: Human) -> bool:
        """Whether the article names this person here alone, and says nothing of them."""
        named = sum(m.name == human.person for s in self.scene.reading.sentences for m in s.people)
        return bool(human.person) and named < 2 and not human.ties and not human.role

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

    def listed(self, found: Arguments) -> list[Human]:
        """The people of the object, with those who follow in its list, each with an aside."""
        if found.object is None:
            return []
        people = self.movers(found.object)
        if not people or not people[-1].person or found.object.kind != "H":
            return people
        further = self.clauses.members(found.object_at)[1:]
        named = [h for m in further for h in self.movers(self.clauses.nodes[m]) if h.person]
        told = {human.person for human in people}
        return people + [human for human in named if human.person not in told]

    def behind_colon(self, i: int) -> list[Human]:
        """ "lost another one this week: Byrne, who …": the one whom a colon names."""
        nodes = self.clauses.nodes
        colon = next((k for k in range(i + 1, min(i + 8, len(nodes) - 1)) if nodes[k].low == ":"), None)
        if colon is None or nodes[colon + 1].kind != "H" or nodes[colon + 1].possessive:
            return []
        return [h for h in self.movers(nodes[colon + 1]) if h.person]

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
        if included := self._included(subject.at, people[0]):
            return included
        k = subject.at + 1
        while self.clauses.low(k) in {",", "—", "–", "-", "(", "among"}:
            k += 1
        if self.clauses.low(k) not in {"including", "them"} or self.clauses.kind(k + 1) != "H":
            far = range(subject.at + 1, min(subject.at + 26, len(self.clauses.nodes) - 2))
            them = (m for m in far if self.clauses.low(m) == "among" and self.clauses.low(m + 1) in {"them", "those"})
            k = next(them, -2) + 1
            if k < 0:
                k = next(
                    (m for m in far if self.clauses.low(m) == "including" and self.clauses.low(m - 1) in {",", "—"}), -2
                )
            if k < 0 or not people[0].plural or people[0].person or self.clauses.kind(k + 1) != "H":
                return people
        named = [h for m in self.clauses.members(k + 1) for h in self.movers(self.clauses.nodes[m]) if h.person]
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

    def _included(self, at: int, group: Human) -> list[Human]:
        """ "Others who have left Acme include A and B": the names behind the verb of the main clause."""
        if group.person or not group.plural or self.clauses.kind(at + 1) != "REL":
            return []
        for k in range(at + 2, min(at + 16, len(self.clauses.nodes) - 1)):
            if self.clauses.low(k) in _INCLUDE and self.clauses.kind(k + 1) == "H":
                named = [h for m in self.clauses.members(k + 1) for h in self.movers(self.clauses.nodes[m]) if h.person]
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
        if (part := self._part_of(node)) is not None:
            return part
        text = self.scene.reading.document.text[node.start : node.end]
        if _TEAM.match(node.organisation.team or ""):
            text = f"the {node.organisation.team}"
        openings = ("the entire ", "the whole ", "the core ", "the team", "the full ", "the founding ")
        if not text.lower().startswith(openings) or not text.endswith(("team", "staff")):
            return None
        home = Organisation(node.start, node.end, node.organisation.name, None, node.organisation.word)
        return Human(node.start, node.end, cohort=Cohort(text), plural=True, role="team", ties=[Tie(home, True, True)])

    def _part_of(self, node: Node) -> Human | None:
        """ "much of Acme's team": the people of a team, of whom the text does not say how many."""
        text = self.scene.reading.document.text
        before = _PART.search(text, max(self.sentence.start, node.start - 40), node.start)
        head = text[node.start : node.end].lower().split()[-1]
        if before is None or head not in {"team", "staff", "group", "workforce"} or node.organisation is None:
            return None
        organisation = node.organisation
        home = Organisation(node.start, node.end, organisation.name, None, organisation.word)
        cohort = Cohort(text[before.start() : node.end])
        return Human(before.start(), node.end, cohort=cohort, plural=True, role="team", ties=[Tie(home, True, True)])

    def place_behind(self, i: int, avoid: Place | None = None) -> Place | None:
        """The first employer named behind node ``i``, for a clause that names none and follows none."""
        start = self.clauses.nodes[i].end
        named = (o for o in self.sentence.organisations if o.start >= start and employs(o))
        return next((Place(o.name) for o in named if avoid is None or o.name != avoid.name), None)

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
        thread = self.scene.thread(self.sentence) if human.again else None
        crowd = self.scene.crowd_from(self.sentence) if human.person and not human.role else None
        told = (self._came_to(human), current, implied, *earlier, thread, crowd)
        return next((p for p in told if p is not None and not same(p, destination)), None)

    def _came_to(self, human: Human) -> Place | None:
        """Where the same sentence last had this person arrive ("moved to Acme and joined Bolt a year later")."""
        last = self.scene.last_move
        if last is None or not human.person or last[3] != human.person:
            return None
        at = self.scene.reading.index_of(self.sentence)
        near = {s.start for s in self.scene.reading.sentences[max(0, at - 1) : at + 1]}
        back = {"previously", "earlier", "before", "originally", "also"} & {node.low for node in self.clauses.nodes}
        return last[2] if last[0] in near and not back else None

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

    def _to_work_at(self, found: Arguments) -> Place | None:
        """ "left to work at Acme", "quit to take a job with Acme"."""
        nodes = self.clauses.nodes
        to = next((k for k in range(found.end, found.end + 4) if self.clauses.low(k) == "to"), None)
        if to is None or self.clauses.low(to + 1) not in _NEXT_JOBS:
            return None
        at = [k for k in range(to + 2, min(to + 8, len(nodes) - 1)) if nodes[k].low in {"at", "for", "with"}]
        named = next((p for k in at if (p := self.place(nodes[k + 1])) is not None), None)
        beside = (nodes[k + 1].humans[0] for k in at if nodes[k + 1].kind == "H")
        named = named or next((p for human in beside if (p := self.tied(human, now=True)) is not None), None)
        owner = nodes[to + 2] if to + 2 < len(nodes) else None
        place = named or (self.tied(owner.humans[0]) if owner is not None and owner.kind == "H" else self.place(owner))
        return place if place is not None and place.name else None

    def place_before(self, position: int, avoid: frozenset[str], *, arriving: bool = False) -> Place | None:
        """The employer that the text named last, for a clause that names none."""
        if not any(o.end <= position for o in self.sentence.organisations) and (
            teller := self._said_by(position, avoid)
        ):
            return teller
        opening = None if arriving else self._told_by(position)
        if opening is not None and opening not in avoid:
            return Place(opening)
        name = self.scene.organisation_before(self.sentence, position, avoid, arriving=arriving, unsaid=True)
        return Place(name) if name else None

    def _told_by(self, position: int) -> str | None:
        """ "Acme, a unit of Bolt, said that Byrne is leaving": the employer that opens the sentence and tells it."""
        first = next((o for o in self.sentence.organisations if o.start == self.sentence.start), None)
        if (
            first is None
            or not employs(first)
            or _SAID.match(self.scene.reading.document.text, first.end, position) is None
        ):
            return None
        return first.name

    def _said_by(self, position: int, avoid: frozenset[str]) -> Place | None:
        """ "…, Acme said": the employer that tells it behind the clause."""
        nodes = self.clauses.nodes
        for k, node in enumerate(nodes[:-1]):
            if node.start > position and node.kind in {"O", "H"} and nodes[k + 1].low in standing("told"):
                speaks = node.kind == "H" and (node.humans[0].role or "").lower().split()[-1:] in _SPEAKERS
                place = self.place(node, avoid) if node.kind == "O" else self.tied(node.humans[0]) if speaks else None
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
        nodes += [n for n in found.phrases.get("with", ()) if n.kind == "H" and self._comes_too(n) and self._by_verb(n)]
        beside = [h for n in found.phrases.get("as", ()) for h in n.humans[1:]]
        listed = [who for human in beside for who in self.scene.people(human, self.sentence)]
        return listed + [who for node in nodes for who in self.movers(node) if who.cohort or len(nodes) == 1]

    @staticmethod
    def _comes_too(node: Node) -> bool:
        """Whether "with" names people who make the move too: somebody by name, or a counted group."""
        return any(h.person or (h.cohort is not None and h.plural and (h.cohort.min or 0) > 1) for h in node.humans)

    def _by_verb(self, node: Node) -> bool:
        """Whether "with" before the phrase goes with the verb, not with a noun ("after a quarrel with Byrne")."""
        at = next((k for k, other in enumerate(self.clauses.nodes) if other is node), 0)
        k = next((k for k in range(at - 1, max(-1, at - 4), -1) if self.clauses.low(k) == "with"), at)
        return self.clauses.kind(k - 1) not in {"W", "ROLE", "UNIT"}

    def career(self, i: int, destination: Place) -> Place | None:
        """ "after four years at Acme", "after serving as chief of Acme" behind or before the verb: where they were."""
        nodes = self.clauses.nodes
        for k in range(max(0, i - 14), min(i + 15, len(nodes))):
            node = nodes[k]
            opens = node.low in {"after", "following", "previously", "formerly"}
            if (not opens and not self._was_at(i, k)) or self.clauses.low(k + 1) in _STUDIES:
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
        here = (self.scene.place(t.organisation, self.sentence, human.start) for t in human.ties if not t.former)
        inside = rule == "raise" or same(current, destination) or charged or settled
        inside = inside or any(same(place, destination) for place in here)
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
            or (self.place_behind(i) if len({o.name for o in self.sentence.organisations}) == 1 else None)
        )

    def before_founding(self, human: Human, place: Place) -> Place | None:
        for tie in human.ties:
            origin = self.scene.place(tie.organisation, self.sentence, tie.organisation.start)
            if origin and origin.name and not same(origin, place) and (tie.former or tie.origin or human.cohort):
                return origin
        earlier = self.scene.earlier(human.person) if human.person else []
        return earlier[-1] if len(earlier) == 1 and not same(earlier[0], place) else None

"""The verbs of movement: what each makes of its subject, object and prepositions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from articles.extraction.claims import Cohort, MoveKind, Status
from articles.extraction.en.clauses import Arguments, Clauses, Subject, humans_of, organisation_of
from articles.extraction.en.phrases import Human, Node, Organisation, Tie
from articles.extraction.en.scene import Parsed, Place, Scene
from articles.extraction.en.tokens import Verb
from articles.extraction.lexicon import table
from articles.extraction.organisations import lookup

_BE = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "getting", "'s", "’s", "'re", "’re"}
)


@dataclass(slots=True)
class Event:
    """A move as one clause tells it, before what the rest of the article adds."""

    human: Human
    kind: MoveKind
    start: int
    end: int
    rule: str
    confidence: float
    parsed: Parsed
    origin: Place | None = None
    destination: Place | None = None
    status: Status | None = None
    role: str | None = None
    focus: tuple[int, int] | None = None


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(table("en/nouns")["organisation_suffixes"])


@cache
def standing_words(key: str) -> frozenset[str]:
    """The governing words of one standing ("planned", "rumoured", …)."""
    return frozenset(table("en/verbs")["standing"][key])


@dataclass(slots=True)
class Verdict:
    """What governs a verb says: its status where the wording decides it, or that nothing is claimed."""

    status: Status | None = None
    void: bool = False


def judge(words: list[str], *, named: bool, attempt: bool = False, vague: bool = False) -> Verdict:
    """The standing of a move whose verb these words govern; ``attempt`` for verbs whose object may say no."""
    found = set(words)
    if (
        found
        & {
            "prevent",
            "prevents",
            "preventing",
            "prevented",
            "stop",
            "discourage",
            "avoid",
            "keep",
            "keeping",
            "stopping",
        }
        or "if" in found
    ):
        return Verdict(void=True)
    if found & standing_words("tried"):
        return Verdict("declined") if attempt and named else Verdict(void=True)
    if found & standing_words("negative") or any(w.endswith("n't") or w.endswith("n’t") for w in found):
        return Verdict("denied") if named else Verdict(void=True)
    if found & standing_words("rumoured"):
        return Verdict("rumoured") if named or found & {"appears", "appear", "seems"} else Verdict(void=True)
    if "would" in found and "told" in found:
        return Verdict("planned")
    if found & standing_words("trying") or found & standing_words("hypothetical"):
        return Verdict(void=True)
    if found & standing_words("planned") and "now" not in found:
        return Verdict("planned", void=vague)
    return Verdict()


class Frames:
    """Applies the frames to the verbs of one parsed sentence."""

    def __init__(self, scene: Scene, parsed: Parsed) -> None:
        self.scene = scene
        self.parsed = parsed
        self.sentence = parsed.sentence
        self.clauses: Clauses = parsed.clauses
        self.by_frame: dict[str, Callable[[int, Verb, int], Iterator[Event]]] = {
            "join": self._join,
            "leave": self._leave,
            "go": self._go,
            "back": self._go,
            "hire": self._hire,
            "name": self._name,
            "raise": self._name,
            "fire": self._fire,
            "lose": self._lose,
            "found": self._found,
            "become": self._become,
            "refuse": self._refuse,
            "take_up": self._take_up,
            "hold": self._hold,
        }

    def events(self) -> Iterator[Event]:
        """Every move that a verb of the sentence tells."""
        for i, node in enumerate(self.clauses.nodes):
            if node.kind != "V":
                continue
            for verb, after in self.clauses.readings(i):
                handler = self.by_frame.get(verb.frame)
                if handler is None:
                    continue
                found = list(handler(i, verb, after))
                if found:
                    yield from found
                    break

    # Pieces that the frames share

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
        if len(people) == 1 and people[0].cohort and people[0].plural and (spelled := self._spelled_out(subject.at, people[0])):
            return spelled
        k = subject.at + 1
        while self.clauses.low(k) in {",", "—", "–", "-", "(", "among"}:
            k += 1
        if self.clauses.low(k) not in {"including", "them"} or self.clauses.kind(k + 1) != "H":
            return people
        named = [h for h in self.movers(self.clauses.nodes[k + 1]) if h.person]
        for human in named:
            human.ties = human.ties or list(people[0].ties)
        return people + named

    def _spelled_out(self, at: int, group: Human) -> list[Human]:
        """"Three researchers left Acme: A, B and C": the names behind a colon."""
        nodes = self.clauses.nodes
        for k in range(at + 1, min(at + 14, len(nodes) - 1)):
            if nodes[k].low == ":" and nodes[k + 1].kind == "H" and len(nodes[k + 1].humans) > 1:
                named = [h for h in self.movers(nodes[k + 1]) if h.person]
                for human in named:
                    human.ties = human.ties or list(group.ties)
                return named
        return []

    def _whole_team(self, node: Node | None) -> Human | None:
        """ "the entire Acme team" as a group whose size is not told."""
        if node is None or node.kind != "O" or node.organisation is None or node.possessive:
            return None
        text = self.scene.reading.document.text[node.start : node.end]
        if not text.lower().startswith(
            ("the entire ", "the whole ", "the core ", "the team", "the full ")
        ) or not text.endswith(("team", "staff")):
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
        if subject.own & _BE:
            return True
        if not found.bare:
            return False
        return (
            subject.node is not None
            and subject.node.kind == "H"
            and found.object is None
            and not subject.own & {"has", "have", "had"}
        )

    # Frames

    def _join(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        people = self.actors(subject) or self._team_behind(i)
        if not people or self.clauses.low(after) == "by":
            return
        place = self._joined(found, people, self.clauses.nodes[i].start)
        if place is None or not _employer_like(place):
            return
        crowd = all(h.cohort and h.cohort.min is None for h in people)
        verdict = judge(subject.words, named=bool(people[0].person), vague=crowd)
        if verdict.void:
            return
        told = self.first(found, "from") or self._career(i, place)
        with_them = self._companions(found)
        for human in people + with_them:
            event = self.event(human, "return" if verb.lemma == "rejoin" else "hire", i, found, "join", 0.9, verdict)
            event.destination = place
            event.origin = told or self._just_left(human, place) or self.origin_of(human, place)
            if human in with_them and event.origin is None:
                event.origin = self.scene.thread(self.sentence)
            event.role = self._role(found)
            yield event

    def _just_left(self, human: Human, destination: Place) -> Place | None:
        """What the same sentence said this person left."""
        left = self.scene.last_left
        if left is None or left[0] != self.sentence.start or left[2] != human.person or same(left[1], destination):
            return None
        return left[1] if human.person else None

    def _companions(self, found: Arguments) -> list[Human]:
        """ "along with two others": who else does it."""
        nodes = [n for key in ("with", "alongside") for n in found.phrases.get(key, ()) if n.kind == "H"]
        beside = [h for n in found.phrases.get("as", ()) for h in n.humans[1:]]
        listed = [who for human in beside for who in self.scene.people(human, self.sentence)]
        return listed + [who for node in nodes for who in self.movers(node) if who.cohort or len(nodes) == 1]

    def _career(self, i: int, destination: Place) -> Place | None:
        """ "after four years at Acme", "after serving as chief of Acme" behind or before the verb: where they were."""
        nodes = self.clauses.nodes
        for k, node in enumerate(nodes):
            opens = node.low in {"after", "following", "previously", "formerly"}
            if (not opens and not self._was_at(i, k)) or abs(k - i) > 14:
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

    def _hold(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        """ "now works at Acme": a job held is no move, but "now" makes it one."""
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        place = self.first(found, "at", "for")
        if verb.lemma != "work" or "now" not in subject.own or place is None:
            return
        for human in (h for h in self.actors(subject) if h.person):
            if not same(self.scene.current(human.person, human.start), place):
                event = self.event(human, "hire", i, found, "hold", 0.6, Verdict())
                event.destination, event.origin = place, self.origin_of(human, place)
                yield event

    def _was_at(self, i: int, k: int) -> bool:
        """ "Before joining Acme she was at Bolt": the main clause beside "before" tells where they were."""
        before = self.clauses.low(i - 1) == "before" or (
            self.clauses.low(i - 1) == "to" and self.clauses.low(i - 2) == "prior"
        )
        return before and self.clauses.low(k) in {"was", "were", "worked", "spent", "served", "led", "ran", "held"}

    def _take_up(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        """ "accepted a position at Acme", "took the role of chief executive"."""
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        words = {node.low for node in found.phrases.get("", ())}
        people = [h for h in self.movers(subject.node) if h.person]
        if not people or not words & {"role", "position", "post", "job", "offer", "helm", "reins"}:
            return
        verdict = judge(subject.words, named=True)
        role = self._role(found)
        place = self.first(found, "at", "with", "of", "as", "from") or (
            self.place_before(self.clauses.nodes[i].start, frozenset(self._known_by(people[0]))) if role else None
        )
        if place is None or verdict.void:
            return
        for human in people:
            yield self._placed(human, place, i, found, "take_up", role or "", verdict)

    def _known_by(self, human: Human) -> set[str]:
        return {b.place.name for b in self.scene.bonds.get(human.person or "", ()) if b.place.name}

    def _joined(self, found: Arguments, people: list[Human], position: int) -> Place | None:
        here = people[0].person
        current = self.scene.current(here, position)
        avoid = frozenset(
            filter(None, [current.name if current else None, *(p.name for p in self.scene.earlier(here))])
        )
        if found.object is not None and found.object.kind != "H":
            return self.place(found.object, avoid)
        if found.object is not None and found.object.kind == "H":
            return self.first(found, "at", "in") or self._led(found.object)
        if not found.bare:
            return self.first(found, "at", "of", "in")
        named = self.first(found, "at", "as")
        if named is None and self.clauses.low(found.end + 1) in {"‘", "“", '"', "'"}:
            return None
        return named or self.scene.current(here, position) or self.place_before(position, frozenset())

    def _led(self, node: Node) -> Place | None:
        """ "joined Byrne's startup" and "joined Byrne": where that person is."""
        person = node.humans[0].person
        return self.scene.current(person, node.start) or self.scene.led_by(person)

    def place_before(self, position: int, avoid: frozenset[str]) -> Place | None:
        name = self.scene.organisation_before(self.sentence, position, avoid)
        return Place(name) if name else None

    def _role(self, found: Arguments) -> str | None:
        for node in found.phrases.get("as", ()):
            if node.kind == "H":
                return node.humans[0].role
        return found.object.humans[0].role if found.object is not None and found.object.kind == "H" else None

    def _leave(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if verb.lemma == "part" and subject.node is not None and subject.node.kind == "O":
            yield from self._parted(i, subject, found)
            return
        people = self.actors(subject)
        if not people or not self._leaves(verb, found) or self._stays(i):
            return
        verdict = judge(subject.words, named=bool(people[0].person))
        if verdict.void:
            return
        destination = self.first(found, "for")
        for human in people + self._companions(found):
            event = self.event(human, "hire" if destination else "departure", i, found, "leave", 0.85, verdict)
            event.origin = self._left(found, human, destination, self.clauses.nodes[i].start)
            event.destination = destination
            if event.origin is not None or destination is not None:
                yield event

    def _parted(self, i: int, subject: Subject, found: Arguments) -> Iterator[Event]:
        """"Acme has parted ways with its chief, Ada Byrne"."""
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
            place = self.place(found.object, frozenset(filter(None, [destination.name if destination else None])))
            return place
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

    def _go(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        people = self.actors(subject)
        if not people or (found.object is not None and found.object.kind == "H"):
            return
        target = ("to", "at") if verb.frame == "back" or verb.lemma in {"land", "sign"} else ("to", "for", "into")
        if verb.lemma == "go":
            target = ("to",)
        place = self.first(found, *target)
        if verb.lemma == "sign":
            place = self.first(found, "with", "at") if self.clauses.low(after - 1) == "on" else None
        if place is None or place.name is None or not _employer_like(place) or not self._meant(found, target, verb):
            return
        verdict = judge(
            [w for w in subject.words if not (w == "going" and verb.lemma == "go")], named=bool(people[0].person)
        )
        if verdict.void:
            return
        for human in people + self._companions(found):
            event = self.event(human, "return" if verb.frame == "back" else "hire", i, found, verb.frame, 0.8, verdict)
            event.destination = place
            event.origin = self.first(found, "from") or self._career(i, place) or self.origin_of(human, place)
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
        if verdict.void or (verb.lemma in {"woo", "entice", "attract"} and not people[0].person and "has" not in words):
            return
        destination = (
            self.first(found, "to")
            if verb.lemma in {"lure", "poach", "bring", "recruit", "entice"} and "to" in found.phrases
            else None
        )
        posted = next((p for n in found.phrases.get("as", ()) if n.kind == "H" and (p := self.tied(n.humans[0])) and p.name), None)
        destination = destination or posted or employer
        origins = [p for n in found.phrases.get("from", ()) if (p := self.place(n))]
        for human in people:
            yield from self._taken(human, destination, origins, i, found, verb, verdict)

    def _hires(self, after: int, found: Arguments) -> list[Human]:
        """The object's people; "the team behind Acme, including Byrne" and "executives like Byrne" name some of theirs."""
        nodes = self.clauses.nodes
        named: list[Human] = []
        for k in range(after, min(after + 16, len(nodes) - 1)):
            if nodes[k].low == ":" and nodes[k + 1].kind == "H":
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
            event.role = self._role(Arguments(phrases={"as": found.phrases.get("as", [])}))
            if "back" in {
                self.clauses.low(k) for k in range(i + 1, min(i + 3, len(self.clauses.nodes)))
            } or verb.lemma in {"rehire", "re-hire", "reinstate"}:
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
        if destination is None and not subject.own & _BE:
            return
        verdict = judge(subject.words, named=bool(people[0].person), attempt=True)
        if verdict.void:
            return
        for human in people:
            place = destination or self._near(human, i)
            if place is None:
                continue
            event = self.event(human, "hire", i, found, "hired", 0.8, verdict)
            event.destination = place
            event.origin = self.first(found, "from") or self.origin_of(human, place)
            event.role = self._role(found)
            yield event

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

    def _name(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        given = self._given_role(after, found)
        weak = verb.lemma in {
            "announce",
            "unveil",
            "reveal",
            "confirm",
            "introduce",
            "put",
            "pick",
            "choose",
            "select",
            "install",
        }
        if given is None or (weak and not self._firmly(found, subject)):
            return
        if self.passive(i, verb, subject.words, found, subject) or (found.object is not None and subject.own & _BE):
            people, employer = (
                self.movers(subject.node),
                next((p for n in found.phrases.get("by", ()) if (p := self.employer(n))), None),
            )
        else:
            people = [h for h in self.movers(found.object) if h.person]
            employer = self.employer(subject.node) if subject.node is not None else None
        people = [h for h in people if h.person]
        verdict = judge(subject.words, named=True, attempt=True)
        if not people or verdict.void:
            return
        role, place = given
        for human in people:
            destination = (
                place
                or employer
                or self.scene.current(human.person, human.start)
                or self.place_before(human.start, frozenset())
            )
            if destination is None:
                continue
            yield self._placed(human, destination, i, found, verb.frame, role, verdict)

    def _firmly(self, found: Arguments, subject: Subject) -> bool:
        """Whether a verb of many uses ("put", "announce") does put a person into a role."""
        if found.object is None or found.object.kind != "H":
            return bool(subject.own & _BE) and "as" in found.phrases
        return bool(found.object.humans[0].person) and (
            "as" in found.phrases or self.clauses.low(found.object_at + 2) == "charge"
        )

    def _given_role(self, after: int, found: Arguments) -> tuple[str, Place | None] | None:
        """The role that "named", "appointed" and the like give, with the employer that its phrase tells."""
        candidates = list(found.phrases.get("as", ())) + list(found.phrases.get("to", ()))
        at = found.object_at + 1 if found.object_at >= 0 else after
        candidates += [n for n in self.clauses.nodes[at : at + 2] if n.kind == "H"]
        if found.object is not None and found.object.kind == "H" and found.object.humans[0].person is None:
            candidates.insert(0, found.object)
        for node in candidates:
            if node.kind == "H" and node.humans[0].role and not node.humans[0].person:
                return node.humans[0].role, self.tied(node.humans[0])
        if found.phrases.get("as …") or found.phrases.get("to …"):
            return "", self.first(found, "of", "at")
        k = found.object_at + 1
        if found.object_at >= 0 and self.clauses.low(k) == "to" and self.clauses.kind(k + 1) == "V":
            return "", None
        if self.clauses.low(k) == "in" and self.clauses.low(k + 1) == "charge":
            return "", self.first(found, "of")
        return None

    def _placed(
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

    def _fire(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if found.object is not None and found.object.kind == "H" and not subject.own & _BE:
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

    def _found(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if verb.lemma == "start" and found.object is None and found.bare and "at" in found.phrases:
            yield from self._started(i, subject, found)
            return
        if (found.object is None and subject.own & _BE and "by" in found.phrases) or (
            found.object is None
            and verb.form == "participle"
            and "by" in found.phrases
            and subject.node is not None
            and subject.node.kind == "O"
        ):
            people = [who for n in found.phrases["by"] for who in self.movers(n)]
            place = self.place(subject.node)
        else:
            people = self.actors(subject)
            place = self._new(verb, found)
        verdict = judge(subject.words, named=bool(people and people[0].person))
        if not people or place is None or verdict.void or self._background(i):
            return
        for human in people:
            event = self.event(
                human, "founding", i, found, "found", 0.85 if verb.lemma.endswith("found") else 0.7, verdict
            )
            event.destination, event.origin = place, self._before_founding(human, place)
            yield event

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
        return None

    def _become(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        succeeded = verb.lemma in {"succeed", "replace"} and bool(subject.own & _BE) and "by" in found.phrases
        if succeeded:
            found.object = subject.node
            people = [h for n in found.phrases["by"] for h in self.movers(n) if h.person]
        else:
            people = [h for h in self.movers(subject.node) if h.person]
        verdict = judge(subject.words, named=True)
        if not people or verdict.void or "hired-to" in subject.words or not self._begins(verb, subject, found):
            return
        role, place = self._new_role(verb, found)
        if role is None and place is None:
            return
        if verdict.status == "planned" and verb.lemma not in {"become", "step", "succeed", "replace", "take", "assume"}:
            verdict = Verdict()
        for human in people:
            destination = place or self._home(human, i)
            if destination is not None:
                yield self._placed(human, destination, i, found, "become", role or "", verdict)

    def _begins(self, verb: Verb, subject: Subject, found: Arguments) -> bool:
        """Whether the verb tells a change: "becomes", "takes over", but "leads" only with "will" or "now"."""
        words = set(subject.words)
        if verb.lemma in {"become", "step", "assume", "succeed", "replace"} or verb.particles:
            return True
        return bool(words & {"will", "now", "'ll", "’ll", "set", "shall"}) and verb.form in {
            "base",
            "gerund",
            "present",
        }

    def _new_role(self, verb: Verb, found: Arguments) -> tuple[str | None, Place | None]:
        nodes = [
            n
            for n in [
                found.object,
                *found.phrases.get("as", ()),
                *found.phrases.get("of", ()),
                *found.phrases.get("into", ()),
            ]
            if n is not None
        ]
        for node in nodes:
            if (
                node.kind == "H"
                and node.humans[0].role
                and (not node.humans[0].person or verb.lemma in {"succeed", "replace"})
            ):
                return node.humans[0].role, self.tied(node.humans[0]) or self.first(found, "at", "of", "in")
        if verb.lemma in {"lead", "head", "run", "oversee", "helm", "spearhead", "direct", "manage", "chair"}:
            place = self.place(found.object) or self.first(found, "at", "of", "for", "in")
            teams = frozenset(table("en/nouns")["teams"])
            if place is None and not teams & {n.low for n in found.phrases.get("", ())}:
                return None, None
            return "", place
        if verb.lemma in {"succeed", "replace"} and found.object is not None:
            before = next((h for h in self.movers(found.object) if h.person), None)
            return "", self.scene.current(before.person, before.start) if before else None
        return (
            ("", self.first(found, "at", "as", "from", "of"))
            if verb.particles and verb.lemma == "take"
            else (None, None)
        )

    def _home(self, human: Human, i: int) -> Place | None:
        return (
            self.scene.current(human.person, human.start)
            or self.scene.implied(human, self.sentence)
            or self.place_before(
                self.clauses.nodes[i].start, frozenset(p.name for p in self.scene.earlier(human.person) if p.name)
            )
        )

    def _offered(self, after: int) -> Place | None:
        """Whose offer "both declined": the employer that acts in the sentence before."""
        if any(node.kind == "O" for node in self.clauses.nodes[after:]):
            return None
        at = self.scene.reading.index_of(self.sentence)
        earlier = self.scene.reading.sentences[at - 1] if at else None
        name = self.scene.organisation_first(earlier, earlier.end, frozenset()) if earlier is not None else None
        return Place(name) if name else None

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


def same(one: Place | None, two: Place | None) -> bool:
    """Whether two places are one employer."""
    return one is not None and two is not None and one.name is not None and one.name == two.name


def _employer_like(place: Place) -> bool:
    entry = lookup(place.name or "")
    return entry is None or entry.kind != "outlet"


def _counted(human: Human, verdict: Verdict) -> bool:
    """Whether a group without a known origin is worth a record: a small count that has happened."""
    cohort = human.cohort
    return cohort is not None and verdict.status is None and cohort.min is not None and 1 < cohort.min <= 300


def stand_in(name: str) -> Organisation:
    """An organisation phrase for a name known from elsewhere."""
    return Organisation(0, 0, name)

"""Moves told by turns of phrase ("is off to Acme"): matches their patterns over the phrases of a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from articles.extraction.claims import MoveKind, Status
from articles.extraction.en.antecedents import standing
from articles.extraction.en.clauses import Arguments
from articles.extraction.en.events import FOR_GOOD, NOT_YET, Event, Verdict, employs_people, judge, same
from articles.extraction.en.frames.pieces import SEATS, Pieces
from articles.extraction.en.scene import Bond, Place
from articles.extraction.en.shapes import Human, lexical
from articles.extraction.en.tokens import regular
from articles.extraction.en.turns import Turn, turns

_GAP, _LEAD = 7, 4
# A move that others follow stands at most this many characters before.
_RECENT = 500
# A group of this size is laid off rather than gone elsewhere.
_MANY = 60
# So many turns of phrase are read in one sentence.
_MOST = 12
_PASSED = frozenset({"W", "DET", "ADV", "PREP", "NUM", "T", "ROLE", "YEAR", "UNIT", "POS"})
_BEFORE_NAME = frozenset({"DET", "W", "NUM", "ADV", "ROLE"})
_KINDS: dict[str, MoveKind] = {
    "left": "departure",
    "joined": "hire",
    "moved": "hire",
    "returned": "return",
    "founded": "founding",
    "inside": "internal",
    "followed": "hire",
    "declined": "hire",
    "denied": "hire",
}
_SEATS = SEATS - {"seat"}
_AT = frozenset({"at", "with", "of", "from"})
_NEXT = {
    "left": _AT,
    "once": _AT,
    "joined": _AT | {"to"},
    "returned": _AT | {"to"},
    "inside": frozenset({"at", "inside", "within"}),
}
_ARROWS = frozenset({"→", "->", "–>", "—>", ">", "to"})
_TELLS = frozenset(f for w in ("announce", "confirm", "disclose") for f in regular(w))
# "dropped out as a student".
_OUT_OF_SCHOOL = frozenset({"drop", "dropped", "dropping", "drops", "start", "started", "starting", "starts"})
_NOT = frozenset({"not", "never", "n't"})
_RULES = {"followed": "follow"}
_STATUS: dict[str, Status] = {"declined": "declined", "denied": "denied"}


@dataclass(slots=True)
class Match:
    """What a turn caught: people, the place left, the place joined, a role; ``first`` and ``last`` bound it."""

    sort: str
    first: int
    last: int
    people: list[Human] = field(default_factory=list)
    left: Place | None = None
    joined: Place | None = None
    role: str | None = None
    governed: list[str] = field(default_factory=list)


class Cues(Pieces):
    """Applies the turns of phrase to one parsed sentence."""

    def learn(self) -> None:
        """Keep where the sentence says that people were before."""
        for _, _, match in self._matches(frozenset({"once"})):
            for human in self._each(match.people):
                if human.person and match.left is not None and match.left.name:
                    bond = Bond(match.left, True, human.start)
                    self.scene.bind(human.person, bond)

    def _each(self, people: list[Human]) -> list[Human]:
        """ "All three", "both" as the people named before."""
        crowd = people[0] if len(people) == 1 and people[0].cohort and not people[0].person else None
        if crowd is None or not crowd.cohort or crowd.cohort.text.lower().split()[0] not in {"all", "both"}:
            return people
        return self.scene.group_before(crowd.start)

    def events(self) -> Iterator[Event]:
        """Every move that a turn of phrase tells."""
        for i, node in enumerate(self.clauses.nodes):
            yield from self._arrows(i, node.humans)
        for i, turn, match in self._matches(frozenset(_KINDS)):
            verdict = self._verdict(i, turn, match)
            if verdict.void:
                continue
            for human in match.people:
                event = self._told(i, turn, match, human, verdict)
                if event is not None:
                    yield event

    def _arrows(self, i: int, humans: list[Human]) -> Iterator[Event]:
        """ "Byrne (Acme → Bolt)" in a list of movers."""
        text = self.scene.reading.document.text
        for human in humans:
            if not human.person or len(human.ties) < 2:
                continue
            left, joined = (tie.organisation for tie in human.ties[-2:])
            if text[left.end : joined.start].strip() in _ARROWS:
                event = self.event(human, "hire", i, Arguments(end=i), "turn", 0.7, Verdict())
                event.origin = self.scene.place(left, self.sentence, left.start)
                event.destination = self.scene.place(joined, self.sentence, joined.start)
                yield event

    def _matches(self, sorts: frozenset[str]) -> Iterator[tuple[int, Turn, Match]]:
        known, done, told = turns(), -1, 0
        for i, node in enumerate(self.clauses.nodes):
            if i <= done or (node.low == "return" and self.clauses.kind(i - 1) == "DET"):
                continue
            if node.low == "out" and self.clauses.low(i - 1) in _OUT_OF_SCHOOL:
                continue
            if node.low == "now" and self.clauses.low(i - 1) in {"until", "till"}:
                continue
            if told > _MOST:
                return
            for turn in known.get(node.low, ()):
                if turn.sort in sorts and (match := self._match(turn, i)) is not None and match.people:
                    done = match.last if turn.sort != "once" else done
                    told += 1
                    yield i, turn, match
                    break

    def _verdict(self, i: int, turn: Turn, match: Match) -> Verdict:
        if turn.sort == "declined" and self.clauses.kind(i - 1) == "AUX" and self.clauses.low(i + 1) == "by":
            return Verdict(void=True)
        if turn.sort in _STATUS:
            return Verdict(_STATUS[turn.sort], void=not match.people[0].person)
        near = {self.clauses.low(k) for k in range(max(0, i - 2), i)}
        if near & standing("trying") or near & standing("prevented"):
            return Verdict(void=True)
        between = {self.clauses.low(k) for k in range(match.first, match.last + 1)}
        asked = frozenset(word for e in turn.elements if isinstance(e, frozenset) for word in e)
        if between & _NOT and not asked & _NOT and turn.sort != "once":
            behind = {self.clauses.low(k) for k in range(match.last + 1, match.last + 4)}
            if (between | set(match.governed)) & NOT_YET or behind & FOR_GOOD:
                return Verdict(void=True)
            return Verdict("denied") if match.people[0].person else Verdict(void=True)
        if turn.sort == "moved" and same(match.left, match.joined):
            return Verdict(void=True)
        if self.clauses.low(i) in {"will", "would"} and turn.anchor == 0 and match.people[0].person:
            return Verdict("planned")
        if turn.sort != "left" and ("still" in match.governed or between & _SEATS):
            return Verdict(void=True)
        return judge(match.governed, named=bool(match.people[0].person))

    def _told(self, i: int, turn: Turn, match: Match, human: Human, verdict: Verdict) -> Event | None:
        event = self.event(
            human, _KINDS[turn.sort], i, Arguments(end=match.last), _RULES.get(turn.sort, "turn"), 0.7, verdict
        )
        event.start = min(event.start, self.clauses.nodes[match.first].start)
        event.destination, event.origin, event.role = match.joined, match.left, match.role
        if turn.sort == "followed":
            return self._following(i, event)
        if turn.sort == "left":
            return self._leaving(event)
        if turn.sort == "inside":
            event.destination = event.destination or self.home(human, i)
        elif event.destination is None and (turn.sort != "founded" or "B" in turn.elements):
            event.destination = self._unsaid(human, i)
        if event.destination is None and turn.sort != "founded":
            return None
        if event.destination is not None and not employs_people(event.destination):
            return None
        if turn.sort == "founded" and (self._own_unit(human, event.destination) or self._of_old(i, turn, human)):
            return None
        held = turn.sort == "founded" and human.ties and not any(tie.former or tie.origin for tie in human.ties)
        if event.origin is None and not held and turn.sort != "inside":
            event.origin = self.origin_of(human, event.destination)
        if same(event.origin, event.destination) and turn.sort != "inside":
            event.origin = None
        return event

    def _of_old(self, i: int, turn: Turn, human: Human) -> bool:
        """ "Acme, the institute founded by Byrne": the article says nothing else of the founder, nor when."""
        by = "by" in {self.clauses.low(k) for k in range(i, i + 6)} and turn.elements[-1] == "P"
        dated = any(n.kind in {"T", "YEAR"} or n.low in {"in", "after"} for n in self.clauses.nodes[i : i + 10])
        return by and not dated and self.told_once(human)

    def _own_unit(self, human: Human, place: Place | None) -> bool:
        """Whether what is launched is a part of where the person already works."""
        home = self.scene.current(human.person, human.start) or self.scene.led_by(human.person)
        return place is not None and bool(place.team) and same(place, home)

    def _following(self, i: int, event: Event) -> Event | None:
        """ "followed him there", "did the same": the move that the text told last, made by another."""
        last = self.scene.last_move
        cohort = event.human.cohort
        if not event.human.person and (cohort is None or cohort.min is None):
            return None
        if last is None or self.sentence.start - last[0] > _RECENT or last[3] == event.human.person:
            return None
        if self.clauses.low(i) in _TELLS and last[3] is not None:
            return None
        event.destination = event.destination or last[2]
        event.origin = event.origin or self.origin_of(event.human, event.destination) or last[1]
        event.kind = "hire" if event.destination is not None else "departure"
        return event if event.origin is not None or event.destination is not None else None

    def _unsaid(self, human: Human, i: int) -> Place | None:
        avoid = frozenset(p.name for p in self.scene.earlier(human.person) if p.name)
        return self.place_before(self.clauses.nodes[i].start, avoid, arriving=True)

    def _leaving(self, event: Event) -> Event | None:
        human = event.human
        if not human.person and (human.cohort is None or (human.cohort.min or _MANY) >= _MANY):
            return None
        here = self.scene.arrived.get(human.person or "")
        current = self.scene.current(human.person, human.start) if human.person else None
        event.origin = event.origin or self.tied(human, now=True) or here or current
        event.origin = event.origin or self.scene.thread(self.sentence) or self.place_before(event.start, frozenset())
        event.origin = event.origin or (self.place_behind(0) if self.clauses.nodes[0].low == "with" else None)
        return event if event.origin is not None else None

    # Matching

    def _match(self, turn: Turn, i: int) -> Match | None:
        match = Match(turn.sort, i, i)
        end = self._follow(turn.elements, turn.anchor + 1, i + 1, match)
        if end is None or not self._left_of(turn, i, match):
            return None
        match.last = max(i, end - 1)
        self._next_to(match)
        if turn.sort == "joined" and turn.elements[1:2] == ("P's",) and "B" not in turn.elements:
            self._in_place_of(i, match)
        elif not match.people and not {"P", "P's", "N"} & set(turn.elements):
            acting = self.clauses.subject(i).node
            match.people = (self.movers(acting) if acting is not None else []) or self._spoken_of(i)
            behind = self.clauses.nodes[match.last + 2 : match.last + 3]
            if not match.people and behind and self.clauses.low(match.last + 1) == ",":
                match.people = [h for h in self.movers(behind[0]) if h.person]
        return match

    def _in_place_of(self, i: int, match: Match) -> None:
        """ "Cole took his place": the one who acts comes to where the other was."""
        before, last = match.people[0], self.scene.last_move
        match.people = [h for h in self.actors(self.clauses.subject(i)) if h.person]
        acting = {human.person for human in match.people}
        if last is not None and last[3] is not None and last[3] not in acting:
            match.joined = last[1]
        elif before.person not in acting:
            match.joined = self.scene.current(before.person, before.start)
        match.people = match.people if match.joined is not None else []

    def _next_to(self, match: Match) -> None:
        """The employer behind a turn that names none ("handed in her badge at Acme")."""
        k = match.last + 1
        if self.clauses.kind(k) in {"T", "ADV"}:
            k += 1
        if self.clauses.low(k) not in _NEXT.get(match.sort, frozenset()) or k + 1 >= len(self.clauses.nodes):
            return
        place = self._place_at(k + 1, False)
        slot = "A" if match.sort in {"left", "once"} else "B"
        if place is not None and place.name and (match.left if slot == "A" else match.joined) is None:
            self._keep(slot, place, match)
            match.last = k + 1

    def _left_of(self, turn: Turn, i: int, match: Match) -> bool:
        """What stands before the first word: nothing asked, a subject, an owner or an organisation."""
        subject = self.clauses.subject(i) if turn.anchor == 0 or turn.elements[0] in {"P", "A", "B"} else None
        match.governed = list(subject.words) if subject is not None else []
        if turn.anchor == 0:
            return True
        slot = turn.elements[0]
        if turn.anchor > 1:
            return False
        if slot == "P" and self.clauses.kind(i) in {"PREP", "P"} and self.clauses.kind(i - 1) != "AUX":
            match.people = self._right_before(i)
        elif slot == "P":
            match.people = self.actors(subject) if subject is not None else []
            match.people = match.people or self._spoken_of(i)
        elif slot == "P's":
            match.people = self._owner_of(i)
        elif isinstance(slot, str) and slot[0] in "AB":
            place = self._organisation_before(i, slot)
            if place is None and slot in {"A", "B"} and subject is not None:
                place = self.employer(subject.node)
            if place is None or place.name is None:
                return False
            self._keep(slot[0], place, match)
            return True
        return bool(match.people)

    def _right_before(self, i: int) -> list[Human]:
        """The people next to a list's "from" or dash; what stands further off only seems to move."""
        k = i - 2 if self.clauses.low(i - 1) in {",", ":", "—", "–"} else i - 1
        node = self.clauses.nodes[k] if k >= 0 else None
        return self.movers(node) if node is not None and node.kind == "H" and not node.possessive else []

    def _keep(self, slot: str, place: Place, match: Match) -> None:
        if slot == "A":
            match.left = place
        else:
            match.joined = place

    def _organisation_before(self, i: int, slot: str) -> Place | None:
        for k in range(i - 1, max(-1, i - 1 - _LEAD), -1):
            node = self.clauses.nodes[k]
            if node.kind in {"O", "CAP"} and node.possessive == slot.endswith("s"):
                return self.place(node)
            if node.kind not in {"W", "ADV", "T", "AUX", "ROLE"}:
                return None
        return None

    def _owner_of(self, i: int) -> list[Human]:
        for k in range(i - 1, max(-1, i - 1 - _LEAD), -1):
            node = self.clauses.nodes[k]
            if node.kind == "H" and node.possessive:
                return [h for h in self.movers(node) if h.person]
            if node.low in {"his", "her"}:
                return self._pronoun(node.start, node.end)
            if node.low == "my":
                return self.scene.people(Human(node.start, node.end, pronoun="i"), self.sentence)
            if node.kind not in {"W", "ADV", "ROLE", "NUM", "V", "UNIT", "T"}:
                return []
        return []

    def _pronoun(self, start: int, end: int) -> list[Human]:
        name = next((m.name for m in self.sentence.people if m.pronoun and m.start == start), None)
        return [Human(start, end, person=name)] if name else []

    def _spoken_of(self, i: int) -> list[Human]:
        """The person nearest before the turn in its sentence, else the one that the sentence before spoke of."""
        nodes = self.clauses.nodes
        acts = self.clauses.kind(i) in {"V", "OV"}
        others = self.clauses.kind(i - 2) == "W" and self.clauses.low(i - 2).endswith("s")
        if others and self.clauses.kind(i - 1) == "REL":
            return []
        if acts and self.clauses.kind(i - 1) == "W" and self.clauses.kind(i - 2) in {"DET", "W"}:
            return []
        for k in range(i - 1, max(-1, i - 30), -1):
            if nodes[k].low == "whose":
                return []
            if nodes[k].kind == "H" and not nodes[k].possessive and (people := self.movers(nodes[k])):
                return people if people[0].person else []
            if nodes[k].low in {"his", "her"} and (owner := self._pronoun(nodes[k].start, nodes[k].end)):
                return owner
        return []

    def _follow(self, elements: tuple[str | frozenset[str], ...], e: int, k: int, match: Match) -> int | None:
        """The node behind the elements from ``e`` on, read from node ``k``; None where they do not fit."""
        if e == len(elements):
            return k
        element, nodes = elements[e], self.clauses.nodes
        if element == "..":
            for at in range(k, min(k + _GAP, len(nodes) - 1) + 1):
                if (end := self._follow(elements, e + 1, at, match)) is not None:
                    return end
                if at < len(nodes) and not self._passable(at):
                    return None
            return None
        k = self._past_aside(k)
        for at in range(k, min(k + _LEAD, len(nodes))):
            if self._fits(element, at, match):
                end = self._follow(elements, e + 1, at + 1, match)
                if end is not None:
                    return end
            slot = isinstance(element, str) and element[0] in "ABR"
            if not (nodes[at].kind in {"ADV", "T"} or (slot and nodes[at].kind in _BEFORE_NAME)):
                return None
        return None

    def _past_aside(self, k: int) -> int:
        """Behind ", they said," and the like, where one stands at ``k``."""
        if self.clauses.low(k) != "," or self.clauses.kind(k + 1) not in {"H", "O", "CAP"}:
            return k
        close = next((m for m in range(k + 3, k + 6) if self.clauses.low(m) == ","), k)
        return close + 1 if close > k and self.clauses.low(k + 2) in standing("told") else k

    def _passable(self, at: int) -> bool:
        node = self.clauses.nodes[at]
        if node.kind == "H":
            return not node.humans[0].person
        if node.kind == "V":
            return node.low.endswith("ing")
        return node.kind in _PASSED or node.low in {"’", "'", "“", "”", '"'} or (node.kind == "OV" and at > 0)

    def _fits(self, element: str | frozenset[str], at: int, match: Match) -> bool:
        node = self.clauses.nodes[at]
        if isinstance(element, frozenset):
            return node.low in element
        if element == "T":
            return node.kind in {"T", "YEAR"}
        if element == "O":
            return node.kind == "O"
        if element == "N":
            fresh = "new" in self.scene.reading.document.text[node.start : node.end].lower().split()
            return fresh and self._person_at("P", at, match)
        if element in {"P", "P's"}:
            return self._person_at(element, at, match)
        if element[0] == "R":
            return self._role_at(element[2:].split("|") if len(element) > 1 else [], at, match)
        if node.kind == "CAP" and self.clauses.low(at - 1) in {"to", "in"} and match.left is None:
            return False
        if node.possessive and not element.endswith("s") and self.clauses.low(at + 1) in lexical("nouns", "premises"):
            return False
        place = self._place_at(at, element.endswith("s"))
        if place is None or place.name is None:
            return False
        self._keep(element[0], place, match)
        return True

    def _person_at(self, element: str, at: int, match: Match) -> bool:
        node = self.clauses.nodes[at]
        if element == "P's" and node.low in {"his", "her"}:
            match.people = self._pronoun(node.start, node.end)
            return bool(match.people)
        if element == "P" and node.low == "her" and node.end - node.start == 3:
            match.people = self._pronoun(node.start, node.end)
            return bool(match.people)
        if node.kind != "H" or node.possessive != (element == "P's"):
            return False
        match.people = [h for h in self.movers(node) if h.person]
        return bool(match.people)

    def _role_at(self, heads: list[str], at: int, match: Match) -> bool:
        node = self.clauses.nodes[at]
        if node.kind != "H" or node.humans[0].person or not node.humans[0].role:
            return False
        if heads and node.humans[0].role.lower().split()[-1] not in heads:
            return False
        if node.humans[0].plural and not heads and match.sort == "joined":
            return False
        match.role = node.humans[0].role
        place = self.tied(node.humans[0])
        side = "A" if match.sort in {"left", "once"} else "B"
        if place is not None and place.name and (match.left if side == "A" else match.joined) is None:
            self._keep(side, place, match)
        return True

    def _place_at(self, at: int, possessive: bool) -> Place | None:
        node = self.clauses.nodes[at]
        if node.kind in {"O", "CAP"}:
            return self.place(node) if node.possessive or not possessive else None
        if node.kind == "H" and not node.humans[0].person:
            return self.tied(node.humans[0])
        return None

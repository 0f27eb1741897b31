"""Moves that nouns tell: "Byrne's departure", "the hiring of Byrne from Acme", "is back as chief", "hires include"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from articles.extraction.claims import MoveKind
from articles.extraction.en.clauses import Arguments
from articles.extraction.en.events import Event, Verdict, judge, same
from articles.extraction.en.frames import Frames
from articles.extraction.en.listings import Listings, goes_on, nouns
from articles.extraction.en.scene import Place
from articles.extraction.en.shapes import AND, Human, lexical


@cache
def _changes() -> frozenset[str]:
    return nouns("gone") | nouns("moved") | nouns("come") | nouns("come_back")


_CONFIRMS = frozenset({"confirmed", "confirms", "announced", "announces", "disclosed", "revealed"})


class Nominals(Listings):
    """Applies the nominal frames to one parsed sentence."""

    def events(self) -> Iterator[Event]:
        """Every move that a noun or "be" of the sentence tells."""
        for i, node in enumerate(self.clauses.nodes):
            if i == 0 and self.scene.last_group is not None and goes_on(self.sentence.text):
                yield from self._among(i)
            if node.kind == "H":
                yield from self._turned(i)
                yield from self._listed(i)
                yield from self._being(i)
            elif node.low in nouns("joining_up"):
                yield from self._raised(i)
            elif node.low in _changes():
                yield from self._of_noun(i)
            elif node.kind == "T":
                yield from self._day(i)
            elif node.low == "followed" and "by" in {self.clauses.low(i + 1), self.clauses.low(i + 2)}:
                yield from self._followed(i)

    def _of_noun(self, i: int) -> Iterator[Event]:
        """The move that the noun at ``i`` names, whosever it is."""
        people, after = self._owners(i)
        if not people:
            return
        found = Arguments(end=i)
        self.clauses.prepositions(after, found)
        verdict = self._standing(i)
        if verdict.void:
            return
        for human in people:
            event = self._event_of(i, human, found, verdict)
            if event is not None:
                yield event

    def _raised(self, i: int) -> Iterator[Event]:
        """ "Byrne's promotion to chief scientist": a new role where they are."""
        people, after = self._owners(i)
        found = Arguments(end=i)
        self.clauses.prepositions(after, found)
        role = next((n.humans[0] for n in found.phrases.get("to", ()) if n.kind == "H" and n.humans[0].role), None)
        for human in people:
            place = (self.tied(role) if role is not None else None) or self.first(found, "at") or self.home(human, i)
            if human.person and place is not None and not self._standing(i).void:
                event = self.event(human, "internal", i, found, "noun", 0.6, Verdict())
                event.destination, event.role = place, role.role if role is not None else None
                yield event

    def _owners(self, i: int) -> tuple[list[Human], int]:
        """Whose departure or arrival the noun at ``i`` is, and where its further phrases begin."""
        k = i - 1
        while self.clauses.kind(k) in {"W", "ADV", "T", "V", "OV"} and k > i - 5:
            k -= 1
        node = self.clauses.nodes[k] if k >= 0 else None
        if node is not None and node.kind == "H" and node.possessive:
            return [h for h in self.movers(node) if h.person], i + 1
        if node is not None and node.low == "whose":
            who = self.clauses.subject(k + 1).node
            return [h for h in self.movers(who) if h.person], i + 1
        if node is not None and node.kind == "DET" and node.low in {"his", "her"} and self._of_another(k):
            return [], i + 1
        if node is not None and node.kind == "DET" and node.low in {"his", "her"}:
            name = next((m.name for m in self.sentence.people if m.pronoun and m.start == node.start), None)
            return ([Human(node.start, node.end, person=name)] if name else []), i + 1
        if node is not None and node.low == "their":
            v = self.clauses.verb_before(i)
            people = self.movers(self.clauses.subject(v).node) if v >= 0 else []
            return [h for h in people if h.person], i + 1
        of = i + 2 if self.clauses.kind(i + 1) == "T" else i + 1
        if (
            self.clauses.low(of) == "of"
            and self.clauses.kind(of + 1) == "H"
            and not self.clauses.nodes[of + 1].possessive
        ):
            return self.movers(self.clauses.nodes[of + 1]), of + 2
        if self.clauses.low(i + 1) in AND and self.clauses.low(i + 2) in _changes():
            return self._owners(i + 2)
        return [], i + 1

    def _of_another(self, k: int) -> bool:
        """ "Acme's chief, Byrne, confirmed his exit": of the one whom the text told to leave, where that is another."""
        who, last = self.clauses.nodes[k - 2 : k - 1], self.scene.last_left
        if self.clauses.low(k - 1) not in _CONFIRMS or not who or who[0].kind != "H" or last is None or not last[2]:
            return False
        return all(human.person and human.person != last[2] and human.ties for human in who[0].humans)

    def _standing(self, i: int) -> Verdict:
        """What stands before the noun may deny it or leave it open ("denied her departure", "a possible move")."""
        words = [self.clauses.low(k) for k in range(max(0, i - 6), i)]
        if {"possible", "potential", "rumored", "rumoured", "rumors", "speculation", "if"} & set(words):
            return Verdict(void=True)
        return judge([w for w in words if w in {"denied", "denies"}], named=True)

    def _event_of(self, i: int, human: Human, found: Arguments, verdict: Verdict) -> Event | None:
        low = self.clauses.low(i)
        if low == "exodus" and human.cohort is not None and human.cohort.min is None:
            return None
        if low in nouns("gone") and low not in {"poaching"}:
            return self._gone(i, human, found, verdict)
        if not human.person:
            return None
        words = {self.clauses.low(i + 1), self.clauses.low(i + 2) if self.clauses.kind(i + 1) == "T" else ""}
        if low in nouns("moved"):
            place = self._toward(found, human)
            return self._arrival(i, human, "hire", place, found, verdict)
        if low in nouns("come_back"):
            back = self._toward(found, human) or self._owner_place(i)
            back = back or ((self.tied(human) or self._office(human)) if "of" in words else None)
            return self._arrival(i, human, "return", back, found, verdict)
        if self.clauses.low(i + 1) != "of" and low not in {"arrival", "appointment", "hiring", "recruitment"}:
            return None
        place = (
            self._owner_place(i)
            or self.first(found, "at", "by", "to", "as")
            or self._teller(i)
            or self._receiver(i, found)
        )
        place = place or self._announcer(found.end) or self._of_the_topic(i, human)
        return self._arrival(i, human, "hire", place, found, verdict)

    def _of_the_topic(self, i: int, human: Human) -> Place | None:
        """ "The shift included the recruitment of Byrne to lead …": to the employer that the article is about."""
        topic = self.scene.topic()
        leads = {"to", "as"} & {self.clauses.low(k) for k in range(i + 2, i + 5)}
        own = {tie.organisation.name for tie in human.ties}
        named = any(o.start > human.end for o in self.sentence.organisations)
        return Place(topic) if topic is not None and leads and topic not in own and not named else None

    def _office(self, human: Human) -> Place | None:
        """Where a chief whose employer is left unsaid is one ("the return of chief executive Ada Byrne")."""
        return self.scene.current(human.person, human.start) or self.scene.implied(human, self.sentence)

    def _toward(self, found: Arguments, human: Human) -> Place | None:
        """Where "to" and "at" point; "the company" is then not one that the person had left before."""
        left = frozenset(p.name for p in self.scene.earlier(human.person) if p.name)
        nodes = [n for key in ("to", "at") for n in found.phrases.get(key, ())]
        return next((p for n in nodes if (p := self.place(n, left))), None)

    def _receiver(self, i: int, found: Arguments) -> Place | None:
        """ "The hire of Byrne gives Acme …", "With the hire of Byrne, Acme …": the employer that the verb serves."""
        if self.clauses.low(max(0, i - 2)) in {"with", "by", "through", "following"} and i < 5:
            acts = (m for m in range(found.end + 1, len(self.clauses.nodes) - 1) if self._acts(m))
            at = next(acts, None)
            return self.place(self.clauses.nodes[at]) if at is not None else None
        k = next((m for m in range(found.end + 1, found.end + 6) if self.clauses.low(m) in nouns("serving_verbs")), -2)
        node = self._node(k + 1) if k > 0 else None
        return self.place(node) if node is not None and node.kind in {"O", "CAP"} else None

    def _announcer(self, end: int) -> Place | None:
        """ "Byrne's appointment was announced by Acme"."""
        for k in range(end + 1, min(end + 6, len(self.clauses.nodes) - 1)):
            if self.clauses.low(k) == "by" and self.clauses.kind(k - 1) in {"V", "OV"}:
                return self.place(self.clauses.nodes[k + 1])
        return None

    def _acts(self, m: int) -> bool:
        node = self.clauses.nodes[m]
        opens = node.kind in {"O", "CAP"} and not node.possessive and self.clauses.low(m - 1) == ","
        return opens and self.clauses.kind(m + 1) in {"AUX", "V", "OV", "ADV"}

    def _owner_place(self, i: int) -> Place | None:
        """ "Acme's hiring of …": the employer before the noun."""
        for k in range(i - 1, max(-1, i - 4), -1):
            node = self.clauses.nodes[k]
            if node.kind == "O":
                return self.place(node)
            if node.kind == "H" and node.possessive:
                return self.employer(node)
            if node.low in {"its", "their"}:
                return self.place_before(node.start, frozenset())
            if node.kind not in {"W", "ADV", "ROLE"}:
                return None
        return None

    def _gone(self, i: int, human: Human, found: Arguments, verdict: Verdict) -> Event | None:
        resigned = self.clauses.low(i).startswith("resignation")
        destination = self.first(found, "for") if resigned else self.first(found, "for", "to")
        event = self.event(human, "hire" if destination else "departure", i, found, "noun", 0.75, verdict)
        current = self.scene.current(human.person, human.start) if human.person else None
        event.origin = self.first(found, "from", "at", "as") or self.tied(human, now=True)
        event.origin = event.origin or (None if same(current, destination) else current)
        event.origin = event.origin or (self.origin_of(human, destination) if destination else None)
        event.origin = event.origin or self.scene.thread(self.sentence)
        event.destination = destination
        if event.origin is None and human.person:
            event.origin = self.place_before(
                self.clauses.nodes[i].start, frozenset(p.name for p in [destination] if p and p.name)
            ) or self.place_behind(i, destination)
        if same(event.origin, destination):
            event.destination = None
        return event if event.origin is not None or event.destination is not None else None

    def _arrival(
        self, i: int, human: Human, kind: MoveKind, place: Place | None, found: Arguments, verdict: Verdict
    ) -> Event | None:
        if place is None or place.name is None:
            return None
        event = self.event(human, kind, i, found, "noun", 0.7, verdict)
        event.destination = place
        event.origin = self.first(found, "from") or self.origin_of(human, place)
        return event

    def _being(self, i: int) -> Iterator[Event]:
        """ "is back at Acme", "will be Acme's new chief", "is out as chief of Acme"."""
        words, k = [], i + 1
        while self.clauses.kind(k) in {"AUX", "ADV", "T"}:
            words.append(self.clauses.low(k))
            k += 1
        node = self.clauses.nodes[i]
        if words == ["out"] and self.clauses.low(k) in {"at", "as"}:
            words.append("is")
        if node.possessive or not set(words) & {"is", "are", "was", "were", "be", "been", "'s", "’s"}:
            return
        found = Arguments(end=k - 1)
        self.clauses.prepositions(k, found)
        people = [h for h in self.movers(node) if h.person or h.cohort] or [h for h in node.humans if h.role]
        verdict = judge([w for w in words if w not in {"back", "out"}], named=True)
        if not people or verdict.void:
            return
        if "back" in words:
            yield from self._back(i, people, found, verdict)
        elif (
            "now" in words
            and ("at" in found.phrases or "with" in found.phrases)
            and self.clauses.low(k) in {"at", "with"}
        ):
            for human in people:
                event = (
                    self._arrival(i, human, "hire", self.first(found, "at", "with"), found, verdict)
                    if human.person
                    else None
                )
                if event is not None:
                    yield event
        elif "out" in words and ("as" in found.phrases or self.clauses.low(k) in {".", "at", ",", "after"}):
            for human in people:
                event = self._gone(i, human, found, verdict)
                if event is not None:
                    yield event
        elif self.clauses.kind(k) == "H" and self._named_as(i, k):
            yield from self._new_job(k, i, [h for h in self.movers(self.clauses.nodes[k]) if h.person], verdict)
        elif self.clauses.kind(k) == "H" and self._becoming(words, k):
            yield from self._new_job(i, k, people, verdict)

    def _back(self, i: int, people: list[Human], found: Arguments, verdict: Verdict) -> Iterator[Event]:
        place = self.first(found, "at", "as", "to", "with", "in")
        place = place or (
            self.place_before(self.clauses.nodes[i].end, frozenset())
            if not found.phrases or "with" in found.phrases
            else None
        )
        if place is None or not (people[0].person):
            return
        people = people + [
            h
            for n in (*found.phrases.get("with", ()), *found.phrases.get("along with", ()))
            for h in self.movers(n)
            if h.cohort
        ]
        for human in people:
            event = self.event(human, "return", i, found, "back", 0.75, verdict)
            event.destination = place
            yield event

    def _named_as(self, i: int, k: int) -> bool:
        """ "Acme's new finance chief is Byrne": a new role in front, the one who has it behind."""
        role = self.clauses.nodes[i].humans[0]
        fresh = self._fresh(i) and not role.person and not role.plural and bool(role.role)
        words = {self.clauses.low(m) for m in range(i, k)}
        joins = (role.role or "").lower().split()[-1:]
        return (
            fresh
            and not (joins and joins[0] in nouns("joiners"))
            and not words & {"was", "were"}
            and bool(self.clauses.nodes[k].humans[0].person)
        )

    def _fresh(self, k: int) -> bool:
        node = self.clauses.nodes[k]
        words = self.scene.reading.document.text[node.start : node.end].lower().split()
        return bool({"new", "newest", "latest", "first-ever"} & set(words))

    def _becoming(self, words: list[str], k: int) -> bool:
        role = self.clauses.nodes[k].humans[0]
        text = self.clauses.nodes[k]
        fresh = "new" in self.scene.reading.document.text[text.start : text.end].lower().split()
        return (
            role.person is None
            and not role.plural
            and bool(role.role)
            and (("will" in words and "be" in words) or "now" in words or fresh)
        )

    def _new_job(self, i: int, k: int, people: list[Human], verdict: Verdict) -> Iterator[Event]:
        role = self.clauses.nodes[k].humans[0]
        for human in people:
            destination = self.tied(role, self.past(human)) or (self.home(human, i) if human.person else None)
            if human.person and destination is not None:
                event = self.placed(human, destination, i, Arguments(end=k), "be", role.role or "", verdict)
                yield event

    def _turned(self, i: int) -> Iterator[Event]:
        """ "finance chief-turned-chief executive Ada Byrne"."""
        for human in self.clauses.nodes[i].humans:
            turned = (human.role or "").lower().rpartition("-turned-")
            if human.person and turned[1] and turned[2].split()[-1] in lexical("nouns", "chiefs") - {"investor"}:
                place = (
                    self.tied(human)
                    or self.scene.current(human.person, human.start)
                    or self.scene.implied(human, self.sentence)
                )
                if place is not None:
                    event = self.event(human, "internal", i, Arguments(end=i), "turned", 0.6, Verdict())
                    event.origin = event.destination = Place(place.name)
                    yield event

    def _day(self, i: int) -> Iterator[Event]:
        """ "her first week at Acme", "his last day at Acme"."""
        text = self.scene.reading.document.text[self.clauses.nodes[i].start : self.clauses.nodes[i].end].lower().split()
        if text[-1:] not in (["day"], ["week"], ["month"]) or text[0] not in {"first", "last"}:
            return
        before = self.clauses.nodes[i - 1] if i else None
        found = Arguments(end=i)
        self.clauses.prepositions(i + 1, found)
        place = self.first(found, "at")
        if before is None or (place is None and (text != ["last", "day"] or self.clauses.low(i + 1) == "of")):
            return
        if before.kind == "H" and before.possessive:
            people = self.movers(before)
        elif before.low == "my":
            people = self.scene.people(Human(before.start, before.end, pronoun="i"), self.sentence)
        else:
            name = next((m.name for m in self.sentence.people if m.pronoun and m.start == before.start), None)
            people = [Human(before.start, before.end, person=name)] if name else []
        for human in people:
            event = self.event(human, "hire" if text[0] == "first" else "departure", i, found, "day", 0.7, Verdict())
            if text[0] == "first":
                event.destination, event.origin = place, self.origin_of(human, place)
            else:
                event.origin = place or self.scene.arrived.get(human.person or "")
                event.origin = event.origin or self.scene.current(human.person, human.start)
            if event.origin is not None or event.destination is not None:
                yield event

    def _after_a_move(self, i: int) -> bool:
        """ "His move was quickly followed by": the move that the text told last."""
        return bool({self.clauses.low(k) for k in range(max(0, i - 5), i)} & (nouns("gone") | nouns("moved")))

    def _followed(self, i: int) -> Iterator[Event]:
        """ "A left for Acme, followed by B": the departures that a list goes on with."""
        by = i + 1 if self.clauses.low(i + 1) == "by" else i + 2
        node = self._node(by + 1)
        first = self.clauses.verb_before(i)
        if node is None or node.kind != "H" or (first < 0 and not self._after_a_move(i)):
            return
        earlier = next(
            (e for e in Frames(self.scene, self.parsed).events() if e.rule in {"leave", "go"} and e.origin), None
        )
        last = self.scene.last_move
        if earlier is None and last is not None and self._after_a_move(i) and self.sentence.start - last[0] < 600:
            for human in self.movers(node):
                event = self.event(human, "departure", i, Arguments(end=i + 2), "followed", 0.7, Verdict())
                event.origin, event.focus = last[1], (self.clauses.nodes[i].start, node.end)
                if human.person and last[1] is not None:
                    yield event
        for human in self.movers(node):
            if earlier is not None and human.person:
                event = self.event(human, "departure", i, Arguments(end=i + 2), "followed", 0.7, Verdict())
                event.start, event.origin = earlier.start, earlier.origin
                event.focus = (self.clauses.nodes[i].start, node.end)
                yield event

"""Verbs by which people get a role: name, appoint, promote, become, succeed."""

from __future__ import annotations

from collections.abc import Iterator

from articles.extraction.en.clauses import Arguments, Subject
from articles.extraction.en.events import Event, Verdict, judge, same
from articles.extraction.en.frames.pieces import BE, SEATS, Pieces
from articles.extraction.en.scene import Bond, Place
from articles.extraction.en.shapes import Human
from articles.extraction.en.tokens import Verb
from articles.extraction.lexicon import table

# So many who are appointed at once are people, not a workforce.
_FEW = 50


class Roles(Pieces):
    """Frames that give a role."""

    def _name(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if verb.lemma == "appoint" and (crowd := self._appointees(verb, subject, found)):
            yield from self._appointed(i, crowd, subject, found)
            return
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
        if (
            self.passive(i, verb, subject.words, found, subject)
            or (found.object is not None and subject.own & BE)
            or self._headline(verb, subject, found)
        ):
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
                or self.place_before(human.start, frozenset(), arriving=True)
            )
            if destination is None:
                continue
            yield self.placed(human, destination, i, found, verb.frame, role, verdict)

    def _appointees(self, verb: Verb, subject: Subject, found: Arguments) -> Human | None:
        """ "appoints four senior executives", "four executives were appointed": an unnamed, counted group."""
        done = verb.form in {"past", "participle"} and bool(subject.own & BE)
        node = subject.node if done else found.object
        crowd = self.movers(node)
        human = crowd[0] if len(crowd) == 1 else None
        if human is None or human.person or human.cohort is None or not human.role:
            return None
        return human if 1 < (human.cohort.min or 0) <= _FEW else None

    def _appointed(self, i: int, crowd: Human, subject: Subject, found: Arguments) -> Iterator[Event]:
        """Where the group arrives; a seat on a board is no job."""
        near = {n.low for n in self.clauses.nodes[i : i + 12]} | set((crowd.role or "").lower().split())
        verdict = judge(subject.words, named=False, attempt=True)
        agent = next((p for n in found.phrases.get("by", ()) if (p := self.employer(n))), None)
        acts = self.employer(subject.node) if not subject.own & BE else None
        place = acts or agent or self.first(found, "at", "to")
        if (
            place is None
            or not place.name
            or verdict.void
            or verdict.status
            or near & (SEATS | {"directors", "members"})
        ):
            return
        event = self.event(crowd, "hire", i, found, "hire", 0.65, verdict)
        tied = self.tied(crowd)
        event.destination, event.origin = place, None if same(tied, place) else tied
        yield event

    def _headline(self, verb: Verb, subject: Subject, found: Arguments) -> bool:
        """ "Byrne named chief scientist at Acme", as headlines have it."""
        if verb.form not in {"past", "participle"} or subject.own or found.object is None or subject.node is None:
            return False
        given, who = found.object, subject.node
        bare = given.kind == "H" and not given.humans[0].person and given.token.tag in {"ROLE", "W"}
        return bare and who.kind == "H" and bool(who.humans[0].person)

    def _firmly(self, found: Arguments, subject: Subject) -> bool:
        """Whether a verb of many uses ("put", "announce") does put a person into a role."""
        if found.object is None or found.object.kind != "H":
            return bool(subject.own & BE) and "as" in found.phrases
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
            near = {node.low for node in self.clauses.nodes[max(0, found.object_at) : found.end + 6]}
            return None if near & SEATS else ("", self.first(found, "of", "at"))
        k = found.object_at + 1
        if found.object_at >= 0 and self.clauses.low(k) == "to" and self.clauses.kind(k + 1) == "V":
            return "", None
        if self.clauses.low(k) == "in" and self.clauses.low(k + 1) == "charge":
            return "", self.first(found, "of")
        return None

    def _become(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        succeeded = verb.lemma in {"succeed", "replace"} and bool(subject.own & BE) and "by" in found.phrases
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
        if verdict.status == "planned" and verb.lemma not in {
            "become",
            "step",
            "succeed",
            "replace",
            "take",
            "assume",
            "serve",
        }:
            verdict = Verdict()
        for human in people:
            destination = place or self.home(human, i)
            if destination is not None:
                if verb.lemma in {"succeed", "replace"} and destination.name:
                    self._leave_behind(found, destination)
                yield self.placed(human, destination, i, found, "become", role or "", verdict)

    def _leave_behind(self, found: Arguments, place: Place) -> None:
        """ "Byrne succeeds Cole": Cole was where Byrne now is."""
        for before in self.movers(found.object):
            if before.person and self.scene.current(before.person, before.start) is None:
                self.scene.bind(before.person, Bond(place, False, before.start))

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

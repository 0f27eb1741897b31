"""Verbs by which people get a role: name, appoint, promote, become, succeed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from articles.extraction.en.clauses import Arguments, Subject
from articles.extraction.en.events import Event, Verdict, judge, same
from articles.extraction.en.frames.pieces import BE, SEATS, Pieces
from articles.extraction.en.scene import Bond, Place
from articles.extraction.en.shapes import Human, lexical
from articles.extraction.en.tokens import Verb
from articles.extraction.lexicon import table

# So many who are appointed at once are people, not a workforce.
_FEW = 50
# "appointed Chief AI Officer Ada Byrne"
_GIVES_TITLES = frozenset({"appoint", "name", "designate", "install", "elect"})
_ORDERS = frozenset(
    {"latest", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "last", "newest", "another", "only"}
)
# "has chosen Byrne to …"
_STEPS_IN = frozenset({"lead", "run", "head", "replace", "succeed", "oversee", "become", "serve"})
# "will be led by", "is now headed by".
_COMING = frozenset({"will", "now", "would", "'ll", "’ll"})


class Roles(Pieces):
    """Frames that give a role."""

    def _name(self, i: int, verb: Verb, after: int) -> Iterator[Event]:
        subject, found = self.clauses.subject(i), self.clauses.arguments(after)
        if verb.lemma in {"appoint", "name", "announce", "unveil"} and (named := self._named_behind(found)):
            yield from self._appoint_all(i, named, subject, found)
            return
        if verb.lemma == "appoint" and (crowd := self._appointees(verb, subject, found)):
            yield from self._appointed(i, crowd, subject, found)
            return
        if verb.lemma in {"appoint", "designate"} and (one := self._one_appointed(verb, subject, found)):
            yield from self._appointed(i, one, subject, found)
            return
        given = self._given_role(after, found)
        alone = verb.frame == "raise" and (
            (found.object is not None and found.object.kind == "H") or (bool(subject.own & BE) and found.bare)
        )
        given = ("", None) if given is None and alone else given
        titled = self._titled(verb, found) if given is None else None
        given = given or titled
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
        people = [replace(h, role=None) if titled else h for h in people if h.person]
        behind = self.clauses.nodes[found.object_at + 1 : found.object_at + 2] if found.object_at >= 0 else []
        people += [h for n in behind if n.kind == "H" and not n.humans[0].person for h in n.humans[1:] if h.person]
        verdict = judge(subject.words, named=True, attempt=True)
        if not people or verdict.void:
            return
        role, place = given
        for human in people:
            destination = (
                place
                or employer
                or self.scene.arrived.get(human.person or "")
                or self.scene.current(human.person, human.start)
                or self.place_before(human.start, frozenset(), arriving=True)
            )
            if destination is None:
                continue
            yield self.placed(human, destination, i, found, verb.frame, role, verdict)

    def _titled(self, verb: Verb, found: Arguments) -> tuple[str, Place | None] | None:
        """ "appointed Chief AI Officer Ada Byrne": the role that stands before the name."""
        human = found.object.humans[0] if found.object is not None and found.object.kind == "H" else None
        if human is None or not human.person or not human.role or verb.lemma not in _GIVES_TITLES:
            return None
        title = human.role.rpartition("former ")[2]
        fits = verb.lemma == "appoint" or title[0].isupper()
        return (human.role, None) if fits and not any(t.former or t.origin for t in human.ties) else None

    def _one_appointed(self, verb: Verb, subject: Subject, found: Arguments) -> Human | None:
        """ "designated a chief scientist in March": one unnamed person in a new post."""
        human = found.object.humans[0] if found.object is not None and found.object.kind == "H" else None
        if human is None or human.person or human.plural or not human.role or subject.own & BE:
            return None
        head, text = human.role.lower().split()[-1], human.cohort.text.lower() if human.cohort else ""
        new = text.startswith(("a ", "an ", "its first ", "their first "))
        return human if new and head in lexical("nouns", "chiefs") and not human.ties else None

    def _named_behind(self, found: Arguments) -> list[Human]:
        """ "named three vice presidents on Monday: A, B and C": the people of a list that a colon opens."""
        crowd = found.object.humans[0] if found.object is not None and found.object.kind == "H" else None
        if crowd is None or crowd.person or not crowd.plural:
            return []
        colon = next((k for k in range(found.end, found.end + 3) if self.clauses.low(k) == ":"), -2)
        if self.clauses.kind(colon + 1) != "H":
            return []
        return [h for m in self.clauses.members(colon + 1) for h in self.movers(self.clauses.nodes[m]) if h.person]

    def _appoint_all(self, i: int, people: list[Human], subject: Subject, found: Arguments) -> Iterator[Event]:
        verdict = judge(subject.words, named=True, attempt=True)
        place = self.employer(subject.node) if subject.node is not None else None
        if place is None or verdict.void:
            return
        for human in people:
            yield self.placed(human, place, i, found, "name", "", verdict)

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
        at = found.object_at
        steps_in = self.clauses.low(at + 1) == "to" and self.clauses.low(at + 2) in _STEPS_IN
        return bool(found.object.humans[0].person) and (
            "as" in found.phrases or self.clauses.low(at + 2) == "charge" or steps_in
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
        passive = "by" in found.phrases and verb.form in {"past", "participle"}
        passive = passive and (
            bool(subject.own & BE) or (found.object is None and verb.lemma in {"succeed", "replace"})
        )
        if passive and verb.lemma not in {"serve", "act", "start", "become"}:
            if verb.lemma not in {"succeed", "replace"} and not _COMING & subject.own:
                return
            found.object = subject.node
            people = [h for n in found.phrases["by"] for h in self.movers(n) if h.person]
        else:
            people = [h for h in self.movers(subject.node) if h.person]
        if verb.lemma == "replace" and not passive and (new := self._put_in_place(i, subject, found)):
            yield from new
            return
        verdict = judge(subject.words, named=True)
        if not people or verdict.void or "hired-to" in subject.words or not self._begins(verb, subject, found):
            return
        if self._one_more(found):
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
        onward = self._gone_to(i) or self._in_the_wake_of(i, verb)
        come = any(h.person in self.scene.arrived for h in people)
        if place is None and not come and verb.lemma in {"succeed", "replace"}:
            elsewhere = frozenset(p.name for h in people if (p := self.scene.current(h.person, h.start)) and p.name)
            place = self.place_before(self.clauses.nodes[i].start, elsewhere)
        unnamed = self._of_the_company(found)
        for human in people:
            came = self.scene.arrived.get(human.person or "") if unnamed else None
            destination = onward or came or place or self.home(human, i)
            if destination is not None:
                if verb.lemma == "take" and found.phrases.get("from"):
                    found.object = found.phrases["from"][0]
                if verb.lemma in {"succeed", "replace", "take"} and destination.name:
                    self._leave_behind(found, destination)
                yield self.placed(human, destination, i, found, "become", role or "", verdict)

    @staticmethod
    def _of_the_company(found: Arguments) -> bool:
        """ "as chief scientist of the company": a role whose employer its phrase leaves unnamed."""
        roles = [n.humans[0] for n in (found.object, *found.phrases.get("as", ())) if n is not None and n.kind == "H"]
        ties = [t for human in roles if not human.person for t in human.ties]
        return bool(ties) and all(t.organisation.name is None for t in ties)

    def _in_the_wake_of(self, i: int, verb: Verb) -> Place | None:
        """ "took over as chief after Byrne's departure": where the one who left was."""
        if not verb.particles:
            return None
        for k in range(i + 1, min(i + 9, len(self.clauses.nodes) - 2)):
            node = self.clauses.nodes[k + 1]
            if self.clauses.low(k) in {"after", "following"} and node.kind == "H" and node.possessive:
                left = self.scene.last_left
                told = left is not None and left[2] == node.humans[0].person and left[2] is not None
                return left[1] if told and left is not None else self.scene.current(node.humans[0].person, node.start)
        return None

    def _one_more(self, found: Arguments) -> bool:
        """ "became the latest co-founder to leave Acme": an order among those who do something, and no new role."""
        node = found.object
        if node is None or self.clauses.low(found.object_at + 1) != "to":
            return False
        words = set(self.scene.reading.document.text[node.start : node.end].lower().split())
        return bool(words & _ORDERS) and self.clauses.kind(found.object_at + 2) in {"V", "OV"}

    def _gone_to(self, i: int) -> Place | None:
        """ "left for Acme to become its chief": where they went before the infinitive at ``i``."""
        k = i - 2
        while self.clauses.kind(k) in {"T", "ADV"}:
            k -= 1
        role = self.clauses.nodes[i + 1] if i + 1 < len(self.clauses.nodes) else None
        owned = role is not None and role.kind == "H" and any(t.organisation.name is None for t in role.humans[0].ties)
        went = self.clauses.kind(k) == "O" and self.clauses.low(k - 1) in {"to", "for", "at"}
        return self.place(self.clauses.nodes[k]) if owned and went and self.clauses.low(i - 1) == "to" else None

    def _put_in_place(self, i: int, subject: Subject, found: Arguments) -> list[Event]:
        """ "Acme replaced Byrne with Cole": the one who comes."""
        place = self.employer(subject.node) if subject.node is not None and subject.node.kind == "O" else None
        verdict = judge(subject.words, named=True, attempt=True)
        if (
            place is None
            or found.object is None
            or found.object.kind != "H"
            or verdict.void
            or verdict.status == "declined"
        ):
            return []
        people = [h for n in found.phrases.get("with", ()) for h in self.movers(n) if h.person]
        return [self.placed(human, place, i, found, "become", "", verdict) for human in people]

    def _leave_behind(self, found: Arguments, place: Place) -> None:
        """ "Byrne succeeds Cole": Cole was where Byrne now is."""
        for before in self.movers(found.object):
            if before.person and self.scene.current(before.person, before.start) is None:
                self.scene.bind(before.person, Bond(place, False, before.start))

    def _begins(self, verb: Verb, subject: Subject, found: Arguments) -> bool:
        """Whether the verb tells a change: "becomes", "takes over", but "leads" only with "will" or "now"."""
        words = set(subject.words)
        if verb.form in {"past", "participle"} and _COMING & words and subject.own & BE:
            return True
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
                *(found.phrases.get("to", ()) if verb.lemma in {"step", "rise"} else ()),
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

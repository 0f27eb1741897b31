"""Gathers the tokens of an English sentence into phrases: people, organisations, times; the rest stays words."""

from __future__ import annotations

from itertools import pairwise

from articles.extraction.claims import Cohort
from articles.extraction.en.humans import HumanScan
from articles.extraction.en.shapes import AND, Human, Node, Organisation, Tie, TokenView, lexical
from articles.extraction.en.tokens import Token


class Phraser(TokenView):
    """Reads the phrases of one sentence from left to right."""

    def nodes(self) -> list[Node]:
        """The sentence as phrases and left-over tokens, in order."""
        found: list[Node] = []
        i = 0
        while i < self.count:
            node, i = self._next(i)
            found.append(node)
        return found

    def _next(self, i: int) -> tuple[Node, int]:
        token = self.tokens[i]
        if (j := self._time(i)) > i:
            return self._node("T", i, j), j
        if token.low == "it" and self.tag(i + 1) in {"V", "OV", "AUX", "ADV"}:
            node = self._node("O", i, i + 1)
            node.organisation = Organisation(token.start, token.end, None, word="it")
            return node, i + 1
        if token.low == "both" and (
            self.tag(i + 1) in {"V", "AUX"} or (self.low(i + 1) == "of" and self.low(i + 2) in {"them", "whom"})
        ):
            j = i + 1 if self.low(i + 1) != "of" else i + 3
            node = self._node("H", i, j)
            node.humans = [Human(token.start, self.tokens[j - 1].end, pronoun="they", plural=True)]
            return node, j
        if token.tag == "PRO" and token.low in {"he", "she", "they", "him", "them", "i"}:
            node = self._node("H", i, i + 1)
            node.humans = [Human(token.start, token.end, pronoun=token.low, plural=token.low in {"they", "them"})]
            if token.low in {"he", "she"} and self.low(i + 1) == "and" and self.tag(i + 2) == "PER":
                other = HumanScan(self, i + 2).run()
                if other is not None:
                    node.humans.append(other[0])
                    node.end = self.tokens[other[1] - 1].end
                    return node, other[1]
            return node, i + 1
        if (group := self._group(i)) is not None:
            humans, j, possessive = group
            node = self._node("H", i, j)
            node.humans, node.possessive = humans, possessive
            node.aside = any(t.low == "," for t in self.tokens[i:j])
            return node, j
        if (found := self._organisation(i)) is not None:
            organisation, j, possessive = found
            node = self._node("O", i, j)
            node.organisation, node.possessive = organisation, possessive
            return node, j
        return self._node(token.tag, i, i + 1), i + 1

    def _node(self, kind: str, i: int, j: int) -> Node:
        first, last = self.tokens[i], self.tokens[j - 1]
        return Node(kind, first.start, last.end, first.low, first)

    def _time(self, i: int) -> int:
        """The end of the time expression at ``i``, or ``i``."""
        j, seen = i, False
        while j < self.count and j - i < 9:
            token = self.tokens[j]
            if token.tag in {"UNIT", "YEAR"} or token.low == "ago":
                seen = True
            elif token.tag == "NUM" or token.low in lexical("grammar", "time_before"):
                if seen and token.low not in {"ago", "last", "this", "next", "of", "in", "the"} and token.tag != "NUM":
                    break
            else:
                break
            j += 1
        if not seen:
            return i
        while j > i and not (self.tag(j - 1) in {"UNIT", "YEAR", "NUM"} or self.low(j - 1) == "ago"):
            j -= 1
        if self.tokens[i].tag == "NUM" and self.tag(j - 1) == "NUM":
            return i
        return (
            i
            if self.tag(j) in {"ROLE", "POS"} and self.low(j - 1) not in {"ago"} and j - i == 1 and self.tag(i) == "NUM"
            else j
        )

    def _group(self, i: int) -> tuple[list[Human], int, bool] | None:
        """A person or group at ``i`` with those that "and", commas and the like add to it."""
        first = self._human(i)
        if first is None:
            return None
        human, j = first
        if (spelled := self._spelled_out(human, j)) is not None:
            return spelled
        if self.tag(j) == "POS":
            return [human], j + 1, True
        group, k = [human], j
        pending: list[Human] = []
        while (step := self._joint(k)) is not None and len(group) + len(pending) < 40:
            at, closing = step
            nearer = self._human(at)
            if nearer is None or (nearer[0].definite and not nearer[0].person):
                break
            if self.tag(nearer[1]) == "POS":
                break
            if (spelled := self._spelled_out(*nearer)) is not None:
                group, pending, j = [*group, *pending, *spelled[0]], [], spelled[1]
                break
            pending.append(nearer[0])
            k = nearer[1]
            if closing:
                group += pending
                pending, j = [], k
        if pending and self._listed(i) and all(h.person for h in pending):
            group, j = group + pending, k
        self._share(group)
        j = self._both(group, j)
        group = self._merged(group)
        return group, j, self.tag(j) == "POS"

    def _spelled_out(self, human: Human, j: int) -> tuple[list[Human], int, bool] | None:
        """ "Two researchers, A and B, …": a group with the names of all its members behind a comma."""
        counted = human.cohort is not None and not human.person and human.plural
        if not counted or self.low(j) not in {",", "—", "–", "("} or self.tag(j + 1) != "PER":
            return None
        named = self._group(j + 1)
        if (
            named is None
            or self.low(named[1]) not in {",", ".", "—", "–", ")", ""}
            or not all(h.person for h in named[0])
        ):
            return None
        if len(named[0]) < 2 or (human.cohort and human.cohort.min not in {None, len(named[0])}):
            return None
        for member in named[0]:
            member.role, member.ties = member.role or human.role, member.ties or list(human.ties)
        return named[0], named[1] + (self.low(named[1]) in {",", "—", "–", ")"}), False

    def _listed(self, i: int) -> bool:
        """Whether a colon or dash opened a list here, so that commas alone go on with it."""
        return self.low(i - 1) in {":", "—", "–", "-", "•", "*"} or i == 0

    def _joint(self, j: int) -> tuple[int, bool] | None:
        """Where the next member of a list begins, and whether the joint ends a list ("and")."""
        low, following = self.low(j), self.low(j + 1)
        if low == "," and following in AND:
            return j + 2, True
        if low in AND:
            return j + 1, True
        if low in {"alongside", "including"} and self.tag(j + 1) == "PER":
            return j + 1, True
        if low in {",", ""} and following in {"alongside"}:
            return j + 2, True
        start = j + 1 if low == "," else j
        if self.low(start) == "as" and self.low(start + 1) == "well" and self.low(start + 2) == "as":
            return start + 3, True
        if self.low(start) in {"along", "together"} and self.low(start + 1) == "with":
            return start + 2, True
        return (j + 1, False) if low in {",", ";"} else None

    def _both(self, group: list[Human], j: int) -> int:
        """ "A and B, both of Acme,": where all of a list, or the latter two of it, are from."""
        if len(group) < 2 or self.low(j) != ",":
            return j
        start = j
        if self.low(j + 1) == "who" and self.low(j + 2) in {"are", "were"} and self.low(j + 3) in {"both", "all"}:
            j += 2
        if self.low(j + 1) == "the" and self.low(j + 2) == "latter":
            group, j = group[-2:], j + 1 + (self.tag(j + 3) == "NUM")
        elif self.low(j + 1) not in {"both", "all", "each", "formerly", "once"}:
            return self._described_all(group, j)
        if self.low(j + 2) == "of" and self.low(j + 3) == "them":
            j += 2
        once = {"formerly", "once", "late", "previously", "recently"}
        k = j + 2 + (self.low(j + 2) in once)
        former = self.low(k - 1) in once or self.low(k) == "from"
        if self.low(k) not in {"of", "from", "at"} or self.tag(k + 1) not in {"ORG", "CAP"}:
            return self._described_all(group, start, j + 2)
        tie = Tie(self.as_organisation(self.tokens[k + 1]), former, self.low(k) == "from")
        for human in group:
            human.ties = human.ties or [tie]
        return k + 2 + (self.low(k + 2) == ",")

    def _described_all(self, group: list[Human], j: int, at: int = 0) -> int:
        """ "A and B, the founders of Acme," and "A and B, both former Acme engineers": what all of a list are, in the
        words from ``at`` on where "both" and the like stand before them."""
        first = at or j + 1
        found = HumanScan(self, first).run() if self.tag(first) in {"DET", "NUM", "ORG", "ROLE", "W"} else None
        if found is None or found[0].person or not found[0].ties:
            return j
        closes = self.low(found[1]) == ","
        if not closes and not (at and (found[1] >= self.count or self.low(found[1]) in {".", ";", ")", "—", "who"})):
            return j
        if not found[0].plural and self.low(at - 1) != "each":
            return j
        for human in group:
            human.ties = human.ties or list(found[0].ties)
            human.role = human.role or found[0].role
        return found[1] + closes

    def _merged(self, group: list[Human]) -> list[Human]:
        """Unnamed groups told in one breath ("several researchers and a director") are one group."""
        crowd = [h for h in group if h.cohort and not h.person]
        if len(crowd) < 2 or any(h.definite or h.ties != crowd[0].ties for h in crowd):
            return group
        first, last = crowd[0], crowd[-1]
        counts = [h.cohort.min for h in crowd if h.cohort]
        total = sum(c for c in counts if c) if all(counts) else None
        first.cohort = Cohort(self.text[first.start : last.end], total, total)
        first.plural, first.end = True, last.end
        return [h for h in group if h.person or h is first or not h.cohort]

    @staticmethod
    def _share(group: list[Human]) -> None:
        """ "Researchers A, B and C", "OpenAI's A and B": what precedes a list holds for all of it."""
        head = group[0]
        if len(group) < 2:
            return
        for earlier, human in pairwise(group):
            if earlier.plural and earlier.person and human.person and not human.ties and not human.role:
                human.role, human.ties, human.plural = earlier.role, list(earlier.ties), True
        for human in group[1:]:
            if human.ties:
                continue
            if human.person and not human.role and head.plural and head.role:
                human.role = head.role
                human.ties = list(head.ties)
            elif (
                human.role
                and (human.person or human.cohort)
                and head.ties
                and not head.ties[0].origin
                and not human.definite
            ):
                human.ties = list(head.ties)
        last = group[-1]
        if last.cohort and last.ties and "other" in last.cohort.text.split():
            for human in group[:-1]:
                human.ties = human.ties or list(last.ties)
        bare = all(h.person and not h.ties and not h.role for h in group[1:])
        if head.person and not head.role and head.ties and bare and not any(t.former or t.origin for t in head.ties):
            for human in group[1:]:
                human.ties = list(head.ties)
        carried: list[Tie] = []
        for human in reversed(group):
            if human.ties:
                carried = list(human.ties) if human.person and all(t.origin for t in human.ties) else []
            elif human.person and not human.role:
                human.ties = list(carried)

    def _organisation(self, i: int) -> tuple[Organisation, int, bool] | None:
        token = self.tokens[i]
        if token.tag == "ORG":
            return self._named(i, i)
        if token.tag == "DET" and ((self.tag(i + 1) == "ORG" and self.tag(i + 2) != "POS") or self._firm_team(i + 1)):
            return self._named(i + 1, i)
        if (
            token.tag == "DET"
            and self.low(i + 1) in {"entire", "whole", "core", "full"}
            and self.tag(i + 2) in {"ORG", "CAP"}
        ):
            return self._named(i + 2, i)
        if token.tag not in {"DET", "W", "ROLE", "POS", "NUM"} and token.low not in {"rival"}:
            return None
        j = i
        while j < self.count and j - i < 8 and self.tag(j) in {"DET", "W", "ROLE", "NUM", "OV", "ORG", "POS"}:
            token = self.tokens[j]
            if j > i and token.tag in {"DET"} and token.low not in {"own"}:
                return None
            if token.tag in {"ORG", "POS"} and not (
                (token.tag == "ORG" and self.tag(j + 1) == "POS")
                or (token.tag == "POS" and j > i and self.tag(j - 1) == "ORG")
            ):
                return None
            if (
                token.low in lexical("nouns", "organisations")
                or token.low in lexical("nouns", "teams")
                or token.low in lexical("nouns", "ventures")
            ):
                if self.tag(j + 1) in {"ORG", "CAP"} and token.low in lexical("nouns", "organisations"):
                    return self._named(j + 1, i)
                if (
                    self.low(j + 1) in lexical("grammar", "time_before")
                    or self.tag(j + 1) not in {"W", "ROLE"}
                    or self.low(j + 1) in {"backed"}
                ):
                    return self._apposed(i, j) or self._described(i, j)
            j += 1
        return None

    def _apposed(self, i: int, j: int) -> tuple[Organisation, int, bool] | None:
        """ "The paper's publisher, Acme Media, has …": the name that commas set off."""
        named = self.low(j + 1) == self.low(j + 3) == "," and self.tag(j + 2) in {"CAP", "ORG"}
        if not named or not (self.tag(j + 4) in {"AUX", "V", "OV", "ADV", "REL"} or self.low(j + 4) == "after"):
            return None
        return self.as_organisation(self.tokens[j + 2], self.tokens[i].start), j + 4, False

    def _firm_team(self, at: int) -> bool:
        """ "the Acme AI team has joined": a name with a firm's ending whose team acts."""
        acts = self.low(at + 1) == "team" and self.tag(at + 2) in {"V", "AUX", "ADV"}
        return self.tag(at) == "CAP" and acts and self.low(at).split()[-1] in lexical("nouns", "organisation_suffixes")

    def _named(self, at: int, i: int) -> tuple[Organisation, int, bool]:
        """The organisation whose name stands at ``at``, with a team that may follow it."""
        token = self.tokens[at]
        organisation = self.as_organisation(token, self.tokens[i].start)
        j = at + 1
        if self.low(j) == "(" and self.low(j + 2) == ")":
            j += 3
        possessive = self.tag(j) == "POS"
        team = self._team(j + possessive)
        if team > j + possessive:
            if team > j + possessive + 1:
                organisation.team = self.text[self.tokens[j + possessive].start : self.tokens[team - 1].end]
            organisation.end = self.tokens[team - 1].end
            if (
                self.low(team) == ","
                and self.tag(team + 1) == "ORG"
                and self.tokens[team + 1].ref.name == organisation.name
            ):
                return organisation, team + 2, False
            return organisation, team, self.tag(team) == "POS"
        return organisation, j + possessive, possessive

    def _team(self, j: int) -> int:
        """The end of the team's name at ``j`` ("Zurich office"), or ``j``."""
        for k in range(j, min(j + 6, self.count)):
            tag = self.tag(k)
            if self.low(k) in lexical("nouns", "teams") and self.tag(k + 1) not in {"W", "ROLE", "PER"}:
                return k + 1
            if tag not in {"W", "CAP", "ROLE", "NUM"} and not (tag == "ORG" and k == j):
                return j
        return j

    def _described(self, i: int, j: int) -> tuple[Organisation, int, bool] | None:
        """ "the company", "its superintelligence team", "her own startup, Acme"."""
        head, opener = self.tokens[j], self._opener(i, j)
        start, end = self.tokens[i].start, head.end
        k = j + 1
        if self.tag(k) == "POS":
            return self._described_team(start, head, k + 1) if opener in {"the", "this", "that"} else None
        team = head.low in lexical("nouns", "teams") and (
            opener in {"its", "their", "his", "her"} or head.low not in lexical("nouns", "ventures")
        )
        if team and opener in {"its", "their", "our"}:
            return Organisation(start, end, None, self.text[self._after(i) : end], "its"), k, False
        if opener in {"the", "this", "that"} and head.low in lexical("nouns", "organisations"):
            if (
                self.low(k) == ","
                and self.low(k + 1) in {"called", "named", "dubbed"}
                and self.tag(k + 2) in {"CAP", "ORG"}
            ):
                return self.as_organisation(self.tokens[k + 2], start), k + 3 + (self.low(k + 3) == ","), False
            return Organisation(start, end, None, word=head.low), k, False
        if head.low in lexical("nouns", "ventures") and (
            opener in {"a", "an", "his", "her", "their", "own", "new", "another"} or head.low.endswith("s")
        ):
            return self._venture(start, j)
        return None

    def _described_team(self, start: int, head: Token, k: int) -> tuple[Organisation, int, bool]:
        """ "the company's new AI unit, Acme Labs"."""
        organisation = Organisation(start, head.end, None, word=head.low)
        end = self._team(k)
        if end == k:
            return organisation, k, True
        organisation.team = self.text[self.tokens[k].start : self.tokens[end - 1].end]
        if self.low(end) == "," and self.tag(end + 1) == "ORG":
            return self.as_organisation(self.tokens[end + 1], start), end + 2, False
        return organisation, end, self.tag(end) == "POS"

    def _opener(self, i: int, j: int) -> str:
        return next((self.low(k) for k in range(i, j) if self.tag(k) == "DET"), self.low(i) if i < j else "")

    def _after(self, i: int) -> int:
        return self.tokens[i + 1].start

    def _venture(self, start: int, j: int) -> tuple[Organisation, int, bool]:
        """A new organisation, with the name that a comma or "called" gives it."""
        k = j + 1
        if self.low(k) in {"called", "named", "dubbed", ",", "—", "–", "(", ":"} or self.tag(k) in {"CAP", "ORG"}:
            at = k if self.tag(k) in {"CAP", "ORG"} else k + 1
            if self.low(at) in {"called", "named", "dubbed"}:
                at += 1
            if self.tag(at) in {"CAP", "ORG"} and self.low(at + 1) not in {"'s", "’s"}:
                return self.as_organisation(self.tokens[at], start), at + 1, False
        return Organisation(start, self.tokens[j].end, None, word="venture"), k, self.tag(k) == "POS"

    def _human(self, i: int) -> tuple[Human, int] | None:
        """One person or one group at ``i``."""
        return HumanScan(self, i).run()

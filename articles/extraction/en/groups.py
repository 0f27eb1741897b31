"""Reads the people of an English phrase: one of them, or a list with what it says of all its members."""

from __future__ import annotations

from itertools import pairwise

from articles.extraction.claims import Cohort
from articles.extraction.en.humans import HumanScan
from articles.extraction.en.organisations import Organisations
from articles.extraction.en.shapes import AND, Human, Tie


class Groups(Organisations):
    """The people of one sentence, with those that "and", commas and the like add to them."""

    def _human(self, i: int) -> tuple[Human, int] | None:
        """One person or one group at ``i``."""
        return HumanScan(self, i).run()

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
            alone = not human.person and not human.plural and nearer[0].person and not group[1:]
            if alone and self.low(k) == "," and self.low(k + 1) in AND and not pending:
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
        self._formerly_of(group)
        j = self._both(group, j)
        group = self._merged(group)
        return group, j, self.tag(j) == "POS"

    def _spelled_out(self, human: Human, j: int) -> tuple[list[Human], int, bool] | None:
        """ "Two researchers, A and B, …": a group with the names of all its members behind a comma."""
        counted = human.cohort is not None and not human.person and human.plural
        j = self._past_focus(j) if counted else j
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

    def _past_focus(self, j: int) -> int:
        """Behind "focused on safety and policy" after a counted group, where a comma follows; else ``j``."""
        if self.low(j) not in {"focused", "focusing", "working", "specializing", "specialising"}:
            return j
        near = range(j + 1, min(j + 8, self.count))
        close = next((k for k in near if self.low(k) == ","), j)
        plain = all(self.tag(k) in {"W", "PREP", "CONJ", "DET"} for k in range(j + 1, close))
        return close if plain and self.tag(close + 1) == "PER" else j

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
        end = self._team(k + 3) if self.tag(k + 2) == "POS" else k + 2
        return end + (self.low(end) == ",")

    def _described_all(self, group: list[Human], j: int, at: int = 0) -> int:
        """ "A and B, the founders of Acme," and "A and B, both former Acme engineers": what all of a list are, in the
        words from ``at`` on where "both" and the like stand before them."""
        first = at or j + 1
        found = HumanScan(self, first).run() if self.tag(first) in {"DET", "NUM", "ORG", "ROLE", "W"} else None
        if found is None or found[0].person or not found[0].ties:
            return j
        closes = self.low(found[1]) == ","
        ends = not at and found[0].plural and self.low(found[1]) == "." and self.tag(j + 1) == "ROLE"
        behind = found[1] >= self.count or self.low(found[1]) in {".", ";", ")", "—", "who"}
        if not (closes or ends or (at and behind)):
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

    def _formerly_of(self, group: list[Human]) -> None:
        """ "A and B, formerly of Acme": said of both."""
        last = group[-1]
        if len(group) < 2 or not last.person or last.role or len(last.ties) != 1 or not last.ties[0].former:
            return
        said = self.text[last.start : last.ties[0].organisation.start]
        for human in group[-2:-1] if said.rstrip().endswith((", formerly of", ", late of", ", previously of")) else ():
            human.ties = human.ties or ([] if human.role else list(last.ties))

    def _each_from_its_own(self, group: list[Human]) -> bool:
        """ "A from Acme, B, C, D from Bolt and E from Copper": where no "and" before D joins B and C to it."""
        tied = [k for k, human in enumerate(group) if human.ties and all(t.origin for t in human.ties)]
        gaps = [self.text[group[k - 1].end : group[k].start] for k in tied[1:] if not group[k - 1].ties]
        return bool(gaps) and not any(" and " in gap or "&" in gap for gap in gaps)

    def _share(self, group: list[Human]) -> None:
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
        lone = self._each_from_its_own(group)
        for human in [] if lone else reversed(group):
            if human.ties:
                beside = human.person or (human is last and human.cohort is not None)
                carried = list(human.ties) if beside and all(t.origin for t in human.ties) else []
            elif human.person and not human.role:
                human.ties = list(carried)

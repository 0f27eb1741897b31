"""Gathers the tokens of an English sentence into phrases: people, organisations, times; the rest stays words."""

from __future__ import annotations

from dataclasses import replace

from articles.extraction.en.groups import Groups
from articles.extraction.en.humans import HumanScan
from articles.extraction.en.modifiers import small
from articles.extraction.en.shapes import Human, Node, Organisation, lexical

# "the pair", "the three": people of whom the text just spoke.
_SPOKEN_OF = frozenset({"pair", "duo", "trio", "quartet", "two", "three", "four", "five", "couple"})

# "on May 1st", where the number and its ending are two tokens.
_ORDINAL = frozenset({"st", "nd", "rd", "th"})


# What people have of their own to which others come.
_OWN_VENTURES = frozenset({"startup", "start-up", "venture", "company", "firm", "lab", "outfit", "team", "ventures"})


class Phraser(Groups):
    """Reads the phrases of one sentence from left to right."""

    def nodes(self) -> list[Node]:
        """The sentence as phrases and left-over tokens, in order."""
        found: list[Node] = []
        i = 0
        while i < self.count:
            node, i = self._next(i)
            found.append(node)
        self._out_of(found)
        return found

    def _out_of(self, nodes: list[Node]) -> None:
        """ "Of the eight authors, six have left": out of how many, said before."""
        whole = (
            next((small(self.low(k)) for k in (1, 2) if self.tag(k) == "NUM"), None) if self.low(0) == "of" else None
        )
        for human in (h for node in nodes[1:] for h in node.humans if whole is not None):
            if human.cohort is not None and human.cohort.of is None and 0 < (human.cohort.min or 0) < (whole or 0):
                human.cohort = replace(human.cohort, of=whole)
                return

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
        if (pair := self._pair(i)) is not None:
            return pair
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
        if token.low == "her" and self._stands_alone(i + 1):
            node = self._node("H", i, i + 1)
            node.humans = [Human(token.start, token.end, pronoun="her")]
            return node, i + 1
        if (group := self._group(i)) is not None:
            humans, j, possessive = group
            if possessive and (owned := self._owned(humans, j)) is not None:
                organisation, end = owned
                node = self._node("O", i, end)
                organisation.start, node.organisation = node.start, organisation
                node.possessive = self.tag(end - 1) == "POS"
                return node, end
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

    def _owned(self, owners: list[Human], j: int) -> tuple[Organisation, int] | None:
        """ "Byrne's new start-up": the venture of the one person before ``j``, with its name where one follows."""
        k = j
        while k < j + 3 and self.tag(k) == "W" and self.low(k) not in _OWN_VENTURES:
            k += 1
        if len(owners) != 1 or owners[0].person is None or self.low(k) not in _OWN_VENTURES:
            return None
        if self.tag(k + 1) in {"W", "ROLE", "PER"}:
            return None
        organisation, end, possessive = self._venture(self.tokens[j].start, k)
        organisation.owner = owners[0].person
        return organisation, end + (possessive and organisation.name is None)

    def _stands_alone(self, i: int) -> bool:
        """Whether no noun follows "her", which is then an object ("fired her a year later")."""
        return i >= self.count or self.tag(i) in {"P", "PREP", "CONJ"} or self._time(i) > i

    def _pair(self, i: int) -> tuple[Node, int] | None:
        """ "The pair have left", "the three, A, B and C, …": the people just spoken of, who may be named again."""
        spoken_of = self.low(i) in {"the", "these", "those"} and self.low(i + 1) in _SPOKEN_OF
        if not spoken_of or not (self.tag(i + 2) in {"V", "AUX", "OV", "ADV"} or self.low(i + 2) in {",", "—", "–"}):
            return None
        named = self._group(i + 3) if self.low(i + 2) in {",", "—", "–"} and self.tag(i + 3) == "PER" else None
        if named is not None and len(named[0]) > 1 and self.low(named[1]) in {",", "—", "–"}:
            node, end = self._node("H", i, named[1]), named[1] + 1
            node.humans = [replace(human, again=True) for human in named[0]]
            return node, end
        if self.low(i + 2) in {",", "—", "–"} and self.tag(i + 3) != "REL":
            return None
        node = self._node("H", i, i + 2)
        node.humans = [Human(node.start, node.end, pronoun="they", plural=True)]
        return node, i + 2

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
            elif token.low in _ORDINAL and j > i and self.tag(j - 1) == "NUM":
                pass
            elif token.tag == "NUM" or token.low in lexical("grammar", "time_before"):
                if seen and token.low not in {"ago", "last", "this", "next", "of", "in", "the"} and token.tag != "NUM":
                    break
            else:
                break
            j += 1
        if not seen:
            return i
        while j > i and not (self.tag(j - 1) in {"UNIT", "YEAR", "NUM"} or self.low(j - 1) in {"ago", *_ORDINAL}):
            j -= 1
        if self.tokens[i].tag == "NUM" and self.tag(j - 1) == "NUM":
            return i
        return (
            i
            if self.tag(j) in {"ROLE", "POS"} and self.low(j - 1) not in {"ago"} and j - i == 1 and self.tag(i) == "NUM"
            else j
        )

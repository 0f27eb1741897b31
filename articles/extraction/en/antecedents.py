"""Whom a word of an English clause points back to: "who", "those", "one of", and phrases that can be a subject."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from articles.extraction.en.lists import Lists
from articles.extraction.en.shapes import Node
from articles.extraction.lexicon import table

_IS = frozenset({"is", "are", "was", "were"})


@dataclass(slots=True)
class Subject:
    """The phrase that acts (None where it cannot be told) and the words that govern the verb on the way to it."""

    node: Node | None
    words: list[str] = field(default_factory=list)
    at: int = -1
    own: frozenset[str] = frozenset()


@cache
def standing(key: str) -> frozenset[str]:
    return frozenset(table("en/verbs")["standing"][key])


class Antecedents(Lists):
    """The phrases of one sentence, and what stands before or behind a verb that can act."""

    def _campaigner(self, k: int) -> int:
        """The employer before "Acme's hiring spree", which acts by it; -1 for none."""
        near = range(k - 1, max(-1, k - 4), -1)
        return next((m for m in near if self.kind(m) == "O" and self.nodes[m].possessive), -1)

    def _inside_relative(self, k: int) -> int:
        """The "who" of "researchers who worked at Acme have joined …", where Acme at ``k`` ends it; -1 for none."""
        for m in range(k - 1, max(0, k - 12), -1):
            if self.low(m) in {"who", "that"} and self.kind(m - 1) == "H":
                return m if self.kind(m + 1) in {"V", "OV", "AUX", "ADV"} and m + 1 < k else -1
            if self.low(m) in {",", ";", ":", "—", "–", "("}:
                return -1
        return -1

    def _led(self, k: int) -> Node | None:
        """ "former Acme engineers led by Byrne": the group with its head, who stands at ``k``."""
        led = self.low(k - 1) == "by" and self.low(k - 2) in {"led", "headed"}
        if not led or self.kind(k - 3) != "H" or self.nodes[k - 3].possessive:
            return None
        group = self.nodes[k - 3]
        heads = [replace(h, ties=h.ties or list(group.humans[0].ties)) for h in self.nodes[k].humans]
        return replace(group, humans=[*group.humans, *heads]) if group.humans[0].cohort else None

    def _named_behind(self, k: int) -> Subject | None:
        """ "The latest to leave is Byrne": the one named behind the infinitive whose "to" stands at ``k``."""
        near = range(k + 2, min(k + 10, len(self.nodes) - 1))
        at = next((m + 1 for m in near if self.low(m) in _IS and self.kind(m + 1) == "H"), None)
        return Subject(self.together(at), [], at) if at is not None else None

    @staticmethod
    def _as_members(named: Subject, group: Node) -> Subject:
        """Those of "another Acme engineer to leave is Byrne", with what the group's phrase says of them."""
        if named.node is not None:
            humans = [replace(h, ties=h.ties or list(group.humans[0].ties)) for h in named.node.humans]
            named.node = replace(named.node, humans=humans)
        return named

    def _first_before(self, g: int) -> Subject:
        """Who "struck a deal to …", where the verb itself is unknown: the phrase that opens the clause."""
        for m in range(max(0, g - 10), g):
            if self.kind(m) in {"H", "O"} and not self.nodes[m].possessive and self.kind(m - 1) != "PREP":
                return Subject(self.nodes[m], [], m)
        return Subject(None)

    def _owner(self, g: int) -> int | None:
        """The person whose noun stands at ``g`` ("Ada Byrne's decision")."""
        for k in range(g - 1, max(-1, g - 4), -1):
            if self.nodes[k].kind in {"H", "O"} and self.nodes[k].possessive:
                return k
            if self.kind(k) not in {"W", "ADV", "ROLE"}:
                return None
        return None

    def verb_before(self, g: int) -> int:
        for k in range(g - 1, max(-1, g - 14), -1):
            if self.low(k) == "based" and self.kind(k - 1) != "AUX":
                continue
            if self.kind(k) in {"V", "OV"} or (self.kind(k) == "W" and self.kind(k - 1) == "AUX"):
                return k
            if self.low(k) in {";", ":"}:
                return -1
        return -1

    def _antecedent(self, k: int) -> Subject:
        """Whom "who" stands for: the nearest person before it; for "which", what stands right before."""
        j = k - 1
        while j >= 0 and self.low(j) in {",", "—", "–", "of", "all"}:
            j -= 1
        if self.low(j) == "those":
            return self._those(k)
        if j >= 0 and self.kind(j) == "O" and self.low(k) != "who":
            return Subject(self.nodes[j], [], j)
        for m in range(j, max(-1, j - 6), -1):
            if self.kind(m) == "H" and not self.nodes[m].possessive:
                if self.low(m) == "one" and self.low(m - 1) == "," and self.kind(m - 2) == "H":
                    return Subject(self.nodes[m - 2], [], m - 2)
                return self._last_of(m, k) or self._predicated(m)
            if self.kind(m) in {"V", "REL"}:
                break
        return Subject(None)

    def _last_of(self, m: int, k: int) -> Subject | None:
        """The last of the list at ``m``, where "who" at ``k`` stands for one ("A, late of Acme, and B, who …")."""
        humans = self.nodes[m].humans
        if len(humans) < 2 or not humans[-1].person or self.low(k - 1) != ",":
            return None
        single = self.low(k + 1).endswith("s") or (bool(humans[0].ties) and not humans[-1].ties)
        single = single or (len(humans) > 2 and humans[-1].role not in {None, humans[0].role})
        return Subject(replace(self.nodes[m], humans=humans[-1:]), [], m) if single else None

    def _predicated(self, m: int) -> Subject:
        """ "Byrne is one of several researchers to …", "was among those who …": the person whom the group includes."""
        k = (
            m - 1
            if self.low(m - 1) == "among"
            else m - 2
            if self.low(m - 1) == "of" and self.low(m - 2) == "one"
            else m
        )
        told = k < m or self.low(m) == "one"
        if told and self.kind(k - 1) == "AUX" and self.kind(k - 2) == "H" and not self.nodes[k - 2].possessive:
            return Subject(self.nodes[k - 2], [], k - 2)
        return Subject(self.nodes[m], [], m)

    def _those(self, k: int) -> Subject:
        """ "Those who left are A and B", "those joining include A": the people named behind."""
        for m in range(k + 1, min(k + 14, len(self.nodes) - 1)):
            if (
                self.low(m) in {"are", "were", "include", "included", "includes", "including"}
                and self.kind(m + 1) == "H"
            ):
                return Subject(self.together(m + 1), [], m + 1)
            if self.low(m) in {".", ";"}:
                break
        return Subject(None)

    def _agent(self, v: int, k: int) -> Subject | None:
        """ "Acme was founded by Byrne after …": the one by whom it was done."""
        by = next((m for m in range(v + 1, k) if self.low(m) == "by" and self.kind(m + 1) == "H"), None)
        return Subject(self.nodes[by + 1], [], by + 1) if by is not None else None

    def _object_before(self, k: int, v: int) -> Subject:
        for m in range(k - 1, v, -1):
            if self.kind(m) == "H":
                return Subject(self.nodes[m], [], m)
        return Subject(None)

    def _opens_clause(self, m: int) -> bool:
        """Whether the phrase at ``m`` can be a subject: nothing that takes an object stands before it."""
        k = m - 1
        while k >= 0 and self.kind(k) in {"ADV", "T"}:
            k -= 1
        if self.low(k) == "of" and self.low(k - 1) in {"much", "most", "all", "some", "part", "half"}:
            k -= 2
        return (
            k < 0
            or self.kind(k) in {"CONJ", "REL", "OV", "P", "W"}
            or self.low(k) in standing("told")
            or self.low(k) in {"that", "as", "while", "after", "before", "since", "when"}
        )

    def _interrupted(self, m: int) -> bool:
        """Whether an aside begins after the phrase at ``m`` or within it ("Byrne, a director at Acme with …,")."""
        return self.low(m + 1) in {",", "—", "–", "(", "-"} or self.kind(m + 1) == "REL" or self.nodes[m].aside

    def _doing(self, m: int) -> bool:
        """Whether a participle stands at ``m`` that says what someone does ("executives overseeing …")."""
        return self.kind(m) in {"V", "OV", "W"} and self.low(m).endswith("ing")

    def _past_prepositions(self, k: int) -> Subject:
        """The person before "… of the London office" and the like, when only nouns stand between it and the verb."""
        for m in range(k, max(-1, k - 8), -1):
            node = self.nodes[m]
            if node.kind == "H" and not node.possessive and m < k:
                fits = self.kind(m + 1) == "PREP" or self._doing(m + 1)
                return Subject(node, [], m) if fits and self._opens_clause(m) else Subject(None)
            if self._doing(m) and self.kind(m - 1) == "H":
                continue
            if node.kind not in {
                "W",
                "DET",
                "PREP",
                "T",
                "O",
                "CAP",
                "NUM",
                "ROLE",
                "ADV",
                "UNIT",
                "YEAR",
            } and node.low not in {"’", "'"}:
                return Subject(None)
        return Subject(None)

"""Who does what in an English clause: the object of a verb and its prepositions, beside its subject."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from articles.extraction.en.shapes import Human, Node, Organisation
from articles.extraction.en.subjects import Subject, Subjects
from articles.extraction.lexicon import table
from articles.extraction.organisations import lookup

__all__ = ["Arguments", "Clauses", "Subject", "humans_of", "organisation_of"]


@dataclass(slots=True)
class Arguments:
    """What follows a verb: its object, and phrases by their preposition; ``end`` is the last node taken."""

    object: Node | None = None
    object_at: int = -1
    phrases: dict[str, list[Node]] = field(default_factory=dict)
    more: list[Node] = field(default_factory=list)
    end: int = 0
    bare: bool = True


class Clauses(Subjects):
    """The verbs of one sentence with their subjects and arguments."""

    def arguments(self, i: int) -> Arguments:
        """What follows the verb that ends before ``i``, up to the end of its clause."""
        found = Arguments(end=i - 1)
        k = self._skip(i)
        if self.kind(k) in {"H", "O", "CAP"} and not (self.nodes[k].possessive and self.kind(k + 1) in {"W", "ROLE"}):
            found.object, found.object_at, found.end = self._before_verb(k), k, k
            k += 1
            while self.nodes[k - 1].kind in {"O", "CAP"} and self.low(k) in {",", "and", "&"}:
                step = k + 2 if self.low(k) == "," and self.low(k + 1) in {"and", "&"} else k + 1
                if (
                    self.kind(step) not in {"O", "CAP"}
                    or self.nodes[step].possessive
                    or self.kind(step + 1) in {"V", "AUX", "OV"}
                ):
                    break
                found.more.append(self.nodes[step])
                found.end, k = step, step + 1
        elif self.kind(k) in {"DET", "W", "OV", "NUM", "V"} or self.kind(k) in {"H", "O"}:
            found.bare = False
            while self.kind(k) in {"DET", "W", "POS", "ROLE", "NUM", "H", "O", "CAP"} or (
                self.kind(k) in {"V", "OV"} and self.kind(k + 1) in {"W", "PREP"}
            ):
                found.phrases.setdefault("", []).append(self.nodes[k])
                found.end = k
                k += 1
        self.prepositions(k, found)
        return found

    def _before_verb(self, k: int) -> Node:
        """The object at ``k`` without the last of its list where a new clause begins there ("hired A and B left")."""
        node = self.nodes[k]
        if len(node.humans) < 2 or self.kind(k + 1) not in {"AUX", "V", "OV"}:
            return node
        return replace(node, humans=node.humans[:-1])

    def _skip(self, k: int) -> int:
        while self.kind(k) in {"ADV", "T"} or (
            self.low(k) == "," and self.kind(k + 1) == "ADV" and self.low(k + 2) == ","
        ):
            k += 1
        return k

    def prepositions(self, k: int, found: Arguments) -> None:
        last = ""
        while k < len(self.nodes):
            kind, low = self.kind(k), self.low(k)
            if kind in {"OV", "REL"} or low in {";", ".", "("} or (kind == "V" and self.low(k - 1) != "to"):
                return
            if kind == "AUX" or (kind == "CONJ" and self._new_clause(k)):
                return
            if kind == "H" and self.kind(k + 1) in {"V", "AUX", "OV"} and self.kind(k - 1) not in {"PREP"}:
                return
            if low == "," and not self._goes_on(k):
                return
            if kind == "PREP":
                m = self._skip(k + 1)
                while (
                    self.kind(m) in {"DET", "W", "NUM"}
                    and m < k + 6
                    and self.kind(m + 1) in {"O", "CAP", "DET", "W", "H", "ROLE"}
                    and low != "to"
                ):
                    m += 1
                if self.kind(m) == "V" and low == "to":
                    return
                if low == "with" and self.low(k - 1) in {"along", "together"}:
                    low = "along with"
                if self.kind(m) in {"O", "CAP", "H"}:
                    found.phrases.setdefault(low, []).append(self.nodes[m])
                    found.end, last, k = m, low, m + 1
                    continue
                if self.kind(m) in {"W", "DET", "ROLE"}:
                    found.phrases.setdefault(low + " …", []).append(self.nodes[m])
            elif kind == "T":
                found.end = k
            elif kind in {"O", "CAP"} and last and self.low(k - 1) in {",", "and", "&", "or"}:
                found.phrases[last].append(self.nodes[k])
                found.end = k
            k += 1

    def _goes_on(self, k: int) -> bool:
        """Whether the clause goes on behind the comma at ``k``: with "from", "to", "as", a time, or a further name."""
        m = k + 1
        while self.kind(m) in {"ADV", "T"}:
            m += 1
        return (
            self.low(m) in {"from", "to", "as", "at", "and", ",", "along", "alongside", "together"}
            or self.kind(m) in {"O", "CAP"}
            or m > k + 1
        )

    def _new_clause(self, k: int) -> bool:
        """Whether "and", "but", "while" at ``k`` opens another clause."""
        if self.low(k) in {"while", "but", "yet"}:
            return True
        for m in range(k + 1, min(k + 9, len(self.nodes))):
            if self.kind(m) in {"V", "OV", "AUX"}:
                return True
            if self.low(m) in {",", ";", "."}:
                return False
        return False


def organisation_of(node: Node | None) -> Organisation | None:
    """The organisation that a phrase can stand for: its own, or an unplaced capitalised run taken as one."""
    if node is None:
        return None
    if node.kind == "O":
        return node.organisation
    if node.kind == "CAP" and _company_like(node):
        entry = lookup(node.token.text)
        name, team = (entry.name, entry.team) if entry else (node.token.text, None)
        return Organisation(node.start, node.end, name, team, known=entry is not None)
    return None


@cache
def _no_company() -> frozenset[str]:
    return frozenset(table("en/nouns")["not_names"]) | frozenset(table("en/grammar")["time_units"])


def _company_like(node: Node) -> bool:
    return node.low not in _no_company() and len(node.token.text) > 1


def humans_of(node: Node | None) -> list[Human]:
    """The people that a phrase names."""
    return node.humans if node is not None and node.kind == "H" else []

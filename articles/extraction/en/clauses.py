"""Who does what in an English clause: the object of a verb and its prepositions, beside its subject."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from articles.extraction.en.antecedents import Subject
from articles.extraction.en.shapes import Human, Node, Organisation
from articles.extraction.en.subjects import Subjects
from articles.extraction.lexicon import table, words
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


# "moved to rival Acme".
_BESIDE_NAME = frozenset(
    {
        "parent",
        "rival",
        "rivals",
        "fellow",
        "sister",
        "neighbouring",
        "neighboring",
        "competitor",
        "competitors",
        "startup",
        "startups",
    }
)


# These open a clause as well as a phrase.
_SUBORDINATING = frozenset({"after", "before", "since", "until"})


class Clauses(Subjects):
    """The verbs of one sentence with their subjects and arguments."""

    def arguments(self, i: int) -> Arguments:
        """What follows the verb that ends before ``i``, up to the end of its clause."""
        found = Arguments(end=i - 1)
        k = self._skip(i)
        if self.kind(k) in {"H", "O", "CAP"} and not (self.nodes[k].possessive and self.kind(k + 1) in {"W", "ROLE"}):
            found.object, found.object_at, found.end = self._before_verb(k), k, k
            k = self._past_relative(k + 1)
            while self.kind(k) == "H" and self.nodes[k - 1].aside and not self.nodes[k].possessive:
                found.object = replace(found.object, humans=[*found.object.humans, *self._before_verb(k).humans])
                found.end, k = k, k + 1
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

    def _past_relative(self, k: int) -> int:
        """Behind ", who ran sales," after the object, where "to", "from" or "as" goes on; else ``k``."""
        if self.low(k) != "," or self.kind(k + 1) != "REL" or self.kind(k - 1) != "H":
            return k
        close = next((m for m in range(k + 2, min(k + 14, len(self.nodes))) if self.low(m) in {",", ".", ";"}), k)
        return close + 1 if self.low(close) == "," and self.low(close + 1) in {"to", "from", "as"} else k

    def _before_verb(self, k: int) -> Node:
        """The object at ``k`` without the last of its list where a new clause begins there ("hired A and B left")."""
        node = self.nodes[k]
        if len(node.humans) < 2 or self.kind(k + 1) not in {"AUX", "V", "OV"} or self.low(k + 1).endswith("ing"):
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
            if kind == "PREP" and low == "to" and self.low(k - 1) in {"due", "thanks", "according", "owing"}:
                return
            if low in _SUBORDINATING and (self.low(k + 1).endswith("ing") or self._clause_behind(k)):
                return
            if kind == "PREP":
                m = self._skip(k + 1)
                while (
                    self.kind(m) in {"DET", "W", "NUM"}
                    and m < k + 6
                    and self.kind(m + 1) in {"O", "CAP", "DET", "W", "H", "ROLE"}
                    and (low != "to" or self.low(m) in _BESIDE_NAME)
                ):
                    m += 1
                if self.kind(m) == "V" and low == "to":
                    return
                if low == "with" and self.low(k - 1) in {"along", "together"}:
                    low = "along with"
                if self.kind(m) == "H" and self.nodes[m].possessive and self.kind(m + 1) == "O":
                    m += 1
                if (
                    self.kind(m) == "O"
                    and self.nodes[m].possessive
                    and low in {"to", "from"}
                    and self.kind(m + 1) == "W"
                ):
                    k = m + 1
                    continue
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

    def _clause_behind(self, k: int) -> bool:
        """Whether "after" at ``k`` opens a clause with a verb of its own ("after the agency fined Acme")."""
        for m in range(k + 1, min(k + 10, len(self.nodes))):
            if self.kind(m) in {"V", "OV", "AUX"}:
                return True
            if self.low(m) in {",", ";", "."} or self.kind(m) == "REL":
                return False
            if self.kind(m) == "W" and self.low(m).endswith("ed") and self.kind(m - 1) in {"H", "O", "CAP", "W"}:
                return True
        return False

    def _goes_on(self, k: int) -> bool:
        """Whether the clause goes on behind the comma at ``k``: with "from", "to", "as", a time, or a further name."""
        m = k + 1
        while self.kind(m) in {"ADV", "T"}:
            m += 1
        return (
            self.low(m) in {"from", "to", "as", "at", "and", ",", "along", "alongside", "together"}
            or (self.low(m) == "by" and self.kind(m + 1) in {"H", "O", "CAP"})
            or self.kind(m) in {"O", "CAP"}
            or m > k + 1
        )

    def _new_clause(self, k: int) -> bool:
        """Whether "and", "but", "while" at ``k`` opens another clause."""
        if self.low(k) in {"while", "but", "yet"}:
            return True
        if self.low(k + 1) == ",":
            return True
        for m in range(k + 1, min(k + 9, len(self.nodes))):
            if self.kind(m) in {"V", "OV", "AUX"} or (self.kind(m - 1) == "H" and self.low(m).endswith("ed")):
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
    name = node.token.text
    return "-to-" not in node.low and node.low not in _no_company() and name not in words("en/places") and len(name) > 1


def humans_of(node: Node | None) -> list[Human]:
    """The people that a phrase names."""
    return node.humans if node is not None and node.kind == "H" else []

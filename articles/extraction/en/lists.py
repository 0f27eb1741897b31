"""Lists of people whose members stand apart, each with its aside: "A, who ran sales, and B, late of Acme, …"."""

from __future__ import annotations

from dataclasses import replace

from articles.extraction.en.shapes import AND, Node

_FAR, _ASIDE = 16, 14
_DASHES = frozenset({"—", "–", "-"})
_ENDS = frozenset({".", ";", ":", "("})
_VERBAL = frozenset({"V", "OV", "AUX"})


class Lists:
    """The phrases of one sentence, and which of them one list holds."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes

    def low(self, i: int) -> str:
        return self.nodes[i].low if 0 <= i < len(self.nodes) else ""

    def kind(self, i: int) -> str:
        return self.nodes[i].kind if 0 <= i < len(self.nodes) else ""

    def members(self, k: int) -> list[int]:
        """The phrases of the list that begins with the people at ``k``, over the asides between them."""
        found, m = [k], k + 1
        while m < min(len(self.nodes), found[-1] + _FAR) and self.low(m) not in {".", ":"}:
            if self.low(m - 1) in {",", ";", *AND} and self._named(m) and self._bare(m + 1):
                found.append(m)
            m += 1
        return found

    def _bare(self, m: int) -> bool:
        """Whether what follows a name begins no clause or phrase of its own ("lost A to Acme and B to Bolt")."""
        return self.kind(m) not in _VERBAL and self.low(m) not in {"to", "for"}

    def together(self, k: int) -> Node:
        """The people of the list that begins at ``k`` as one phrase."""
        return replace(self.nodes[k], humans=[human for m in self.members(k) for human in self.nodes[m].humans])

    def _named(self, m: int) -> bool:
        node = self.nodes[m]
        return node.kind == "H" and not node.possessive and bool(node.humans[0].person)

    def with_earlier(self, k: int) -> Node:
        """The people at ``k`` with those whom "A, who ran sales, and …" names before them."""
        node, found, j = self.nodes[k], [k], k - 1
        if k and self.kind(k - 1) == "H" and self.nodes[k - 1].aside and not self.nodes[k - 1].possessive:
            return replace(self.nodes[k - 1], humans=[*self.nodes[k - 1].humans, *node.humans])
        while True:
            closing = self.low(j) in AND
            j -= closing
            if self.low(j) != "," or not (closing or len(found) > 1):
                break
            m = self._aside_of(j)
            if m < 0:
                break
            found.insert(0, m)
            j = m - 1
        if len(found) == 1:
            return self._with_dashed(k)
        return replace(node, humans=[human for m in found for human in self.nodes[m].humans])

    def _with_dashed(self, k: int) -> Node:
        """ "The founders — A and B — and some of the staff": the people at ``k`` with those between the dashes."""
        start = k
        while start > max(0, k - 5) and self.kind(start - 1) in {"PREP", "T", "NUM", "DET"}:
            start -= 1
        if self.low(start - 1) not in AND or self.low(start - 2) not in _DASHES:
            return self.nodes[k]
        for m in range(start - 4, max(-1, start - _FAR), -1):
            if self.low(m) in _DASHES and self._named(m + 1):
                return replace(self.nodes[k], humans=[*self.nodes[m + 1].humans, *self.nodes[k].humans])
        return self.nodes[k]

    def _aside_of(self, j: int) -> int:
        """The person whose aside the comma at ``j`` closes; -1 for none."""
        for m in range(j - 1, max(-1, j - _ASIDE), -1):
            if self.low(m) in _ENDS:
                return -1
            if self._named(m) and self.low(m + 1) == "," and m + 1 < j and self.kind(m + 2) in {"REL", "ADV", "DET"}:
                return m
        return -1

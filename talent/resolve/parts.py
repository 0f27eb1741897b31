"""Parts of a set that grow together, except where two members must stay apart. Pure."""

from __future__ import annotations

from collections.abc import Iterable


class Parts:
    """Union-find that never puts a forbidden pair into one part."""

    def __init__(self, size: int, forbidden: Iterable[tuple[int, int]] = ()) -> None:
        self._members: dict[int, set[int]] = {i: {i} for i in range(size)}
        self._part_of = list(range(size))
        self._apart: dict[int, set[int]] = {}
        for left, right in forbidden:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def join(self, left: int, right: int) -> None:
        """Puts the parts of the two together, unless members of theirs must stay apart."""
        low, high = sorted((self._part_of[left], self._part_of[right]))
        if low == high or self.forbids(left, right):
            return
        for member in self._members[high]:
            self._part_of[member] = low
        self._members[low] |= self._members.pop(high)

    def forbids(self, left: int, right: int) -> bool:
        """Whether members of the two parts must stay apart."""
        ours, theirs = self._members[self._part_of[left]], self._members[self._part_of[right]]
        return any(self._apart.get(member, set()) & theirs for member in ours & self._apart.keys())

    def of(self, member: int) -> int:
        """The number of the part that the member is in."""
        return self._part_of[member]

    def all(self) -> list[list[int]]:
        """The members of each part, in order."""
        return [sorted(part) for part in self._members.values()]

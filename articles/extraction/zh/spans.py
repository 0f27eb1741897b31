"""Answers quickly which ranges of a text are taken."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class Coverage:
    """Ranges that do not overlap one another, in any order."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]

    def touches(self, start: int, end: int) -> bool:
        """Whether any range shares a character with ``start..end``."""
        at = bisect_right(self.starts, end - 1) - 1
        return at >= 0 and self.spans[at][1] > start

    def covers(self, start: int, end: int) -> bool:
        """Whether one range has the whole of ``start..end``."""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and self.spans[at][1] >= end

    def end_before(self, position: int) -> int:
        """Where the last range that begins before ``position`` ends, but not beyond it; 0 without one."""
        at = bisect_right(self.starts, position - 1) - 1
        return min(self.spans[at][1], position) if at >= 0 else 0

    def ends_at(self, position: int) -> bool:
        at = bisect_right(self.starts, position - 1) - 1
        return at >= 0 and self.spans[at][1] == position

"""Where the bands of a flow run: two columns of nodes, ordered and placed so that bands cross and bend little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Rounds of ordering each side by the other; more change nothing to see.
_ROUNDS = 8


@dataclass(slots=True)
class Node:
    """A company on one side, with the place of its bar."""

    key: int
    value: float
    last: bool = False
    y: float = 0.0
    height: float = 0.0

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """A flow from a left to a right node: the middles of its two ends, and its breadth."""

    source: Node
    target: Node
    value: float
    y1: float
    y2: float
    breadth: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Both columns from top to bottom, and the bands between them, broad ones first."""

    left: list[Node]
    right: list[Node]
    bands: list[Band]


Flows = Mapping[tuple[int, int], float]


def lay_out(flows: Flows, *, height: float, gap: float, last: Sequence[int] = ()) -> Layout:
    """Places the flows above zero in that height; nodes in ``last`` stay at the foot of their column."""
    known = {ends: value for ends, value in flows.items() if value > 0}
    left, right = (_nodes(known, side, last) for side in (0, 1))
    if not known:
        return Layout([], [], [])
    unit = min((height - gap * (len(column) - 1)) / sum(node.value for node in column) for column in (left, right))
    for column in (left, right):
        y = 0.0
        for node in column:
            node.y, node.height = y, node.value * unit
            y += node.height + gap
    for _ in range(_ROUNDS):
        _order(right, left, known, 1)
        _settle(right, left, known, 1, height=height, gap=gap)
        _order(left, right, known, 0)
        _settle(left, right, known, 0, height=height, gap=gap)
    return Layout(left, right, _bands(left, right, known, unit))


def _nodes(flows: Flows, side: int, last: Sequence[int]) -> list[Node]:
    """One column, the greatest first."""
    sums: dict[int, float] = {}
    for ends, value in flows.items():
        sums[ends[side]] = sums.get(ends[side], 0) + value
    nodes = [Node(key, value, last=key in last) for key, value in sums.items()]
    return sorted(nodes, key=lambda node: (last.index(node.key) + 1 if node.last else 0, -node.value, str(node.key)))


def _target(node: Node, others: Sequence[Node], flows: Flows, side: int) -> float:
    """The middle of those at the other ends of its bands, each weighing what flows there."""
    weights = {other.key: flows.get((other.key, node.key) if side else (node.key, other.key), 0.0) for other in others}
    return sum(other.middle * weights[other.key] for other in others) / node.value


def _order(column: list[Node], others: Sequence[Node], flows: Flows, side: int) -> None:
    """Sorts a column by where its bands come from."""
    # Those that stay last are equal in this order, and a sort leaves equals as they were.
    column.sort(key=lambda node: (node.last, 0.0 if node.last else _target(node, others, flows, side)))


def _settle(column: list[Node], others: Sequence[Node], flows: Flows, side: int, *, height: float, gap: float) -> None:
    """Moves the nodes of a column as near to their targets as their order and the gaps between them allow.

    Without what lies above them, the places must not fall; where neighbours would, they share their weighted mean.
    """
    above, pools = 0.0, []
    for node in column:
        wanted = _target(node, others, flows, side) - node.height / 2 - above
        pools.append([wanted, node.value, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            place, weight, count = pools.pop()
            before = pools[-1]
            before[0] = (before[0] * before[1] + place * weight) / (before[1] + weight)
            before[1] += weight
            before[2] += count
        above += node.height + gap
    room = height - (above - gap)
    places = [min(max(place, 0.0), room) for place, _weight, count in pools for _ in range(int(count))]
    above = 0.0
    for node, place in zip(column, places, strict=True):
        node.y = place + above
        above += node.height + gap


def _bands(left: list[Node], right: list[Node], flows: Flows, unit: float) -> list[Band]:
    """The bands, stacked at both ends in the order of what they lead to."""
    starts = {node.key: node.y for node in left}
    ends = {node.key: node.y for node in right}
    by_key = {node.key: node for node in left}
    places: dict[tuple[int, int], list[float]] = {}
    for source in left:
        for target in right:
            breadth = flows.get((source.key, target.key), 0.0) * unit
            if breadth:
                places[source.key, target.key] = [starts[source.key] + breadth / 2, 0.0, breadth]
                starts[source.key] += breadth
    for target in right:
        for source in left:
            if place := places.get((source.key, target.key)):
                place[1] = ends[target.key] + place[2] / 2
                ends[target.key] += place[2]
    to_key = {node.key: node for node in right}
    bands = [Band(by_key[a], to_key[b], flows[a, b], *place) for (a, b), place in places.items()]
    return sorted(bands, key=lambda band: -band.value)

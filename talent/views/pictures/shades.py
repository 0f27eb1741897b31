"""The table with shades, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from talent.flows import Count, End, Matrix
from talent.pictures.flows import Address, between, end_name, ends_of, shade


@dataclass(frozen=True, slots=True)
class Shade:
    """A cell: its number, how dark it is, and the list behind it."""

    count: Count
    level: int
    address: str


@dataclass(frozen=True, slots=True)
class Shades:
    """The heads of the columns, and the rows with their heads."""

    columns: list[str]
    rows: list[tuple[str, list[Shade | None]]]


def shaded(matrix: Matrix, address: Address) -> Shades:
    """Every origin with every destination; None where there is nothing to count."""
    flow = between(matrix, address)
    origins, destinations = ends_of(matrix)
    most = max((count.moves for count in flow.cells.values()), default=1)

    def cell(origin: End, destination: End) -> Shade | None:
        count = flow.cells.get((origin.id, destination.id))
        if count is None:
            return None
        return Shade(count, shade(count.moves, most), flow.leads_to(origin.id, destination.id))

    rows = [(end_name(origin), [cell(origin, destination) for destination in destinations]) for origin in origins]
    return Shades([end_name(end) for end in destinations], rows)

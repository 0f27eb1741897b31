"""Moves between companies: as bands from origins to destinations, and as a table with shades."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talent.flows import OTHERS, UNKNOWN, Count, End, Matrix
from talent.pictures.letters import cut, width_of
from talent.pictures.sankey import Band, Layout, Node, lay_out
from talent.pictures.sheet import Drawing, Sheet, curve
from talent.pictures.tables import Cell, Coverage, Picture, Table, small_numbers, tally
from talent.templatetags.names import own_name

# The list of moves from one end to another; None where any will do.
Address = Callable[[End | None, End | None], str]
SHADES = 5
_GAP, _BAR = 12.0, 9.0
_TOP = 24.0
_REST = (OTHERS.id, UNKNOWN.id)


@dataclass(frozen=True, slots=True)
class Flow:
    """What one picture of bands is drawn from."""

    ends: dict[int, End]
    cells: dict[tuple[int, int], Count]
    address: Address

    def name(self, end: int) -> str:
        return end_name(self.ends[end])

    def leads_to(self, origin: int | None, destination: int | None) -> str:
        """The list of the moves between two ends."""
        return self.address(self._chosen(origin), self._chosen(destination))

    def _chosen(self, end: int | None) -> End | None:
        """The end where it is one company."""
        return None if end is None or end in _REST else self.ends[end]


def end_name(end: End) -> str:
    """A company's name in the reader's script, or what stands for no single one."""
    if end.id == OTHERS.id:
        return _("all others")
    return _("not stated") if end.id == UNKNOWN.id else own_name(end)


def between(matrix: Matrix, address: Address) -> Flow:
    """The flows with a chosen company at one end at least."""
    ends = {end.id: end for end in (*matrix.origins, *matrix.destinations, OTHERS, UNKNOWN)}
    cells = {pair: count for pair, count in matrix.cells.items() if not {*pair} <= {*_REST}}
    return Flow(ends, cells, address)


def sankey(matrix: Matrix, address: Address, *, window: str) -> Picture:
    """The flows as bands. ``window`` tells the time in words."""
    flow = between(matrix, address)
    return _picture("sankey", flow, matrix, window, partial(_draw_bands, flow))


def heat(matrix: Matrix, address: Address, *, window: str) -> Picture:
    """The same flows as a table with shades, for a file."""
    flow = between(matrix, address)
    return _picture("matrix", flow, matrix, window, partial(_draw_matrix, matrix, flow))


def _picture(name: str, flow: Flow, matrix: Matrix, window: str, draw: Any) -> Picture:
    shown = sum(count.moves for count in flow.cells.values())
    title = _("Moves between companies, %(window)s") % {"window": window}
    if matrix.at_hand:
        summary = ngettext(
            "%(n)s move has one of these companies at an end.", "%(n)s moves have one of these companies at an end.",
            shown,
        ) % {"n": tally(shown)}  # fmt: skip
    else:
        summary = ngettext(
            "%(shown)s of %(n)s move has one of these companies at an end.",
            "%(shown)s of %(n)s moves have one of these companies at an end.",
            matrix.total.moves,
        ) % {"shown": tally(shown), "n": tally(matrix.total.moves)}
    counts = flow.cells.values()
    coverage = Coverage(shown, sum(c.reports for c in counts), sum(c.single for c in counts))
    return Picture(
        name, title, summary, _table(flow), coverage, partial(draw, title, summary),
        reading=_(
            "The breadth of a band is the number of moves; a group counts as one, however many people are in it. "
            "A company without a band has no reported move in this time: that is what was reported, not what happened."
        ),
        warning=small_numbers(c.moves for c in counts),
    )  # fmt: skip


def _table(flow: Flow) -> Table:
    columns = (
        ("from", _("From")), ("to", _("To")), ("moves", _("Moves")), ("groups", _("of them groups")),
        ("people_min", _("People, at least")), ("reports", _("Independent reports")),
        ("single", _("with one reporter")),
    )  # fmt: skip
    largest = sorted(
        flow.cells.items(), key=lambda cell: (-cell[1].moves, flow.name(cell[0][0]), flow.name(cell[0][1]))
    )
    return Table(columns, [_row(flow, *pair, count) for pair, count in largest])


def _row(flow: Flow, origin: int, destination: int, count: Count) -> list[Cell]:
    return [
        Cell(flow.name(origin)),
        Cell(flow.name(destination)),
        Cell(count.moves, tally(count.moves), flow.leads_to(origin, destination)),
        Cell(count.groups),
        Cell(count.people_least),
        Cell(count.reports),
        Cell(count.single),
    ]


# ------------------------------------------------------------------ bands


def _draw_bands(flow: Flow, title: str, summary: str, width: float) -> Drawing:
    sheet = Sheet("sankey", width)
    beside = 92.0 if sheet.narrow else 190.0
    nodes = max(len({pair[side] for pair in flow.cells}) for side in (0, 1)) if flow.cells else 0
    height = max(220.0, 34.0 * nodes)
    flows = {pair: float(count.moves) for pair, count in flow.cells.items()}
    layout = lay_out(flows, height=height, gap=_GAP, last=_REST)
    with sheet.unsaid():
        sheet.text(beside, 12, _("from"), "note end")
        sheet.text(width - beside, 12, _("to"), "note")
    for band in layout.bands:
        _band(sheet, flow, band, beside)
    _bars(sheet, flow, layout, beside)
    return sheet.done(title, summary, _TOP + height + 4)


def _band(sheet: Sheet, flow: Flow, band: Band, beside: float) -> None:
    origin, destination = band.source.key, band.target.key
    moves = int(band.value)
    said = f"{flow.name(origin)} → {flow.name(destination)}: {_moves(moves)}"
    look = "rest" if {origin, destination} & {*_REST} else "band"
    data = {"from": origin, "to": destination, "value": moves}
    with sheet.link(flow.leads_to(origin, destination), said, **data):
        spine = curve(beside + _BAR, _TOP + band.y1, sheet.width - beside - _BAR, _TOP + band.y2)
        sheet.path(spine, look, stroke_width=max(band.breadth, 1.0))


def _bars(sheet: Sheet, flow: Flow, layout: Layout, beside: float) -> None:
    """The companies at both sides, each with its name and number."""
    for column, x, side in ((layout.left, beside, "end"), (layout.right, sheet.width - beside - _BAR, "")):
        for node in column:
            end = node.key
            address = flow.leads_to(end, None) if side else flow.leads_to(None, end)
            with sheet.link(address, f"{flow.name(end)}: {_moves(int(node.value))}", node=end):
                sheet.rect(x, _TOP + node.y, _BAR, max(node.height, 1.5), "rest-node" if end in _REST else "node")
                _name(sheet, flow.name(end), node, x, side=side, beside=beside)


def _name(sheet: Sheet, name: str, node: Node, x: float, *, side: str, beside: float) -> None:
    size = 12 if sheet.narrow else 14
    count = tally(int(node.value))
    label = cut(name, size, beside - width_of(count, size) - 22)
    words = f"{label} {count}" if side else f"{count} {label}"
    y = _TOP + node.middle + size * 0.36
    place = x - 8 if side else x + _BAR + 8
    sheet.text(place, y, words, f"{'note' if sheet.narrow else 'label'} {side} ink over")


def _moves(moves: int) -> str:
    return ngettext("%(n)s move", "%(n)s moves", moves) % {"n": tally(moves)}


# ------------------------------------------------------------------ shades


def shade(moves: int, most: int) -> int:
    """How dark a number of moves is, from 0 for none to ``SHADES`` for the most: each doubling counts alike."""
    if moves <= 0:
        return 0
    # log2 of both, rounded down by counting bits.
    reach = max(most.bit_length() - 1, 1)
    return 1 + min(SHADES - 1, (moves.bit_length() - 1) * (SHADES - 1) // reach)


def ends_of(matrix: Matrix) -> tuple[list[End], list[End]]:
    """Rows and columns of the table: the companies, then the others and the unknown where anything is in them."""
    sides = []
    for side, chosen in ((0, matrix.origins), (1, matrix.destinations)):
        others = {end.id for end in (matrix.destinations if side == 0 else matrix.origins)}
        rest = [e for e in (OTHERS, UNKNOWN) if any(p[side] == e.id and p[1 - side] in others for p in matrix.cells)]
        sides.append([*chosen, *rest])
    return sides[0], sides[1]


def _draw_matrix(matrix: Matrix, flow: Flow, title: str, summary: str, width: float) -> Drawing:
    sheet = Sheet("matrix", width)
    rows, columns = ends_of(matrix)
    beside, above = 170.0, 120.0
    cell = min(46.0, (width - beside - 60) / max(len(columns), 1))
    with sheet.unsaid():
        for place, end in enumerate(columns):
            x = beside + cell * (place + 0.5)
            sheet.text(x + 4, above - 8, cut(end_name(end), 12, above - 12), "note", turn=-55)
        for place, end in enumerate(rows):
            words = cut(end_name(end), 13, beside - 16)
            sheet.text(beside - 10, above + 30 * place + 20, words, "figure end")
    most = max((count.moves for count in flow.cells.values()), default=1)
    for down, origin in enumerate(rows):
        for across, destination in enumerate(columns):
            moves = matrix.cell(origin, destination).moves if (origin.id, destination.id) in flow.cells else 0
            _shaded(
                sheet, flow, (origin, destination), moves, most, (beside + cell * across, above + 30.0 * down, cell)
            )
    return sheet.done(title, summary, above + 30 * len(rows) + 4)


def _shaded(
    sheet: Sheet, flow: Flow, pair: tuple[End, End], moves: int, most: int, place: tuple[float, float, float]
) -> None:
    x, y, wide = place
    if not moves:
        sheet.rect(x + 1, y + 1, wide - 2, 28, "wash")
        return
    said = f"{end_name(pair[0])} → {end_name(pair[1])}: {_moves(moves)}"
    with sheet.link(flow.leads_to(pair[0].id, pair[1].id), said, value=moves):
        sheet.rect(x + 1, y + 1, wide - 2, 28, f"heat-{shade(moves, most)}")
        sheet.text(x + wide / 2, y + 20, tally(moves), "figure middle")

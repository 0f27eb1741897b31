"""Where a company's people came from, and where they went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talent.flows import Flow, Partners
from talent.pictures.flows import end_name
from talent.pictures.letters import cut
from talent.pictures.sheet import Drawing, Sheet
from talent.pictures.tables import Cell, Coverage, Picture, Table, small_numbers, tally

# The list of the company's moves from ("from") or to ("to") the company of that slug; "" for no single one.
Address = Callable[[str, str], str]
_ROW, _HEAD, _BETWEEN = 40.0, 30.0, 36.0


def partners(name: str, found: Partners, address: Address) -> Picture:
    """The origins and destinations of the people of the company of that name."""
    title = _("%(company)s: where people came from and went") % {"company": name}
    came, went = found.arrivals, found.departures
    summary = _("%(came)s, %(went)s.") % {
        "came": ngettext("%(n)s arrival", "%(n)s arrivals", came.moves) % {"n": tally(came.moves)},
        "went": ngettext("%(n)s departure", "%(n)s departures", went.moves) % {"n": tally(went.moves)},
    }
    coverage = Coverage(came.moves + went.moves, came.reports + went.reports, came.single + went.single)
    return Picture(
        "partners", title, summary, _table(found, address), coverage, partial(_draw, found, address, title, summary),
        reading=_("A bar is a number of moves; a group counts as one. “Not stated” means that no source says it."),
        warning=small_numbers(flow.count.moves for _side, _heading, flows in _sides(found) for flow in flows),
    )  # fmt: skip


def _sides(found: Partners) -> list[tuple[str, str, Sequence[Flow]]]:
    return [("from", _("Came from"), found.origins), ("to", _("Went to"), found.destinations)]


def _table(found: Partners, address: Address) -> Table:
    columns = (
        ("direction", _("Direction")), ("company", _("Company")), ("moves", _("Moves")),
        ("groups", _("of them groups")), ("reports", _("Independent reports")), ("single", _("with one reporter")),
    )  # fmt: skip
    rows = [
        [
            Cell(side, heading),
            Cell(end_name(flow.end)),
            Cell(flow.count.moves, tally(flow.count.moves), address(side, flow.end.slug)),
            Cell(flow.count.groups),
            Cell(flow.count.reports),
            Cell(flow.count.single),
        ]
        for side, heading, flows in _sides(found)
        for flow in flows
    ]
    return Table(columns, rows)


def _draw(found: Partners, address: Address, title: str, summary: str, width: float) -> Drawing:
    sheet = Sheet("partners", width)
    most = max([flow.count.moves for _side, _heading, flows in _sides(found) for flow in flows] or [1])
    x, y, tall = 0.0, 0.0, 0.0
    column = width if sheet.narrow else (width - _BETWEEN) / 2
    for side, heading, flows in _sides(found):
        with sheet.unsaid():
            sheet.text(x, y + 18, heading, "heading")
            sheet.line(x, y + 26, x + column, y + 26, "grid")
        for place, flow in enumerate(flows):
            _bar(sheet, side, flow, address, x=x, y=y + _HEAD + _ROW * place, room=column, most=most)
        bottom = y + _HEAD + _ROW * len(flows)
        tall = max(tall, bottom)
        x, y = (0.0, bottom + 20) if sheet.narrow else (column + _BETWEEN, 0.0)
    return sheet.done(title, summary, tall + 4)


def _bar(sheet: Sheet, side: str, flow: Flow, address: Address, *, x: float, y: float, room: float, most: int) -> None:
    moves = flow.count.moves
    said = f"{end_name(flow.end)}: " + ngettext("%(n)s move", "%(n)s moves", moves) % {"n": tally(moves)}
    with sheet.link(address(side, flow.end.slug), said, value=moves, side=side):
        sheet.rect(x, y, room, _ROW - 2, "ground clear")
        sheet.text(x, y + 17, cut(end_name(flow.end), 14, room - 50), "label")
        sheet.text(x + room, y + 17, tally(moves), "label end")
        look = "arrivals" if side == "from" else "departures"
        sheet.rect(x, y + 23, max(room * moves / most, 2.0), 8, look if flow.end.slug else f"{look} pale")

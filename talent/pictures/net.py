"""Arrivals at a company above a line, departures below it, and what is left of them, by year, quarter or month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talent.flows import Step, add
from talent.pictures.letters import width_of
from talent.pictures.scales import Scale, round_step
from talent.pictures.sheet import Drawing, Sheet, steps
from talent.pictures.tables import Cell, Coverage, Picture, Table, small_numbers, tally

# The list of moves to or from the company between two days.
Address = Callable[[str, date, date], str]
_TOP, _TALL = 24.0, 260.0
# On a line of more steps dots would be all there is to see.
_DOTTED = 48


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bars of one step stand."""

    left: float
    wide: float

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2


def net_flow(name: str, over: Sequence[Step], address: Address) -> Picture:
    """The steps of the company of that name, oldest first."""
    title = _("%(company)s: arrivals and departures over time") % {"company": name}
    came, went = add(step.arrivals for step in over), add(step.departures for step in over)
    summary = _("%(came)s, %(went)s: a net of %(net)s.") % {
        "came": ngettext("%(n)s arrival", "%(n)s arrivals", came.moves) % {"n": tally(came.moves)},
        "went": ngettext("%(n)s departure", "%(n)s departures", went.moves) % {"n": tally(went.moves)},
        "net": signed(came.moves - went.moves),
    }
    coverage = Coverage(came.moves + went.moves, came.reports + went.reports, came.single + went.single)
    shown = list(over) if coverage.facts else []
    return Picture(
        "net", title, summary, _table(shown, address), coverage, partial(_draw, shown, address, title, summary),
        reading=_(
            "Bars upwards are arrivals, bars downwards departures, the line is the difference. A move counts in the "
            "first month its date allows; a group counts as one."
        ),
        warning=small_numbers(count.moves for step in shown for count in (step.arrivals, step.departures)),
    )  # fmt: skip


def signed(value: int) -> str:
    """A difference with its sign."""
    return f"+{tally(value)}" if value > 0 else f"−{tally(-value)}" if value < 0 else "0"


def _table(over: Sequence[Step], address: Address) -> Table:
    columns = (
        ("period", _("Period")), ("arrivals", _("Arrivals")), ("departures", _("Departures")), ("net", _("Net")),
        ("reports", _("Independent reports")),
    )  # fmt: skip
    rows = [
        [
            Cell(step.period),
            Cell(step.arrivals.moves, address=address("to", step.first, step.last) if step.arrivals.moves else ""),
            Cell(
                step.departures.moves, address=address("from", step.first, step.last) if step.departures.moves else ""
            ),
            Cell(step.net, signed(step.net)),
            Cell(step.arrivals.reports + step.departures.reports),
        ]
        for step in over
    ]
    return Table(columns, rows)


def _draw(over: Sequence[Step], address: Address, title: str, summary: str, width: float) -> Drawing:
    sheet = Sheet("net", width)
    up = max([step.arrivals.moves for step in over] or [0])
    down = max([step.departures.moves for step in over] or [0])
    scale = Scale(-float(max(down, 1)), float(max(up, 1)), _TOP + _TALL, _TOP)
    places = _places(sheet, over)
    _axis(sheet, scale)
    for step, place in zip(over, places, strict=True):
        _bars(sheet, step, place, scale, address)
    with sheet.unsaid():
        _line(sheet, over, places, scale)
        sheet.text(0, 14, _("arrivals"), "note is-confirmed")
        sheet.text(0, _TOP + _TALL + 18, _("departures"), "note is-rumoured")
        _periods(sheet, over, places)
    return sheet.done(title, summary, _TOP + _TALL + 44)


def _places(sheet: Sheet, over: Sequence[Step]) -> list[Place]:
    room = sheet.width - 44
    each = min(room / max(len(over), 1), 120.0)
    return [Place(each * n + each * 0.16, each * 0.68) for n in range(len(over))]


def _axis(sheet: Sheet, scale: Scale) -> None:
    """Lines at round numbers."""
    step = round_step(scale.high - scale.low, 6)
    value = -int(-scale.low // step) * step
    with sheet.unsaid():
        while value <= scale.high:
            if value:
                sheet.line(0, scale(value), sheet.width, scale(value), "grid")
            sheet.text(sheet.width, scale(value) - 4, tally(abs(int(value))), "note end over")
            value += step


def _periods(sheet: Sheet, over: Sequence[Step], places: list[Place]) -> None:
    """What time it is, as often as there is room for."""
    free = 0.0
    for step, place in zip(over, places, strict=True):
        half = width_of(step.period, 12) / 2
        middle = max(place.middle, half)
        if middle - half >= free:
            sheet.text(middle, _TOP + _TALL + 38, step.period, "note middle")
            free = middle + half + 8


def _bars(sheet: Sheet, step: Step, place: Place, scale: Scale, address: Address) -> None:
    for count, sign, side, look in ((step.arrivals, 1, "to", "arrivals"), (step.departures, -1, "from", "departures")):
        if not count.moves:
            continue
        words = {
            "to": ngettext("%(n)s arrival", "%(n)s arrivals", count.moves),
            "from": ngettext("%(n)s departure", "%(n)s departures", count.moves),
        }[side] % {"n": tally(count.moves)}
        end = scale(sign * count.moves)
        with sheet.link(address(side, step.first, step.last), f"{step.period}: {words}", value=count.moves, side=side):
            sheet.rect(place.left, min(end, scale(0)), place.wide, abs(end - scale(0)), f"{look} pale")


def _line(sheet: Sheet, over: Sequence[Step], places: list[Place], scale: Scale) -> None:
    """The difference, from step to step."""
    sheet.line(0, scale(0), sheet.width, scale(0), "axis")
    points = [(place.middle, scale(step.net)) for step, place in zip(over, places, strict=True)]
    if len(points) > 1:
        sheet.path(steps(points), "net halo")
        sheet.path(steps(points), "net")
    for x, y in points if len(points) <= _DOTTED else []:
        sheet.circle(x, y, 4, "dot")
    if points:
        right = max(points[-1][0] + 9, places[-1].left + places[-1].wide + 4)
        sheet.text(right, points[-1][1] + 4, signed(over[-1].net), "figure over")

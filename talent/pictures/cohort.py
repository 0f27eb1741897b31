"""A group's move: how many of how many went, and which of them are known by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from talent.models import Status
from talent.pictures.letters import cut
from talent.pictures.sheet import Drawing, Sheet
from talent.pictures.tables import Cell, Coverage, Picture, Table
from talent.templatetags.amounts import out_of
from talent.templatetags.dates import dated
from talent.templatetags.names import own_name
from talent.templatetags.wording import sentence

# Beyond so many people a dot for each is no picture; shares of one bar are.
MOST_DOTS = 300
_DOT, _ROW = 26.0, 24.0


@dataclass(frozen=True, slots=True)
class Group:
    """The numbers: people known by name, reported at least and at most, and of how many."""

    named: int
    low: int
    high: int | None
    whole: int | None

    @property
    def sure(self) -> int:
        """Reported, or named where more are named than were reported."""
        return max(self.low, self.named)

    @property
    def size(self) -> int:
        """So many have a place in the picture."""
        return max(self.whole or 0, self.high or 0, self.sure)


def cohort(move: Any, members: Sequence[Any]) -> Picture:
    """The group's move with the named moves that belong to it."""
    group = Group(len(members), move.cohort_min or 0, move.cohort_max, move.cohort_of)
    counted = out_of(move.cohort_min, move.cohort_max, move.cohort_of)
    summary = _("%(counted)s reported; %(named)s known by name may be among them.") % {
        "counted": counted or _("Number not stated"),
        "named": len(members),
    }
    title = sentence(move, attributed=False).striptags()
    return Picture(
        "cohort", title, summary, _table(group, members, move), Coverage.of([move, *members], compared=False),
        partial(_draw, group, list(members), title, summary),
        reading=_(
            "Each dot is a person: filled for somebody named whose move fits the companies and the time of the group, "
            "pale where only the number is reported, hatched between the lower and the upper bound, empty where "
            "nothing is reported."
        ),
    )  # fmt: skip


def _table(group: Group, members: Sequence[Any], move: Any) -> Table:
    columns = (("who", _("Who")), ("people", _("People")), ("date", _("When")), ("status", _("Status")))
    when = Cell(move.date, dated(move), move.get_absolute_url())
    status = Cell(move.status, str(Status(move.status).label))
    totals = [
        (_("reported, at least"), move.cohort_min),
        (_("reported, at most"), group.high),
        (_("of how many"), group.whole),
        (_("known by name"), group.named),
    ]
    rows = [[Cell(label), Cell(number), when, status] for label, number in totals if number is not None]
    return Table(columns, [*rows, *(_member(member) for member in members)])


def _member(member: Any) -> list[Cell]:
    return [
        Cell(own_name(member.person), address=member.get_absolute_url()),
        Cell(1),
        Cell(member.date, dated(member)),
        Cell(member.status, str(Status(member.status).label)),
    ]


def _draw(group: Group, members: list[Any], title: str, summary: str, width: float) -> Drawing:
    sheet = Sheet("cohort", width)
    bottom = _dots(sheet, group, members) if group.size <= MOST_DOTS else _shares(sheet, group)
    bottom = _names(sheet, members, bottom + 16) if members else bottom
    return sheet.done(title, summary, bottom + 4)


def _dots(sheet: Sheet, group: Group, members: list[Any]) -> float:
    a_row = min(int(sheet.width // _DOT), 25)
    for number in range(group.size):
        x, y = _DOT * (number % a_row) + _DOT / 2, _DOT * (number // a_row) + _DOT / 2
        if number < group.named:
            member = members[number]
            with sheet.link(member.get_absolute_url(), own_name(member.person), named=1):
                sheet.circle(x, y, 10, "plain")
        else:
            _nameless(sheet, group, number, x, y)
    return _DOT * -(-group.size // a_row)


def _nameless(sheet: Sheet, group: Group, number: int, x: float, y: float) -> None:
    """Reported, perhaps, or not reported."""
    if number < group.sure:
        sheet.circle(x, y, 10, "plain faint")
        sheet.circle(x, y, 3, "plain")
    elif group.high is not None and number < group.high:
        sheet.rect(x - 10, y - 10, 20, 20, "plain", fill=sheet.hatched("link"), rx=10)
    else:
        sheet.circle(x, y, 9.5, "empty")


def _shares(sheet: Sheet, group: Group) -> float:
    """The same as one bar."""
    unit, tall = sheet.width / group.size, 28.0
    sheet.rect(0.5, 0.5, sheet.width - 1, tall - 1, "empty")
    if group.high is not None and group.high > group.sure:
        sheet.rect(unit * group.sure, 0, unit * (group.high - group.sure), tall, "plain", fill=sheet.hatched("link"))
    sheet.rect(0, 0, unit * group.sure, tall, "plain faint")
    sheet.rect(0, 0, unit * group.named, tall, "plain")
    return tall


def _names(sheet: Sheet, members: list[Any], top: float) -> float:
    """Who is known, in columns."""
    columns = 2 if sheet.narrow else 4
    wide = sheet.width / columns
    with sheet.unsaid():
        for number, member in enumerate(members):
            x, y = wide * (number % columns), top + _ROW * (number // columns) + 14
            sheet.circle(x + 5, y - 5, 4, "plain")
            sheet.text(x + 15, y, cut(own_name(member.person), 13, wide - 24), "figure")
    return top + _ROW * -(-len(members) // columns)

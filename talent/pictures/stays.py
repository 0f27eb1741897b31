"""How long people stayed at a company, where both their arrival and their departure are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talent.models import Status
from talent.pictures.letters import cut, width_of
from talent.pictures.marks import UNTRUE, When
from talent.pictures.scales import Scale, from_zero
from talent.pictures.sheet import Drawing, Sheet
from talent.pictures.tables import Cell, Coverage, Picture, Table, sentences
from talent.templatetags.dates import dated
from talent.templatetags.names import own_name

# As many as a reader can look at; the longest.
MOST = 40
_YEAR = 365.25
_FIRM = {"confirmed", "reported"}
_ROW, _HEAD, _FOOT = 40.0, 22.0, 6.0


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's time at the company: at least and at most so many years."""

    arrival: Any
    departure: Any
    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def words(self) -> str:
        """ "1.5 years", "between 1 and 2 years"."""
        low, high = (f"{value:.1f}".removesuffix(".0") for value in (self.low, self.high))
        return (
            _("%(n)s years") % {"n": high}
            if low == high
            else _("%(low)s to %(high)s years") % {"low": low, "high": high}
        )


def pair(arrivals: Iterable[Any], departures: Iterable[Any]) -> list[Stay]:
    """Each arrival with the next departure of the same person; only what can be told in years, the longest first."""
    leaving: dict[int, list[Any]] = {}
    for move in sorted(departures, key=lambda m: (m.sort_date, m.pk)):
        leaving.setdefault(move.person_id, []).append(move)
    found: list[Stay] = []
    for move in sorted(arrivals, key=lambda m: (m.sort_date, m.pk), reverse=True):
        later = [each for each in leaving.get(move.person_id, []) if each.sort_date >= move.sort_date]
        if later:
            leaving[move.person_id] = [each for each in leaving[move.person_id] if each is not later[0]]
            found += filter(None, [_stay(move, later[0])])
    return sorted(found, key=lambda stay: (-stay.middle, stay.arrival.pk))


def _stay(arrival: Any, departure: Any) -> Stay | None:
    """None where one of the dates is not stated or open, and where either did not happen."""
    came, went = When.of(arrival), When.of(departure)
    if not (came.first and came.last and went.first and went.last) or {arrival.status, departure.status} & {*UNTRUE}:
        return None
    low, high = (went.first - came.last).days, (went.last - came.first).days
    return Stay(arrival, departure, max(low, 0) / _YEAR, high / _YEAR) if high >= 0 else None


def stays(name: str, found: Sequence[Stay], *, arrived: str) -> Picture:
    """The stays at the company of that name, of so many people, in words, whose arrival is known."""
    shown = list(found[:MOST])
    title = _("%(company)s: how long people stayed") % {"company": name}
    summary = ngettext(
        "%(n)s stay with both ends known, of %(all)s known arrivals.",
        "%(n)s stays with both ends known, of %(all)s known arrivals.",
        len(found),
    ) % {"n": len(found), "all": arrived}
    if len(found) > 1:
        half = median(stay.middle for stay in found)
        summary = sentences(summary, _("Half of them lasted up to %(years)s years.") % {"years": f"{half:.1f}"})
    facts = [move for stay in found for move in (stay.arrival, stay.departure)]
    return Picture(
        "stays", title, summary, _table(shown), Coverage.of(facts), partial(_draw, shown, title, summary),
        reading=_(
            "The dark part is the shortest that the dates allow, the pale part the longest. People who are still "
            "there, or whose departure nobody reported, are not in the picture: it shows stays that ended."
        ),
    )  # fmt: skip


def _table(found: Sequence[Stay]) -> Table:
    columns = (
        ("person", _("Person")), ("arrived", _("Arrived")), ("left", _("Left")), ("min_years", _("Years, at least")),
        ("max_years", _("Years, at most")), ("status", _("Status")),
    )  # fmt: skip
    return Table(columns, [_row(stay) for stay in found])


def _row(stay: Stay) -> list[Cell]:
    statuses = [stay.arrival.status, stay.departure.status]
    return [
        Cell(own_name(stay.arrival.person), address=stay.arrival.person.get_absolute_url()),
        Cell(stay.arrival.date, dated(stay.arrival), stay.arrival.get_absolute_url()),
        Cell(stay.departure.date, dated(stay.departure), stay.departure.get_absolute_url()),
        Cell(round(stay.low, 2)),
        Cell(round(stay.high, 2)),
        Cell(" / ".join(dict.fromkeys(statuses)), " / ".join(dict.fromkeys(str(Status(s).label) for s in statuses))),
    ]


def _draw(found: list[Stay], title: str, summary: str, width: float) -> Drawing:
    sheet = Sheet("stays", width)
    height = _HEAD + _ROW * len(found) + _FOOT
    scale = from_zero([stay.high for stay in found], 0.0, width - 1)
    with sheet.unsaid():
        for tick in scale.ticks(5 if sheet.narrow else 10):
            sheet.line(scale(tick), 0, scale(tick), height, "grid")
            words = ngettext("%(n)s year", "%(n)s years", int(tick)) % {"n": int(tick)}
            if scale(tick) < width - width_of(words, 12) - 6:
                sheet.text(scale(tick) + 4, 11, words if tick else "0", "note")
    for number, stay in enumerate(found):
        _line(sheet, stay, scale, _HEAD + _ROW * number)
    return sheet.done(title, summary, height)


def _line(sheet: Sheet, stay: Stay, scale: Scale, y: float) -> None:
    person = stay.arrival.person
    said = f"{own_name(person)}: {stay.words}"
    with sheet.link(person.get_absolute_url(), said, low=round(stay.low, 2), high=round(stay.high, 2)):
        sheet.rect(0, y, sheet.width, _ROW - 2, "ground clear")
        label = cut(own_name(person), 14, sheet.width - width_of(stay.words, 12) - 12)
        sheet.text(2, y + 16, label, "label over")
        sheet.text(width_of(label, 14) + 12, y + 16, stay.words, "note over")
        look = "plain" if {stay.arrival.status, stay.departure.status} <= _FIRM else "is-rumoured"
        sheet.rect(0, y + 22, scale(stay.low), 11, look)
        sheet.rect(scale(stay.low), y + 22, scale(stay.high) - scale(stay.low), 11, f"{look} faint")

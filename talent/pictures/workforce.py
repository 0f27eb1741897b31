"""How many people a company employs and lets go, as it was said over time; bounds stay bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talent.models import Metric, Status
from talent.pictures.letters import width_of
from talent.pictures.marks import UNTRUE, When, cross, edge, years
from talent.pictures.scales import Days, Scale, from_zero, over
from talent.pictures.sheet import Drawing, Sheet
from talent.pictures.tables import Cell, Coverage, Picture, Table
from talent.templatetags.amounts import number, signal_value
from talent.templatetags.dates import day, in_words

# The metrics that are drawn, each on a panel of its own, and in which units they can share an axis.
PANELS = (Metric.HEADCOUNT, Metric.LAYOFFS)
_UNITS = ("", "people", "jobs")
_TOP, _PANEL, _BETWEEN = 26.0, 190.0, 56.0
# An open bound is drawn so far beyond the known one.
_OPEN = 26.0


@dataclass(frozen=True, slots=True)
class Count:
    """One signal with a number."""

    metric: str
    when: When
    low: float | None
    high: float | None
    words: str
    date_words: str
    team: str
    status: str
    address: str

    @property
    def bounds(self) -> list[float]:
        return [value for value in (self.low, self.high) if value is not None]


def workforce(name: str, signals: Sequence[Any]) -> Picture:
    """The headcounts and layoffs of the company of that name, oldest first."""
    told = sorted((s for s in signals if s.metric in PANELS and _numbered(s)), key=lambda s: (s.sort_date, s.pk))
    drawn = [_count(s) for s in told if s.unit in _UNITS and not s.team]
    title = _("%(company)s: headcount and layoffs as reported") % {"company": name}
    summary = ngettext("%(n)s figure over time.", "%(n)s figures over time.", len(told)) % {"n": len(told)}
    return Picture(
        "workforce", title, summary, _table(told), Coverage.of(told), partial(_draw, drawn, title, summary),
        reading=_(
            "A dot is a number as reported, a bar with ends a range, a bar that fades a bound without its other end. "
            "Shares, and numbers of single teams, stand in the table alone."
        ),
    )  # fmt: skip


def _numbered(signal: Any) -> bool:
    return signal.value_min is not None or signal.value_max is not None


def _count(signal: Any) -> Count:
    return Count(
        metric=signal.metric,
        when=When.of(signal),
        low=None if signal.value_min is None else float(signal.value_min),
        high=None if signal.value_max is None else float(signal.value_max),
        words=signal_value(signal),
        date_words=in_words(signal.date) or _("reported %(day)s") % {"day": day(signal.sort_date)},
        team=signal.team,
        status=signal.status,
        address=signal.get_absolute_url(),
    )


def _table(signals: Sequence[Any]) -> Table:
    columns = (
        ("date", _("When")), ("metric", _("What is measured")), ("team", _("Team")), ("min", _("At least")),
        ("max", _("At most")), ("unit", _("Unit")), ("status", _("Status")), ("reporters", _("Independent reporters")),
    )  # fmt: skip
    return Table(columns, [_row(signal) for signal in signals])


def _row(signal: Any) -> list[Cell]:
    date_words = in_words(signal.date) or _("reported %(day)s") % {"day": day(signal.sort_date)}
    return [
        Cell(signal.date, date_words, signal.get_absolute_url()),
        Cell(signal.metric, str(Metric(signal.metric).label)),
        Cell(signal.team),
        _bound(signal.value_min),
        _bound(signal.value_max),
        Cell(signal.unit),
        Cell(signal.status, str(Status(signal.status).label)),
        Cell(signal.reporters),
    ]


def _bound(value: Any) -> Cell:
    return Cell(None) if value is None else Cell(_plain(value), number(value))


def _plain(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def _draw(counts: list[Count], title: str, summary: str, width: float) -> Drawing:
    sheet = Sheet("workforce", width)
    panels = [metric for metric in PANELS if any(count.metric == metric for count in counts)]
    height = _TOP + len(panels) * (_PANEL + _BETWEEN) - _BETWEEN / 2 if panels else _TOP
    known = [day_ for count in counts for day_ in count.when.known]
    if known:
        days = over(known, 0.0, width - 46)
        years(sheet, days, top=0, bottom=height)
        for place, metric in enumerate(panels):
            top = _TOP + place * (_PANEL + _BETWEEN)
            _panel(sheet, [c for c in counts if c.metric == metric], days, top)
    return sheet.done(title, summary, height)


def _panel(sheet: Sheet, counts: list[Count], days: Days, top: float) -> None:
    """One metric: its name, its axis, its marks."""
    scale = from_zero([bound * 1.12 for count in counts for bound in count.bounds], top + _PANEL, top + 30)
    with sheet.unsaid():
        sheet.text(0, top + 10, str(Metric(counts[0].metric).label).capitalize(), "label over")
        for tick in scale.ticks(4):
            sheet.line(0, scale(tick), sheet.width, scale(tick), "axis" if tick == 0 else "grid")
            sheet.text(sheet.width, scale(tick) - 4, number(int(tick)), "note end over")
    tops = [_mark(sheet, count, days, scale) for count in counts]
    with sheet.unsaid():
        _labels(sheet, counts, tops)


def _mark(sheet: Sheet, count: Count, days: Days, scale: Scale) -> tuple[float, float]:
    """Draws one number; gives the place above it."""
    left = days(count.when.first or count.when.known[0]) if count.when.known else days.start
    right = days(count.when.last or count.when.known[-1]) if count.when.known else left
    x = (left + right) / 2
    status = str(Status(count.status).label)
    said = ". ".join(part for part in (count.date_words, count.words, count.team, status) if part) + "."
    with sheet.link(count.address, said, value=count.bounds[0], status=count.status):
        if right - left > 8:
            for bound in count.bounds[-1:]:
                sheet.rect(left, scale(bound) - 2.5, right - left, 5, f"is-{count.status} faint")
        _amount(sheet, count, x, scale)
    return x, min(scale(bound) for bound in count.bounds) - (_OPEN if count.high is None else 0) - 12


def _amount(sheet: Sheet, count: Count, x: float, scale: Scale) -> None:
    """A dot for a number, a bar for a range; a bound without its other end fades."""
    ys = [scale(bound) for bound in count.bounds]
    if count.low is None or count.high is None:
        top = ys[0] - _OPEN if count.high is None else ys[0]
        height = _OPEN if count.high is None else scale(0) - ys[0]
        for step in range(4):
            share = step if count.high is None else 3 - step
            sheet.rect(
                x - 5, top + height * step / 4, 10, height / 4, f"is-{count.status}", fill_opacity=0.1 + share * 0.13
            )
        sheet.line(x - 9, ys[0], x + 9, ys[0], "bar-end")
    elif ys[0] - ys[-1] > 4:
        sheet.rect(x - 5, ys[-1], 10, ys[0] - ys[-1], f"is-{count.status} faint")
        for y in ys:
            sheet.line(x - 9, y, x + 9, y, "bar-end")
    else:
        firm = count.status == "confirmed"
        sheet.circle(x, ys[0], 6, f"is-{count.status}" if firm else edge(count.status))
        if count.status == "reported":
            sheet.circle(x, ys[0], 3.5, f"is-{count.status}")
    if count.status in UNTRUE:
        cross(sheet, x, ys[0], count.status)


def _labels(sheet: Sheet, counts: list[Count], tops: list[tuple[float, float]]) -> None:
    """The numbers in words above their marks, the newest first, as long as none stands on another."""
    placed: list[tuple[float, float, float]] = []
    for count, (middle, y) in reversed(list(zip(counts, tops, strict=True))):
        half = width_of(count.words, 12) / 2 + 3
        x = min(max(middle, half), sheet.width - half)
        if all(abs(x - other) > half + reach or abs(y - height) > 15 for other, reach, height in placed):
            placed.append((x, half, y))
            sheet.text(x, y, count.words, "note middle over")

"""Reported pay as ranges; an end that no source gives is drawn as open. One currency and one period in a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from talent.models import AttributionKind, CompensationKind, Component, Status
from talent.pictures.letters import cut, width_of
from talent.pictures.marks import bar, point
from talent.pictures.scales import Scale, for_amounts
from talent.pictures.sheet import Drawing, Sheet
from talent.pictures.tables import Cell, Coverage, Picture, Table
from talent.templatetags.amounts import amount, pay
from talent.templatetags.dates import day, in_words
from talent.templatetags.names import outlet, own_name
from talent.templatetags.wording import source_words

# More rows than these are no picture any longer; the table of the list has the rest.
MOST = 40
# By what the rows can be put together.
GROUPINGS = {
    "company": gettext_lazy("company"),
    "role": gettext_lazy("whom it is for"),
    "kind": gettext_lazy("kind of report"),
    "year": gettext_lazy("year"),
}
_ROW, _GROUP, _HEAD, _FOOT = 46.0, 34.0, 24.0, 6.0
_OPEN = 64.0


@dataclass(frozen=True, slots=True)
class Range:
    """One report of pay."""

    company: str
    role: str
    kind: str
    component: str
    year: str
    low: float | None
    high: float | None
    words: str
    status: str
    reporters: int
    date: str
    date_words: str
    source: str
    address: str

    @property
    def bounds(self) -> list[float]:
        return [value for value in (self.low, self.high) if value is not None]

    def group(self, grouping: str) -> str:
        """The heading under which it stands."""
        return str(getattr(self, grouping)) or _("not stated")

    def label(self, grouping: str) -> str:
        """What the heading does not say already."""
        parts = {
            "company": self.company,
            "role": self.role,
            "kind": self.kind,
            "component": "" if self.component == str(Component.TOTAL.label) else self.component,
            "year": self.year,
        }
        return " · ".join(part for name, part in parts.items() if part and name != grouping)


def pay_ranges(reports: Sequence[Any], *, grouping: str, within: str = "") -> Picture:
    """Reports of one currency and one period as a picture. ``within`` names the company or person they are of."""
    ranges = sorted((_range(report) for report in reports), key=lambda r: _place(r, grouping))
    currency = reports[0].currency if reports else ""
    title = _("Pay as reported, by %(what)s") % {"what": GROUPINGS[grouping]}
    if within:
        title = _("%(name)s: pay as reported, by %(what)s") % {"name": within, "what": GROUPINGS[grouping]}
    summary = ngettext("%(n)s figure in %(currency)s, %(period)s.", "%(n)s figures in %(currency)s, %(period)s.",
                       len(ranges)) % {"n": len(ranges), "currency": currency,
                                       "period": period_words(reports[0].period) if reports else ""}  # fmt: skip
    return Picture(
        "pay", title, summary, _table(ranges, currency), Coverage.of(reports),
        partial(_draw, ranges, grouping, currency, title, summary),
        reading=_(
            "A bar is a range, a dot a single figure; a bar that fades has no upper or no lower end in any source. "
            "Nothing is converted: other currencies and periods are other pictures."
        ),
    )  # fmt: skip


def period_words(period: str) -> str:
    """What the amounts are for."""
    if period.startswith("multi_year:"):
        years = int(period.partition(":")[2])
        return ngettext("over %(years)s year", "over %(years)s years", years) % {"years": years}
    known = {
        "year": _("per year"), "month": _("per month"), "hour": _("per hour"), "one_time": _("one payment"),
        "total": _("in all, term not stated"),
    }  # fmt: skip
    return known.get(period, period)


def _place(each: Range, grouping: str) -> tuple[Any, ...]:
    """Groups by name, years newest first; in a group the highest first."""
    group = each.group(grouping)
    return (-int(group) if grouping == "year" and group.isdigit() else group.lower(), -max(each.bounds), each.address)


def _range(report: Any) -> Range:
    return Range(
        company=own_name(report.company) if report.company else "",
        role=own_name(report.person) if report.person else report.population,
        kind=str(CompensationKind(report.kind).label),
        component=str(Component(report.component).label),
        year=str((report.date_first or report.sort_date).year),
        low=None if report.amount_min is None else float(report.amount_min),
        high=None if report.amount_max is None else float(report.amount_max),
        words=pay(report),
        status=report.status,
        reporters=report.reporters,
        date=report.date,
        date_words=in_words(report.date) or _("reported %(day)s") % {"day": day(report.sort_date)},
        source=_source(report.lead_claim),
        address=report.get_absolute_url(),
    )


def _source(claim: Any) -> str:
    """Who says so, and in which outlet."""
    published = outlet(claim.article.source)
    if not claim.attribution or claim.attribution_kind == AttributionKind.ARTICLE:
        return published
    return f"{source_words(claim).striptags()} ({published})"


def _table(ranges: list[Range], currency: str) -> Table:
    columns = (
        ("company", _("Company")), ("for", _("For")), ("kind", _("Kind of report")),
        ("component", _("Part of the pay")),
        ("min", _("At least")), ("max", _("At most")), ("status", _("Status")), ("date", _("When")),
        ("reporters", _("Independent reporters")), ("according_to", _("According to")),
    )  # fmt: skip
    return Table(columns, [_row(each, currency) for each in ranges])


def _row(each: Range, currency: str) -> list[Cell]:
    return [
        Cell(each.company),
        Cell(each.role),
        Cell(each.kind),
        Cell(each.component),
        _bound(each.low, currency),
        _bound(each.high, currency),
        Cell(each.status, str(Status(each.status).label)),
        Cell(each.date, each.date_words, each.address),
        Cell(each.reporters),
        Cell(each.source),
    ]


def _bound(value: float | None, currency: str) -> Cell:
    if value is None:
        return Cell(None)
    exact = Decimal(str(value))
    return Cell(int(value) if value == int(value) else value, amount(exact, currency))


def _draw(ranges: list[Range], grouping: str, currency: str, title: str, summary: str, width: float) -> Drawing:
    sheet = Sheet("pay", width)
    groups = [(heading, list(rows)) for heading, rows in groupby(ranges, key=lambda r: r.group(grouping))]
    height = _HEAD + _GROUP * len(groups) + _row_height(width) * len(ranges) + _FOOT
    # Room for what fades beyond the outermost bounds.
    scale = for_amounts([bound for each in ranges for bound in each.bounds], 8.0, width - _OPEN - 8)
    _axis(sheet, scale, currency, height)
    y = _HEAD
    for heading, rows in groups:
        with sheet.unsaid():
            sheet.text(0, y + 24, cut(heading, 16, width), "heading over")
        y += _GROUP
        for each in rows:
            _line(sheet, each, grouping, scale, y)
            y += _row_height(width)
    return sheet.done(title, summary, height)


def _axis(sheet: Sheet, scale: Scale, currency: str, height: float) -> None:
    with sheet.unsaid():
        for tick in scale.ticks(4 if sheet.narrow else 8):
            words = amount(Decimal(int(tick)), currency)
            sheet.line(scale(tick), 16, scale(tick), height, "grid")
            look = "note" if scale(tick) < width_of(words, 12) / 2 else "note middle"
            sheet.text(scale(tick) - (8 if look == "note" else 0), 11, words, look)


def _line(sheet: Sheet, each: Range, grouping: str, scale: Scale, y: float) -> None:
    status = str(Status(each.status).label)
    said = ". ".join(part for part in (each.label(grouping), each.words, status, each.date_words, each.source) if part)
    tall = _row_height(sheet.width)
    with sheet.link(each.address, said, low=each.low or "", high=each.high or "", status=each.status):
        sheet.rect(0, y, sheet.width, tall, "ground clear")
        words = f"{each.words} · {status}"
        beside = 0.0 if sheet.narrow else width_of(words, 12) + 12
        label = cut(each.label(grouping), 14, sheet.width - beside)
        wide = max(width_of(label, 14) + beside, width_of(words, 12))
        left = max(0.0, min(scale(max(min(each.bounds), scale.low)) - 8, sheet.width - wide))
        sheet.text(left, y + 14, label, "label over")
        place = (left, y + 30) if sheet.narrow else (left + width_of(label, 14) + 12, y + 14)
        sheet.text(*place, cut(words, 12, sheet.width), f"note is-{each.status} over")
        _mark(sheet, each, scale, y + tall - 17)


def _row_height(width: float) -> float:
    """On a phone the amount has a line of its own."""
    return _ROW + 16 if width < 500 else _ROW


def _mark(sheet: Sheet, each: Range, scale: Scale, y: float) -> None:
    xs = [scale(max(bound, scale.low)) for bound in each.bounds]
    if each.high is None:
        bar(sheet, xs[0], xs[0] + _OPEN, each.status, y=y, fill=sheet.fading(each.status))
    elif each.low is None:
        bar(sheet, max(0.0, xs[0] - _OPEN), xs[0], each.status, y=y, fill=sheet.fading(each.status, leftwards=True))
    elif xs[1] - xs[0] < 4:
        point(sheet, xs[0], y, each.status)
        return
    else:
        bar(sheet, xs[0], xs[1], each.status, y=y)
    for x in xs:
        sheet.line(x, y - 10, x, y + 10, "bar-end")

"""How a status and an uncertain day or amount are drawn, alike in every picture: never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from talent.pictures.scales import Days, drawable
from talent.pictures.sheet import Sheet

UNTRUE = ("declined", "denied")
_EDGES = {"planned": "dashed", "rumoured": "dotted"}
HEIGHT = 14.0
_SMALLEST = 7.0


@dataclass(frozen=True, slots=True)
class When:
    """The days on which something can have happened. An end without a day is open; ``stated`` is false where no
    source gives a date, and ``last`` is then the day of the first report."""

    first: date | None
    last: date | None
    about: bool = False
    stated: bool = True

    @classmethod
    def of(cls, fact: Any) -> When:
        """Of a fact's date."""
        if not fact.date:
            return cls(None, fact.sort_date, stated=False)
        return cls(fact.date_first, fact.date_last, about=any(mark in fact.date for mark in "~?%"))

    @property
    def known(self) -> list[date]:
        """The days that an axis must hold."""
        return [drawable(day) for day in (self.first, self.last) if day is not None]


def span(sheet: Sheet, when: When, status: str, *, days: Days, y: float) -> None:
    """A bar over the days on which it can have been: a point for one day, hatched for about, fading where open."""
    left, right = ends(when, days)
    if right - left < _SMALLEST:
        middle = (left + right) / 2
        point(sheet, middle, y, status, about=when.about)
        return
    fill = f"${status}"
    if when.first is None or when.last is None:
        fill = sheet.fading(status, leftwards=when.first is None)
    elif when.about:
        fill = sheet.hatched(status)
    bar(sheet, left, right, status, y=y, fill=fill)
    for x, day in ((left, when.first), (right, when.last)):
        if day is not None and when.stated:
            sheet.line(x, y - HEIGHT / 2 - 3, x, y + HEIGHT / 2 + 3, "axis")


def ends(when: When, days: Days) -> tuple[float, float]:
    """Where its bar begins and ends; beyond a known end an open one fades over a sixth of the axis."""
    fade = (days.end - days.start) / 6
    if when.first is None:
        right = days.end if when.last is None else days(when.last)
        return max(days.start, right - fade), right
    left = days(when.first)
    return left, min(days.end, left + fade) if when.last is None else days(when.last)


def bar(sheet: Sheet, left: float, right: float, status: str, *, y: float, fill: str = "") -> None:
    """A range in the fashion of its status."""
    top, width = y - HEIGHT / 2, right - left
    firm = status == "confirmed" or fill.startswith("url")
    solid = "is-" + status if firm else f"is-{status} faint"
    sheet.rect(left, top, width, HEIGHT, solid, **({"fill": fill} if fill.startswith("url") else {}))
    if status != "confirmed" and not fill.startswith("url(#" + sheet.name + "-fade"):
        sheet.rect(left, top, width, HEIGHT, edge(status), fill_opacity="0")
    if status in UNTRUE:
        cross(sheet, (left + right) / 2, y, status)


def point(sheet: Sheet, x: float, y: float, status: str, *, about: bool = False) -> None:
    """A single day or amount in the fashion of its status."""
    radius = HEIGHT / 2
    if status == "confirmed":
        sheet.circle(x, y, radius, f"is-{status}")
    else:
        sheet.circle(x, y, radius - 1, edge(status))
        if status == "reported":
            sheet.circle(x, y, radius / 2, f"is-{status}")
    if status in UNTRUE:
        cross(sheet, x, y, status)
    if about:
        sheet.circle(x, y, radius + 3, f"{edge(status)} dotted thin")


def cross(sheet: Sheet, x: float, y: float, status: str) -> None:
    """Not so."""
    arm = HEIGHT / 2 - 2
    for down in (1, -1):
        sheet.path(f"M{x - arm:.1f},{y - arm * down:.1f}L{x + arm:.1f},{y + arm * down:.1f}", f"edge-{status}")


def edge(status: str) -> str:
    """The outline of a status."""
    return f"edge-{status} {_EDGES.get(status, '')}".strip()


def years(sheet: Sheet, days: Days, *, top: float, bottom: float) -> None:
    """The axis of time: a line and a number for each year."""
    with sheet.unsaid():
        for day in days.years(5 if sheet.narrow else 10):
            x = days(day)
            sheet.line(x, top, x, bottom, "grid")
            if x < days.end - 20:
                sheet.text(x + 4, top + 10, str(day.year), "note")

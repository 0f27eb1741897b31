"""One person's moves in time; what is uncertain about a date is drawn as uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talent.models import Status
from talent.pictures.letters import cut, width_of
from talent.pictures.marks import HEIGHT, When, ends, span, years
from talent.pictures.scales import over
from talent.pictures.sheet import Drawing, Sheet
from talent.pictures.tables import Cell, Coverage, Picture, Table
from talent.templatetags.dates import day, in_words
from talent.templatetags.names import own_name

_ROW, _HEAD, _FOOT = 52.0, 22.0, 8.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A move as a line of the picture."""

    when: When
    date: str
    date_words: str
    status: str
    origin: str
    destination: str
    reporters: int
    address: str

    @property
    def words(self) -> str:
        """Whence and whither."""
        if not self.origin:
            return _("to %(company)s") % {"company": self.destination}
        return f"{self.origin} → {self.destination}" if self.destination else self.origin + " → ?"

    @property
    def status_words(self) -> str:
        return str(Status(self.status).label)


def timeline(name: str, moves: Sequence[Any]) -> Picture:
    """The moves of the person of that name as a picture, oldest first."""
    entries = [_entry(move) for move in sorted(moves, key=lambda m: (m.sort_date, m.pk))]
    title = _("%(person)s: moves in time") % {"person": name}
    summary = ngettext("%(n)s move, %(span)s.", "%(n)s moves, %(span)s.", len(entries)) % {
        "n": len(entries),
        "span": _span(entries),
    }
    return Picture(
        "timeline", title, summary, _table(entries), Coverage.of(moves, compared=False),
        partial(_draw, entries, title, summary),
        reading=_(
            "A bar covers every day on which the move can have happened; a dot is a single day. Hatched means about, "
            "fading means that an end is not known. A dashed outline is planned, a dotted one rumoured, a cross not so."
        ),
    )  # fmt: skip


def _entry(move: Any) -> Entry:
    return Entry(
        when=When.of(move),
        date=move.date,
        date_words=in_words(move.date) or _("date not stated, reported %(day)s") % {"day": day(move.sort_date)},
        status=move.status,
        origin=own_name(move.origin) if move.origin else "",
        destination=own_name(move.destination) if move.destination else "",
        reporters=move.reporters,
        address=move.get_absolute_url(),
    )  # fmt: skip


def _span(entries: list[Entry]) -> str:
    days = [each for entry in entries for each in entry.when.known] or [date(2000, 1, 1)]
    first, last = min(days).year, max(days).year
    return str(first) if first == last else f"{first}–{last}"


def _table(entries: list[Entry]) -> Table:
    columns = (
        ("date", _("When")), ("from", _("From")), ("to", _("To")), ("status", _("Status")),
        ("reporters", _("Independent reporters")),
    )  # fmt: skip
    return Table(
        columns,
        [
            (
                Cell(entry.date, entry.date_words, entry.address),
                Cell(entry.origin),
                Cell(entry.destination),
                Cell(entry.status, entry.status_words),
                Cell(entry.reporters),
            )
            for entry in entries
        ],
    )


def _draw(entries: list[Entry], title: str, summary: str, width: float) -> Drawing:
    sheet = Sheet("timeline", width)
    # An open end needs room to fade.
    known = [each for entry in entries for each in (*entry.when.known, *_beyond(entry.when))]
    days = over(known or [date(2000, 1, 1)], 0.0, width - 1)
    height = _HEAD + _ROW * len(entries) + _FOOT
    years(sheet, days, top=0, bottom=height)
    for number, entry in enumerate(entries):
        _line(sheet, entry, days, _HEAD + _ROW * number)
    return sheet.done(title, summary, height)


def _beyond(when: When) -> list[date]:
    """A day beyond each end that is open."""
    if when.first is not None and when.last is not None:
        return []
    return [day + timedelta(days=400 if when.last is None else -400) for day in when.known]


def _line(sheet: Sheet, entry: Entry, days: Any, y: float) -> None:
    said = f"{entry.words}. {entry.date_words}. {entry.status_words}."
    with sheet.link(entry.address, said, value=entry.reporters, status=entry.status, date=entry.date):
        sheet.rect(0, y + 2, sheet.width, _ROW - 4, "ground clear")
        status = entry.status_words
        room = sheet.width - width_of(status, 12) - 12
        label = cut(entry.words, 14, room)
        wide = width_of(label, 14) + 10
        x = max(0.0, min(ends(entry.when, days)[0] - HEIGHT / 2, room + 12 - wide))
        sheet.text(x, y + 19, label, "label over")
        sheet.text(x + wide, y + 19, status, f"note is-{entry.status} over")
        span(sheet, entry.when, entry.status, days=days, y=y + 35)

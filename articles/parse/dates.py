"""Dates as documents print them: machine-readable stamps, labelled lines, and the dateline of a report.

Never invents a part: a date without a year is resolved only against another date of the same document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_TIME = (
    r"(?:[T\s,]{1,3}(?:at\s)?(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?:[:：](?P<second>[0-5]\d)(?:\.\d+)?)?"
    r"\s?(?P<half>[AaPp]\.?[Mm]\.?)?\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_FORMS = tuple(
    re.compile(form + _TIME, re.I)
    for form in (
        rf"(?<!\d)(?P<year>(?:19|20)\d{{2}})\s?[-/.年]\s?(?P<month>1[0-2]|0?[1-9])\s?[-/.月]\s?{_DAY}(?!\d)(?:\s?日)?",
        rf"\b{_MONTH}\s{_DAY}(?:st|nd|rd|th)?,?\s(?P<year>(?:19|20)\d{{2}})\b",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th)?\s{_MONTH},?\s(?P<year>(?:19|20)\d{{2}})\b",
        r"(?<!\d)(?P<year>20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
    )
)

_PUBLISHED = re.compile(
    r"^\W*(date|published(\s(on|at))?|posted(\son)?|publication date|发布时间|发布日期|发表时间|发表于|发布于|时间|日期"
    r"|時間|發布時間|發布日期|發佈時間|刊登日期)\s*[:：]?\s*(?=\S)",
    re.I,
)
_UPDATED = re.compile(
    r"^\W*((last\s)?(updated|modified)(\s(on|at))?|更新时间|更新日期|最后更新|最近更新|更新于|更新時間|最後更新)"
    r"\s*[:：]?\s*(?=\S)",
    re.I,
)
_DATELINE_ZH = re.compile(
    r"^[\s　【(（]*[^,，。;；!！?？\n]{0,16}?(?:(?P<year>20\d{2})\s?年\s?)?"
    rf"(?P<month>1[0-2]|0?[1-9])\s?月\s?{_DAY}\s?日(?:[早午晚凌上下晨间間]{{0,3}})?(?:消息|讯|訊|电|電)",
)
_DATELINE_EN = re.compile(
    rf"^[A-Z][A-Za-z.,' /-]{{2,50}},\s{_MONTH}\s{_DAY}(?:,\s(?P<year>20\d{{2}}))?\s?"
    r"(?:[(（][^()（）]{2,40}[)）])?\s?[-–—:]"
)
# Lines of a document that may carry its own date: what lies between is the story, with dates of other things.
_HEAD_LINES, _TAIL_LINES = 12, 4
_SHORT = 120
# A date without a label is the document's own only near the top, in a line that says little else.
_BARE_LINES, _BARE_LENGTH = 6, 40
# A report may go online days after its dateline; beyond this, the page that carries it is a reprint.
_REPRINT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as printed; ``instant`` is midnight UTC where no time stands, and UTC is assumed where no zone does."""

    day: date
    instant: datetime


def read(text: str, *, latest: datetime | None = None) -> Stamp | None:
    """The first full date in ``text``; None where there is none, or only one later than ``latest``."""
    for form in _FORMS:
        if (match := form.search(text)) and (stamp := _stamp(match)):
            return _believable(stamp, latest)
    try:
        when = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _believable(Stamp(when.date(), _utc(when)), latest)


def labelled(text: str, *, latest: datetime | None = None) -> tuple[Stamp | None, Stamp | None]:
    """The dates that the document's first and last lines label as published and as updated."""
    published = updated = None
    for line in _outer_lines(text):
        if not published and (match := _PUBLISHED.match(line)):
            published = read(line[match.end() :], latest=latest)
        elif not updated and (match := _UPDATED.match(line)):
            updated = read(line[match.end() :], latest=latest)
    return published, updated


def bare(text: str, *, latest: datetime | None = None) -> Stamp | None:
    """A full date in one of the first lines, without a label."""
    lines = [line.strip() for line in text.split("\n")[: _HEAD_LINES * 2] if line.strip()][:_BARE_LINES]
    for line in lines:
        stamp = read(line, latest=latest) if len(line) <= _BARE_LENGTH else None
        if stamp and (line[0].isdigit() or not re.search(r"[:：]\s?\S{0,4}(19|20)\d\d", line)):
            return stamp
    return None


def dateline(text: str, *, reference: date | None) -> Stamp | None:
    """The day that a report's opening names (3月26日消息; PARIS, March 26 -), its year taken from ``reference``."""
    paragraphs = [line for line in text.split("\n")[:60] if line.strip()]
    for paragraph in paragraphs[:_HEAD_LINES]:
        match = _DATELINE_ZH.match(paragraph) or _DATELINE_EN.match(paragraph.strip())
        if match and (day := _resolve(match, reference)):
            return Stamp(day, _midnight(day))
    return None


def best(text: str, stated: Stamp | None, *, latest: datetime | None = None) -> tuple[Stamp | None, Stamp | None]:
    """When a text was published and updated: its own dateline where that is earlier than the page that reprints it.

    ``stated`` is what the page's metadata say.
    """
    published, updated = labelled(text, latest=latest)
    printed = stated or published or updated or bare(text, latest=latest)
    line = dateline(text, reference=printed.day if printed else None)
    if line and printed and printed.day - line.day > _REPRINT:
        return line, updated or printed
    return stated or published or line or printed, updated


def _outer_lines(text: str) -> Iterator[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    outer = lines if len(lines) <= _HEAD_LINES + _TAIL_LINES else lines[:_HEAD_LINES] + lines[-_TAIL_LINES:]
    return (line for line in outer if len(line) <= _SHORT)


def _resolve(match: re.Match[str], reference: date | None) -> date | None:
    """The latest such day that is not after ``reference``."""
    if match["year"]:
        return _day(int(match["year"]), _month(match["month"]), int(match["day"]))
    if reference is None:
        return None
    month, number = _month(match["month"]), int(match["day"])
    candidates = (_day(year, month, number) for year in (reference.year, reference.year - 1))
    return next((day for day in candidates if day and day <= reference + timedelta(days=1)), None)


def _stamp(match: re.Match[str]) -> Stamp | None:
    day = _day(int(match["year"]), _month(match["month"]), int(match["day"]))
    if day is None:
        return None
    if match["hour"] is None:
        return Stamp(day, _midnight(day))
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    when = datetime(day.year, day.month, day.day, hour, int(match["minute"]), int(match["second"] or 0), tzinfo=UTC)
    return Stamp(day, when - _offset(match["zone"]))


def _offset(zone: str | None) -> timedelta:
    if not zone or zone[0] not in "+-":
        return timedelta()
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return size if zone[0] == "+" else -size


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text[:3].lower()]


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _utc(when: datetime) -> datetime:
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _believable(stamp: Stamp, latest: datetime | None) -> Stamp | None:
    """A page cannot have been published after it was fetched; a day of slack for time zones."""
    if not _FIRST_YEAR <= stamp.day.year <= _LAST_YEAR:
        return None
    return None if latest and stamp.instant > latest + timedelta(days=1) else stamp

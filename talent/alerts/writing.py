"""What a letter says: by alert, each fact once with its status and its source, and nothing that readers may not see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from talent import changefeed
from talent.alerts import asking, stopping
from talent.models import FACTS, Alert, Company, EventType, Found, Letter, Person, Status
from talent.querysets import VISIBLE

# Facts that one letter shows; the list itself has the others.
MOST_SHOWN = 50
NEW, CHANGED, STATUS, GONE = "new", "changed", "status", "gone"
_PAGES = {"move": "move", "compensation": "compensation-report", "signal": "signal"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of a section: what happened to it, the fact as it is seen now, and its address.

    ``fact`` is None of what is gone; ``was`` then says what it was, where that may still be said.
    """

    what: str
    fact: Any
    noun: str
    address: str
    was: str = ""
    status_before: str = ""

    @property
    def headline(self) -> str:
        """What happened, in words."""
        return {
            NEW: _("New"),
            CHANGED: _("Changed"),
            STATUS: _("Now %(after)s, before %(before)s"),
            GONE: _("Taken back"),
        }[self.what] % {"after": self._status(), "before": self.status_before and str(Status(self.status_before).label)}

    def _status(self) -> str:
        return str(self.fact.get_status_display()) if self.fact is not None else ""


@dataclass(frozen=True, slots=True)
class Section:
    """What one alert found."""

    name: str
    address: str
    entries: list[Entry]
    more: int
    stop: str


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in its reader's language; ``stop`` is the address that stops all of the reader's mail."""

    subject: str
    text: str
    html: str
    stop: str
    language: str


def write(letter: Letter, *, language: str) -> Written | None:
    """The letter's words; None where nothing is left that may be told."""
    rows = list(Found.objects.filter(letter=letter).select_related("alert").order_by("alert_id", "sequence"))
    with override(language):
        found = sections([row for row in rows if row.alert.state == Alert.State.ACTIVE])
        if not found:
            return None
        number = sum(len(section.entries) + section.more for section in found)
        stop = stopping.address(letter.user)
        context = {
            "sections": found,
            "site": settings.SITE_URL,
            "alerts": settings.SITE_URL + reverse("alerts"),
            "stop": stop,
        }
        return Written(
            subject=_subject(found, number),
            text=render_to_string("account/mail/letter.txt", context).strip() + "\n",
            html=render_to_string("account/mail/letter.html", context),
            stop=stop,
            language=language,
        )


def _subject(found: Sequence[Section], number: int) -> str:
    said = ngettext("%(number)s piece of news", "%(number)s pieces of news", number) % {"number": number}
    if len(found) == 1:
        said = _("%(name)s: %(news)s") % {"name": found[0].name, "news": said}
    # A name may hold a line break, a header may not.
    return " ".join(f"[{settings.SITE_NAME}] {said}".split())[:200]


def sections(rows: Iterable[Found]) -> list[Section]:
    """A section for each alert that has something left to tell, at most MOST_SHOWN entries in all."""
    rows = list(rows)
    alerts = {row.alert_id: row.alert for row in rows}
    names, facts, room = asking.addresses(alerts.values()), _facts(rows), MOST_SHOWN
    made = []
    for pk, alert in alerts.items():
        entries = _entries([row for row in rows if row.alert_id == pk], facts)
        if entries:
            name, address = names[pk]
            made.append(
                Section(
                    name=name,
                    address=settings.SITE_URL + address if address else "",
                    entries=entries[:room],
                    more=max(0, len(entries) - room),
                    stop=stopping.address(alert.user, alert),
                )
            )
            room = max(0, room - len(entries))
    return made


def _facts(rows: Sequence[Found]) -> dict[tuple[str, str], Any]:
    """The facts that readers see now; a query for each kind."""
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row.noun, set()).add(row.subject)
    return {
        (noun, fact.public_id): fact
        for noun, subjects in wanted.items()
        for fact in FACTS[noun].objects.for_list().filter(public_id__in=subjects)
    }


def _entries(rows: Sequence[Found], facts: dict[tuple[str, str], Any]) -> list[Entry]:
    """Each fact once, the latest news first."""
    by_fact: dict[tuple[str, str], list[Found]] = {}
    for row in rows:
        by_fact.setdefault((row.noun, row.subject), []).append(row)
    entries = [_entry(own, facts.get(key)) for key, own in by_fact.items()]
    return [entry for entry in reversed(entries) if entry is not None]


def _entry(rows: Sequence[Found], fact: Any) -> Entry | None:
    """What to say of one fact after all that happened to it; None where there is nothing to say."""
    last, types = rows[-1], {row.type for row in rows}
    address = settings.SITE_URL + reverse(_PAGES[last.noun], args=[last.subject])
    if fact is None:
        # What came and went between two letters was never told, and need not be taken back.
        if last.type not in (EventType.RETRACTED, EventType.WITHDRAWN) or EventType.CREATED in types:
            return None
        return Entry(GONE, None, last.noun, address, was=_was(last))
    if types & {EventType.CREATED, EventType.RESTORED}:
        return Entry(NEW, fact, last.noun, address)
    before = _status_before(rows)
    what = STATUS if before and before != fact.status else CHANGED
    return Entry(what, fact, last.noun, address, status_before=before if what == STATUS else "")


def _status_before(rows: Sequence[Found]) -> str:
    """How firmly it was reported before the first of these events."""
    event = changefeed.event(rows[0].sequence)
    return str(event.before["status"]) if event is not None and event.before else ""


def _was(row: Found) -> str:
    """Whom the fact that is gone was about; "" of what was withdrawn, which nobody tells of any more."""
    event = changefeed.event(row.sequence)
    state = event.before if event is not None else None
    if not state or _names_somebody_hidden(state):
        return ""
    ends = [state.get(f"{end}__name") or "" for end in ("origin", "destination", "company")]
    who = state.get("person__name") or state.get("cohort_text") or ""
    named = " → ".join(end for end in ends if end)
    return f"{who}: {named}" if who and named else str(who or named)


def _names_somebody_hidden(state: changefeed.State) -> bool:
    """Whether a company or person of it was taken back after the fact was gone."""
    people = Person.objects.filter(public_id=state.get("person__public_id") or "")
    ends = [state.get(f"{end}__public_id") for end in ("origin", "destination", "company")]
    companies = Company.objects.filter(public_id__in=[end for end in ends if end])
    return any(rows.exclude(visibility__in=VISIBLE).exists() for rows in (people, companies))

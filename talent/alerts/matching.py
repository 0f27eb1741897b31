"""From events of the change feed to what alerts found, each once: the feed is walked in pieces from a cursor's row.

A piece is shown to followed companies and people with two queries, and to each list that anybody follows with one query
over the piece's facts, however many readers share it. What was found and how far it was looked are written in one
transaction: a worker that dies has done a whole step or none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from talent import changefeed
from talent.alerts import asking
from talent.changefeed import Event
from talent.models import Alert, AlertCursor, Company, EventType, Found, Person
from talent.successors import TAIL, person_succeeding

log = structlog.get_logger(__name__)

# Events in a piece, and lists that are shown it in one transaction.
EVENTS = 500
LISTS_A_STEP = 100
# Events that a preview looks at.
MOST_LOOKED_BACK = 2_000
OUTDATED = gettext_noop("The list does not know these filters any more: follow it anew.")

# Columns of a fact's state that tell readers something; others are counters and times.
TELLING = frozenset(
    {
        "status", "date", "kind", "person__public_id", "origin__public_id", "destination__public_id",
        "company__public_id", "origin_role", "destination_role", "cohort_min", "cohort_max", "cohort_of",
        "amount_min", "amount_max", "currency", "period", "component", "metric", "value_min", "value_max", "value_of",
    }
)  # fmt: skip
_COMPANIES = ("origin__public_id", "destination__public_id", "company__public_id")
_PERSON = "person__public_id"
_GONE = (EventType.RETRACTED, EventType.WITHDRAWN)


def match(*, now: datetime, enough: Callable[[], bool] = lambda: False) -> int:
    """Shows alerts what has happened since, step by step until ``enough``; how much was found."""
    AlertCursor.objects.get_or_create(id=1, defaults={"reached": (newest := changefeed.newest()), "upto": newest})
    found = 0
    while (step := _step(now)) is not None:
        found += step
        if enough():
            break
    return found


@transaction.atomic
def _step(now: datetime) -> int | None:
    """One piece's companies and people, or some of its lists; None where nothing is left or somebody else is at it."""
    cursor = AlertCursor.objects.select_for_update(skip_locked=True).filter(id=1).first()
    if cursor is None:
        return None
    if cursor.upto > cursor.reached:
        return _lists(cursor, now)
    events, cursor.upto = changefeed.read(cursor.reached, limit=EVENTS)
    if cursor.upto == cursor.reached:
        return None
    cursor.digest = ""
    cursor.save()
    return _note(_of_entities(events), now)


def _lists(cursor: AlertCursor, now: datetime) -> int:
    events, _reached = changefeed.read(cursor.reached, limit=EVENTS)
    # What was written since belongs to the next piece.
    events = [event for event in events if event.sequence <= cursor.upto]
    behind = Alert.objects.filter(state=Alert.State.ACTIVE, digest__gt=cursor.digest).exclude(digest="")
    digests = list(behind.order_by("digest").values_list("digest", flat=True).distinct()[:LISTS_A_STEP])
    found = [row for digest in digests for row in _of_list(digest, events)]
    if len(digests) < LISTS_A_STEP:
        cursor.reached, cursor.digest = cursor.upto, ""
    else:
        cursor.digest = digests[-1]
    cursor.save()
    return _note(found, now)


def _note(found: Sequence[Found], now: datetime) -> int:
    """Writes down what was found, and that its alerts have something to tell."""
    made = Found.objects.bulk_create(found, ignore_conflicts=True)
    Alert.objects.filter(pk__in={row.alert_id for row in found}, pending_since=None).update(pending_since=now)
    return len(made)


def _row(alert: Alert, event: Event) -> Found:
    """What the event means for the alert: of a fact that became part of another, that the other one is told instead."""
    noun, subject = event.successor or (event.noun, event.subject)
    return Found(alert=alert, sequence=event.sequence, noun=noun, subject=subject, type=event.type.partition(".")[2])


def is_telling(event: Event, columns: AbstractSet[str] = TELLING) -> bool:
    """Whether readers learn anything from it; a fact that became part of another is news only to whoever was told."""
    kind = event.type.partition(".")[2]
    if kind == EventType.UPDATED:
        return not columns.isdisjoint(event.changed)
    return kind != EventType.MERGED


# ------------------------------------------------------------------ companies and people


def _of_entities(events: Sequence[Event]) -> list[Found]:
    companies, people = defaultdict(list), defaultdict(list)
    for event in events:
        if is_telling(event):
            for company in _named(event, *_COMPANIES):
                companies[company].append(event)
            for person in _named(event, _PERSON):
                people[person].append(event)
    _lend_to_parts(companies)
    following = Alert.objects.filter(Q(company__in=list(companies)) | Q(person__in=list(people)))
    alerts = list(following.filter(state=Alert.State.ACTIVE))
    found = {
        (alert.pk, event.sequence): _row(alert, event)
        for alert in alerts
        for event in companies.get(alert.company, []) + people.get(alert.person, [])
        if event.sequence > alert.since
    }
    for row in _to_whom_it_was_told(events, Q(alert__digest="")):
        found.setdefault((row.alert_id, row.sequence), row)
    _move_on(alert.person for alert in alerts if alert.person)
    return list(found.values())


def _named(event: Event, *columns: str) -> set[str]:
    """Who stands in these columns, before or after."""
    states = [state for state in (event.before, event.after) if state]
    return {str(state[column]) for state in states for column in columns if state.get(column)}


def _lend_to_parts(companies: dict[str, list[Event]]) -> None:
    """Whoever follows a company that is part of another by an editor's judgement hears of the whole."""
    parts = Company.objects.filter(merged_into__public_id__in=list(companies))
    for part, whole in parts.values_list("public_id", "merged_into__public_id"):
        companies[part] = list(companies[str(whole)])


def _to_whom_it_was_told(events: Sequence[Event], alerts: Q) -> list[Found]:
    """What is gone, or part of another fact by now, for the alerts that heard of it before."""
    over = [event for event in events if event.type.partition(".")[2] in (*_GONE, EventType.MERGED)]
    by_subject = {(event.noun, event.subject): event for event in over}
    if not by_subject:
        return []
    told = Found.objects.filter(alerts, subject__in=[s for _n, s in by_subject], alert__state=Alert.State.ACTIVE)
    told = told.filter(noun__in={noun for noun, _s in by_subject}).select_related("alert")
    known = {(row.noun, row.subject, row.alert_id): row.alert for row in told}
    rows = [(by_subject.get((noun, subject)), alert) for (noun, subject, _pk), alert in known.items()]
    return [_row(alert, event) for event, alert in rows if event is not None and event.sequence > alert.since]


def _move_on(people: Iterable[str]) -> None:
    """Alerts on people whose identifier has changed follow them under the new one."""
    wanted = set(people)
    living = set(Person.objects.filter(public_id__in=wanted).values_list("public_id", flat=True))
    for gone in wanted - living:
        heir = person_succeeding(f"-{gone[:TAIL]}")
        if heir is None:
            continue
        old = Alert.objects.filter(person=gone)
        # Whoever follows both already goes on with the one.
        old.filter(user__in=Alert.objects.filter(person=heir.public_id).values("user")).delete()
        old.update(person=heir.public_id)


# ------------------------------------------------------------------ lists


def _of_list(digest: str, events: Sequence[Event]) -> list[Found]:
    """What all readers of one list find among the events."""
    alerts = list(Alert.objects.filter(digest=digest, state=Alert.State.ACTIVE))
    if not alerts:
        return []
    own = [event for event in events if event.noun == asking.LISTS[alerts[0].page].noun]
    if not own:
        return []
    hits = in_list(alerts[0], own)
    if hits is None:
        for alert in alerts:
            asking.pause(alert, OUTDATED)
        return []
    found = [_row(alert, event) for alert in alerts for event in hits if event.sequence > alert.since]
    known = {(row.alert_id, row.sequence) for row in found}
    told = _told_again(alerts, own) + _to_whom_it_was_told(own, Q(alert__digest=digest))
    return found + [row for row in told if (row.alert_id, row.sequence) not in known]


def in_list(alert: Alert, events: Sequence[Event]) -> list[Event] | None:
    """Telling events whose fact is in the list as it is now; None where the list knows these filters no longer."""
    counted = {"reporters"} if "min_reporters" in alert.parameters else set()
    telling = [event for event in events if is_telling(event, TELLING | counted)]
    asked = asking.filtered(alert.page, alert.parameters)
    if not asked.form.is_valid():
        return None
    if not telling:
        return []
    rows = asked.qs.filter(public_id__in={event.subject for event in telling}).order_by()
    inside = set(rows.values_list("public_id", flat=True))
    return [event for event in telling if event.subject in inside]


def _told_again(alerts: Sequence[Alert], events: Sequence[Event]) -> list[Found]:
    """What changed so that it is not in the list any more, for those who were told that it was."""
    changed = {event.subject: event for event in events if event.type.endswith(".updated") and is_telling(event)}
    if not changed:
        return []
    told = Found.objects.filter(noun=events[0].noun, subject__in=list(changed), alert__in=alerts)
    pairs = set(told.values_list("alert", "subject"))
    by_pk = {alert.pk: alert for alert in alerts}
    return [_row(by_pk[pk], changed[subject]) for pk, subject in pairs if changed[subject].sequence > by_pk[pk].since]


def rows(alert: Alert, events: Iterable[Event]) -> list[Found]:
    """What these events mean for the alert; not saved."""
    return [_row(alert, event) for event in events]


def preview(alert: Alert, *, since: datetime) -> list[Event]:
    """What the alert would have found since then, among the newest events of the feed."""
    begin = max(changefeed.newest() - MOST_LOOKED_BACK, 0)
    events, _reached = changefeed.read(begin, limit=MOST_LOOKED_BACK)
    recent = [event for event in events if event.at >= since]
    if alert.page:
        own = [event for event in recent if event.noun == asking.LISTS[alert.page].noun]
        return in_list(alert, own) or []
    return [
        event
        for event in recent
        if is_telling(event)
        and (alert.company in _named(event, *_COMPANIES) if alert.company else alert.person in _named(event, _PERSON))
    ]

"""The change feed: what happened to facts, in order, from any place on. Reads only; the database writes it.

What readers see depends on the setting PUBLISH, which the database does not know: a fact that only now meets it is
created for readers now, whenever it was first noted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db.models import Max

from talent.models import EventType, FactEvent, Visibility
from talent.querysets import is_published

State = dict[str, Any]
_BATCH = 500
_GONE = (EventType.MERGED, EventType.RETRACTED, EventType.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Event:
    """One change of what readers see of a fact. ``type`` is "move.updated"; states are rows of the API's lists.

    ``successor`` is the noun and identifier of the fact that took its place, of merged ones.
    """

    sequence: int
    at: datetime
    type: str
    noun: str
    subject: str
    successor: tuple[str, str] | None
    before: State | None
    after: State | None

    @property
    def changed(self) -> list[str]:
        """Names of the columns that differ; of an update only."""
        if self.before is None or self.after is None:
            return []
        return sorted(name for name, value in self.after.items() if self.before.get(name) != value)


def newest() -> int:
    """The number of the last event; 0 where nothing happened yet."""
    return FactEvent.objects.aggregate(last=Max("sequence"))["last"] or 0


def read(
    after: int, *, limit: int, nouns: Collection[str] = (), types: Collection[str] = ()
) -> tuple[list[Event], int]:
    """At most ``limit`` events behind number ``after``, oldest first, and the number from which to read on.

    Nouns and types (of EventType) that are named leave out the others.
    """
    events: list[Event] = []
    reached = after
    while len(events) < limit:
        rows = list(FactEvent.objects.filter(sequence__gt=reached).order_by("sequence")[:_BATCH])
        for row in rows:
            reached = row.sequence
            event = _seen(row)
            if event is not None and _wanted(event, nouns, types):
                events.append(event)
                if len(events) == limit:
                    return events, reached
        if len(rows) < _BATCH:
            break
    return events, reached


def event(sequence: int) -> Event | None:
    """The event of that number as it is told today; None where there is none, or readers never saw its fact."""
    row = FactEvent.objects.filter(sequence=sequence).first()
    return _seen(row) if row is not None else None


def _wanted(event: Event, nouns: Collection[str], types: Collection[str]) -> bool:
    return (not nouns or event.noun in nouns) and (not types or event.type.partition(".")[2] in types)


def _seen(row: FactEvent) -> Event | None:
    """The event as readers see it; None where they never saw the fact before or after."""
    before, after = _published(row.before), _published(row.after)
    kind = row.type
    # Without both states it was told before its fact was withdrawn: that it happened is still told.
    told = row.before is not None or row.after is not None
    if row.type not in _GONE and told:
        if after is None and before is None:
            return None
        if after is None:
            kind = EventType.RETRACTED
        elif before is None and row.type == EventType.UPDATED:
            kind = EventType.CREATED
    elif before is None and row.before is not None:
        return None
    noun, _, identifier = row.successor.partition(":")
    return Event(
        sequence=row.sequence,
        at=row.at,
        type=f"{row.noun}.{kind}",
        noun=row.noun,
        subject=row.subject,
        successor=(noun, identifier) if identifier else None,
        before=before,
        after=after,
    )


def _published(state: State | None) -> State | None:
    if state is None:
        return None
    fact = SimpleNamespace(visibility=Visibility.PUBLIC, reviewed=state["reviewed"], confidence=state["confidence"])
    return state if is_published(fact) else None


def walk(after: int, *, nouns: Collection[str] = (), types: Collection[str] = ()) -> Iterator[Event]:
    """Every event behind number ``after`` that there is by now, read in pieces."""
    while True:
        events, after = read(after, limit=_BATCH, nouns=nouns, types=types)
        yield from events
        if len(events) < _BATCH:
            return

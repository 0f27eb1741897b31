"""Signs of life: when recurring work last ran to its end, and which workers are there. Kept in the database, because
the broker may be emptied at any moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from talent.models import Pulse

SWEEP, PROBE, DIGEST = "sweep", "probe", "digest"
WORKER = "worker:"
# A worker says every few seconds that it is there; after so long it is not, and after a day it is forgotten.
SILENT_AFTER = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sign:
    """The last sign of one recurring work or worker, and its age in seconds; None where there never was one."""

    name: str
    at: datetime | None
    age: float | None
    late: bool
    note: dict[str, Any]


# How long each may be silent before it is late.
_LATE: dict[str, timedelta] = {
    SWEEP: timedelta(minutes=2),
    PROBE: timedelta(minutes=1),
    DIGEST: timedelta(hours=1),
}


def beat(name: str, *, now: datetime, **note: Any) -> None:
    """Notes that ``name`` ran to its end now."""
    Pulse.objects.update_or_create(name=name[:40], defaults={"at": now, "note": note})


def clockwork(*, now: datetime) -> list[Sign]:
    """The last run of each recurring work, those that never ran, too."""
    rows = {row.name: row for row in Pulse.objects.filter(name__in=_LATE)}
    return [_sign(name, rows.get(name), now=now, late=late) for name, late in _LATE.items()]


def workers(*, now: datetime) -> list[Sign]:
    """The workers that were there in the last day, the silent ones marked as late."""
    rows = Pulse.objects.filter(name__startswith=WORKER, at__gt=now - FORGOTTEN_AFTER)
    return [_sign(row.name.removeprefix(WORKER), row, now=now, late=SILENT_AFTER) for row in rows]


def forget_workers(*, now: datetime) -> None:
    """Forgets workers that have long been silent: containers get a new name at each start."""
    Pulse.objects.filter(name__startswith=WORKER, at__lt=now - FORGOTTEN_AFTER).delete()


def _sign(name: str, row: Pulse | None, *, now: datetime, late: timedelta) -> Sign:
    if row is None:
        return Sign(name, None, None, late=True, note={})
    age = max((now - row.at).total_seconds(), 0.0)
    return Sign(name, row.at, age, late=age > late.total_seconds(), note=row.note)

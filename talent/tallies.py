"""The tallies of moves compared with a full recount, and mended. What keeps them is in the database: see ``TallyRule``
and the migration ``tallies``."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from talent.models import TallyRule

# A check recounts every move: once a day is often enough.
CHECKED_EVERY = timedelta(hours=23)


def certainty() -> float | None:
    """The certainty from which on PUBLISH shows facts that nobody reviewed; None where it asks for none."""
    return None if settings.PUBLISH in ("all", "reviewed") else float(settings.PUBLISH)


def fits_setting() -> bool:
    """Whether the tallies were counted by the certainty that PUBLISH says now."""
    return certainty() in {None, TallyRule.objects.values_list("certainty", flat=True).first()}


def drift() -> int:
    """How many rows differ from a recount of all moves. One statement sees one moment, so it waits for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT talent_tally_drift()")
        return int(cursor.fetchone()[0])


@transaction.atomic
def repair() -> int:
    """Counts all moves anew and writes what differs; how many rows. Settling waits meanwhile, readers do not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT talent_repair_tallies(%s::double precision)", [certainty()])
        return int(cursor.fetchone()[0])


def keep(*, now: datetime) -> int | None:
    """Counts anew where PUBLISH has changed, and once a day compares and mends; what was wrong, None unless looked."""
    if not fits_setting():
        repair()
    rule, _ = TallyRule.objects.get_or_create(pk=1)
    if rule.checked_at is not None and now - rule.checked_at < CHECKED_EVERY:
        return None
    found = drift()
    if found:
        repair()
    TallyRule.objects.filter(pk=1).update(checked_at=now, drift=found)
    return found

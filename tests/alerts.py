"""Readers with alerts, and what beat and workers do for them, at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import connection

from talent.alerts import asking, letters, matching
from talent.models import Alert, AlertCursor, Found, Reader

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
_NUMBERS = iter(range(1, 10_000))


def make_reader(language: str = "en", *, verified: bool = True) -> User:
    """Somebody with a confirmed address."""
    number = next(_NUMBERS)
    user = User.objects.create_user(f"reader-{number}", email=f"rae{number}@news.example")
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    Reader.objects.create(user=user, language=language)
    return user


def make_alert(user: User | None = None, **fields: Any) -> Alert:
    """An alert at once on a company, a person, or a list with its parameters."""
    settle_feed()
    if "page" in fields:
        fields["digest"] = asking.digest_of(fields["page"], fields.setdefault("parameters", {}))
    return asking.make(user or make_reader(), Alert(**{"frequency": "at_once", **fields}))


def settle_feed() -> None:
    """Has the database write the events of what happened so far, and alerts look from there on."""
    connection.check_constraints()
    matching.match(now=NOON)


def find(now: datetime = NOON) -> list[tuple[str, str, str]]:
    """What alerts find of what happened since: noun, subject and type, oldest first."""
    known = set(Found.objects.values_list("pk", flat=True))
    connection.check_constraints()
    matching.match(now=now)
    rows = Found.objects.exclude(pk__in=known).order_by("sequence", "alert_id")
    return list(rows.values_list("noun", "subject", "type"))


def send(now: datetime = NOON + timedelta(minutes=1)) -> list[bool]:
    """Finds, gathers and sends what is due; whether each letter went out."""
    connection.check_constraints()
    matching.match(now=now)
    waiting = dict.fromkeys([*letters.gather(now=now), *letters.overdue(now=now, limit=100)])
    return [letters.deliver(pk, now=now) for pk in waiting]


def looked_through() -> tuple[int, int]:
    """How far alerts were shown the feed."""
    cursor = AlertCursor.objects.get()
    return cursor.reached, cursor.upto

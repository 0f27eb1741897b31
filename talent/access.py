"""Keys to the API's writing calls: made once, shown once, kept as hashes, counted, and taken back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import ceil

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talent.models import ApiKey, ApiUsage, KeptAnswer
from talent.roles import INGEST

# By it a key is known as one of this site's, also by programs that look for leaked secrets.
PREFIX = "tlk_"
SHOWN = len(PREFIX) + 6
WINDOW = timedelta(minutes=1)
ANSWERS_KEPT = timedelta(days=1)

ARTICLES_WRITE = "articles:write"
# What a key may do, in words, and the right that its owner's role must give at the time of each request.
SCOPES: dict[str, tuple[str | Promise, str]] = {ARTICLES_WRITE: (_("send in articles"), INGEST)}


def make_key(user: User, *, name: str, scopes: list[str], expires_at: datetime | None) -> tuple[ApiKey, str]:
    """A new key and its secret, which nobody can find out afterwards. ValueError for an unknown scope."""
    if unknown := sorted(set(scopes) - SCOPES.keys()):
        raise ValueError(f"There is no scope {unknown[0]}; there are: {', '.join(SCOPES)}.")
    secret = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        user=user, name=name[:80], prefix=secret[:SHOWN], digest=digest(secret), scopes=scopes, expires_at=expires_at
    )
    return key, secret


def digest(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so that a fast hash is as good as a slow one."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_of(secret: str, *, now: datetime) -> ApiKey | None:
    """The key with that secret, if it still opens: not revoked, not expired, its owner's account active."""
    if not secret.startswith(PREFIX):
        return None
    key = ApiKey.objects.select_related("user").filter(digest=digest(secret), revoked_at=None).first()
    if key is None or not key.user.is_active or (key.expires_at and key.expires_at <= now):
        return None
    return key


def allows(key: ApiKey, scope: str) -> bool:
    """Whether the key has the scope, and its owner's role still has the right behind it."""
    return scope in key.scopes and key.user.has_perm(SCOPES[scope][1])


def may_have_keys(user: User) -> list[str]:
    """The scopes that this user's role lets them give to a key."""
    return [scope for scope, (_words, right) in SCOPES.items() if user.has_perm(right)]


def revoke(key: ApiKey, *, now: datetime) -> None:
    """Takes a key back, for good."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now)


def count_request(key: ApiKey, *, now: datetime) -> tuple[int, int]:
    """Counts a request of the key; what is left in this minute (below zero: too many) and seconds until the next."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"pk": key.pk, "now": now, "since": now - WINDOW})
        began, requests = cursor.fetchone()
        left = settings.API_KEY_REQUESTS_A_MINUTE - requests
        cursor.execute(_NOTE, {"pk": key.pk, "day": now.astimezone(UTC).date(), "refused": int(left < 0)})
    return left, max(ceil((began + WINDOW - now).total_seconds()), 1)


# One statement, so that requests at the same moment are counted one by one.
_COUNT = """
    UPDATE talent_apikey SET
        last_used_at = %(now)s,
        window_requests = CASE WHEN window_began_at > %(since)s THEN window_requests + 1 ELSE 1 END,
        window_began_at = CASE WHEN window_began_at > %(since)s THEN window_began_at ELSE %(now)s END
    WHERE id = %(pk)s
    RETURNING window_began_at, window_requests
"""


# What the owner reads on the page of keys: a row for each key and day.
_NOTE = """
    INSERT INTO talent_apiusage (key_id, day, requests, refused) VALUES (%(pk)s, %(day)s, 1, %(refused)s)
    ON CONFLICT (key_id, day) DO UPDATE SET
        requests = talent_apiusage.requests + 1, refused = talent_apiusage.refused + excluded.refused
"""
USAGE_SHOWN = timedelta(days=30)


def usage_of(keys: Iterable[ApiKey], *, now: datetime) -> dict[int, dict[str, int]]:
    """Requests of each key, by its number: those of today, of the last thirty days, and those refused. One query."""
    today = now.astimezone(UTC).date()
    found: dict[int, dict[str, int]] = {}
    rows = ApiUsage.objects.filter(key__in=[key.pk for key in keys], day__gt=today - USAGE_SHOWN)
    for row in rows:
        counts = found.setdefault(row.key_id, {"today": 0, "month": 0, "refused": 0})
        counts["today"] += row.requests if row.day == today else 0
        counts["month"] += row.requests
        counts["refused"] += row.refused
    return found


def forget_answers(*, now: datetime) -> int:
    """Removes answers kept for repeated requests whose day is over; how many."""
    return KeptAnswer.objects.filter(created_at__lt=now - ANSWERS_KEPT).delete()[0]

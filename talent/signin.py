"""Signing in, slowed down for those who guess: so many tries a quarter of an hour for one name, and from one network.

Kept in the database, without which nobody can sign in anyway: every process counts in one place, and a lost broker
changes nothing. A try is counted before the password is looked at, so that tries sent at once are all counted.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talent.models import SignInAttempt

WINDOW = timedelta(minutes=15)
# An editor who has forgotten a password has enough of the first; a newsroom behind one address, of the second.
MOST_OF_NAME, MOST_FROM_ADDRESS = 10, 40
# What else is counted in the same way: addresses that somebody wants mail to be sent to, mail to one address (from
# wherever it is asked for), codes of a second factor. Each with its bounds for a name and for a network.
SIGNING_IN, ASKING_FOR_MAIL, WRITING_TO, GIVING_A_CODE = "sign-in", "ask-mail", "mail", "code"
_MOST = {
    SIGNING_IN: (MOST_OF_NAME, MOST_FROM_ADDRESS),
    ASKING_FOR_MAIL: (6, MOST_FROM_ADDRESS),
    WRITING_TO: (6, 0),
    GIVING_A_CODE: (MOST_OF_NAME, MOST_FROM_ADDRESS),
}
# What one try clears away of others' that are over.
_CLEARED = 100

_COUNT = """
INSERT INTO talent_signinattempt (key, tries, since) VALUES (%(key)s, 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    tries = CASE WHEN talent_signinattempt.since <= %(over)s THEN 1 ELSE talent_signinattempt.tries + 1 END,
    since = CASE WHEN talent_signinattempt.since <= %(over)s THEN %(now)s ELSE talent_signinattempt.since END
RETURNING tries, since
"""


def count_try(name: str, address: str, *, now: datetime, act: str = SIGNING_IN) -> datetime | None:
    """Counts a try; the moment from which the next one is looked at, None where this one is."""
    _clear_away(now)
    counted = [(_counted(key, now), most) for key, most in _keys(name, address, act) if most]
    return max((since + WINDOW for (tries, since), most in counted if tries > most), default=None)


def forgive(name: str, address: str, *, act: str = SIGNING_IN) -> None:
    """After the right password: the name starts anew, and the address has one try less against it."""
    (own, _most), (shared, _others) = _keys(name, address, act)
    SignInAttempt.objects.filter(key=own).delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE talent_signinattempt SET tries = greatest(tries - 1, 0) WHERE key = %s", [shared])


def address_of(request: HttpRequest) -> str:
    """The network address that a request came from; behind a proxy, the one that the proxy saw."""
    return address_in(request.META)


def address_in(environ: Mapping[str, Any]) -> str:
    """The same of a request's environment."""
    if settings.SECURE_PROXY_SSL_HEADER is not None and (seen := environ.get("HTTP_X_FORWARDED_FOR")):
        return str(seen).rpartition(",")[2].strip()
    return str(environ.get("REMOTE_ADDR", ""))


def _keys(name: str, address: str, act: str) -> list[tuple[str, int]]:
    """The keys of a name and of an address, each with how many tries it has; 0 where it is not counted."""
    of_name, from_address = _MOST[act]
    return [(_key(act, "name", name.casefold()), of_name), (_key(act, "address", network_of(address)), from_address)]


def _key(act: str, kind: str, words: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{act}|{kind}|{words}".encode(), hashlib.sha256).hexdigest()


def network_of(address: str) -> str:
    """The network that one household has: a whole /64 of IPv6, which anybody can walk through."""
    try:
        return str(ip_network((address, 64), strict=False)) if ip_address(address).version == 6 else address
    except ValueError:
        return address


def _counted(key: str, now: datetime) -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "now": now, "over": now - WINDOW})
        tries, since = cursor.fetchone()
    return tries, since


def _clear_away(now: datetime) -> None:
    over = SignInAttempt.objects.filter(since__lte=now - WINDOW).order_by("since").values("pk")[:_CLEARED]
    SignInAttempt.objects.filter(pk__in=list(over.values_list("pk", flat=True))).delete()


class Throttled(ValidationError):
    """Too many tries; ``until`` is when the next one is looked at."""

    def __init__(self, until: datetime, now: datetime) -> None:
        self.seconds = max(1, int((until - now).total_seconds()) + 1)
        minutes = -(-self.seconds // 60)
        wait = ngettext("in %(minutes)d minute", "in %(minutes)d minutes", minutes) % {"minutes": minutes}
        words = _("Too many tries with this name or from this network. Try again %(wait)s, at %(time)s UTC.")
        super().__init__(words % {"wait": wait, "time": f"{until:%H:%M}"}, code="throttled")

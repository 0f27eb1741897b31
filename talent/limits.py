"""How often one reader may ask: counted in memory, so that counting costs a reader nothing and no server is asked.

Each web process counts for itself, with its share of the limit. Whoever needs more takes a dump and the change feed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from talent.signin import address_in, address_of, network_of

WINDOW = 60
# More networks than these in one minute share what is left: the table never grows beyond it.
_MOST = 50_000
_OTHERS = "others"
# Where a request's environment keeps what was counted of it before it came to Django.
COUNTED = "talent_ledger.allowance"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a reader's requests in this window: below zero, too many; and seconds to the next."""

    left: int
    seconds: int


class Counter:
    """Requests of each network in the window that is running."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._window = -1
        self._counts: dict[str, int] = {}

    def count(self, network: str, limit: int) -> Allowance:
        """Counts a request."""
        now = self._clock()
        window = int(now // WINDOW)
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            if network not in self._counts and len(self._counts) >= _MOST:
                network = _OTHERS
            self._counts[network] = count = self._counts.get(network, 0) + 1
        return Allowance(limit - count, max(ceil((window + 1) * WINDOW - now), 1))


_counter = Counter()
_texts = Counter()
_downloads = Counter()


def allowance(request: HttpRequest) -> Allowance | None:
    """Counts a request and tells what is left; None where nobody is limited."""
    return allowance_in(request.META)


def allowance_in(environ: Mapping[str, Any]) -> Allowance | None:
    """The same for a request that is not one of Django's yet."""
    if not settings.API_REQUESTS_A_MINUTE:
        return None
    return _counter.count(network_of(address_in(environ)), share())


def told(left: Allowance) -> list[tuple[str, str]]:
    """What is left, in the headers of the standard that is being made."""
    return [
        ("RateLimit-Policy", f'"reading";q={share()};w={WINDOW}'),
        ("RateLimit", f'"reading";r={max(left.left, 0)};t={left.seconds}'),
    ]


def text_allowance(request: HttpRequest) -> Allowance | None:
    """The same for texts to be read, which cost a hundred times as much."""
    if not settings.TEXTS_A_MINUTE:
        return None
    return _texts.count(network_of(address_of(request)), max(settings.TEXTS_A_MINUTE // settings.WEB_CONCURRENCY, 1))


def download_allowance(request: HttpRequest) -> Allowance | None:
    """The same for lists taken as a file, each of which may be as long as hundreds of pages."""
    if not settings.DOWNLOADS_A_MINUTE:
        return None
    limit = max(settings.DOWNLOADS_A_MINUTE // settings.WEB_CONCURRENCY, 1)
    return _downloads.count(network_of(address_of(request)), limit)


def share() -> int:
    """This process's part of the requests that one reader has."""
    return max(settings.API_REQUESTS_A_MINUTE // settings.WEB_CONCURRENCY, 1)

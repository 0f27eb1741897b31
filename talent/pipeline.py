"""One article from waiting to recorded: take the row, extract, record, and say what went wrong where it did."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction

from articles import engines
from articles.models import Article
from articles.trouble import at_home, give_back
from talent.exceptions import GaveUp, LostLease
from talent.history import because
from talent.record import Reading, Recorded, record, record_many

log = structlog.get_logger(__name__)

WAITING = Article.State.AWAITING_EXTRACTION
# So many articles are settled together: most of what settling costs, it costs once.
TOGETHER = 50


def process(pk: int, *, now: datetime) -> Recorded | None:
    """Extracts and records the waiting article ``pk``; None where it does not wait, is held, or failed.

    (1) Take the row, which counts the try. (2) Extract, outside any transaction. (3) Write claims, facts and the row's
    new state in one transaction, if the lease still stands. A worker that dies in between leaves a row whose lease
    runs out. A failure is kept on the row; a permanent one, and the last of MAX_ATTEMPTS, wait for an operator. A try
    that the house spoiled (no database, a full disk) does not count.
    """
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    if not Article.objects.take(pk, state=WAITING, now=now, lease=lease):
        return None
    return _work(Article.objects.get(pk=pk), now=now, until=now + lease)


def process_many(pks: Sequence[int], *, now: datetime, enough: Callable[[], bool] = lambda: False) -> list[int]:
    """``process`` for articles that nobody has tried, taken and settled together; the numbers of those that still wait.

    When ``enough`` says so, or the lease is half over, the rest is given back untried.
    """
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    until = now + lease
    taken = Article.objects.take_many(pks, state=WAITING, now=now, lease=lease)
    half = time.monotonic() + settings.LEASE_SECONDS / 2
    for first in range(0, len(taken), TOGETHER):
        readings: list[Reading] = []
        here = taken[first : first + TOGETHER]
        rows = Article.objects.in_bulk(here)
        for number, pk in enumerate(here, start=first):
            if enough() or time.monotonic() > half:
                _give_back_untried(left := taken[number:], until=until)
                _record_together(readings, now=now, until=until)
                return left
            if reading := _read(rows.pop(pk), now=now, until=until):
                readings.append(reading)
        _record_together(readings, now=now, until=until)
    return []


def _read(article: Article, *, now: datetime, until: datetime) -> Reading | None:
    """What the engine finds in an article that was taken; None, noted on its row, where it fails."""
    try:
        extraction, version = engines.read(article)
    except Exception as error:
        _note_trouble(article, error, now=now, until=until)
        return None
    return Reading(article, extraction, version)


def _record_together(readings: Sequence[Reading], *, now: datetime, until: datetime) -> None:
    """Records in one transaction; where one of them spoils that, each in its own."""
    if not readings:
        return
    try:
        with transaction.atomic():
            recorded = record_many(readings)
            _end(readings, until=until)
    except Exception as error:
        if at_home(error):
            for reading in readings:
                _note_trouble(reading.article, error, now=now, until=until)
            return
        log.info("not recorded together; each goes its own way", articles=len(readings), reason=str(error))
        for reading in readings:
            _guarded(reading.article, partial(_record, reading, until=until), now=now, until=until)
    else:
        new = sum(each.new for each in recorded)
        log.info("articles recorded", articles=len(readings), new=new)


def _give_back_untried(pks: Sequence[int], *, until: datetime) -> None:
    Article.objects.filter(pk__in=pks, state=WAITING, taken_until=until).update(taken_until=None, attempts=0)


def _work(article: Article, *, now: datetime, until: datetime) -> Recorded | None:
    """Works on an article that was taken; None, noted on its row, where that failed."""

    def work() -> Recorded:
        if article.attempts > settings.MAX_ATTEMPTS:
            raise GaveUp(f"Gave up after {settings.MAX_ATTEMPTS} tries, each of which ended the worker.")
        extraction, version = engines.read(article)
        return _record(Reading(article, extraction, version), until=until)

    return _guarded(article, work, now=now, until=until)


def _guarded(article: Article, work: Callable[[], Recorded], *, now: datetime, until: datetime) -> Recorded | None:
    try:
        return work()
    except LostLease:
        log.warning("lease ran out while extracting; another worker has the article", article=article.public_id)
        return None
    except Exception as error:
        _note_trouble(article, error, now=now, until=until)
        return None


def _note_trouble(article: Article, error: Exception, *, now: datetime, until: datetime) -> None:
    if at_home(error):
        give_back(Article, article.pk, error, state=WAITING, until=until)
    else:
        _note_failure(article, error, now=now, until=until)


def overdue(*, now: datetime, age: timedelta, limit: int) -> list[int]:
    """Articles that wait although nobody works on them; touched, so that each is named once in a while."""
    pks = list(Article.objects.overdue(now, state=WAITING, age=age).values_list("pk", flat=True)[:limit])
    Article.objects.filter(pk__in=pks).update(updated_at=now)
    return pks


def mend_clock(*, now: datetime) -> int:
    """Brings back articles that wait in the future of a clock that was put back; how many."""
    return Article.objects.filter(state=WAITING).mend_clock(now)


def _record(reading: Reading, *, until: datetime) -> Recorded:
    article = reading.article
    with transaction.atomic(), because(article=article.public_id):
        recorded = record(article, reading.extraction, engine_version=reading.engine_version)
        _end([reading], until=until)
    log.info("article recorded", article=article.public_id, new=recorded.new, superseded=recorded.superseded)
    return recorded


def _end(readings: Sequence[Reading], *, until: datetime) -> None:
    """Notes that the articles are recorded; LostLease where another worker was given one of them meanwhile."""
    kept, pks = 0, defaultdict(list)
    for reading in readings:
        pks[reading.engine_version[:60]].append(reading.article.pk)
    for version, read in pks.items():
        held = Article.objects.filter(pk__in=read, state=WAITING, taken_until=until)
        kept += held.update(
            state=Article.State.RECORDED, engine_version=version, error="", taken_until=None, attempts=0
        )
    if kept < len(readings):
        raise LostLease(readings[0].article.public_id if len(readings) == 1 else f"{len(readings) - kept} articles")


def _note_failure(article: Article, error: Exception, *, now: datetime, until: datetime) -> None:
    """Keeps the reason on the row, which waits for its next try, or for an operator."""
    permanent = bool(getattr(error, "permanent", False))
    final = permanent or article.attempts >= settings.MAX_ATTEMPTS
    log.warning("article failed", article=article.public_id, final=final, exc_info=error)
    # Half a minute, two, eight, thirty-two.
    wait = timedelta(seconds=settings.RETRY_SECONDS * 4 ** (min(article.attempts, 8) - 1))
    Article.objects.held(article.pk, state=WAITING, until=until).update(
        error=f"{type(error).__name__}: {error}".replace("\x00", "")[:2000],
        state=Article.State.FAILED if final else WAITING,
        failed_for_good=permanent,
        taken_until=None if final else now + wait,
        updated_at=now,
    )

"""One article from waiting to recorded: take the row, extract, record, and say what went wrong where it did."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import OperationalError, transaction

from articles import engines
from articles.models import Article
from talent.exceptions import GaveUp, LostLease
from talent.history import because
from talent.record import Recorded, record

log = structlog.get_logger(__name__)

WAITING = Article.State.AWAITING_EXTRACTION
# Between two tries: half a minute, two, eight, thirty-two.
_FIRST_WAIT = timedelta(seconds=30)


def process(pk: int, *, now: datetime) -> Recorded | None:
    """Extracts and records the waiting article ``pk``; None where it does not wait, is held, or failed.

    (1) Take the row, which counts the try. (2) Extract, outside any transaction. (3) Write claims, facts and the row's
    new state in one transaction, if the lease still stands. A worker that dies in between leaves a row whose lease
    runs out. A failure is kept on the row; a permanent one, and the last of MAX_ATTEMPTS, wait for an operator.
    """
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    if not Article.objects.take(pk, state=WAITING, now=now, lease=lease):
        return None
    article = Article.objects.get(pk=pk)
    try:
        if article.attempts > settings.MAX_ATTEMPTS:
            raise GaveUp(f"Gave up after {settings.MAX_ATTEMPTS} tries, each of which ended the worker.")
        return _extract_and_record(article, until=now + lease)
    except LostLease:
        log.warning("lease ran out while extracting; another worker has the article", article=article.public_id)
        return None
    except OperationalError:
        raise  # the database is gone: nothing can be noted there, and the lease gives the row back
    except Exception as error:
        _note_failure(article, error, now=now, until=now + lease)
        return None


def overdue(*, now: datetime, age: timedelta, limit: int) -> list[int]:
    """Articles that wait although nobody works on them; touched, so that each is named once in a while."""
    pks = list(Article.objects.overdue(now, state=WAITING, age=age).values_list("pk", flat=True)[:limit])
    Article.objects.filter(pk__in=pks).update(updated_at=now)
    return pks


def _extract_and_record(article: Article, *, until: datetime) -> Recorded:
    extraction, version = engines.read(article)
    with transaction.atomic(), because(article=article.public_id):
        recorded = record(article, extraction, engine_version=version)
        kept = Article.objects.held(article.pk, state=WAITING, until=until).update(
            state=Article.State.RECORDED, engine_version=version[:60], error="", taken_until=None, attempts=0
        )
        if not kept:
            raise LostLease(article.public_id)
    log.info("article recorded", article=article.public_id, new=recorded.new, superseded=recorded.superseded)
    return recorded


def _note_failure(article: Article, error: Exception, *, now: datetime, until: datetime) -> None:
    """Keeps the reason on the row, which waits for its next try, or for an operator."""
    permanent = bool(getattr(error, "permanent", False))
    final = permanent or article.attempts >= settings.MAX_ATTEMPTS
    log.warning("article failed", article=article.public_id, final=final, exc_info=error)
    wait = _FIRST_WAIT * 4 ** (min(article.attempts, 8) - 1)
    Article.objects.held(article.pk, state=WAITING, until=until).update(
        error=f"{type(error).__name__}: {error}".replace("\x00", "")[:2000],
        state=Article.State.FAILED if final else WAITING,
        failed_for_good=permanent,
        taken_until=None if final else now + wait,
        updated_at=now,
    )

"""One article from waiting to recorded: take the row, extract, record, and say what went wrong where it did."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import OperationalError, transaction

from articles import engines
from articles.models import Article
from talent.record import Recorded, record

log = structlog.get_logger(__name__)


def process(pk: int, *, now: datetime) -> Recorded | None:
    """Extracts and records the waiting article ``pk``; None where it does not wait or another worker holds it.

    Steps: (1) take the row, which counts the try; (2) extract, outside any transaction; (3) write claims, facts and
    the row's new state in one transaction. A worker that dies between leaves a row whose lease runs out. A failure
    is kept on the row with its reason; after MAX_ATTEMPTS, or at once for a permanent one, it waits for an operator.
    """
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    if not Article.objects.take(pk, state=Article.State.AWAITING_EXTRACTION, now=now, lease=lease):
        return None
    article = Article.objects.get(pk=pk)
    try:
        if article.attempts > settings.MAX_ATTEMPTS:
            raise Poisoned(article.attempts - 1)
        return _extract_and_record(article)
    except OperationalError:
        raise  # the database is gone: nothing can be noted there, and the lease gives the row back
    except Exception as error:
        _note_failure(article, error)
        return None


class Poisoned(Exception):
    """Every try so far ended without a word: the worker died of it."""

    permanent = True

    def __init__(self, attempts: int) -> None:
        super().__init__(f"gave up after {attempts} tries that ended the worker; retry it when the cause is mended")


def _extract_and_record(article: Article) -> Recorded:
    extraction, version = engines.read(article)
    with transaction.atomic():
        recorded = record(article, extraction, engine_version=version)
        Article.objects.filter(pk=article.pk).update(
            state=Article.State.RECORDED, engine_version=version[:60], error="", taken_until=None, attempts=0
        )
    log.info("article recorded", article=article.public_id, new=recorded.new, superseded=recorded.superseded)
    return recorded


def _note_failure(article: Article, error: Exception) -> None:
    """Keeps the reason on the row. It waits again unless the failure is permanent or the tries are used up."""
    final = getattr(error, "permanent", False) or article.attempts >= settings.MAX_ATTEMPTS
    log.exception("article failed", article=article.public_id, final=final)
    Article.objects.filter(pk=article.pk).update(
        error=f"{type(error).__name__}: {error}"[:2000],
        taken_until=None,
        failed_for_good=final,
        state=Article.State.FAILED if final else Article.State.AWAITING_EXTRACTION,
    )

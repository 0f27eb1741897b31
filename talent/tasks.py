"""Celery's faces of the pipeline. A message is a hint; ``sweep`` finds whatever waits without one."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from articles.models import Article
from talent import pipeline

SWEEP_BATCH = 500
SWEEP_AFTER = timedelta(seconds=30)


@shared_task(name="talent.tasks.process")
def process(pk: int) -> None:
    pipeline.process(pk, now=timezone.now())


@shared_task(name="talent.tasks.sweep")
def sweep() -> int:
    """Enqueues articles that have waited for a while without being taken; how many.

    The conditional take makes a second message harmless; touching the row keeps a long queue from filling with them.
    """
    now = timezone.now()
    waiting = Article.objects.awaiting_extraction(now).filter(updated_at__lt=now - SWEEP_AFTER)
    pks = list(waiting.values_list("pk", flat=True)[:SWEEP_BATCH])
    Article.objects.filter(pk__in=pks).update(updated_at=now)
    for pk in pks:
        process.delay(pk)
    return len(pks)

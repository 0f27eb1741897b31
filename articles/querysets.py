"""Reads of the press, and the conditional updates by which one worker at a time takes a row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

_AFRESH: dict[str, Any] = {"attempts": 0, "taken_until": None, "error": "", "failed_for_good": False}


class SourceQuerySet(models.QuerySet[Any]):
    """Outlets."""


class StageQuerySet(models.QuerySet[Any]):
    """Rows that wait for a stage of work."""

    def free(self, now: datetime) -> Self:
        """Rows that no living worker holds."""
        return self.filter(Q(taken_until=None) | Q(taken_until__lt=now), failed_for_good=False)

    def take(self, pk: int, *, state: str, now: datetime, lease: timedelta) -> bool:
        """Takes the row if it is in ``state`` and free; False where somebody else got there."""
        taken = self.free(now).filter(pk=pk, state=state)
        return taken.update(taken_until=now + lease, attempts=F("attempts") + 1, updated_at=now) == 1

    def held(self, pk: int, *, state: str, until: datetime) -> Self:
        """The row, as long as the lease that was taken until then still stands."""
        return self.filter(pk=pk, state=state, taken_until=until)

    def overdue(self, now: datetime, *, state: str, age: timedelta) -> Self:
        """Free rows that nothing has happened to for ``age``: their message is lost, or their worker died."""
        return self.free(now).filter(state=state, updated_at__lt=now - age).order_by("updated_at")

    def failed(self) -> Self:
        return self.filter(state="failed").order_by("id")


class ArticleQuerySet(StageQuerySet):
    """Articles."""

    def awaiting_extraction(self, now: datetime) -> Self:
        return self.free(now).filter(state="awaiting_extraction").order_by("updated_at")

    def retry(self) -> int:
        """Has articles that failed read again, also those that wait for their next try; gives their number."""
        return self.exclude(error="").exclude(state="recorded").update(**_AFRESH, state="awaiting_extraction")

    def for_list(self) -> Self:
        """Newest first, with what a row of the list shows; the text stays in the database."""
        return (
            self.select_related("source")
            .defer("text", "signature", "bands")
            .order_by(F("published_at").desc(nulls_last=True), "-id")
        )


class SnapshotQuerySet(StageQuerySet):
    """Fetched bytes and fetches to do."""

    def awaiting_fetch(self, now: datetime) -> Self:
        return self.free(now).filter(state="awaiting_fetch").order_by("updated_at")

    def awaiting_parse(self, now: datetime) -> Self:
        return self.free(now).filter(state="awaiting_parse").order_by("updated_at")

    def retry(self) -> int:
        """Sends failed snapshots back to the stage that failed, also those that wait for their next try; how many."""
        failed = self.exclude(error="").exclude(state="stored")
        fetched = failed.exclude(sha256="").update(**_AFRESH, state="awaiting_parse")
        return fetched + failed.filter(sha256="").update(**_AFRESH, state="awaiting_fetch")

"""Reads of the press, and the conditional updates by which one worker at a time takes a row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q


class SourceQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the model is not importable from here
    """Outlets."""


class StageQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the model is not importable from here
    """Rows that wait for a stage of work."""

    def free(self, now: datetime) -> Self:
        """Rows that no living worker holds."""
        return self.filter(Q(taken_until=None) | Q(taken_until__lt=now), failed_for_good=False)

    def take(self, pk: int, *, state: str, now: datetime, lease: timedelta) -> bool:
        """Takes the row if it is in ``state`` and free; False where somebody else got there."""
        taken = self.free(now).filter(pk=pk, state=state)
        return taken.update(taken_until=now + lease, attempts=F("attempts") + 1) == 1

    def retry(self) -> int:
        """Frees failed rows for another round of tries; gives their number. The state to go back to is the caller's."""
        return self.update(attempts=0, taken_until=None, error="", failed_for_good=False)


class ArticleQuerySet(StageQuerySet):
    """Articles."""

    def awaiting_extraction(self, now: datetime) -> Self:
        return self.free(now).filter(state="awaiting_extraction").order_by("id")

    def failed(self) -> Self:
        return self.filter(state="failed").order_by("id")

    def for_list(self) -> Self:
        """Newest first, with what a row of the list shows; the text stays in the database."""
        return self.select_related("source").defer("text").order_by(F("published_at").desc(nulls_last=True), "-id")


class SnapshotQuerySet(StageQuerySet):
    """Fetched bytes and fetches to do."""

    def awaiting_fetch(self, now: datetime) -> Self:
        return self.free(now).filter(state="awaiting_fetch").order_by("id")

    def awaiting_parse(self, now: datetime) -> Self:
        return self.free(now).filter(state="awaiting_parse").order_by("id")

    def failed(self) -> Self:
        return self.filter(state="failed").order_by("id")

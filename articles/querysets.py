"""Reads of the press, and the conditional updates by which one worker at a time takes a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Func, Q, TextField, Value

# Less than this is no clock that was put back.
_CLOCKS_DIFFER = timedelta(seconds=10)
# No turn at a host lies further ahead.
LONGEST_TURN = timedelta(hours=2)
# A row as if nothing had been tried yet.
AFRESH: dict[str, Any] = {"attempts": 0, "taken_until": None, "error": "", "failed_for_good": False}


class Cause(Func):
    """A row's error without what differs from one failure to the next: addresses, hosts, hashes and numbers.

    Written out in full, not with parameters, so that the index over it is found.
    """

    function = "regexp_replace"
    template = (
        "left(regexp_replace(error, 'https?://\\S+|[A-Za-z0-9_/-]+(\\.[A-Za-z0-9_/-]+)+|[0-9a-f]{12,}"
        "|[0-9]+([.,][0-9]+)*', '…', 'g'), 160)"
    )
    output_field = TextField()


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

    def take_many(self, pks: Sequence[int], *, state: str, now: datetime, lease: timedelta) -> list[int]:
        """Takes those of the rows that are in ``state``, free and untried; passes over what others are taking just now.

        What was tried before is left to ``take``: in company, a row that ends its worker would spoil its neighbours.
        """
        with transaction.atomic():
            rows = self.free(now).filter(pk__in=pks, state=state, attempts=0).order_by("pk")
            taken = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
            self.filter(pk__in=taken).update(taken_until=now + lease, attempts=1, updated_at=now)
        return taken

    def held(self, pk: int, *, state: str, until: datetime) -> Self:
        """The row, as long as the lease that was taken until then still stands."""
        return self.filter(pk=pk, state=state, taken_until=until)

    def overdue(self, now: datetime, *, state: str, age: timedelta) -> Self:
        """Free rows that nothing has happened to for ``age``: their message is lost, or their worker died."""
        return self.free(now).filter(state=state, updated_at__lt=now - age).order_by("updated_at")

    def mend_clock(self, now: datetime) -> int:
        """Brings back rows last touched in the future, by a clock that was put back since, and their leases as far."""
        future = self.filter(updated_at__gt=now + _CLOCKS_DIFFER)
        return future.update(taken_until=F("taken_until") - (F("updated_at") - Value(now)), updated_at=now)

    def failed(self) -> Self:
        return self.filter(state="failed").order_by("id")

    def discard(self) -> int:
        """Lays failed rows aside: an operator wants them neither tried again nor shown; gives their number."""
        return self.filter(state="failed").update(state="discarded", taken_until=None)


class ArticleQuerySet(StageQuerySet):
    """Articles."""

    def awaiting_extraction(self, now: datetime) -> Self:
        return self.free(now).filter(state="awaiting_extraction").order_by("updated_at")

    def retry(self) -> int:
        """Has articles that failed read again, also those that wait for their next try; gives their number."""
        return self.exclude(error="").exclude(state="recorded").update(**AFRESH, state="awaiting_extraction")

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
        fetched = failed.exclude(sha256="").update(**AFRESH, state="awaiting_parse")
        return fetched + failed.filter(sha256="").update(**AFRESH, state="awaiting_fetch")


class HostQuerySet(models.QuerySet[Any]):
    """Web servers."""

    def free(self, now: datetime) -> Self:
        """Hosts that may be asked; a turn further ahead than any is ever set comes of a clock that was put back."""
        return self.filter(Q(next_at__lte=now) | Q(next_at__gt=now + LONGEST_TURN))


class FeedQuerySet(StageQuerySet):
    """Places that are polled."""

    def due(self, now: datetime) -> Self:
        """Active feeds whose time has come, and that no worker holds."""
        return self.free(now).filter(state="active", next_poll_at__lte=now)

    def poll_now(self, now: datetime) -> int:
        """Has active feeds polled as soon as their hosts may be asked; gives their number."""
        return self.filter(state="active").update(next_poll_at=now, updated_at=now)

    def pause(self) -> int:
        """Polls these no more; what they have named already is still fetched."""
        return self.filter(state="active").update(state="paused", taken_until=None)

    def resume(self, now: datetime) -> int:
        """Polls these again, as if nothing had gone wrong."""
        afresh = {**AFRESH, "failures": 0, "next_poll_at": now, "updated_at": now}
        return self.exclude(state="active").update(**afresh, state="active")

    def flagged(self) -> Self:
        """Feeds that have gone quiet or changed their shape."""
        return self.filter(Q(quiet=True) | ~Q(changed_shape=""))

    def with_maps(self, pk: int) -> Self:
        """The feed, and the site maps that it named."""
        return self.filter(Q(pk=pk) | Q(parent=pk))

    def for_list(self) -> Self:
        """Those that somebody added, with outlet and host; the site maps that an index names are left out."""
        return self.filter(parent=None).select_related("source", "host").order_by("-id")


class EntryQuerySet(models.QuerySet[Any]):
    """What feeds have named."""

    def waiting(self) -> Self:
        """Entries to be handed on, the newest first."""
        return self.filter(state="waiting").order_by(F("published_at").desc(nulls_last=True), "-id")

"""Long pieces of work that somebody started, and the parts of them that workers take.

Every progress bar, on the command line and on a page, is read from these rows.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.stage import Stage
from articles.querysets import StageQuerySet


class Job(models.Model):
    """One long piece of work. ``done`` and ``counts`` move in the transaction that writes what they count."""

    class Kind(models.TextChoices):
        WARC = "warc", _("web archive")
        MBOX = "mbox", _("mailbox")
        EXPORT = "export", _("export")
        REBUILD = "rebuild", _("rebuild")

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        STOPPED = "stopped", _("stopped")

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=300, help_text="what is worked on, as the operator knows it")
    # Where the material lies, for workers of every host: a path or an http(s) address.
    address = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    # What ``done`` and ``total`` count: "bytes", "pages", "articles"; null while nobody knows how many there are.
    unit = models.CharField(max_length=20)
    total = models.BigIntegerField(null=True, blank=True)
    done = models.BigIntegerField(default=0)
    # How much of what was met: {"pages": 12, "kept": 1}.
    counts = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    # Why it failed, or what to look at although it did not; for the operator.
    error = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(db_default=Now())
    heartbeat_at = models.DateTimeField(db_default=Now(), help_text="the last sign of life")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], name="job_running", condition=Q(state="running"))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["running", "done", "failed", "stopped"]), name="job_state"),
            models.CheckConstraint(
                condition=Q(state="running", finished_at=None) | ~Q(state="running") & Q(finished_at__isnull=False),
                name="job_finished",
            ),
            models.CheckConstraint(condition=Q(done__gte=0), name="job_done"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("press-jobs-one", args=[self.pk])


class Shard(Stage):
    """A part of a job that one worker at a time holds by a lease, with the place from which it goes on.

    ``start``, ``end`` and ``position`` are in the job's own measure: of a web archive, bytes of the file.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="shards")
    number = models.PositiveIntegerField()
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    # What lies before is done, and written. ``within`` is how far into what begins there, where that cannot be cut.
    position = models.BigIntegerField()
    within = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ["job", "number"]
        indexes = [
            models.Index(fields=["job", "number"], name="shard_waiting", condition=Q(state="waiting")),
            models.Index(fields=["updated_at"], name="shard_overdue", condition=Q(state="waiting")),
            models.Index(fields=["job", "number"], name="shard_failed", condition=Q(state="failed")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="shard_once"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "done", "failed"]), name="shard_state"),
            models.CheckConstraint(
                condition=Q(start__gte=0) & Q(end__gte=models.F("start")) & Q(position__gte=models.F("start")),
                name="shard_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.number}"

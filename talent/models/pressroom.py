"""What operators did with failures, when the clockwork last ran, and which daily digests went out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talent.models.constraints import one_of


class PressVerb(models.TextChoices):
    RETRY = "retry", _("tried again")
    DISCARD = "discard", _("discarded")


class PressAct(models.Model):
    """One act of an operator on failed rows: whole causes are worked off in batches, and ``number`` grows."""

    verb = models.CharField(max_length=8, choices=PressVerb)
    stage = models.CharField(max_length=40)
    # The cause as it is shown, "" where single rows were chosen; and the rows, where they are few.
    cause = models.TextField(blank=True)
    rows = models.JSONField(default=list, blank=True)
    number = models.PositiveIntegerField(default=0)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        permissions = [("run_press", "Can retry and discard what failed in the press room")]
        constraints = [one_of("verb", PressVerb, "press_act_verb")]

    def __str__(self) -> str:
        return f"{self.verb} {self.number} × {self.cause or self.rows}"


class Pulse(models.Model):
    """When a recurring piece of work last ran to its end; in the database, because the broker may be emptied."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"


class Digest(models.Model):
    """The digest of one day: its row is made by whoever sends it, once, however many clocks ask."""

    day = models.DateField(primary_key=True)
    # Null while it is being sent; a sender that died is relieved after its lease.
    sent_at = models.DateTimeField(null=True, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True)
    recipients = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}"

"""What happened to every row that matters, written by the database itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from talent.models.constraints import one_of
from talent.models.vocabulary import ChangeNoun, Operation


class Change(models.Model):
    """One insert, update or delete of one row, noted by the trigger ``talent_note_change`` of its table.

    Programs never write here. ``fields`` holds before and after of each changed column, or the whole row that was
    deleted; ``context`` who did it and why, as far as ``talent.history`` told the database.
    """

    Noun = ChangeNoun
    Operation = Operation

    at = models.DateTimeField(default=timezone.now)
    noun = models.CharField(max_length=14, choices=ChangeNoun)
    row = models.BigIntegerField()
    operation = models.CharField(max_length=6, choices=Operation)
    fields = models.JSONField(default=dict)
    context = models.JSONField(default=dict)
    # The fact that a claim supported before: "move:17". Its history tells of claims that were taken off it, too.
    former_fact = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["noun", "row", "-id"], name="change_of_row"),
            models.Index(fields=["former_fact", "-id"], name="change_former_fact", condition=~Q(former_fact="")),
        ]
        constraints = [
            one_of("noun", ChangeNoun, "change_noun"),
            one_of("operation", Operation, "change_operation"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.noun} {self.row}"

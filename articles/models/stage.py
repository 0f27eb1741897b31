"""What every row that waits for work keeps of its tries."""

from __future__ import annotations

from django.db import models


class Stage(models.Model):
    """A row that waits for work: tries are counted before the work begins, so that a poison row cannot loop."""

    attempts = models.PositiveSmallIntegerField(default=0)
    # While this lies in the future a worker holds the row.
    taken_until = models.DateTimeField(null=True, blank=True)
    # Why the last try failed, in words for the operator; "" after a success.
    error = models.TextField(blank=True)
    # No retry by itself can mend it; the operator's retry button can.
    failed_for_good = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

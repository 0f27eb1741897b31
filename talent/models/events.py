"""What happened to facts, as clients follow it: an ordered list without gaps, written by the database itself."""

from __future__ import annotations

from django.db import models

from talent.models.constraints import one_of
from talent.models.vocabulary import ClaimKind, EventType


class FactEvent(models.Model):
    """One change of what readers see of one fact, noted by the trigger ``talent_note_fact_event`` at commit.

    Numbers are given out at commit, under a lock that is held until the transaction is seen by everybody: who has read
    up to a number misses nothing below it. ``before`` and ``after`` are the fact's row as the API's lists read it, None
    where there is none. Programs never write here; see migration ``the_change_feed``.
    """

    Type = EventType

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    type = models.CharField(max_length=10, choices=EventType)
    noun = models.CharField(max_length=14, choices=ClaimKind)
    subject = models.CharField(max_length=16, help_text="public identifier of the fact")
    # Where the fact's claims went: "move:abc"; of merged ones only.
    successor = models.CharField(max_length=32, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["noun", "subject", "-sequence"], name="fact_event_of_subject")]
        constraints = [one_of("type", EventType, "fact_event_type"), one_of("noun", ClaimKind, "fact_event_noun")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.noun}.{self.type} {self.subject}"


class EventCounter(models.Model):
    """The last number given out, in one row: whoever takes the next waits for the one who took the last."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.last)

"""Who is who, and which claims tell of one event: judgements by the machine or an editor, which outlive any rebuild."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from talent.models.constraints import one_of
from talent.models.vocabulary import Subject, Verdict
from talent.querysets import JudgementQuerySet


class Judgement(models.Model):
    """Somebody's view that two mentions are the same person or company, or two claims one event, or are not.

    ``left`` and ``right`` are public identifiers of claims (people, events) or keys (companies), which outlive any
    rebuild.
    """

    Subject = Subject
    Verdict = Verdict

    subject = models.CharField(max_length=8, choices=Subject)
    left = models.CharField(max_length=200)
    right = models.CharField(max_length=200)
    verdict = models.CharField(max_length=10, choices=Verdict)
    score = models.FloatField(null=True, blank=True)
    reason = models.TextField(blank=True)
    # Null where the machine asks.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    # The later judgement that took its place; where that one is undone, this one stands again.
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced")

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["subject", "left"], name="judgement_left"),
            models.Index(fields=["subject", "right"], name="judgement_right"),
            models.Index(
                fields=["-id"], name="judgement_open", condition=Q(undone_at=None, user=None, verdict="unsure")
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="judgement_ordered_pair"),
            models.UniqueConstraint(
                fields=["subject", "left", "right"], condition=Q(undone_at=None), name="judgement_one_stands"
            ),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=0, score__lte=1), name="judgement_score"),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(undone_at=None), name="judgement_replaced_stands_no_longer"
            ),
            one_of("subject", Subject, "judgement_subject"),
            one_of("verdict", Verdict, "judgement_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.left} / {self.right}: {self.verdict}"

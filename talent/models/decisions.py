"""What editors did at the desk, so that each act can be told and undone."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talent.models.claims import Claim
from talent.models.constraints import one_of
from talent.models.judgements import Judgement
from talent.querysets import DecisionQuerySet


class Verb(models.TextChoices):
    ACCEPT = "accept", _("accepted")
    REJECT = "reject", _("rejected")
    CORRECT = "correct", _("corrected")
    SPLIT = "split", _("split")
    MERGE = "merge", _("merged")
    PART = "part", _("parted")
    JUDGE = "judge", _("judged")


class Decision(models.Model):
    """One act of one editor on a claim or on a question of identity.

    ``changes`` lists every claim whose review state it changed: ``claim`` (public identifier), ``before``, ``after``,
    and the ``version`` it left, by which an undo sees whether somebody has changed the claim since.
    """

    Verb = Verb

    verb = models.CharField(max_length=8, choices=Verb)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # What was decided on; the other one stands in ``judgement`` or ``changes``.
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions")
    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        permissions = [("use_desk", "Can judge claims and questions at the desk")]
        indexes = [
            models.Index(fields=["user", "-id"], name="decision_of_user"),
            GinIndex(fields=["changes"], name="decision_changes"),
        ]
        constraints = [
            one_of("verb", Verb, "decision_verb"),
            models.CheckConstraint(condition=~Q(claim=None) | ~Q(judgement=None), name="decision_on_something"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | (~Q(undone_at=None) & ~Q(undone_by=None)),
                name="decision_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.verb} {self.claim_id or self.judgement_id}"

    @property
    def stands(self) -> bool:
        """Whether it still says something: not undone, and no later judgement in the place of its own."""
        return self.undone_at is None and (self.judgement is None or self.judgement.undone_at is None)

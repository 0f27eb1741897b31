"""What readers and those named ask for, what editors decided, and what of it is public."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from talent.models.constraints import one_of
from talent.models.vocabulary import CorrectionCategory, CorrectionState, Effect, Noun, Requester, Visibility
from talent.querysets import CorrectionQuerySet, NoticeQuerySet, ResponseQuerySet, RestrictionQuerySet


class Anchored(models.Model):
    """Something about a page, tied to what outlives any rebuild: the claims under a fact or person, a company's key."""

    noun = models.CharField(max_length=14, choices=Noun, blank=True)
    # Public identifiers of the claims it rested on; the key of a company; the identifier of an article.
    anchors = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta:
        abstract = True


class Correction(Anchored):
    """What somebody sent about a page. Only editors read it; the sender follows it at an address of their own."""

    Category = CorrectionCategory
    State = CorrectionState

    token = models.CharField(max_length=43, unique=True, help_text="the secret part of the status address")
    identifier = models.CharField(max_length=160, blank=True, help_text="public identifier of the page, as sent")
    title = models.CharField(max_length=300, blank=True, help_text="what the page was about, as sent")
    category = models.CharField(max_length=12, choices=CorrectionCategory)
    text = models.TextField()
    name = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=200, blank=True)
    evidence = models.URLField(max_length=2000, blank=True)
    email = models.EmailField(blank=True, help_text="for the answer only; never shown")
    language = models.CharField(max_length=12, default="en")
    # A keyed hash of network address and day: enough to slow a flood down, useless afterwards.
    sender = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=CorrectionState, default=CorrectionState.RECEIVED)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    notes = models.TextField(blank=True, help_text="for editors only")
    outcome = models.TextField(blank=True, help_text="told to the sender")
    public_words = models.TextField(blank=True, help_text="what was changed, for the public log; no personal data")
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, help_text="when the outcome was mailed")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="correction_state_newest"),
            models.Index(fields=["sender", "-created_at"], name="correction_sender", condition=~Q(sender="")),
        ]
        constraints = [
            one_of("category", CorrectionCategory, "correction_category"),
            one_of("state", CorrectionState, "correction_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | ~Q(outcome=""), name="correction_outcome_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.title or self.text[:60]}"


class Response(Anchored):
    """The answer of a person or company named, published in their words beside what it answers."""

    who = models.CharField(max_length=200)
    capacity = models.CharField(max_length=200, blank=True)
    date = models.DateField(default=timezone.localdate)
    text = models.TextField()
    language = models.CharField(max_length=12, default="en")
    correction = models.ForeignKey(
        Correction, on_delete=models.SET_NULL, null=True, blank=True, related_name="responses"
    )
    published = models.BooleanField(default=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["date", "id"]
        indexes = [GinIndex(fields=["anchors"], name="response_anchors")]

    def __str__(self) -> str:
        return f"{self.who}, {self.date}"


class Restriction(Anchored):
    """An editor's decision about who may see a page, with its reason; it stands until it is lifted.

    Settling applies it to whatever rests on its anchors, so that neither a rebuild nor a newer engine undoes it.
    """

    visibility = models.CharField(max_length=10, choices=Visibility)
    reason = models.TextField(help_text="for editors only")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    correction = models.ForeignKey(Correction, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [GinIndex(fields=["anchors"], name="restriction_anchors")]
        constraints = [
            one_of("visibility", Visibility, "restriction_visibility"),
            models.CheckConstraint(condition=~Q(visibility="public"), name="restriction_restricts"),
            models.CheckConstraint(condition=~Q(reason=""), name="restriction_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.noun}: {self.visibility}"


class Notice(Anchored):
    """A line of the public log of corrections: what was changed, when, at whose kind of request. Nobody is named."""

    date = models.DateField(default=timezone.localdate)
    category = models.CharField(max_length=12, choices=CorrectionCategory)
    effect = models.CharField(max_length=12, choices=Effect)
    requester = models.CharField(max_length=10, choices=Requester, default=Requester.READER)
    words = models.TextField(blank=True)
    correction = models.ForeignKey(Correction, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-id"]
        indexes = [
            models.Index(fields=["-date", "-id"], name="notice_newest"),
            GinIndex(fields=["anchors"], name="notice_anchors"),
        ]
        constraints = [
            one_of("category", CorrectionCategory, "notice_category"),
            one_of("effect", Effect, "notice_effect"),
            one_of("requester", Requester, "notice_requester"),
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.get_effect_display()}"

"""Addresses that are told of events, and what became of each telling."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Stage
from articles.querysets import StageQuerySet
from talent.models.vocabulary import ClaimKind, EventType


class Webhook(models.Model):
    """One address of one account. Its secrets are made from the site's key and ``key_number``: none is stored."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        # By its owner, or by the site after days of failures; events are kept for it meanwhile.
        PAUSED = "paused", _("paused")

    public_id = models.CharField(max_length=22, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=1000)
    # What it wants to hear of; empty lists leave nothing out.
    nouns = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    types = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    companies = ArrayField(models.CharField(max_length=160), default=list, blank=True, help_text="slugs")
    people = ArrayField(models.CharField(max_length=160), default=list, blank=True, help_text="slugs")
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    paused_because = models.TextField(blank=True)
    # Deliveries were made of all events up to this number.
    cursor = models.BigIntegerField(default=0)
    key_number = models.PositiveIntegerField(default=1)
    # Until then messages are signed with the secret before, too.
    former_key_until = models.DateTimeField(null=True, blank=True)
    # The first of the failures that no success has followed.
    failing_since = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="webhook_of_user"),
            models.Index(fields=["cursor"], name="webhook_active", condition=Q(state="active")),
        ]
        constraints = [models.CheckConstraint(condition=Q(state__in=["active", "paused"]), name="webhook_state")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("webhook", args=[self.public_id])


class Delivery(Stage):
    """One message to one address: waits, is sent again and again, and ends delivered or failed."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("failed")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    # The same in every try: by it a receiver knows what it has already.
    message_id = models.CharField(max_length=32, unique=True)
    # The event's number; none for a test. What is sent is read from the event, as it may be told at that time.
    sequence = models.BigIntegerField(null=True, blank=True)
    noun = models.CharField(max_length=14, choices=ClaimKind, blank=True)
    type = models.CharField(max_length=10, choices=EventType, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of the last reply")
    excerpt = models.TextField(blank=True, help_text="beginning of the last reply")
    milliseconds = models.PositiveIntegerField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
            models.Index(fields=["updated_at"], name="delivery_waiting", condition=Q(state="waiting")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "sequence"], condition=~Q(sequence=None), name="delivery_once_an_event"
            ),
            models.CheckConstraint(condition=Q(state__in=["waiting", "delivered", "failed"]), name="delivery_state"),
        ]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"

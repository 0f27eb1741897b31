"""Who may write through the API: keys, what was submitted with them, and the answers that a repeated request gets."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class ApiKey(models.Model):
    """A key of one account. Only its hash is kept: whoever reads the table cannot write through the API."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80, help_text="what it is for")
    # The visible beginning, by which its owner knows it again.
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key")
    scopes = ArrayField(models.CharField(max_length=40), help_text="what it may do")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    # Requests counted in the window that began then.
    window_began_at = models.DateTimeField(null=True, blank=True)
    window_requests = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["user", "-id"], name="api_key_of_user")]
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="api_key_digest"),
            models.CheckConstraint(condition=~Q(scopes=[]), name="api_key_has_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class ApiUsage(models.Model):
    """Requests made with a key on one day, UTC; refused ones among them."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="usage")
    day = models.DateField()
    requests = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0, help_text="one too many in their minute")

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="api_usage_of_a_day")]
        verbose_name_plural = "API usage"

    def __str__(self) -> str:
        return f"{self.key_id} {self.day}: {self.requests}"


class Submission(models.Model):
    """One document sent in through the API; what became of it is read from its snapshot's row."""

    public_id = models.CharField(max_length=22, unique=True)
    key = models.ForeignKey(ApiKey, on_delete=models.SET_NULL, null=True, related_name="submissions")
    # By number: the row of a fetch that brought nothing new is removed, and the address leads to the earlier one.
    snapshot_pk = models.BigIntegerField()
    address = models.CharField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.public_id} {self.address}"


class KeptAnswer(models.Model):
    """The answer to a request with an Idempotency-Key, written in the transaction that did the work."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+")
    idempotency_key = models.CharField(max_length=255)
    # SHA-256 of method, path, type and body: the same key with another request is refused.
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["key", "idempotency_key"], name="kept_answer_once")]
        indexes = [models.Index(fields=["created_at"], name="kept_answer_age")]

    def __str__(self) -> str:
        return self.idempotency_key

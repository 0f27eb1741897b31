"""What readers asked to be told of by mail, what was found for them, and the letters that tell it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Stage
from articles.querysets import StageQuerySet
from talent.models.constraints import one_of
from talent.models.vocabulary import AlertPage, ClaimKind, EventType, Frequency


class Reader(models.Model):
    """What an account has beyond name, address and password."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="reader"
    )
    # What its mail is written in.
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")

    class Meta:
        ordering = ["-user"]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]), name="reader_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} ({self.language})"


class Alert(models.Model):
    """A list with its filters, a company or a person that a reader follows.

    People and companies are kept by their public identifier: their rows come and go as claims do.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")

    public_id = models.CharField(max_length=22, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts")
    page = models.CharField(max_length=14, choices=AlertPage, blank=True, help_text="name of the list's page")
    parameters = models.JSONField(default=dict, blank=True, help_text="filters of the list, each with its values")
    # SHA-256 of page and parameters: lists that ask the same are looked at once for all their readers.
    digest = models.CharField(max_length=64, blank=True)
    company = models.CharField(max_length=16, blank=True)
    person = models.CharField(max_length=16, blank=True)
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.DAILY)
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    paused_because = models.TextField(blank=True)
    # Events up to this number are none of its business.
    since = models.BigIntegerField()
    # When the first was found of what no letter has told yet.
    pending_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["company"], name="alert_on_company", condition=Q(state="active") & ~Q(company="")),
            models.Index(fields=["person"], name="alert_on_person", condition=Q(state="active") & ~Q(person="")),
            models.Index(fields=["digest"], name="alert_on_list", condition=Q(state="active") & ~Q(digest="")),
            models.Index(
                fields=["frequency", "pending_since"],
                name="alert_pending",
                condition=Q(state="active", pending_since__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "digest", "company", "person"], name="alert_once"),
            models.CheckConstraint(
                condition=(~Q(page="") & Q(digest__regex=r"^[0-9a-f]{64}$", company="", person=""))
                | (~Q(company="") & Q(page="", digest="", person=""))
                | (~Q(person="") & Q(page="", digest="", company="")),
                name="alert_about_one",
            ),
            models.CheckConstraint(condition=Q(page="") | Q(page__in=AlertPage.values), name="alert_page"),
            one_of("frequency", Frequency, "alert_frequency"),
            models.CheckConstraint(condition=Q(state__in=["active", "paused"]), name="alert_state"),
        ]

    def __str__(self) -> str:
        return self.page or f"{'company' if self.company else 'person'} {self.company or self.person}"

    def get_absolute_url(self) -> str:
        return reverse("alert", args=[self.public_id])


class Letter(Stage):
    """One mail to one reader: made of what was found, written when it is sent, sent again until it is taken."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        # When its time came there was nothing that readers may see.
        EMPTY = "empty", _("nothing left to tell")
        FAILED = "failed", _("failed")

    # Becomes the mail's Message-ID, the same in every try: a mail that was sent twice is shown once by many programs.
    public_id = models.CharField(max_length=22, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    frequency = models.CharField(max_length=8, choices=Frequency)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = StageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "frequency", "-id"], name="letter_of_user"),
            models.Index(fields=["updated_at"], name="letter_waiting", condition=Q(state="waiting")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "frequency"], condition=Q(state="waiting"), name="letter_one_at_a_time"
            ),
            one_of("frequency", Frequency, "letter_frequency"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "sent", "empty", "failed"]), name="letter_state"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class Found(models.Model):
    """One event that an alert asks for. What a letter says of it is read from the fact when the letter is written."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="found")
    sequence = models.BigIntegerField(help_text="number of the event")
    noun = models.CharField(max_length=14, choices=ClaimKind)
    subject = models.CharField(max_length=16, help_text="public identifier of the fact")
    type = models.CharField(max_length=10, choices=EventType)
    # None as long as no letter was made of it.
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="found")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "found"
        indexes = [
            models.Index(fields=["noun", "subject", "alert"], name="found_of_subject"),
            models.Index(fields=["alert", "sequence"], name="found_untold", condition=Q(letter=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alert", "sequence"], name="found_once"),
            one_of("noun", ClaimKind, "found_noun"),
            one_of("type", EventType, "found_type"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.noun}.{self.type} {self.subject}"


class AlertCursor(models.Model):
    """How far the change feed was looked through for alerts; one row, held by whoever looks.

    Every alert was shown the events up to ``reached``. Those up to ``upto`` were shown to followed companies and
    people, and to lists whose digest is not above ``digest``.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    reached = models.BigIntegerField()
    upto = models.BigIntegerField()
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(upto__gte=models.F("reached")), name="alert_cursor_forward")]

    def __str__(self) -> str:
        return f"{self.reached}–{self.upto} {self.digest[:8]}"

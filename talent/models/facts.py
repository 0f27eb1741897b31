"""What we believe: moves, compensation reports and signals, computed from claims and never edited."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from talent.models.constraints import CURRENCY_PATTERN, PERIOD_PATTERN, one_of, ordered, valid_date
from talent.models.entities import Company, Person
from talent.models.vocabulary import CompensationKind, Component, Metric, MoveKind, RoleFamily, Status, Visibility
from talent.querysets import CompensationReportQuerySet, MoveQuerySet, SignalQuerySet


class Fact(models.Model):
    """What moves, reports and signals share. ``public_id`` is that of the fact's first claim, so old addresses can be
    followed: the claim leads to the fact it supports today."""

    public_id = models.CharField(max_length=16, unique=True)
    status = models.CharField(max_length=10, choices=Status)
    date = models.CharField(max_length=24, blank=True, help_text="EDTF; empty where no source says")
    date_first = models.DateField(null=True, blank=True, help_text="earliest day that the date allows")
    date_last = models.DateField(null=True, blank=True, help_text="latest day that the date allows")
    # The day to sort by: the earliest day of the date, else of the first article. Never null, for keyset pages.
    sort_date = models.DateField()
    reporters = models.PositiveIntegerField(default=0, help_text="independent reporters")
    articles_count = models.PositiveIntegerField(default=0)
    confidence = models.FloatField(default=0.5)
    # Whether an editor has accepted a claim that supports it.
    reviewed = models.BooleanField(default=False)
    # The claim shown in lists: the one that carries the fact best.
    lead_claim = models.ForeignKey("talent.Claim", on_delete=models.PROTECT, related_name="+")
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Move(Fact):
    """A person, or an unnamed group with bounds, left one company, joined another, or both."""

    Kind = MoveKind

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="moves")
    cohort_text = models.CharField(max_length=300, blank=True)
    cohort_min = models.PositiveIntegerField(null=True, blank=True)
    cohort_max = models.PositiveIntegerField(null=True, blank=True)
    cohort_of = models.PositiveIntegerField(null=True, blank=True)
    origin = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, blank=True, related_name="departures")
    origin_team = models.CharField(max_length=200, blank=True)
    origin_role = models.CharField(max_length=200, blank=True)
    destination = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, blank=True, related_name="arrivals")
    destination_team = models.CharField(max_length=200, blank=True)
    destination_role = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=MoveKind)
    # Told from the role joined or, where nothing is told, from the one left.
    role_family = models.CharField(max_length=12, choices=RoleFamily, blank=True, default="", db_default="")

    objects = MoveQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_date", "-id"]
        indexes = [
            models.Index(fields=["-sort_date", "-id"], name="move_newest"),
            models.Index(fields=["-reporters", "-sort_date", "-id"], name="move_most_reporters"),
            models.Index(fields=["-sort_date", "-id"], name="move_reviewed", condition=Q(reviewed=True)),
            models.Index(fields=["person", "-sort_date", "-id"], name="move_person"),
            models.Index(fields=["origin", "-sort_date", "-id"], name="move_origin"),
            models.Index(fields=["destination", "-sort_date", "-id"], name="move_destination"),
            models.Index(fields=["origin", "destination", "-sort_date", "-id"], name="move_pair"),
            models.Index(fields=["role_family", "-sort_date", "-id"], name="move_role_family"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(origin=None) | ~Q(destination=None), name="move_has_an_end"),
            models.CheckConstraint(
                condition=(Q(person=None) & ~Q(cohort_text="")) | (~Q(person=None) & Q(cohort_text="")),
                name="move_person_or_cohort",
            ),
            ordered("cohort_min", "cohort_max", "move_cohort_ordered"),
            ordered("cohort_max", "cohort_of", "move_cohort_max_within"),
            ordered("cohort_min", "cohort_of", "move_cohort_min_within"),
            one_of("kind", MoveKind, "move_kind"),
            models.CheckConstraint(
                condition=Q(role_family="") | Q(role_family__in=RoleFamily.values), name="move_role"
            ),
            one_of("status", Status, "move_status"),
            one_of("visibility", Visibility, "move_visibility"),
            *valid_date("move"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.cohort_text}: {self.origin or '?'} → {self.destination or '?'}"

    def get_absolute_url(self) -> str:
        return reverse("move", args=[self.public_id])


class CompensationReport(Fact):
    """A figure of pay that a company pays, offers, or is said to pay."""

    Component = Component
    Kind = CompensationKind

    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, blank=True, related_name="compensation")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="compensation")
    population = models.CharField(max_length=300, blank=True)
    amount_min = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    amount_max = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3)
    period = models.CharField(max_length=14)
    component = models.CharField(max_length=14, choices=Component)
    kind = models.CharField(max_length=14, choices=CompensationKind)

    objects = CompensationReportQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_date", "-id"]
        indexes = [
            models.Index(fields=["-sort_date", "-id"], name="compensation_newest"),
            models.Index(fields=["-reporters", "-sort_date", "-id"], name="compensation_most_reporters"),
            models.Index(fields=["-sort_date", "-id"], name="compensation_reviewed", condition=Q(reviewed=True)),
            models.Index(fields=["company", "-sort_date", "-id"], name="compensation_company"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_min=None) | ~Q(amount_max=None), name="compensation_has_amount"),
            ordered("amount_min", "amount_max", "compensation_amounts_ordered"),
            models.CheckConstraint(
                condition=(Q(amount_min=None) | Q(amount_min__gte=0)) & (Q(amount_max=None) | Q(amount_max__gte=0)),
                name="compensation_not_negative",
            ),
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY_PATTERN), name="compensation_currency"),
            models.CheckConstraint(condition=Q(period__regex=PERIOD_PATTERN), name="compensation_period"),
            one_of("component", Component, "compensation_component"),
            one_of("kind", CompensationKind, "compensation_kind"),
            one_of("status", Status, "compensation_status"),
            one_of("visibility", Visibility, "compensation_visibility"),
            *valid_date("compensation"),
        ]

    def __str__(self) -> str:
        return f"{self.company or '?'}: {self.amount_min or ''}–{self.amount_max or ''} {self.currency}"

    def get_absolute_url(self) -> str:
        return reverse("compensation-report", args=[self.public_id])


class Signal(Fact):
    """A sign of hiring or shrinking: headcount, openings, plans, layoffs, freezes, practices."""

    Metric = Metric

    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, blank=True, related_name="signals")
    team = models.CharField(max_length=200, blank=True)
    metric = models.CharField(max_length=14, choices=Metric)
    value_min = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    value_max = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    value_of = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_date", "-id"]
        indexes = [
            models.Index(fields=["-sort_date", "-id"], name="signal_newest"),
            models.Index(fields=["-reporters", "-sort_date", "-id"], name="signal_most_reporters"),
            models.Index(fields=["-sort_date", "-id"], name="signal_reviewed", condition=Q(reviewed=True)),
            models.Index(fields=["company", "-sort_date", "-id"], name="signal_company"),
        ]
        constraints = [
            ordered("value_min", "value_max", "signal_values_ordered"),
            models.CheckConstraint(
                condition=~Q(metric__in=["practice", "hiring_freeze"])
                | Q(value_min=None, value_max=None, value_of=None),
                name="signal_number_fits_metric",
            ),
            one_of("metric", Metric, "signal_metric"),
            one_of("status", Status, "signal_status"),
            one_of("visibility", Visibility, "signal_visibility"),
            *valid_date("signal"),
        ]

    def __str__(self) -> str:
        return f"{self.company or '?'}: {self.metric}"

    def get_absolute_url(self) -> str:
        return reverse("signal", args=[self.public_id])


FACTS: dict[str, type[Any]] = {"move": Move, "compensation": CompensationReport, "signal": Signal}

"""The knowledge base: claims as articles make them, and the people, companies and facts computed from them.

Claims are never edited: an editor's correction is a claim of its own. Facts are never edited at all; ``record.settle``
computes them from the claims that stand, and ``manage.py rebuild`` does it again from the beginning.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from talent.querysets import (
    ClaimQuerySet,
    CompanyQuerySet,
    CompensationReportQuerySet,
    JudgementQuerySet,
    MoveQuerySet,
    PersonQuerySet,
    SignalQuerySet,
)

# The subset of EDTF in use: year, month or day, "~" or "?" behind it, and closed or open intervals of these.
_PARTIAL = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[~?]?"
EDTF_PATTERN = rf"^({_PARTIAL}(/({_PARTIAL}|\.\.))?|\.\./{_PARTIAL})$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
PERIOD_PATTERN = r"^(year|month|hour|one_time|total|multi_year:[1-9]\d?)$"


class Status(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    REPORTED = "reported", _("reported")
    PLANNED = "planned", _("planned")
    RUMOURED = "rumoured", _("rumoured")
    DECLINED = "declined", _("declined")
    DENIED = "denied", _("denied")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("public")
    UNLISTED = "unlisted", _("not for search engines")
    HIDDEN = "hidden", _("hidden")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AliasKind(models.TextChoices):
    NAME = "name", _("name")
    ALIAS = "alias", _("alias")
    TRANSLITERATION = "transliteration", _("transliteration")
    FORMER = "former", _("former name")


class MoveKind(models.TextChoices):
    HIRE = "hire", _("hire")
    DEPARTURE = "departure", _("departure")
    FOUNDING = "founding", _("founding")
    RETURN = "return", _("return")
    ACQUIHIRE = "acquihire", _("acquihire")
    INTERNAL = "internal", _("internal change")


class Component(models.TextChoices):
    TOTAL = "total", _("total")
    SALARY = "salary", _("salary")
    BONUS = "bonus", _("bonus")
    SIGNING_BONUS = "signing_bonus", _("signing bonus")
    EQUITY = "equity", _("equity")


class CompensationKind(models.TextChoices):
    PAID = "paid", _("paid")
    OFFERED = "offered", _("offered")
    COUNTEROFFER = "counteroffer", _("counter-offer")
    TYPICAL = "typical", _("typical")


class Metric(models.TextChoices):
    HEADCOUNT = "headcount", _("headcount")
    OPENINGS = "openings", _("openings")
    HIRING_PLAN = "hiring_plan", _("hiring plan")
    LAYOFFS = "layoffs", _("layoffs")
    HIRING_FREEZE = "hiring_freeze", _("hiring freeze")
    PRACTICE = "practice", _("practice")


class ClaimKind(models.TextChoices):
    MOVE = "move", _("move")
    COMPENSATION = "compensation", _("compensation")
    SIGNAL = "signal", _("signal")


class ClaimOrigin(models.TextChoices):
    RULES = "rules", _("rule engine")
    MODEL = "model", _("language model")
    BOTH = "both", _("both engines")
    EDITOR = "editor", _("editor")


class Review(models.TextChoices):
    UNREVIEWED = "unreviewed", _("not reviewed")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")
    # An editor's version stands in its place.
    CORRECTED = "corrected", _("corrected")
    # A newer engine no longer finds it.
    SUPERSEDED = "superseded", _("superseded")


class AttributionKind(models.TextChoices):
    PERSON = "person", _("named person")
    COMPANY = "company", _("company statement")
    DOCUMENT = "document", _("document")
    UNNAMED = "unnamed", _("unnamed sources")
    OUTLET = "outlet", _("other outlet")
    ARTICLE = "article", _("the article itself")


class Subject(models.TextChoices):
    PERSON = "person", _("person")
    COMPANY = "company", _("company")


class Verdict(models.TextChoices):
    SAME = "same", _("same")
    DIFFERENT = "different", _("different")
    UNSURE = "unsure", _("unsure")


def _one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def _ordered(low: str, high: str, name: str) -> models.CheckConstraint:
    """``low`` <= ``high`` where both are known."""
    return models.CheckConstraint(
        condition=Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)}),
        name=name,
    )


def _valid_date(prefix: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(date="") | Q(date__regex=EDTF_PATTERN), name=f"{prefix}_date_edtf"),
        _ordered("date_first", "date_last", f"{prefix}_dates_ordered"),
    ]


class Entity(models.Model):
    """What people and companies share: a stable public identifier, names in two scripts, and who may see them."""

    public_id = models.CharField(max_length=16, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    wikidata_id = models.CharField(max_length=20, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Company(Entity):
    """An organisation that people leave or join. Labs and teams belong to their employer."""

    key = models.CharField(max_length=200, unique=True, help_text="the canonical name, normalised")
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="subsidiaries")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "companies"
        ordering = ["slug"]
        indexes = [
            models.Index(Collate(Lower("name"), "C"), "id", name="company_by_name"),
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="company_name_trigram"),
        ]
        constraints = [
            _one_of("visibility", Visibility, "company_visibility"),
            models.CheckConstraint(
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9]\d*$"), name="company_wikidata"
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="company_not_own_parent"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("company", args=[self.slug])


class Person(Entity):
    """A human being named in at least one claim. Two people with one name are two rows until evidence joins them."""

    # Low-profile people stay out of search engines unless an editor decides otherwise.
    indexable = models.BooleanField(default=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        ordering = ["slug"]
        indexes = [
            models.Index(Collate(Lower("name"), "C"), "id", name="person_by_name"),
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="person_name_trigram"),
        ]
        constraints = [
            _one_of("visibility", Visibility, "person_visibility"),
            models.CheckConstraint(
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9]\d*$"), name="person_wikidata"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])


class Alias(models.Model):
    """A name that a person or a company goes by, as it was written."""

    Kind = AliasKind

    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, blank=True, related_name="aliases")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="aliases")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    language = models.CharField(max_length=12, blank=True)
    script = models.CharField(max_length=4, blank=True, help_text="ISO 15924")
    kind = models.CharField(max_length=16, choices=AliasKind, default=AliasKind.ALIAS)

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["key"], name="alias_key"),
            models.Index(Collate(Lower("name"), "C"), "id", name="alias_by_name"),
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="alias_name_trigram"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(company=None) ^ Q(person=None), name="alias_of_one"),
            models.UniqueConstraint(fields=["company", "name"], name="alias_company_name"),
            models.UniqueConstraint(fields=["person", "name"], name="alias_person_name"),
        ]

    def __str__(self) -> str:
        return self.name


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
    # The claim shown in lists: the one that carries the fact best.
    lead_claim = models.ForeignKey("Claim", on_delete=models.PROTECT, related_name="+")
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

    objects = MoveQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_date", "-id"]
        indexes = [
            models.Index(fields=["-sort_date", "-id"], name="move_newest"),
            models.Index(fields=["person", "-sort_date", "-id"], name="move_person"),
            models.Index(fields=["origin", "-sort_date", "-id"], name="move_origin"),
            models.Index(fields=["destination", "-sort_date", "-id"], name="move_destination"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(origin=None) | ~Q(destination=None), name="move_has_an_end"),
            models.CheckConstraint(
                condition=(Q(person=None) & ~Q(cohort_text="")) | (~Q(person=None) & Q(cohort_text="")),
                name="move_person_or_cohort",
            ),
            _ordered("cohort_min", "cohort_max", "move_cohort_ordered"),
            _ordered("cohort_max", "cohort_of", "move_cohort_max_within"),
            _ordered("cohort_min", "cohort_of", "move_cohort_min_within"),
            _one_of("kind", MoveKind, "move_kind"),
            _one_of("status", Status, "move_status"),
            _one_of("visibility", Visibility, "move_visibility"),
            *_valid_date("move"),
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
            models.Index(fields=["company", "-sort_date", "-id"], name="compensation_company"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_min=None) | ~Q(amount_max=None), name="compensation_has_amount"),
            _ordered("amount_min", "amount_max", "compensation_amounts_ordered"),
            models.CheckConstraint(
                condition=(Q(amount_min=None) | Q(amount_min__gte=0)) & (Q(amount_max=None) | Q(amount_max__gte=0)),
                name="compensation_not_negative",
            ),
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY_PATTERN), name="compensation_currency"),
            models.CheckConstraint(condition=Q(period__regex=PERIOD_PATTERN), name="compensation_period"),
            _one_of("component", Component, "compensation_component"),
            _one_of("kind", CompensationKind, "compensation_kind"),
            _one_of("status", Status, "compensation_status"),
            _one_of("visibility", Visibility, "compensation_visibility"),
            *_valid_date("compensation"),
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
            models.Index(fields=["company", "-sort_date", "-id"], name="signal_company"),
        ]
        constraints = [
            _ordered("value_min", "value_max", "signal_values_ordered"),
            models.CheckConstraint(
                condition=~Q(metric__in=["practice", "hiring_freeze"])
                | Q(value_min=None, value_max=None, value_of=None),
                name="signal_number_fits_metric",
            ),
            _one_of("metric", Metric, "signal_metric"),
            _one_of("status", Status, "signal_status"),
            _one_of("visibility", Visibility, "signal_visibility"),
            *_valid_date("signal"),
        ]

    def __str__(self) -> str:
        return f"{self.company or '?'}: {self.metric}"

    def get_absolute_url(self) -> str:
        return reverse("signal", args=[self.public_id])


class Claim(models.Model):
    """What one article says, with the words that say it. Content never changes; only the review state does.

    ``key`` is a hash of article content, kind and normal form, so that extracting twice writes nothing twice.
    ``value`` holds the claim in the annotation guide's shape; ``person_name`` to ``company_keys`` repeat what
    resolution looks up.
    """

    Kind = ClaimKind
    Origin = ClaimOrigin
    Review = Review
    AttributionKind = AttributionKind

    key = models.CharField(max_length=64, unique=True)
    public_id = models.CharField(max_length=16, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="claims")
    kind = models.CharField(max_length=14, choices=ClaimKind)
    value = models.JSONField()
    status = models.CharField(max_length=10, choices=Status)
    date = models.CharField(max_length=24, blank=True)
    quote = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    attribution = models.TextField(blank=True, help_text="who says so, in the text's own words")
    attribution_kind = models.CharField(max_length=10, choices=AttributionKind, default=AttributionKind.ARTICLE)
    attribution_count = models.PositiveSmallIntegerField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ClaimOrigin, default=ClaimOrigin.RULES)
    engine_version = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=80, blank=True)
    confidence = models.FloatField(default=0.5)
    review = models.CharField(max_length=12, choices=Review, default=Review.UNREVIEWED)
    corrects = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="corrections")
    created_at = models.DateTimeField(auto_now_add=True)

    person_name = models.CharField(max_length=200, blank=True)
    person_keys = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    company_keys = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    # Claims about no named person with one group key may be one fact; "" for the moves of people.
    group_key = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="claims")
    move = models.ForeignKey(Move, on_delete=models.SET_NULL, null=True, blank=True, related_name="claims")
    report = models.ForeignKey(
        CompensationReport, on_delete=models.SET_NULL, null=True, blank=True, related_name="claims"
    )
    signal = models.ForeignKey(Signal, on_delete=models.SET_NULL, null=True, blank=True, related_name="claims")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["article", "start", "id"]
        indexes = [
            models.Index(fields=["article", "start"], name="claim_in_article"),
            models.Index(fields=["review", "confidence", "id"], name="claim_review"),
            GinIndex(fields=["person_keys"], name="claim_person_keys"),
            models.Index(fields=["group_key"], name="claim_group", condition=~Q(group_key="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="claim_span_ordered"),
            models.CheckConstraint(condition=~Q(quote=""), name="claim_has_quote"),
            models.CheckConstraint(condition=Q(confidence__gte=0, confidence__lte=1), name="claim_confidence"),
            models.CheckConstraint(condition=Q(date="") | Q(date__regex=EDTF_PATTERN), name="claim_date_edtf"),
            models.CheckConstraint(
                condition=Q(move=None, report=None) | Q(move=None, signal=None) | Q(report=None, signal=None),
                name="claim_of_one_fact",
            ),
            _one_of("kind", ClaimKind, "claim_kind"),
            _one_of("status", Status, "claim_status"),
            _one_of("origin", ClaimOrigin, "claim_origin"),
            _one_of("review", Review, "claim_review_state"),
            _one_of("attribution_kind", AttributionKind, "claim_attribution_kind"),
        ]

    def __str__(self) -> str:
        return self.quote[:80]

    @property
    def fact(self) -> Move | CompensationReport | Signal | None:
        """The fact this claim supports today."""
        return self.move or self.report or self.signal


class Judgement(models.Model):
    """Somebody's view that two mentions are the same person or company, or are not. The latest that stands decides.

    ``left`` and ``right`` are public identifiers of claims (people) or keys (companies), which outlive any rebuild.
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

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["subject", "left"], name="judgement_left"),
            models.Index(fields=["subject", "right"], name="judgement_right"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="judgement_ordered_pair"),
            models.UniqueConstraint(
                fields=["subject", "left", "right"], condition=Q(undone_at=None), name="judgement_one_stands"
            ),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=0, score__lte=1), name="judgement_score"),
            _one_of("subject", Subject, "judgement_subject"),
            _one_of("verdict", Verdict, "judgement_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.left} / {self.right}: {self.verdict}"


FACTS: dict[str, type[Any]] = {"move": Move, "compensation": CompensationReport, "signal": Signal}

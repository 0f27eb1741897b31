"""What articles say, each with its words. Claims are never edited: a correction is a claim of its own."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from articles.models import Article
from talent.models.constraints import EDTF_PATTERN, one_of
from talent.models.entities import Person
from talent.models.facts import CompensationReport, Move, Signal
from talent.models.vocabulary import AttributionKind, ClaimKind, ClaimOrigin, EvidenceState, Review, Status
from talent.querysets import ClaimQuerySet


class Claim(models.Model):
    """What one article says, with the words that say it. Content never changes; only the review state does.

    ``key`` is a hash of article content, kind and normal form, so that extracting twice writes nothing twice.
    ``value`` holds the claim in the annotation guide's shape; ``person_name`` to ``group_key`` repeat what
    resolution looks up; see ``talent.keys``.
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
    # Counts the changes of ``review``. An editor's form sends it back: nobody overwrites what they have not seen.
    version = models.PositiveIntegerField(default=1)
    # How much an editor's look at it would tell, 0 to 100; see ``talent.usefulness``.
    usefulness = models.PositiveSmallIntegerField(default=0)
    corrects = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="corrections")
    created_at = models.DateTimeField(auto_now_add=True)
    # Whether the quote was found again in the stored text; written by verification alone.
    evidence_state = models.CharField(max_length=10, choices=EvidenceState, default=EvidenceState.UNCHECKED)
    evidence_checked_at = models.DateTimeField(null=True, blank=True)

    person_name = models.CharField(max_length=200, blank=True)
    person_keys = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    # What the name shares with names that may be the same: other orders, scripts, spellings, initials.
    person_candidates = ArrayField(models.CharField(max_length=80), default=list, blank=True)
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
            models.Index(fields=["review", "-usefulness", "-id"], name="claim_queue_by_state"),
            GinIndex(fields=["person_keys"], name="claim_person_keys"),
            GinIndex(fields=["person_candidates"], name="claim_person_candidates"),
            GinIndex(fields=["company_keys"], name="claim_company_keys"),
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
            one_of("kind", ClaimKind, "claim_kind"),
            one_of("status", Status, "claim_status"),
            one_of("origin", ClaimOrigin, "claim_origin"),
            one_of("review", Review, "claim_review_state"),
            one_of("evidence_state", EvidenceState, "claim_evidence_state"),
            one_of("attribution_kind", AttributionKind, "claim_attribution_kind"),
        ]

    def __str__(self) -> str:
        return self.quote[:80]

    @property
    def fact(self) -> Move | CompensationReport | Signal | None:
        """The fact this claim supports today."""
        return self.move or self.report or self.signal

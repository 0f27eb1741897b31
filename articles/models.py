"""What came in: sources, the bytes as they were fetched, and the articles read from them.

A row is the hand-off between two stages: its state says what waits, its lease who works on it.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.querysets import ArticleQuerySet, SnapshotQuerySet, SourceQuerySet


class Source(models.Model):
    """An outlet: who publishes the articles. Corroboration counts outlets, never addresses."""

    class Kind(models.TextChoices):
        SITE = "site", _("site")
        FEED = "feed", _("feed")
        UPLOAD = "upload", _("upload")
        SAMPLE = "sample", _("sample written for this project")

    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SITE)
    # Without "www."; "" for uploads that name no site.
    host = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["site", "feed", "upload", "sample"]), name="source_kind"
            ),
            models.UniqueConstraint(fields=["host"], condition=~models.Q(host=""), name="source_one_for_a_host"),
        ]

    def __str__(self) -> str:
        return self.name


class Stage(models.Model):
    """A row that waits for work: tries are counted before the work begins, so that a poison row cannot loop."""

    attempts = models.PositiveSmallIntegerField(default=0)
    # While this lies in the future a worker holds the row.
    taken_until = models.DateTimeField(null=True, blank=True)
    # Why the last try failed, in words for the operator; "" after a success.
    error = models.TextField(blank=True)
    # No retry by itself can mend it; the operator's retry button can.
    failed_for_good = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Article(Stage):
    """One text, once: the same words at two addresses are one article with two snapshots."""

    class State(models.TextChoices):
        AWAITING_EXTRACTION = "awaiting_extraction", _("waiting to be read")
        RECORDED = "recorded", _("recorded")
        FAILED = "failed", _("failed")

    public_id = models.CharField(max_length=16, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    address = models.CharField(max_length=2000, help_text="canonical address, or file:NAME for an upload")
    title = models.TextField(blank=True)
    author = models.TextField(blank=True)
    publisher = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    published_at = models.DateTimeField(null=True, blank=True)
    # The day printed at the article, in its own time zone: "last week" is counted from it.
    published_on = models.DateField(null=True, blank=True)
    modified_at = models.DateTimeField(null=True, blank=True)
    retrieved_at = models.DateTimeField()
    text = models.TextField()
    content_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the text")
    state = models.CharField(max_length=24, choices=State, default=State.AWAITING_EXTRACTION)
    engine_version = models.CharField(max_length=60, blank=True)
    # MinHash of the text and its bands: articles that share a band are compared, the alike are one story.
    signature = models.BinaryField(null=True, blank=True)
    bands = ArrayField(models.IntegerField(), default=list, blank=True)
    original = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        help_text="the first article with nearly these words, where that is another one",
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["address"], name="article_address"),
            # What the list is ordered by: never null, unlike the day of publication.
            models.Index(Coalesce("published_at", "retrieved_at").desc(), F("id").desc(), name="article_by_date"),
            models.Index(
                fields=["updated_at"], name="article_waiting", condition=models.Q(state="awaiting_extraction")
            ),
            models.Index(fields=["id"], name="article_failed", condition=models.Q(state="failed")),
            GinIndex(fields=["bands"], name="article_bands"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["awaiting_extraction", "recorded", "failed"]), name="article_state"
            ),
            models.CheckConstraint(condition=models.Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="article_hash"),
            models.CheckConstraint(condition=~models.Q(text=""), name="article_has_text"),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.public_id])


class Snapshot(Stage):
    """Bytes as fetched from one address at one time; they lie compressed in the archive under their hash."""

    class State(models.TextChoices):
        AWAITING_FETCH = "awaiting_fetch", _("waiting to be fetched")
        AWAITING_PARSE = "awaiting_parse", _("waiting to be parsed")
        STORED = "stored", _("stored")
        FAILED = "failed", _("failed")

    address = models.CharField(max_length=2000)
    final_address = models.CharField(max_length=2000, blank=True)
    # "" until fetched.
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    content_type = models.CharField(max_length=200, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    retrieved_at = models.DateTimeField(null=True, blank=True)
    # The last time that the address gave these same bytes.
    checked_at = models.DateTimeField(null=True, blank=True)
    sample = models.BooleanField(default=False, help_text="bundled with the project")
    state = models.CharField(max_length=24, choices=State, default=State.AWAITING_FETCH)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="snapshots")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["state", "updated_at"],
                name="snapshot_waiting",
                condition=models.Q(state__in=["awaiting_fetch", "awaiting_parse"]),
            ),
            models.Index(fields=["id"], name="snapshot_failed", condition=models.Q(state="failed")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["awaiting_fetch", "awaiting_parse", "stored", "failed"]),
                name="snapshot_state",
            ),
            models.CheckConstraint(
                condition=models.Q(sha256="") | models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="snapshot_hash"
            ),
            models.UniqueConstraint(fields=["address", "sha256"], condition=~models.Q(sha256=""), name="snapshot_once"),
            models.UniqueConstraint(fields=["address"], condition=models.Q(sha256=""), name="snapshot_one_unfetched"),
        ]

    def __str__(self) -> str:
        return self.address


class ModelAnswer(models.Model):
    """A language model's answer to one piece of text, kept by content so that it is never paid for twice."""

    key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of model, prompt and text")
    model = models.CharField(max_length=200)
    answer = models.JSONField()
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.model} {self.key[:12]}"


class ModelRun(models.Model):
    """What reading one article with a language model took, and how much of its answer had to be dropped."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="model_runs")
    engine_version = models.CharField(max_length=120)
    calls = models.PositiveIntegerField(default=0)
    cached = models.PositiveIntegerField(default=0, help_text="answers taken from the cache")
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    cost_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0)
    ungrounded = models.PositiveIntegerField(default=0, help_text="records whose quote or names are not in the text")
    malformed = models.PositiveIntegerField(default=0, help_text="records or answers that broke the schema")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.engine_version} on {self.article_id}"


class Evaluation(models.Model):
    """One measurement of the engine against hand-made gold, as the page on accuracy shows it."""

    run_at = models.DateTimeField()
    engine_version = models.CharField(max_length=120)
    gold = models.CharField(max_length=200, help_text="name of the set")
    articles = models.PositiveIntegerField()
    report = models.JSONField()

    class Meta:
        ordering = ["-run_at", "-id"]
        indexes = [models.Index(fields=["-run_at", "-id"], name="evaluation_newest")]

    def __str__(self) -> str:
        return f"{self.engine_version} on {self.gold}"

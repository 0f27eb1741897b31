"""What came in: sources, the bytes as they were fetched, and the articles read from them.

A row is the hand-off between two stages: its state says what waits, its lease who works on it.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.characters import HoldsChinese, Spaced
from articles.models.stage import Stage
from articles.querysets import ArticleQuerySet, Cause, SnapshotQuerySet, SourceQuerySet


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

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])


class Article(Stage):
    """One text, once: the same words at two addresses are one article with two snapshots."""

    class State(models.TextChoices):
        AWAITING_EXTRACTION = "awaiting_extraction", _("waiting to be read")
        RECORDED = "recorded", _("recorded")
        FAILED = "failed", _("failed")
        DISCARDED = "discarded", _("discarded")

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
    # What all spellings of the address share; texts of one key are versions of one article. "" for an upload.
    address_key = models.CharField(max_length=300, blank=True, db_default="", default="")
    version_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="later_versions",
        help_text="the first text that this address gave, where that is another one",
    )
    version = models.PositiveIntegerField(default=1, db_default=1)
    # Since when the address gives another text; null for the text that it gives today.
    replaced_at = models.DateTimeField(null=True, blank=True)
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
            models.Index(fields=["source", "-id"], name="article_of_source"),
            models.Index(fields=["address_key"], name="article_key", condition=~models.Q(address_key="")),
            # What the list is ordered by: never null, unlike the day of publication.
            models.Index(Coalesce("published_at", "retrieved_at").desc(), F("id").desc(), name="article_by_date"),
            models.Index(
                fields=["updated_at"], name="article_waiting", condition=models.Q(state="awaiting_extraction")
            ),
            models.Index(
                fields=["created_at"], name="article_waiting_since", condition=models.Q(state="awaiting_extraction")
            ),
            models.Index(fields=["id"], name="article_failed", condition=models.Q(state="failed")),
            GinIndex(OpClass(Lower("title"), name="gin_trgm_ops"), name="article_title_trigram"),
            GinIndex(
                OpClass(Spaced(Lower("title")), name="gin_trgm_ops"),
                name="article_title_characters",
                condition=Q(HoldsChinese("title")),
            ),
            models.Index(Cause(), name="article_cause", condition=models.Q(state="failed")),
            GinIndex(fields=["bands"], name="article_bands"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["awaiting_extraction", "recorded", "failed", "discarded"]),
                name="article_state",
            ),
            models.CheckConstraint(condition=models.Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="article_hash"),
            models.CheckConstraint(condition=~models.Q(text=""), name="article_has_text"),
            models.CheckConstraint(
                condition=models.Q(version__gte=1) & ~models.Q(version_of=F("pk")), name="article_version"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    @property
    def is_one_of_several(self) -> bool:
        """Whether its address gave other texts, too."""
        return self.version > 1 or self.replaced_at is not None

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.public_id])


class Snapshot(Stage):
    """Bytes as fetched from one address at one time; they lie compressed in the archive under their hash."""

    class State(models.TextChoices):
        AWAITING_FETCH = "awaiting_fetch", _("waiting to be fetched")
        AWAITING_PARSE = "awaiting_parse", _("waiting to be parsed")
        STORED = "stored", _("stored")
        FAILED = "failed", _("failed")
        DISCARDED = "discarded", _("discarded")

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
    # The key of the article's address, once it is known, and those of the AMP and mobile twins that the page names.
    address_key = models.CharField(max_length=300, blank=True, db_default="", default="")
    twin_keys = ArrayField(models.CharField(max_length=300), default=list, db_default=[], blank=True)
    # The web server to ask, and the feed that named it.
    host = models.ForeignKey(
        "articles.Host", on_delete=models.SET_NULL, null=True, blank=True, related_name="snapshots", db_index=False
    )
    feed = models.ForeignKey(
        "articles.Feed", on_delete=models.SET_NULL, null=True, blank=True, related_name="snapshots", db_index=False
    )
    # The mailbox that it was cut from.
    part_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts")
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
            models.Index(
                fields=["state", "created_at"],
                name="snapshot_waiting_since",
                condition=models.Q(state__in=["awaiting_fetch", "awaiting_parse"]),
            ),
            models.Index(fields=["host", "id"], name="snapshot_to_fetch", condition=models.Q(state="awaiting_fetch")),
            models.Index(fields=["feed", "id"], name="snapshot_of_feed", condition=models.Q(state="awaiting_fetch")),
            models.Index(fields=["id"], name="snapshot_failed", condition=models.Q(state="failed")),
            models.Index(fields=["address_key"], name="snapshot_key", condition=~models.Q(address_key="")),
            GinIndex(fields=["twin_keys"], name="snapshot_twins", condition=~models.Q(twin_keys=[])),
            models.Index(Cause(), name="snapshot_cause", condition=models.Q(state="failed")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["awaiting_fetch", "awaiting_parse", "stored", "failed", "discarded"]),
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

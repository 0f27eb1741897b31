"""Places that are polled, what they named, and how each host is to be treated."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from articles.models.stage import Stage
from articles.querysets import EntryQuerySet, FeedQuerySet, HostQuerySet

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Host(models.Model):
    """A web server: what its robots.txt says, and from when on it may be asked again.

    One worker at a time moves ``next_at`` into the future by a conditional UPDATE; whoever did has the turn.
    """

    class Robots(models.TextChoices):
        UNKNOWN = "unknown", _("not asked yet")
        READ = "read", _("read")
        NONE = "none", _("there is none")
        UNREACHABLE = "unreachable", _("could not be read")

    # In small letters, with a port that is not the usual one.
    name = models.CharField(max_length=260, unique=True)
    next_at = models.DateTimeField(default=_LONG_AGO)
    # When its waiting work was last named to the workers.
    named_at = models.DateTimeField(default=_LONG_AGO)
    robots_state = models.CharField(max_length=12, choices=Robots, default=Robots.UNKNOWN)
    robots = models.TextField(blank=True, help_text="robots.txt as it was last read")
    robots_error = models.TextField(blank=True)
    # The last time that it was asked for, and the last time that it could be read.
    robots_asked_at = models.DateTimeField(null=True, blank=True)
    robots_read_at = models.DateTimeField(null=True, blank=True)
    delay = models.FloatField(null=True, blank=True, help_text="seconds between two requests that its robots.txt asks")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = HostQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["next_at"], name="host_next")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(robots_state__in=["unknown", "read", "none", "unreachable"]),
                name="host_robots_state",
            ),
            models.CheckConstraint(condition=models.Q(delay=None) | models.Q(delay__gte=0), name="host_delay"),
        ]

    def __str__(self) -> str:
        return self.name


class Feed(Stage):
    """A place that is polled: a feed, a site map, or a page that changes."""

    class Kind(models.TextChoices):
        FEED = "feed", _("feed")
        SITEMAP = "sitemap", _("site map")
        PAGE = "page", _("page")

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        GONE = "gone", _("gone")

    class Shape(models.TextChoices):
        SAME = "", _("as usual")
        NO_FEED = "no_feed", _("gives no feed any more")
        ENTRIES = "entries", _("names far fewer articles than it used to")
        TEXT = "text", _("its pages give much less text than they used to")
        FAILURES = "failures", _("most of its pages cannot be read any more")

    address = models.CharField(max_length=2000, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FEED)
    source = models.ForeignKey(
        "articles.Source", on_delete=models.SET_NULL, null=True, blank=True, related_name="feeds"
    )
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="feeds")
    # The index of site maps that named this one, if any.
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="maps")
    depth = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    title = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    # Entries that say they are older are noted and not fetched.
    since = models.DateTimeField(null=True, blank=True)

    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    next_poll_at = models.DateTimeField(db_default=models.functions.Now())
    # Seconds between two polls, between bounds by how often something new is found.
    interval = models.PositiveIntegerField(default=3600)
    polled_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_changed_at = models.DateTimeField(null=True, blank=True)
    # Polls that failed since the last success; the reason of the last failure stays when a poll succeeds again.
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True)

    # Its rhythm and its shape: running means, brought up to date by each poll and each page.
    entries_found = models.PositiveBigIntegerField(default=0)
    last_entry_at = models.DateTimeField(null=True, blank=True)
    usual_gap = models.FloatField(null=True, blank=True, help_text="seconds between new entries")
    usual_entries = models.FloatField(null=True, blank=True, help_text="entries in one document")
    pages_read = models.PositiveBigIntegerField(default=0)
    usual_length = models.FloatField(default=0, help_text="characters of an article, over many")
    recent_length = models.FloatField(default=0, help_text="the same over the last few")
    usual_failures = models.FloatField(default=0, help_text="share of pages that could not be read, over many")
    recent_failures = models.FloatField(default=0, help_text="the same over the last few")
    quiet = models.BooleanField(default=False)
    changed_shape = models.CharField(max_length=10, choices=Shape, blank=True, default=Shape.SAME)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["host", "next_poll_at"], name="feed_due", condition=models.Q(state="active")),
            models.Index(
                fields=["source"], name="feed_flagged", condition=models.Q(quiet=True) | ~models.Q(changed_shape="")
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["feed", "sitemap", "page"]), name="feed_kind"),
            models.CheckConstraint(condition=models.Q(state__in=["active", "paused", "gone"]), name="feed_state"),
            models.CheckConstraint(
                condition=models.Q(changed_shape__in=["", "no_feed", "entries", "text", "failures"]), name="feed_shape"
            ),
            models.CheckConstraint(condition=models.Q(interval__gt=0), name="feed_interval"),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    @property
    def flagged(self) -> bool:
        return self.quiet or bool(self.changed_shape)


class Entry(models.Model):
    """What a feed has named, once for each key. It outlives its snapshot: what was deleted is not fetched again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be fetched")
        TAKEN = "taken", _("handed on")
        OLD = "old", _("older than what is asked for")
        REFUSED = "refused", _("an address that is not fetched")

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=200)
    address = models.CharField(max_length=2000)
    title = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    modified_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    snapshot = models.ForeignKey(
        "articles.Snapshot", on_delete=models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    # How often it was handed on, and when: one that says every hour that it changed is believed ever more rarely.
    times_taken = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["address"], name="entry_address"),
            models.Index(fields=["feed", "-id"], name="entry_of_feed"),
            models.Index(
                F("feed"), F("published_at").desc(nulls_last=True), F("id").desc(), name="entry_waiting",
                condition=models.Q(state="waiting"),
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["feed", "key"], name="entry_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "taken", "old", "refused"]), name="entry_state"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.address

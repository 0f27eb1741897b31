"""Claims with their quotes, and the articles and outlets they come from."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from rest_framework import serializers

from articles.models import Article
from talent.editions import COLUMNS, gone_since_in
from talent.excerpts import in_place, is_ours, windows
from talent.models import AttributionKind, ClaimKind, ClaimOrigin, EvidenceState, Review, Status
from talent.serializers.base import (
    ARTICLES,
    CLAIMS,
    COMPENSATION,
    MOVES,
    SIGNALS,
    SOURCES,
    PersonReference,
    Row,
    RowSerializer,
    reference,
    within,
)

# The field of a claim that leads to its fact, and where such facts live.
FACT_NOUNS = {"move": MOVES, "report": COMPENSATION, "signal": SIGNALS}


class ArticleReference(RowSerializer):
    """An article, as evidence names it. Its text is at its address, not here."""

    columns = ("public_id", "address", "title", "source__name", "published_at", "language", "version", "replaced_at")

    id = serializers.CharField(help_text="stable identifier")
    url = serializers.URLField(help_text="its address in this API")
    html_url = serializers.URLField(help_text="its page on this site")
    address = serializers.CharField(help_text="where it was published")
    title = serializers.CharField(allow_null=True)
    outlet = serializers.CharField(help_text="who published it")
    published = serializers.DateTimeField(allow_null=True)
    language = serializers.CharField()
    version = serializers.IntegerField(min_value=1, help_text="which of the texts that its address gave")
    current = serializers.BooleanField(help_text="whether its address gives this text today, as far as seen")


def article_reference(serializer: RowSerializer, row: Row, prefix: str) -> Row:
    """The article behind ``prefix``, which every claim has."""
    identifier = row[f"{prefix}__public_id"]
    return {
        "id": identifier,
        "url": serializer.api(ARTICLES, identifier),
        "html_url": serializer.page(ARTICLES, identifier),
        "address": row[f"{prefix}__address"],
        "title": row[f"{prefix}__title"] or None,
        "outlet": row[f"{prefix}__source__name"],
        "published": row[f"{prefix}__published_at"],
        "language": row[f"{prefix}__language"],
        "version": row[f"{prefix}__version"],
        "current": row[f"{prefix}__replaced_at"] is None,
    }


class FactReference(RowSerializer):
    """The fact that a claim supports."""

    kind = serializers.ChoiceField(choices=ClaimKind.choices)
    id = serializers.CharField(help_text="stable identifier")
    url = serializers.URLField(help_text="its address in this API")


class ClaimSerializer(RowSerializer):
    """What one article says, with the words that say it."""

    noun = CLAIMS
    columns = (
        "id",
        "public_id",
        "kind",
        "value",
        "status",
        "date",
        "quote",
        "prefix",
        "suffix",
        "start",
        "end",
        "attribution",
        "attribution_kind",
        "attribution_count",
        "origin",
        "rule",
        "engine_version",
        "confidence",
        "review",
        "evidence_state",
        "evidence_checked_at",
        "move__public_id",
        "report__public_id",
        "signal__public_id",
        *within("person", PersonReference.columns),
        *within("article", ArticleReference.columns),
        *COLUMNS,
    )

    id = serializers.CharField(help_text="stable identifier")
    url = serializers.URLField(help_text="its address in this API")
    kind = serializers.ChoiceField(choices=ClaimKind.choices)
    value = serializers.JSONField(help_text="the claim as it was read, names in the article's own spelling")
    status = serializers.ChoiceField(choices=Status.choices)
    date = serializers.CharField(allow_null=True, help_text="EDTF; null where the article does not say")
    quote = serializers.CharField(help_text="characters start to end of the article's text, exactly")
    prefix = serializers.CharField(allow_blank=True, help_text="the text just before the quote")
    suffix = serializers.CharField(allow_blank=True, help_text="the text just after the quote")
    start = serializers.IntegerField(min_value=0, help_text="in code points of the stored text")
    end = serializers.IntegerField(min_value=1)
    attribution = serializers.CharField(allow_null=True, help_text="who says so, in the article's own words")
    attribution_kind = serializers.ChoiceField(choices=AttributionKind.choices)
    attribution_count = serializers.IntegerField(allow_null=True, help_text="how many unnamed sources, where told")
    origin = serializers.ChoiceField(choices=ClaimOrigin.choices, help_text="what found it")
    rule = serializers.CharField(allow_null=True, help_text="the pattern that found it")
    engine_version = serializers.CharField(allow_null=True)
    confidence = serializers.FloatField(min_value=0, max_value=1)
    review = serializers.ChoiceField(choices=Review.choices, help_text="whether an editor has looked at it")
    evidence_state = serializers.ChoiceField(
        choices=EvidenceState.choices, help_text="whether the quote was found again in the stored text"
    )
    evidence_checked = serializers.DateTimeField(allow_null=True, help_text="when it was looked up last")
    person = PersonReference(allow_null=True, help_text="who the claim is about")
    no_longer_since = serializers.DateTimeField(
        allow_null=True, help_text="when the article was first seen without it; null where its newest version has it"
    )
    fact = FactReference(help_text="the record it supports")
    article = ArticleReference()

    @classmethod
    def beside(cls, rows: Sequence[Row]) -> dict[str, Any]:
        """Since when their articles no longer make them."""
        return {"gone": gone_since_in(rows)}

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        identifier = instance["public_id"]
        same = ("kind", "value", "status", "quote", "prefix", "suffix", "start", "end", "attribution_kind")
        return {
            "id": identifier,
            "url": self.api(CLAIMS, identifier),
            **{name: instance[name] for name in same},
            "date": instance["date"] or None,
            "attribution": instance["attribution"] or None,
            "attribution_count": instance["attribution_count"],
            "origin": instance["origin"],
            "rule": instance["rule"] or None,
            "engine_version": instance["engine_version"] or None,
            "confidence": instance["confidence"],
            "review": instance["review"],
            "evidence_state": instance["evidence_state"],
            "evidence_checked": instance["evidence_checked_at"],
            "person": reference(self, instance, "person", "people"),
            "no_longer_since": (instance.get("gone") or self.context.get("gone", {})).get(instance["id"]),
            "fact": self._fact(instance),
            "article": article_reference(self, instance, "article"),
        }

    def _fact(self, row: Row) -> Row:
        field = next(field for field in FACT_NOUNS if row[f"{field}__public_id"])
        identifier = row[f"{field}__public_id"]
        return {"kind": row["kind"], "id": identifier, "url": self.api(FACT_NOUNS[field], identifier)}


class SourceSerializer(RowSerializer):
    """An outlet: who publishes articles."""

    noun = SOURCES
    columns = ("id", "slug", "name", "kind", "host", "language")

    slug = serializers.CharField(help_text="last part of its address")
    url = serializers.URLField(help_text="its address in this API")
    name = serializers.CharField()
    kind = serializers.CharField(help_text="site, feed, upload or sample")
    host = serializers.CharField(allow_null=True)
    language = serializers.CharField(allow_null=True)
    articles = serializers.URLField(help_text="the list of its articles")

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        slug = instance["slug"]
        return {
            "slug": slug,
            "url": self.api(SOURCES, slug),
            "name": instance["name"],
            "kind": instance["kind"],
            "host": instance["host"] or None,
            "language": instance["language"] or None,
            "articles": self.listing(ARTICLES, source=slug),
        }


class OutletReference(RowSerializer):
    """An outlet, as articles name it."""

    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField(help_text="its address in this API")


class ArticleSerializer(RowSerializer):
    """An article that was read: what is known about it, never its text."""

    noun = ARTICLES
    columns: tuple[str, ...] = (
        "id",
        "public_id",
        "address",
        "title",
        "author",
        "publisher",
        "language",
        "published_at",
        "modified_at",
        "retrieved_at",
        "state",
        "engine_version",
        "version",
        "replaced_at",
        "source__slug",
        "source__name",
    )

    id = serializers.CharField(help_text="stable identifier")
    url = serializers.URLField(help_text="its address in this API")
    html_url = serializers.URLField(help_text="its page on this site")
    address = serializers.CharField(help_text="where it was published, or file:NAME for an upload")
    title = serializers.CharField(allow_null=True)
    author = serializers.CharField(allow_null=True)
    publisher = serializers.CharField(allow_null=True, help_text="as the page names it")
    outlet = OutletReference()
    language = serializers.CharField()
    published = serializers.DateTimeField(allow_null=True)
    modified = serializers.DateTimeField(allow_null=True)
    retrieved = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=Article.State.choices)
    engine_version = serializers.CharField(allow_null=True, help_text="what read it last")
    version = serializers.IntegerField(min_value=1, help_text="which of the texts that its address gave")
    current = serializers.BooleanField(help_text="whether its address gives this text today, as far as seen")
    replaced = serializers.DateTimeField(allow_null=True, help_text="since when the address gives another text")
    claims = serializers.URLField(help_text="the list of its claims")

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        identifier, slug = instance["public_id"], instance["source__slug"]
        return {
            "id": identifier,
            "url": self.api(ARTICLES, identifier),
            "html_url": self.page(ARTICLES, identifier),
            "address": instance["address"],
            "title": instance["title"] or None,
            "author": instance["author"] or None,
            "publisher": instance["publisher"] or None,
            "outlet": {"slug": slug, "name": instance["source__name"], "url": self.api(SOURCES, slug)},
            "language": instance["language"],
            "published": instance["published_at"],
            "modified": instance["modified_at"],
            "retrieved": instance["retrieved_at"],
            "state": instance["state"],
            "engine_version": instance["engine_version"] or None,
            "version": instance["version"],
            "current": instance["replaced_at"] is None,
            "replaced": instance["replaced_at"],
            "claims": self.listing(CLAIMS, article=identifier),
        }


class EditionReference(RowSerializer):
    """A version of an article, as another one names it."""

    columns = ("public_id", "version", "retrieved_at", "replaced_at")

    id = serializers.CharField(help_text="stable identifier")
    url = serializers.URLField(help_text="its address in this API")
    version = serializers.IntegerField(min_value=1)
    retrieved = serializers.DateTimeField(help_text="when its address was first seen to give it")
    replaced = serializers.DateTimeField(allow_null=True, help_text="null for the newest")


class Excerpt(RowSerializer):
    """A stretch of an article's text around its quotes; the rest is where it was published."""

    start = serializers.IntegerField(min_value=0, help_text="in code points of the stored text")
    end = serializers.IntegerField(min_value=1)
    text = serializers.CharField()


class ArticleDetailSerializer(ArticleSerializer):
    """An article with what it says, its other versions, and the words around its quotes."""

    columns: tuple[str, ...] = (*ArticleSerializer.columns, "version_of", "source__kind", "text")

    text = serializers.CharField(
        allow_null=True, help_text="null where it belongs to its publisher, who has the whole at “address”"
    )
    excerpts = Excerpt(many=True, help_text="quotes with a few sentences around them; for the whole see “address”")
    versions = EditionReference(many=True, help_text="every text that its address gave, this one among them")
    evidence = ClaimSerializer(many=True, help_text="its claims, at most 200; the rest is in “claims”")

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        return super().to_representation(instance) | {
            "text": instance["text"] if is_ours(instance["source__kind"]) else None,
            "excerpts": _excerpts(instance),
            "versions": [self._edition(version) for version in instance["versions"]],
            "evidence": evidence(self, instance),
        }

    def _edition(self, row: Row) -> Row:
        return {
            "id": row["public_id"],
            "url": self.api(ARTICLES, row["public_id"]),
            "version": row["version"],
            "retrieved": row["retrieved_at"],
            "replaced": row["replaced_at"],
        }


def _excerpts(row: Row) -> list[Row]:
    """What the page of the article shows, too."""
    text = row["text"]
    quoted = [SimpleNamespace(**{name: claim[name] for name in ("start", "end", "quote")}) for claim in row["evidence"]]
    shown = windows(text, [claim for claim in quoted if in_place(claim, text, claim.quote)])
    return [{"start": low, "end": high, "text": text[low:high]} for low, high in shown]


def evidence(serializer: RowSerializer, row: Row) -> list[Any]:
    """The claims that the view read beside the row."""
    claim = ClaimSerializer(context={**serializer.context, "gone": row.get("gone", {})})
    return [claim.to_representation(each) for each in row["evidence"]]

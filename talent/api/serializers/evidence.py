"""Claims with their quotes, and the articles and outlets they come from."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.models import Article
from talent.api.serializers.base import (
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
from talent.models import AttributionKind, ClaimKind, ClaimOrigin, EvidenceState, Review, Status

# The field of a claim that leads to its fact, and where such facts live.
FACT_NOUNS = {"move": MOVES, "report": COMPENSATION, "signal": SIGNALS}


class ArticleReference(RowSerializer):
    """An article, as evidence names it. Its text is at its address, not here."""

    columns = ("public_id", "address", "title", "source__name", "published_at", "language")

    id = serializers.CharField(help_text="stable identifier")
    url = serializers.URLField(help_text="its address in this API")
    html_url = serializers.URLField(help_text="its page on this site")
    address = serializers.CharField(help_text="where it was published")
    title = serializers.CharField(allow_null=True)
    outlet = serializers.CharField(help_text="who published it")
    published = serializers.DateTimeField(allow_null=True)
    language = serializers.CharField()


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
    fact = FactReference(help_text="the record it supports")
    article = ArticleReference()

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
    columns = (
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
            "claims": self.listing(CLAIMS, article=identifier),
        }


class ArticleDetailSerializer(ArticleSerializer):
    """An article with what it says."""

    evidence = ClaimSerializer(many=True, help_text="its claims, at most 200; the rest is in “claims”")

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        return super().to_representation(instance) | {"evidence": evidence(self, instance)}


def evidence(serializer: RowSerializer, row: Row) -> list[Any]:
    """The claims that the view read beside the row."""
    claim = ClaimSerializer(context=serializer.context)
    return [claim.to_representation(each) for each in row["evidence"]]

"""People and companies."""

from __future__ import annotations

from rest_framework import serializers

from talent.models import AliasKind
from talent.serializers.base import (
    CLAIMS,
    COMPANIES,
    COMPENSATION,
    MOVES,
    PEOPLE,
    SIGNALS,
    CompanyReference,
    Reference,
    Row,
    RowSerializer,
    reference,
    within,
)


class EntitySerializer(Reference):
    """What people and companies share."""

    columns: tuple[str, ...] = ("id", *Reference.columns, "wikidata_id", "updated_at")

    html_url = serializers.URLField(help_text="its page on this site")
    wikidata = serializers.CharField(allow_null=True, help_text="item of Wikidata")
    updated = serializers.DateTimeField()

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        slug = instance["slug"]
        return {
            "id": instance["public_id"],
            "slug": slug,
            "name": instance["name"],
            "name_zh": instance["name_zh"] or None,
            "url": self.api(self.noun, slug),
            "html_url": self.page(self.noun, slug),
            "wikidata": instance["wikidata_id"] or None,
            "updated": instance["updated_at"],
        }


class AliasSerializer(RowSerializer):
    """A name that somebody or something goes by, as it was written."""

    name = serializers.CharField()
    language = serializers.CharField(allow_null=True)
    script = serializers.CharField(allow_null=True, help_text="ISO 15924")
    kind = serializers.ChoiceField(choices=AliasKind.choices)


def aliases(row: Row) -> list[Row]:
    """The aliases that the view read beside the row."""
    return [{**each, "language": each["language"] or None, "script": each["script"] or None} for each in row["forms"]]


class PersonSerializer(EntitySerializer):
    """A human being named in at least one claim."""

    noun = PEOPLE


class PersonDetailSerializer(PersonSerializer):
    """A person with all their names."""

    aliases = AliasSerializer(many=True)
    moves = serializers.URLField(help_text="the list of their moves")
    compensation = serializers.URLField(help_text="the list of reports of their pay")
    claims = serializers.URLField(help_text="the list of claims about them, each with its quote")

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        slug = instance["slug"]
        return super().to_representation(instance) | {
            "aliases": aliases(instance),
            "moves": self.listing(MOVES, person=slug),
            "compensation": self.listing(COMPENSATION, person=slug),
            "claims": self.listing(CLAIMS, person=slug),
        }


class CompanySerializer(EntitySerializer):
    """An organisation that people leave or join."""

    noun = COMPANIES
    columns = (*EntitySerializer.columns, "parent__visibility", *within("parent", CompanyReference.columns))

    parent = CompanyReference(allow_null=True, help_text="the company it belongs to")

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        seen = instance["parent__visibility"] in {"public", "unlisted"}
        parent = reference(self, instance, "parent", COMPANIES) if seen else None
        return super().to_representation(instance) | {"parent": parent}


class CompanyDetailSerializer(CompanySerializer):
    """A company with all its names."""

    aliases = AliasSerializer(many=True)
    arrivals = serializers.URLField(help_text="the list of moves to it")
    departures = serializers.URLField(help_text="the list of moves from it")
    people = serializers.URLField(help_text="the list of people who left or joined it")
    compensation = serializers.URLField(help_text="the list of reports of what it pays")
    signals = serializers.URLField(help_text="the list of its signals")

    def to_representation(self, instance: Row) -> Row:
        """A row as an answer."""
        slug = instance["slug"]
        return super().to_representation(instance) | {
            "aliases": aliases(instance),
            "arrivals": self.listing(MOVES, to=slug),
            "departures": self.listing(MOVES, **{"from": slug}),
            "people": self.listing(PEOPLE, company=slug),
            "compensation": self.listing(COMPENSATION, company=slug),
            "signals": self.listing(SIGNALS, company=slug),
        }

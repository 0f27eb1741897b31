"""What all serializers are made of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from rest_framework import serializers

Row = dict[str, Any]
# A page of two hundred rows has a thousand addresses, most of them of a few companies.
quoted = lru_cache(maxsize=20_000)(quote)
# Nouns of addresses; those of pages and of the API are the same.
COMPANIES, PEOPLE, MOVES, COMPENSATION = "companies", "people", "moves", "compensation"
SIGNALS, ARTICLES, CLAIMS, SOURCES = "signals", "articles", "claims", "sources"


class RowSerializer(serializers.Serializer[Any]):
    """An answer made from one row of ``values(*columns)``.

    The fields declare it for the OpenAPI document; ``to_representation`` builds it without them, because a page of two
    hundred rows has thousands of fields. A test holds the two together.
    """

    # Where the noun lives, and what a row must have been read with.
    noun = ""
    columns: tuple[str, ...] = ()
    # Fields named by a word that Python keeps for itself.
    renamed: dict[str, str] = {}

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The declared fields by the names that readers see."""
        return {self.renamed.get(name, name): field for name, field in super().get_fields().items()}

    @classmethod
    def beside(cls, rows: Sequence[Row]) -> dict[str, Any]:
        """What a page of rows is shown with that is not in them, for the context of the serializer."""
        return {}

    @cached_property
    def site(self) -> str:
        """Scheme and host of this site, as the reader called it."""
        return str(self.context["site"])

    def api(self, noun: str, identifier: str) -> str:
        """The address of a record in this API."""
        return f"{self.site}/api/v1/{noun}/{quoted(identifier)}/"

    def page(self, noun: str, identifier: str) -> str:
        """The address of a record's page for people."""
        return f"{self.site}/{noun}/{identifier}/"

    def listing(self, noun: str, **filters: str) -> str:
        """The address of a list with filters."""
        return f"{self.site}/api/v1/{noun}/?{urlencode(filters)}"


def within(prefix: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a related row."""
    return tuple(f"{prefix}__{column}" for column in columns)


class Reference(RowSerializer):
    """A company or a person, as other records name it."""

    columns: tuple[str, ...] = ("public_id", "slug", "name", "name_zh")

    id = serializers.CharField(help_text="stable identifier")
    slug = serializers.CharField(help_text="last part of its address")
    name = serializers.CharField()
    name_zh = serializers.CharField(allow_null=True, help_text="Chinese name")
    url = serializers.URLField(help_text="its address in this API")


class CompanyReference(Reference):
    """A company."""


class PersonReference(Reference):
    """A person."""


def reference(serializer: RowSerializer, row: Row, prefix: str, noun: str) -> Row | None:
    """The company or person behind ``prefix``; None where the row has none."""
    slug = row[f"{prefix}__slug"]
    if slug is None:
        return None
    return {
        "id": row[f"{prefix}__public_id"],
        "slug": slug,
        "name": row[f"{prefix}__name"],
        "name_zh": row[f"{prefix}__name_zh"] or None,
        "url": serializer.api(noun, slug),
    }


def number(value: Decimal | None) -> int | float | None:
    """A whole number wherever it is one."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

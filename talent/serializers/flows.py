"""What the API says of flows between companies; declared for the OpenAPI document, built by ``talent.api.flows``."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from talent.serializers.base import CompanyReference


class CountSerializer(serializers.Serializer[Any]):
    """Moves counted together."""

    moves = serializers.IntegerField(help_text="moves of named people and of unnamed groups")
    groups = serializers.IntegerField(help_text="those of unnamed groups among them")
    people_min = serializers.IntegerField(help_text="so many people at least, if everybody named is one of a group")
    people_max = serializers.IntegerField(
        allow_null=True, help_text="so many people at most; null where a group has no upper bound"
    )
    reports = serializers.IntegerField(help_text="independent reporters of each move, added up")
    one_reporter = serializers.IntegerField(help_text="moves that one reporter alone tells of")
    vague_month = serializers.IntegerField(help_text="moves whose date does not tell the month")


class CellSerializer(CountSerializer):
    """What went from one company to another."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Both ends before the counts; one of them is named by a word that Python keeps for itself."""
        told = "slug of the company; “*” for all others, null where nobody says"
        ends = {name: serializers.CharField(allow_null=True, help_text=f"{told}") for name in ("from", "to")}
        return {**ends, **super().get_fields()}


class MatrixSerializer(serializers.Serializer[Any]):
    """Moves between companies. The cells, “*” and null among them, add up to the total."""

    cells = CellSerializer(many=True)
    total = CountSerializer()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The companies of both sides before the cells."""
        sides = {name: CompanyReference(many=True) for name in ("from", "to")}
        return {**sides, **super().get_fields()}


class StepSerializer(serializers.Serializer[Any]):
    """What came to a company and went in one period."""

    period = serializers.CharField(help_text="“2024”, “2024-Q1” or “2024-03”")
    first = serializers.DateField(help_text="its first day")
    last = serializers.DateField(help_text="its last day")
    arrivals = CountSerializer()
    departures = CountSerializer()
    net = serializers.IntegerField(help_text="moves to the company less moves away")


class CompanyFlowsSerializer(serializers.Serializer[Any]):
    """A company's arrivals and departures, oldest first, without gaps."""

    company = CompanyReference()
    unit = serializers.ChoiceField(choices=["year", "quarter", "month"])
    periods = StepSerializer(many=True)

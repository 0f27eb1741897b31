"""Events of the change feed: what happened to a fact, with what readers saw of it before and see after."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from talent.changefeed import Event
from talent.models import ClaimKind, EventType
from talent.serializers.base import COMPENSATION, MOVES, SIGNALS, Row, RowSerializer
from talent.serializers.facts import CompensationReportSerializer, MoveSerializer, SignalSerializer

# Nouns of events, the lists where such facts live, and their shape.
FACTS: dict[str, tuple[str, type[RowSerializer]]] = {
    "move": (MOVES, MoveSerializer),
    "compensation": (COMPENSATION, CompensationReportSerializer),
    "signal": (SIGNALS, SignalSerializer),
}
TYPES = [f"{noun}.{kind}" for noun in ClaimKind.values for kind in EventType.values]
_SHAPES = PolymorphicProxySerializer(
    component_name="Fact", serializers=[shape for _, shape in FACTS.values()], resource_type_field_name=None
)
_TIMES = (
    "first_seen",
    "last_seen",
    "updated_at",
    "lead_claim__article__published_at",
    "lead_claim__article__replaced_at",
)
_AMOUNTS = ("amount_min", "amount_max", "value_min", "value_max", "value_of")


class SubjectReference(serializers.Serializer[Any]):
    """The fact that an event is about."""

    kind = serializers.ChoiceField(choices=ClaimKind.choices)
    id = serializers.CharField(help_text="stable identifier")
    url = serializers.URLField(help_text="its address in this API; 410 or 308 where it is gone")


@extend_schema_field(_SHAPES)
class FactField(serializers.JSONField):
    """A fact in the shape of its list."""


class EventSerializer(RowSerializer):
    """One change of what readers see of one fact."""

    id = serializers.CharField(help_text="unique, and the cursor to read on from")
    type = serializers.ChoiceField(choices=[(name, name) for name in TYPES])
    occurred = serializers.DateTimeField()
    subject = SubjectReference()
    successor = serializers.URLField(allow_null=True, help_text="the fact that took its place, of a merged one")
    changed = serializers.ListField(
        child=serializers.CharField(), help_text="fields of the fact that differ, of an update"
    )
    before = FactField(allow_null=True, help_text="null where readers saw nothing, or where it was withdrawn since")
    after = FactField(allow_null=True, help_text="null where readers see nothing any more: delete your copy")

    def to_representation(self, instance: Event) -> Row:
        """An event as an answer."""
        before, after = self._fact(instance.noun, instance.before), self._fact(instance.noun, instance.after)
        return {
            "id": str(instance.sequence),
            "type": instance.type,
            "occurred": instance.at,
            "subject": {
                "kind": instance.noun,
                "id": instance.subject,
                "url": self.api(FACTS[instance.noun][0], instance.subject),
            },
            "successor": instance.successor and self.api(FACTS[instance.successor[0]][0], instance.successor[1]),
            "changed": sorted(k for k in after if after[k] != before[k]) if before and after else [],
            "before": before,
            "after": after,
        }

    def _fact(self, noun: str, state: Row | None) -> Row | None:
        if state is None:
            return None
        shape = FACTS[noun][1](context=self.context)
        fact: Row = shape.to_representation(_Kept(_typed(state)))
        return fact


class _Kept(dict[str, Any]):
    """A row as it was noted: a column that is younger than the event is empty in it."""

    def __missing__(self, key: str) -> None:
        return None


def _typed(state: Row) -> Row:
    """The row's values as the database would give them, which JSON does not tell from text and numbers."""
    times = {name: datetime.fromisoformat(state[name]) for name in _TIMES if state.get(name)}
    amounts = {name: Decimal(str(state[name])) for name in _AMOUNTS if state.get(name) is not None}
    return {**state, **times, **amounts}


class EventPage(serializers.Serializer[Any]):
    """A piece of the feed."""

    results = EventSerializer(many=True, help_text="oldest first")
    next = serializers.URLField(help_text="ask there for what comes after; it stays right when nothing does yet")
    cursor = serializers.CharField(help_text="the place that was read up to")
    caught_up = serializers.BooleanField(help_text="true where there was nothing more at the time")

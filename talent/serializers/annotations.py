"""A claim as a W3C Web Annotation: the quoted words, by text and by place, in the article as it was read."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from talent.serializers.base import CLAIMS, COMPENSATION, MOVES, SIGNALS, Row, RowSerializer
from talent.serializers.evidence import ClaimSerializer

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
_FACTS = {"move__public_id": MOVES, "report__public_id": COMPENSATION, "signal__public_id": SIGNALS}


class AnnotationSerializer(RowSerializer):
    """A claim, as programs of the Web Annotation model read it. Positions count code points of the stored text."""

    noun = CLAIMS
    columns = (*ClaimSerializer.columns, "article__retrieved_at", "created_at")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """With the names that Python cannot write; the model itself is W3C's."""
        field = serializers.CharField
        return {
            "@context": field(),
            "id": field(),
            "type": field(),
            "motivation": field(),
            "created": serializers.DateTimeField(),
            "creator": serializers.JSONField(),
            "body": serializers.JSONField(),
            "target": serializers.JSONField(),
        }

    def to_representation(self, instance: Row) -> Row:
        """The annotation: its target are the words, its body the fact that they support."""
        column = next(name for name in _FACTS if instance[name])
        return {
            "@context": CONTEXT,
            "id": f"{self.api(CLAIMS, instance['public_id'])}annotation/",
            "type": "Annotation",
            "motivation": "identifying",
            "created": instance["created_at"],
            "creator": {"type": "Software", "name": f"Talent Ledger ({instance['engine_version'] or 'editor'})"},
            "body": {"id": self.api(_FACTS[column], instance[column]), "type": "Dataset"},
            "target": self._target(instance),
        }

    def _target(self, row: Row) -> Row:
        stored, address = self.page("articles", row["article__public_id"]), row["article__address"]
        return {
            "source": address if address.startswith(("http://", "https://")) else stored,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": row["quote"],
                    "prefix": row["prefix"],
                    "suffix": row["suffix"],
                },
                {"type": "TextPositionSelector", "start": row["start"], "end": row["end"]},
            ],
            # The page may change; the words stood there when it was read.
            "state": {"type": "TimeState", "sourceDate": row["article__retrieved_at"], "cached": stored},
        }

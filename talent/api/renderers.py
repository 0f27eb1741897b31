"""Answers as JSON, written by orjson: the hand-built rows of a page become bytes in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer

from talent.serializers.base import number


class JSONRenderer(BaseRenderer):
    """UTF-8; times in UTC with a Z; decimals as numbers."""

    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8 by definition.

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The bytes of the answer; none for an answer without content."""
        return b"" if data is None else orjson.dumps(data, default=_plain, option=orjson.OPT_UTC_Z)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"No JSON for {type(value).__name__}")

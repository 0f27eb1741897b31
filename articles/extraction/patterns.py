"""Regular expressions made from word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable


def either(alternatives: Iterable[str]) -> str:
    """A group that matches any of these words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(alternatives, key=len, reverse=True))) + ")"

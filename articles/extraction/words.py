"""The engine's word files: TOML under ``lexicon/``, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_LEXICON = Path(__file__).parent / "lexicon"


@cache
def words(name: str) -> dict[str, Any]:
    """The tables of ``lexicon/<name>.toml``, "en/pay" for the English words of pay."""
    with (_LEXICON / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def either(alternatives: Iterable[str]) -> str:
    """A regular expression group that matches any of these words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(alternatives, key=len, reverse=True))) + ")"

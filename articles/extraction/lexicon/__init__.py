"""Words as data: reads the lexicons that lie beside this file, each once.

To add a word, edit a lexicon; no code knows a word that a lexicon could hold.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def words(name: str) -> frozenset[str]:
    """The entries of ``<name>.txt``, one or more a line parted by commas; "#" opens a comment."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    entries = (entry.strip() for line in lines for entry in line.split("#", 1)[0].split(","))
    return frozenset(filter(None, entries))


@cache
def table(name: str) -> dict[str, Any]:
    """The content of ``<name>.toml``; callers must not change it."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)

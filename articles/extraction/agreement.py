"""Two engines on one text: what both found is marked, what one found stays its own. Matches as scoring does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from articles.extraction.claims import AS_JSON, Claim, Extraction
from articles.extraction.scoring import match

_Claim = TypeVar("_Claim", bound=Claim)


def agree(rules: Extraction, model: Extraction, text: str) -> Extraction:
    """Every claim of either engine once. Where both found it the rules' version stands, as the work of both."""
    return Extraction(
        id=rules.id,
        moves=_merged("moves", "move", rules.moves, model.moves, text),
        compensation=_merged("compensation", "compensation", rules.compensation, model.compensation, text),
        signals=_merged("signals", "signal", rules.signals, model.signals, text),
    )


def _merged(kind: str, shape: str, rules: Sequence[_Claim], model: Sequence[_Claim], text: str) -> tuple[_Claim, ...]:
    right = [AS_JSON[shape](claim, text) for claim in model]
    kept: list[_Claim] = []
    taken: set[int] = set()
    for claim in rules:
        record = AS_JSON[shape](claim, text)
        twin = next((i for i, other in enumerate(right) if i not in taken and _same(kind, record, other)), None)
        if twin is None:
            kept.append(claim)
            continue
        taken.add(twin)
        kept.append(replace(claim, engine="both", confidence=_both(claim, model[twin])))
    kept += [claim for i, claim in enumerate(model) if i not in taken]
    return tuple(sorted(kept, key=lambda c: (c.span, c.rule)))


def _same(kind: str, left: dict[str, Any], right: dict[str, Any]) -> bool:
    """Whether every end (for a move) or the record itself is found by both, with none left over."""
    pairs, missed, wrong = match(kind, [left], [right])
    return bool(pairs) and not missed and not wrong


def _both(left: Claim, right: Claim) -> float:
    """The chance that not both err, as far as they err apart; never quite certain."""
    return round(min(0.99, 1 - (1 - left.confidence) * (1 - right.confidence)), 4)

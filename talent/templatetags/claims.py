"""A claim in a line, from its own value: for the desk, where not every claim amounts to a fact."""

from __future__ import annotations

from typing import Any

from talent.models import Claim, ClaimKind, Metric
from talent.templatetags.amounts import number

UNKNOWN = "?"


def in_brief(claim: Claim) -> str:
    """ "Ada Quill: Northwind AI → Lanternlight", "Lanternlight: 1,000,000–2,000,000 USD", "Tern: layoffs 200–"."""
    value: dict[str, Any] = claim.value
    if claim.kind == ClaimKind.MOVE:
        who = claim.person_name or (value.get("cohort") or {}).get("text") or UNKNOWN
        ends = [(value.get(side) or {}).get("org") or UNKNOWN for side in ("from", "to")]
        return f"{who}: {' → '.join(ends)}"
    org = value.get("org") or UNKNOWN
    if claim.kind == ClaimKind.COMPENSATION:
        return f"{org}: {_bounds(value)} {value.get('currency') or ''}".strip()
    return f"{org}: {Metric(value.get('metric') or Metric.PRACTICE).label} {_bounds(value)}".strip()


def _bounds(value: dict[str, Any]) -> str:
    low, high = (None if value.get(name) is None else number(value[name]) for name in ("min", "max"))
    if low == high:
        return low or ""
    return f"{low or ''}–{high or ''}"

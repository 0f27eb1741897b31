"""The columns by which claims are looked up, from what they say: who, near whom, which companies, which group.

They repeat a claim's content for the database's indexes, by the lexicon and the judgements of the day; ``refresh``
writes them again where either has changed. They are no part of the claim's content.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from articles.extraction.names import identity_keys
from talent.models import Claim, ClaimKind, Metric, Status
from talent.resolve import Directory, candidate_keys

LOOKUPS = ("person_name", "person_keys", "person_candidates", "company_keys", "group_key")
Value = dict[str, Any]


def lookups(content_hash: str, kind: str, value: Value, companies: Directory) -> dict[str, Any]:
    """The lookup columns of a claim of that kind and ``value``; ``content_hash`` is its article's."""
    name, aliases = _person(value)
    return {
        "person_name": name[:200],
        "person_keys": [key[:200] for key in identity_keys(name, aliases)] if name else [],
        "person_candidates": candidate_keys([name, *aliases]) if name else [],
        "company_keys": sorted({key for org in organisations(value) for key in companies.family(org)}),
        "group_key": _group_key(content_hash[:16], kind, value, companies),
    }


def refresh(claims: Iterable[Claim], companies: Directory) -> list[Claim]:
    """Writes the lookup columns of ``claims`` (with their articles) anew; gives back those that changed."""
    changed = []
    for claim in claims:
        now = lookups(claim.article.content_hash, claim.kind, claim.value, companies)
        if any(getattr(claim, column) != now[column] for column in LOOKUPS):
            for column in LOOKUPS:
                setattr(claim, column, now[column])
            changed.append(claim)
    Claim.objects.bulk_update(changed, LOOKUPS, batch_size=500)
    return changed


def organisations(value: Value) -> list[str]:
    """Every employer that the claim names, as written."""
    named = [(value.get(side) or {}).get("org") for side in ("from", "to")] if "from" in value else [value.get("org")]
    return [org for org in named if org]


def _person(value: Value) -> tuple[str, list[str]]:
    person = value.get("person")
    if isinstance(person, dict):
        return person["name"], person["aliases"]
    return person or "", []


def _group_key(here: str, kind: str, value: Value, companies: Directory) -> str:
    """What claims about no named person must share to be one fact: companies and numbers, letter for letter."""
    parts: list[Any] = []
    org = companies.key(value.get("org") or "")
    if kind == ClaimKind.MOVE:
        parts = _cohort_parts(here, value, companies)
    elif kind == ClaimKind.COMPENSATION:
        # Whose pay it is, is for the people to say: one of them has many names.
        named = "named" if value["person"] else ""
        parts = ["pay", org, named, value["min"], value["max"], value["currency"], "" if org else here]
    elif kind == ClaimKind.SIGNAL:
        parts = ["signal", org, value["metric"], value["min"], value["max"], value["of"]]
        # Without a number nothing shows that two articles mean the same thing.
        if value["metric"] in (Metric.PRACTICE, Metric.HIRING_FREEZE) or not org:
            parts += [here, value["start"]]
    return "|".join("" if part is None else str(part) for part in parts)[:300]


def _cohort_parts(here: str, value: Value, companies: Directory) -> list[Any]:
    cohort = value.get("cohort")
    if value.get("person") or cohort is None:
        return []
    counts = [cohort["min"], cohort["max"], cohort["of"]]
    ends = [companies.key((value.get(side) or {}).get("org") or "") for side in ("from", "to")]
    return ["cohort", *ends, *counts, value["status"] == Status.DECLINED, here if counts == [None] * 3 else ""]

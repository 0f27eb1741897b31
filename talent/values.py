"""What facts say: the values of a person, move, report or signal, computed from the claims that it rests on.

Pure functions of the claims given: they serve settling, and a page that shows what was known on an earlier day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from math import prod
from typing import Any

from articles.extraction.names import name_key, script_of
from articles.extraction.organisations import gazetteer, scan
from talent.dates import day_range, precision
from talent.models import AttributionKind, Claim, Company, MoveKind, Person, Review, Status
from talent.resolve import claim_order, company_key, slug_for, written_forms
from talent.role_families import role_family

Values = dict[str, Any]
# Rows by the key that the lexicon gives a name.
Rows = Mapping[str, Company]

_STATUS_RANK = {
    Status.CONFIRMED: 5,
    Status.DENIED: 4,
    Status.REPORTED: 3,
    Status.PLANNED: 2,
    Status.RUMOURED: 1,
    Status.DECLINED: 0,
}
# Which kind to show where claims differ: the one that says most comes first.
_KIND_RANK = [
    MoveKind.RETURN,
    MoveKind.ACQUIHIRE,
    MoveKind.FOUNDING,
    MoveKind.INTERNAL,
    MoveKind.HIRE,
    MoveKind.DEPARTURE,
]


def person_values(group: Sequence[Claim], *, wikidata: str = "") -> Values:
    """A person's fields; ``wikidata`` is what editors know them by."""
    names = [c.person_name for c in group]
    forms = written_forms(group)
    name = _most_common([n for n in names if script_of(n) != "Hani"] or names)
    han = [f for f in forms if script_of(f) == "Hani"]
    # A full transliteration is worth showing; a bare surname only where there is nothing else.
    full = [f for f in han if "·" in f] or han
    slug = f"{slug_for(name)}-{group[0].public_id[:5]}"
    return {
        "slug": slug,
        "name": name[:200],
        "name_zh": (_most_common(full) if full else "")[:200],
        "wikidata_id": wikidata,
    }


def move_values(cluster: Sequence[Claim], person: Person | None, rows: Rows) -> Values | None:
    """A move's fields; None where no claim of the cluster names a company, for a move needs an end."""
    ends = {side: _end(cluster, side, rows) for side in ("from", "to")}
    origin, destination = (rows.get(company_key(ends[side]["org"])) for side in ("from", "to"))
    if origin is None and destination is None:
        return None
    cohort = {} if person else (cluster[0].value.get("cohort") or {})
    return {
        "person": person,
        "cohort_text": (cohort.get("text") or "")[:300],
        "cohort_min": cohort.get("min"),
        "cohort_max": cohort.get("max"),
        "cohort_of": cohort.get("of"),
        "origin": origin,
        "origin_team": ends["from"]["team"],
        "origin_role": ends["from"]["role"],
        "destination": destination,
        "destination_team": ends["to"]["team"],
        "destination_role": ends["to"]["role"],
        "kind": _kind([c.value["kind"] for c in cluster]),
        "role_family": role_family(ends["to"]["role"], ends["from"]["role"]),
        **fact_values(cluster),
    }


def _end(cluster: Sequence[Claim], side: str, rows: Rows) -> dict[str, str]:
    """What the claims say of one end: the company most of them name, with its team and role."""
    ends = [c.value[side] for c in cluster if c.value.get(side)]
    key = _most_common([_today(e["org"], rows) for e in ends if e["org"]])
    same = [e for e in ends if not e["org"] or _today(e["org"], rows) == key]
    return {
        "org": _most_common([e["org"] for e in same if e["org"]]),
        "team": _most_common([e["team"] for e in same if e["team"]])[:200],
        "role": _most_common([e["role"] for e in same if e["role"]])[:200],
    }


def _today(org: str, rows: Rows) -> str:
    """The key of the company that the name means, or of the one that it is part of."""
    key = company_key(org)
    return rows[key].key if key in rows else key


def _kind(kinds: Sequence[str]) -> str:
    counted = Counter(k for k in kinds if k != MoveKind.DEPARTURE)
    if not counted:
        return MoveKind.DEPARTURE
    return min(counted, key=lambda kind: (-counted[kind], _KIND_RANK.index(MoveKind(kind))))


# ------------------------------------------------------------------ pay, signals


def report_values(cluster: Sequence[Claim], rows: Rows) -> Values:
    """A compensation report's fields."""
    lead = cluster[0].value
    return {
        "company": rows.get(company_key(lead["org"] or "")),
        "person": next((c.person for c in cluster if c.person), None),
        "population": _most_common([c.value["population"] for c in cluster if c.value["population"]])[:300],
        "amount_min": lead["min"],
        "amount_max": lead["max"],
        "currency": lead["currency"],
        "period": _most_common([c.value["period"] for c in cluster]),
        "component": _most_common([c.value["component"] for c in cluster]),
        "kind": _most_common([c.value["kind"] for c in cluster]),
        **fact_values(cluster),
    }


def signal_values(cluster: Sequence[Claim], rows: Rows) -> Values:
    """A signal's fields."""
    lead = cluster[0].value
    return {
        "company": rows.get(company_key(lead["org"] or "")),
        "team": _most_common([c.value["team"] for c in cluster if c.value["team"]])[:200],
        "metric": lead["metric"],
        "value_min": lead["min"],
        "value_max": lead["max"],
        "value_of": next((c.value["of"] for c in cluster if c.value["of"] is not None), None),
        "unit": (lead["unit"] or "")[:20],
        **fact_values(cluster),
    }


# ------------------------------------------------------------------ what all facts share


def fact_values(cluster: Sequence[Claim]) -> Values:
    """Status, date, corroboration and lead claim, by fixed rules."""
    status = max((Status(c.status) for c in cluster), key=lambda s: _STATUS_RANK[s])
    dated = min((c for c in cluster if c.date), key=lambda c: (precision(c.date), claim_order(c)), default=None)
    edtf = dated.date if dated else ""
    first, last = day_range(edtf)
    seen = sorted(seen_at(c) for c in cluster)
    return {
        "status": status,
        "date": edtf,
        "date_first": first,
        "date_last": last,
        "sort_date": first or last or seen[0].date(),
        "reporters": len({reporter_key(c) for c in cluster}),
        "articles_count": len({c.article.version_of_id or c.article_id for c in cluster}),
        "confidence": _joint_confidence(cluster),
        "reviewed": any(c.review == Review.ACCEPTED for c in cluster),
        "lead_claim": min(cluster, key=lambda c: _lead_order(c, status)),
        "first_seen": seen[0],
        "last_seen": seen[-1],
    }


def reporter_key(claim: Claim) -> str:
    """Who reported it first, as far as the article says: the outlet it quotes, else the one whose words it prints."""
    if claim.attribution_kind == AttributionKind.OUTLET:
        return outlet_key(claim.attribution)
    return outlet_key((claim.article.original or claim.article).source.name)


@lru_cache(maxsize=20_000)
def outlet_key(words: str) -> str:
    """One key for every name of an outlet that the lexicon has, 路透社 and "Reuters", also within other words."""
    known = gazetteer().get(words)
    if known is not None and known.kind == "outlet":
        return name_key(known.name)
    named = [hit.organisation for hit in scan(words) if hit.organisation.kind == "outlet"]
    sure = [outlet.name for outlet in named if not outlet.ambiguous]
    return name_key(sure[0] if sure else words)


def _joint_confidence(cluster: Sequence[Claim]) -> float:
    """The chance that not all independent reporters err, each taken at its best claim; never quite certain."""
    best: dict[str, float] = {}
    for claim in cluster:
        key = reporter_key(claim)
        best[key] = max(best.get(key, 0.0), claim.confidence)
    return round(min(0.99, 1 - prod(1 - c for c in sorted(best.values()))), 4)


def _lead_order(claim: Claim, status: str) -> tuple[object, ...]:
    ends = sum(bool((claim.value.get(side) or {}).get("org")) for side in ("from", "to"))
    return claim.status != status, -ends, -claim.confidence, claim_order(claim)


def seen_at(claim: Claim) -> datetime:
    """When the claim could first be read."""
    return claim.article.published_at or claim.article.retrieved_at


def _most_common(values: Sequence[str]) -> str:
    """The value that most claims give; the longest, then the first in the alphabet, where several do. "" for none."""
    counted = Counter(values)
    return min(counted, key=lambda v: (-counted[v], -len(v), v), default="")

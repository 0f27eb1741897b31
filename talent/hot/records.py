"""Rows of the hot statements as the API's records, read by place: what the serializers of moves, claims and entities
declare. A test compares both over a whole world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from talent.querysets import VISIBLE
from talent.serializers.base import quoted

Record = dict[str, Any]
Columns = tuple[Any, ...]
# Where in a move's row its parts begin.
_PERSON, _ORIGIN, _DESTINATION, _ARTICLE = 27, 31, 35, 39
MOVE_COLUMNS = 47
_CLAIMED_PERSON, _CLAIMED_ARTICLE = 22, 26
# Where in a claim's row its article's day and end are, and how many columns it has.
CLAIM_PUBLISHED, CLAIM_REPLACED, CLAIM_COLUMNS = 30, 33, 37


def move(row: Columns, site: str) -> Record:
    """A move as lists show it."""
    (
        _, _, identifier, status, day, first, last, reporters, articles, confidence, first_seen, last_seen, revision,
        updated, kind, role_family, cohort, least, most, whole, origin_team, origin_role, destination_team,
        destination_role, quote, attribution, attribution_kind,
    ) = row[:_PERSON]  # fmt: skip
    return {
        "id": identifier,
        "url": f"{site}/api/v1/moves/{identifier}/",
        "html_url": f"{site}/moves/{identifier}/",
        "person": named(row, _PERSON, f"{site}/api/v1/people/"),
        "cohort": {"min": least, "max": most, "of": whole, "text": cohort} if cohort else None,
        "from": _end(named(row, _ORIGIN, f"{site}/api/v1/companies/"), origin_team, origin_role),
        "to": _end(named(row, _DESTINATION, f"{site}/api/v1/companies/"), destination_team, destination_role),
        "kind": kind,
        "role_family": role_family or None,
        "status": status,
        "date": day or None,
        "date_range": {"first": first, "last": last} if day else None,
        "attribution": attribution or None,
        "attribution_kind": attribution_kind,
        "reporters": reporters,
        "articles": articles,
        "confidence": confidence,
        "quote": quote,
        "article": _article(row, _ARTICLE, site),
        "first_seen": first_seen,
        "last_seen": last_seen,
        "revision": revision,
        "updated": updated,
    }


def named(row: Columns, at: int, under: str) -> Record | None:
    """A company or a person whose columns begin there; None where there is none."""
    slug = row[at + 1]
    if slug is None:
        return None
    return {
        "id": row[at],
        "slug": slug,
        "name": row[at + 2],
        "name_zh": row[at + 3] or None,
        "url": f"{under}{quoted(slug)}/",
    }


def entity(row: Columns, site: str, noun: str) -> Record:
    """A person or a company as lists show it."""
    _, _, identifier, slug, name, name_zh, wikidata, updated, *parent = row
    record = {
        "id": identifier,
        "slug": slug,
        "name": name,
        "name_zh": name_zh or None,
        "url": f"{site}/api/v1/{noun}/{quoted(slug)}/",
        "html_url": f"{site}/{noun}/{slug}/",
        "wikidata": wikidata or None,
        "updated": updated,
    }
    if parent:
        shown = parent[0] in VISIBLE
        record["parent"] = named(tuple(parent), 1, f"{site}/api/v1/companies/") if shown else None
    return record


def _end(company: Record | None, team: str, role: str) -> Record | None:
    return {"company": company, "team": team or None, "role": role or None} if company or team or role else None


def _article(row: Columns, at: int, site: str) -> Record:
    identifier, address, title, outlet, published, language, version, replaced = row[at : at + 8]
    return {
        "id": identifier,
        "url": f"{site}/api/v1/articles/{identifier}/",
        "html_url": f"{site}/articles/{identifier}/",
        "address": address,
        "title": title or None,
        "outlet": outlet,
        "published": published,
        "language": language,
        "version": version,
        "current": replaced is None,
    }


def claim(row: Columns, site: str, fact: Record, gone: Any) -> Record:
    """A claim with its article; ``fact`` is what it supports, ``gone`` since when its article no longer makes it."""
    (
        _, identifier, _, kind, value, status, day, quote, prefix, suffix, start, end, attribution, attribution_kind,
        attribution_count, origin, rule, engine, confidence, review, state, checked,
    ) = row[:_CLAIMED_PERSON]  # fmt: skip
    return {
        "id": identifier,
        "url": f"{site}/api/v1/claims/{identifier}/",
        "kind": kind,
        "value": orjson.loads(value),
        "status": status,
        "quote": quote,
        "prefix": prefix,
        "suffix": suffix,
        "start": start,
        "end": end,
        "attribution_kind": attribution_kind,
        "date": day or None,
        "attribution": attribution or None,
        "attribution_count": attribution_count,
        "origin": origin,
        "rule": rule or None,
        "engine_version": engine or None,
        "confidence": confidence,
        "review": review,
        "evidence_state": state,
        "evidence_checked": checked,
        "person": named(row, _CLAIMED_PERSON, f"{site}/api/v1/people/"),
        "no_longer_since": gone,
        "fact": {"kind": kind, **fact},
        "article": _article(row, _CLAIMED_ARTICLE, site),
    }


def accounts(site: str, disputes: Sequence[Any], life: Sequence[Any], around: Any) -> Record:
    """What stands beside a move: contradictions, how it came to be known, the moves that it belongs with."""
    api = f"{site}/api/v1/moves/"
    return {
        "contradictions": [
            {"field": dispute.field, "versions": [_version(version, api) for version in dispute.versions]}
            for dispute in disputes
        ],
        "life_cycle": [
            {
                "date": stage.day,
                "status": stage.status,
                "claims": [claim.public_id for claim in stage.claims],
                "reversed_by": stage.reversal and f"{api}{stage.reversal.public_id}/",
            }
            for stage in life
        ],
        "members": [f"{api}{move.public_id}/" for move in around.members],
        "groups": [f"{api}{move.public_id}/" for move in around.groups],
        "deal": [f"{api}{move.public_id}/" for move in around.deal],
    }


def _version(version: Any, api: str) -> Record:
    return {
        "value": version.value or None,
        "claims": [claim.public_id for claim in version.claims],
        "fact": version.fact and f"{api}{version.fact.public_id}/",
    }

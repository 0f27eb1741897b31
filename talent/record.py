"""Writes what an article claims, and settles the facts that this touches. Recording twice writes nothing twice."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from articles.extraction import Extraction
from articles.extraction.claims import AS_JSON
from articles.extraction.claims import Claim as ExtractedClaim
from articles.models import Article
from articles.stories import join_story
from talent.exceptions import UngroundedQuote
from talent.keys import lookups
from talent.models import AttributionKind, Claim, ClaimKind, ClaimOrigin, Review
from talent.resolve import Directory, directory, public_id
from talent.settle import Subjects, lock, settle

CONTEXT = 32
_EVIDENCE = ("quote", "start", "end")


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many claims were new, already there, and no longer found."""

    new: int
    known: int
    superseded: int


@transaction.atomic
def record(article: Article, extraction: Extraction, *, engine_version: str) -> Recorded:
    """Stores the claims of one extraction of ``article`` and settles their facts, all or nothing.

    Claims that an engine found before and none finds now are superseded, unless an editor has judged them.
    UngroundedQuote where a claim's quote is not in the text.
    """
    # Before the first write: whoever settles meanwhile, an editor or another worker, may hold the same claims.
    lock()
    companies = directory()
    rows: dict[str, Claim] = {}
    for kind, claims in _by_kind(extraction):
        for claim in claims:
            row = claim_row(article, kind, claim, engine_version=engine_version, companies=companies)
            rows.setdefault(row.key, row)
    earlier = Claim.objects.filter(article=article).exclude(origin=ClaimOrigin.EDITOR)
    known = dict(earlier.filter(key__in=rows).values_list("key", "origin"))
    gone = list(earlier.exclude(key__in=rows).filter(review=Review.UNREVIEWED))
    revived = list(earlier.filter(key__in=rows, review=Review.SUPERSEDED))
    fresh = [row for key, row in rows.items() if key not in known]
    Claim.objects.bulk_create(fresh, ignore_conflicts=True)
    # An editor who looks at one of them meanwhile is told.
    changed = F("version") + 1
    Claim.objects.filter(pk__in=[c.pk for c in gone]).update(review=Review.SUPERSEDED, version=changed)
    Claim.objects.filter(pk__in=[c.pk for c in revived]).update(review=Review.UNREVIEWED, version=changed)
    _note_engines({key: row.origin for key, row in rows.items() if known.get(key, row.origin) != row.origin})
    elsewhere = Claim.objects.standing().filter(article__in=join_story(article))
    subjects = Subjects()
    for claim_touched in (*fresh, *gone, *revived, *elsewhere):
        subjects.add(claim_touched)
    settle(subjects)
    return Recorded(new=len(fresh), known=len(known), superseded=len(gone))


def _note_engines(origins: dict[str, str]) -> None:
    """Marks known claims that another engine, or one engine less, finds now."""
    for origin in set(origins.values()):
        keys = [key for key, now in origins.items() if now == origin]
        Claim.objects.filter(key__in=keys).update(origin=origin)


def _by_kind(extraction: Extraction) -> list[tuple[str, tuple[ExtractedClaim, ...]]]:
    return [
        (ClaimKind.MOVE, extraction.moves),
        (ClaimKind.COMPENSATION, extraction.compensation),
        (ClaimKind.SIGNAL, extraction.signals),
    ]


def claim_row(
    article: Article, kind: str, claim: ExtractedClaim, *, engine_version: str, companies: Directory | None = None
) -> Claim:
    """The unsaved row of an extracted claim, with its key, evidence and lookup columns, by ``companies`` or today's."""
    span, text = claim.span, article.text
    quote = text[span.start : span.end]
    if not quote.strip():
        raise UngroundedQuote(f"claim at {span.start}..{span.end} of {article.public_id} quotes nothing")
    value = AS_JSON[kind](claim, text)
    key = claim_key(article.content_hash, kind, value)
    attribution = claim.attribution
    return Claim(
        key=key,
        public_id=public_id(f"claim:{key}"),
        article=article,
        kind=kind,
        value=value,
        status=claim.status,
        date=claim.date or "",
        quote=quote,
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        start=span.start,
        end=span.end,
        attribution=attribution.text if attribution else "",
        attribution_kind=attribution.kind if attribution else AttributionKind.ARTICLE,
        attribution_count=attribution.count if attribution else None,
        origin=claim.engine,
        engine_version=engine_version[:60],
        rule=claim.rule[:80],
        confidence=claim.confidence,
        **lookups(article.content_hash, kind, value, companies or directory()),
    )


def claim_key(content_hash: str, kind: str, value: dict[str, Any]) -> str:
    """SHA-256 over article content, kind and normal form: the claim without its evidence, in sorted JSON."""
    content = {name: part for name, part in value.items() if name not in _EVIDENCE}
    normal = json.dumps([content_hash, kind, content], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(normal.encode()).hexdigest()

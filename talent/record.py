"""Writes what an article claims, and settles the facts that this touches. Recording twice writes nothing twice."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from articles.extraction import Extraction
from articles.extraction.claims import AS_JSON
from articles.extraction.claims import Claim as ExtractedClaim
from articles.models import Article
from articles.together import arrange_together
from talent.exceptions import UngroundedQuote
from talent.history import because
from talent.keys import lookups
from talent.models import AttributionKind, Claim, ClaimKind, ClaimOrigin, Review
from talent.quotes import index_quotes
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine found in an article."""

    article: Article
    extraction: Extraction
    engine_version: str


@transaction.atomic
def record(article: Article, extraction: Extraction, *, engine_version: str) -> Recorded:
    """Stores the claims of one extraction of ``article`` and settles their facts, all or nothing.

    Claims that an engine found before and none finds now are superseded, unless an editor has judged them.
    UngroundedQuote where a claim's quote is not in the text.
    """
    reading = Reading(article, extraction, engine_version)
    # Before the first write: whoever settles meanwhile, an editor or another worker, may hold the same claims.
    lock()
    subjects = Subjects()
    recorded = _write(reading, _earlier([article])[article.pk], directory(), subjects)
    _settle_around([article], subjects)
    return recorded


@transaction.atomic
def record_many(readings: Sequence[Reading]) -> list[Recorded]:
    """``record`` for several articles, whose facts are settled once; all or nothing.

    Facts are a function of the claims: settled once or after each article, they are the same.
    """
    lock()
    articles = [reading.article for reading in readings]
    companies, subjects, recorded, earlier = directory(), Subjects(), [], _earlier(articles)
    for reading in readings:
        with because(article=reading.article.public_id):
            recorded.append(_write(reading, earlier[reading.article.pk], companies, subjects))
    with because(articles=len(readings)):
        _settle_around(articles, subjects)
    return recorded


def _earlier(articles: Iterable[Article]) -> dict[int, list[Claim]]:
    """What engines have found in each article so far."""
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in Claim.objects.filter(article__in=articles).exclude(origin=ClaimOrigin.EDITOR).order_by():
        found[claim.article_id].append(claim)
    return found


def _settle_around(articles: Sequence[Article], subjects: Subjects) -> None:
    """Settles ``subjects`` and what else these articles touch."""
    # With those of the articles themselves: their outlet or date may be known better than when they were settled.
    around = {article.pk for article in articles} | arrange_together(articles)
    columns = ("person_keys", "person_candidates", "group_key", "article_id")
    for claim in Claim.objects.standing().filter(article__in=around).only(*columns).order_by():
        subjects.add(claim)
    settle(subjects)


def _write(reading: Reading, earlier: Sequence[Claim], companies: Directory, subjects: Subjects) -> Recorded:
    """Writes the claims of one article, and adds those that fell to ``subjects``. The caller holds the lock."""
    article = reading.article
    rows: dict[str, Claim] = {}
    for kind, claims in _by_kind(reading.extraction):
        for claim in claims:
            row = claim_row(article, kind, claim, engine_version=reading.engine_version, companies=companies)
            rows.setdefault(row.key, row)
    known = {claim.key: claim.origin for claim in earlier if claim.key in rows}
    gone = [claim for claim in earlier if claim.key not in rows and claim.review == Review.UNREVIEWED]
    revived = [claim for claim in earlier if claim.key in rows and claim.review == Review.SUPERSEDED]
    new = [row for key, row in rows.items() if key not in known]
    Claim.objects.bulk_create(new, ignore_conflicts=True)
    index_quotes(new)
    # An editor who looks at one of them meanwhile is told.
    changed = F("version") + 1
    if gone:
        Claim.objects.filter(pk__in=[c.pk for c in gone]).update(review=Review.SUPERSEDED, version=changed)
    if revived:
        Claim.objects.filter(pk__in=[c.pk for c in revived]).update(review=Review.UNREVIEWED, version=changed)
    _note_engines({key: row.origin for key, row in rows.items() if known.get(key, row.origin) != row.origin})
    for claim_gone in gone:
        subjects.add(claim_gone)
    return Recorded(new=len(rows) - len(known), known=len(known), superseded=len(gone))


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

"""Finds every quote again in its stored text. What is not where it was is marked, never moved to a look-alike."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from articles.models import Article
from talent.models import Claim, EvidenceState

BATCH = 100


@dataclass(slots=True)
class Verified:
    """How many claims are in which state, which articles' texts are no longer those that were read, and how far a
    check that was to stop at some time has come (None where it is through)."""

    states: Counter[str] = field(default_factory=Counter)
    altered: list[str] = field(default_factory=list)
    articles: int = 0
    reached: int | None = None

    @property
    def sound(self) -> bool:
        """Whether every text is the one that was read and has every quote in its place."""
        return not self.altered and self.states.total() == self.states[EvidenceState.VERIFIED]


def verify(
    *,
    now: datetime,
    article: str = "",
    after: int = 0,
    enough: Callable[[], bool] = lambda: False,
    progress: Callable[[int], None] = lambda done: None,
) -> Verified:
    """Checks every claim of every article, or of the one with that identifier, a batch of texts at a time.

    ``after`` is where an earlier check stopped; ``enough`` is asked between two batches whether to stop again.
    """
    found = Verified()
    for batch in _batches(article, after):
        _check(batch, found, now)
        progress(len(batch))
        if enough():
            found.reached = batch[-1].pk
            break
    return found


def size(article: str = "") -> int:
    """How many articles a check goes through."""
    return Article.objects.filter(public_id=article).count() if article else Article.objects.count()


def state_of(claim: Claim, text: str, *, altered: bool) -> str:
    """Verified, drifted or orphaned: ``altered`` says that the text is not the one that was read."""
    if claim.quote and claim.quote == text[claim.start : claim.end] and not altered:
        return EvidenceState.VERIFIED
    return EvidenceState.DRIFTED if claim.quote and claim.quote in text else EvidenceState.ORPHANED


def is_altered(article: Article) -> bool:
    """Whether the stored text is no longer the one whose hash was taken."""
    return hashlib.sha256(article.text.encode()).hexdigest() != article.content_hash


def _batches(article: str, after: int) -> Iterator[list[Article]]:
    """Articles with nothing but their texts, by key: memory holds one batch, whatever the size of the whole."""
    articles = Article.objects.order_by("pk").only("public_id", "text", "content_hash")
    if article:
        articles = articles.filter(public_id=article)
    while batch := list(articles.filter(pk__gt=after)[:BATCH]):
        yield batch
        after = batch[-1].pk


def _check(batch: list[Article], found: Verified, now: datetime) -> None:
    claims = Claim.objects.filter(article__in=batch).only("article_id", "quote", "start", "end", "evidence_state")
    by_article: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims.order_by():
        by_article[claim.article_id].append(claim)
    by_state: dict[str, list[int]] = defaultdict(list)
    for article in batch:
        if altered := is_altered(article):
            found.altered.append(article.public_id)
        for claim in by_article[article.pk]:
            by_state[state_of(claim, article.text, altered=altered)].append(claim.pk)
    found.articles += len(batch)
    for state, pks in by_state.items():
        found.states[state] += len(pks)
        Claim.objects.filter(pk__in=pks).update(evidence_state=state, evidence_checked_at=now)

"""How much an editor's look at a claim would tell: uncertain, contradicted, much repeated ones come first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from talent.dates import days_apart
from talent.models import Claim, Review, Status
from talent.resolve import Directory

# What each reason weighs; together 100.
UNCERTAIN, DISPUTED, SEEN = 40, 35, 25
# From so many articles on, more of them make a fact no more urgent.
MANY_ARTICLES = 16


def usefulness(cluster: Sequence[Claim], companies: Directory) -> list[int]:
    """0 to 100 for each claim of one fact; half of it where an editor has accepted another claim of the fact."""
    articles = len({claim.article_id for claim in cluster})
    shared = DISPUTED * disputed(cluster, companies) + SEEN * min(1.0, log2(max(articles, 1)) / log2(MANY_ARTICLES))
    accepted = {claim.pk for claim in cluster if claim.review == Review.ACCEPTED}
    weights = [shared + UNCERTAIN * (1 - abs(2 * claim.confidence - 1)) for claim in cluster]
    return [round(w / 2 if accepted - {c.pk} else w) for c, w in zip(cluster, weights, strict=True)]


def disputed(cluster: Sequence[Claim], companies: Directory) -> bool:
    """Whether claims of one fact contradict each other: one denies it, the dates lie apart, or the companies differ."""
    denying = {claim.status == Status.DENIED for claim in cluster}
    apart = (_companies_differ(cluster, side, companies) for side in ("from", "to"))
    return len(denying) > 1 or _dates_differ(cluster) or any(apart)


def _dates_differ(cluster: Sequence[Claim]) -> bool:
    dates = sorted({claim.date for claim in cluster if claim.date})
    return any(days_apart(dates[0], other) for other in dates[1:])


def _companies_differ(cluster: Sequence[Claim], side: str, companies: Directory) -> bool:
    orgs = {org for claim in cluster if (org := (claim.value.get(side) or {}).get("org"))}
    first, *others = sorted(orgs) or [""]
    return any(not companies.related(first, other) for other in others)

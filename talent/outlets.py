"""How an outlet fares: articles a week and what they yield, read from its newest articles and never from all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from articles.models import Article, Source
from talent.models import Claim, Move

# So many of the newest articles stand for all.
LOOKED_AT = 200
_WINDOW = timedelta(weeks=4)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Health:
    """``articles`` are the numbers of the newest ones; the figures are None where there is nothing to go by.

    ``a_week`` counts over the last four weeks; ``per_article`` and ``share`` over the newest articles that were read.
    """

    articles: list[int]
    a_week: float | None
    read: int
    per_article: float | None
    share: float | None


def health(source: Source, *, now: datetime) -> Health:
    """The outlet's figures; two queries, each bounded by ``LOOKED_AT``."""
    newest = list(
        Article.objects.filter(source=source).order_by("-id").values_list("pk", "retrieved_at", "state")[:LOOKED_AT]
    )
    read = [pk for pk, _, state in newest if state == Article.State.RECORDED]
    counted = Claim.objects.standing().filter(article__in=read).order_by().values("article")
    claims = dict(counted.annotate(number=Count("pk")).values_list("article", "number"))
    return Health(
        articles=[pk for pk, _, _ in newest],
        a_week=_a_week([at for _, at, _ in newest], now),
        read=len(read),
        per_article=sum(claims.values()) / len(read) if read else None,
        share=len(claims) / len(read) if read else None,
    )


def _a_week(retrieved: list[datetime], now: datetime) -> float | None:
    """Articles a week over the last four, or over the time that the articles looked at or the outlet itself go back."""
    if not retrieved:
        return None
    recent = [at for at in retrieved if at > now - _WINDOW]
    whole = len(recent) == len(retrieved)
    span = max(now - min(recent), _WEEK) if whole else _WINDOW
    return len(recent) / (span / _WEEK)


def claims_of(articles: list[int]) -> QuerySet[Any]:
    """What readers may see of what these articles claim, the newest first."""
    rows = Claim.objects.visible().filter(article__in=articles)
    parts = (
        "move__person",
        "move__origin",
        "move__destination",
        "report__company",
        "report__person",
        "signal__company",
    )
    return (
        rows.select_related("article__source", *parts)
        .defer("article__text", "article__signature", "article__bands")
        .order_by("-id")
    )


def moves_of(articles: list[int]) -> QuerySet[Any]:
    """The moves that these articles tell of."""
    told = Claim.objects.standing().filter(article__in=articles).exclude(move=None).order_by().values("move")
    return Move.objects.for_list().filter(pk__in=told)

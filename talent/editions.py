"""Which claims the newest version of their article no longer makes, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from articles.models import Article
from talent.models import Claim

_FACTS = ("move_id", "report_id", "signal_id")
# What a row of plain values must hold to be asked about.
COLUMNS = ("id", "article_id", "article__version_of_id", "article__replaced_at", *_FACTS)


@dataclass(frozen=True, slots=True)
class _Told:
    """That an article, in one of its versions, tells a fact."""

    head: int
    fact: tuple[int | None, ...]


def gone_since(claims: Iterable[Claim]) -> dict[int, datetime]:
    """For each claim (by key) that the newest version of its article no longer makes: since when, as far as seen.

    A claim made again in other words is not gone: what counts is the fact. A version that nobody has read says nothing.
    No query where every article is as it was; else two.
    """
    return gone_since_in(
        {
            "id": claim.pk,
            "article_id": claim.article_id,
            "article__version_of_id": claim.article.version_of_id,
            "article__replaced_at": claim.article.replaced_at,
            **{name: getattr(claim, name) for name in _FACTS},
        }
        for claim in claims
    )


def gone_since_in(rows: Iterable[Mapping[str, Any]]) -> dict[int, datetime]:
    """The same for rows of plain values with ``COLUMNS``."""
    replaced = {row["id"]: _told(row) for row in rows if row["article__replaced_at"]}
    if not replaced:
        return {}
    newest = _newest({told.head for told in replaced.values()})
    last = _last_to_tell(replaced.values())
    return {
        pk: when
        for pk, told in replaced.items()
        if told.head in newest and (when := last.get(told, (0, None))[1]) is not None
    }


def _told(row: Mapping[str, Any]) -> _Told:
    return _Told(row["article__version_of_id"] or row["article_id"], tuple(row[name] for name in _FACTS))


def _of(heads: Iterable[int], prefix: str = "") -> Q:
    """Articles that are a version of one of these, or the first one itself."""
    return Q(**{f"{prefix}pk__in": heads}) | Q(**{f"{prefix}version_of__in": heads})


def _newest(heads: set[int]) -> set[int]:
    """Those of the articles whose newest version has been read."""
    read = Article.objects.filter(_of(heads), replaced_at=None, state=Article.State.RECORDED)
    return set(read.values_list(Coalesce("version_of_id", "pk"), flat=True))


def _last_to_tell(told: Iterable[_Told]) -> dict[_Told, tuple[int, datetime | None]]:
    """The number of the last version that tells it, and since when that one is no longer current; None if it is."""
    wanted = set(told)
    facts = [{pk for one in wanted if (pk := one.fact[i])} for i in range(len(_FACTS))]
    of_facts = Q(move__in=facts[0]) | Q(report__in=facts[1]) | Q(signal__in=facts[2])
    telling: QuerySet[Any] = Claim.objects.standing().filter(of_facts, _of({one.head for one in wanted}, "article__"))
    rows = telling.values_list(
        Coalesce("article__version_of_id", F("article_id")), "article__version", "article__replaced_at", *_FACTS
    )
    last: dict[_Told, tuple[int, datetime | None]] = {}
    for head, version, replaced_at, *fact in rows.distinct().order_by():
        key = _Told(head, tuple(fact))
        # One that came back is current though others have greater numbers.
        rank = (replaced_at is None, version)
        if key not in last or rank > (last[key][1] is None, last[key][0]):
            last[key] = version, replaced_at
    return last


def versions_of(article: Article) -> QuerySet[Article]:
    """Every version of the article, the first one first, without texts."""
    head = article.version_of_id or article.pk
    rows = Article.objects.filter(_of([head])).defer("text", "signature", "bands")
    return rows.order_by("version", "pk")

"""What became of submitted snapshots: read from their rows, for whoever waits for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from articles.models import Article, Snapshot


class Verdict(StrEnum):
    STORED = "stored"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one submission; ``reason`` says why it failed."""

    pk: int
    verdict: Verdict
    reason: str = ""


def finished(submitted: dict[int, str]) -> Iterator[Outcome]:
    """The submissions (snapshot's number to its address) that have come to an end, or to a pause after a failed try."""
    rows = {row.pk: row for row in _rows(submitted)}
    for pk, address in submitted.items():
        # A fetch that brought nothing new leaves no row of its own.
        if outcome := _outcome(rows[pk]) if pk in rows else _outcome_of_earlier(pk, address):
            yield outcome


def touched(submitted: Collection[int]) -> bool:
    """True where a worker has taken one of these snapshots or brought it a step further."""
    rows = Snapshot.objects.filter(pk__in=submitted)
    return rows.exclude(state__in=_WAITING, attempts=0).exists() or rows.count() < len(submitted)


_WAITING = (Snapshot.State.AWAITING_FETCH, Snapshot.State.AWAITING_PARSE)


def _rows(pks: Collection[int]) -> Iterator[Snapshot]:
    fields = ("state", "error", "created_at", "address", "article__state", "article__error", "article__created_at")
    return Snapshot.objects.filter(pk__in=pks).select_related("article").only(*fields).iterator(chunk_size=500)


def _outcome(snapshot: Snapshot) -> Outcome | None:
    if snapshot.error:
        return _failed(snapshot.pk, snapshot.error, final=snapshot.state == Snapshot.State.FAILED)
    article = snapshot.article
    if snapshot.state != Snapshot.State.STORED or article is None:
        return None
    if article.error:
        return _failed(snapshot.pk, article.error, final=article.state == Article.State.FAILED)
    if article.state != Article.State.RECORDED:
        return None
    known = article.created_at < snapshot.created_at
    return Outcome(snapshot.pk, Verdict.UNCHANGED if known else Verdict.STORED)


def _failed(pk: int, error: str, *, final: bool) -> Outcome:
    return Outcome(pk, Verdict.FAILED, error if final else f"{error.rstrip('.')}. It will be tried again.")


def _outcome_of_earlier(pk: int, address: str) -> Outcome | None:
    earlier = Snapshot.objects.filter(address=address).exclude(sha256="").order_by("-checked_at").first()
    if earlier is None:
        return Outcome(pk, Verdict.FAILED, "Somebody removed it while it waited.")
    outcome = _outcome(earlier)
    return outcome and Outcome(
        pk, Verdict.FAILED if outcome.verdict == Verdict.FAILED else Verdict.UNCHANGED, outcome.reason
    )

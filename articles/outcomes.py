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
    # False where it will be tried again by itself.
    final: bool = True


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


_ENDED = ("failed", "discarded")
_WAITING = (Snapshot.State.AWAITING_FETCH, Snapshot.State.AWAITING_PARSE)


def _rows(pks: Collection[int]) -> Iterator[Snapshot]:
    fields = ("state", "error", "created_at", "address", "article__state", "article__error", "article__created_at")
    return Snapshot.objects.filter(pk__in=pks).select_related("article").only(*fields).iterator(chunk_size=500)


def _outcome(snapshot: Snapshot) -> Outcome | None:
    if snapshot.error:
        return _failed(snapshot.pk, snapshot.error, final=snapshot.state in _ENDED)
    article = snapshot.article
    if snapshot.state != Snapshot.State.STORED:
        return None
    if article is None:
        return _outcome_of_box(snapshot)
    if article.error:
        return _failed(snapshot.pk, article.error, final=article.state in _ENDED)
    if article.state != Article.State.RECORDED:
        return None
    known = article.created_at < snapshot.created_at
    return Outcome(snapshot.pk, Verdict.UNCHANGED if known else Verdict.STORED)


def _outcome_of_box(box: Snapshot) -> Outcome | None:
    """What became of a box of letters: ended when every letter of it has."""
    letters = Snapshot.objects.filter(part_of=box.pk)
    unread = letters.filter(article__state=Article.State.AWAITING_EXTRACTION, article__error="")
    if letters.filter(state__in=_WAITING, error="").exists() or unread.exists():
        return None
    errors = list(letters.exclude(error="").values_list("error", flat=True))
    if errors:
        number = letters.count()
        return Outcome(box.pk, Verdict.FAILED, f"{len(errors)} of {number} letters could not be read. {errors[0]}")
    return Outcome(box.pk, Verdict.STORED if letters.exists() else Verdict.UNCHANGED)


def _failed(pk: int, error: str, *, final: bool) -> Outcome:
    return Outcome(pk, Verdict.FAILED, error if final else f"{error.rstrip('.')}. It will be tried again.", final)


def _outcome_of_earlier(pk: int, address: str) -> Outcome | None:
    earlier = Snapshot.objects.filter(address=address).exclude(sha256="").order_by("-checked_at").first()
    if earlier is None:
        return Outcome(pk, Verdict.FAILED, "Somebody removed it while it waited.")
    outcome = _outcome(earlier)
    return outcome and Outcome(
        pk,
        Verdict.FAILED if outcome.verdict == Verdict.FAILED else Verdict.UNCHANGED,
        outcome.reason,
        outcome.final,
    )

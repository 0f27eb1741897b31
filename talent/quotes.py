"""Keeps the words of quotes, by which full text search finds them: with each claim, and for those that came without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db import connection

from talent.models import Claim
from talent.words import vector

BATCH = 1_000
_WRITE = """
INSERT INTO talent_quotewords (claim_id, words)
SELECT claim.id, given.words::tsvector
FROM unnest(%s::text[], %s::text[]) AS given (key, words) JOIN talent_claim AS claim ON claim.key = given.key
ORDER BY claim.id
ON CONFLICT (claim_id) DO UPDATE SET words = excluded.words
"""


def index_quotes(claims: Iterable[Claim]) -> None:
    """Writes the words of these claims' quotes; one statement. Rows are found by key: not all know their id."""
    vectors = {claim.key: vector(claim.quote) for claim in claims}
    if vectors:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [list(vectors), list(vectors.values())])


def index_missing(
    *,
    again: bool = False,
    enough: Callable[[], bool] = lambda: False,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Indexes quotes that have no words yet, a batch at a time, or all of them ``again``; how many. ``enough`` is asked
    between two batches whether to stop."""
    done = 0
    for batch in _batches(again):
        index_quotes(batch)
        done += len(batch)
        progress(len(batch))
        if enough():
            break
    return done


def _batches(again: bool) -> Iterator[list[Claim]]:
    claims = Claim.objects.order_by("pk").only("key", "quote")
    if not again:
        claims = claims.filter(quoted=None)
    after = 0
    while batch := list(claims.filter(pk__gt=after)[:BATCH]):
        yield batch
        after = batch[-1].pk

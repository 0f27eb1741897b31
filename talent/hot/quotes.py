"""Claims by the words of their quotes, newest first, in one statement: which they are is told from the narrow table of
words alone, and only what is shown of so many is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings

from talent import keyset
from talent.editions import gone_since_in
from talent.hot import records
from talent.hot.asking import Prepared
from talent.hot.parts import CLAIM, STANDS, published, seen
from talent.models import Claim
from talent.serializers.base import COMPENSATION, MOVES, SIGNALS
from talent.words import asked_for

_ORDER = ("-id",)
# The facts that a claim may support, in the order of the last columns of a row.
_NOUNS = (MOVES, COMPENSATION, SIGNALS)
_FACTS = ("move_id", "report_id", "signal_id")


class Unusual(Exception):
    """What only the general way answers."""


def page_of_quotes(words: str, site: str, *, query: str, limit: int, cursor: str) -> keyset.Page:
    """A page of records of claims whose quote has the words. BadCursor as in ``keyset``; Unusual where there is nothing
    to look for, where somebody of those found is hidden, and on the way back."""
    asked = asked_for(words)
    direction, key = keyset.read_cursor(cursor, query, Claim.objects.order_by(*_ORDER))
    if not asked or direction == keyset.BEFORE:
        raise Unusual
    rows = _newest(settings.PUBLISH).rows(str(asked), limit + 1, key[0] if key else None)
    more, rows = len(rows) > limit, [row for row in rows if row[-1]]
    if more and len(rows) <= limit:
        raise Unusual
    gone = _gone(rows)
    found = [{"id": row[0], "record": _record(row, site, gone)} for row in rows]
    page = keyset.page_of(found, _ORDER, query=query, limit=limit, direction=direction, begun=key is not None)
    return keyset.Page([row["record"] for row in page.rows], page.next, page.previous)


@lru_cache(maxsize=8)
def _newest(publish: str) -> Prepared:
    """The newest claims that have the words, and in the last column whether readers may see them."""
    joined = "\n".join(
        f"{kind} JOIN LATERAL (SELECT * FROM {table} WHERE id = {key} OFFSET 0) AS {alias} ON true"
        for kind, table, key, alias in (
            ("INNER", "talent_claim", "near.id", "c"),
            ("INNER", "articles_article", "c.article_id", "a"),
            ("INNER", "articles_source", "a.source_id", "s"),
            ("LEFT", "talent_person", "c.person_id", "p"),
            ("LEFT", "talent_move", "c.move_id", "m"),
            ("LEFT", "talent_compensationreport", "c.report_id", "r"),
            ("LEFT", "talent_signal", "c.signal_id", "g"),
            ("LEFT", "talent_company", "m.origin_id", "f"),
            ("LEFT", "talent_company", "m.destination_id", "t"),
            ("LEFT", "talent_person", "r.person_id", "e"),
            ("LEFT", "talent_company", "coalesce(r.company_id, g.company_id)", "o"),
        )
    )
    shown = " OR ".join(f"({published(table)})" for table in "mrg")
    return Prepared(
        f"SELECT {CLAIM}, c.move_id, c.report_id, c.signal_id, m.public_id, r.public_id, g.public_id,\n"
        f"c.review IN {STANDS} AND ({shown}) AND {seen('p', 'f', 't', 'e', 'o')}\n"
        "FROM talent_newest_quotes($1::tsquery, $2::int, $3::bigint) WITH ORDINALITY AS near (id, place)\n"
        f"{joined} ORDER BY near.place"
    )


def _record(row: records.Columns, site: str, gone: dict[int, Any]) -> records.Record:
    noun, identifier = next((noun, each) for noun, each in zip(_NOUNS, row[-4:-1], strict=True) if each)
    fact = {"id": identifier, "url": f"{site}/api/v1/{noun}/{identifier}/"}
    return records.claim(row[: records.CLAIM_COLUMNS], site, fact, gone.get(row[0]))


def _gone(rows: Sequence[records.Columns]) -> dict[int, Any]:
    """Since when articles no longer make these claims; nothing is asked where all are as they were."""
    return gone_since_in(
        {
            "id": row[0],
            "article_id": row[records.CLAIM_COLUMNS - 2],
            "article__version_of_id": row[records.CLAIM_COLUMNS - 1],
            "article__replaced_at": row[records.CLAIM_REPLACED],
            **dict(zip(_FACTS, row[records.CLAIM_COLUMNS :], strict=False)),
        }
        for row in rows
        if row[records.CLAIM_REPLACED]
    )

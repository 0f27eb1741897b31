"""The short way to claims by the words of their quotes."""

from __future__ import annotations

import orjson

from talent import keyset
from talent.api.quick import neighbours_of
from talent.hot.quotes import Unusual, page_of_quotes
from talent.short import Answer, Asked

_MOST_CHARACTERS = 200


def claims(asked: Asked) -> Answer | None:
    """A page of claims, newest first; None where the general way has to answer."""
    given = dict(asked.parameters)
    cursor, limit = given.pop("cursor", ""), given.pop("limit", str(keyset.DEFAULT_LIMIT))
    words = given.pop("q", "").strip()
    if given or not words or len(words) > _MOST_CHARACTERS or "\0" in words:
        return None
    if not limit.isdecimal() or not limit.isascii() or len(limit) > 3 or not 1 <= int(limit) <= keyset.MAX_LIMIT:
        return None
    query = keyset.query_of_pairs(asked.path, asked.parameters.items())
    try:
        page = page_of_quotes(words, asked.site, query=query, limit=int(limit), cursor=cursor)
    except (keyset.BadCursor, Unusual):
        return None
    neighbours, headers = neighbours_of(asked, page)
    body = orjson.dumps({"results": page.rows, **neighbours}, option=orjson.OPT_UTC_Z)
    return Answer(body, headers=headers)

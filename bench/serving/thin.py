"""The limit: an ASGI view that passes on the JSON which PostgreSQL builds, for uvicorn with uvloop and asyncpg.

Run with DATABASE_URL by the interpreter of the peers; knows nothing of the project but its tables.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

_ENTITY = "json_build_object('id', {0}.public_id, 'slug', {0}.slug, 'name', {0}.name, 'name_zh', {0}.name_zh)"
_MOVE = f"""
json_build_object('id', m.public_id, 'person', {_ENTITY.format("p")}, 'from', {_ENTITY.format("o")},
  'from_role', m.origin_role, 'to', {_ENTITY.format("d")}, 'to_role', m.destination_role, 'cohort', m.cohort_text,
  'kind', m.kind, 'status', m.status, 'date', m.date, 'first', m.date_first, 'last', m.date_last,
  'reporters', m.reporters, 'articles', m.articles_count, 'confidence', m.confidence, 'quote', c.quote,
  'attribution', c.attribution, 'attribution_kind', c.attribution_kind, 'article', json_build_object(
    'id', a.public_id, 'address', a.address, 'title', a.title, 'outlet', s.name, 'published', a.published_at,
    'language', a.language, 'version', a.version),
  'first_seen', m.first_seen, 'last_seen', m.last_seen, 'revision', m.revision, 'updated', m.updated_at)
"""
_FROM = """
LEFT JOIN talent_person p ON p.id = m.person_id LEFT JOIN talent_company o ON o.id = m.origin_id
LEFT JOIN talent_company d ON d.id = m.destination_id JOIN talent_claim c ON c.id = m.lead_claim_id
JOIN articles_article a ON a.id = c.article_id JOIN articles_source s ON s.id = a.source_id
"""
_EVIDENCE = """
(SELECT json_agg(json_build_object('id', e.public_id, 'kind', e.kind, 'value', e.value, 'status', e.status,
    'date', e.date, 'quote', e.quote, 'prefix', e.prefix, 'suffix', e.suffix, 'start', e.start, 'end', e."end",
    'attribution', e.attribution, 'attribution_kind', e.attribution_kind, 'confidence', e.confidence,
    'article', ea.public_id, 'address', ea.address, 'title', ea.title, 'outlet', es.name,
    'published', ea.published_at, 'language', ea.language))
 FROM talent_claim e JOIN articles_article ea ON ea.id = e.article_id
 JOIN articles_source es ON es.id = ea.source_id WHERE e.move_id = m.id)
"""


def _list(rows: str) -> str:
    return (
        f"SELECT json_build_object('results', json_agg({_MOVE} ORDER BY m.sort_date DESC, m.id DESC))::text "
        f"FROM ({rows} ORDER BY sort_date DESC, id DESC LIMIT 50) m {_FROM}"
    )


_DETAIL = (
    f"SELECT json_build_object('move', {_MOVE}, 'evidence', {_EVIDENCE})::text FROM talent_move m {_FROM} "
    "WHERE m.public_id = $1"
)
_OF_COMPANY = _list("SELECT * FROM talent_move WHERE destination_id = (SELECT id FROM talent_company WHERE slug = $1)")
_NEWEST = _list("SELECT * FROM talent_move")
_BEHIND = _list("SELECT * FROM talent_move WHERE (sort_date, id) < ($1, $2)")
_PEOPLE = """
SELECT json_build_object('results', coalesce(json_agg(x), '[]'))::text FROM (
  SELECT public_id, slug, name, name_zh FROM talent_person
  WHERE lower(name) LIKE $1 ORDER BY lower(name), id LIMIT 20) x
"""
_PREFIX = """
SELECT json_build_object('results', coalesce(json_agg(x), '[]'))::text FROM (
  SELECT public_id, slug, name, name_zh FROM talent_person
  WHERE lower(name) COLLATE "C" >= $1 AND lower(name) COLLATE "C" < $2 ORDER BY lower(name) COLLATE "C", id LIMIT 10) x
"""
_pool: Any = None


async def _ask(statement: str, *values: Any) -> str:
    global _pool
    if _pool is None:
        import asyncpg  # type: ignore[import-not-found]  # of the peers' environment

        parts = urlsplit(os.environ["DATABASE_URL"])
        folder = parts.netloc.rpartition("@")[2].replace("%2F", "/")
        _pool = await asyncpg.create_pool(
            host=folder, user=parts.username, database=parts.path.strip("/"), min_size=4, max_size=4
        )
    async with _pool.acquire() as connection:
        found: str | None = await connection.fetchval(statement, *values)
    return found or "null"


async def _answer(path: str, asked: dict[str, str]) -> str:
    if path.startswith("/moves/") and len(path) > 7:
        return await _ask(_DETAIL, path[7:])
    if path == "/moves/" and "company" in asked:
        return await _ask(_OF_COMPANY, asked["company"])
    if path == "/moves/" and "day" in asked:
        return await _ask(_BEHIND, date.fromisoformat(asked["day"]), int(asked["pk"]))
    if path == "/moves/":
        return await _ask(_NEWEST)
    if path == "/people/":
        return await _ask(_PEOPLE, f"%{asked['q'].lower()}%")
    return await _ask(_PREFIX, asked["q"].lower(), asked["q"].lower() + "\U0010ffff")


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The whole application."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    asked = {name: values[0] for name, values in parse_qs(scope["query_string"].decode()).items()}
    body = (await _answer(scope["path"], asked)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})

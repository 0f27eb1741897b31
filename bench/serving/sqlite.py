"""The knowledge base as SQLite for Datasette: what readers see of it, with indexes in the order of every list, and
full text of quotes and names."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

_TABLES = {
    "company": (
        "id INTEGER PRIMARY KEY, public_id TEXT, slug TEXT, name TEXT, name_zh TEXT",
        "SELECT id, public_id, slug, name, name_zh FROM talent_company",
    ),
    "person": (
        "id INTEGER PRIMARY KEY, public_id TEXT, slug TEXT, name TEXT, name_zh TEXT",
        "SELECT id, public_id, slug, name, name_zh FROM talent_person",
    ),
    "source": ("id INTEGER PRIMARY KEY, name TEXT", "SELECT id, name FROM articles_source"),
    "article": (
        "id INTEGER PRIMARY KEY, public_id TEXT, address TEXT, title TEXT, source_id INT REFERENCES source(id), "
        "published_at TEXT, language TEXT, version INT",
        "SELECT id, public_id, address, title, source_id, published_at::text, language, version FROM articles_article",
    ),
    "move": (
        "id INTEGER PRIMARY KEY, public_id TEXT, person_id INT REFERENCES person(id), cohort_text TEXT, "
        "origin_id INT REFERENCES company(id), origin_role TEXT, destination_id INT REFERENCES company(id), "
        "destination_role TEXT, kind TEXT, status TEXT, date TEXT, date_first TEXT, date_last TEXT, sort_date TEXT, "
        "reporters INT, articles_count INT, confidence REAL, lead_claim_id INT REFERENCES claim(id), "
        "first_seen TEXT, last_seen TEXT, revision INT, updated_at TEXT",
        "SELECT id, public_id, person_id, cohort_text, origin_id, origin_role, destination_id, destination_role, kind, "
        "status, date, date_first::text, date_last::text, sort_date::text, reporters, articles_count, confidence, "
        "lead_claim_id, first_seen::text, last_seen::text, revision, updated_at::text FROM talent_move",
    ),
    "claim": (
        "id INTEGER PRIMARY KEY, public_id TEXT, kind TEXT, value TEXT, status TEXT, date TEXT, quote TEXT, "
        'prefix TEXT, suffix TEXT, start INT, "end" INT, attribution TEXT, attribution_kind TEXT, confidence REAL, '
        "article_id INT REFERENCES article(id), move_id INT REFERENCES move(id)",
        'SELECT id, public_id, kind, value::text, status, date, quote, prefix, suffix, start, "end", attribution, '
        "attribution_kind, confidence, article_id, move_id FROM talent_claim",
    ),
    "flow": (
        "origin_id INT, destination_id INT, moves INT, PRIMARY KEY (origin_id, destination_id)",
        "SELECT origin_id, destination_id, count(*) FROM talent_move "
        "WHERE origin_id IS NOT NULL AND destination_id IS NOT NULL GROUP BY 1, 2",
    ),
}
_INDEXES = """
CREATE UNIQUE INDEX move_public ON move(public_id);
CREATE INDEX move_origin ON move(origin_id, sort_date DESC, id DESC);
CREATE INDEX move_destination ON move(destination_id, sort_date DESC, id DESC);
CREATE INDEX move_newest ON move(sort_date DESC, id DESC);
CREATE INDEX move_person ON move(person_id, sort_date DESC, id DESC);
CREATE UNIQUE INDEX company_slug ON company(slug);
CREATE UNIQUE INDEX person_slug ON person(slug);
CREATE INDEX person_name ON person(name COLLATE NOCASE, id);
CREATE INDEX claim_move ON claim(move_id);
CREATE INDEX claim_article ON claim(article_id);
CREATE INDEX flow_destination ON flow(destination_id);
CREATE VIRTUAL TABLE claim_fts USING fts5(quote, content='claim', content_rowid='id', tokenize='porter unicode61');
INSERT INTO claim_fts(rowid, quote) SELECT id, quote FROM claim;
CREATE VIRTUAL TABLE person_fts USING fts5(name, name_zh, content='person', content_rowid='id', tokenize='trigram');
INSERT INTO person_fts(rowid, name, name_zh) SELECT id, name, name_zh FROM person;
CREATE TABLE busiest AS SELECT id, moves FROM (
    SELECT id, (SELECT count(*) FROM move WHERE origin_id = company.id)
        + (SELECT count(*) FROM move WHERE destination_id = company.id) AS moves FROM company
) ORDER BY moves DESC LIMIT 50;
"""

_JOINED = """
p.public_id person_id, p.slug person_slug, p.name person_name, p.name_zh person_name_zh,
o.public_id origin_id, o.slug origin_slug, o.name origin_name, o.name_zh origin_name_zh,
d.public_id destination_id, d.slug destination_slug, d.name destination_name, d.name_zh destination_name_zh,
c.quote, c.attribution, c.attribution_kind, a.public_id article_id, a.address article_address, a.title article_title,
s.name article_outlet, a.published_at article_published, a.language article_language, a.version article_version
"""
_OWN = (
    "m.id, m.public_id, m.cohort_text, m.origin_role, m.destination_role, m.kind, m.status, m.date, m.date_first, "
    "m.date_last, m.sort_date, m.reporters, m.articles_count, m.confidence, m.first_seen, m.last_seen, m.revision, "
    "m.updated_at"
)
_FROM = """
LEFT JOIN person p ON p.id = m.person_id LEFT JOIN company o ON o.id = m.origin_id
LEFT JOIN company d ON d.id = m.destination_id JOIN claim c ON c.id = m.lead_claim_id
JOIN article a ON a.id = c.article_id JOIN source s ON s.id = a.source_id
"""
_EVIDENCE = """
(SELECT json_group_array(json_object('id', e.public_id, 'kind', e.kind, 'value', json(e.value), 'status', e.status,
    'date', e.date, 'quote', e.quote, 'prefix', e.prefix, 'suffix', e.suffix, 'start', e.start, 'end', e."end",
    'attribution', e.attribution, 'attribution_kind', e.attribution_kind, 'confidence', e.confidence,
    'article', ea.public_id, 'address', ea.address, 'title', ea.title, 'outlet', es.name,
    'published', ea.published_at, 'language', ea.language))
 FROM claim e JOIN article ea ON ea.id = e.article_id JOIN source es ON es.id = ea.source_id WHERE e.move_id = m.id)
"""
QUERIES = {
    "detail": f"SELECT {_OWN}, {_JOINED}, {_EVIDENCE} evidence FROM move m {_FROM} WHERE m.public_id = :id",
    "list_to": f"SELECT {_OWN}, {_JOINED} FROM (SELECT * FROM move WHERE destination_id = "
    "(SELECT id FROM company WHERE slug = :company) ORDER BY sort_date DESC, id DESC LIMIT 50) m "
    f"{_FROM} ORDER BY m.sort_date DESC, m.id DESC",
    "people": "SELECT public_id, slug, name, name_zh FROM person WHERE id IN (SELECT rowid FROM person_fts "
    "WHERE name LIKE '%' || :q || '%') ORDER BY name, id LIMIT 20",
    "quotes": "SELECT c.public_id, c.quote, c.status, c.date, c.attribution, c.start, c.\"end\", a.address, a.title, "
    "s.name outlet, a.published_at, m.public_id move FROM claim c JOIN article a ON a.id = c.article_id "
    "JOIN source s ON s.id = a.source_id LEFT JOIN move m ON m.id = c.move_id WHERE c.id IN "
    "(SELECT rowid FROM claim_fts WHERE claim_fts MATCH escape_fts(:q)) ORDER BY c.id DESC LIMIT 20",
    "flows": "SELECT origin_id, destination_id, moves FROM flow WHERE origin_id IN (SELECT id FROM busiest) "
    "AND destination_id IN (SELECT id FROM busiest)",
}  # fmt: skip


def export(url: str, path: Path) -> None:
    """Writes the file anew from the database at ``url``."""
    import psycopg

    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with sqlite3.connect(fresh) as into, psycopg.connect(url) as source:
        into.executescript("PRAGMA journal_mode = off; PRAGMA synchronous = off;")
        for table, (columns, read) in _TABLES.items():
            into.execute(f"CREATE TABLE {table} ({columns})")
            rows = _rows(source, table, read)
            if (first := next(rows, None)) is not None:
                marks = ", ".join("?" * len(first))
                into.executemany(f"INSERT INTO {table} VALUES ({marks})", chain([first], rows))  # our own tables
        into.executescript(_INDEXES)
        into.execute("ANALYZE")
    fresh.replace(path)


def _rows(source: Any, name: str, read: str) -> Iterator[Any]:
    with source.cursor(name=f"export_{name}") as cursor:
        cursor.itersize = 20_000
        cursor.execute(read)
        yield from cursor


def write_metadata(path: Path, database: str) -> None:
    """Datasette's description of the database, with the queries."""
    queries = {name: {"sql": sql} for name, sql in QUERIES.items()}
    path.write_text(json.dumps({"databases": {database: {"queries": queries}}}), encoding="utf-8")

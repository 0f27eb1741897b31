"""Parts that the statements of the hot paths share: the columns of a record, and where they come from."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from psycopg import sql

from talent.querysets import STANDING, VISIBLE

# What a record names a company or a person by.
_NAMED = ("public_id", "slug", "name", "name_zh")
_ARTICLE = "a.public_id, a.address, a.title, s.name, a.published_at, a.language, a.version, a.replaced_at"
# In the order in which ``talent.hot.records`` reads them. "m" is the move.
MOVE = ", ".join(
    [
        "m.sort_date, m.id, m.public_id, m.status, m.date, m.date_first, m.date_last, m.reporters, m.articles_count",
        "m.confidence, m.first_seen, m.last_seen, m.revision, m.updated_at, m.kind, m.role_family, m.cohort_text",
        "m.cohort_min, m.cohort_max, m.cohort_of, m.origin_team, m.origin_role, m.destination_team",
        "m.destination_role, c.quote, c.attribution, c.attribution_kind",
        *(f"{table}.{column}" for table in "pod" for column in _NAMED),
        _ARTICLE,
    ]
)
# Each looked up for one move after the other, whatever a planner knows of their number.
_ONE = "LEFT JOIN LATERAL (SELECT * FROM {table} WHERE id = m.{key} OFFSET 0) AS {alias} ON true"
OF_MOVE = "\n".join(
    [
        _ONE.format(table="talent_person", key="person_id", alias="p"),
        _ONE.format(table="talent_company", key="origin_id", alias="o"),
        _ONE.format(table="talent_company", key="destination_id", alias="d"),
        "CROSS JOIN LATERAL (SELECT * FROM talent_claim WHERE id = m.lead_claim_id OFFSET 0) AS c",
        "CROSS JOIN LATERAL (SELECT * FROM articles_article WHERE id = c.article_id OFFSET 0) AS a",
        "CROSS JOIN LATERAL (SELECT * FROM articles_source WHERE id = a.source_id OFFSET 0) AS s",
    ]
)
CLAIM = ", ".join(
    [
        "c.id, c.public_id, c.key, c.kind, c.value::text, c.status, c.date, c.quote, c.prefix, c.suffix, c.start",
        'c."end", c.attribution, c.attribution_kind, c.attribution_count, c.origin, c.rule, c.engine_version',
        "c.confidence, c.review, c.evidence_state, c.evidence_checked_at",
        *(f"p.{column}" for column in _NAMED),
        _ARTICLE,
        "a.retrieved_at, a.id, a.version_of_id",
    ]
)


def listed(values: tuple[str, ...]) -> str:
    """Words as they stand in a statement."""
    return f"({', '.join(sql.Literal(value).as_string() for value in values)})"


SEEN, STANDS = listed(VISIBLE), listed(STANDING)


def published(table: str) -> str:
    """What the setting PUBLISH lets readers see of facts, as ``talent.querysets.published`` has it."""
    shown = f"{table}.visibility IN {SEEN}"
    if settings.PUBLISH == "all":
        return shown
    if settings.PUBLISH == "reviewed":
        return f"{shown} AND {table}.reviewed"
    return f"{shown} AND ({table}.reviewed OR {table}.confidence >= {float(settings.PUBLISH)!r})"


def seen(*tables: str) -> str:
    """Whether readers may see those whom a fact names, of which any may be nobody."""
    return " AND ".join(f"({table}.id IS NULL OR {table}.visibility IN {SEEN})" for table in tables)


def written(rows: QuerySet[Any, Any], blanks: dict[Any, str]) -> str:
    """A queryset as it stands in a statement: ``blanks`` are values in it, and what stands in their place."""
    words, values = rows.query.sql_with_params()
    return words % tuple(blanks[value] if value in blanks else sql.Literal(value).as_string() for value in values)

"""The pieces of SQL that every read of the tallies is made of, and running it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection

from talent.flows.counts import Count, End
from talent.models import Grade
from talent.tallies import certainty

# Of a company ``c``, in the order of the fields of ``End`` behind its id; and what each row has in their place.
NAMES = "c.slug, c.name, c.name_zh, c.public_id"
GROUPED_NAMES = "max(c.slug), max(c.name), max(c.name_zh), max(c.public_id)"
NO_NAMES = "NULL, NULL, NULL, NULL"
# In the order of the fields of ``Count``.
MEASURES = ("moves", "groups", "at_least", "at_most", "unbounded", "reports", "single", "vague")
SUMS = ", ".join(f"sum(t.{name})::bigint AS {name}" for name in MEASURES)
# What PUBLISH shows. Tallies that were counted by another certainty tell of no move that only a certainty vouches for.
GRADE = f"""
CASE WHEN %(certainty)s::double precision IS NULL THEN %(grade)s::smallint ELSE coalesce(
    (SELECT {Grade.CERTAIN}::smallint FROM talent_tallyrule WHERE certainty = %(certainty)s), {Grade.REVIEWED}
) END
"""
SORT = f"t.period = ANY(%(periods)s::int[]) AND t.status = ANY(%(statuses)s::text[]) AND t.grade >= ({GRADE})"
STRATA = f"""
strata AS (
    SELECT period, status, grade FROM unnest(%(years)s::int[]) AS period
    CROSS JOIN unnest(%(statuses)s::text[]) AS status
    CROSS JOIN generate_series(({GRADE})::int, {Grade.REVIEWED}) AS grade
)"""


def leading(side: str) -> str:
    """The companies with most moves on that side. Only those count as candidates that are among the first in some
    year by status and grade; so few rows are read, however many companies there are."""
    return f"""
    SELECT candidate.company, summed.moves FROM (
        SELECT DISTINCT first.company FROM strata CROSS JOIN LATERAL (
            SELECT t.company FROM talent_companytally t
            WHERE t.side = '{side}' AND t.period = strata.period AND t.period <= 0
                AND t.status = strata.status AND t.grade = strata.grade AND t.company > 0
            ORDER BY t.moves DESC, t.company LIMIT %(candidates)s
        ) AS first
    ) AS candidate
    CROSS JOIN LATERAL (
        SELECT sum(t.moves) AS moves FROM talent_companytally t
        WHERE t.company = candidate.company AND t.side = '{side}' AND {SORT}
    ) AS summed
    WHERE summed.moves > 0 ORDER BY summed.moves DESC, candidate.company LIMIT %(top)s
    """


def rows(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of one statement, which is told by what rule facts are published."""
    grade = Grade.REVIEWED if settings.PUBLISH == "reviewed" else Grade.ANY
    with connection.cursor() as cursor:
        cursor.execute(statement, {"certainty": certainty(), "grade": int(grade), **parameters})
        return list(cursor.fetchall())


def end_of(row: tuple[Any, ...]) -> End:
    """The company of a row that begins with one."""
    return End(row[0], *(name or "" for name in row[1:5]))


def count_of(row: tuple[Any, ...]) -> Count:
    """What a row counts, which ends with it."""
    return Count(*row[-len(MEASURES) :])

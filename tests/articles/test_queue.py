"""A long queue slows nothing: what takes a row, and what finds overdue rows, walks an index of what waits."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from articles.clock import database_now
from articles.models import Article
from tests.factories import make_source

pytestmark = pytest.mark.django_db

FILL = """
INSERT INTO articles_article (public_id, source_id, address, title, author, publisher, language, retrieved_at, text,
  content_hash, state, engine_version, bands, attempts, error, failed_for_good, created_at, updated_at)
SELECT substr(md5(n::text), 1, 12), %s, 'https://a.example/' || n, 'T', '', '', 'en', now(), 'Text ' || n,
  md5(n::text) || md5('x' || n), CASE WHEN n %% 2 = 0 THEN 'recorded' ELSE 'awaiting_extraction' END, '', '{}', 0, '',
  false, now() - interval '1 hour', now() - interval '1 hour' FROM generate_series(1, 20000) AS n
"""


@pytest.fixture
def long_queue() -> list[int]:
    """Ten thousand articles that wait among as many that do not."""
    with connection.cursor() as cursor:
        cursor.execute(FILL, [make_source().pk])
        cursor.execute("ANALYZE articles_article")
    return list(Article.objects.filter(state="awaiting_extraction").order_by("pk").values_list("pk", flat=True)[:50])


def plan(queryset: Any) -> dict[str, Any]:
    answer = json.loads(queryset.explain(format="json", analyze=True))
    found: dict[str, Any] = answer[0]["Plan"]
    return found


def rows_met(node: dict[str, Any]) -> int:
    """The most rows that any step of the plan looked at, those it threw away included."""
    own = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return max([own, *(rows_met(each) for each in node.get("Plans", []))])


def test_taking_many_meets_only_the_rows_that_are_asked_for(long_queue: list[int]) -> None:
    free = Article.objects.free(database_now()).filter(pk__in=long_queue, state="awaiting_extraction", attempts=0)
    assert rows_met(plan(free.values_list("pk"))) <= 50


def test_the_sweep_meets_only_as_many_rows_as_it_sends(long_queue: list[int]) -> None:
    overdue = Article.objects.overdue(database_now(), state="awaiting_extraction", age=timedelta(seconds=30))
    assert rows_met(plan(overdue.values_list("pk")[:100])) <= 100


def test_taking_many_passes_over_what_is_held_or_was_tried(long_queue: list[int]) -> None:
    now, lease = database_now(), timedelta(minutes=5)
    Article.objects.filter(pk=long_queue[0]).update(attempts=1)
    Article.objects.filter(pk=long_queue[1]).update(taken_until=now + lease)
    taken = Article.objects.take_many(long_queue[:4], state="awaiting_extraction", now=now, lease=lease)
    assert taken == long_queue[2:4]
    assert Article.objects.take_many(long_queue[:4], state="awaiting_extraction", now=now, lease=lease) == []
    assert set(Article.objects.filter(pk__in=taken).values_list("attempts", "taken_until")) == {(1, now + lease)}

"""A message hands each stage's row to the next; losing it loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import transaction

from articles import ingest, stages, tasks
from articles.models import Article, Snapshot
from tests.articles.conftest import NOW, answer_fetches, page
from tests.articles.test_stages import ADDRESS, answering

pytestmark = pytest.mark.django_db

Commit = Callable[[], Any]


def waiting() -> Snapshot:
    return ingest.submit_bytes(page().encode(), "quill.html", now=NOW).snapshot


def test_it_hands_on_from_fetch_to_parse_to_reading(
    sent: list[tuple[str, int]], commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_fetches(monkeypatch, answering(page().encode()))
    row = ingest.submit_address(ADDRESS, now=NOW).snapshot
    with commit():
        tasks.fetch(row.pk)
    with commit():
        tasks.parse(row.pk)
    assert sent == [(tasks.PARSE, row.pk), (tasks.PROCESS, Article.objects.get().pk)]


def test_it_hands_nothing_on_twice(sent: list[tuple[str, int]], commit: Commit) -> None:
    row = waiting()
    with commit():
        tasks.parse(row.pk)
        tasks.parse(row.pk)
    assert len(sent) == 1


def test_it_hands_nothing_on_after_a_failure(sent: list[tuple[str, int]], commit: Commit) -> None:
    row = ingest.submit_bytes(b"%PDF-1.7", "x.pdf", now=NOW).snapshot
    with commit():
        tasks.parse(row.pk)
    assert sent == []


def test_it_sends_only_after_the_commit(sent: list[tuple[str, int]], commit: Commit) -> None:
    with commit(), transaction.atomic():
        tasks.hand_on(tasks.PARSE, 7)
        assert sent == []
    assert sent == [(tasks.PARSE, 7)]


def test_it_sends_nothing_after_a_rollback(sent: list[tuple[str, int]], commit: Commit) -> None:
    with commit(), transaction.atomic():
        tasks.hand_on(tasks.PARSE, 7)
        transaction.set_rollback(True)
    assert sent == []


@pytest.mark.parametrize(
    ("state", "article", "task"),
    [
        ("awaiting_fetch", None, tasks.FETCH),
        ("awaiting_parse", None, tasks.PARSE),
        ("stored", "awaiting_extraction", tasks.PROCESS),
        ("stored", "recorded", None),
        ("failed", None, None),
    ],
)
def test_it_knows_what_a_snapshot_waits_for(
    sent: list[tuple[str, int]], commit: Commit, state: str, article: str | None, task: str | None
) -> None:
    row = waiting()
    if article:
        stages.run_parse(row.pk, now=NOW)
        Article.objects.update(state=article)
    row.refresh_from_db()
    row.state = state
    with commit():
        tasks.hand_on_snapshot(row)
    assert [name for name, _ in sent] == ([task] if task else [])


def test_it_does_not_fail_when_the_broker_is_away(commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr("celery.canvas.Signature.apply_async", away)
    row = waiting()
    with commit():
        tasks.parse(row.pk)
    row.refresh_from_db()
    assert row.state == "stored"


def test_it_finds_rows_whose_message_was_lost(sent: list[tuple[str, int]], commit: Commit) -> None:
    row, address = waiting(), ingest.submit_address(ADDRESS, now=NOW).snapshot
    Snapshot.objects.update(updated_at=NOW - timedelta(minutes=5))
    with commit():
        number = tasks.resend_overdue(now=NOW, age=timedelta(minutes=1), limit=10)
    assert number == 2
    assert sent == [(tasks.PARSE, row.pk), (tasks.FETCH, address.pk)]


def test_it_sends_at_most_so_many(sent: list[tuple[str, int]], commit: Commit) -> None:
    for number in range(3):
        ingest.submit_bytes(page().encode(), f"{number}.html", now=NOW)
    Snapshot.objects.update(updated_at=NOW - timedelta(minutes=5))
    with commit():
        assert tasks.resend_overdue(now=NOW, age=timedelta(minutes=1), limit=2) == 2


def test_it_registers_its_tasks_by_name() -> None:
    current_app.loader.import_default_modules()
    assert {tasks.FETCH, tasks.PARSE, tasks.PROCESS} <= set(current_app.tasks)

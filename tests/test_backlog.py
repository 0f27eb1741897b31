"""What waits and what failed: depths that stop counting, causes without their particulars, and two acts with a note."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Job, Shard, Snapshot
from talent import backlog
from talent.backlog import step_named
from talent.models import PressAct
from tests.factories import make_article, make_member

pytestmark = pytest.mark.django_db

FETCH = step_named("fetch")
PARSE = step_named("parse")
READ = step_named("read")


@pytest.fixture
def operator() -> User:
    return make_member("ops", "Administrator")


def failed(error: str, *, sha256: str = "", number: int = 1) -> list[Snapshot]:
    rows = [Snapshot(address=f"https://a.example/{error}/{n}", sha256=sha256, state="failed", error=error)
            for n in range(number)]  # fmt: skip
    return Snapshot.objects.bulk_create(rows)


def test_it_counts_what_waits_at_each_stage() -> None:
    Snapshot.objects.create(address="https://a.example/1")
    Snapshot.objects.create(address="https://a.example/2", error="The server answered 503.", attempts=1)
    make_article(state="awaiting_extraction")
    depths = {depth.step.name: depth for depth in backlog.depths()}
    assert (depths["fetch"].waiting, depths["fetch"].retrying, depths["parse"].waiting) == (2, 1, 0)
    assert depths["read"].waiting == 1
    assert depths["fetch"].oldest == Snapshot.objects.earliest("created_at").created_at
    assert depths["parse"].oldest is None


def test_parts_of_long_jobs_are_counted_here_and_worked_off_on_their_own_page() -> None:
    job = Job.objects.create(kind="warc", name="a")
    Shard.objects.create(job=job, number=1, start=0, end=9, position=0)
    Shard.objects.create(job=job, number=2, start=0, end=9, position=0, state="failed", error="broken")
    depth = next(depth for depth in backlog.depths() if depth.step.name == "shard")
    assert (depth.waiting, depth.failed, depth.step.room) == (1, 1, "press-jobs")
    assert backlog.causes() == []
    assert step_named("shard") is None


def test_it_stops_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "MOST_COUNTED", 3)
    Snapshot.objects.bulk_create(Snapshot(address=f"https://a.example/{n}") for n in range(9))
    assert backlog.depths()[0].waiting == 4


def test_every_depth_is_read_from_an_index_over_what_waits_or_failed() -> None:
    with CaptureQueriesContext(connection) as queries:
        backlog.depths()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for each in queries:
            cursor.execute(f"EXPLAIN {each['sql']}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan" not in plan, plan


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("evil.example leads to 10.0.0.1, not to us.", "b.c.example leads to 192.168.7.7, not to us."),
        ("The server answered 503 for https://a.example/x?y=1", "The server answered 500 for http://b.example/"),
        ("It holds no file ab/cd/" + "ab" * 32 + ".gz;", "It holds no file 01/23/" + "0f" * 32 + ".gz;"),
        ("The page is larger than 10,000,000 bytes.", "The page is larger than 5 bytes."),
    ],
)  # fmt: skip
def test_failures_that_differ_in_particulars_have_one_cause(first: str, second: str) -> None:
    failed(first)
    failed(second, number=2)
    (cause,) = backlog.causes()
    assert cause.number == 3
    assert "…" in cause.cause


def test_other_words_are_another_cause_and_the_stage_counts() -> None:
    failed("The server sent an empty page.")
    failed("There is no server of that name.", number=3)
    failed("The server sent an empty page.", sha256="a" * 64)
    causes = [(each.step.name, each.number) for each in backlog.causes()]
    assert causes == [("fetch", 3), ("fetch", 1), ("parse", 1)]


def test_the_failures_of_a_cause_are_found_by_its_index() -> None:
    failed("The server answered 503.")
    cause = backlog.causes()[0].cause
    rows = backlog.failures(FETCH, cause)
    assert [row.error for row in rows] == ["The server answered 503."]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    assert "snapshot_cause" in rows.order_by().explain() or "snapshot_failed" in rows.explain()


def test_a_whole_cause_is_tried_again_in_batches(operator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "BATCH", 2)
    failed("The server answered 503.", number=5)
    failed("There is no server of that name.")
    act, again = backlog.retry(FETCH, backlog.failures(FETCH, "The server answered …."), user=operator, cause="x")
    assert (act.number, act.rows, len(again)) == (5, [], 5)
    assert Snapshot.objects.filter(state="awaiting_fetch", attempts=0, error="").count() == 5
    assert Snapshot.objects.filter(state="failed").count() == 1


def test_what_is_discarded_is_kept_and_is_no_failure(operator: User) -> None:
    article = make_article(state="failed", error="ZeroDivisionError: division by zero")
    act = backlog.discard(READ, READ.rows(), user=operator, reason="no article")
    assert (act.verb, act.number, act.rows, act.reason) == ("discard", 1, [article.pk], "no article")
    assert backlog.causes() == []
    article.refresh_from_db()
    assert (article.state, article.error) == ("discarded", "ZeroDivisionError: division by zero")


def test_a_discarded_document_that_is_sent_in_again_is_taken_up_again(operator: User) -> None:
    (row,) = failed("There is no server of that name.")
    backlog.discard(FETCH, FETCH.rows(), user=operator)
    assert Snapshot.objects.filter(pk=row.pk).retry() == 1
    assert Snapshot.objects.get().state == "awaiting_fetch"


def test_rows_that_went_on_meanwhile_are_left_alone(operator: User) -> None:
    rows: Any = failed("The server answered 503.", number=2)
    Snapshot.objects.filter(pk=rows[0].pk).update(state="stored", error="")
    act, again = backlog.retry(FETCH, Snapshot.objects.filter(pk__in=[row.pk for row in rows]), user=operator)
    assert again == [rows[1].pk]
    assert PressAct.objects.get() == act
    assert not Article.objects.exists()

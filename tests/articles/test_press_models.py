"""The database itself refuses rows that make no sense, and hands each waiting row to one worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from articles.models import Article, Snapshot, Source
from tests.articles.conftest import NOW
from tests.factories import make_article, make_source

pytestmark = pytest.mark.django_db

LEASE = timedelta(minutes=5)
HASH = "a" * 64


def make_snapshot(address: str = "https://site.example/a", **fields: Any) -> Snapshot:
    defaults = {"state": "awaiting_parse", "sha256": HASH, "retrieved_at": NOW}
    return Snapshot.objects.create(address=address, **{**defaults, **fields})


@pytest.mark.parametrize(
    "fields",
    [{"state": "lost"}, {"sha256": "short"}, {"sha256": "Z" * 64}],
    ids=str,
)
def test_it_refuses_senseless_snapshots(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        make_snapshot(**fields)


@pytest.mark.parametrize("fields", [{"state": "lost"}, {"content_hash": "short"}, {"text": ""}], ids=str)
def test_it_refuses_senseless_articles(fields: dict[str, Any]) -> None:
    article = make_article()
    with pytest.raises(IntegrityError):
        Article.objects.filter(pk=article.pk).update(**fields)


def test_it_refuses_an_unknown_kind_of_source() -> None:
    with pytest.raises(IntegrityError):
        Source.objects.create(slug="x", name="x", kind="rumour")


def test_it_keeps_one_source_for_a_host() -> None:
    make_source("One", host="site.example")
    make_source("Two", host="")
    make_source("Three", host="")
    with pytest.raises(IntegrityError):
        make_source("Four", host="site.example")


def test_it_keeps_one_snapshot_for_the_same_bytes_of_an_address() -> None:
    make_snapshot()
    make_snapshot("https://site.example/b")
    with pytest.raises(IntegrityError):
        make_snapshot()


@pytest.mark.parametrize("state", ["awaiting_fetch", "failed"])
def test_it_keeps_one_row_for_an_address_that_was_not_fetched(state: str) -> None:
    make_snapshot(sha256="", state=state)
    with pytest.raises(IntegrityError):
        make_snapshot(sha256="", state="awaiting_fetch")


def test_it_keeps_an_outlet_that_has_articles() -> None:
    article = make_article()
    with pytest.raises(IntegrityError):
        article.source.delete()


def test_it_keeps_the_bytes_when_an_article_is_taken_down() -> None:
    row = make_snapshot(article=make_article(), state="stored")
    row.article.delete()  # type: ignore[union-attr]
    row.refresh_from_db()
    assert row.article is None


def test_it_takes_a_free_row_and_counts_the_try() -> None:
    row = make_snapshot()
    assert Snapshot.objects.take(row.pk, state="awaiting_parse", now=NOW, lease=LEASE)
    row.refresh_from_db()
    assert (row.attempts, row.taken_until) == (1, NOW + LEASE)


@pytest.mark.parametrize(
    "fields",
    [{"state": "stored"}, {"taken_until": NOW + LEASE}, {"failed_for_good": True}],
    ids=str,
)
def test_it_does_not_take_a_row_that_is_not_free(fields: dict[str, Any]) -> None:
    row = make_snapshot(**fields)
    assert not Snapshot.objects.take(row.pk, state="awaiting_parse", now=NOW, lease=LEASE)
    row.refresh_from_db()
    assert row.attempts == 0


def test_it_takes_a_row_whose_lease_ran_out() -> None:
    row = make_snapshot(taken_until=NOW - timedelta(seconds=1), attempts=1)
    assert Snapshot.objects.take(row.pk, state="awaiting_parse", now=NOW, lease=LEASE)


def test_it_knows_whether_a_lease_still_stands() -> None:
    row = make_snapshot(taken_until=NOW + LEASE)
    assert Snapshot.objects.held(row.pk, state="awaiting_parse", until=NOW + LEASE).exists()
    assert not Snapshot.objects.held(row.pk, state="awaiting_parse", until=NOW).exists()
    assert not Snapshot.objects.held(row.pk, state="awaiting_fetch", until=NOW + LEASE).exists()


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"state": "failed", "error": "x"}, "awaiting_parse"),
        ({"state": "failed", "error": "x", "sha256": ""}, "awaiting_fetch"),
        ({"state": "awaiting_parse", "error": "x", "taken_until": NOW}, "awaiting_parse"),
        ({"state": "stored"}, "stored"),
    ],
    ids=str,
)
def test_it_sends_a_snapshot_back_to_the_stage_that_failed(fields: dict[str, Any], state: str) -> None:
    row = make_snapshot(attempts=3, **fields)
    number = Snapshot.objects.retry()
    row.refresh_from_db()
    assert (row.state, number) == (state, 1 if "error" in fields else 0)
    if number:
        assert (row.attempts, row.taken_until, row.error) == (0, None, "")


def test_it_serves_the_row_that_waited_longest() -> None:
    first, second = make_snapshot(), make_snapshot("https://site.example/b")
    Snapshot.objects.filter(pk=second.pk).update(updated_at=NOW - LEASE)
    assert list(Snapshot.objects.awaiting_parse(NOW)) == [second, first]
    assert list(Snapshot.objects.awaiting_fetch(NOW)) == []


def test_it_finds_overdue_rows_by_an_index_however_many_wait() -> None:
    fields = ({"address": f"https://site.example/{n}", "sha256": f"{n:064x}"} for n in range(3_000))
    Snapshot.objects.bulk_create((Snapshot(state="awaiting_parse", **each) for each in fields), batch_size=1_000)
    Snapshot.objects.update(updated_at=NOW - LEASE * 2)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_snapshot")
    plan = Snapshot.objects.overdue(NOW, state="awaiting_parse", age=LEASE)[:100].explain()
    assert "snapshot_waiting" in plan
    assert "Sort" not in plan


def test_it_reads_no_text_for_a_list() -> None:
    make_article()
    article = Article.objects.for_list().get()
    assert "text" in article.get_deferred_fields()
    assert article.source.name

"""Pages written in batches leave the rows that pages written one by one leave."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import archive, bulk, stages
from articles.bulk import Item
from articles.models import Article, Snapshot, Source
from articles.parse import parse
from tests.articles.conftest import NOW, PROSE, PROSE_ZH, page

pytestmark = pytest.mark.django_db
State = Snapshot.State
_OWN = {"id", "created_at", "updated_at", "source_id", "version_of_id", "original_id", "article_id"}


def seen(address: str, body: str, *, days: int = 0) -> tuple[str, bytes, datetime]:
    return address, body.encode(), NOW + timedelta(days=days)


def snapshot(sighting: tuple[str, bytes, datetime]) -> Snapshot:
    address, body, when = sighting
    return Snapshot(
        address=address,
        final_address=address,
        sha256=hashlib.sha256(body).hexdigest(),
        size=len(body),
        content_type="text/html",
        http_status=200,
        retrieved_at=when,
        checked_at=when,
        state=State.AWAITING_PARSE,
    )


def one_by_one(sightings: list[tuple[str, bytes, datetime]]) -> None:
    for sighting in sightings:
        row = snapshot(sighting)
        archive.put(sighting[1])
        row.save()
        stages.run_parse(row.pk, now=NOW + timedelta(days=30))


def in_batches(sightings: list[tuple[str, bytes, datetime]], size: int) -> None:
    items = []
    for sighting in sightings:
        row = snapshot(sighting)
        items.append(Item(row, parse(sighting[1], "text/html", row.address, retrieved_at=row.retrieved_at)))
    for first in range(0, len(items), size):
        bulk.store_many(items[first : first + size])


def rows() -> dict[str, Any]:
    """Everything that was written, by what it is and not by when it came."""
    articles = {row.pk: row for row in Article.objects.select_related("source")}
    described = {
        row.content_hash: {
            **{name: value for name, value in vars(row).items() if name[0] != "_" and name not in _OWN},
            "source": row.source.slug,
        }
        for row in articles.values()
    }
    snapshots = {
        (row.address, row.sha256): {
            **{name: value for name, value in vars(row).items() if name[0] != "_" and name not in _OWN},
            "article": row.article_id and articles[row.article_id].content_hash,
        }
        for row in Snapshot.objects.all()
    }
    sources = set(Source.objects.values_list("slug", "name", "host", "kind"))
    return {"articles": described, "snapshots": snapshots, "sources": sources}


def forget() -> None:
    for model in (Snapshot, Article, Source):
        model.objects.all().delete()


def story(number: int, *, head: str = "", prose: tuple[str, ...] = PROSE) -> str:
    return page(*prose, f"This is what report number {number} adds to the story of the week.", head=head)


CASES = {
    "plain": [seen(f"https://site{n % 3}.example/{n}", story(n)) for n in range(6)],
    "chinese": [seen(f"https://site.example/{n}", story(n, prose=PROSE_ZH)) for n in range(3)],
    "reposts": [seen(f"https://site{n}.example/a", story(1), days=3 - n) for n in range(3)],
    "versions": [seen("https://site.example/a", story(n), days=n) for n in range(3)],
    "twins": [
        seen("https://site.example/a", story(1, head='<link rel="amphtml" href="https://amp.site.example/b">')),
        seen("https://amp.site.example/b", story(2), days=1),
        seen("https://site.example/c", story(3)),
    ],
    "named outlets": [
        seen("https://site.example/1", story(1)),
        seen("https://site.example/2", story(2, head='<meta property="og:site_name" content="The Site">')),
        seen("https://a-b.example/1", story(3)),
        seen("https://a.b.example/1", story(4)),
    ],
    "canonical": [
        seen("https://site.example/1?utm_source=x", story(1)),
        seen("https://site.example/2", story(2, head='<link rel="canonical" href="https://site.example/two">')),
    ],
}


@pytest.mark.parametrize("size", [2, 100])
@pytest.mark.parametrize("case", CASES)
def test_batches_leave_the_rows_of_the_single_way(case: str, size: int) -> None:
    one_by_one(CASES[case])
    expected = rows()
    forget()
    in_batches(CASES[case], size)
    assert rows() == expected


@pytest.mark.parametrize("case", CASES)
def test_a_batch_written_again_changes_nothing(case: str) -> None:
    in_batches(CASES[case], 100)
    before = rows()
    in_batches(CASES[case], 3)
    assert rows() == before


def test_the_order_of_sightings_of_one_page_leaves_no_trace() -> None:
    sightings = [seen("https://site.example/a", story(1), days=days) for days in (4, 1, 9)]
    in_batches(sightings, 1)
    (row,) = Snapshot.objects.all()
    assert (row.retrieved_at, row.checked_at) == (NOW + timedelta(days=1), NOW + timedelta(days=9))
    assert Article.objects.get().retrieved_at == row.retrieved_at
    before = rows()
    forget()
    in_batches(sightings[::-1], 10)
    assert rows() == before


def test_fifty_new_pages_take_as_many_statements_as_five() -> None:
    def statements(first: int, number: int) -> int:
        sightings = [seen(f"https://site.example/{n}", story(n)) for n in range(first, first + number)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            in_batches(sightings, 100)
        return len(queries)

    statements(0, 1)
    assert statements(100, 50) == statements(200, 5) < 15


def test_what_another_worker_wrote_meanwhile_goes_the_single_way(monkeypatch: pytest.MonkeyPatch) -> None:
    sightings = CASES["plain"]
    in_batches(sightings[:1], 1)
    monkeypatch.setattr(bulk, "_plain", lambda placed: list(placed))
    in_batches(sightings, 100)
    assert Article.objects.count() == len(sightings)
    assert Snapshot.objects.filter(state=State.STORED).count() == len(sightings)


def test_a_page_that_the_parser_broke_on_is_written_as_it_is() -> None:
    row = snapshot(CASES["plain"][0])
    row.state, row.error = State.FAILED, "The parser broke."
    bulk.store_many([Item(row)])
    assert Snapshot.objects.get().error == "The parser broke."
    assert not Article.objects.exists()

"""Submitting and storing can be done twice, and by two at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from articles import archive, ingest
from articles.exceptions import NotADocument, Offline, RefusedAddress, TooLarge
from articles.models import Article, Snapshot, Source
from articles.parse import ParsedArticle
from tests.articles.conftest import NOW

BODY = b"Ada Quill has left Northwind AI."
PARSED = ParsedArticle(
    text="Ada Quill has left Northwind AI.",
    title="Quill leaves",
    author="Ann Lee",
    publisher="The Site",
    published_at=datetime(2025, 3, 18, 1, tzinfo=UTC),
    published_on=date(2025, 3, 18),
    modified_at=None,
    language="en",
    address="https://www.site.example/quill?utm_source=x",
)

pytestmark = pytest.mark.django_db


def snapshot(address: str = "file:quill.html", **fields: Any) -> Snapshot:
    return Snapshot.objects.create(address=address, retrieved_at=NOW, sha256="a" * 64, state="awaiting_parse", **fields)


def at_once(work: Callable[[], object], *, times: int) -> None:
    """Runs the work in as many threads, each with its own connection, all starting together."""
    barrier = threading.Barrier(times)

    def run() -> None:
        barrier.wait()
        work()
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_it_keeps_the_bytes_and_leaves_a_row_waiting() -> None:
    submission = ingest.submit_bytes(BODY, "quill.txt", now=NOW, content_type="text/plain")
    row = submission.snapshot
    assert submission.waits
    assert (row.address, row.state, row.size) == ("file:quill.txt", "awaiting_parse", len(BODY))
    assert archive.get(row.sha256) == BODY


def test_it_takes_the_same_bytes_of_the_same_name_once() -> None:
    first = ingest.submit_bytes(BODY, "quill.txt", now=NOW)
    second = ingest.submit_bytes(BODY, "quill.txt", now=NOW)
    assert first.snapshot == second.snapshot
    ingest.submit_bytes(BODY, "other.txt", now=NOW)
    ingest.submit_bytes(BODY + b"!", "quill.txt", now=NOW)
    assert Snapshot.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_it_takes_the_same_bytes_once_from_four_at_once() -> None:
    at_once(lambda: ingest.submit_bytes(BODY, "quill.txt", now=NOW), times=4)
    assert Snapshot.objects.count() == 1


def test_it_has_nothing_to_do_where_all_is_recorded() -> None:
    row = ingest.submit_bytes(BODY, "quill.txt", now=NOW).snapshot
    article, _ = ingest.store(PARSED, row)
    Snapshot.objects.update(state="stored", article=article)
    assert ingest.submit_bytes(BODY, "quill.txt", now=NOW).waits
    Article.objects.update(state="recorded")
    assert not ingest.submit_bytes(BODY, "quill.txt", now=NOW).waits


def test_it_tries_again_what_had_failed() -> None:
    row = ingest.submit_bytes(BODY, "quill.txt", now=NOW).snapshot
    Snapshot.objects.update(state="failed", error="broken", attempts=5, failed_for_good=True)
    submission = ingest.submit_bytes(BODY, "quill.txt", now=NOW)
    assert submission.waits
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts, row.failed_for_good) == ("awaiting_parse", "", 0, False)


def test_it_tries_again_an_article_that_had_failed() -> None:
    row = ingest.submit_bytes(BODY, "quill.txt", now=NOW).snapshot
    article, _ = ingest.store(PARSED, row)
    Snapshot.objects.update(state="stored", article=article)
    Article.objects.update(state="failed", error="broken", attempts=5)
    submission = ingest.submit_bytes(BODY, "quill.txt", now=NOW)
    assert submission.snapshot.article is not None
    assert submission.snapshot.article.state == "awaiting_extraction"


@pytest.mark.parametrize(("body", "error"), [(b"", NotADocument), (b" \n", NotADocument), (b"x" * 1001, TooLarge)])
def test_it_refuses_at_the_door(settings: Any, body: bytes, error: type[Exception]) -> None:
    settings.MAX_DOCUMENT_BYTES = 1000
    with pytest.raises(error):
        ingest.submit_bytes(body, "x.html", now=NOW)
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize(
    ("name", "address"), [("a\udcffb", "file:a\ufffdb"), ("a\x00b", "file:ab"), ("新闻.html", "file:新闻.html")]
)
def test_it_takes_any_file_name(name: str, address: str) -> None:
    assert ingest.submit_bytes(BODY, name, now=NOW).snapshot.address == address


def test_it_takes_an_address_once_while_it_waits() -> None:
    first = ingest.submit_address("https://Site.example/a#top", now=NOW)
    second = ingest.submit_address("https://site.example/a", now=NOW)
    assert first.snapshot == second.snapshot
    assert first.snapshot.state == "awaiting_fetch"


def test_it_fetches_again_an_address_that_was_fetched() -> None:
    fetched = snapshot("https://site.example/a")
    submission = ingest.submit_address("https://site.example/a", now=NOW)
    assert submission.waits
    assert submission.snapshot != fetched


def test_it_refuses_addresses_at_the_door(settings: Any) -> None:
    with pytest.raises(RefusedAddress):
        ingest.submit_address("http://127.0.0.1/", now=NOW)
    settings.OFFLINE = True
    with pytest.raises(Offline):
        ingest.submit_address("https://site.example/a", now=NOW)


def test_it_stores_what_was_parsed() -> None:
    article, new = ingest.store(PARSED, snapshot())
    assert new
    assert (article.text, article.title, article.language) == (PARSED.text, "Quill leaves", "en")
    assert (article.published_at, article.published_on) == (PARSED.published_at, date(2025, 3, 18))
    assert article.address == "https://www.site.example/quill"
    assert article.retrieved_at == NOW
    assert article.state == "awaiting_extraction"


def test_it_names_an_article_by_its_text() -> None:
    article, _ = ingest.store(PARSED, snapshot())
    assert article.public_id == ingest.public_id(article.content_hash)
    assert len(article.public_id) == 12
    assert article.public_id.islower()


def test_it_stores_the_same_text_once() -> None:
    first, _ = ingest.store(PARSED, snapshot())
    second, new = ingest.store(replace(PARSED, title="Another title"), snapshot("https://other.example/"))
    assert (second, new) == (first, False)
    assert Article.objects.get().title == "Quill leaves"


@pytest.mark.django_db(transaction=True)
def test_it_stores_the_same_text_once_from_four_at_once() -> None:
    row = snapshot()
    at_once(lambda: ingest.store(PARSED, row), times=4)
    assert Article.objects.count() == 1
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("own", "said", "address"),
    [
        ("https://m.site.example/a", "https://www.site.example/a", "https://www.site.example/a"),
        ("https://evil.example/a", "https://site.example/a", "https://evil.example/a"),
        ("https://site.example/a?utm_source=x", "", "https://site.example/a"),
        ("file:a.html", "https://site.example/a", "https://site.example/a"),
        ("file:a.html", "", "file:a.html"),
        ("file:a.html", "https://site.example/" + "a" * 2000, "file:a.html"),
    ],
)
def test_it_lets_a_page_speak_for_its_own_site_only(own: str, said: str, address: str) -> None:
    article, _ = ingest.store(replace(PARSED, address=said), snapshot(own))
    assert article.address == address


def test_it_knows_an_outlet_by_its_host() -> None:
    one, _ = ingest.store(PARSED, snapshot())
    two, _ = ingest.store(replace(PARSED, text="More.", address="http://site.example/b"), snapshot("file:b"))
    assert one.source == two.source
    assert (one.source.name, one.source.host, one.source.kind) == ("The Site", "site.example", "site")


def test_it_tells_hosts_apart_whose_slugs_are_alike() -> None:
    one, _ = ingest.store(replace(PARSED, address="https://a-b.example/"), snapshot())
    two, _ = ingest.store(replace(PARSED, text="More.", address="https://a.b.example/"), snapshot("file:b"))
    three, _ = ingest.store(replace(PARSED, text="And more.", address="https://a.b.example/c"), snapshot("file:c"))
    assert one.source != two.source
    assert two.source == three.source


def test_it_learns_the_name_of_an_outlet_later() -> None:
    ingest.store(replace(PARSED, publisher=""), snapshot())
    assert Source.objects.get().name == "site.example"
    ingest.store(replace(PARSED, text="More."), snapshot("file:b"))
    assert Source.objects.get().name == "The Site"


def test_it_knows_an_outlet_without_host_by_its_name() -> None:
    site, _ = ingest.store(PARSED, snapshot())
    named, _ = ingest.store(replace(PARSED, text="More.", address="", publisher="the site"), snapshot("file:b"))
    other, _ = ingest.store(replace(PARSED, text="And.", address="", publisher="某报"), snapshot("file:c"))
    none, _ = ingest.store(replace(PARSED, text="Else.", address="", publisher=""), snapshot("file:d"))
    assert named.source == site.source
    assert (other.source.slug, other.source.kind) == ("某报", "upload")
    assert none.source.slug == "upload"


def test_it_marks_samples() -> None:
    article, _ = ingest.store(PARSED, snapshot(sample=True))
    assert article.source.kind == "sample"

"""Every stage survives being run twice, being killed half-way, and being run by two at once."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from psycopg.errors import ProgramLimitExceeded

from articles import ingest, stages
from articles.exceptions import FetchError, RefusedAddress, Unavailable
from articles.fetch import Fetched
from articles.models import Article, Snapshot
from tests.articles.conftest import NOW, answer_fetches, page
from tests.articles.test_ingest import at_once

ADDRESS = "https://site.example/quill"
LATER = NOW + timedelta(hours=1)

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What a killed worker looks like from inside: nothing after it is run."""


def answering(body: bytes, **fields: Any) -> Callable[[str], Fetched]:
    defaults = {"content_type": "text/html", "status": 200, "headers": {"etag": "x"}, "retrieved_at": NOW}
    return lambda address, **kwargs: Fetched(body=body, final_address=address, **{**defaults, **fields})


def raising(error: BaseException) -> Callable[..., Any]:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise error

    return fail


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Any]], None]:
    """Decides what the web answers from now on."""
    return lambda answer: answer_fetches(monkeypatch, answer)


def waiting_fetch() -> Snapshot:
    return ingest.submit_address(ADDRESS, now=NOW).snapshot


def waiting_parse(body: bytes = b"", name: str = "quill.html") -> Snapshot:
    return ingest.submit_bytes(body or page().encode(), name, now=NOW, content_type="text/html").snapshot


# ---------------------------------------------------------------- fetch


def test_it_fetches_and_leaves_the_row_to_be_parsed(web: Any) -> None:
    web(answering(page().encode()))
    row = waiting_fetch()
    assert stages.run_fetch(row.pk, now=NOW) == row.pk
    row.refresh_from_db()
    assert (row.state, row.http_status, row.final_address, row.headers) == (
        "awaiting_parse",
        200,
        ADDRESS,
        {"etag": "x"},
    )
    assert (row.attempts, row.taken_until, row.retrieved_at, row.checked_at) == (0, None, NOW, NOW)


def test_it_fetches_once_where_the_message_comes_twice(web: Any) -> None:
    web(answering(page().encode()))
    row = waiting_fetch()
    stages.run_fetch(row.pk, now=NOW)
    web(raising(AssertionError("fetched again")))
    assert stages.run_fetch(row.pk, now=LATER) is None
    assert Snapshot.objects.get().error == ""


def test_it_keeps_one_snapshot_of_a_page_that_did_not_change(web: Any) -> None:
    web(answering(page().encode()))
    stages.run_fetch(waiting_fetch().pk, now=NOW)
    web(answering(page().encode(), retrieved_at=LATER))
    again = stages.run_fetch(waiting_fetch().pk, now=LATER)
    row = Snapshot.objects.get()
    assert (row.retrieved_at, row.checked_at) == (NOW, LATER)
    assert again == row.pk


def test_it_keeps_both_snapshots_of_a_page_that_changed(web: Any) -> None:
    web(answering(page().encode()))
    stages.run_fetch(waiting_fetch().pk, now=NOW)
    web(answering(page(title="Changed").encode()))
    stages.run_fetch(waiting_fetch().pk, now=LATER)
    assert Snapshot.objects.filter(address=ADDRESS, state="awaiting_parse").count() == 2


def test_it_waits_before_it_tries_again(web: Any) -> None:
    web(raising(FetchError("The server answered 503.")))
    row = waiting_fetch()
    assert stages.run_fetch(row.pk, now=NOW) is None
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts) == ("awaiting_fetch", "The server answered 503.", 1)
    assert row.taken_until == NOW + timedelta(seconds=30)
    assert not Snapshot.objects.awaiting_fetch(NOW).exists()
    assert Snapshot.objects.awaiting_fetch(LATER).exists()


def test_it_waits_longer_after_each_try_and_as_long_as_asked(web: Any) -> None:
    row = waiting_fetch()
    waits = []
    for number, asked in enumerate([None, None, 7000.0]):
        now = NOW + timedelta(hours=number)
        web(raising(FetchError("busy", retry_after=asked)))
        stages.run_fetch(row.pk, now=now)
        row.refresh_from_db()
        waits.append((row.taken_until - now).total_seconds() if row.taken_until else 0)
    assert waits == [30, 120, 7000]


def test_it_stops_after_the_last_try(web: Any, settings: Any) -> None:
    settings.MAX_ATTEMPTS = 2
    web(raising(FetchError("busy")))
    row = waiting_fetch()
    for hour in range(4):
        stages.run_fetch(row.pk, now=NOW + timedelta(hours=hour))
    row.refresh_from_db()
    assert (row.state, row.attempts, row.failed_for_good) == ("failed", 2, False)


@pytest.mark.parametrize("error", [Unavailable("The server answered 404."), RefusedAddress("inwards")])
def test_it_does_not_try_again_what_cannot_help(web: Any, error: Exception) -> None:
    web(raising(error))
    row = waiting_fetch()
    stages.run_fetch(row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.failed_for_good, row.error) == ("failed", 1, True, str(error))


def test_it_names_an_error_that_nobody_expected(web: Any) -> None:
    web(raising(KeyError("strange\x00")))
    row = waiting_fetch()
    stages.run_fetch(row.pk, now=NOW)
    row.refresh_from_db()
    assert row.error.startswith("KeyError: ")
    assert row.state == "awaiting_fetch"


def test_it_says_when_a_page_is_empty(web: Any) -> None:
    web(answering(b"  \n"))
    row = waiting_fetch()
    stages.run_fetch(row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", "The server sent an empty page.")


# ---------------------------------------------------------------- parse


def test_it_parses_and_leaves_an_article_to_be_read() -> None:
    row = waiting_parse()
    pk = stages.run_parse(row.pk, now=NOW)
    row.refresh_from_db()
    article = Article.objects.get()
    assert (pk, row.article, row.state) == (article.pk, article, "stored")
    assert "Ada Quill has left Northwind AI" in article.text


def test_it_parses_once_where_the_message_comes_twice() -> None:
    row = waiting_parse()
    assert stages.run_parse(row.pk, now=NOW) is not None
    assert stages.run_parse(row.pk, now=LATER) is None
    assert Article.objects.count() == 1


def test_it_finds_the_same_article_in_another_snapshot() -> None:
    stages.run_parse(waiting_parse().pk, now=NOW)
    second = waiting_parse(name="copy.html")
    stages.run_parse(second.pk, now=NOW)
    assert Article.objects.get().snapshots.count() == 2


def test_it_has_nothing_to_hand_on_where_the_article_was_read_before() -> None:
    stages.run_parse(waiting_parse().pk, now=NOW)
    Article.objects.update(state="recorded")
    assert stages.run_parse(waiting_parse(name="second-copy.html").pk, now=NOW) is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"<html><body><ul>" + b"<li><a href=/>Section</a></li>" * 50, "no article"),
        (b"<html><p " + b"a=1 " * 2_000 + b">", "attributes"),
        (b"<html>" + b"<b></b>" * 70_000, "elements"),
        (b"<html>" + b"<div>" * 30_000, "nested"),
    ],
)
def test_it_says_why_a_document_cannot_be_read(body: bytes, reason: str) -> None:
    row = waiting_parse(body)
    stages.run_parse(row.pk, now=NOW)
    row.refresh_from_db()
    assert row.state == "failed"
    assert row.failed_for_good
    assert reason in row.error
    assert not Article.objects.exists()


def test_it_says_when_the_archive_has_lost_the_bytes(archive_folder: Path) -> None:
    row = waiting_parse()
    for file in archive_folder.rglob("*.gz"):
        file.unlink()
    stages.run_parse(row.pk, now=NOW)
    row.refresh_from_db()
    assert row.state == "failed"
    assert "ingest the document again" in row.error
    stages.run_parse(waiting_parse().pk, now=NOW)
    row.refresh_from_db()
    assert row.state == "stored"


# ---------------------------------------------------------------- killed, late and together


@pytest.mark.parametrize("point", ["archive.get", "parse_safely", "ingest.store"])
def test_it_is_done_by_the_next_worker_where_one_was_killed(monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    row = waiting_parse()
    with monkeypatch.context() as patch:
        patch.setattr(f"articles.stages.{point}", raising(Killed()))
        with pytest.raises(Killed):
            stages.run_parse(row.pk, now=NOW)
    assert stages.run_parse(row.pk, now=NOW) is None
    assert stages.run_parse(row.pk, now=LATER) == Article.objects.get().pk


def test_it_writes_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    row = waiting_parse()
    real = ingest.store

    def store_and_die(*args: Any) -> Any:
        real(*args)
        raise Killed

    monkeypatch.setattr(ingest, "store", store_and_die)
    with pytest.raises(Killed):
        stages.run_parse(row.pk, now=NOW)
    assert not Article.objects.exists()


def test_it_stops_a_document_that_kills_every_worker(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.MAX_ATTEMPTS = 3
    row, neighbour = waiting_parse(), waiting_parse(page(title="Fine").encode(), "fine.html")
    monkeypatch.setattr(stages, "parse_safely", raising(Killed()))
    for hour in range(3):
        with pytest.raises(Killed):
            stages.run_parse(row.pk, now=NOW + timedelta(hours=hour))
    monkeypatch.undo()
    assert stages.run_parse(row.pk, now=NOW + timedelta(hours=4)) is None
    row.refresh_from_db()
    assert row.state == "failed"
    assert "ended the worker" in row.error
    assert stages.run_parse(neighbour.pk, now=NOW) is not None


def test_it_does_not_let_a_late_worker_undo_another(monkeypatch: pytest.MonkeyPatch) -> None:
    row = waiting_parse()

    def slow(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.undo()
        stages.run_parse(row.pk, now=LATER)
        raise FetchError("the late worker fails")

    monkeypatch.setattr(stages, "parse_safely", slow)
    stages.run_parse(row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.error) == ("stored", "")


@pytest.mark.parametrize("trouble", [OperationalError("gone"), InterfaceError("the connection is closed")])
def test_it_counts_no_try_that_the_database_spoiled(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    row = waiting_parse()
    monkeypatch.setattr(stages, "parse_safely", raising(trouble))
    assert stages.run_parse(row.pk, now=NOW) is None
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts, row.taken_until) == ("awaiting_parse", "", 0, None)


def test_it_goes_on_by_itself_when_a_full_disk_has_room_again(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    row = waiting_parse()
    for _ in range(settings.MAX_ATTEMPTS + 2):
        with monkeypatch.context() as full:
            full.setattr(stages, "parse_safely", raising(OSError(errno.ENOSPC, "No space left on device")))
            stages.run_parse(row.pk, now=stages.database_now() + timedelta(hours=1))
    row.refresh_from_db()
    assert (row.state, row.attempts, row.failed_for_good) == ("awaiting_parse", 0, False)
    assert "the machine is in trouble, not the document" in row.error
    assert stages.run_parse(row.pk, now=stages.database_now() + timedelta(hours=2)) is not None


def test_it_counts_a_try_in_which_the_database_refused_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = OperationalError("index row size 3000 exceeds maximum 2704")
    refused.__cause__ = ProgramLimitExceeded("index row size")
    row = waiting_parse()
    monkeypatch.setattr(stages, "parse_safely", raising(refused))
    stages.run_parse(row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("awaiting_parse", 1)
    assert "exceeds maximum" in row.error


def test_it_brings_rows_back_with_a_clock_that_is_put_back() -> None:
    row, lease = waiting_parse(), timedelta(minutes=5)
    Snapshot.objects.update(updated_at=NOW + timedelta(hours=2), taken_until=NOW + timedelta(hours=2) + lease)
    assert stages.mend_clock(now=NOW) == 1
    row.refresh_from_db()
    assert (row.updated_at, row.taken_until) == (NOW, NOW + lease)
    assert stages.mend_clock(now=NOW) == 0


@pytest.mark.django_db(transaction=True)
def test_it_gives_a_row_to_one_of_four_workers() -> None:
    row = waiting_parse()
    handed_on: list[int | None] = []
    at_once(lambda: handed_on.append(stages.run_parse(row.pk, now=NOW)), times=4)
    assert sorted(pk is None for pk in handed_on) == [False, True, True, True]
    assert Article.objects.count() == 1


# ---------------------------------------------------------------- sweep


def test_it_names_the_rows_that_nobody_works_on_once() -> None:
    Snapshot.objects.create(address=ADDRESS, state="awaiting_fetch")
    fetch, parse = Snapshot.objects.get(), waiting_parse()
    held = waiting_parse(name="held.html")
    Snapshot.objects.update(updated_at=NOW - timedelta(hours=1))
    Snapshot.objects.filter(pk=held.pk).update(taken_until=LATER)
    age = timedelta(minutes=1)
    found = stages.overdue(now=NOW, age=age, limit=10)
    assert found == {"awaiting_fetch": [fetch.pk], "awaiting_parse": [parse.pk]}
    assert stages.overdue(now=NOW, age=age, limit=10) == {"awaiting_fetch": [], "awaiting_parse": []}


def test_it_names_the_row_of_a_dead_worker() -> None:
    row = waiting_parse()
    Snapshot.objects.update(updated_at=NOW - timedelta(hours=1), taken_until=NOW - timedelta(seconds=1))
    assert stages.overdue(now=NOW, age=timedelta(minutes=1), limit=10)["awaiting_parse"] == [row.pk]


def test_it_goes_by_the_clock_of_the_database() -> None:
    assert abs((stages.database_now() - stages.database_now()).total_seconds()) < 1

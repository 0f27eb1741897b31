"""A web archive ends in the same rows with any number of shards and workers, and after any crash."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from articles import bulk, harvest, jobs, tasks
from articles.clock import database_now
from articles.exceptions import NotADocument
from articles.models import Article, Job, Shard, Snapshot
from articles.parse import ParserFailed, parse
from tests.articles.archives import response, write
from tests.articles.conftest import page

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What a killed worker looks like from inside: nothing after it is run."""


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two, and parsing in this process."""
    monkeypatch.setattr(harvest, "BATCH", 2)
    monkeypatch.setattr(harvest, "parse_safely", parse)


def news(number: int) -> bytes:
    words = f"Researcher number {number} has left Anthropic and joined OpenAI, the company said on Monday morning."
    return page(words, *["She will lead a team of twelve people there, two people said."] * 2).encode()


def weather(number: int) -> bytes:
    return page(f"It rained in town number {number} for the whole day, and the river rose.", title="Rain").encode()


def archive_of(folder: Path, pages: int = 8) -> Path:
    records = [
        response(f"https://site.example/{kind}/{n}", make(n))
        for n in range(pages)
        for kind, make in (("news", news), ("weather", weather))
    ]
    return write(folder / "crawl.warc.gz", records)


def run(job: Job, *, hours: int = 0) -> None:
    """Everything that waits, as workers would do it."""
    now = database_now() + timedelta(hours=hours)
    for pk in jobs.waiting(job.pk, now=now):
        harvest.run_shard(pk, now=now)
    job.refresh_from_db()


def written() -> set[tuple[Any, ...]]:
    return set(Snapshot.objects.values_list("address", "sha256", "state", "retrieved_at", "article__content_hash"))


def test_news_is_kept_and_the_rest_dismissed(tmp_path: Path) -> None:
    job = harvest.submit(archive_of(tmp_path))
    run(job)
    assert job.state == Job.State.DONE
    assert job.done == job.total == (tmp_path / "crawl.warc.gz").stat().st_size
    assert {name: job.counts[name] for name in ("records", "pages", "dismissed", "new")} == {
        "records": 16, "pages": 16, "dismissed": 8, "new": 8,
    }  # fmt: skip
    assert Article.objects.count() == 8


def test_a_page_keeps_what_the_archive_says_of_it(tmp_path: Path) -> None:
    record = response(
        "https://site.example/a", news(1), date="2024-05-06T07:08:09Z", http='ETag: "x"\r\nSet-Cookie: y\r\n'
    )
    run(harvest.submit(write(tmp_path / "a.warc", [record])))
    snapshot = Snapshot.objects.get()
    assert snapshot.address == "https://site.example/a"
    assert snapshot.retrieved_at.isoformat() == "2024-05-06T07:08:09+00:00"
    assert snapshot.headers == {"content-type": "text/html", "server": "test", "etag": '"x"'}
    assert snapshot.article.retrieved_at == snapshot.retrieved_at


@pytest.mark.parametrize("shard_bytes", [200, 1_500, 10**9])
def test_any_number_of_shards_ends_in_the_same_rows(tmp_path: Path, shard_bytes: int) -> None:
    job = harvest.submit(archive_of(tmp_path), shard_bytes=shard_bytes)
    run(job)
    assert {address for address, *_ in written()} == {f"https://site.example/news/{n}" for n in range(8)}
    assert (job.counts["pages"], job.counts["new"], job.done) == (16, 8, job.total)


def test_a_second_run_adds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive_of(tmp_path)
    run(harvest.submit(path))
    before = written()
    monkeypatch.setattr(harvest, "parse_safely", lambda *args, **kwargs: pytest.fail("It was parsed again."))
    again = harvest.submit(path)
    run(again)
    assert written() == before
    assert again.counts["known"] == 8
    assert "new" not in again.counts


@pytest.mark.parametrize(
    "where", ["harvest.parse_safely", "archive.put", "bulk.store_many", "jobs.advance", "jobs.end_if_over"]
)
@pytest.mark.parametrize("call", [1, 2, 4])
def test_a_worker_killed_anywhere_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, call: int
) -> None:
    job = harvest.submit(archive_of(tmp_path))
    module, name = where.split(".")
    real, calls = getattr(getattr(harvest, module, harvest), name), iter(range(1, 1_000))

    def deadly(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == call:
            raise Killed
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(getattr(harvest, module, harvest), name, deadly)
        try:
            run(job)
        except Killed:
            pass
    run(job, hours=1)
    assert job.state == Job.State.DONE
    assert {address for address, *_ in written()} == {f"https://site.example/news/{n}" for n in range(8)}
    assert (job.counts["pages"], job.counts["dismissed"], job.counts["new"], job.done) == (16, 8, 8, job.total)


def test_a_worker_whose_lease_ran_out_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = harvest.submit(archive_of(tmp_path))
    real = bulk.store_many

    def slow(items: Any) -> Any:
        Shard.objects.update(taken_until=database_now())
        return real(items)

    monkeypatch.setattr(bulk, "store_many", slow)
    run(job)
    assert not Snapshot.objects.exists()
    assert job.counts == {}
    assert job.state == Job.State.RUNNING


def test_a_shard_is_left_half_way_and_gone_on_with(tmp_path: Path) -> None:
    job = harvest.submit(archive_of(tmp_path))
    (pk,) = jobs.waiting(job.pk, now=database_now())
    stretches = 0
    while harvest.run_shard(pk, now=database_now(), enough=lambda: True).more:
        stretches += 1
    job.refresh_from_db()
    assert stretches > 3
    assert (job.state, job.counts["pages"], job.counts["new"]) == (Job.State.DONE, 16, 8)


def test_a_job_is_stopped_and_resumed(tmp_path: Path) -> None:
    job = harvest.submit(archive_of(tmp_path), shard_bytes=1_500)
    first, *_ = jobs.waiting(job.pk, now=database_now())
    harvest.run_shard(first, now=database_now())
    assert jobs.stop(job.pk, now=database_now())
    run(job)
    assert job.state == Job.State.STOPPED
    assert 0 < job.done < job.total
    assert jobs.resume(job.pk, now=database_now())
    run(job)
    assert (job.state, job.counts["new"], job.finished_at is not None) == (Job.State.DONE, 8, True)


def test_a_file_that_was_cut_off_is_told_on_the_job(tmp_path: Path) -> None:
    path = archive_of(tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    job = harvest.submit(path)
    run(job)
    assert job.state == Job.State.DONE
    assert "cut off" in job.error
    assert job.counts["malformed"] == 1


def test_a_file_that_is_not_there_fails_after_a_bounded_number_of_tries(tmp_path: Path, settings: Any) -> None:
    job = harvest.submit(archive_of(tmp_path))
    (tmp_path / "crawl.warc.gz").unlink()
    for hours in range(settings.MAX_ATTEMPTS):
        run(job, hours=hours * 10)
    assert job.state == Job.State.FAILED
    assert "keep archives where every worker sees them" in job.error


def test_a_file_that_was_replaced_fails_at_once(tmp_path: Path) -> None:
    job = harvest.submit(archive_of(tmp_path))
    archive_of(tmp_path, pages=3)
    run(job)
    assert job.state == Job.State.FAILED
    assert "submit it as a new job" in job.error


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("http://127.0.0.1/", "2025-06-01T10:00:00Z"),
        ("file:///etc/passwd", "2025-06-01T10:00:00Z"),
        ("https://site.example/a", "1970-01-01T00:00:00Z"),
        ("https://site.example/a", "2099-01-01T00:00:00Z"),
        ("https://site.example/a", "yesterday"),
    ],
)
def test_what_cannot_be_true_is_refused_and_counted(tmp_path: Path, address: str, date: str) -> None:
    records = [response(address, news(1), date=date), response("https://site.example/b", news(2))]
    job = harvest.submit(write(tmp_path / "a.warc.gz", records))
    run(job)
    assert [row.address for row in Snapshot.objects.all()] == ["https://site.example/b"]
    assert job.counts["refused"] == sum(job.counts["reasons"].values()) == 1


def test_a_page_that_breaks_the_parser_is_kept_for_the_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise ParserFailed("ValueError: odd page")

    monkeypatch.setattr(harvest, "parse_safely", broken)
    job = harvest.submit(write(tmp_path / "a.warc.gz", [response("https://site.example/a", news(1))]))
    run(job)
    assert Snapshot.objects.get().error == "ValueError: odd page"
    assert Snapshot.objects.get().state == Snapshot.State.FAILED
    assert job.counts["failed"] == 1


def test_its_articles_are_handed_to_the_reader_many_to_a_message(
    tmp_path: Path, sent: list[tuple[str, Any]], commit: Any
) -> None:
    job = harvest.submit(archive_of(tmp_path))
    with commit():
        tasks.hand_on_job(job)
    with commit():
        tasks.harvest_shard(sent.pop()[1])
    pks = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    assert [(task, sorted(numbers)) for task, numbers in sent] == [(tasks.PROCESS_MANY, pks)]


def test_the_sweep_finds_shards_without_a_message(tmp_path: Path, sent: list[tuple[str, Any]], commit: Any) -> None:
    job = harvest.submit(archive_of(tmp_path))
    later = database_now() + timedelta(hours=1)
    with commit():
        tasks.resend_overdue(now=later, age=timedelta(seconds=30), limit=10)
    assert sent == [(tasks.HARVEST, job.shards.get().pk)]


def test_what_is_no_archive_starts_no_job(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    with pytest.raises(NotADocument, match="no web archive"):
        harvest.submit(tmp_path / "a.zip")
    assert not Job.objects.exists()

"""Web archives on web servers: read by ranges, gone on with from any place, and given up where the server lies."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles import harvest, jobs
from articles.clock import database_now
from articles.exceptions import Busy, FetchError, IntakeError, NotADocument, Offline, RefusedAddress, TooLarge
from articles.fetch import ranges
from articles.fetch.ranges import Remote
from articles.models import Job, Shard
from articles.parse import parse
from tests.articles.archives import response, write
from tests.articles.test_harvest import archive_of, run, weather, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("socket_enabled")]
Change = Callable[["Server"], None]


class Server(ThreadingHTTPServer):
    """One file, handed out in pieces; what it says and does can be made wrong."""

    daemon_threads = True

    def __init__(self, body: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.body, self.tag = body, '"one"'
        self.asked: list[str] = []
        # What is said instead of the truth.
        self.headers: dict[str, str] = {}
        self.status: Callable[[int], int] = lambda number: 0
        self.gives_pieces = True
        self.cut = 0
        self.pause = 0.0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/crawl.warc.gz?key=1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        server = self.server
        server.asked.append(self.headers.get("Range", ""))
        if status := server.status(len(server.asked)):
            return self.say(status, b"", {})
        match = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        same = self.headers.get("If-Range", server.tag) == server.tag
        if not (match and same and server.gives_pieces):
            return self.say(200, server.body, {})
        first, last = int(match[1]), min(int(match[2]), len(server.body) - 1)
        if first > last:
            return self.say(416, b"", {})
        place = {"Content-Range": f"bytes {first}-{last}/{len(server.body)}"}
        return self.say(206, server.body[first : last + 1], place)

    def say(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        told = {"Content-Length": str(len(body)), "ETag": self.server.tag, **headers, **self.server.headers}
        for name, value in told.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        time.sleep(self.server.pause)
        self.wfile.write(body[: len(body) - self.server.cut])

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def serve(settings: Any) -> Iterator[Callable[[bytes], Server]]:
    settings.FETCH_ALLOW_PRIVATE = True
    settings.FETCH_TIMEOUT_SECONDS = 2.0
    servers: list[Server] = []

    def start(body: bytes) -> Server:
        servers.append(server := Server(body))
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of two, small pieces, and parsing in this process."""
    monkeypatch.setattr(harvest, "BATCH", 2)
    monkeypatch.setattr(harvest, "parse_safely", parse)
    monkeypatch.setattr(ranges, "PIECE", 700)
    monkeypatch.setattr(ranges, "SIP", 300)


def submit(server: Server, **options: Any) -> Job:
    remote = ranges.look(server.address)
    assert remote is not None
    return harvest.submit(remote, **options)


def test_an_archive_on_a_server_ends_in_the_same_rows_as_its_file(tmp_path: Path, serve: Any) -> None:
    path = archive_of(tmp_path)
    run(harvest.submit(path))
    from_file = written()
    assert len(from_file) == 8
    harvest.Snapshot.objects.all().delete()
    job = submit(serve(path.read_bytes()))
    run(job)
    assert (job.state, job.done, job.name) == (Job.State.DONE, job.total, "crawl.warc.gz")
    assert {row[:2] for row in written()} == {row[:2] for row in from_file}


@pytest.mark.parametrize("packing", ["warc", "warc.gz", "warc.zst"])
@pytest.mark.parametrize("shard_bytes", [500, 1_500, 10**9])
def test_shards_work_over_ranges(tmp_path: Path, serve: Any, shard_bytes: int, packing: str) -> None:
    records = [response(f"https://site.example/weather/{n}", weather(n)) for n in range(6)]
    server = serve(write(tmp_path / f"a.{packing}", records).read_bytes())
    job = submit(server, shard_bytes=shard_bytes)
    run(job)
    assert (job.state, job.counts["pages"], job.counts["dismissed"], job.done) == (Job.State.DONE, 6, 6, job.total)


def long_records() -> list[bytes]:
    """More than what is read ahead to find a record's beginning."""
    return [response(f"https://site.example/weather/{n}", weather(n) + b" " * 20_000) for n in range(20)]


def test_a_shard_goes_on_from_its_place_and_asks_for_nothing_before_it(tmp_path: Path, serve: Any) -> None:
    server = serve(archive_of(tmp_path).read_bytes())
    job = submit(server)
    (pk,) = jobs.waiting(job.pk, now=database_now())
    for _ in range(3):
        assert harvest.run_shard(pk, now=database_now(), enough=lambda: True).more
    position = Shard.objects.get(pk=pk).position
    assert position > 0
    server.asked.clear()
    run(job)
    assert min(int(re.findall(r"\d+", asked)[0]) for asked in server.asked) == position
    assert (job.state, job.counts["pages"], job.counts["new"]) == (Job.State.DONE, 16, 8)


def test_the_place_is_noted_where_nothing_is_kept(tmp_path: Path, serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harvest, "STRIDE", 50_000)
    monkeypatch.setattr(ranges, "PIECE", 30_000)
    server = serve(write(tmp_path / "a.warc", long_records()).read_bytes())
    job = submit(server)
    server.asked.clear()
    server.status = lambda number: 503 if number > 10 else 0
    run(job)
    assert (job.state, job.counts.get("new", 0)) == (Job.State.RUNNING, 0)
    assert 0 < job.done < job.total


def test_a_piece_is_asked_for_no_further_than_the_shard_needs(
    tmp_path: Path, serve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "PIECE", 1_000_000)
    monkeypatch.setattr(ranges, "SIP", 10_000)
    server = serve(write(tmp_path / "a.warc", long_records()).read_bytes())
    job = submit(server, shard_bytes=100_000)
    server.asked.clear()
    first = job.shards.order_by("number").first()
    assert first is not None
    harvest.run_shard(first.pk, now=database_now())
    assert max(int(re.findall(r"\d+", asked)[1]) for asked in server.asked) < first.end + 100_000


# ------------------------------------------------------------------ servers that change, break off, or lie


def change(server: Server) -> None:
    server.tag, server.body = '"two"', server.body[::-1]


def shrink(server: Server) -> None:
    server.body = server.body[:50]


def forget_ranges(server: Server) -> None:
    server.gives_pieces = False


def claim_another_size(server: Server) -> None:
    server.headers = {"Content-Range": "bytes 0-699/999999999"}


def name_another_state(server: Server) -> None:
    server.headers = {"ETag": '"two"'}


@pytest.mark.parametrize("happens", [change, shrink, forget_ranges, claim_another_size, name_another_state])
def test_a_file_that_changes_between_two_pieces_ends_the_job(tmp_path: Path, serve: Any, happens: Change) -> None:
    server = serve(archive_of(tmp_path).read_bytes())
    job = submit(server)
    happens(server)
    run(job)
    assert job.state == Job.State.FAILED
    assert "is another file than when the job began: submit it as a new job" in job.error


def cut_off(server: Server) -> None:
    server.cut = 10


def too_slow(server: Server) -> None:
    server.pause = 3.0


def be_busy(server: Server) -> None:
    server.status = lambda number: 503


def send_another_piece(server: Server) -> None:
    server.headers = {"Content-Range": f"bytes 5-704/{len(server.body)}"}


def send_more(server: Server) -> None:
    server.body += b"more"
    server.headers = {"Content-Range": f"bytes 0-{len(server.body) - 6}/{len(server.body) - 5}", "Content-Length": ""}


@pytest.mark.parametrize("happens", [cut_off, be_busy, send_another_piece])
def test_a_server_that_fails_is_asked_again_later(tmp_path: Path, serve: Any, happens: Change) -> None:
    server = serve(archive_of(tmp_path).read_bytes())
    job = submit(server)
    happens(server)
    run(job)
    shard = job.shards.get()
    assert (job.state, shard.state) == (Job.State.RUNNING, Shard.State.WAITING)
    assert shard.error
    server.cut, server.headers, server.status = 0, {}, lambda number: 0
    run(job, hours=1)
    assert (job.state, job.counts["new"]) == (Job.State.DONE, 8)


def test_a_busy_server_is_left_alone_as_long_as_it_asks(tmp_path: Path, serve: Any) -> None:
    server = serve(archive_of(tmp_path).read_bytes())
    job = submit(server)
    server.status, server.headers = lambda number: 429, {"Retry-After": "7200"}
    run(job)
    wait = job.shards.get().taken_until - database_now()
    assert 7_100 < wait.total_seconds() <= 7_200


def test_a_server_that_drips_is_given_up(tmp_path: Path, serve: Any, settings: Any) -> None:
    settings.FETCH_TIMEOUT_SECONDS = 0.2
    server = serve(archive_of(tmp_path).read_bytes())
    server.pause = 1.0
    with pytest.raises(FetchError, match="took longer"):
        ranges.look(server.address)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("", IntakeError),
        ("bytes 0-3/*", IntakeError),
        ("bytes 0-3/2", IntakeError),
        ("bytes 9-12/5000", IntakeError),
        ("bytes 0-3/-1", IntakeError),
        ("multipart", IntakeError),
        ("bytes 0-3/999999999999999", TooLarge),
        ("bytes 0-3/99999999999999999999", IntakeError),
    ],
)
def test_what_it_says_of_its_size_must_make_sense(serve: Any, said: str, error: type[IntakeError]) -> None:
    server = serve(b"\x1f\x8b\x08\x00" * 100)
    server.headers = {"Content-Range": said}
    with pytest.raises(error) as caught:
        ranges.look(server.address)
    assert caught.value.permanent


def test_a_body_longer_than_the_piece_is_refused(serve: Any) -> None:
    server = serve(b"\x1f\x8b\x08\x00" * 100)
    remote = Remote(server.address, 390, server.tag, b"\x1f\x8b\x08\x00")
    server.headers = {"Content-Range": "bytes 0-389/390", "Content-Length": ""}
    server.gives_pieces = True
    server.body = b"x" * 400
    with remote.open() as file:
        file.seek(10)
        with pytest.raises(IntakeError):
            file.read(10)


def test_a_weak_tag_is_no_proof_and_the_date_is_used(serve: Any) -> None:
    server = serve(b"\x1f\x8b\x08\x00" * 100)
    server.headers = {"ETag": 'W/"x"', "Last-Modified": formatdate(0, usegmt=True)}
    remote = ranges.look(server.address)
    assert remote is not None
    assert remote.tag == "Thu, 01 Jan 1970 00:00:00 GMT"


@pytest.mark.parametrize("target", ["http://10.0.0.1/a.warc.gz", "file:///etc/passwd", "http://169.254.169.254/"])
def test_a_redirect_inwards_is_not_followed(serve: Any, settings: Any, target: str, monkeypatch: Any) -> None:
    server = serve(b"")
    server.status, server.headers = lambda number: 302, {"Location": target}
    monkeypatch.setattr(ranges.addresses, "check", checked_but_this_machine(server.address))
    with pytest.raises(RefusedAddress):
        ranges.look(server.address)
    assert len(server.asked) == 1


def checked_but_this_machine(own: str) -> Callable[..., str]:
    real = ranges.addresses.check
    return lambda address, **options: address if address == own else real(address)


def test_endless_redirects_end(serve: Any) -> None:
    server = serve(b"")
    server.status, server.headers = lambda number: 302, {"Location": server.address}
    with pytest.raises(IntakeError, match="redirects more than 5 times"):
        ranges.look(server.address)


def test_nothing_is_asked_where_the_network_is_off(serve: Any, settings: Any) -> None:
    settings.OFFLINE = True
    server = serve(b"")
    with pytest.raises(Offline):
        ranges.look(server.address)
    assert server.asked == []


def test_a_busy_server_is_told_from_one_that_has_nothing(serve: Any) -> None:
    server = serve(b"")
    server.status = lambda number: 503
    with pytest.raises(Busy):
        ranges.look(server.address)
    server.status = lambda number: 404
    with pytest.raises(IntakeError, match="404"):
        ranges.look(server.address)


# ------------------------------------------------------------------ servers that hand out whole files only


def test_a_whole_file_is_downloaded_first(tmp_path: Path, serve: Any) -> None:
    server = serve(archive_of(tmp_path).read_bytes())
    server.gives_pieces = False
    path = harvest.from_web(server.address, tmp_path / "kept")
    assert isinstance(path, Path)
    assert path.name.endswith("-crawl.warc.gz")
    assert path.read_bytes() == server.body
    job = harvest.submit(path)
    run(job)
    assert (job.state, job.counts["new"]) == (Job.State.DONE, 8)


def test_nothing_is_left_of_a_download_that_broke_off(tmp_path: Path, serve: Any) -> None:
    server = serve(archive_of(tmp_path).read_bytes())
    server.gives_pieces, server.cut = False, 10
    with pytest.raises(FetchError):
        harvest.from_web(server.address, tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_download_may_take_long_but_not_stand_still(tmp_path: Path, serve: Any, settings: Any) -> None:
    settings.FETCH_TIMEOUT_SECONDS = 0.3
    server = serve(b"x" * 1_000)
    server.gives_pieces, server.pause = False, 1.0
    with pytest.raises(FetchError, match="took longer"):
        harvest.from_web(server.address, tmp_path / "kept")


# ------------------------------------------------------------------ the command


@pytest.mark.django_db(transaction=True)
def test_the_command_reads_an_address(tmp_path: Path, serve: Any, capsys: pytest.CaptureFixture[str]) -> None:
    server = serve(archive_of(tmp_path).read_bytes())
    call_command("warc", server.address, inline=True)
    assert "crawl.warc.gz: done; 16 records, 16 pages, 8 dismissed, 8 new." in capsys.readouterr().out


def test_the_command_explains_an_address_that_is_refused() -> None:
    with pytest.raises(CommandError, match=r"not .* fetched|not an address|refused|private|public"):
        call_command("warc", "http://127.0.0.1/a.warc.gz")


def test_what_is_no_archive_starts_no_job(serve: Any) -> None:
    server = serve(b"PK\x03\x04" * 100)
    with pytest.raises(NotADocument, match="no web archive"):
        submit(server)
    assert not Job.objects.exists()

"""What the archive holds as a WARC file, read again by another program."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from articles import archive, ingest
from articles.models import Snapshot
from tests.articles.conftest import NOW, page
from tests.factories import make_article, make_source

pytestmark = pytest.mark.django_db
BODY = page().encode()


def fetched(address: str = "https://news.example/quill", body: bytes = BODY, **fields: Any) -> Snapshot:
    defaults = {
        "sha256": archive.put(body), "size": len(body), "final_address": address, "http_status": 200, "state": "stored",
        "headers": {"content-type": "text/html; charset=utf-8", "content-encoding": "gzip"}, "retrieved_at": NOW,
    }  # fmt: skip
    return Snapshot.objects.create(address=address, **{**defaults, **fields})


def export(tmp_path: Path, **options: Any) -> list[Any]:
    """The records of an export as warcio reads them: type, address, time, payload."""
    target = tmp_path / "out.warc.gz"
    call_command("export_warc", str(target), stderr=io.StringIO(), **options)
    with target.open("rb") as file:
        return [
            (
                record.rec_type,
                record.rec_headers["WARC-Target-URI"],
                record.rec_headers["WARC-Date"],
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file)
        ]


def test_another_program_reads_it(tmp_path: Path) -> None:
    fetched()
    info, response = export(tmp_path)
    assert info[0] == "warcinfo"
    assert response == ("response", "https://news.example/quill", "2025-06-02T12:00:00.000000Z", BODY)


def test_another_program_finds_every_digest_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fetched()
    ingest.submit_bytes(b"Ada Quill has left.", "quill.txt", now=NOW)
    export(tmp_path)
    checker = Checker(type("Options", (), {"inputs": [str(tmp_path / "out.warc.gz")], "verbose": True})())
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest failed" not in capsys.readouterr().out


def test_it_keeps_the_headers_that_still_fit(tmp_path: Path) -> None:
    fetched()
    export(tmp_path)
    with (tmp_path / "out.warc.gz").open("rb") as file:
        [answer] = [record.http_headers for record in ArchiveIterator(file) if record.rec_type == "response"]
    assert answer.get_statuscode() == "200"
    assert answer.get_header("content-type") == "text/html; charset=utf-8"
    assert answer.get_header("content-encoding") is None
    assert answer.get_header("content-length") == str(len(BODY))


def test_it_says_which_address_led_there(tmp_path: Path) -> None:
    fetched("https://t.example/1", final_address="https://news.example/quill")
    _, response, metadata = export(tmp_path)
    assert response[1] == "https://news.example/quill"
    assert metadata[3] == b"via: https://t.example/1\r\n"


def test_what_was_handed_in_is_a_resource(tmp_path: Path) -> None:
    ingest.submit_bytes(b"Ada Quill has left.", "quill 1.txt", now=NOW, content_type="text/plain")
    _, resource = export(tmp_path)
    assert (resource[0], resource[1], resource[3]) == ("resource", "file:quill%201.txt", b"Ada Quill has left.")


def test_it_takes_part_of_the_archive(tmp_path: Path) -> None:
    article = make_article(source=make_source("Lamp"))
    fetched(article=article)
    fetched("https://news.example/2", retrieved_at=NOW + timedelta(days=3))
    day = NOW.date()
    for options in ({"source": "lamp"}, {"article": [article.public_id]}, {"until": day}, {"since": day, "until": day}):
        assert [record[1] for record in export(tmp_path, **options)][1:] == ["https://news.example/quill"], options
    assert [record[1] for record in export(tmp_path, since=day + timedelta(days=1))][1:] == ["https://news.example/2"]


@pytest.mark.parametrize("options", [{"source": "nobody"}, {"article": ["nothing"]}])
def test_it_says_what_is_not_there(tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError, match="There is no"):
        export(tmp_path, **options)


def test_what_the_archive_has_lost_is_told_and_the_rest_written(tmp_path: Path) -> None:
    fetched()
    fetched("https://news.example/lost", sha256="0" * 64)
    with pytest.raises(CommandError, match="1 snapshots are not in the file"):
        export(tmp_path)
    with (tmp_path / "out.warc.gz").open("rb") as file:
        assert len(list(ArchiveIterator(file))) == 2


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched()

    def broken(sha256: str) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "get", broken)
    with pytest.raises(CommandError, match="No space left on device"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_the_same_snapshots_give_the_same_records(tmp_path: Path) -> None:
    fetched()
    assert export(tmp_path)[1:] == export(tmp_path)[1:]

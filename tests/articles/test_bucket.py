"""The archive in an S3-compatible store, played by a small server of the test's own."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages

from articles import archive
from articles.exceptions import ArchiveDamaged, ArchiveUnavailable
from articles.trouble import at_home
from config.backup import objects
from config.settings import _archive

BODY = b"<html>" + b"words " * 1000


class Store(ThreadingHTTPServer):
    """Objects by path, and every request that was made."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []
        self.conditional = True
        self.refuses = 0

    def listing(self, asked: str) -> bytes:
        """A page of two names, as a bucket lists them."""
        query = dict(parse_qsl(urlsplit(asked).query))
        names = sorted(path.removeprefix("/ledger/") for path in self.objects)
        left = [n for n in names if n.startswith(query["prefix"]) and n > query.get("continuation-token", "")]
        more = f"<NextContinuationToken>{left[1]}</NextContinuationToken>" if len(left) > 2 else ""
        items = "".join(f"<Contents><Key>{name}</Key><Size>1</Size></Contents>" for name in left[:2])
        cut = str(bool(more)).lower()
        return f"<ListBucketResult><IsTruncated>{cut}</IsTruncated>{more}{items}</ListBucketResult>".encode()


class Handler(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(("GET", self.path))
        listed = self.server.listing(self.path) if "list-type=2" in self.path else None
        body = self.server.objects.get(self.path) if listed is None else listed
        if body is None:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self.answer(200, body)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        condition = self.headers.get("If-None-Match", "")
        self.server.asked.append(("PUT" + condition, self.path))
        if self.server.refuses:
            self.answer(self.server.refuses, b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>")
        elif condition and not self.server.conditional:
            self.answer(501, b"<Error><Code>NotImplemented</Code></Error>")
        elif condition and self.path in self.server.objects:
            self.answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
        else:
            self.server.objects[self.path] = body
            self.answer(200, b"")

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def store(settings: Any, monkeypatch: pytest.MonkeyPatch, socket_enabled: None) -> Iterator[Store]:
    server = Store()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    url = f"s3://ledger/pages?endpoint=http://127.0.0.1:{server.server_port}&region=here"
    settings.STORAGES = {**settings.STORAGES, "archive": _archive(url)}
    yield server
    server.shutdown()
    server.server_close()


def test_it_gives_back_what_it_was_given(store: Store) -> None:
    sha256 = archive.put(BODY)
    assert archive.get(sha256) == BODY
    [(path, kept)] = store.objects.items()
    assert path == f"/ledger/pages/{sha256[:2]}/{sha256[2:4]}/{sha256}.gz"
    assert gzip.decompress(kept) == BODY


def test_it_writes_the_same_bytes_once(store: Store) -> None:
    archive.put(BODY)
    archive.put(BODY)
    assert [method for method, _ in store.asked if method.startswith("PUT")] == ["PUT*"]


def test_two_who_write_the_same_at_once_both_succeed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sha256 = archive.put(BODY)
    monkeypatch.setattr(archive, "_is_whole", lambda sha256: False)
    assert archive.put(BODY) == sha256
    assert len(store.objects) == 1


def test_a_damaged_object_is_noticed_and_replaced(store: Store) -> None:
    sha256 = archive.put(BODY)
    [path] = store.objects
    store.objects[path] = b"damaged"
    with pytest.raises(ArchiveDamaged, match="damaged"):
        archive.get(sha256)
    archive.put(BODY)
    assert archive.get(sha256) == BODY


def test_a_store_that_knows_no_conditions_is_written_without(store: Store) -> None:
    store.conditional = False
    assert archive.get(archive.put(BODY)) == BODY


def test_it_says_what_is_missing(store: Store) -> None:
    with pytest.raises(ArchiveDamaged, match="holds no file"):
        archive.get("0" * 64)


def test_a_store_that_refuses_is_no_documents_fault(store: Store) -> None:
    store.refuses = 403
    with pytest.raises(ArchiveUnavailable, match="AccessDenied") as caught:
        archive.put(BODY)
    assert at_home(caught.value)
    assert store.objects == {}


def test_a_store_that_is_away_is_no_documents_fault(store: Store, settings: Any) -> None:
    away = _archive("s3://ledger?endpoint=http://127.0.0.1:9&region=here")
    settings.STORAGES = {**settings.STORAGES, "archive": away}
    with pytest.raises(ArchiveUnavailable, match="ARCHIVE_URL"):
        archive.put(BODY)


def test_it_lists_every_hash_in_order_and_reads_none(store: Store) -> None:
    hashes = sorted(archive.put(b"%d" % number) for number in range(5))
    store.objects["/ledger/elsewhere/aa/bb/" + "a" * 64 + ".gz"] = b""
    store.asked.clear()
    assert list(storages["archive"].hashes()) == hashes
    assert [path for _, path in store.asked if "list-type=2" not in path] == []


def test_a_backup_names_what_the_bucket_has_lost(store: Store) -> None:
    first, second, third = sorted(archive.put(b"%d" % number) for number in range(3))
    del store.objects[f"/ledger/pages/{archive.name_of(second)}"]
    told: list[int] = []
    named = [first, second, third, "f" * 64]
    assert objects.missing(named, progress=lambda what, done: told.append(done)) == [second, "f" * 64]
    assert sum(told) == 4
    assert objects.bucket() == "s3://ledger/pages"
    assert not objects.kept_beside()


@pytest.mark.parametrize("url", ["ftp://x/y", "s3://", "s3://b?secret=1", "bucket/prefix"])
def test_a_wrong_address_is_told_at_once(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="ARCHIVE_URL must be"):
        _archive(url)


def test_a_folder_can_be_named() -> None:
    assert _archive("file:///srv/pages")["OPTIONS"]["location"] == "/srv/pages"

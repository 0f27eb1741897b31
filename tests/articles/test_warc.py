"""Web archives are read from any place in them, and what is wrong in them costs nothing but itself."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from articles.exceptions import NotADocument
from articles.packing import CUT_OFF
from articles.warc import LARGEST_RECORD, Place, Reader, cut
from tests.articles.archives import record, response, write

KINDS = (".warc", ".warc.gz", ".warc.zst")


def body(number: int) -> bytes:
    return f"<html><body>page {number} {'x' * (number * 977 % 3000)}</body></html>".encode()


def address(number: int) -> str:
    return f"https://site.example/{number}"


def ordinary(number: int = 12) -> list[bytes]:
    pages = [response(address(n), body(n)) for n in range(number)]
    requests = [record("request", b"GET / HTTP/1.1\r\n\r\n", address=address(n)) for n in range(number)]
    return [each for pair in zip(requests, pages, strict=True) for each in pair]


def read(path: Path, start: Place | None = None, end: int | None = None) -> list[tuple[str, bytes]]:
    return [(page.address, bytes(page.body)) for page in Reader(path, start=start, end=end)]


def malformed(path: Path) -> dict[str, int]:
    reader = Reader(path)
    for _ in reader:
        pass
    return dict(reader.tally.malformed)


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_the_pages_of_every_packing(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"a{kind}", ordinary())
    assert read(path) == [(address(n), body(n)) for n in range(12)]
    assert malformed(path) == {}


def test_it_reads_what_another_library_reads(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc.gz", ordinary())
    with path.open("rb") as file:
        theirs = [
            (each.rec_headers.get_header("WARC-Target-URI"), each.content_stream().read())
            for each in ArchiveIterator(file)
            if each.rec_type == "response"
        ]
    assert read(path) == theirs


def test_only_html_that_was_found_is_a_page(tmp_path: Path) -> None:
    records = [
        response(address(1), body(1), status="404 Not Found"),
        response(address(2), body(2), content_type="image/png"),
        response(address(3), body(3), status="301 Moved"),
        record("revisit", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body(4), address=address(4)),
        response(address(5), body(5), content_type="application/xhtml+xml; charset=utf-8"),
    ]
    assert read(write(tmp_path / "a.warc.gz", records)) == [(address(5), body(5))]


def test_a_page_tells_where_and_when_it_was_found(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc", [response("<https://site.example/é>", body(1), http="ETag: abc\r\n")])
    (page,) = Reader(path)
    assert page.address == "https://site.example/é"
    assert page.retrieved_at() == datetime(2025, 6, 1, 10, tzinfo=UTC)
    assert page.headers()["etag"] == "abc"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [500, 3_000, 10**9])
def test_shards_hold_every_page_once(tmp_path: Path, kind: str, size: int) -> None:
    path = write(tmp_path / f"a{kind}", ordinary(20))
    ranges = cut(path, size)
    assert [ranges[0][0], ranges[-1][1]] == [0, path.stat().st_size]
    assert all(one[1] == other[0] for one, other in pairwise(ranges))
    pages = [page for first, last in ranges for page in read(path, Place(first), last)]
    assert pages == read(path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_goes_on_behind_the_last_page_handed_out(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"a{kind}", ordinary())
    whole, place, pages = read(path), Place(0), []
    for _ in whole:
        reader = Reader(path, start=place)
        page = next(iter(reader))
        pages.append((page.address, bytes(page.body)))
        place = reader.place
    assert pages == whole
    assert read(path, place) == []


def test_a_file_that_is_one_gzip_member_is_read_and_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(b"".join(ordinary())))
    reader = Reader(path)
    assert [page.address for page in islice(reader, 5)][-1] == address(4)
    assert [found for found, _ in read(path, reader.place)][:2] == [address(5), address(6)]


# ---------------------------------------------------------------- damage


@pytest.mark.parametrize("kind", [".warc.gz", ".warc.zst"])
@pytest.mark.parametrize("lost", [1, 9, 400])
def test_a_file_that_was_cut_off_is_told(tmp_path: Path, kind: str, lost: int) -> None:
    path = write(tmp_path / f"a{kind}", ordinary())
    path.write_bytes(path.read_bytes()[:-lost])
    assert CUT_OFF in malformed(path)
    assert read(path)[:10] == [(address(n), body(n)) for n in range(10)]


def test_a_plain_file_that_was_cut_off_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc", ordinary())
    path.write_bytes(path.read_bytes()[:-400])
    assert malformed(path) == {"a record that is shorter than it says": 1}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("length", ["99999", "20", "-5", "many", "", "9" * 30])
def test_a_record_that_lies_about_its_length_costs_no_other(tmp_path: Path, kind: str, length: str) -> None:
    liar = response(address(99), body(99), length=length)
    path = write(tmp_path / f"a{kind}", [*ordinary(3), liar, *ordinary(3)])
    assert [found for found, _ in read(path) if found != address(99)] == [address(n) for n in (0, 1, 2, 0, 1, 2)]
    assert sum(malformed(path).values()) >= 1


@pytest.mark.parametrize("kind", [".warc.gz", ".warc.zst"])
@pytest.mark.parametrize("junk", [b"\x00" * 5000, b"\x1f\x8b\x08junk" * 300, b"WARC/1.0\r\n" * 50])
def test_junk_between_members_costs_no_record(tmp_path: Path, kind: str, junk: bytes) -> None:
    one, two = (write(tmp_path / f"{name}{kind}", ordinary(3)).read_bytes() for name in "ab")
    path = tmp_path / f"c{kind}"
    path.write_bytes(one + junk + two)
    assert len(read(path)) == 6
    assert malformed(path)


def test_a_damaged_member_costs_itself_alone(tmp_path: Path) -> None:
    members = [gzip.compress(each) for each in ordinary(5)]
    members[5] = members[5][:60] + b"\xff\xff\xff" + members[5][63:]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(members))
    assert [found for found, _ in read(path)] == [address(n) for n in (0, 1, 3, 4)]
    assert any(reason.startswith("a damaged gzip member") for reason in malformed(path))


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_too_large_to_hold_is_passed_over(tmp_path: Path, kind: str) -> None:
    huge = response(address(99), b"a" * (LARGEST_RECORD + 1))
    path = write(tmp_path / f"a{kind}", [*ordinary(1), huge, *ordinary(1)])
    assert read(path) == [(address(0), body(0))] * 2
    assert malformed(path) == {"a record that is too large": 1}


def test_a_header_without_an_end_costs_no_other_record(tmp_path: Path) -> None:
    endless = b"WARC/1.0\r\nX: " + b"a" * 200_000
    path = write(tmp_path / "a.warc.gz", [*ordinary(1), endless, *ordinary(1)])
    assert len(read(path)) == 2
    assert malformed(path) == {"a record without an end of its header": 1}


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    for content in (b"", b"PK\x03\x04 a zip", gzip.compress(b"no record"), b"<html></html>"):
        path.write_bytes(content)
        with pytest.raises(NotADocument, match="no web archive"):
            cut(path, 1000)


@given(data=st.data())
@bounds(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_stops_the_reader_or_invents_a_page(tmp_path: Path, data: st.DataObject) -> None:
    path = write(tmp_path / f"a{data.draw(st.sampled_from(KINDS))}", ordinary(6))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 50))] = data.draw(st.binary(max_size=50))
    path.write_bytes(content)
    assert len(read(path)) <= 6


# ---------------------------------------------------------------- bodies

PAGE = body(1)


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "stored"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", deflated(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstandard.compress(PAGE)),
        ("gzip", PAGE),
        ("br", PAGE),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE), mtime=0)),
    ],
)
def test_a_body_is_unpacked_as_its_header_says(tmp_path: Path, coding: str, stored: bytes) -> None:
    path = write(tmp_path / "a.warc.gz", [response(address(1), stored, http=f"Content-Encoding: {coding}\r\n")])
    assert read(path) == [(address(1), PAGE)]


@pytest.mark.parametrize(
    "stored", [b"5\r\n%s\r\n%x;a=b\r\n%s\r\n0\r\n\r\n" % (PAGE[:5], len(PAGE) - 5, PAGE[5:]), PAGE]
)
def test_a_body_is_taken_out_of_its_chunks(tmp_path: Path, stored: bytes) -> None:
    path = write(tmp_path / "a.warc.gz", [response(address(1), stored, http="Transfer-Encoding: chunked\r\n")])
    assert read(path) == [(address(1), PAGE)]


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [("gzip", gzip.compress(bytes(30_000_000), mtime=0)), ("br", brotli.compress(bytes(30_000_000), quality=1))],
)
def test_a_body_that_unpacks_without_bounds_is_counted(tmp_path: Path, coding: str, bomb: bytes) -> None:
    path = write(tmp_path / "a.warc.gz", [response(address(1), bomb, http=f"Content-Encoding: {coding}\r\n")])
    assert read(path) == []
    assert malformed(path) == {"an answer that unpacks to more than a page": 1}

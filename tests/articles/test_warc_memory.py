"""However large an archive or what it holds, a worker's memory stays small."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bench import pages
from tests.articles.archives import response

LIMIT = 300_000_000
_ROOT = Path(__file__).resolve().parent.parent.parent


def scanned(path: Path) -> tuple[int, int, int]:
    """Pages, pages let through and peak memory in bytes of a process that sifts the archive."""
    said = subprocess.run([sys.executable, "-m", "bench.scan", str(path)], capture_output=True, check=True, cwd=_ROOT)
    pages_met, kept, memory = map(int, said.stdout.split())
    return pages_met, kept, memory


def many(number: int) -> Iterator[tuple[str, bytes]]:
    some = [pages.dismissed(Random(seed)) for seed in range(40)]
    return ((f"https://site.example/{n}", some[n % 40]) for n in range(number))


def test_an_archive_of_many_pages_is_streamed(tmp_path: Path) -> None:
    one = pages.write(tmp_path / "one.warc.gz", many(40)).read_bytes()
    path = tmp_path / "many.warc.gz"
    path.write_bytes(one * 60)
    met, kept, memory = scanned(path)
    assert (met, kept) == (2400, 0)
    assert 0 < memory < LIMIT


@pytest.mark.parametrize("what", ["no record", "a huge record"])
def test_a_member_that_unpacks_to_hundreds_of_megabytes_is_not_held(tmp_path: Path, what: str) -> None:
    blank = b"<p>" * 100_000_000
    member = b"WARC/1.0\r\n" + blank if what == "no record" else response("https://site.example/a", blank)
    record = gzip.compress(response("https://site.example/b", b"<p>page</p>"))
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(record + gzip.compress(member, 1) + record)
    met, kept, memory = scanned(path)
    assert (met, kept) == (2, 0)
    assert 0 < memory < LIMIT

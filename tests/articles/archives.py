"""Web archives to test with: records by hand, so that they can also be wrong."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

import zstandard

DATE = "2025-06-01T10:00:00Z"


def response(
    address: str,
    body: bytes,
    *,
    status: str = "200 OK",
    content_type: str = "text/html",
    date: str = DATE,
    http: str = "",
    length: str | None = None,
) -> bytes:
    """A record of what a server answered. ``http`` is more of its header, ``length`` what the record claims."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nServer: test\r\n{http}\r\n".encode()
    return record("response", head + body, address=address, date=date, length=length)


def record(kind: str, block: bytes, *, address: str = "", date: str = DATE, length: str | None = None) -> bytes:
    size = str(len(block)) if length is None else length
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {date}\r\nWARC-Target-URI: {address}\r\nContent-Length: {size}"
    return f"{head}\r\n\r\n".encode() + block + b"\r\n\r\n"


def write(path: Path, records: Iterable[bytes]) -> Path:
    """A file of these records, packed as its name says: .warc, .warc.gz or .warc.zst, a member for each record."""
    pack = {".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}.get(path.suffix, bytes)
    path.write_bytes(b"".join(pack(each) for each in records))
    return path

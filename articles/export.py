"""The archive as a WARC file: every snapshot with its address, time and headers, a compressed record at a time."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

from articles import archive
from articles.exceptions import ArchiveDamaged
from articles.models import Snapshot

# What told of the bytes on their way: they are kept unpacked and whole.
_OF_THE_WAY = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})


@dataclass(slots=True)
class Exported:
    """How far an export is; ``missing`` names what the archive could not give."""

    records: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)


def warc(snapshots: Iterable[Snapshot], *, software: str, now: datetime, done: Exported) -> Iterator[bytes]:
    """The file in parts, each a whole gzip member; ``done`` tells how far it is. What has no bytes is passed over.

    The same snapshots give the same records, so that two exports can be compared.
    """
    about = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    yield _record("warcinfo", about, _id("info", now.isoformat()), now, {"Content-Type": "application/warc-fields"})
    for snapshot in snapshots:
        try:
            body = archive.get(snapshot.sha256)
        except ArchiveDamaged as error:
            done.missing.append(f"{snapshot.address}: {error}")
            continue
        for part in _records(snapshot, body):
            done.bytes += len(part)
            yield part
        done.records += 1


def _records(snapshot: Snapshot, body: bytes) -> Iterator[bytes]:
    when = snapshot.retrieved_at or snapshot.created_at
    identity = _id(snapshot.address, snapshot.sha256)
    payload = {"WARC-Payload-Digest": _digest(body)}
    if not snapshot.http_status:
        # A file that was handed in: nobody answered anything.
        kind = snapshot.content_type or "application/octet-stream"
        uri = {"WARC-Target-URI": _uri(snapshot.address), "Content-Type": kind, **payload}
        yield _record("resource", body, identity, when, uri)
        return
    uri = {"WARC-Target-URI": snapshot.final_address or snapshot.address}
    answer = _answer(snapshot, len(body)) + body
    yield _record(
        "response", answer, identity, when, {**uri, "Content-Type": "application/http;msgtype=response", **payload}
    )
    if snapshot.final_address and snapshot.final_address != snapshot.address:
        via = {**uri, "WARC-Concurrent-To": f"<{identity.urn}>", "Content-Type": "application/warc-fields"}
        yield _record("metadata", f"via: {snapshot.address}\r\n".encode(), _id("via", str(identity)), when, via)


def _answer(snapshot: Snapshot, size: int) -> bytes:
    """The head of the server's answer, as far as it was kept, fitting the bytes as they lie here."""
    status = snapshot.http_status or 200
    phrase = HTTPStatus(status).phrase if status in {code.value for code in HTTPStatus} else "Unknown"
    kept = {name: str(value) for name, value in snapshot.headers.items() if name.lower() not in _OF_THE_WAY}
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in kept.items())]
    lines.append(f"Content-Length: {size}")
    return ("\r\n".join(_one_line(line) for line in lines) + "\r\n\r\n").encode("utf-8", "replace")


def _record(kind: str, content: bytes, identity: UUID, when: datetime, headers: dict[str, str]) -> bytes:
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<{identity.urn}>",
        "WARC-Date": when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        **headers,
        "WARC-Block-Digest": _digest(content),
        "Content-Length": str(len(content)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{name}: {_one_line(value)}\r\n" for name, value in named.items()) + "\r\n"
    return gzip.compress(head.encode() + content + b"\r\n\r\n", compresslevel=6, mtime=0)


def _uri(address: str) -> str:
    return quote(address, safe=":/?#[]@!$&'()*+,;=%-._~")


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _digest(content: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()


def _id(*words: str) -> UUID:
    return uuid5(NAMESPACE_URL, "\n".join(words))

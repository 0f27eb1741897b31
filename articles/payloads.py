"""The body of an HTTP answer as the reader saw it: out of its chunks and its compression, within bounds."""

from __future__ import annotations

import re
import zlib

import brotli
import zstandard

# More than this is not unpacked: no page is so long.
LARGEST = 16_000_000

_ENCODINGS = re.compile(rb"^(transfer|content)-encoding[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.I | re.M)
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r\n")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_ZSTD_WINDOW = 1 << 27


def decoded(body: bytes, head: bytes) -> bytes:
    """The body without what the header ``head`` says was put around it; ValueError, with the reason, where it cannot.

    Crawlers often keep the header and store the body without: a body that is not what the header says stays as it is.
    """
    named = {kind.lower(): value.lower() for kind, value in _ENCODINGS.findall(head)}
    if b"chunked" in named.get(b"transfer", b""):
        body = _joined(body)
    for coding in reversed([part.strip() for part in named.get(b"content", b"").split(b",")][:3]):
        body = _unpacked(body, coding)
    return body


def _joined(body: bytes) -> bytes:
    """The chunks' content; the body itself where it is not in chunks."""
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
        if body[at : at + 2] == b"\r\n":
            at += 2
        elif at < len(body):
            break
    # A connection that broke off leaves chunks without an end; a page that only begins like a chunk has none.
    return b"".join(parts) if parts and at >= len(body) else body


def _unpacked(body: bytes, coding: bytes) -> bytes:
    if coding in (b"gzip", b"x-gzip"):
        return _inflated(body, 31) if body.startswith(_GZIP) else body
    if coding == b"zstd":
        return _zstd(body) if body.startswith(_ZSTD) else body
    if coding in (b"deflate", b"br") and body.lstrip()[:1] != b"<":
        return _brotli(body) if coding == b"br" else _deflated(body)
    return body


def _deflated(body: bytes) -> bytes:
    """Servers disagree whether the zlib header belongs there."""
    try:
        return _inflated(body, 15)
    except ValueError:
        return _inflated(body, -15)


def _inflated(body: bytes, form: int) -> bytes:
    inflater = zlib.decompressobj(form)
    try:
        return _bounded(inflater.decompress(body, LARGEST + 1))
    except zlib.error as error:
        raise ValueError("an answer that cannot be unpacked") from error


def _brotli(body: bytes) -> bytes:
    inflater = brotli.Decompressor()
    try:
        return _bounded(inflater.process(body, output_buffer_limit=LARGEST + 1))
    except brotli.error as error:
        raise ValueError("an answer that cannot be unpacked") from error


def _zstd(body: bytes) -> bytes:
    try:
        with zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).stream_reader(body) as reader:
            return _bounded(reader.read(LARGEST + 1))
    except zstandard.ZstdError as error:
        raise ValueError("an answer that cannot be unpacked") from error


def _bounded(body: bytes) -> bytes:
    if len(body) > LARGEST:
        raise ValueError("an answer that unpacks to more than a page")
    return body

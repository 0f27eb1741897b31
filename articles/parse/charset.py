"""From bytes to characters: byte order mark, label, the bytes themselves; a label is believed only if it fits."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.I)
# What browsers read under these names.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-7": "utf-8",
}
# The commonest characters of running Chinese: wrongly decoded bytes hold next to none of them.
_COMMON = frozenset(
    "的一是不了在人有我他这这個个们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過后後"
    "，。、"
)
_CHINESE = ("gb18030", "big5hkscs")
_ASCII = bytes(range(128))
_DAMAGE = "\ufffd"


def decode(body: bytes, content_type: str = "") -> str:
    """The characters of the bytes. Never fails: what no encoding explains becomes U+FFFD."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    for name in _named(body, content_type):
        text = _try(body, name)
        if text is not None and not (name in _CHINESE and _is_misread(text)):
            return text
    return _try(body, "utf-8") or _damaged_utf8(body) or _chinese(body) or _detected(body)


def _named(body: bytes, content_type: str) -> Iterator[str]:
    """The encodings that the header and the page name, as far as they exist."""
    names = [m[1] for m in [_HEADER.search(content_type)] if m]
    names += [(m[1] or m[2]).decode("ascii", "replace") for m in [_META.search(body[:4096])] if m]
    for name in names:
        try:
            known = codecs.lookup(name).name
        except LookupError:
            continue
        yield _WIDER.get(known, known)


def _try(body: bytes, name: str) -> str | None:
    if name == "cp1252":
        # It explains nearly any bytes: UTF-8 that happens to fit is no accident, and Western prose is mostly ASCII.
        if (text := _try(body, "utf-8")) is not None:
            return text
        if len(body.translate(None, _ASCII)) * 5 > len(body):
            return None
    try:
        return body.decode(name)
    except (UnicodeError, LookupError):
        # Python knows codecs that explain no bytes at all ("undefined"), or only names of hosts ("idna").
        return None


def _damaged_utf8(body: bytes) -> str | None:
    """UTF-8 with a few broken bytes, as a cut or a bad paste leaves them."""
    text = body.decode("utf-8", "replace")
    damaged = text.count(_DAMAGE)
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if damaged * 10 <= beyond_ascii else None


def _chinese(body: bytes) -> str | None:
    texts = [text for name in _CHINESE if (text := _tolerant(body, name)) is not None and not _is_misread(text)]
    return max(texts, key=_common_share) if texts else None


def _tolerant(body: bytes, name: str) -> str | None:
    """The bytes in that encoding if at most one character in a hundred is broken."""
    text = body.decode(name, "replace")
    return text if text.count(_DAMAGE) * 100 <= len(text) else None


def _common_share(text: str) -> float:
    beyond_ascii = [c for c in text[:50_000] if ord(c) > 0x7F]
    return sum(c in _COMMON for c in beyond_ascii) / len(beyond_ascii) if beyond_ascii else 0.0


def _is_misread(text: str) -> bool:
    """True where characters beyond ASCII are no running Chinese."""
    return len(text) != len(text.encode("ascii", "ignore")) and _common_share(text) < 0.04


def _detected(body: bytes) -> str:
    # Only for bytes that nothing else explains.
    import charset_normalizer

    best = charset_normalizer.from_bytes(body[:100_000]).best()
    return body.decode(best.encoding if best else "utf-8", "replace")

"""Cheap looks at the bytes before any parser sees them: what kind of document, and is it built to harm."""

from __future__ import annotations

import re
from typing import Literal

from articles.exceptions import NotADocument, TooLarge

MAX_ELEMENTS = 60_000
MAX_DEPTH = 2_000
MAX_ATTRIBUTES = 500

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a bitmap picture"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"SQLite format 3", "a database"),
)
_LETTERS_ONLY = frozenset({b"BM", b"MZ", b"ID3", b"BZh", b"GIF8"})
_PROLOGUE = rb"^\s*(<\?xml[^>]{0,200}\?>\s*)?(<!--.{0,2000}?-->\s*)*"
_HTML_START = re.compile(_PROLOGUE + rb"<(!doctype\s+html|html|head|body)\b", re.I | re.S)
_FEED_START = re.compile(_PROLOGUE + rb"<(rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.I | re.S)
_TAG = re.compile(rb"<(p|div|article|section|span|h[1-6]|a|br|table|ul|meta|title)\b[^<>]*>", re.I)
# Bytes that no text holds, leaving out tab, line ends, form feed and escape (ISO-2022).
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})

_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{1500,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_OPENING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.I | re.S)
# Elements that need no end.
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
     "p", "li", "td", "tr", "th", "dt", "dd", "option")
)  # fmt: skip

Kind = Literal["html", "text", "pdf", "epub", "mail", "mbox", "mhtml"]

# The first bytes of the file that stands first in an EPUB, or the name of one that it must hold.
_EPUB = (b"mimetypeapplication/epub+zip", b"META-INF/container.xml")
# The line before every letter of a box: an address, and a time as C prints it.
MBOX = re.compile(rb"^From [^\r\n]{0,200}\d\d:\d\d[^\r\n]{0,30}\d{4}\r?\n(?=>?[!-9;-~]{1,76}:)")
_HEADER = re.compile(rb"([!-9;-~]{1,76}):|[ \t]")
# At least one of these stands in every letter, and in no text that somebody wrote with "From:" at its top.
_OF_LETTERS = frozenset({b"message-id", b"mime-version", b"received", b"return-path", b"dkim-signature", b"x-mailer"})
_OF_TRAVELLED = frozenset({b"message-id", b"received", b"to", b"delivered-to"})
_SAVED = (b"snapshot-content-location:", b"<saved by ", b'"saved by ', b"produced by microsoft mimeole")


def kind_of(body: bytes, content_type: str = "") -> Kind:
    """What the bytes are, whatever their label says; NotADocument for pictures, archives, feeds and the like."""
    if not body.strip(b" \t\r\n\x00"):
        raise NotADocument("The file is empty.")
    head = body[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") and any(sign in body for sign in _EPUB):
        return "epub"
    if letter := letter_kind(body):
        return letter
    _refuse_binary(head)
    start = head.removeprefix(b"\xef\xbb\xbf")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[2:].replace(b"\x00", b"")
    if _FEED_START.match(start):
        raise NotADocument("This is a feed or a site map, not an article.")
    if _HTML_START.match(start):
        return "html"
    label = content_type.partition(";")[0].strip().lower()
    if label.endswith(("html", "html+xml")):
        return "html"
    if label == "application/json" or (label in {"", "text/plain"} and _is_json(body)):
        raise NotADocument("This is JSON data, not an article.")
    return "html" if label != "text/plain" and len(_TAG.findall(body[:65_536])) >= 3 else "text"


def letter_kind(body: bytes) -> Literal["mail", "mbox", "mhtml"] | None:
    """Whether the bytes are a letter, a box of letters, or a page saved in the shape of one."""
    if MBOX.match(body[:400]):
        return "mbox"
    names, block = _header_names(body[:131_072].lstrip(b"\r\n"))
    if b"multipart/related" in block and (any(s in block for s in _SAVED) or not names & _OF_TRAVELLED):
        return "mhtml"
    return "mail" if names & _OF_LETTERS and names & {b"from", b"sender", b"subject"} else None


def _header_names(head: bytes) -> tuple[set[bytes], bytes]:
    """The names of the header lines at the top, and these lines, in lower case; nothing where they are none."""
    names: set[bytes] = set()
    end = 0
    if not _HEADER.match(head):
        return names, b""
    for line in head.splitlines(keepends=True)[:2000]:
        if not line.strip():
            return names, head[:end].lower()
        match = _HEADER.match(line)
        if not match or (not match[1] and not names):
            break
        names |= {match[1].lower()} if match[1] else set()
        end += len(line)
    return set(), b""


def _is_json(body: bytes) -> bool:
    stripped = body.strip()
    return stripped[:1] + stripped[-1:] == b"{}" or (stripped[:2] == b"[{" and stripped[-1:] == b"]")


def _refuse_binary(head: bytes) -> None:
    control = len(head) - len(head.translate(None, _CONTROL))
    for signature, name in _SIGNATURES:
        if head.startswith(signature) and (signature not in _LETTERS_ONLY or control):
            raise NotADocument(f"This is {name}, not a page or a text.")
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        raise NotADocument("This is a picture, sound or film, not a page or a text.")
    wide = head[:2] in {b"\xff\xfe", b"\xfe\xff"} or head.count(b"\x00") > len(head) // 3
    if control > len(head) // 20 and not wide:
        raise NotADocument("These are binary data, not a page or a text.")


def check_markup(html: str) -> None:
    """TooLarge for pages that would keep a parser busy for minutes: too many, too deep or too crowded elements."""
    if _elements(html) > MAX_ELEMENTS and _elements(html := _SCRIPT.sub("", html)) > MAX_ELEMENTS:
        raise TooLarge(f"The page has more than {MAX_ELEMENTS:,} elements.")
    if _elements(html) > MAX_DEPTH and _depth(html) > MAX_DEPTH:
        raise TooLarge(f"The elements of the page are nested more than {MAX_DEPTH:,} deep.")
    for tag in _LONG_TAG.finditer(html):
        if len(_QUOTED.sub(" ", tag[0]).replace("/", " ").split()) > MAX_ATTRIBUTES:
            raise TooLarge(f"One element of the page has more than {MAX_ATTRIBUTES} attributes.")


def _elements(html: str) -> int:
    return html.count("<") - html.count("</")


def _depth(html: str) -> int:
    """How deep the elements lie in each other at most, not counting those that need no end."""
    depth = deepest = 0
    for closing, name, empty in _OPENING.findall(html):
        if empty or name.lower() in _VOID:
            continue
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest

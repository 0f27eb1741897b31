"""EPUB books and magazines: the chapters in the order of reading, as one text; a zip file, read with bounds."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from datetime import datetime
from io import BytesIO
from urllib.parse import unquote

from lxml import etree

from articles.exceptions import NotADocument, TooLarge
from articles.parse import blocks, dates, guard
from articles.parse.charset import decode
from articles.parse.found import Found

MAX_ENTRIES = 5_000
MAX_ENTRY = 8_000_000
MAX_TOTAL = 60_000_000
# Prose shrinks to a third; what shrinks a hundredfold was made to burst.
MAX_RATIO = 100
_SMALL = 100_000
MAX_CHAPTERS = 1_000
MAX_CHARACTERS = 5_000_000
_ENCRYPTED = 0x1
_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
# Fonts are garbled in many books; only a lock on the text keeps us out.
_GARBLED_FONTS = (".otf", ".ttf", ".woff", ".woff2")


class _Book:
    """A zip file whose parts are read one by one, within bounds."""

    def __init__(self, body: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(BytesIO(body))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise NotADocument("The EPUB is damaged: it is no whole ZIP file.") from error
        if len(self._file.infolist()) > MAX_ENTRIES:
            raise TooLarge(f"The EPUB holds more than {MAX_ENTRIES:,} files.")
        self._left = MAX_TOTAL

    def holds(self, name: str) -> bool:
        return name in self._file.NameToInfo

    def read(self, name: str) -> bytes:
        """One part, unpacked."""
        try:
            info = self._file.getinfo(name)
        except KeyError as error:
            raise NotADocument(f"The EPUB names a part that it does not hold: {name[:100]}.") from error
        if info.flag_bits & _ENCRYPTED:
            raise NotADocument("The EPUB is locked with a password.")
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise TooLarge(f"A part of the EPUB unpacks to more than {MAX_RATIO} times its size.")
        return self._unpacked(info)

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        limit = min(MAX_ENTRY, self._left)
        try:
            with self._file.open(info) as part:
                # What the directory says of the size may be a lie.
                data = part.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise NotADocument("The EPUB is damaged: a part of it cannot be unpacked.") from error
        if len(data) > limit:
            raise TooLarge(f"The EPUB unpacks to more than {limit:,} bytes.")
        self._left -= len(data)
        return data


def read(body: bytes, *, latest: datetime | None = None) -> Found:
    """The book's chapters as one text, with what its package says about it."""
    book = _Book(body)
    place = _package_place(book)
    package = _xml(book.read(place))
    chapters = _chapters(package, posixpath.dirname(place))
    _refuse_locked(book, chapters)
    text = "\n".join(filter(None, (_chapter_text(book.read(name)) for name in chapters)))
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(f"The EPUB holds more than {MAX_CHARACTERS:,} characters of text.")
    stated = next((stamp for day in _all(package, "date") if (stamp := dates.read(day, latest=latest))), None)
    published, modified = dates.best(text, stated, latest=latest)
    source = next((word for word in _all(package, "source") if word.startswith(("http://", "https://"))), "")
    return Found(
        text=text,
        title=next(iter(_all(package, "title")), ""),
        author=", ".join(_all(package, "creator")[:10]),
        publisher=next(iter(_all(package, "publisher")), ""),
        published=published,
        modified=modified,
        language=next(iter(_all(package, "language")), ""),
        address=source,
    )


def _xml(data: bytes) -> etree._Element:
    """The root of a part; nothing it names is looked up, and one that declares entities is not read."""
    if b"<!ENTITY" in data or b"<\x00!\x00E\x00N\x00T" in data:
        raise TooLarge("The EPUB declares XML entities, which a book does not need and a bomb is made of.")
    guard.check_markup(decode(data))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root is None:
        raise NotADocument("The EPUB is damaged: its table of parts cannot be read.")
    return root


def _package_place(book: _Book) -> str:
    if not book.holds(_CONTAINER):
        raise NotADocument("This is a ZIP file, but no EPUB: unpack it, and ingest what is in it.")
    for found in _xml(book.read(_CONTAINER)).iter("{*}rootfile"):
        if place := found.get("full-path"):
            return posixpath.normpath(unquote(place))
    raise NotADocument("The EPUB is damaged: it does not say where its book is.")


def _chapters(package: etree._Element, folder: str) -> list[str]:
    """The names of the chapters' parts in the order of reading, each once; no table of contents, no cover."""
    parts = {item.get("id"): item for item in package.iter("{*}item")}
    names: dict[str, None] = {}
    for reference in package.iter("{*}itemref"):
        item = parts.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        if "html" in (item.get("media-type") or ""):
            names[posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))] = None
    if not names:
        raise NotADocument("The EPUB names no chapter.")
    if len(names) > MAX_CHAPTERS:
        raise TooLarge(f"The EPUB has more than {MAX_CHAPTERS:,} chapters.")
    return list(names)


def _refuse_locked(book: _Book, chapters: list[str]) -> None:
    if not book.holds(_LOCKS):
        return
    locked = {unquote(found.get("URI") or "") for found in _xml(book.read(_LOCKS)).iter("{*}CipherReference")}
    if {name for name in locked if not name.endswith(_GARBLED_FONTS)} & set(chapters):
        raise NotADocument("The EPUB is locked by its seller (DRM). Only books without such a lock can be read.")


def _chapter_text(data: bytes) -> str:
    html = decode(data, "application/xhtml+xml")
    guard.check_markup(html)
    tree = blocks.tree_of(html)
    return "" if tree is None else blocks.text_of(tree)


def _all(package: etree._Element, name: str) -> list[str]:
    """What the package says under a name of Dublin Core, in its order."""
    found = (" ".join("".join(element.itertext()).split()) for element in package.iter(f"{{*}}{name}"))
    return [words for words in found if words]

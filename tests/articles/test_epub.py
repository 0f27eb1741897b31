"""EPUB books: chapters in the order of reading; locked, damaged and hostile ones are refused with the reason."""

from __future__ import annotations

import random
import time
import zipfile
from datetime import date
from io import BytesIO

import pytest

from articles.exceptions import IntakeError, NotADocument, TooLarge
from articles.parse import parse, parse_safely
from articles.parse.sandbox import ParserFailed
from tests.articles.conftest import PROSE, PROSE_ZH
from tests.articles.files import CONTAINER, chapter, epub, package

ABOUT = (
    "<dc:title>The Ledger</dc:title><dc:creator>Bo Reed</dc:creator><dc:creator>An Li</dc:creator>"
    "<dc:publisher>Lamp House</dc:publisher><dc:date>2025-03-18</dc:date><dc:language>en</dc:language>"
)
BOOK = {"one.xhtml": chapter(PROSE[0], PROSE[1]), "two.xhtml": chapter(PROSE[2])}


def test_its_chapters_are_one_text_in_the_order_of_reading() -> None:
    assert parse(epub(BOOK)).text.split("\n") == list(PROSE)


def test_it_reads_chinese() -> None:
    parsed = parse(epub({"one.xhtml": chapter(*PROSE_ZH)}))
    assert (parsed.language, parsed.text) == ("zh", "\n".join(PROSE_ZH))


def test_it_reads_what_the_book_says_about_itself() -> None:
    parsed = parse(epub(BOOK, about=ABOUT))
    assert (parsed.title, parsed.author, parsed.publisher) == ("The Ledger", "Bo Reed, An Li", "Lamp House")
    assert parsed.published_on == date(2025, 3, 18)


def test_a_table_of_contents_is_no_chapter() -> None:
    assert "Contents" not in parse(epub(BOOK)).text


def test_its_signature_counts_for_more_than_its_label() -> None:
    assert parse(epub(BOOK), "text/html").text.startswith("Ada Quill")


def lock(name: str) -> bytes:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData><CipherData>'
        f'<CipherReference URI="{name}"/></CipherData></EncryptedData></encryption>'
    ).encode()


def test_garbled_fonts_keep_nobody_out() -> None:
    book = epub(BOOK, **{"META-INF__encryption_DOT_xml": lock("OEBPS/font.otf")})
    assert "Ada Quill" in parse(book).text


def many_files(number: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("META-INF/container.xml", CONTAINER)
        for n in range(number):
            file.writestr(f"x{n}", "")
    return out.getvalue()


def plain_zip() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("letter.txt", "Ada Quill has left.")
    return out.getvalue()


_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><package>&c;</package>'


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (epub(BOOK, **{"META-INF__encryption_DOT_xml": lock("OEBPS/one.xhtml")}), NotADocument, "DRM"),
        (epub({"one.xhtml": chapter("x" * 7_000_000)}), TooLarge, "times its size"),
        (epub(BOOK, OEBPS__book_DOT_opf=_ENTITIES), TooLarge, "entities"),
        (epub(BOOK, OEBPS__book_DOT_opf=package([]).encode()), NotADocument, "no chapter"),
        (epub(BOOK, OEBPS__book_DOT_opf=package(["gone.xhtml"]).encode()), NotADocument, "does not hold"),
        (epub({"one.xhtml": "<p " + "a=1 " * 100_000 + ">x</p>"}), TooLarge, "attributes|times its size"),
        (epub({"one.xhtml": "<div>" * 50_000}), TooLarge, "nested|times its size"),
        (many_files(6_000), TooLarge, "files"),
        (epub(BOOK)[:-300], NotADocument, "damaged"),
        (plain_zip(), NotADocument, "ZIP archive"),
    ],
)
def test_it_refuses_what_is_locked_damaged_or_hostile(body: bytes, kind: type[IntakeError], words: str) -> None:
    began = time.process_time()
    with pytest.raises(kind, match=words):
        parse(body)
    assert time.process_time() - began < 5


def test_a_directory_that_lies_about_sizes_does_not_fill_the_memory() -> None:
    whole = bytearray(epub({"one.xhtml": chapter("x" * 9_000_000)}))
    size = len(chapter("x" * 9_000_000)).to_bytes(4, "little")
    lying = bytes(whole).replace(size, (50_000).to_bytes(4, "little"))
    with pytest.raises((TooLarge, NotADocument)):
        parse(lying)


def test_parts_outside_of_the_book_are_not_looked_for() -> None:
    with pytest.raises(NotADocument, match="does not hold"):
        parse(epub(BOOK, OEBPS__book_DOT_opf=package(["../../../../etc/passwd"]).encode()))


def test_no_damage_of_a_book_harms_the_house() -> None:
    whole, dice = epub(BOOK, about=ABOUT), random.Random(7)
    for _ in range(25):
        broken = bytearray(whole)
        for _ in range(8):
            broken[dice.randrange(60, len(broken))] = dice.randrange(256)
        try:
            parse_safely(bytes(broken))
        except (IntakeError, ParserFailed):
            continue

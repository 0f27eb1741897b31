"""PDF files: text in the order of reading, with lines mended into paragraphs and running heads left out.

PDFium gives characters in the order in which the file draws them, which is that of reading in all but odd files, and
the box of each; paragraphs are told by spaces between lines, indents and short last lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium

from articles.exceptions import NotADocument, TooLarge
from articles.parse import dates
from articles.parse.dates import Stamp
from articles.parse.found import Found
from articles.parse.lines import BROKEN, ends_sentence, joined, words_of

MAX_PAGES = 400
MAX_CHARACTERS = 2_000_000
# A page that holds fewer characters than this shows a picture.
_SHORTEST_PAGE = 20
_FURNITURE = re.compile(r"\W*(?:(?:page|p\.|第)\s*)?\d{1,4}(?:\s*(?:of|/|页|頁|共)\s*\d{0,4}\s*[页頁]?)?\W*$", re.I)
_GENERATED_TITLE = re.compile(
    r"^(microsoft (word|powerpoint)|untitled|无标题|未命名)|\.(docx?|indd|tex|pdf|pages)$", re.I
)
# PDFium writes this for a hyphen behind which the line ends, and nothing for the end.
_HYPHEN = "\ufffe"
_PRINTED_LINE = re.compile(rf"(?P<text>[^\r\n{_HYPHEN}]*)(?P<end>{_HYPHEN}|\r?\n|\Z)")
_PDF_DATE = re.compile(r"^D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:([+-]\d\d)'?(\d\d)?|Z)?")


@dataclass(slots=True)
class Line:
    """A printed line and where it stands, in points from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int

    @property
    def height(self) -> float:
        return self.top - self.bottom


def read(body: bytes, *, latest: datetime | None = None) -> Found:
    """The text and metadata of the file; NotADocument, with the reason, where there is no text to be had."""
    with closing(_opened(body)) as document:
        if len(document) > MAX_PAGES:
            raise TooLarge(f"The PDF has more than {MAX_PAGES} pages.")
        pages = [_lines(page, number) for number, page in enumerate(document)]
        about: dict[str, str] = document.get_metadata_dict()
    if sum(len(line.text) for page in pages for line in page) < _SHORTEST_PAGE * max(1, len(pages) // 10):
        raise NotADocument(
            "The PDF holds pictures of pages and no text. Have its text recognised (OCR) first, then ingest the result."
        )
    lines = [line for page in _without_furniture(pages) for line in page]
    text = "\n".join(_paragraphs(lines))
    published, modified = dates.best(text, None, latest=latest)
    title = (about.get("Title") or "").strip()
    return Found(
        text=text,
        title=(_heading(lines) or text.partition("\n")[0][:200]) if _says_nothing(title) else title,
        author=(about.get("Author") or "").strip(),
        published=published or _stamp(about.get("CreationDate") or "", latest),
        modified=modified,
    )


def _opened(body: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise NotADocument(
                "The PDF is locked with a password. Save a copy without one, then ingest that."
            ) from error
        raise NotADocument("The PDF is damaged and cannot be opened.") from error


def _lines(page: pdfium.PdfPage, number: int) -> list[Line]:
    with closing(page), closing(page.get_textpage()) as words:
        if words.count_chars() > MAX_CHARACTERS:
            raise TooLarge(f"A page of the PDF holds more than {MAX_CHARACTERS:,} characters.")
        printed = _PRINTED_LINE.finditer(words.get_text_range())
        return [_placed(words, line, number) for line in printed if line["text"].strip()]


def _placed(words: pdfium.PdfTextPage, printed: re.Match[str], page: int) -> Line:
    line, start = printed["text"], printed.start()
    first, last = start + len(line) - len(line.lstrip()), start + len(line.rstrip()) - 1
    total = words.count_chars()
    try:
        left, bottom, _, top = words.get_charbox(min(first, total - 1), loose=True)
        _, _, right, _ = words.get_charbox(min(last, total - 1), loose=True)
    except pdfium.PdfiumError:
        left = bottom = right = top = 0.0
    return Line(line.strip() + (BROKEN if printed["end"] == _HYPHEN else ""), left, right, bottom, top, page)


# ---------------------------------------------------------------- running heads


def _without_furniture(pages: Sequence[list[Line]]) -> Iterator[list[Line]]:
    """The pages without page numbers, and without what stands at the edge of most of them."""
    edges = Counter(_shape(line) for page in pages for line in {id(at): at for at in _edge(page)}.values())
    often = {shape for shape, times in edges.items() if times >= max(3, len(pages) // 2)}
    for page in pages:
        edge = {id(line) for line in _edge(page) if _FURNITURE.match(line.text) or _shape(line) in often}
        yield [line for line in page if id(line) not in edge]


def _edge(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.top)
    return [*by_height[:2], *by_height[-2:]] if len(page) > 4 else by_height[:1] + by_height[-1:]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


# ---------------------------------------------------------------- paragraphs


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    known = words_of("\n".join(line.text for line in lines))
    pitch = _usual_pitch(lines)
    rights = _right_edges(lines)
    run: list[Line] = []
    for line in lines:
        if run and _begins(line, run[-1], pitch=pitch, right=rights[_column(run[-1])]):
            yield joined([one.text for one in run], known=known)
            run = []
        run.append(line)
    if run:
        yield joined([one.text for one in run], known=known)


def _begins(line: Line, before: Line, *, pitch: float, right: float) -> bool:
    """Whether a paragraph begins with this line."""
    if abs(line.height - before.height) > 0.15 * max(line.height, before.height):
        return True
    if line.page != before.page or line.bottom > before.bottom:
        # The next page or column: a sentence that has not ended goes on there.
        return ends_sentence(before.text)
    if before.bottom - line.bottom > 1.4 * pitch:
        return True
    ended = ends_sentence(before.text)
    indented = line.left > before.left + 0.8 * line.height
    short = before.right < right - 3 * before.height
    return ended and (indented or short)


def _usual_pitch(lines: Sequence[Line]) -> float:
    """From one line to the next, as in most of the text."""
    steps = [
        before.bottom - line.bottom
        for before, line in pairwise(lines)
        if line.page == before.page and 0 < before.bottom - line.bottom < 4 * max(line.height, 1)
    ]
    # Not the middle one: in a text of short paragraphs every other step leads over a gap.
    return sorted(steps)[len(steps) // 3] if steps else 0.0


def _column(line: Line) -> tuple[int, int]:
    return line.page, round(line.left / max(8 * line.height, 1))


def _right_edges(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        edges[_column(line)] = max(edges.get(_column(line), 0.0), line.right)
    return edges


# ---------------------------------------------------------------- metadata


def _says_nothing(title: str) -> bool:
    """Whether the file's title is none, or one that a program gave it."""
    return not title or bool(_GENERATED_TITLE.search(title))


def _heading(lines: Sequence[Line]) -> str:
    """The lines in the largest letters of the first page; "" where none are larger than most."""
    first = [line for line in lines if line.page == lines[0].page] if lines else []
    if not first:
        return ""
    largest = max(line.height for line in first)
    heading = [line.text for line in first if line.height > 0.95 * largest]
    stands_out = largest > 1.1 * median(line.height for line in first)
    return joined(heading[:4])[:300] if stands_out else ""


def _stamp(written: str, latest: datetime | None) -> Stamp | None:
    """A date as PDF writes it (D:20250318093000+08'00')."""
    if not (match := _PDF_DATE.match(written)):
        return None
    year, month, day, hour, minute, second, zone, zone_minutes = match.groups()
    clock = f" {hour}:{minute}:{second or '00'}{f'{zone}:{zone_minutes or 0:0>2}' if zone else 'Z'}" if hour else ""
    return dates.read(f"{year}-{month}-{day}{clock}", latest=latest)

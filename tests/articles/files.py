"""Small files of every format, written by hand: what a press office, a book shop or a mail program would send."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO

# x, y, size, text
Placed = tuple[float, float, float, str]

_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    "100 beginbfrange\n{}\nendbfrange\n"
    "endcmap CMapName currentdict /CMap defineresource pop end end"
)


def pdf(pages: Sequence[Iterable[Placed]], *, info: str = "", encrypt: bool = False) -> bytes:
    """A PDF with these words at these places, in a font whose codes are those of Unicode."""
    high = sorted({ord(char) >> 8 for page in pages for *_, text in page for char in text} | {0})
    ranges = "\n".join(f"<{byte:02X}00> <{byte:02X}FF> <{byte:02X}00>" for byte in high)
    cmap = _TO_UNICODE.replace("100 begin", f"{len(high)} begin").format(ranges)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{8 + 2 * n} 0 R' for n in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R]"
        " /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /CIDSystemInfo << /Registry (Adobe)"
        " /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 500 /W [12288 65535 1000] >>",
        "<< /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800"
        " /Descent -200 /CapHeight 700 /StemV 80 >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        f"<< {info} >>",
    ]
    for number, page in enumerate(pages):
        drawn = "\n".join(
            f"BT /F {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" for x, y, size, text in page
        )
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {9 + 2 * number} 0 R >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        ]
    return _assembled(objects, encrypt=encrypt)


def _assembled(objects: Sequence[str], *, encrypt: bool) -> bytes:
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    lock = (
        f" /Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>"
        f" /ID [<{'43' * 16}> <{'43' * 16}>]"
        if encrypt
        else ""
    )
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 7 0 R{lock} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def column(
    lines: Iterable[str], *, x: float = 60, top: float = 740, size: float = 11, pitch: float = 14
) -> list[Placed]:
    """Lines one below the other; an empty one leaves a space."""
    return [(x, top - number * pitch, size, line) for number, line in enumerate(lines) if line]


CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def package(chapters: Sequence[str], *, about: str = "") -> str:
    """The package document of an EPUB with these parts as chapters."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{about}</metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
        f'<spine><itemref idref="nav"/>{spine}</spine></package>'
    )


def chapter(*paragraphs: str) -> str:
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
        f"<body>{inner}</body></html>"
    )


def epub(chapters: dict[str, str], *, about: str = "", **extra: bytes) -> bytes:
    """An EPUB with these chapters by name; ``extra`` replaces or adds parts, with two underscores for a slash."""
    parts = {
        "META-INF/container.xml": CONTAINER.encode(),
        "OEBPS/book.opf": package(list(chapters), about=about).encode(),
        "OEBPS/nav.xhtml": chapter("Contents").encode(),
        **{f"OEBPS/{name}": text.encode() for name, text in chapters.items()},
        **{name.replace("__", "/").replace("_DOT_", "."): data for name, data in extra.items()},
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def letter(html: str = "", plain: str = "", *, headers: str = "", subject: str = "The week in moves") -> bytes:
    """A newsletter as it arrives, addressed to one reader."""
    head = (
        "Return-Path: <bounce+jane=home.example@post.example>\r\n"
        "Delivered-To: jane@home.example\r\n"
        "Received: from mx.post.example by home.example for <jane@home.example>; Tue, 18 Mar 2025 09:30:00 +0000\r\n"
        'From: "Talent Weekly" <editor@weekly.example>\r\n'
        "To: Jane Reader <jane@home.example>\r\n"
        f"Subject: {subject}\r\n"
        "Date: Tue, 18 Mar 2025 09:30:00 +0000\r\n"
        "Message-ID: <20250318.1@post.example>\r\n"
        "List-Unsubscribe: <https://post.example/out?u=amFuZUBob21lLmV4YW1wbGU>\r\n"
        f"{headers}MIME-Version: 1.0\r\n"
    )
    if html and plain:
        body = (
            'Content-Type: multipart/alternative; boundary="cut"\r\n\r\n'
            f"--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n"
            f"--cut\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--cut--\r\n"
        )
    else:
        kind = "html" if html else "plain"
        body = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{html or plain}\r\n"
    return (head + body).encode()


def mailbox(*letters: bytes) -> bytes:
    """The letters in one mbox file."""
    return b"".join(
        b"From MAILER-DAEMON Tue Mar 18 09:30:00 2025\n" + mail.replace(b"\r\n", b"\n") + b"\n" for mail in letters
    )


def web_page_file(html: str, *, address: str = "https://news.example/quill", charset: str = "utf-8") -> bytes:
    """A page as browsers save it in one file (MHTML)."""
    head = (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {address}\r\n"
        "Subject: Saved page\r\n"
        "Date: Tue, 18 Mar 2025 09:30:00 -0000\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----cut"\r\n\r\n\r\n'
        "------cut\r\n"
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: {address}\r\n\r\n"
    )
    tail = (
        "\r\n------cut\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://news.example/i.png\r\n\r\niVBORw0KGgo=\r\n------cut--\r\n"
    )
    return head.encode() + html.encode(charset) + tail.encode()

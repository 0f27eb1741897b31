"""What is no document is refused before a parser sees it, in words."""

import pytest

from articles.exceptions import NotADocument, TooLarge
from articles.parse import guard


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"GIF89a\x01\x00\x01\x00", "GIF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x1f\x8b\x08\x00\x00", "gzip"),
        (b"\x7fELF\x02\x01\x01\x00", "program"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "picture"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (bytes(range(32)) * 20, "binary"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "feed"),
        (b'<?xml version="1.0"?>\n<!-- made by x -->\n<feed xmlns="a"></feed>', "feed"),
        (b"<urlset></urlset>", "site map"),
        (b'{"a": 1}', "JSON"),
        (b'[{"a": 1}]', "JSON"),
    ],
)
def test_it_refuses_what_is_no_document(body: bytes, reason: str) -> None:
    with pytest.raises(NotADocument, match=reason):
        guard.kind_of(body)


@pytest.mark.parametrize("label", ["", "text/html", "image/png", "application/octet-stream"])
def test_it_goes_by_the_bytes_where_the_label_lies(label: str) -> None:
    assert guard.kind_of(b"<!DOCTYPE html><html><body>x</body></html>", label) == "html"


@pytest.mark.parametrize(
    ("body", "label", "kind"),
    [
        (b"Just a text.", "", "text"),
        (b"BM is how this text begins.", "", "text"),
        (b"MZ as well.", "", "text"),
        ("Ein Text".encode("utf-16"), "", "text"),
        ("<html><p>x".encode("utf-16"), "", "html"),
        (b"<p>a</p><p>b</p><p>c</p>", "", "html"),
        (b"a < b and c > d", "", "text"),
        (b"<p>shown</p><p>as</p><p>typed</p>", "text/plain; charset=utf-8", "text"),
        (b"<!-- x -->\n<html>", "text/plain", "html"),
        (b"no tag at all", "text/html", "html"),
    ],
)
def test_it_tells_pages_from_texts(body: bytes, label: str, kind: str) -> None:
    assert guard.kind_of(body, label) == kind


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>", "attributes"),
        ("<p " + "/".join(f"a{n}" for n in range(5_000)) + ">x</p>", "attributes"),
        ("<b></b>" * 200_000, "elements"),
        ("<div>" * 50_000 + "</div>" * 50_000, "nested"),
    ],
)
def test_it_refuses_pages_built_to_harm(html: str, reason: str) -> None:
    with pytest.raises(TooLarge, match=reason):
        guard.check_markup(html)


@pytest.mark.parametrize(
    "html",
    [
        "<img src='data:image/png;base64," + "A" * 200_000 + "'>",
        "<script>" + "if(a<b){c()}" * 70_000 + "</script><p>x</p>",
        "<li>one" * 5_000,
        "<p class='x'>word</p>" * 5_000,
        '<a title="' + "many words in a title " * 200 + '">x</a>',
    ],
)
def test_it_lets_heavy_but_honest_pages_through(html: str) -> None:
    guard.check_markup(html)

"""Pages within other sites, and oEmbed: framed by anybody, sandboxed, without a cookie; nothing hidden gets out."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from lxml import html

from tests.factories import QUOTE, make_company, make_move, make_person, make_report, make_signal
from tests.pages.conftest import Read, words

MAKERS = [make_move, make_report, make_signal, make_company]


def asked(client: Client, address: str, **parameters: Any) -> Any:
    return client.get("/oembed", {"url": f"http://testserver{address}", **parameters})


@pytest.mark.parametrize("make", MAKERS)
def test_a_page_tells_how_it_is_embedded(client: Client, db: None, make: Any) -> None:
    row = make()
    page = html.fromstring(client.get(row.get_absolute_url()).content)
    [link] = page.cssselect('link[type="application/json+oembed"]')
    answer = client.get(link.get("href")).json()
    frame = html.fromstring(answer["html"])
    assert frame.get("src") == f"http://testserver{row.get_absolute_url()}embed/"
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert answer["title"] == frame.get("title")


@pytest.mark.parametrize("make", MAKERS)
def test_only_that_page_may_be_framed_and_it_sets_no_cookie(client: Client, db: None, make: Any) -> None:
    address = make().get_absolute_url()
    framed, page = client.get(f"{address}embed/"), client.get(address)
    assert framed.headers["Content-Security-Policy"].endswith("frame-ancestors *")
    assert "X-Frame-Options" not in framed.headers
    assert not framed.cookies
    assert "Cookie" not in framed.headers.get("Vary", "")
    assert page.headers["X-Frame-Options"] == "DENY"


def test_it_shows_the_sentence_the_status_and_the_quote(read: Read) -> None:
    move = make_move(make_person("Ada Quill"), destination=make_company("Tern AI"), status="rumoured")
    page = read(f"{move.get_absolute_url()}embed/")
    shown = words(page)
    for part in ("Rumoured: Ada Quill joined Tern AI, according to two people", QUOTE, "The Daily Ledger"):
        assert part in shown
    assert page.cssselect("meta[name=robots][content=noindex]")


@pytest.mark.parametrize("rows", [1, 20])
def test_a_companys_shows_its_newest_moves_in_two_queries(
    read: Read, django_assert_num_queries: Any, rows: int
) -> None:
    tern = make_company("Tern AI")
    for _ in range(rows):
        make_move(destination=tern, origin=None)
    with django_assert_num_queries(2):
        page = read("/companies/tern-ai/embed/")
    assert len(page.cssselect("li")) == min(rows, 5)


def test_it_is_in_the_language_of_the_address(client: Client, db: None) -> None:
    make_company("Tern AI", name_zh="燕鸥智能")
    answer = asked(client, "/zh-hans/companies/tern-ai/").json()
    assert answer["title"] == "燕鸥智能"
    assert "/zh-hans/companies/tern-ai/embed/" in answer["html"]


def test_the_frame_fits_what_is_asked_for(client: Client, db: None) -> None:
    make_company("Tern AI")
    answer = asked(client, "/companies/tern-ai/", maxwidth=320, maxheight=9999).json()
    assert (answer["width"], answer["height"]) == (320, 300)
    assert 'sandbox="allow-popups' in answer["html"]


@pytest.mark.parametrize("address", ["/flows/", "/compensation/picture/", "/companies/tern-ai/pictures/net/"])
def test_a_picture_is_embedded_as_it_was_asked_for(client: Client, db: None, address: str) -> None:
    make_company("Tern AI")
    answer = asked(client, f"{address}?after=2024").json()
    frame = html.fromstring(answer["html"]).get("src")
    assert (frame, answer["height"]) == (f"http://testserver{address}embed/?after=2024", 560)
    assert client.get(frame).headers["Content-Security-Policy"].endswith("frame-ancestors *")


def test_no_picture_of_what_was_taken_back_is_embedded(client: Client, db: None) -> None:
    make_company("Tern AI", visibility="hidden")
    assert asked(client, "/companies/tern-ai/pictures/net/").status_code == 404


def test_a_title_cannot_leave_its_attribute(client: Client, db: None) -> None:
    make_company('"><script>alert(1)</script>', slug="odd")
    assert "<script>" not in asked(client, "/companies/odd/").json()["html"]


@pytest.mark.parametrize("address", ["/companies/nobody/", "/about/", "/people/", "/nowhere/", "", "/moves/x y/"])
def test_what_cannot_be_embedded_is_not_found(client: Client, db: None, address: str) -> None:
    assert asked(client, address).status_code == 404


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/moves/a/", "javascript:alert(1)", "//[", "", "http://testserver:1/"]
)
def test_an_address_of_another_site_is_not_found(client: Client, db: None, url: str) -> None:
    assert client.get(f"/oembed?url={quote(url)}").status_code == 404


@pytest.mark.parametrize("visibility", ["hidden", "withdrawn"])
def test_nothing_that_was_taken_back_is_embedded(client: Client, db: None, visibility: str) -> None:
    move = make_move(visibility=visibility)
    assert asked(client, move.get_absolute_url()).status_code == 404
    assert QUOTE not in client.get(f"{move.get_absolute_url()}embed/").content.decode()


@pytest.mark.parametrize(
    ("name", "value"), [("maxwidth", "wide"), ("maxheight", "-1"), ("maxwidth", "0"), ("maxwidth", "٣")]
)
def test_a_size_that_is_none_is_refused(client: Client, db: None, name: str, value: str) -> None:
    make_company("Tern AI")
    assert asked(client, "/companies/tern-ai/", **{name: value}).status_code == 400


def test_no_xml_is_written(client: Client, db: None) -> None:
    assert asked(client, "/about/", format="xml").status_code == 501

"""The cards of shared links: what stands on them, and that they are drawn once for each content."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from lxml import etree

from talent import cards
from talent.cards import HEIGHT, WIDTH, Card
from tests.factories import make_company, make_move, make_person, make_report, make_signal

SVG = "{http://www.w3.org/2000/svg}"


def texts(card: Card) -> list[str]:
    """The lines that are drawn."""
    return ["".join(text.itertext()) for text in etree.fromstring(cards.draw(card)).iter(f"{SVG}text")]


@pytest.mark.django_db
def test_it_says_what_how_firmly_and_who_says_so() -> None:
    move = make_move(make_person("Ada Quill"), destination=make_company("Tern AI"), status="rumoured", reporters=3)
    shown = " ".join(texts(cards.of_row(move)))
    for part in ("Talent Ledger", "rumoured", "Rumoured: Ada Quill joined Tern AI", "according to two people",
                 "3 independent reporters", "3 Mar 2025"):  # fmt: skip
        assert part in shown


@pytest.mark.django_db
def test_it_is_in_the_language_of_the_page() -> None:
    move = make_move(make_person("Ada Quill", name_zh="阿达·奎尔"), destination=make_company("Tern", name_zh="燕鸥"))
    with translation.override("zh-hans"):
        assert "阿达·奎尔" in "".join(texts(cards.of_row(move)))


@pytest.mark.parametrize("words", ["a" * 2_000, "word " * 400, "字" * 900, "<&>\"'", ""])
def test_any_words_stay_on_it(words: str) -> None:
    drawn = etree.fromstring(cards.draw(Card(words, words[:300], "denied", "denied")))
    assert all(float(text.get("y")) < HEIGHT and float(text.get("x")) < WIDTH for text in drawn.iter(f"{SVG}text"))


def test_long_words_are_set_smaller_and_then_cut() -> None:
    sizes = [max(int(text.get("font-size")) for text in etree.fromstring(cards.draw(Card(words))).iter(f"{SVG}text"))
             for words in ("short", "rather more words than fit in one line " * 4)]  # fmt: skip
    assert sizes[0] > sizes[1]
    assert texts(Card("words " * 400))[-2].endswith("…")


def test_no_line_begins_with_a_closing_mark() -> None:
    lines = texts(Card("燕鸥智能的首席科学家阿达奎尔离职后加入北风，" * 4))
    assert not any(line.startswith("，") for line in lines)


@pytest.mark.parametrize("make", [make_move, make_report, make_signal, make_person, make_company])
def test_every_page_has_one(client: Client, db: None, make: Any) -> None:
    answer = client.get(f"{make().get_absolute_url()}card.png")
    assert answer.headers["Content-Type"] == "image/png"
    assert struct.unpack(">II", answer.content[16:24]) == (WIDTH, HEIGHT)


def test_it_is_kept_for_ever_under_the_address_of_its_content(client: Client, db: None) -> None:
    move = make_move()
    address, version = f"{move.get_absolute_url()}card.png", cards.of_row(move).version
    assert "immutable" in client.get(f"{address}?v={version}").headers["Cache-Control"]
    assert "immutable" not in client.get(f"{address}?v=another").headers["Cache-Control"]


def test_it_is_not_drawn_for_who_holds_it(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"{make_move().get_absolute_url()}card.png"
    etag = client.get(address).headers["ETag"]
    monkeypatch.setattr("talent.views.cards.png", lambda *_: pytest.fail("drawn once more"))
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(("visibility", "status"), [("hidden", 404), ("withdrawn", 410)])
def test_there_is_none_of_what_was_taken_back(client: Client, db: None, visibility: str, status: int) -> None:
    assert client.get(f"{make_move(visibility=visibility).get_absolute_url()}card.png").status_code == status


@pytest.mark.parametrize("indexable", [True, False])
def test_it_stays_out_of_search_engines_like_its_page(client: Client, db: None, indexable: bool) -> None:
    move = make_move(make_person(indexable=indexable))
    for row in (move, move.person):
        answer = client.get(f"{row.get_absolute_url()}card.png")
        assert answer.headers.get("X-Robots-Tag") == (None if indexable else "noindex")


def test_a_page_without_one_of_its_own_has_the_sites(client: Client, db: None) -> None:
    assert b'content="http://testserver/card.png' in client.get("/about/").content
    assert client.get("/card.png").status_code == 200

"""One box for everything."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_article, make_claim, make_company, make_move, make_person
from tests.pages.conftest import Read, words


@pytest.mark.parametrize("asked", ["quill", "阿达", "奎尔"])
def test_it_finds_people_in_any_script(read: Read, asked: str) -> None:
    make_person("Ada Quill", name_zh="阿达·奎尔")
    [hit] = read(f"/search?q={asked}").cssselect("section[aria-labelledby=people] li")
    assert words(hit) == "Ada Quill 阿达·奎尔"


def test_it_finds_companies_moves_and_quotes(read: Read) -> None:
    make_move(claim=make_claim(article=make_article("Tern AI hired her."), quote="Tern AI hired her"),
              destination=make_company("Tern AI"))  # fmt: skip
    page = read("/search?q=tern")
    for group in ("companies", "moves", "quotes"):
        assert page.cssselect(f"section[aria-labelledby={group}]")


def test_it_finds_nothing_hidden(read: Read) -> None:
    ada = make_person("Ada Quill", visibility="hidden")
    make_move(ada, claim=make_claim(quote="Ada Quill has left"), visibility="hidden")
    assert "Nothing was found for “quill”" in words(read("/search?q=quill"))


@pytest.mark.parametrize("asked", ["", "%20", "%00", "%27%22%3C%3E", "%25%25", "x" * 3000])
def test_it_takes_any_words(read: Read, asked: str) -> None:
    read(f"/search?q={asked}")


def test_it_leads_on_where_more_is_found(read: Read) -> None:
    for number in range(12):
        make_person(f"Ada Quill {number}")
    page = read("/search?q=quill")
    assert len(page.cssselect("section[aria-labelledby=people] li")) == 10
    assert page.cssselect("section[aria-labelledby=people] .more-link a")[0].get("href") == "/people/?q=quill"


@pytest.mark.parametrize("rows", [1, 12])
def test_it_makes_four_queries(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_move()
    with django_assert_num_queries(4):
        read("/search?q=quill")

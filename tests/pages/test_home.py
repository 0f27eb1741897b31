"""The front page."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from talent.views import front
from tests.factories import QUOTE, make_move
from tests.pages.conftest import Read, hrefs, words


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


def test_it_says_what_this_is_and_leads_everywhere(read: Read) -> None:
    page = read("/")
    for noun in ("moves", "people", "companies", "compensation", "signals", "articles", "about"):
        assert f"/{noun}/" in hrefs(page)
    assert page.cssselect("form[action='/search'] input[name=q]")


def test_it_shows_the_newest_moves_with_their_quotes(read: Read) -> None:
    make_move(date="2024-02")
    make_move(date="2025-02")
    facts = read("/").cssselect("tbody.fact")
    assert [words(f.cssselect(".when")[0]) for f in facts] == ["Feb 2025", "Feb 2024"]
    assert QUOTE in words(facts[0])


def test_it_counts_what_is_public(read: Read) -> None:
    make_move()
    make_move(visibility="hidden")
    tallies = [words(t) for t in read("/").cssselect(".tally")]
    assert tallies == ["1", "2", "4", "0", "0", "2"]


def test_it_never_counts_further_than_needed(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "COUNTED_UP_TO", 2)
    for _ in range(4):
        make_move()
    assert words(read("/").cssselect(".tally")[0]) == "2+"


def test_it_counts_anew_while_there_is_little_to_count(read: Read) -> None:
    assert words(read("/").cssselect(".tally")[0]) == "0"
    make_move()
    assert words(read("/").cssselect(".tally")[0]) == "1"


@pytest.mark.parametrize("rows", [1, 50])
def test_of_much_it_makes_two_queries_and_then_one(
    read: Read, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(front, "WORTH_KEEPING", 1)
    for _ in range(rows):
        make_move()
    with django_assert_num_queries(2):
        read("/")
    with django_assert_num_queries(1):
        read("/")


def test_it_is_worth_reading_while_empty(read: Read) -> None:
    assert "Nothing has been recorded yet" in words(read("/"))

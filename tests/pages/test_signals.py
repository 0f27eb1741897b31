"""The list of signals."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import QUOTE, make_company, make_signal
from tests.pages.conftest import Read, words


def test_it_shows_the_number_with_its_unit_and_quote(read: Read) -> None:
    make_signal(make_company("Tern AI"), metric="layoffs", value_min=200, value_max=300, team="Research")
    [fact] = read("/signals/").cssselect("tbody.fact")
    for part in ("Tern AI", "Research", "layoffs", "200 to 300 people", QUOTE, "reported"):
        assert part in words(fact)


def test_it_says_that_a_practice_has_no_number(read: Read) -> None:
    make_signal(metric="practice", value_min=None, unit="")
    assert "no number" in words(read("/signals/").cssselect("tbody.fact")[0])


def test_it_filters_by_metric(read: Read) -> None:
    make_signal(metric="layoffs")
    make_signal()
    assert len(read("/signals/?metric=layoffs").cssselect("tbody.fact")) == 1


@pytest.mark.parametrize("rows", [1, 50])
def test_it_makes_two_queries_for_any_number(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_signal()
    with django_assert_num_queries(2):
        read("/signals/")

"""The list of compensation reports."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import QUOTE, make_company, make_report
from tests.pages.conftest import Read, words


def test_it_shows_currency_period_part_and_kind_with_the_quote(read: Read) -> None:
    make_report(make_company("Tern AI"), amount_max=None, population="senior researchers", component="equity")
    [fact] = read("/compensation/").cssselect("tbody.fact")
    for part in ("Tern AI", "over $1 million per year", "equity, offered", "senior researchers", QUOTE, "reported"):
        assert part in words(fact)


def test_it_says_when_the_company_is_not_named(read: Read) -> None:
    make_report()
    report = make_report()
    type(report).objects.filter(pk=report.pk).update(company=None)
    assert "not named" in words(read("/compensation/").cssselect("tbody.fact td.who")[0])


def test_it_filters_by_amount_and_currency(read: Read) -> None:
    make_report(amount_min=5_000_000, amount_max=None)
    make_report()
    assert len(read("/compensation/?min_amount=3000000&currency=usd").cssselect("tbody.fact")) == 1


@pytest.mark.parametrize("rows", [1, 50])
def test_it_makes_two_queries_for_any_number(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_report()
    with django_assert_num_queries(2):
        read("/compensation/")

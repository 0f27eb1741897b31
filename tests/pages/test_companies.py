"""The list of companies, and one company."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_company, make_move, make_report, make_signal
from tests.pages.conftest import Read, hrefs, words


def test_it_shows_both_names_the_parent_and_how_many_came_and_went(read: Read) -> None:
    parent = make_company("Larkspur Group")
    tern = make_company("Tern AI", name_zh="燕鸥智能", parent=parent)
    make_move(destination=tern)
    make_move(destination=tern, visibility="hidden")
    row = next(r for r in read("/companies/").cssselect("tbody tr") if "Tern AI" in words(r))
    assert [words(cell) for cell in row.cssselect("td")] == ["Tern AI 燕鸥智能", "Larkspur Group", "1", "0"]


@pytest.mark.parametrize("name", ["燕鸥", "tern", "TernAI Inc"])
def test_it_finds_a_company_by_any_name(read: Read, name: str) -> None:
    make_company("Tern AI", name_zh="燕鸥智能", aliases=("TernAI Inc",))
    make_company("Fernhill")
    assert len(read(f"/companies/?q={name}").cssselect("tbody tr")) == 1


@pytest.mark.parametrize("visibility", ["hidden", "withdrawn"])
def test_it_lists_no_company_that_was_taken_back(read: Read, visibility: str) -> None:
    make_company(visibility=visibility)
    assert not read("/companies/").cssselect("tbody tr")


@pytest.mark.parametrize("rows", [1, 50])
def test_its_list_makes_one_query(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_move()
    with django_assert_num_queries(1):
        read("/companies/")


def test_it_sorts_a_companys_moves_into_arrivals_departures_and_changes_within(read: Read) -> None:
    tern = make_company("Tern AI")
    make_move(destination=tern, origin=make_company())
    make_move(origin=tern, destination=None, kind="departure")
    make_move(origin=tern, destination=tern, kind="internal")
    page = read("/companies/tern-ai/")
    for section in ("arrivals", "departures", "internal"):
        assert len(page.cssselect(f"section[aria-labelledby={section}] tbody.fact")) == 1


def test_it_shows_pay_signals_names_parts_and_parent(read: Read) -> None:
    tern = make_company("Tern AI", name_zh="燕鸥智能", aliases=("TernAI",), parent=make_company("Larkspur Group"))
    make_company("Tern Robotics", parent=tern)
    make_company("Tern Hidden", parent=tern, visibility="hidden")
    make_report(tern)
    make_signal(tern)
    page = read("/companies/tern-ai/")
    shown = words(page)
    for part in (
        "燕鸥智能",
        "TernAI",
        "Part of Larkspur Group",
        "Tern Robotics",
        "$1 million to $2 million per year",
        "500",
    ):
        assert part in shown
    assert "Tern Hidden" not in shown
    assert "/companies/tern-robotics/" in hrefs(page)


def test_it_says_what_has_not_been_recorded(read: Read) -> None:
    make_company("Tern AI")
    assert "No arrival has been recorded." in words(read("/companies/tern-ai/"))


@pytest.mark.parametrize(("visibility", "status"), [("hidden", 404), ("withdrawn", 410)])
def test_it_answers_by_visibility(read: Read, visibility: str, status: int) -> None:
    make_company("Tern AI", visibility=visibility)
    read("/companies/tern-ai/", status=status)


@pytest.mark.parametrize("rows", [1, 30])
def test_its_page_makes_few_queries(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    tern = make_company("Tern AI")
    for _ in range(rows):
        make_move(destination=tern, origin=make_company())
        make_report(tern)
        make_signal(tern)
    with django_assert_num_queries(5):
        page = read("/companies/tern-ai/")
    assert len(page.cssselect("section[aria-labelledby=arrivals] tbody.fact")) == min(rows, 25)

"""The list of moves."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import html

from tests.factories import QUOTE, make_article, make_claim, make_company, make_move, make_person
from tests.pages.conftest import Read, hrefs, words


def test_it_shows_every_move_with_its_quote_source_and_status(read: Read) -> None:
    claim = make_claim()
    move = make_move(claim=claim, status="rumoured", reporters=2)
    [fact] = read("/moves/").cssselect("tbody.fact")
    shown = words(fact)
    for part in (QUOTE, "according to two people", "The Daily Ledger", "2 independent reporters", "rumoured"):
        assert part in shown
    assert move.get_absolute_url() in hrefs(fact)
    assert f"/articles/{claim.article.public_id}/#claim-{claim.public_id}" in hrefs(fact)


def test_it_tags_a_quote_with_its_language(read: Read) -> None:
    make_move(claim=make_claim(article=make_article(language="zh")))
    assert read("/moves/").cssselect("blockquote")[0].get("lang") == "zh"


def test_it_shows_a_group_by_its_bounds(read: Read) -> None:
    make_move(cohort_text="seven of the authors", cohort_min=7, cohort_of=14, origin=make_company())
    assert "at least 7 of 14 people" in words(read("/moves/").cssselect("td.who")[0])


@pytest.mark.parametrize(
    ("status", "arrow"), [("reported", "→"), ("rumoured", "⇢"), ("denied", "↛"), ("declined", "↛")]
)
def test_it_draws_what_did_not_happen_differently(read: Read, status: str, arrow: str) -> None:
    make_move(status=status)
    page = read("/moves/")
    assert words(page.cssselect(".arrow")[0]) == arrow
    assert page.cssselect(f"tbody.is-{status} .badge-{status}")


def test_it_says_when_no_date_is_stated(read: Read) -> None:
    make_move(date="")
    assert "date not stated" in words(read("/moves/").cssselect("td.when")[0])


@pytest.mark.parametrize("visibility", ["hidden", "withdrawn"])
def test_it_leaves_out_what_was_taken_back(read: Read, visibility: str) -> None:
    make_move(visibility=visibility)
    assert not read("/moves/").cssselect("tbody.fact")


def test_it_filters_by_company_and_says_so(read: Read) -> None:
    tern = make_company("Tern AI")
    make_move(destination=tern)
    make_move()
    page = read("/moves/?to=tern-ai")
    assert len(page.cssselect("tbody.fact")) == 1
    [chip, _all] = page.cssselect(".chips li")
    assert words(chip).startswith("To: Tern AI")
    assert hrefs(chip) == ["?"]
    assert "“Moves – To: Tern AI”" in words(page)


def test_it_keeps_the_filters_in_the_form(read: Read) -> None:
    page = read("/moves/?q=Quill&status=reported&status=denied&year=2025&sort=oldest")
    assert page.cssselect("#filter-q")[0].get("value") == "Quill"
    assert page.cssselect("#filter-year")[0].get("value") == "2025"
    assert [box.get("value") for box in page.cssselect("input[checked]")] == ["reported", "denied"]
    assert page.cssselect("#filter-sort option[selected]")[0].get("value") == "oldest"


def test_it_explains_an_unknown_parameter_beside_the_form(read: Read) -> None:
    page = read("/moves/?yeer=2024", status=400)
    assert "did you mean “year”" in words(page.cssselect("form.filters [role=alert]")[0])


def test_it_marks_the_field_with_a_bad_value(read: Read) -> None:
    page = read("/moves/?after=soon", status=400)
    field = page.cssselect("#filter-after")[0]
    assert field.get("aria-invalid") == "true"
    assert words(page.get_element_by_id(field.get("aria-describedby"))).startswith("Give a year, a month or a day")
    assert page.cssselect("details.more")[0].get("open") is not None


@pytest.mark.parametrize(("parameter", "is_open"), [("status=denied", True), ("year=2025", False)])
def test_the_box_of_more_filters_stays_open_while_it_is_filled_in(
    client: Client, db: None, parameter: str, is_open: bool
) -> None:
    for trigger, wanted in (("filter-form", is_open), ("", False)):
        answer = client.get(f"/moves/?{parameter}", headers={"HX-Request": "true", "HX-Trigger": trigger})
        box = html.fromstring(answer.content).cssselect("details.more")[0]
        assert (box.get("open") is not None) == wanted


def test_it_offers_the_beginning_where_the_cursor_is_foreign(read: Read) -> None:
    page = read("/moves/?to=tern-ai&cursor=rubbish", status=400)
    assert "/moves/?to=tern-ai" in hrefs(page.cssselect("[role=alert]")[0])


def test_it_drops_empty_parameters_from_the_address(client: Client, db: None) -> None:
    assert client.get("/moves/?q=&to=tern-ai&from=").headers["Location"] == "/moves/?to=tern-ai"


def test_it_finds_a_company_by_its_chinese_name(client: Client, db: None) -> None:
    assert client.get("/moves/?from=谷歌").headers["Location"] == "/moves/?from=google"


def test_it_walks_through_every_move_once(read: Read) -> None:
    for _ in range(120):
        make_move(make_person(), origin=make_company(), destination=None, kind="departure")
    seen, address = [], "/moves/"
    while address:
        page = read(address)
        seen += [words(cell) for cell in page.cssselect("tbody.fact td.who")]
        following = page.cssselect("a[rel=next]")
        address = f"/moves/{following[0].get('href')}" if following else ""
    assert len(seen) == len(set(seen)) == 120


def test_it_helps_where_nothing_fits(read: Read) -> None:
    assert "Nothing here fits all of these filters" in words(read("/moves/?q=nobody").cssselect(".empty")[0])


def test_it_says_when_nothing_is_there_at_all(read: Read) -> None:
    assert "Nothing has been recorded yet" in words(read("/moves/").cssselect(".empty")[0])


@pytest.mark.parametrize("rows", [1, 50])
def test_it_makes_two_queries_for_any_number_of_moves(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_move()
    # The page, and what the list could be narrowed to.
    with django_assert_num_queries(2):
        read("/moves/")


def test_it_escapes_what_a_reader_and_an_article_write(read: Read) -> None:
    quote = "<script>alert(1)</script> has joined"
    make_move(claim=make_claim(article=make_article(f"{quote}."), quote=quote))
    page = read("/moves/?q=%3Cscript%3E")
    assert not [s for s in page.iter("script") if s.get("src") is None]
    assert words(page.cssselect("blockquote")[0]) == quote

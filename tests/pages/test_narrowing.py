"""The choices beside a list of facts, as a reader without script uses them."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from talent import facets
from talent.views import narrowing
from tests.factories import make_company, make_move, make_person, make_report, make_signal
from tests.pages.conftest import Read, hrefs, words


def options(page: html.HtmlElement, name: str) -> dict[str, str]:
    """The options of a parameter, each with where it leads."""
    [group] = page.cssselect(f"section[aria-labelledby=facet-{name}]")
    return {words(link): str(link.get("href")) for link in group.iter("a")}


@pytest.fixture
def moves(db: None) -> None:
    tern, lark = make_company("Tern AI", name_zh="燕鸥"), make_company("Lark")
    make_move(make_person("Ada Quill"), origin=tern, destination=lark, status="rumoured", role_family="research")
    make_move(origin=tern, destination=lark, reporters=3)
    make_move(origin=lark, destination=None, kind="departure")


def test_it_says_how_long_the_list_is(read: Read, moves: None) -> None:
    assert words(read("/moves/").cssselect(".tally")[0]) == "3 entries"
    assert words(read("/moves/?status=rumoured").cssselect(".tally")[0]) == "1 entry"


def test_it_offers_values_with_what_they_would_leave(read: Read, moves: None) -> None:
    page = read("/moves/")
    assert options(page, "from") == {"Tern AI 2": "?from=tern-ai", "Lark 1": "?from=lark"}
    assert options(page, "role") == {"research 1": "?role=research"}
    assert options(page, "min_reporters") == {"2 or more 1": "?min_reporters=2", "3 or more 1": "?min_reporters=3"}


def test_it_names_companies_in_the_readers_script(read: Read, moves: None) -> None:
    assert "燕鸥 2" in options(read("/zh-hans/moves/"), "from")


def test_it_adds_a_value_to_those_chosen_and_takes_it_away_again(read: Read, moves: None) -> None:
    page = read("/moves/?status=rumoured&sort=oldest")
    assert options(page, "status") == {
        "reported 2": "?status=rumoured&status=reported&sort=oldest",
        "rumoured × remove": "?sort=oldest",
    }
    [chosen] = page.cssselect(".facets [aria-current]")
    assert words(chosen).startswith("rumoured")


def test_it_puts_one_value_in_the_place_of_another_where_there_is_but_one(read: Read, moves: None) -> None:
    make_move(cohort_text="some of them", origin=make_company())
    assert options(read("/moves/?cohort=no"), "cohort") == {
        "unnamed groups 1": "?cohort=yes",
        "named people × remove": "?",
    }


def test_a_chosen_company_goes_by_its_name(read: Read, moves: None) -> None:
    assert options(read("/moves/?from=tern-ai"), "from") == {"Tern AI × remove": "?"}
    assert options(read("/moves/?from=nobody"), "from") == {"nobody × remove": "?"}


def test_it_leaves_the_page_behind_where_the_list_changes(read: Read, moves: None) -> None:
    for _ in range(60):
        make_move()
    address = read("/moves/").cssselect("a[rel=next]")[0].get("href")
    assert not [link for link in hrefs(read(f"/moves/{address}").cssselect(".facets")[0]) if "cursor" in link]


def test_it_offers_nothing_that_would_leave_everything(read: Read) -> None:
    make_move(reporters=1)
    page = read("/moves/")
    assert not page.cssselect("section[aria-labelledby=facet-kind]")
    assert not page.cssselect("section[aria-labelledby=facet-language]")


def test_counts_of_a_long_list_are_lower_bounds(read: Read, moves: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (facets, narrowing):
        monkeypatch.setattr(module, "LOOKED_AT", 2)
    page = read("/moves/?cohort=no")
    assert words(page.cssselect(".tally")[0]) == "2+ entries"
    # What was not met may yet be there: it is offered, and nothing is said of how often.
    assert options(page, "status")["denied"] == "?cohort=no&status=denied"


def test_the_list_of_all_moves_knows_its_length_by_the_tallies(
    read: Read, moves: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    for module in (facets, narrowing):
        monkeypatch.setattr(module, "LOOKED_AT", 2)
    with django_assert_num_queries(3):
        page = read("/moves/?sort=oldest")
    assert words(page.cssselect(".tally")[0]) == "3 entries"
    assert list(options(page, "kind")) == ["hire 2", "departure 1"]
    assert list(options(page, "status")) == ["reported 2", "rumoured 1"]


def test_it_says_which_filter_to_give_up_where_nothing_fits(read: Read, moves: None) -> None:
    [empty] = read("/moves/?from=tern-ai&kind=departure").cssselect(".empty")
    assert hrefs(empty) == ["?from=tern-ai", "?kind=departure"]
    assert "without Kind: departure 2" in words(empty)


def test_it_offers_no_choice_where_the_question_is_wrong(read: Read, moves: None) -> None:
    assert not read("/moves/?year=soon", status=400).cssselect(".facets")


@pytest.mark.parametrize(("address", "name"), [("/compensation/", "component"), ("/signals/", "metric")])
def test_the_other_lists_have_theirs(read: Read, address: str, name: str) -> None:
    make_report(component="equity")
    make_report()
    make_signal(metric="layoffs")
    make_signal()
    assert len(options(read(address), name)) == 2


def test_search_engines_find_the_list_and_none_of_its_states(read: Read, moves: None) -> None:
    assert not read("/moves/").cssselect("meta[name=robots]")
    [robots] = read("/moves/?q=quill").cssselect("meta[name=robots]")
    assert robots.get("content") == "noindex, follow"
    assert {link.get("rel") for link in read("/moves/").cssselect(".facets a")} == {"nofollow"}


def test_it_asks_twice_more_where_nothing_fits(read: Read, moves: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        read("/moves/?from=tern-ai&kind=departure&language=zh")


def test_it_escapes_what_a_reader_writes(read: Read, moves: None) -> None:
    page = read("/moves/?person=%22%3E%3Cscript%3E")
    assert not [s for s in page.iter("script") if s.get("src") is None and "ld+json" not in str(s.get("type"))]

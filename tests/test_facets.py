"""What a list could be narrowed to, counted within a bounded walk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from talent import facets as module
from talent.facets import Choice, Facets, facets, relief
from talent.filters import CompensationReportFilter, MoveFilter, SignalFilter
from talent.models import Company, CompensationReport, Move, Signal
from tests.factories import make_article, make_claim, make_company, make_move, make_report, make_signal

pytestmark = pytest.mark.django_db
LISTS: dict[str, Any] = {
    "moves": (MoveFilter, Move),
    "compensation": (CompensationReportFilter, CompensationReport),
    "signals": (SignalFilter, Signal),
}


def ask(noun: str, query: str = "") -> Facets:
    filterset, model = LISTS[noun]
    asked = filterset(QueryDict(query), queryset=model.objects.for_list())
    assert asked.is_valid(), asked.errors
    return facets(noun, asked, QueryDict(query))


def counts(found: Facets, name: str) -> dict[str, int]:
    return {choice.value: choice.count for choice in found.choices[name]}


@pytest.fixture
def moves() -> dict[str, Company]:
    """Three hires and a departure of a group, between two companies."""
    tern, lark = make_company("Tern AI", name_zh="燕鸥"), make_company("Lark")
    chinese = make_claim(article=make_article(language="zh"))
    hire: dict[str, Any] = {"origin": tern, "destination": lark, "kind": "hire", "role_family": "research"}
    make_move(**hire, status="confirmed", date="2024-03", reporters=5)
    make_move(**hire, status="rumoured", date="2024-05", claim=chinese, reporters=2)
    make_move(**hire, status="rumoured", date="2023-12/2024-01")
    make_move(origin=lark, kind="departure", cohort_text="two of them", date="", sort_date=date(2022, 1, 1))
    return {"tern": tern, "lark": lark}


def test_it_counts_every_choice_of_moves(moves: dict[str, Company]) -> None:
    found = ask("moves")
    assert (found.total, found.whole) == (4, True)
    assert counts(found, "from") == {"tern-ai": 3, "lark": 1}
    assert counts(found, "to") == {"lark": 3}
    assert counts(found, "status") == {"confirmed": 1, "rumoured": 2, "reported": 1}
    assert counts(found, "kind") == {"hire": 3, "departure": 1}
    assert counts(found, "role") == {"research": 3}
    assert counts(found, "cohort") == {"no": 3, "yes": 1}
    assert counts(found, "language") == {"en": 3, "zh": 1}
    assert counts(found, "min_reporters") == {"2": 2, "3": 1, "5": 1}


def test_it_counts_a_date_in_every_year_it_can_lie_in(moves: dict[str, Company]) -> None:
    assert counts(ask("moves"), "year") == {"2024": 3, "2023": 1}


@pytest.mark.parametrize("name", sorted(module.WAYS["moves"]))
def test_a_count_is_what_the_list_then_holds(moves: dict[str, Company], name: str) -> None:
    for choice in ask("moves").choices[name]:
        asked = MoveFilter(QueryDict(f"{name}={choice.value}"), queryset=Move.objects.for_list())
        assert asked.qs.count() == choice.count


def test_it_names_companies_in_both_scripts(moves: dict[str, Company]) -> None:
    assert ask("moves").choices["from"][0].names == ("Tern AI", "燕鸥")


def test_a_choice_is_counted_whatever_was_chosen_of_its_own_parameter(moves: dict[str, Company]) -> None:
    found = ask("moves", "status=rumoured")
    assert found.total == 2
    assert counts(found, "status") == {"confirmed": 1, "rumoured": 2, "reported": 1}
    assert counts(found, "kind") == {"hire": 2}


def test_a_choice_is_counted_within_all_other_parameters(moves: dict[str, Company]) -> None:
    found = ask("moves", "status=rumoured&language=zh&min_reporters=2&cohort=no&role=research")
    assert found.total == 1
    assert counts(found, "status") == {"rumoured": 1}
    assert counts(found, "language") == {"zh": 1}


def test_it_offers_no_other_company_where_one_is_chosen(moves: dict[str, Company]) -> None:
    found = ask("moves", "from=tern-ai&sort=oldest&cursor=x")
    assert found.total == 3
    assert "from" not in found.choices
    assert counts(found, "to") == {"lark": 3}


def test_it_counts_moves_with_a_company_at_either_end(moves: dict[str, Company]) -> None:
    assert ask("moves", "company=lark").total == 4
    assert ask("moves", "company=tern-ai&status=confirmed").total == 1


def test_it_counts_within_the_words_searched(moves: dict[str, Company]) -> None:
    assert counts(ask("moves", "q=燕鸥"), "kind") == {"hire": 3}


def test_it_leaves_out_what_readers_may_not_see(moves: dict[str, Company]) -> None:
    make_move(visibility="hidden")
    make_move(destination=make_company(visibility="withdrawn"))
    assert ask("moves").total == 4


def test_it_looks_at_no_more_rows_than_it_says(moves: dict[str, Company], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOKED_AT", 2)
    found = ask("moves")
    assert not found.whole
    assert found.total == 3
    assert not ask("moves", "status=confirmed").whole


def test_it_counts_the_choices_of_compensation() -> None:
    make_report(make_company("Tern AI"), period="multi_year:4", kind="paid", component="equity", currency="CNY")
    make_report(make_company("Lark"))
    found = ask("compensation")
    assert counts(found, "company") == {"tern-ai": 1, "lark": 1}
    assert counts(found, "kind") == {"paid": 1, "offered": 1}
    assert counts(found, "component") == {"equity": 1, "total": 1}
    assert counts(found, "currency") == {"CNY": 1, "USD": 1}
    assert counts(found, "period") == {"multi_year": 1, "year": 1}
    assert ask("compensation", "min_amount=5000000&currency=usd").total == 0


def test_it_counts_the_choices_of_signals() -> None:
    make_signal(make_company("Tern AI"), metric="layoffs")
    make_signal(make_company("Lark"))
    assert counts(ask("signals"), "metric") == {"layoffs": 1, "headcount": 1}
    assert counts(ask("signals", "metric=layoffs"), "company") == {"tern-ai": 1}


@pytest.mark.parametrize("noun", LISTS)
def test_it_makes_one_query(noun: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        ask(noun, "status=rumoured&language=en")


@pytest.mark.parametrize("noun", LISTS)
def test_words_are_looked_up_first(noun: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        ask(noun, "status=rumoured&language=en&q=tern")


def test_it_tells_what_taking_a_parameter_away_would_bring(moves: dict[str, Company]) -> None:
    query = QueryDict("from=tern-ai&status=denied&kind=departure&sort=oldest")
    asked = MoveFilter(query, queryset=Move.objects.for_list())
    assert relief(asked, query) == []
    query = QueryDict("from=tern-ai&kind=departure&limit=5")
    asked = MoveFilter(query, queryset=Move.objects.for_list())
    assert relief(asked, query) == [Choice("kind", 3), Choice("from", 1)]


def test_nothing_is_asked_where_no_parameter_could_go(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert relief(MoveFilter(QueryDict(), queryset=Move.objects.for_list()), QueryDict()) == []

"""What is known of a text: who is named, which statements are recorded, and that no ambiguous name is decided."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.known import Known, Standing, look_up
from talent.models import Claim, Company, Move, Person
from tests.factories import make_company, make_person
from tests.test_settle import move, tell

pytestmark = pytest.mark.django_db

TOLD = "Ada Stone has left Larkspur to join Meta, two people said."


@pytest.fixture
def recorded() -> Move:
    """Ada Stone's move, as an article tells it."""
    tell(TOLD, move("Ada Stone", "Larkspur", "Meta"))
    return Move.objects.get()


def named(entries: Any) -> dict[str, list[str]]:
    return {each.name: [entity.name for entity in each.candidates] for each in entries}


def test_a_statement_that_the_ledger_knows_comes_with_its_fact(recorded: Move) -> None:
    text = "The fog was thick. Ada Stone has left Larkspur to join Meta in March."
    [statement] = look_up(text).statements
    assert (statement.standing, list(statement.facts)) == (Standing.KNOWN, [recorded])
    assert statement.quote == text[statement.start : statement.end]


def test_another_move_of_the_same_person_is_near(recorded: Move) -> None:
    [statement] = look_up("Ada Stone left Meta for Tern AI.").statements
    assert (statement.standing, list(statement.facts)) == (Standing.NEAR, [recorded])


def test_what_nobody_has_reported_is_unknown(recorded: Move) -> None:
    [statement] = look_up("Bo Reed has left Larkspur to join Meta.").statements
    assert (statement.standing, statement.facts) == (Standing.UNKNOWN, ())


def test_a_chinese_text_is_read_alike(recorded: Move) -> None:
    tell(
        "艾达·斯通（Ada Stone）已离开Larkspur，加入Meta。",
        move("Ada Stone", "Larkspur", "Meta", aliases=("艾达·斯通",)),
    )
    known = look_up("据报道，艾达·斯通已从Larkspur离职，加入Meta。")
    assert known.language == "zh"
    assert named(known.people) == {"艾达·斯通": ["Ada Stone"]}
    assert [statement.standing for statement in known.statements] == [Standing.KNOWN]


def test_people_and_companies_are_found_by_whole_names(recorded: Move) -> None:
    known = look_up("Larkspur said nothing. ADA STONE, formerly of Larkspur, sat beside Stoneham of Metabase.")
    assert named(known.companies) == {"Larkspur": ["Larkspur"]}
    assert [(each.start, each.count) for each in known.companies] == [(0, 2)]
    assert named(known.people) == {"ADA STONE": ["Ada Stone"]}


def test_the_longer_of_two_names_counts() -> None:
    make_company("Tern")
    make_company("Tern Research")
    assert named(look_up("They met at Tern Research yesterday.").companies) == {"Tern Research": ["Tern Research"]}


def test_of_a_name_that_several_bear_all_are_listed() -> None:
    make_person("Wei Zhang", slug="one")
    make_person("Wei Zhang", slug="two")
    [each] = look_up("Wei Zhang was there.").people
    assert each.is_open
    assert {person.slug for person in each.candidates} == {"one", "two"}


def test_a_merged_company_is_the_whole() -> None:
    whole, part = make_company("Lanternlight"), make_company("Glow Research")
    Company.objects.filter(pk=part.pk).update(merged_into=whole)
    assert named(look_up("Glow Research closed.").companies) == {"Glow Research": ["Lanternlight"]}


def test_nothing_hidden_is_told(recorded: Move) -> None:
    Person.objects.update(visibility="hidden")
    known = look_up(TOLD)
    assert (known.people, known.moves) == ((), ())
    assert [(statement.standing, statement.facts) for statement in known.statements] == [(Standing.UNKNOWN, ())]


def test_a_withdrawn_fact_is_not_told(recorded: Move) -> None:
    Move.objects.update(visibility="withdrawn")
    known = look_up(TOLD)
    assert known.moves == ()
    assert [statement.facts for statement in known.statements] == [()]


def test_what_editors_rejected_is_not_told(recorded: Move) -> None:
    Claim.objects.update(review="rejected")
    assert [statement.standing for statement in look_up(TOLD).statements] == [Standing.UNKNOWN]


def test_other_moves_of_those_named_are_shown(recorded: Move) -> None:
    assert look_up("Ada Stone likes tea.").moves == (recorded,)
    assert look_up("Larkspur and Meta both like tea.").moves == (recorded,)
    assert look_up(TOLD).moves == ()


def test_a_text_that_names_nobody_gives_nothing(recorded: Move) -> None:
    assert not look_up("The weather was fine.")


def test_a_status_is_kept_apart_from_the_ledgers(recorded: Move) -> None:
    [statement] = look_up("Ada Stone denied that she would leave Larkspur for Meta.").statements
    assert statement.status != recorded.status
    assert statement.facts == (recorded,)


@given(st.text(max_size=300))
@settings(max_examples=25, deadline=None)
def test_no_text_is_too_strange(text: str) -> None:
    assert isinstance(look_up(text), Known)


def test_only_the_first_characters_are_read(recorded: Move) -> None:
    assert not look_up("x " * 10_000 + TOLD)


def test_a_long_text_takes_no_more_queries(recorded: Move, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        make_person(f"Bo Reed{chr(97 + number)}")
    text = " ".join([TOLD, *(f"Bo Reed{chr(97 + number)} has left Larkspur to join Meta." for number in range(20))])
    with django_assert_max_num_queries(10):
        known = look_up(text)
    assert len(known.statements) == 21

"""Contradictions side by side, how a fact came to be known, who belongs with whom, and any page as known on a day."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.extraction import Cohort
from talent.accounts import accounts_of
from talent.disputes import disputes, rivals
from talent.life import as_known_on, life_cycle, reversals
from talent.members import circle
from talent.models import Claim, CompensationReport, Move
from tests.pages.conftest import Read, words
from tests.pages.conftest import read as read
from tests.test_settle import move, pay, tell

pytestmark = pytest.mark.django_db


def versions(fact: Any) -> dict[str, list[str]]:
    moves = list(Move.objects.of_person(fact.person)) if isinstance(fact, Move) and fact.person_id else []
    found = disputes(fact, list(fact.claims.as_evidence()), rivals(fact, moves))
    return {d.field: [v.value or v.fact.public_id for v in d.versions] for d in found}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"date": "2025-06-01"}, {"date": "2025-06-18"}, {"date": ["2025-06-01", "2025-06-18"]}),
        ({"date": "2025-06"}, {"date": "2025-06-18"}, {}),
        ({"status": "reported"}, {"status": "denied"}, {"status": ["reported", "denied"]}),
        ({"status": "rumoured"}, {"status": "confirmed"}, {}),
    ],
)
def test_it_sets_what_cannot_both_be_right_side_by_side(left: Any, right: Any, expected: Any) -> None:
    tell("One of Ada.", move("Ada Stone", "OpenAI", "Meta", **left), published="2025-06-20")
    tell("Two of Ada.", move("Ada Stone", "OpenAI", "Meta", **right), published="2025-06-21")
    assert versions(Move.objects.get()) == expected


def test_it_sets_two_destinations_side_by_side() -> None:
    tell("One of Ada.", move("Ada Stone", "OpenAI", "Meta"), published="2025-06-20")
    tell("Two of Ada.", move("Ada Stone", "OpenAI", "Baidu"), published="2025-06-21")
    first, second = Move.objects.order_by("first_seen")
    assert versions(first) == versions(second) == {"destination": [first.public_id, second.public_id]}


def test_it_sets_two_amounts_of_one_persons_pay_side_by_side() -> None:
    for low, high in ((5, 6), (7, 8)):
        claim = pay("Google", low, high)
        object.__setattr__(claim, "person", "Ada Stone")
        tell(f"Ada gets {low}.", claim)
    assert list(versions(CompensationReport.objects.first())) == ["amount"]


def test_it_sets_two_counts_of_one_group_side_by_side() -> None:
    for count in (7, 10):
        tell(f"{count} left.", move(None, "Meta", "OpenAI", cohort=Cohort(f"{count} people", min=count)))
    assert list(versions(Move.objects.first())) == ["count"]


def test_it_does_not_set_the_next_move_against_the_last() -> None:
    tell("One of Ada.", move("Ada Stone", "OpenAI", "Meta", date="2025-01"))
    tell("Two of Ada.", move("Ada Stone", "Meta", "Baidu", date="2025-04"))
    assert [versions(m) for m in Move.objects.all()] == [{}, {}]


# ------------------------------------------------------------------ life cycle


def told_in_three_steps() -> Move:
    for day, status in (("2025-06-01", "rumoured"), ("2025-06-05", "reported"), ("2025-06-09", "confirmed")):
        tell(f"It is {status}.", move("Ada Stone", "OpenAI", "Meta", status=status), published=day, outlet=status)
    return Move.objects.get()


def test_it_lists_each_status_on_the_day_it_was_first_given() -> None:
    stages = life_cycle(told_in_three_steps().claims.as_evidence())
    days = [(stage.day.isoformat(), stage.status) for stage in stages]
    assert days == [("2025-06-01", "rumoured"), ("2025-06-05", "reported"), ("2025-06-09", "confirmed")]


def test_it_knows_a_move_that_was_reversed() -> None:
    first = told_in_three_steps()
    tell("Ada is back.", move("Ada Stone", "Meta", "OpenAI", kind="return", date="2025-08"), published="2025-08-01")
    back = Move.objects.exclude(pk=first.pk).get()
    assert reversals(first, Move.objects.all()) == [back]
    assert reversals(back, Move.objects.all()) == []


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2025-05-31", []),
        ("2025-06-01", [("rumoured", 1)]),
        ("2025-06-06", [("reported", 2)]),
        ("2026-01-01", [("confirmed", 3)]),
    ],
)
def test_it_tells_what_was_known_on_a_day(day: str, known: Any) -> None:
    from datetime import date

    fact = told_in_three_steps()
    then = as_known_on(date.fromisoformat(day), [fact], Claim.objects.for_settling())
    assert [(f.status, f.reporters) for f in then] == known
    assert Move.objects.get().status == "confirmed"


# ------------------------------------------------------------------ groups and deals


def test_it_links_named_moves_to_their_group() -> None:
    tell("Seven left.", move(None, "Meta", None, cohort=Cohort("at least seven", min=7)), published="2025-06-20")
    tell("Ada left.", move("Ada Stone", "Meta", "OpenAI"), published="2025-06-25")
    tell("Bo left later.", move("Bo Reed", "Meta", None), published="2025-12-25")
    tell("Cy left another.", move("Cy Marsh", "Baidu", None), published="2025-06-25")
    group, ada = Move.objects.get(person=None), Move.objects.get(person__name="Ada Stone")
    assert circle(group).members == [ada]
    assert circle(ada).groups == [group]


def test_it_makes_one_deal_of_an_acquihire() -> None:
    for who in ("Ada Stone", "Bo Reed"):
        tell(f"{who} comes.", move(who, "Character.AI", "Google", kind="acquihire"), published="2025-06-25")
    tell("Cy comes, too.", move("Cy Marsh", "Character.AI", "Google"), published="2025-06-26")
    ada, bo = Move.objects.filter(kind="acquihire").order_by("person__name")
    assert set(circle(ada).deal) == set(circle(bo).deal) == {ada, bo}


# ------------------------------------------------------------------ pages


def test_its_page_shows_contradictions_and_steps(read: Read) -> None:
    fact = told_in_three_steps()
    tell("Ada denies.", move("Ada Stone", "OpenAI", "Meta", status="denied"), published="2025-06-12", outlet="Z")
    page = read(fact.get_absolute_url())
    assert [words(dt) for dt in page.cssselect(".versions dt")] == ["Whether"]
    assert len(page.cssselect("#life + ol > li")) == 4


def test_its_page_shows_who_of_a_group_is_named(read: Read) -> None:
    tell("Seven left.", move(None, "Meta", None, cohort=Cohort("at least seven", min=7)), published="2025-06-20")
    tell("Ada left.", move("Ada Stone", "Meta", "OpenAI"), published="2025-06-25")
    page = read(Move.objects.get(person=None).get_absolute_url())
    assert "1 named, of at least 7 people" in words(page)


@pytest.mark.parametrize("which", ["fact", "person", "company"])
def test_a_page_as_known_on_a_day_says_so(read: Read, which: str) -> None:
    fact = told_in_three_steps()
    shown = {"fact": fact, "person": fact.person, "company": fact.destination}[which]
    page = read(f"{shown.get_absolute_url()}?as_of=2025-06-02")
    assert "As known on 2 Jun 2025" in words(page.cssselect(".as-known")[0])
    assert page.cssselect("meta[name=robots][content=noindex]")
    assert "confirmed" not in words(page.cssselect("main")[0])


def test_a_fact_is_not_shown_before_it_was_told(read: Read) -> None:
    page = read(f"{told_in_three_steps().get_absolute_url()}?as_of=2024-01-01")
    assert "No article that was read had told of this by then." in words(page)


def test_it_refuses_what_is_no_day(client: Client) -> None:
    assert client.get(f"{told_in_three_steps().get_absolute_url()}?as_of=yesterday").status_code == 400


def test_its_accounts_leave_out_what_came_later() -> None:
    from datetime import date

    first = told_in_three_steps()
    tell("Elsewhere.", move("Ada Stone", "OpenAI", "Baidu"), published="2025-07-20")
    evidence = list(first.claims.as_evidence())
    assert accounts_of(first, evidence)["disputes"]
    assert not accounts_of(first, evidence, date(2025, 7, 1))["disputes"]

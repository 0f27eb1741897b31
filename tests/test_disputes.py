"""Contradictions side by side, how a fact came to be known, who belongs with whom, and any page as known on a day."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.extraction import Cohort, MoveEnd
from talent import merge
from talent.accounts import accounts_of
from talent.disputes import disputes, rivals
from talent.life import as_known_on, life_cycle, reversals
from talent.members import circle
from talent.models import Claim, CompensationReport, Judgement, Move
from talent.resolve import company_key, directory, resolve_companies
from talent.usefulness import disputed
from tests.pages.conftest import Read, words
from tests.pages.conftest import read as read
from tests.test_settle import move, pay, tell

pytestmark = pytest.mark.django_db


def versions(fact: Any) -> dict[str, list[str]]:
    moves = list(Move.objects.of_person(fact.person)) if isinstance(fact, Move) and fact.person_id else []
    found = disputes(
        fact, list(fact.claims.as_evidence()), rivals(fact, moves, companies=directory()), companies=directory()
    )
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


def told_of_pay(*reports: dict[str, Any]) -> list[CompensationReport]:
    """A report for each, in the order told: 5 to 6 million for AI researchers at Google, but for what is given."""
    for number, each in enumerate(reports):
        low, high = each.pop("amounts", (5, 6))
        claim = pay(each.pop("org", "Google"), low, high)
        for name, value in {"population": "AI researchers", **each}.items():
            object.__setattr__(claim, name, value)
        tell(f"Pay of the {number}th kind.", claim, published=f"2025-06-{number + 10}")
    return list(CompensationReport.objects.order_by("first_seen"))


@pytest.mark.parametrize("population", ["AI researchers", "the AI researcher", "Researchers of AI"])
def test_it_sets_two_amounts_of_one_populations_pay_side_by_side(population: str) -> None:
    first, second = told_of_pay({}, {"amounts": (7, 8), "population": population})
    assert versions(first) == versions(second) == {"amount": [first.public_id, second.public_id]}


@pytest.mark.parametrize(
    "other",
    [
        {"population": "senior AI researchers"},
        {"population": None},
        {"component": "bonus"},
        {"period": "month"},
        {"currency": "CNY"},
        {"kind": "typical"},
        {"org": "Meta"},
        {"amounts": (6, 8)},
        {"amounts": (None, 8)},
        {"amounts": (2, None)},
    ],
    ids=str,
)
def test_it_sets_no_amounts_against_each_other_that_can_both_be_right(other: dict[str, Any]) -> None:
    first, second = told_of_pay({}, {"amounts": (7, 8), **other})
    assert versions(first) == versions(second) == {}


def test_its_page_says_who_reports_which_pay_of_one_population(read: Read) -> None:
    first, _second = told_of_pay({}, {"amounts": (7, 8)})
    page = read(first.get_absolute_url())
    assert [words(dt) for dt in page.cssselect(".versions dt")] == ["Amount"]
    assert len(page.cssselect(".versions dd cite")) == 2


def test_it_sets_two_counts_of_one_group_side_by_side() -> None:
    for count in (7, 10):
        tell(f"{count} left.", move(None, "Meta", "OpenAI", cohort=Cohort(f"{count} people", min=count)))
    assert list(versions(Move.objects.first())) == ["count"]


def test_counts_of_two_groups_do_not_contradict_each_other() -> None:
    for count, whole in ((7, 14), (10, 68)):
        cohort = Cohort(f"{count} of the {whole} authors", min=count, of=whole)
        tell(f"{count} of {whole} left.", move(None, "Meta", None, cohort=cohort))
    assert [versions(group) for group in Move.objects.all()] == [{}, {}]


def test_it_does_not_set_the_next_move_against_the_last() -> None:
    tell("One of Ada.", move("Ada Stone", "OpenAI", "Meta", date="2025-01"))
    tell("Two of Ada.", move("Ada Stone", "Meta", "Baidu", date="2025-04"))
    assert [versions(m) for m in Move.objects.all()] == [{}, {}]


# ------------------------------------------------------------------ companies that editors called one


def judged_one(*names: str) -> Judgement:
    """The judgement that the first two companies are one."""
    keys = [company_key(name) for name in names]
    return merge.judge(*keys, "same", User.objects.get_or_create(username="erin")[0])


def test_two_companies_called_one_contradict_no_longer_until_that_is_undone() -> None:
    tell("One of Ada.", move("Ada Stone", "OpenAI", "Larkspur"), published="2025-06-20")
    tell("Two of Ada.", move("Ada Stone", "OpenAI", "Quillon"), published="2025-06-21")
    assert [list(versions(fact)) for fact in Move.objects.all()] == [["destination"]] * 2
    judgement = judged_one("Larkspur", "Quillon")
    assert versions(Move.objects.get()) == {}
    merge.undo(judgement, None)
    assert [list(versions(fact)) for fact in Move.objects.all()] == [["destination"]] * 2


def test_a_claim_of_a_merged_companys_parent_contradicts_nothing() -> None:
    """What the lexicon puts above a part stands above the whole, too."""
    tell("One of Ada.", move("Ada Stone", "OpenAI", "Quillon Instagram"), published="2025-06-20")
    tell("Two of Ada.", move("Ada Stone", "OpenAI", "Meta"), published="2025-06-21")
    assert list(versions(Move.objects.first())) == ["destination"]
    resolve_companies(["Instagram"], directory())
    judgement = judged_one("Quillon Instagram", "Instagram")
    assert versions(Move.objects.get()) == {}
    merge.undo(judgement, None)
    assert list(versions(Move.objects.first())) == ["destination"]


def test_a_way_back_is_known_under_another_name_of_the_company() -> None:
    tell("Ada goes.", move("Ada Stone", "Larkspur", "Meta", date="2025-01"), published="2025-01-01")
    tell("Ada is back.", move("Ada Stone", "Meta", "Quillon", date="2025-08"), published="2025-08-01")
    first, back = Move.objects.order_by("sort_date")
    assert reversals(first, [first, back], companies=directory()) == []
    judgement = judged_one("Larkspur", "Quillon")
    assert reversals(Move.objects.get(pk=first.pk), Move.objects.all(), companies=directory()) == [back]
    merge.undo(judgement, None)
    assert reversals(Move.objects.get(pk=first.pk), Move.objects.all(), companies=directory()) == []


def test_members_of_a_group_join_it_under_another_name_of_the_company() -> None:
    tell("Seven left.", move(None, "Quillon", None, cohort=Cohort("at least seven", min=7)), published="2025-06-20")
    tell("Ada left.", move("Ada Stone", "Larkspur", "OpenAI"), published="2025-06-25")

    def members() -> list[str]:
        around = accounts_of(group := Move.objects.get(person=None), list(group.claims.as_evidence()))
        return [named.person.name for named in around["members"]]

    assert members() == []
    judgement = judged_one("Larkspur", "Quillon")
    assert members() == ["Ada Stone"]
    merge.undo(judgement, None)
    assert members() == []


def test_members_join_a_group_of_the_house_that_their_company_was_called_part_of() -> None:
    tell("Seven left.", move(None, "Google", None, cohort=Cohort("at least seven", min=7)), published="2025-06-20")
    tell("Ada left.", move("Ada Stone", "Larkspur", "OpenAI"), published="2025-06-25")
    resolve_companies(["Google DeepMind"], directory())
    group = Move.objects.get(person=None)
    assert circle(group, companies=directory()).members == []
    judgement = judged_one("Larkspur", "Google DeepMind")
    assert [m.person.name for m in circle(group, companies=directory()).members] == ["Ada Stone"]
    merge.undo(judgement, None)
    assert circle(group, companies=directory()).members == []


def test_companies_called_one_make_a_claim_no_more_urgent() -> None:
    tell("One of Ada.", move("Ada Stone", "OpenAI", "Larkspur", date="2025-06"), published="2025-06-20")
    tell("Two of Ada.", move("Ada Stone", "OpenAI", None, date="2025-06"), published="2025-06-21")
    tell("Three of Ada.", move("Ada Stone", "OpenAI", "Quillon", date="2025-06"), published="2025-06-22")

    def dispute() -> bool:
        return disputed(list(Claim.objects.all()), directory())

    assert dispute()
    judgement = judged_one("Larkspur", "Quillon")
    assert not dispute()
    merge.undo(judgement, None)
    assert dispute()


def test_a_move_shows_the_role_that_is_told_under_either_name() -> None:
    tell("One.", move("Ada Stone", "OpenAI", "Larkspur"), published="2025-06-20")
    named = move("Ada Stone", "OpenAI", "Quillon")
    object.__setattr__(named, "destination", MoveEnd("Quillon", role="chief scientist"))
    tell("Two.", named, published="2025-06-21")
    judgement = judged_one("Larkspur", "Quillon")
    assert Move.objects.get().destination_role == "chief scientist"
    merge.undo(judgement, None)
    assert sorted(Move.objects.values_list("destination_role", flat=True)) == ["", "chief scientist"]


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
    assert reversals(first, Move.objects.all(), companies=directory()) == [back]
    assert reversals(back, Move.objects.all(), companies=directory()) == []


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
    assert circle(group, companies=directory()).members == [ada]
    assert circle(ada, companies=directory()).groups == [group]


def test_it_makes_one_deal_of_an_acquihire() -> None:
    for who in ("Ada Stone", "Bo Reed"):
        tell(f"{who} comes.", move(who, "Character.AI", "Google", kind="acquihire"), published="2025-06-25")
    tell("Cy comes, too.", move("Cy Marsh", "Character.AI", "Google"), published="2025-06-26")
    ada, bo = Move.objects.filter(kind="acquihire").order_by("person__name")
    assert set(circle(ada, companies=directory()).deal) == set(circle(bo, companies=directory()).deal) == {ada, bo}


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
    assert "1 known by name, of at least 7 people" in words(page)


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

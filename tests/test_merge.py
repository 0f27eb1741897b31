"""Judging identity: joined at once, undone at once, remembered by everything that is computed later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import html

from articles.extraction import Cohort, SignalClaim, Span
from talent import merge
from talent.exceptions import Refused
from talent.models import Alias, Claim, Company, CompensationReport, Judgement, Move, Person, Subject
from talent.rebuild import rebuild
from tests.knowledge import beliefs
from tests.pages.conftest import words
from tests.test_settle import move, pay, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def namesakes() -> tuple[Person, Person]:
    tell("About one Wei Zhang.", move("Wei Zhang", "Google", "Meta"), published="2025-01-01")
    tell("About another Wei Zhang.", move("Wei Zhang", "Baidu", "ByteDance"), published="2025-02-01")
    one, other = Person.objects.order_by("claims__article__published_at")
    return one, other


def spellings() -> tuple[Company, Company]:
    seven = Cohort("seven", min=7)
    tell("One of Ada.", move("Ada Stone", "Larkspur", "Meta"), move(None, "Larkspur", None, cohort=seven))
    tell("Two of Ada.", move("Ada Stone", "Larkspur Labs", "Meta"), move(None, "Larkspur Labs", None, cohort=seven))
    return Company.objects.get(key="larkspur"), Company.objects.get(key="larkspurlabs")


def test_it_joins_two_people_and_parts_them_again_byte_for_byte(editor: User) -> None:
    one, other = namesakes()
    apart = beliefs()
    judgement = merge.judge(one, other, "same", editor, "both profiles say so")
    assert Person.objects.count() == 1
    assert not Judgement.objects.unanswered().exists()
    merge.undo(judgement, editor)
    assert beliefs() == apart


def test_it_leads_a_merged_persons_address_to_the_one_there_is(editor: User, client: Client) -> None:
    one, other = namesakes()
    merge.judge(one, other, "same", editor)
    response = client.get(other.get_absolute_url())
    assert (response.status_code, response["Location"]) == (308, one.get_absolute_url())


def test_it_keeps_two_apart_that_would_be_joined(editor: User) -> None:
    tell("One.", move("Wei Zhang", "Google", "Meta"))
    tell("Two.", move("Wei Zhang", "Google", "OpenAI"))
    left, right = Claim.objects.order_by("pk")
    merge.judge(left, right, "different", editor)
    assert Person.objects.count() == 2
    assert not Judgement.objects.unanswered().exists()


def test_it_joins_names_that_have_nothing_in_common(editor: User) -> None:
    tell("One.", move("Ada Stone", "Google", "Meta"))
    tell("Two.", move("Ada King", "Baidu", "Tencent"))
    merge.judge(*Person.objects.all(), "same", editor)
    tell("Three.", move("Ada King", "Tencent", "Baidu", kind="return", date="2026"))
    assert Person.objects.get().moves.count() == 3


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_it_does_not_ask_again_what_an_editor_answered(editor: User, verdict: str) -> None:
    one, other = namesakes()
    merge.judge(one, other, verdict, editor)
    tell("An earlier story of Wei Zhang.", move("Wei Zhang", "Google", "Meta"), published="2024-12-01")
    assert not Judgement.objects.unanswered().exists()


def test_it_lets_the_latest_judgement_decide(editor: User) -> None:
    one, other = namesakes()
    first = merge.judge(one, other, "different", editor)
    merge.judge(one.public_id, other.public_id, "same", editor)
    first.refresh_from_db()
    assert (Person.objects.count(), first.undone_by) == (1, editor)


def test_it_moves_pay_with_its_person(editor: User) -> None:
    one, other = namesakes()
    claim = pay("Baidu", 5, 6)
    object.__setattr__(claim, "person", "Wei Zhang")
    tell("What Wei Zhang earns.", claim)
    assert CompensationReport.objects.get().person == other
    judgement = merge.judge(one, other, "same", editor)
    assert CompensationReport.objects.get().person == Person.objects.get()
    merge.undo(judgement, editor)
    assert CompensationReport.objects.get().person.slug == other.slug


# ------------------------------------------------------------------ companies


def test_it_joins_two_companies_and_parts_them_again_byte_for_byte(editor: User) -> None:
    short, long = spellings()
    apart = beliefs()
    judgement = merge.judge(short, long, "same", editor)
    assert set(Move.objects.values_list("origin__key", "reporters")) == {("larkspurlabs", 1)}
    assert Move.objects.count() == 2
    merge.undo(judgement, editor)
    assert beliefs() == apart


def test_it_settles_later_articles_by_the_judgement(editor: User) -> None:
    merge.judge(*spellings(), "same", editor)
    tell("Three of Bo.", move("Bo Reed", "Larkspur", "Meta"))
    assert Move.objects.get(person__name="Bo Reed").origin.key == "larkspurlabs"
    before = beliefs()
    rebuild()
    assert beliefs() == before


def test_it_leads_a_merged_companys_address_to_the_whole(editor: User, client: Client) -> None:
    short, long = spellings()
    merge.judge(short, long, "same", editor)
    page, record = client.get(short.get_absolute_url()), client.get(f"/api/v1/companies/{short.slug}/")
    assert (page.status_code, page["Location"]) == (308, long.get_absolute_url())
    assert (record.status_code, record["Location"].endswith(f"/api/v1/companies/{long.slug}/")) == (308, True)
    assert short not in Company.objects.visible()


def test_it_lends_a_whole_the_names_of_its_parts_as_long_as_they_are_its_parts(editor: User) -> None:
    short, long = spellings()
    judgement = merge.judge(short, long, "same", editor)
    assert Alias.objects.filter(company=long, name="Larkspur", borrowed=True).exists()
    merge.undo(judgement, editor)
    assert not Alias.objects.filter(company=long, name="Larkspur").exists()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/moves/?from={}", "Ada Stone"),
        ("/moves/?to={}", "Bo Reed"),
        ("/moves/?company={}", "Ada Stone"),
        ("/people/?company={}", "Bo Reed"),
        ("/compensation/?company={}", "12,345"),
        ("/signals/?company={}", "678"),
    ],
)
def test_it_finds_by_the_address_of_a_part_what_the_whole_has(
    editor: User, client: Client, address: str, found: str
) -> None:
    short, long = spellings()
    tell("Bo comes.", move("Bo Reed", "OpenAI", "Larkspur"))
    layoffs = SignalClaim(org="Larkspur", metric="layoffs", min=678, status="reported", span=Span(0, 5))
    tell("What Larkspur does.", pay("Larkspur", 12_345, 12_345), layoffs)
    merge.judge(short, long, "same", editor)
    rows = [client.get("/api/v1" + address.format(company.slug)).json()["results"] for company in (short, long)]
    assert rows[0] == rows[1] != []
    for company in (short, long):
        assert found in words(
            html.fromstring(client.get(address.format(company.slug)).content).get_element_by_id("results")
        )


def test_it_finds_nothing_by_the_address_of_a_part_that_is_hidden(editor: User, client: Client) -> None:
    short, long = spellings()
    merge.judge(short, long, "same", editor)
    Company.objects.filter(pk=short.pk).update(visibility="hidden")
    assert client.get(f"/api/v1/moves/?from={short.slug}").json()["results"] == []


# ------------------------------------------------------------------ Wikidata


def test_it_joins_people_of_one_wikidata_item_and_shows_it(editor: User) -> None:
    one, other = namesakes()
    merge.identify(one, "Q42", editor)
    assert Person.objects.count() == 2
    merge.identify(other, "Q42", editor)
    assert Person.objects.get().wikidata_id == "Q42"


def test_it_keeps_people_of_two_wikidata_items_apart(editor: User) -> None:
    tell("One.", move("Wei Zhang", "Google", "Meta"), published="2025-01-01")
    tell("Two.", move("Wei Zhang", "Google", "OpenAI"), published="2025-02-01")
    first, second = Claim.objects.order_by("pk")
    merge.judge(first, "Q42", "same", editor)
    merge.judge(second, "Q43", "same", editor)
    assert sorted(Person.objects.values_list("wikidata_id", flat=True)) == ["Q42", "Q43"]


def test_it_takes_an_identifier_back(editor: User) -> None:
    one, _other = namesakes()
    before = beliefs()
    merge.identify(one, "Q42", editor)
    merge.unidentify(Person.objects.get(wikidata_id="Q42"), editor)
    assert beliefs() == before


def test_it_joins_companies_of_one_wikidata_item(editor: User) -> None:
    short, long = spellings()
    merge.identify(short, "Q7", editor)
    merge.identify(long, "Q7", editor)
    assert Company.objects.visible().get(key="larkspurlabs").wikidata_id == "Q7"
    assert not Company.objects.visible().filter(key="larkspur").exists()


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    "sides",
    [
        lambda person, company: (person, company),
        lambda person, company: (person, person),
        lambda person, company: (person, "nobody"),
        lambda person, company: ("Q1", "Q2"),
    ],
)
def test_it_refuses_what_cannot_be_compared(editor: User, sides: Callable[..., Any]) -> None:
    tell("One.", move("Ada Stone", "Google", "Meta"))
    with pytest.raises(Refused):
        merge.judge(*sides(Person.objects.get(), Company.objects.get(key="meta")), "same", editor)
    assert not Judgement.objects.exists()


def test_it_undoes_once(editor: User) -> None:
    judgement = merge.judge(*namesakes(), "same", editor)
    merge.undo(judgement, editor)
    when = judgement.undone_at
    assert merge.undo(judgement, editor).undone_at == when
    assert Judgement.objects.filter(subject=Subject.PERSON, undone_at=None, user=None).count() == 1

"""Alerts on an account's pages: following lists, companies and people, and nobody else's business."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import html

from talent.alerts import asking
from talent.models import Alert, Company, Person
from tests.factories import make_company, make_member, make_move, make_person
from tests.pages.conftest import hrefs, words

pytestmark = pytest.mark.django_db

MINE = "/account/alerts/"
NEW = "/account/alerts/new"


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_member("rae", "Reader"))
    return client


def follow(client: Client, query: str, frequency: str = "daily") -> Alert:
    answer = client.post(f"{NEW}?{query}", {"frequency": frequency})
    assert (answer.status_code, answer.headers.get("Location")) == (302, MINE), answer.content.decode()
    return Alert.objects.latest("id")


@pytest.fixture
def northwind() -> Company:
    return make_company("Northwind AI", name_zh="北风智能")


def test_it_follows_a_list_with_its_filters(reader: Client, northwind: Company) -> None:
    alert = follow(reader, "list=moves&from=northwind-ai&status=rumoured&status=confirmed&sort=oldest&q=", "weekly")
    assert (alert.page, alert.frequency, alert.state) == ("moves", "weekly", "active")
    assert alert.parameters == {"from": ["northwind-ai"], "status": ["confirmed", "rumoured"]}
    page = html.fromstring(reader.get(MINE).content)
    assert "/moves/?from=northwind-ai&status=confirmed&status=rumoured" in hrefs(page)
    assert "Moves: From northwind-ai, Status confirmed, Status rumoured" in words(page)


def test_it_follows_a_company_and_a_person_by_the_names_of_today(reader: Client, northwind: Company) -> None:
    ada = make_person("Ada Quill", name_zh="奎尔")
    follow(reader, "company=northwind-ai")
    follow(reader, f"person={ada.slug}")
    Person.objects.filter(pk=ada.pk).update(name="Ada R. Quill")
    page = words(html.fromstring(reader.get(MINE).content))
    assert "Northwind AI" in page
    assert "Ada R. Quill" in page
    assert "北风智能" in reader.get("/zh-hans/account/alerts/").content.decode()


def test_pages_of_companies_and_people_lead_to_it(reader: Client) -> None:
    move = make_move()
    form = html.fromstring(reader.get(f"{NEW}?person={move.person.slug}").content)
    assert move.person.get_absolute_url() in hrefs(form)
    assert form.cssselect("input[name=frequency][value=daily][checked]")


def test_following_twice_is_following_once(reader: Client, northwind: Company) -> None:
    for query in ("list=moves&to=northwind-ai&from=a", "list=moves&from=a&to=northwind-ai&sort=oldest"):
        follow(reader, query)
    assert Alert.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("list=moves&stauts=confirmed", 400),
        ("list=moves&status=sure", 400),
        ("list=moves&year=%00", 400),
        ("list=moves&q=" + "x" * 201, 400),
        ("list=signals&" + "&".join(f"metric=m{n}" for n in range(60)), 400),
        ("list=people", 404),
        ("list=", 404),
        ("company=nobody", 404),
        ("person=%00", 404),
        ("", 404),
    ],
)
def test_what_cannot_be_followed_is_refused(reader: Client, query: str, status: int) -> None:
    assert reader.get(f"{NEW}?{query}").status_code == status
    assert reader.post(f"{NEW}?{query}", {"frequency": "daily"}).status_code == status
    assert not Alert.objects.exists()


def test_it_asks_how_often_in_words_that_it_knows(reader: Client, northwind: Company) -> None:
    answer = reader.post(f"{NEW}?company=northwind-ai", {"frequency": "hourly"})
    assert answer.status_code == 400
    assert html.fromstring(answer.content).cssselect("[role=alert]")


def test_an_account_has_so_many_and_no_more(
    reader: Client, northwind: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_OF_ONE_ACCOUNT", 2)
    follow(reader, "list=moves")
    follow(reader, "list=signals")
    answer = reader.post(f"{NEW}?company=northwind-ai", {"frequency": "daily"})
    assert (answer.status_code, Alert.objects.count()) == (400, 2)
    assert "at most 2 alerts" in answer.content.decode()


@pytest.mark.parametrize("visibility", ["hidden", "withdrawn"])
def test_who_was_taken_back_is_neither_named_nor_followed(reader: Client, visibility: str) -> None:
    ada = make_person("Ada Quill")
    follow(reader, f"person={ada.slug}")
    Person.objects.update(visibility=visibility)
    page = reader.get(MINE).content.decode()
    assert "Quill" not in page
    assert "a page that is no longer shown" in page
    assert reader.get(f"{NEW}?person={ada.slug}").status_code == 404


def test_it_pauses_resumes_and_removes(reader: Client) -> None:
    alert = follow(reader, "list=moves")
    make_move()
    for what, state in (("pause", "paused"), ("resume", "active")):
        reader.post(f"{MINE}{alert.public_id}/{what}/")
        alert.refresh_from_db()
        assert (alert.state, bool(alert.paused_because)) == (state, state == "paused")
    reader.post(f"{MINE}{alert.public_id}/frequency/", {"frequency": "at_once"})
    alert.refresh_from_db()
    assert alert.frequency == "at_once"
    assert reader.post(f"{MINE}{alert.public_id}/frequency/", {"frequency": "never"}).status_code == 404
    reader.post(f"{MINE}{alert.public_id}/remove/")
    assert not Alert.objects.exists()


@pytest.mark.parametrize("what", ["pause", "resume", "frequency", "remove"])
def test_the_alerts_of_others_are_not_there(reader: Client, what: str) -> None:
    alert = follow(reader, "list=moves")
    reader.force_login(make_member("bo", "Reader"))
    assert "Moves" not in words(html.fromstring(reader.get(MINE).content).cssselect("main")[0])
    assert reader.post(f"{MINE}{alert.public_id}/{what}/", {"frequency": "daily"}).status_code == 404
    assert Alert.objects.get().state == "active"


@pytest.mark.parametrize("address", [MINE, f"{NEW}?list=moves&from=a"])
def test_it_asks_for_an_account_and_leads_back(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/?next=/account/alerts/")
    assert "from%3Da" in answer.headers["Location"] or address == MINE


def test_a_list_of_many_needs_no_more_queries_than_one(
    reader: Client, django_assert_max_num_queries: Any, northwind: Company
) -> None:
    for query in ("list=moves", "list=signals", "company=northwind-ai", f"person={make_person().slug}"):
        follow(reader, query)
    with django_assert_max_num_queries(7):
        reader.get(MINE)


def test_companies_and_people_can_be_followed_from_their_pages(reader: Client, northwind: Company) -> None:
    move = make_move(destination=northwind)
    for row, query in ((northwind, "company=northwind-ai"), (move.person, f"person={move.person.slug}")):
        page = html.fromstring(reader.get(row.get_absolute_url()).content)
        assert f"{NEW}?{query}" in hrefs(page)
    assert any(NEW in link for link in hrefs(html.fromstring(reader.get("/moves/").content)))

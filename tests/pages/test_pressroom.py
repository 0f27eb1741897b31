"""The press room: editors look, administrators act, and nothing is done without a second click."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import html

from articles.models import Snapshot
from talent import pulses
from talent.models import PressAct
from tests.factories import make_article, make_member
from tests.pages.conftest import hrefs, words

pytestmark = pytest.mark.django_db

ROOMS = ["/press/", "/press/failures/", "/press/failures/fetch/"]


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(make_member("ops", "Administrator"))
    return client


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_member("ed", "Editor"))
    return client


def failed(error: str = "The server answered 503.", number: int = 1) -> list[int]:
    rows = [Snapshot(address=f"https://a.example/{error}/{n}", state="failed", error=error) for n in range(number)]
    return [row.pk for row in Snapshot.objects.bulk_create(rows)]


def page(answer: Any, status: int = 200) -> html.HtmlElement:
    assert answer.status_code == status, answer.content[:300]
    return html.fromstring(answer.content)


@pytest.mark.parametrize("address", ROOMS)
def test_it_is_open_to_editors_and_to_nobody_else(client: Client, address: str) -> None:
    assert client.get(address).url == f"/login/?next={address}"
    client.force_login(make_member("reader", "Reader"))
    assert client.get(address).status_code == 403
    client.force_login(make_member("ed", "Editor"))
    answer = client.get(address)
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]
    assert "noindex" in answer.content.decode()


@pytest.mark.parametrize("address", ROOMS)
def test_it_speaks_chinese(editor: Client, address: str) -> None:
    failed()
    assert "编辑部" in words(page(editor.get(f"/zh-hans{address}")))


def test_the_footer_leads_there_for_those_who_may(editor: Client) -> None:
    assert "/press/" in hrefs(page(editor.get("/about/")))
    editor.logout()
    assert "/press/" not in hrefs(page(editor.get("/about/")))


def test_it_shows_what_waits_who_works_and_when_the_clockwork_ran(editor: Client) -> None:
    from articles.clock import database_now

    make_article(state="awaiting_extraction")
    pulses.beat(pulses.SWEEP, now=database_now())
    pulses.beat("worker:celery@there", now=database_now(), active=1, done=1234)
    said = words(page(editor.get("/press/")))
    assert "to be read 1" in said
    assert "celery@there" in said
    assert "1,234" in said
    assert "Last proof that a worker works never" in said


def test_a_silent_worker_is_marked(editor: Client) -> None:
    from datetime import timedelta

    from articles.clock import database_now

    pulses.beat("worker:celery@gone", now=database_now() - timedelta(minutes=5))
    assert "celery@gone silent" in words(page(editor.get("/press/")))


def test_failures_are_gathered_by_cause(editor: Client) -> None:
    failed("The server answered 503.", 2)
    failed("The server answered 500.", 1)
    found = page(editor.get("/press/failures/"))
    (row,) = found.cssselect("tbody tr")
    assert "to be fetched" in words(row)
    assert "3" in words(row)
    listed = page(editor.get(hrefs(row)[0]))
    assert len(listed.cssselect("tbody tr")) == 3


def test_an_editor_sees_no_buttons_and_may_not_act(editor: Client) -> None:
    (pk,) = failed()
    found = page(editor.get("/press/failures/fetch/?cause=The+server+answered+….&"))
    assert not found.cssselect("main form.acts, main input[type=checkbox]")
    answer = editor.post("/press/failures/fetch/act/", {"verb": "retry", "row": pk, "confirmed": "1"})
    assert answer.status_code == 403
    assert Snapshot.objects.get().state == "failed"


@pytest.mark.parametrize(("verb", "state"), [("retry", "awaiting_fetch"), ("discard", "discarded")])
def test_a_whole_cause_is_asked_for_and_then_done(operator: Client, verb: str, state: str) -> None:
    failed(number=3)
    failed("There is no server of that name.")
    sent = {"verb": verb, "cause": "The server answered …."}
    asked = page(operator.post("/press/failures/fetch/act/", sent))
    assert "3 rows" in words(asked)
    assert not Snapshot.objects.exclude(state="failed").exists()
    form = {field.get("name"): field.get("value") for field in asked.cssselect("form.confirm input")}
    answer = operator.post("/press/failures/fetch/act/", {**form, "confirmed": "1", "reason": "mended"}, follow=True)
    assert Snapshot.objects.filter(state=state).count() == 3
    act = PressAct.objects.get()
    assert (act.verb, act.number, act.reason, act.user.username) == (verb, 3, "mended", "ops")
    assert "3 " in words(page(answer).cssselect("[role=status]")[0])
    assert "mended" in words(page(operator.get("/press/")))


def test_single_rows_are_chosen(operator: Client) -> None:
    chosen, left = failed(number=2)
    operator.post("/press/failures/fetch/act/", {"verb": "discard", "row": [chosen], "confirmed": "1"})
    assert Snapshot.objects.get(pk=chosen).state == "discarded"
    assert Snapshot.objects.get(pk=left).state == "failed"
    assert PressAct.objects.get().rows == [chosen]


@pytest.mark.parametrize("sent", [{}, {"verb": "retry"}, {"verb": "drop", "row": "1"}, {"verb": "retry", "row": "x"}])
def test_it_asks_for_a_choice(operator: Client, sent: dict[str, str]) -> None:
    answer = operator.post("/press/failures/fetch/act/", {**sent, "confirmed": "1"}, follow=True)
    assert "Choose what" in words(page(answer))
    assert not PressAct.objects.exists()


@pytest.mark.parametrize("address", ["/press/failures/nothing/", "/press/failures/nothing/act/"])
def test_there_is_no_such_stage(operator: Client, address: str) -> None:
    assert operator.post(address).status_code in (404, 405)
    assert operator.get(address).status_code in (404, 405)


def test_a_list_of_failures_goes_on_by_cursor(operator: Client) -> None:
    failed(number=60)
    first = page(operator.get("/press/failures/fetch/"))
    (more,) = first.cssselect("a[rel=next]")
    second = page(operator.get(f"/press/failures/fetch/{more.get('href')}"))
    assert [len(each.cssselect("tbody tr")) for each in (first, second)] == [50, 10]
    assert "middle of another list" in words(page(operator.get("/press/failures/fetch/?cursor=x"), 400))

"""The page on which a reader pastes a text and sees what is known of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import html

from talent import limits
from talent.limits import Counter
from tests.factories import make_person
from tests.pages.conftest import Read, hrefs, words
from tests.test_known import TOLD
from tests.test_settle import move, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded() -> None:
    tell(TOLD, move("Ada Stone", "Larkspur", "Meta", status="rumoured"))


def paste(client: Client, text: str, status: int = 200, language: str = "") -> html.HtmlElement:
    answer = client.post(f"{language}/mentions/", {"text": text})
    assert answer.status_code == status
    return html.fromstring(answer.content.decode())


def test_it_asks_for_a_text(read: Read) -> None:
    page = read("/mentions/")
    [area] = page.cssselect("textarea[name=text]")
    assert area.get("maxlength") == "20000"
    assert page.cssselect("input[name=csrfmiddlewaretoken]")


def test_a_known_statement_comes_with_status_sources_and_citation(recorded: None, client: Client) -> None:
    page = paste(client, "Ada Stone has left Larkspur to join Meta.")
    [statement] = page.cssselect(".statements > li")
    assert "In the ledger" in words(statement)
    assert words(statement.cssselect(".answers .badge")[0]) == "rumoured"
    assert "two people" in words(statement.cssselect(".answers .sources")[0]) or statement.cssselect(".answers cite")
    assert [href for href in hrefs(statement) if href.endswith("/cite/")]


def test_names_lead_to_their_pages(recorded: None, client: Client) -> None:
    page = paste(client, "Ada Stone likes Larkspur.")
    assert [href for href in hrefs(page.cssselect("section[aria-labelledby=people]")[0]) if "/people/" in href]
    assert "/companies/larkspur/" in hrefs(page.cssselect("section[aria-labelledby=companies]")[0])
    assert page.cssselect("section[aria-labelledby=moves] .fact")


def test_an_open_name_is_not_decided(client: Client) -> None:
    make_person("Wei Zhang", slug="one")
    make_person("Wei Zhang", slug="two")
    page = paste(client, "Wei Zhang was there.")
    assert "Several go by this name" in words(page)
    assert len(page.cssselect(".candidates a")) == 2


def test_what_nobody_knows_is_said(client: Client) -> None:
    assert "knows nobody whom this text names" in words(paste(client, "The weather was fine."))


def test_the_page_is_there_in_chinese(recorded: None, client: Client) -> None:
    page = paste(client, "艾达·斯通已离开Larkspur。", language="/zh-hans")
    assert page.get("lang") == "zh-Hans"


@pytest.mark.parametrize(("text", "problem"), [("", "Paste a text"), ("  ", "Paste a text"), ("x" * 20_001, "20001")])
def test_what_cannot_be_read_is_refused_in_words(client: Client, text: str, problem: str) -> None:
    assert problem in words(paste(client, text, 400))


def test_markup_in_a_text_stays_text(recorded: None, client: Client) -> None:
    page = paste(client, "<script>alert(1)</script> Ada Stone has left <b>Larkspur</b> to join Meta.")
    assert not page.xpath("//main//script | //main//b")


def test_a_null_does_no_harm(client: Client) -> None:
    answer = client.post("/mentions/", {"text": "Ada\0Stone"})
    assert answer.status_code == 400


def test_nothing_sent_is_logged_or_kept(recorded: None, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    answer = client.post("/mentions/", {"text": "Unmistakable words about Ada Stone."})
    assert "no-store" in answer["Cache-Control"]
    assert "Unmistakable" not in caplog.text


def test_it_needs_the_forms_token() -> None:
    assert Client(enforce_csrf_checks=True).post("/mentions/", {"text": TOLD}).status_code == 403


def test_one_network_may_ask_only_so_often(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TEXTS_A_MINUTE, settings.WEB_CONCURRENCY = 1, 1
    monkeypatch.setattr(limits, "_texts", Counter(lambda: 1.0))
    paste(client, TOLD)
    assert "Please wait" in words(paste(client, TOLD, 429))


def test_search_leads_there(read: Read) -> None:
    assert "/mentions/" in hrefs(read("/search"))

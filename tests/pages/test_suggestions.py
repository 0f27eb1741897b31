"""What the search box suggests while somebody types."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import html

from talent import limits
from talent.limits import Counter
from tests.factories import make_company, make_move, make_person
from tests.pages.conftest import Read, words

pytestmark = pytest.mark.django_db


def options(client: Client, typed: str, language: str = "") -> list[html.HtmlElement]:
    answer = client.get(f"{language}/search/suggest", {"q": typed})
    assert answer.status_code == 200
    return list(html.fragment_fromstring(answer.content.decode(), create_parent="ul").cssselect("[role=option]"))


def names(client: Client, typed: str, language: str = "") -> list[str]:
    return [words(option.cssselect(".name")[0]) for option in options(client, typed, language)]


def test_it_suggests_with_the_kind_and_the_other_name(client: Client) -> None:
    person = make_person("Ada Quill", name_zh="阿达·奎尔")
    [option] = options(client, "ada")
    assert words(option) == "Ada Quill 阿达·奎尔 Person"
    assert option.get("data-address") == f"/people/{person.slug}/"


def test_names_are_in_the_readers_script(client: Client) -> None:
    make_person("Ada Quill", name_zh="阿达·奎尔")
    assert names(client, "ada", "/zh-hans") == ["阿达·奎尔"]


def test_a_name_that_is_shown_nowhere_else_is_named(client: Client) -> None:
    make_company("Lanternlight", aliases=("Glow Labs",))
    assert words(options(client, "glow")[0]) == "Lanternlight Glow Labs Company"


def test_markup_in_a_name_stays_text(client: Client) -> None:
    make_company("<img src=x onerror=alert(1)>", slug="x", aliases=("Xylo",))
    answer = client.get("/search/suggest?q=xylo").content.decode()
    assert "&lt;img" in answer
    assert "<img" not in answer


def test_it_suggests_the_moves_between_two_names(client: Client) -> None:
    move = make_move(make_person("Ada Quill"), origin=make_company("Tern AI"), destination=make_company("Lanternlight"))
    for typed in ("ada quill lanternlight", "tern ai to lanternlight", "Tern AI Lanternlight"):
        assert names(client, typed) == ["Ada Quill left Tern AI for Lanternlight"], typed
    move.status = "rumoured"
    move.save()
    assert "Rumoured" in names(client, "ada quill lanternlight")[0]


@pytest.mark.parametrize("typed", ["", "a", " ", "%", "a\0", "zz" * 200, "' OR 1=1", "\\"])
def test_it_suggests_nothing_for_nothing(client: Client, typed: str) -> None:
    make_person("Ada Quill")
    assert names(client, typed) == []


def test_a_reader_may_keep_an_answer_for_a_minute(client: Client) -> None:
    make_person("Ada Quill")
    answer = client.get("/search/suggest?q=ada")
    assert "max-age=60" in answer["Cache-Control"]
    assert client.get("/search/suggest?q=ada", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_one_query_is_enough_where_beginnings_are(client: Client, django_assert_num_queries: Any) -> None:
    for number in range(10):
        make_person(f"Ada Quill {number}")
    with django_assert_num_queries(1):
        assert len(names(client, "ada")) == 8


def test_typing_has_a_limit(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_REQUESTS_A_MINUTE, settings.WEB_CONCURRENCY = 2, 1
    monkeypatch.setattr(limits, "_counter", Counter(lambda: 1.0))
    statuses = [client.get("/search/suggest?q=ada").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_every_search_box_can_suggest(read: Read) -> None:
    for address in ("/", "/search", "/zh-hans/about/"):
        page = read(address)
        boxes = page.cssselect("form[data-suggest]")
        assert boxes, address
        assert all(box.get("data-suggest").endswith("/search/suggest") for box in boxes)
        assert [s.get("src") for s in page.cssselect("script[src*=finder]")] == ["/static/finder.js"]

"""Outlets: the list, and each with its feeds, its figures and the newest of what it told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from articles import hosts
from articles.models import Feed, Source
from talent import outlets
from tests.factories import make_article, make_claim, make_move, make_source
from tests.pages.conftest import Read, hrefs, words

pytestmark = pytest.mark.django_db


def make_feed(source: Source | None = None, **fields: Any) -> Feed:
    number = Feed.objects.count()
    defaults = {"address": f"https://news.example/feed/{number}", "host": hosts.named("https://news.example/")}
    return Feed.objects.create(source=source, **{**defaults, **fields})


def names(page: html.HtmlElement) -> list[str]:
    return [words(link) for link in page.cssselect("#results td.wide a")]


def test_it_lists_outlets_by_name_with_their_last_article(read: Read) -> None:
    make_source("The Zebra")
    article = make_article(source=make_source("The Ant"), retrieved_at=timezone.now())
    page = read("/sources/")
    assert names(page) == ["The Ant", "The Zebra"]
    assert article.source.get_absolute_url() in hrefs(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ant", ["The Ant"]),
        ("kind=sample", ["The Zebra"]),
        ("flagged=yes", ["The Ant"]),
        ("flagged=no", ["The Zebra", "极昼科技网"]),
        ("language=zh", ["极昼科技网"]),
        ("sort=-name", ["极昼科技网", "The Zebra", "The Ant"]),
    ],
)
def test_it_finds_outlets(read: Read, query: str, found: list[str]) -> None:
    make_feed(make_source("The Ant"), quiet=True)
    make_feed(make_source("The Zebra", kind="sample"))
    make_source("极昼科技网", language="zh")
    assert names(read(f"/sources/?{query}")) == found


def test_it_explains_what_cannot_be_asked(read: Read) -> None:
    assert "Give one of: yes, no." in words(read("/sources/?flagged=maybe", 400))


def test_it_asks_as_many_questions_for_many_outlets_as_for_one(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/sources/").status_code == 200
        return len(queries)

    make_source("One")
    one = asked()
    for number in range(20):
        make_feed(make_article(source=make_source(f"Outlet {number}")).source)
    assert asked() == one


def test_it_shows_how_an_outlet_fares(read: Read) -> None:
    source, now = make_source("The Ant"), timezone.now()
    articles = [make_article(source=source, retrieved_at=now - timedelta(days=day)) for day in range(8)]
    make_move(claim=make_claim(article=articles[0]))
    make_claim("signal", article=articles[0])
    make_feed(source, title="All the news", last_success_at=now, error="The server answered 500.", changed_shape="text")
    page = words(read(source.get_absolute_url()))
    assert "Articles a week 8 over the last four weeks" in page
    assert "Claims in an article 0.2 in the newest 8 articles that were read" in page
    assert "Articles with a claim 12 %" in page
    assert "All the news" in page
    assert "The server answered 500." in page
    assert "its pages give much less text than they used to" in page


def test_it_shows_the_newest_of_what_an_outlet_told(read: Read) -> None:
    move = make_move(claim=make_claim(article=make_article(source=make_source("The Ant"))))
    make_move()
    page = read("/sources/the-ant/")
    moves = page.cssselect("section[aria-labelledby=moves] tbody")
    assert len(moves) == 1
    assert move.get_absolute_url() in hrefs(moves[0])
    assert move.lead_claim.quote in words(page)
    assert move.lead_claim.article.get_absolute_url() in hrefs(page)


def test_it_shows_nothing_that_editors_hid(read: Read) -> None:
    move = make_move(claim=make_claim(article=make_article(source=make_source("The Ant"))), visibility="hidden")
    page = read("/sources/the-ant/")
    assert move.lead_claim.quote not in words(page)
    assert "Its newest articles tell of no move." in words(page)


def test_it_has_words_for_an_outlet_without_anything(read: Read) -> None:
    make_source("极昼科技网")
    page = words(read("/sources/极昼科技网/"))
    assert "No article of this outlet has been read yet." in page
    read("/sources/nobody/", 404)


def test_it_asks_a_fixed_number_of_questions(client: Client) -> None:
    def asked(source: Source) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(source.get_absolute_url()).status_code == 200
        return len(queries)

    for number in range(12):
        make_move(claim=make_claim(article=make_article(source=make_source("Many"))))
        make_feed(make_source("Many"), title=f"Feed {number}")
    make_move(claim=make_claim(article=make_article(source=make_source("One"))))
    make_feed(make_source("One"))
    assert asked(make_source("Many")) == asked(make_source("One")) <= 8


@pytest.mark.parametrize(
    ("days", "rate"),
    [([], None), ([0], 1.0), ([0, 1, 2, 3], 4.0), ([0, 7, 14, 21], 4 / 3), ([30, 40], 0.0)],
)
def test_it_counts_articles_a_week(days: list[int], rate: float | None) -> None:
    source, now = make_source("The Ant"), timezone.now()
    for day in days:
        make_article(source=source, retrieved_at=now - timedelta(days=day))
    found = outlets.health(source, now=now).a_week
    assert found == (rate if rate is None else pytest.approx(rate, rel=0.01))


def test_it_looks_only_at_the_newest_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlets, "LOOKED_AT", 3)
    source, now = make_source("The Ant"), timezone.now()
    for hour in range(10):
        make_article(source=source, retrieved_at=now - timedelta(hours=10 - hour))
    found = outlets.health(source, now=now)
    assert (len(found.articles), found.read) == (3, 3)


def test_readers_of_chinese_have_outlets_by_pinyin(read: Read) -> None:
    for name in ("智东西", "Ant", "澎湃新闻"):
        make_article(source=make_source(name))
    names = [words(cell.cssselect("a")[0]) for cell in read("/zh-hans/sources/").cssselect("tbody .wide")]
    assert names == ["Ant", "澎湃新闻", "智东西"]


@pytest.mark.parametrize("signed_in", [False, True])
def test_it_leads_operators_to_the_press_room(
    client: Client, read: Read, signed_in: bool, member: Callable[[str], Any]
) -> None:
    feed = make_feed(make_source("The Ant"))
    if signed_in:
        client.force_login(member("Editor"))
    assert (f"/press/feeds/{feed.pk}/" in hrefs(read("/sources/the-ant/"))) is signed_in


@pytest.fixture
def member() -> Callable[[str], Any]:
    from tests.factories import make_member

    return lambda role: make_member("erin", role)

"""Every list of facts as Atom and JSON Feed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
import pytest
from django.test import Client
from lxml import etree, html

from talent import limits
from talent.models import Move
from tests.factories import (
    QUOTE,
    make_article,
    make_claim,
    make_company,
    make_move,
    make_person,
    make_report,
    make_signal,
)
from tests.pages.conftest import Read

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
ADDRESS = "https://news.example/quill"


@pytest.fixture
def move() -> Move:
    claim = make_claim(article=make_article(f"{QUOTE} & more.", address=ADDRESS), quote=f"{QUOTE} & more")
    tern = make_company("Tern AI", name_zh="燕鸥")
    return make_move(make_person("Ada <Quill>"), claim=claim, status="rumoured", destination=tern, origin=None)


def atom(client: Client, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def texts(element: etree._Element, path: str) -> list[str]:
    return [str(each) for each in element.xpath(path, namespaces=ATOM)]


def test_an_atom_feed_has_what_its_standard_asks_for(client: Client, move: Move) -> None:
    feed = atom(client, "/moves/feed.atom")
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for parent in ("/a:feed", "/a:feed/a:entry"):
        for name in ("id", "title", "updated"):
            assert len(texts(feed, f"{parent}/a:{name}/text()")) == 1
    assert texts(feed, "/a:feed/a:author/a:name/text()") == ["Talent Ledger"]
    assert texts(feed, "/a:feed/a:link[@rel='self']/@href") == ["http://testserver/moves/feed.atom"]
    assert texts(feed, "//a:content/@type") == ["html"]
    moments = texts(feed, "//a:updated/text() | //a:published/text()")
    assert all(datetime.fromisoformat(moment).tzinfo for moment in moments)


def test_an_entry_says_what_how_firmly_and_who_says_so(client: Client, move: Move) -> None:
    feed = atom(client, "/moves/feed.atom")
    address = f"http://testserver{move.get_absolute_url()}"
    assert texts(feed, "//a:entry/a:id/text() | //a:entry/a:link[@rel='alternate']/@href") == [address, address]
    assert texts(feed, "//a:entry/a:title/text()") == ["Rumoured: Ada <Quill> joined Tern AI"]
    assert texts(feed, "//a:category/@term") == ["rumoured", "hire"]
    [content] = texts(feed, "//a:content/text()")
    said = html.fromstring(f"<div>{content}</div>")
    assert said.cssselect("blockquote")[0].text_content().strip() == f"{QUOTE} & more"
    for part in ("rumoured", "according to two people", "The Daily Ledger", "1 independent reporter"):
        assert part in said.text_content()


def test_every_address_in_an_entry_is_whole(client: Client, move: Move) -> None:
    [content] = texts(atom(client, "/moves/feed.atom"), "//a:content/text()")
    links = [str(link.get("href")) for link in html.fromstring(f"<div>{content}</div>").iter("a")]
    assert len(links) == 4
    assert all(link.startswith(("http://testserver/", ADDRESS)) for link in links)


def test_a_json_feed_says_the_same(client: Client, move: Move) -> None:
    response = client.get("/moves/feed.json")
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = orjson.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://testserver/moves/feed.json"
    assert feed["home_page_url"] == "http://testserver/moves/"
    assert feed["authors"] == [{"name": "Talent Ledger", "url": "http://testserver/"}]
    [item] = feed["items"]
    assert item["id"] == item["url"] == f"http://testserver{move.get_absolute_url()}"
    assert item["title"] == "Rumoured: Ada <Quill> joined Tern AI"
    assert item["external_url"].startswith(f"{ADDRESS}#:~:text=")
    assert datetime.fromisoformat(item["date_modified"]).tzinfo


def test_it_takes_the_parameters_of_the_list(client: Client, move: Move) -> None:
    make_move(status="denied")
    feed = orjson.loads(client.get("/moves/feed.json?status=rumoured&to=tern-ai").content)
    assert [item["url"] for item in feed["items"]] == [f"http://testserver{move.get_absolute_url()}"]
    assert feed["title"] == "Talent Ledger: Moves – Status: rumoured, To: Tern AI"
    assert feed["home_page_url"] == "http://testserver/moves/?status=rumoured&to=tern-ai"


def test_what_was_entered_last_comes_first_unless_another_order_is_asked_for(client: Client, move: Move) -> None:
    old = make_move(date="1999")
    by_entry = orjson.loads(client.get("/moves/feed.json").content)["items"]
    assert by_entry[0]["url"].endswith(old.get_absolute_url())
    by_date = orjson.loads(client.get("/moves/feed.json?sort=newest").content)["items"]
    assert by_date[-1]["url"] == by_entry[0]["url"]


def test_it_speaks_the_language_of_its_address(client: Client, move: Move) -> None:
    feed = atom(client, "/zh-hans/moves/feed.atom")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    assert "燕鸥" in texts(feed, "//a:entry/a:title/text()")[0]
    assert texts(feed, "//a:entry/a:id/text()")[0].startswith("http://testserver/zh-hans/moves/")


@pytest.mark.parametrize(("address", "make"), [("/compensation/", make_report), ("/signals/", make_signal)])
def test_the_other_lists_have_theirs(client: Client, address: str, make: Any) -> None:
    fact = make()
    [item] = orjson.loads(client.get(f"{address}feed.json").content)["items"]
    assert item["url"] == f"http://testserver{fact.get_absolute_url()}"


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    assert texts(atom(client, "/moves/feed.atom"), "/a:feed/a:updated/text()") == ["1970-01-01T00:00:00Z"]


def test_characters_that_xml_cannot_hold_are_left_out(client: Client) -> None:
    quote = "Ada\x0b has left\ufffe"
    make_move(claim=make_claim(article=make_article(f"{quote}."), quote=quote))
    assert "Ada has left" in texts(atom(client, "/moves/feed.atom"), "//a:content/text()")[0]


def test_it_is_not_sent_twice(client: Client, move: Move) -> None:
    first = client.get("/moves/feed.atom")
    again = client.get("/moves/feed.atom", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_withdrawn_leaves_it_at_once(client: Client, move: Move) -> None:
    first = client.get("/moves/feed.json")
    Move.objects.update(visibility="withdrawn")
    again = client.get("/moves/feed.json", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert orjson.loads(again.content)["items"] == []


def test_search_engines_are_asked_to_stay_out(client: Client, move: Move) -> None:
    assert client.get("/moves/feed.atom")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("query", ["yeer=2024", "year=soon", "q=" + "x" * 300, "%00=1", "sort=sideways"])
def test_it_says_what_cannot_be_asked(client: Client, query: str) -> None:
    response = client.get(f"/moves/feed.atom?{query}")
    assert response.status_code == 400
    # The number, what is wrong, and the way to the page.
    assert len(html.fromstring(response.content).cssselect(".failure p")) == 3


@pytest.mark.parametrize("ending", ["rss", "xml", "html"])
def test_there_is_no_other_format(client: Client, ending: str) -> None:
    assert client.get(f"/moves/feed.{ending}").status_code == 404


def test_the_page_leads_to_the_feeds_of_its_state(read: Read, move: Move) -> None:
    links = read("/moves/?status=rumoured&sort=oldest").cssselect("link[rel=alternate][type]")
    found = {link.get("type"): link.get("href") for link in links}
    assert found["application/atom+xml"] == "/moves/feed.atom?status=rumoured&sort=oldest"
    assert found["application/feed+json"] == "/moves/feed.json?status=rumoured&sort=oldest"


def test_it_counts_with_the_requests_to_the_api(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_counter", limits.Counter(lambda: 0.0))
    settings.API_REQUESTS_A_MINUTE = settings.WEB_CONCURRENCY
    assert client.get("/moves/feed.atom").status_code == 200
    refused = client.get("/moves/feed.atom")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")


@pytest.mark.parametrize("rows", [1, 50])
def test_it_makes_one_query_for_any_number_of_facts(client: Client, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_move()
    with django_assert_num_queries(1):
        client.get("/moves/feed.atom")

"""schema.org data: what search engines are told of a page, and of whom they are told nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_article, make_claim, make_company, make_move, make_person, make_report, make_signal
from tests.pages.conftest import Read

PUBLIC = {"indexable": True}


def told(client: Client, address: str) -> dict[str, dict[str, Any]]:
    """The nodes of a page's data, by type."""
    page = client.get(address).content.decode()
    if 'type="application/ld+json">' not in page:
        return {}
    graph = json.loads(page.partition('type="application/ld+json">')[2].partition("</script>")[0])
    assert graph["@context"] == "https://schema.org"
    return {node["@type"]: node for node in graph["@graph"]}


def test_the_front_page_says_how_the_site_is_searched(client: Client, db: None) -> None:
    action = told(client, "/")["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://testserver/search?q={search_term_string}"


def test_a_company_is_an_organisation_with_all_its_names(client: Client, db: None) -> None:
    make_company("Tern AI", name_zh="燕鸥智能", aliases=("TernAI",), parent=make_company("Larkspur"), wikidata_id="Q42")
    tern = told(client, "/companies/tern-ai/")["Organization"]
    assert tern["name"] == "Tern AI"
    assert set(tern["alternateName"]) == {"燕鸥智能", "TernAI"}
    assert tern["parentOrganization"]["name"] == "Larkspur"
    assert tern["sameAs"] == ["https://www.wikidata.org/wiki/Q42"]


def test_a_person_works_where_they_were_last_reported(client: Client, db: None) -> None:
    ada, fern, tern = make_person("Ada Quill", **PUBLIC), make_company("Fernhill"), make_company("Tern AI")
    make_move(ada, date="2023-05", origin=None, destination=fern)
    make_move(ada, date="2024-02", origin=fern, destination=tern, destination_role="head of research")
    person = told(client, ada.get_absolute_url())["Person"]
    assert person["worksFor"]["worksFor"]["name"] == "Tern AI"
    assert (person["worksFor"]["roleName"], person["worksFor"]["startDate"]) == ("head of research", "2024-02")
    [past] = person["alumniOf"]
    assert (past["alumniOf"]["name"], past["endDate"]) == ("Fernhill", "2024-02")


@pytest.mark.parametrize("status", ["rumoured", "planned", "declined", "denied"])
def test_what_did_not_happen_is_no_employment(client: Client, db: None, status: str) -> None:
    ada = make_person("Ada Quill", **PUBLIC)
    make_move(ada, status=status)
    assert {"worksFor", "alumniOf"}.isdisjoint(told(client, ada.get_absolute_url())["Person"])


@pytest.mark.parametrize("date", ["2024-03-18/2024-03-24", "../2024", "2024~", ""])
def test_a_doubtful_date_is_left_out(client: Client, db: None, date: str) -> None:
    ada = make_person("Ada Quill", **PUBLIC)
    make_move(ada, date=date)
    assert "startDate" not in told(client, ada.get_absolute_url())["Person"]["worksFor"]


@pytest.mark.parametrize("make", [make_move, make_report, make_signal])
def test_a_fact_is_a_claim_that_articles_make(client: Client, db: None, make: Any) -> None:
    kind = "compensation" if make is make_report else make.__name__.removeprefix("make_")
    claim = make_claim(kind, article=make_article(author="Bo Marsh and Cy Lane"))
    fact = make(**({"person": make_person(**PUBLIC)} if make is make_move else {}), claim=claim, status="rumoured")
    node = told(client, fact.get_absolute_url())["Claim"]
    assert node["creativeWorkStatus"] == "rumoured"
    article = node["firstAppearance"]
    assert (article["@type"], article["url"]) == ("NewsArticle", claim.article.address)
    assert [author["name"] for author in article["author"]] == ["Bo Marsh", "Cy Lane"]
    assert article["publisher"]["name"] == "The Daily Ledger"


def test_an_articles_page_cites_the_article(client: Client, db: None) -> None:
    article = make_article()
    cited = told(client, article.get_absolute_url())["WebPage"]["citation"]
    assert (cited["headline"], cited["datePublished"]) == (article.title, "2025-03-03")


def test_the_data_are_a_dataset_under_their_licence(client: Client, db: None) -> None:
    assert told(client, "/data/")["Dataset"]["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_the_way_to_a_page_is_told(client: Client, db: None) -> None:
    make_company("Tern AI")
    steps = told(client, "/zh-hans/companies/tern-ai/")["BreadcrumbList"]["itemListElement"]
    assert [step["item"].removeprefix("http://testserver") for step in steps] == [
        "/zh-hans/",
        "/zh-hans/companies/",
        "/zh-hans/companies/tern-ai/",
    ]


def test_nothing_is_told_of_who_stays_out_of_search_engines(client: Client, db: None) -> None:
    ada, bo = make_person("Ada Quill"), make_person("Bo Marsh", visibility="unlisted", **PUBLIC)
    rows = [ada, bo, make_move(ada), make_move(bo), make_report(person=ada), make_company(visibility="unlisted")]
    assert [told(client, row.get_absolute_url()) for row in rows] == [{}] * len(rows)


def test_nothing_is_told_of_a_page_as_known_on_another_day(client: Client, db: None) -> None:
    make_company("Tern AI")
    assert told(client, "/companies/tern-ai/?as_of=2025-01-01") == {}


def test_no_name_ends_the_element(client: Client, db: None) -> None:
    company = make_company("</script><script>alert(1)</script> & co", slug="odd")
    assert b"<script>alert" not in client.get("/companies/odd/").content
    assert told(client, "/companies/odd/")["Organization"]["name"] == company.name


def test_links_that_are_shared_say_what_the_page_says(read: Read) -> None:
    move = make_move(make_person('Ada "Q" Quill'), destination=make_company("Tern AI"), status="rumoured")
    said = {meta.get("property"): meta.get("content") for meta in read(move.get_absolute_url()).cssselect("meta")}
    assert said["og:title"] == 'Rumoured: Ada "Q" Quill joined Tern AI'
    assert said["og:description"].endswith("according to two people")
    assert said["og:url"] == f"http://testserver{move.get_absolute_url()}"
    assert said["og:image"].startswith(f"http://testserver{move.get_absolute_url()}card.png?v=")

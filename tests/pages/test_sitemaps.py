"""robots.txt and the site maps: valid, complete in what may be listed, silent about everything else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from lxml import etree

from talent import sitemaps
from talent.models import Claim, Move
from tests.factories import make_article, make_company, make_move, make_person, make_report, make_signal

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def places(client: Client, address: str) -> list[str]:
    """The paths that a site map names."""
    answer = client.get(address)
    assert answer.headers["Content-Type"].startswith("application/xml")
    tree = etree.fromstring(answer.content)
    return [loc.text.removeprefix("http://testserver") for loc in tree.findall(".//s:loc", SPACE)]


def mapped(client: Client) -> set[str]:
    """Every page of every site map that the index names."""
    return {path for part in places(client, "/sitemap.xml") for path in places(client, part)}


def test_crawlers_are_led_to_the_index_and_away_from_rooms_of_accounts(client: Client, db: None) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"Disallow: /desk/", "Disallow: /zh-hans/desk/", "Disallow: /api/"} <= set(lines)
    assert not [line for line in lines if line.startswith("Disallow: /people")]


@pytest.mark.parametrize("make", [make_company, make_report, make_signal, make_article])
def test_it_names_every_public_page(client: Client, db: None, make: Any) -> None:
    assert make().get_absolute_url() in mapped(client)


def test_it_names_people_and_their_moves_where_an_editor_lets_them(client: Client, db: None) -> None:
    ada, bo = make_person(indexable=True), make_person()
    open_move, closed_move, group = make_move(ada), make_move(bo), make_move(cohort_text="three people")
    found = mapped(client)
    assert {row.get_absolute_url() for row in (ada, open_move, group)} <= found
    assert found.isdisjoint(row.get_absolute_url() for row in (bo, closed_move))


@pytest.mark.parametrize("visibility", ["hidden", "withdrawn", "unlisted"])
def test_it_names_nothing_that_was_taken_back(client: Client, db: None, visibility: str) -> None:
    rows = [make_company(visibility=visibility), make_signal(visibility=visibility),
            make_person(visibility=visibility, indexable=True)]  # fmt: skip
    assert mapped(client).isdisjoint(row.get_absolute_url() for row in rows)


def test_it_leads_to_the_other_language(client: Client, db: None) -> None:
    company = make_company()
    tree = etree.fromstring(client.get("/sitemap-companies-0.xml").content)
    alternates = {link.get("hreflang"): link.get("href") for link in tree.findall(".//x:link", SPACE)}
    assert alternates["zh-Hans"] == f"http://testserver/zh-hans{company.get_absolute_url()}"


def test_chunks_are_ranges_of_ids_and_gaps_between_them_cost_nothing(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(sitemaps, "CHUNK", 10)
    near, far = make_move(cohort_text="three people"), make_move(cohort_text="four people")
    Claim.objects.update(move=None)
    Move.objects.filter(pk=far.pk).update(id=far.pk + 1_000_000)
    with django_assert_num_queries(1):
        parts = [part for part in places(client, "/sitemap.xml") if "moves" in part]
    assert parts == [f"/sitemap-moves-{near.pk // 10}.xml", f"/sitemap-moves-{(far.pk + 1_000_000) // 10}.xml"]
    with django_assert_num_queries(1):
        assert places(client, parts[1]) == [far.get_absolute_url()]


def test_a_chunk_is_never_empty(client: Client, db: None) -> None:
    assert places(client, "/sitemap-people-7.xml") == ["/"]


@pytest.mark.parametrize(
    "name", ["people", "people-", "people-x", "people-٣", "people-9999999999", "users-0", "pages-0"]
)
def test_what_is_no_site_map_is_not_found(client: Client, db: None, name: str) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404

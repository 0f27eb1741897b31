"""Dossiers of people and companies: footnotes, where somebody works, what is disputed, who connects two companies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from talent import interlocks
from talent.models import Claim
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
from tests.pages.conftest import IN_A_BROWSER, PHONE, Read, hrefs, words

PAIR = "/companies/fernhill/with/tern-ai/"
# A sheet of A4 between its margins.
PAPER = {"width": 680, "height": 990}


def particulars(page: Any) -> dict[str, str]:
    """What stands at the head of a dossier."""
    return {
        words(row.cssselect("dt")[0]): words(row.cssselect("dd")[0]) for row in page.cssselect(".particulars > div")
    }


# ------------------------------------------------------------------ footnotes


def test_every_row_of_a_company_leads_to_its_footnote(read: Read) -> None:
    tern = make_company("Tern AI")
    facts = [make_move(destination=tern), make_move(origin=tern, destination=None, kind="departure"),
             make_report(tern), make_signal(tern)]  # fmt: skip
    page = read("/companies/tern-ai/")
    notes = {note.get("id"): note for note in page.cssselect(".endnotes .footnote")}
    marks = [mark.get("href").removeprefix("#") for mark in page.cssselect("tbody .mark-number")]
    assert marks == [f"note-{fact.lead_claim.public_id}" for fact in facts] == list(notes)
    for fact in facts:
        note = notes[f"note-{fact.lead_claim.public_id}"]
        assert fact.get_absolute_url() in hrefs(note)
        for part in (QUOTE, "according to two people", "reported", "The Daily Ledger"):
            assert part in words(note)


def test_footnotes_are_numbered_as_their_marks_are(read: Read) -> None:
    ada = make_person("Ada Quill")
    for year in ("2023", "2024", "2025"):
        make_move(ada, date=year)
    page = read(ada.get_absolute_url())
    assert [note.get("value") for note in page.cssselect(".endnotes .footnote")] == ["1", "2", "3"]
    assert [words(mark) for mark in page.cssselect(".timeline .mark-number")] == ["1", "2", "3"]


def test_an_original_is_printed_by_its_plain_address(read: Read) -> None:
    move = make_move()
    [link] = read(move.get_absolute_url()).cssselect(".footnote a[data-address]")
    assert link.get("data-address") == move.lead_claim.article.address
    assert "#:~:text=" in link.get("href")


def test_a_page_carries_its_address_for_paper(read: Read) -> None:
    move = make_move()
    assert (
        words(read(move.get_absolute_url()).cssselect(".printed")[0]) == f"http://testserver{move.get_absolute_url()}"
    )


@pytest.mark.parametrize(("make", "parameter"), [(make_company, "company"), (make_person, "person")])
def test_it_leads_programs_to_a_feed_of_the_moves(client: Client, read: Read, make: Any, parameter: str) -> None:
    row = make()
    links = read(row.get_absolute_url()).cssselect('link[rel=alternate][type="application/atom+xml"]')
    assert [link.get("href") for link in links] == [f"/moves/feed.atom?{parameter}={row.slug}"]
    assert client.get(links[0].get("href")).status_code == 200


# ------------------------------------------------------------------ people


def test_it_says_where_a_person_was_last_reported_and_since_when(read: Read) -> None:
    ada, fern, tern = make_person("Ada Quill"), make_company("Fernhill"), make_company("Tern AI")
    make_move(ada, date="2023", origin=None, destination=fern)
    make_move(ada, date="2024-02", origin=fern, destination=tern, destination_role="head of research")
    shown = particulars(read(ada.get_absolute_url()))
    assert shown["Last reported at"] == "Tern AI 1 head of research Feb 2024"
    assert shown["Also reported at"] == "Fernhill 1"


@pytest.mark.parametrize("status", ["rumoured", "planned", "declined", "denied"])
def test_a_move_that_did_not_happen_is_no_employment(read: Read, status: str) -> None:
    ada = make_person("Ada Quill")
    make_move(ada, date="2023", origin=None, destination=make_company("Fernhill"))
    make_move(ada, date="2024", destination=make_company("Tern AI"), status=status)
    assert particulars(read(ada.get_absolute_url()))["Last reported at"].startswith("Fernhill")


def test_who_left_for_an_unknown_place_is_at_none(read: Read) -> None:
    ada = make_person("Ada Quill")
    make_move(ada, origin=make_company("Fernhill"), destination=None, kind="departure")
    shown = particulars(read(ada.get_absolute_url()))
    assert shown["Last reported to have left"].startswith("Fernhill")
    assert "Last reported at" not in shown
    assert "Also reported at" not in shown


def test_it_shows_what_the_articles_dispute(read: Read) -> None:
    move = make_move(make_person("Ada Quill"), claim=make_claim(date="2024-03"), articles_count=2)
    Claim.objects.filter(pk=make_claim(date="2024-07").pk).update(move=move)
    for page in (read(move.person.get_absolute_url()), read(move.destination.get_absolute_url())):
        [disputed] = page.cssselect("section[aria-labelledby=contradictions] li")
        assert all(version in words(disputed) for version in ("When:", "Mar 2024", "Jul 2024"))
        assert f"{move.get_absolute_url()}#contradictions" in hrefs(disputed)


def test_two_moves_that_cannot_both_be_are_one_dispute(read: Read) -> None:
    ada, fern = make_person("Ada Quill"), make_company("Fernhill")
    make_move(ada, origin=fern, destination=make_company("Tern AI"))
    make_move(ada, origin=fern, destination=make_company("Northwind AI"))
    [disputed] = read(ada.get_absolute_url()).cssselect("section[aria-labelledby=contradictions] li")
    assert "To:" in words(disputed)


def test_a_claim_of_later_is_no_dispute_of_that_day(read: Read) -> None:
    move = make_move(make_person("Ada Quill"), claim=make_claim(date="2024-03"), articles_count=2)
    later = make_claim(date="2024-07", article=make_article(published_at=datetime(2026, 1, 1, tzinfo=UTC)))
    Claim.objects.filter(pk=later.pk).update(move=move)
    assert not read(f"{move.person.get_absolute_url()}?as_of=2025-06-01").cssselect("#contradictions")


def test_a_move_leads_to_others_of_the_person_and_to_what_connects_its_companies(read: Read) -> None:
    ada, tern, fern = make_person("Ada Quill"), make_company("Tern AI"), make_company("Fernhill")
    move, other = make_move(ada, origin=tern, destination=fern), make_move(ada, date="2019")
    make_move(ada, date="2018", visibility="hidden")
    page = read(move.get_absolute_url())
    [related] = page.cssselect("section[aria-labelledby=related] li")
    assert other.get_absolute_url() in hrefs(related)
    assert PAIR in hrefs(page)


# ------------------------------------------------------------------ companies


def test_it_shows_the_newest_figure_of_each_kind_with_its_source(read: Read) -> None:
    tern = make_company("Tern AI")
    make_signal(tern, date="2023", value_min=100)
    newest = make_signal(tern, date="2025", value_min=700)
    make_signal(tern, date="2026", value_min=9_000, status="rumoured")
    make_signal(tern, date="2026", value_min=30, team="Robotics")
    page = read("/companies/tern-ai/")
    assert particulars(page)["headcount"].startswith("at least 700 people")
    assert f"#note-{newest.lead_claim.public_id}" in hrefs(page.cssselect(".particulars")[0])


def test_it_counts_arrivals_and_departures_and_leads_to_them(read: Read) -> None:
    tern = make_company("Tern AI")
    make_move(destination=tern, origin=None)
    page = read("/companies/tern-ai/")
    assert (particulars(page)["Arrivals"], particulars(page)["Departures"]) == ("1", "0")
    assert {"/moves/?to=tern-ai", "/moves/?from=tern-ai"} <= set(hrefs(page.cssselect(".particulars")[0]))


def test_it_leads_to_the_companies_it_shares_people_with(read: Read) -> None:
    tern, fern = make_company("Tern AI"), make_company("Fernhill")
    for status in ("reported", "confirmed", "denied"):
        make_move(origin=fern, destination=tern, status=status)
    [partner] = read("/companies/tern-ai/").cssselect(".partners li")
    assert words(partner) == "Fernhill 2 moves"
    assert hrefs(partner) == [PAIR]


# ------------------------------------------------------------------ between two companies


@pytest.fixture
def pair(db: None) -> tuple[Any, Any]:
    return make_company("Fernhill", name_zh="蕨山"), make_company("Tern AI")


def test_it_shows_the_moves_each_way_and_who_was_at_both(read: Read, pair: tuple[Any, Any]) -> None:
    fern, tern = pair
    direct, around = make_person("Ada Quill"), make_person("Bo Marsh")
    make_move(direct, origin=fern, destination=tern)
    make_move(around, origin=fern, destination=make_company(), date="2021")
    make_move(around, origin=None, destination=tern, date="2024")
    make_move(make_person("Cy Lane"), origin=fern, destination=make_company())
    page = read(PAIR)
    there, back, both = page.cssselect("article > section")
    assert "Ada Quill" in words(there)
    assert "No move has been recorded." in words(back)
    assert [words(name) for name in both.cssselect("strong")] == ["Ada Quill", "Bo Marsh"]
    assert "Bo Marsh joined Tern AI, according to two people" in words(both)


@pytest.mark.parametrize("status", ["rumoured", "planned", "declined", "denied"])
def test_nobody_was_anywhere_by_what_did_not_happen(read: Read, pair: tuple[Any, Any], status: str) -> None:
    make_move(make_person("Ada Quill"), origin=pair[0], destination=pair[1], status=status)
    assert "Nobody is known to have been at both." in words(read(PAIR))


def test_nobody_hidden_connects_anything(read: Read, pair: tuple[Any, Any]) -> None:
    make_move(make_person("Ada Quill", visibility="hidden"), origin=pair[0], destination=pair[1])
    make_move(make_person("Bo Marsh"), origin=pair[0], destination=pair[1], visibility="hidden")
    shown = words(read(PAIR))
    assert "Ada Quill" not in shown
    assert "Bo Marsh" not in shown


def test_the_names_of_a_pair_are_in_the_readers_language(read: Read, pair: tuple[Any, Any]) -> None:
    with translation.override("zh-hans"):
        assert "蕨山" in words(read(f"/zh-hans{PAIR}").cssselect("h1")[0])


def test_a_pair_has_one_address(client: Client, pair: tuple[Any, Any]) -> None:
    answer = client.get("/companies/tern-ai/with/fernhill/")
    assert (answer.status_code, answer.headers["Location"]) == (308, PAIR)


@pytest.mark.parametrize("other", ["fernhill", "nobody"])
def test_a_company_alone_is_no_pair(client: Client, pair: tuple[Any, Any], other: str) -> None:
    assert client.get(f"/companies/fernhill/with/{other}/").status_code == 404


def test_a_company_that_was_merged_leads_on(client: Client, pair: tuple[Any, Any]) -> None:
    make_company("Zephyr", merged_into=pair[1])
    answer = client.get("/companies/fernhill/with/zephyr/", follow=True)
    assert answer.request["PATH_INFO"] == PAIR


def test_a_pair_stays_out_of_search_engines(read: Read, pair: tuple[Any, Any]) -> None:
    assert read(PAIR).cssselect("meta[name=robots][content=noindex]")


def test_a_cursor_of_another_pair_is_refused(read: Read, pair: tuple[Any, Any]) -> None:
    assert "middle of another list" in words(read(f"{PAIR}?cursor=nonsense", status=400))


@pytest.mark.parametrize("rows", [1, 30])
def test_a_pair_makes_few_queries(read: Read, pair: tuple[Any, Any], django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_move(origin=pair[0], destination=pair[1])
    with django_assert_num_queries(6):
        page = read(PAIR)
    assert len(page.cssselect("article > section")[2].cssselect("li")) == min(rows, 25)


def test_however_large_the_companies_only_their_newest_moves_are_looked_through(
    read: Read, pair: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interlocks, "LOOKED_THROUGH", 1)
    old, new = make_person("Ada Quill"), make_person("Bo Marsh")
    make_move(old, origin=pair[0], destination=pair[1], date="2020")
    make_move(new, origin=pair[0], destination=pair[1], date="2024")
    assert [words(name) for name in read(PAIR).cssselect("strong")] == ["Bo Marsh"]


# ------------------------------------------------------------------ in a browser


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    @pytest.fixture
    def addresses(self, live_server: LiveServer) -> list[str]:
        """Pages that only this file knows: between two companies, a claim's citations, pages for other sites."""
        fern, tern = (
            make_company("Fernhill", name_zh="蕨山"),
            make_company("Tern Artificial Intelligence", slug="tern-ai"),
        )
        article = make_article(address=f"https://x.example/{'a' * 300}")
        move = make_move(make_person("Ada Quill"), origin=fern, destination=tern, claim=make_claim(article=article))
        cited = f"/claims/{move.lead_claim.public_id}/cite/"
        return [PAIR, cited, f"{move.get_absolute_url()}embed/", f"{tern.get_absolute_url()}embed/"]

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
        self, browser: Browser, live_server: LiveServer, addresses: list[str], scheme: Any
    ) -> None:
        found = []
        page = browser.new_page(color_scheme=scheme, viewport=PHONE)
        for address in addresses:
            page.goto(live_server.url + address)
            serious = [
                v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")
            ]
            found.append((address, serious, page.evaluate("document.documentElement.scrollWidth")))
        page.close()
        assert found == [(address, [], PHONE["width"]) for address in addresses]

    def test_on_paper_a_table_stays_a_table_and_sources_show_their_addresses(
        self, browser: Browser, live_server: LiveServer
    ) -> None:
        move = make_move(make_person("Ada Quill"), destination=make_company("Tern AI"))
        page = browser.new_page(viewport=PAPER)
        page.goto(live_server.url + move.destination.get_absolute_url())
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.querySelector('.ledger td')).display") == "table-cell"
        assert not page.locator(".finder").is_visible()
        assert page.locator(".printed").is_visible()
        after = "getComputedStyle(document.querySelector('.footnote a[data-address]'), '::after').content"
        assert move.lead_claim.article.address in page.evaluate(after)
        page.close()

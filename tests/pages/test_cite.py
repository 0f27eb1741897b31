"""Citing a fact and its claims: in every style, and as files that other programs read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import bibtexparser
import pytest
import rispy
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from talent import citations
from talent.citations import Style
from tests.factories import QUOTE, make_claim, make_move, make_report, make_signal
from tests.pages.conftest import Read, hrefs, words

FACTS = [make_move, make_report, make_signal]


def item_of(
    *, author: str = "", title: str = "A and B part", quote: str = "They part.", version: int = 1
) -> citations.Item:
    article = SimpleNamespace(
        author=author,
        title=title,
        retrieved_at=datetime(2025, 3, 5, tzinfo=UTC),
        published_on=date(2025, 3, 3),
        language="en",
        is_one_of_several=version > 1,
        version=version,
    )
    claim = SimpleNamespace(public_id="abc", article=article, quote=quote)
    return citations.of_claim(
        claim,
        address="https://news.example/a",
        outlet="The Daily Ledger",
        words="https://news.example/a#:~:text=They%20part.",
        here="https://t.example/claims/abc/",
    )


@pytest.mark.parametrize("make", FACTS)
def test_a_fact_is_one_click_from_its_citations(read: Read, make: Any) -> None:
    fact = make()
    assert f"{fact.get_absolute_url()}cite/" in hrefs(read(fact.get_absolute_url()))


@pytest.mark.parametrize("make", FACTS)
@pytest.mark.parametrize("style", [s.called for s in Style])
def test_it_cites_the_page_and_the_article_in_every_style(read: Read, make: Any, style: str) -> None:
    page = read(f"{make().get_absolute_url()}cite/")
    names = [words(dt) for dt in page.cssselect(".styles dt")]
    assert names.count(style) == 2


def test_it_says_the_revision_and_the_status() -> None:
    fact = SimpleNamespace(
        public_id="m1", revision=3, updated_at=datetime(2025, 4, 1, tzinfo=UTC), status="rumoured", reporters=1
    )
    item = citations.of_fact(
        fact, title="Rumoured: X", address="https://t.example/m1/", site="T", accessed=date.today()
    )
    assert item["version"] == "3"
    assert "status: rumoured" in item["note"]


@pytest.mark.parametrize(
    ("style", "start"),
    [
        (Style.APA, "Wei Han, & Ada Quill. (2025, March 3). A and B part. The Daily Ledger. https"),
        (Style.CHICAGO, "Wei Han, and Ada Quill. 2025. “A and B Part”. The Daily Ledger, March 3. https"),
        (Style.MLA, "Wei Han, and Ada Quill. “A and B Part”. The Daily Ledger, 3 Mar. 2025, https"),
        (Style.GB_T_7714, "WEI HAN, ADA QUILL. A and B part[EB/OL]. (2025-03-03)[2025-03-05]. https"),
    ],
)
def test_it_writes_each_style(style: Style, start: str) -> None:
    assert citations.formatted(item_of(author="Wei Han and Ada Quill"), style).startswith(start)


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Ada Quill", ["Ada Quill"]),
        ("Quill, Ada", ["Quill, Ada"]),
        ("Ada Quill, Wei Han", ["Ada Quill", "Wei Han"]),
        ("王小明、李雷", ["王小明", "李雷"]),
        ("", ["The Daily Ledger"]),
    ],
)
def test_it_tells_the_authors_apart(written: str, authors: list[str]) -> None:
    assert [author["literal"] for author in item_of(author=written)["author"]] == authors


@pytest.mark.parametrize("make", FACTS)
def test_the_files_are_read_back_by_other_programs(client: Client, db: None, make: Any) -> None:
    address = make().get_absolute_url()
    read = {ending: client.get(f"{address}cite.{ending}").content.decode() for ending in ("bib", "ris", "json")}
    counted = [
        len(bibtexparser.parse_string(read["bib"]).entries),
        len(rispy.loads(read["ris"])),
        len(json.loads(read["json"])),
    ]
    assert counted == [2, 2, 2]


@given(title=st.text(min_size=1), quote=st.text(min_size=1), author=st.text())
def test_no_text_breaks_a_file(title: str, quote: str, author: str) -> None:
    item = item_of(title=title, quote=quote, author=author)
    library = bibtexparser.parse_string(citations.bibtex([item, {**item, "id": "next"}]))
    assert len(library.entries) == 2
    assert not library.failed_blocks
    assert [r["id"] for r in rispy.loads(citations.ris([item, {**item, "id": "next"}]))] == ["abc", "next"]


def test_a_program_cannot_be_asked_for_another_ending(client: Client, db: None) -> None:
    assert client.get(f"{make_move().get_absolute_url()}cite.exe").status_code == 404


@pytest.mark.parametrize("ending", ["cite/", "cite.bib"])
def test_an_unknown_fact_cannot_be_cited(client: Client, db: None, ending: str) -> None:
    assert client.get(f"/moves/nosuchmove/{ending}").status_code == 404


@pytest.mark.parametrize("style", list(Style))
def test_what_is_printed_has_the_plain_address_of_the_article(style: Style) -> None:
    text = citations.formatted(item_of(), style)
    assert "https://news.example/a" in text
    assert "#:~:" not in text


def test_files_keep_the_ways_to_the_words() -> None:
    item = item_of()
    assert item["custom"]["quote_url"].endswith("#:~:text=They%20part.")
    assert "https://t.example/claims/abc/" in citations.bibtex([item])
    assert "https://t.example/claims/abc/" in citations.ris([item])


def test_a_claim_is_cited_in_the_version_of_the_article_that_was_read() -> None:
    assert item_of(version=2)["version"] == "2"
    assert "version" not in item_of()


def test_a_claim_has_a_page_of_citations_with_the_fact_beside_it(read: Read) -> None:
    move = make_move(status="rumoured")
    page = read(f"/claims/{move.lead_claim.public_id}/cite/")
    shown = words(page)
    assert "according to two people" in words(page.cssselect(".standfirst")[0])
    for part in (QUOTE, "revision 1", move.lead_claim.article.title):
        assert part in shown
    assert f"http://testserver/claims/{move.lead_claim.public_id}/" in hrefs(page)


def test_a_claims_file_is_the_article_alone(client: Client, db: None) -> None:
    claim = make_move().lead_claim
    [item] = json.loads(client.get(f"/claims/{claim.public_id}/cite.json").content)
    assert (item["id"], item["URL"]) == (claim.public_id, claim.article.address)


def test_a_claims_short_address_leads_to_its_place(client: Client, db: None) -> None:
    claim = make_move().lead_claim
    place = f"/articles/{claim.article.public_id}/#claim-{claim.public_id}"
    assert client.get(f"/claims/{claim.public_id}/").headers["Location"] == place


@pytest.mark.parametrize("part", ["", "cite/", "cite.bib"])
def test_a_claim_that_readers_may_not_see_cannot_be_cited(client: Client, db: None, part: str) -> None:
    hidden, rejected = (
        make_move(visibility="hidden").lead_claim,
        make_move(claim=make_claim(review="rejected")).lead_claim,
    )
    for claim in (hidden, rejected):
        assert client.get(f"/claims/{claim.public_id}/{part}").status_code == 404


def test_a_text_without_author_and_outlet_is_cited_by_its_title() -> None:
    item = item_of()
    del item["author"]
    assert citations.formatted(item, Style.APA).startswith("A and B part.")
    assert "author" not in citations.bibtex([item])
    assert "AU  -" not in citations.ris([item])


def test_it_says_when_what_is_cited_was_retrieved(read: Read) -> None:
    page = read(f"{make_move().get_absolute_url()}cite/")
    assert [words(dt) for dt in page.cssselect(".styles dt")].count("Retrieved on") == 2

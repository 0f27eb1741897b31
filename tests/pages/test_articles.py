"""The list of articles, and one article with its claims marked."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from talent.models import Claim
from tests.factories import QUOTE, make_article, make_claim, make_move, make_report, make_source
from tests.pages.conftest import Read, hrefs, words

LONG = "Nothing of note happens in this sentence. " * 40


def test_it_lists_articles_with_outlet_and_state(read: Read) -> None:
    make_article(state="failed", language="zh")
    [row] = read("/articles/").cssselect("tbody tr")
    for part in ("3 Mar 2025", "Quill joins Lanternlight", "The Daily Ledger", "Chinese", "failed"):
        assert part in words(row)


@pytest.mark.parametrize("rows", [1, 50])
def test_its_list_makes_one_query_and_reads_no_text(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_article()
    with django_assert_num_queries(1) as queries:
        read("/articles/")
    assert '"articles_article"."text"' not in queries[0]["sql"]


def test_it_marks_a_claim_in_its_context_and_leads_to_its_fact(read: Read) -> None:
    article = make_article(f"{LONG}It was a surprise. {QUOTE}. Nobody commented. {LONG}")
    claim = make_claim(article=article)
    move = make_move(claim=claim)
    page = read(article.get_absolute_url())
    assert words(page.cssselect("mark")[0]) == QUOTE
    assert words(page.cssselect(".passage")[0]).startswith("It was a surprise. ")
    assert page.cssselect(f"#claim-{claim.public_id}")
    assert move.get_absolute_url() in hrefs(page.get_element_by_id(f"note-{claim.public_id}"))


def test_it_shows_little_of_a_text_that_is_not_ours(read: Read) -> None:
    article = make_article(f"{LONG}{QUOTE}. {LONG}")
    make_move(claim=make_claim(article=article))
    page = read(article.get_absolute_url())
    assert words(page).count("Nothing of note") <= 3
    assert len(page.cssselect(".cut")) == 2


def test_it_shows_a_sample_whole_and_says_so(read: Read) -> None:
    article = make_article(f"{LONG}{QUOTE}. {LONG}", source=make_source("Samples", kind="sample"))
    make_move(claim=make_claim(article=article))
    page = read(article.get_absolute_url())
    assert words(page).count("Nothing of note") == 80
    assert "written for this project as a sample" in words(page)


def test_it_shows_nothing_of_a_text_without_claims(read: Read) -> None:
    page = read(make_article(LONG).get_absolute_url())
    assert "Nothing of note" not in words(page)
    assert "Nothing about moves, pay or hiring was found" in words(page)


def test_it_handles_overlapping_claims(read: Read) -> None:
    article = make_article("Ada Quill left Tern AI for a package of $2 million in all.")
    first = make_claim(article=article, quote="Ada Quill left Tern AI for a package")
    second = make_claim("compensation", article=article, quote="a package of $2 million")
    make_move(claim=first)
    make_report(claim=second)
    page = read(article.get_absolute_url())
    marks = [(m.get("class"), words(m)) for m in page.cssselect("mark")]
    assert marks == [("depth-1", "Ada Quill left Tern AI for"), ("depth-2", "a package"), ("depth-1", "of $2 million")]
    assert [words(n) for n in page.cssselect(".mark-number")] == ["1", "2"]


@pytest.mark.parametrize("visibility", ["hidden", "withdrawn"])
def test_it_does_not_quote_what_was_taken_back(read: Read, visibility: str) -> None:
    article = make_article(f"{LONG}{QUOTE}. {LONG}")
    make_move(claim=make_claim(article=article), visibility=visibility)
    assert "Ada Quill has left" not in words(read(article.get_absolute_url()))


def test_it_leaves_out_rejected_claims(read: Read) -> None:
    article = make_article(f"{LONG}{QUOTE}. {LONG}")
    claim = make_claim(article=article)
    make_move(claim=claim)
    Claim.objects.filter(pk=claim.pk).update(review="rejected")
    assert not read(article.get_absolute_url()).cssselect("mark")


def test_it_leads_to_the_original(read: Read) -> None:
    article = make_article()
    assert article.address in hrefs(read(article.get_absolute_url()))


def test_it_links_no_address_that_is_not_of_the_web(read: Read) -> None:
    article = make_article(address="javascript:alert(1)")
    assert not [h for h in hrefs(read(article.get_absolute_url())) if h.startswith("javascript")]


@pytest.mark.parametrize("claims", [1, 50])
def test_its_page_makes_two_queries(read: Read, django_assert_num_queries: Any, claims: int) -> None:
    article = make_article()
    for _ in range(claims):
        make_move(claim=make_claim(article=article))
    with django_assert_num_queries(2):
        read(article.get_absolute_url())


def test_it_says_why_an_article_failed_and_offers_no_button_to_strangers(read: Read) -> None:
    article = make_article(state="failed", error="NotADocument: there is no article in it", failed_for_good=True)
    page = read(article.get_absolute_url())
    assert "there is no article in it" in words(page.cssselect("[role=alert]")[0])
    assert not page.cssselect("form[method=post]")


def test_it_lets_staff_try_again(client: Client, read: Read) -> None:
    client.force_login(User.objects.create_superuser("ed"))
    article = make_article(state="failed", error="no", failed_for_good=True, attempts=5)
    assert read(article.get_absolute_url()).cssselect("form[method=post] button")
    response = client.post(f"{article.get_absolute_url()}retry/", follow=True)
    article.refresh_from_db()
    assert (article.state, article.failed_for_good, article.attempts) == ("awaiting_extraction", False, 0)
    assert b"waits to be read again" in response.content


def test_it_refuses_a_retry_by_strangers_and_by_a_mere_link(client: Client, db: None) -> None:
    article = make_article(state="failed", failed_for_good=True)
    assert client.get(f"{article.get_absolute_url()}retry/").status_code == 405
    client.post(f"{article.get_absolute_url()}retry/")
    article.refresh_from_db()
    assert article.state == "failed"

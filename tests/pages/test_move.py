"""One move with all of its evidence; reports and signals share the page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

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
from tests.pages.conftest import Read, hrefs, words

FACTS = [make_move, make_report, make_signal]


@pytest.mark.parametrize("make", FACTS)
def test_it_shows_every_claim_with_outlet_date_language_and_context(read: Read, make: Any) -> None:
    fact = make()
    article = make_article(f"Before that. {QUOTE}, it said. After.", language="zh")
    claim = make_claim(article=article, status="confirmed", attribution="")
    column = "report" if make is make_report else make.__name__.removeprefix("make_")
    Claim.objects.filter(pk=claim.pk).update(**{column: fact})
    notes = read(fact.get_absolute_url()).cssselect(".footnote")
    assert len(notes) == 2
    shown = words(notes[-1])
    for part in (
        "…Before that. ",
        QUOTE,
        ", it said. After.",
        "The Daily Ledger",
        "3 Mar 2025",
        "Chinese",
        "confirmed",
    ):
        assert part.strip() in shown
    assert notes[-1].cssselect("blockquote")[0].get("lang") == "zh"


@pytest.mark.parametrize("make", FACTS)
def test_it_leads_to_the_quote_in_the_article_and_in_the_original(read: Read, make: Any) -> None:
    fact = make()
    claim = fact.lead_claim
    found = hrefs(read(fact.get_absolute_url()).cssselect(".footnote")[0])
    assert f"/articles/{claim.article.public_id}/#claim-{claim.public_id}" in found
    assert any(href.startswith(f"{claim.article.address}#:~:text=Ada%20Quill") for href in found)


@pytest.mark.parametrize("make", FACTS)
def test_it_has_its_source_in_the_sentence(read: Read, make: Any) -> None:
    assert words(read(make().get_absolute_url()).cssselect("h1")[0]).endswith("according to two people")


@pytest.mark.parametrize("make", FACTS)
@pytest.mark.parametrize(("visibility", "status"), [("hidden", 404), ("withdrawn", 410), ("unlisted", 200)])
def test_it_answers_by_visibility(read: Read, make: Any, visibility: str, status: int) -> None:
    fact = make(visibility=visibility)
    page = read(fact.get_absolute_url(), status=status)
    assert (QUOTE in words(page)) == (status == 200)


@pytest.mark.parametrize("make", FACTS)
def test_it_redirects_to_where_its_claim_lives_now(client: Client, db: None, make: Any) -> None:
    old, new = make_claim(), make()
    column = {"move": "move", "compensationreport": "report", "signal": "signal"}[new._meta.model_name]
    Claim.objects.filter(pk=old.pk).update(**{column: new})
    response = client.get(new.get_absolute_url().replace(new.public_id, old.public_id))
    assert (response.status_code, response.headers["Location"]) == (308, new.get_absolute_url())


def test_it_never_redirects_to_what_is_hidden(read: Read) -> None:
    old, hidden = make_claim(), make_move(visibility="hidden")
    Claim.objects.filter(pk=old.pk).update(move=hidden)
    read(f"/moves/{old.public_id}/", status=404)


def test_it_says_that_articles_differ(read: Read) -> None:
    move = make_move()
    Claim.objects.filter(pk=make_claim(status="denied").pk).update(move=move)
    assert "Articles put this differently" in words(read(move.get_absolute_url()))


def test_it_leaves_out_rejected_claims(read: Read) -> None:
    move = make_move()
    Claim.objects.filter(pk=make_claim(review="rejected").pk).update(move=move)
    assert len(read(move.get_absolute_url()).cssselect(".footnote")) == 1


@pytest.mark.parametrize(("indexable", "robots"), [(False, 1), (True, 0)])
def test_it_stays_out_of_search_engines_like_its_person(read: Read, indexable: bool, robots: int) -> None:
    move = make_move(make_person(indexable=indexable))
    assert len(read(move.get_absolute_url()).cssselect("meta[name=robots][content=noindex]")) == robots


@pytest.mark.parametrize("claims", [1, 50])
@pytest.mark.parametrize(("make", "queries"), [(make_move, 6), (make_report, 3), (make_signal, 4)])
def test_it_makes_few_queries(read: Read, django_assert_num_queries: Any, make: Any, claims: int, queries: int) -> None:
    fact = make()
    column = {"move": "move", "compensationreport": "report", "signal": "signal"}[fact._meta.model_name]
    Claim.objects.filter(pk__in=[make_claim().pk for _ in range(claims)]).update(**{column: fact})
    with django_assert_num_queries(queries):
        read(fact.get_absolute_url())


def test_it_shows_open_pay_as_open(read: Read) -> None:
    report = make_report(make_company("Tern AI"), amount_min=1_000_000, amount_max=None)
    assert "over $1 million per year" in words(read(report.get_absolute_url()).cssselect("dd.figure")[0])

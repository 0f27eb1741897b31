"""What is disputed: one page of the newest contradictions, each with who says what."""

from __future__ import annotations

from typing import Any

import pytest

from talent.disputes import at_odds, disputes
from talent.models import Claim
from talent.resolve import directory_of
from talent.views import disputed
from tests.factories import make_claim, make_company, make_move, make_person
from tests.pages.conftest import Read, hrefs, words

pytestmark = pytest.mark.django_db


def _told_twice(**second: Any) -> Any:
    """A move of which two articles tell, the second one otherwise."""
    move = make_move(make_person("Ada Quill"), claim=make_claim(date="2025-03-01"), articles_count=2, reporters=2)
    Claim.objects.filter(pk=make_claim(**second).pk).update(move=move)
    return move


def test_it_sets_the_accounts_side_by_side_with_their_outlets(read: Read) -> None:
    move = _told_twice(date="2025-09")
    page = read("/disputed/")
    assert f"{move.get_absolute_url()}#contradictions" in hrefs(page)
    shown = words(page.cssselect(".versions")[0])
    for part in ("When", "1 Mar 2025", "Sept 2025", "The Daily Ledger"):
        assert part in shown
    assert sum("/articles/" in href for href in hrefs(page)) >= 2


def test_two_moves_that_cannot_both_be_stand_there_once(read: Read) -> None:
    ada, lantern = make_person("Ada Quill"), make_company("Lanternlight")
    for name in ("Tern AI", "Cobalt"):
        make_move(ada, origin=lantern, destination=make_company(name), date="2025-03")
    make_move(make_person("Bo"), origin=lantern, destination=make_company("Fernhill"), date="2025-03")
    [dispute] = read("/disputed/").cssselect("article.dispute")
    assert "Tern AI" in words(dispute)
    assert "Cobalt" in words(dispute)


def test_accounts_that_agree_are_no_dispute(read: Read) -> None:
    _told_twice(date="2025-03")
    assert "No two articles contradict each other here." in words(read("/disputed/"))


def test_nothing_hidden_is_disputed(read: Read) -> None:
    move = _told_twice(date="2025-09")
    type(move).objects.update(visibility="hidden")
    assert not read("/disputed/").cssselect("article.dispute")


@pytest.mark.parametrize("rows", [2, 12])
def test_it_makes_few_queries_and_looks_no_further_than_it_says(
    read: Read, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(disputed, "LOOKED_AT", 5)
    for _ in range(rows):
        _told_twice(date="2025-09")
    with django_assert_max_num_queries(12):
        page = read("/disputed/")
    assert len(page.cssselect("article.dispute")) == min(rows, 5)


def test_what_narrow_rows_call_at_odds_is_what_the_page_of_the_fact_shows(db: None) -> None:
    told = {"kind": "hire", "from": {"org": "Lanternlight", "role": "engineer"}, "to": {"org": "Tern AI", "role": None}}
    others: list[dict[str, Any]] = [
        {"date": "2025-09"}, {"status": "denied"}, {"value": {**told, "to": {"org": "Cobalt", "role": None}}},
        {"value": {**told, "from": {"org": "Lanternlight", "role": "cook"}}}, {"date": "2025"}, {"date": ""},
    ]  # fmt: skip
    nowhere = directory_of([])
    for other in others:
        claims = [
            make_claim(value=told, date="2025-03-01"),
            make_claim(**{"value": told, "date": "2025-03-01", **other}),
        ]
        shown = disputes(make_move(), claims, companies=nowhere)
        assert at_odds([(c.date, c.status, c.value) for c in claims], nowhere) == bool(shown)

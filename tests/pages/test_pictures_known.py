"""Pictures as they were known on an earlier day: the same numbers from what articles had said by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from talent import flows
from talent.models import Move
from talent.views.pictures import remembered
from tests.factories import make_article, make_claim, make_company, make_move, make_person, make_report
from tests.pages.conftest import Read, hrefs, words

pytestmark = pytest.mark.django_db
TOLD = {
    "kind": "hire",
    "from": {"org": "Lanternlight", "team": None, "role": None},
    "to": {"org": "Tern AI", "team": None, "role": None},
}


def _said(year: int, **fields: Any) -> Move:
    """A move to Tern AI of which an article of that year tells."""
    moment = datetime(year, 6, 1, tzinfo=UTC)
    claim = make_claim(article=make_article(published_at=moment), value=TOLD, date=f"{year}-05")
    return make_move(claim=claim, date=f"{year}-05", first_seen=moment, **fields)


@pytest.fixture
def tern() -> Any:
    lantern, tern = make_company("Lanternlight"), make_company("Tern AI")
    for year in (2023, 2024, 2024):
        _said(year, origin=lantern, destination=tern)
    return tern


@pytest.mark.parametrize("name", ["net", "partners"])
def test_a_picture_counts_what_was_known_by_then(read: Read, tern: Any, name: str) -> None:
    address = f"/companies/tern-ai/pictures/{name}/"
    then = read(f"{address}?as_of=2023-12-31")
    assert "1 arrival, 0 departures" in words(then.cssselect(".summary")[0])
    assert "As known on 31 Dec 2023" in words(then.cssselect(".as-known")[0])
    assert address in hrefs(then.cssselect(".as-known")[0])
    assert "3 arrivals" in words(read(address).cssselect(".summary")[0])


def test_with_all_known_it_counts_what_the_tallies_count(tern: Any) -> None:
    make_move(origin=tern, destination=None, kind="departure", date="2024", cohort_text="three people", cohort_min=3)
    make_move(origin=tern, destination=tern, kind="internal")
    moves = list(Move.objects.for_list())
    for by in flows.UNITS:
        assert flows.over_time_of(moves, tern, by=by) == flows.over_time(tern, flows.Asked(), by=by)
    assert flows.partners_of(moves, tern) == flows.partners(tern, flows.Asked())


@pytest.mark.parametrize(
    "query", ["", "from=lanternlight", "to=tern-ai&from=lanternlight", "after=2023&before=2023-12"]
)
def test_flows_count_what_was_known_by_then(read: Read, tern: Any, query: str) -> None:
    then = read(f"/flows/?{query}&as_of=2023-12-31")
    assert words(then.cssselect(".summary")[0]) == "1 move has one of these companies at an end."
    assert [words(cell) for cell in then.cssselect(".shades td a")] == ["1"]
    assert "As known on 31 Dec 2023" in words(then.cssselect(".as-known")[0])
    assert all("as_of=2023-12-31" in href for href in hrefs(then) if ".svg" in href or ".csv" in href)
    assert not read("/flows/?as_of=2022-12-31").cssselect("figure.picture")


def test_with_all_known_the_flows_are_those_of_the_tallies(tern: Any) -> None:
    other = make_company("Cobalt")
    make_move(origin=tern, destination=None, kind="departure")
    make_move(origin=None, destination=other, cohort_text="three people", cohort_min=3)
    make_move(origin=other, destination=tern, status="rumoured")
    make_move(origin=tern, destination=tern, kind="internal")
    whole = flows.matrix(flows.Asked(), top=2)
    moves = flows.asked_among(Move.objects.for_list(), flows.Asked())
    assert replace(flows.matrix_of(moves, whole.origins, whole.destinations), at_hand=False) == whole


def test_a_picture_that_leaves_older_moves_out_says_so(read: Read, tern: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 2)
    for _ in range(3):
        _said(2023, origin=tern, destination=make_company())
    for address in ("/flows/", "/companies/tern-ai/pictures/net/"):
        assert "Only the newest 2 moves" in words(read(f"{address}?as_of=2024-12-31").cssselect("figure.picture")[0])


def test_pay_is_drawn_as_it_was_told_then(read: Read, tern: Any) -> None:
    told = {"org": "Tern AI", "person": None, "population": "researchers", "min": "100000", "max": "200000",
            "currency": "USD", "period": "year", "component": "total", "kind": "offered"}  # fmt: skip
    then, later = (datetime(year, 6, 1, tzinfo=UTC) for year in (2023, 2024))
    first = make_claim("compensation", article=make_article(published_at=then), value=told, status="rumoured")
    report = make_report(tern, claim=first, status="confirmed", first_seen=then, last_seen=later)
    second = make_claim("compensation", article=make_article(published_at=later), value=told, status="confirmed")
    type(second).objects.filter(pk=second.pk).update(report=report)
    make_report(tern, first_seen=later, last_seen=later)
    for query, rows in (("", 1), ("&status=rumoured", 1), ("&status=confirmed", 0)):
        page = read(f"/compensation/picture/?as_of=2023-12-31{query}")
        assert [words(row.cssselect("td")[6]) for row in page.cssselect(".figures tbody tr")] == ["rumoured"] * rows
    assert len(read("/compensation/picture/").cssselect(".figures tbody tr")) == 2


def test_all_pictures_of_a_company_are_of_the_day_asked_for(read: Read, tern: Any) -> None:
    page = read("/companies/tern-ai/pictures/?as_of=2023-12-31")
    assert "1 arrival, 0 departures" in words(page.cssselect("#net .summary")[0])
    assert "/companies/tern-ai/pictures/net/?as_of=2023-12-31" in hrefs(page)


def test_a_file_says_as_of_when_it_is(client: Client, tern: Any) -> None:
    drawn = client.get("/companies/tern-ai/pictures/net.svg?as_of=2023-12-31").content.decode()
    assert "As known on 31 Dec 2023" in drawn
    assert "as_of=2023-12-31" in drawn


def test_a_timeline_leaves_out_what_came_later(read: Read, tern: Any) -> None:
    ada = make_person("Ada Quill")
    for year in (2023, 2024):
        _said(year, person=ada, destination=tern)
    page = read(f"{ada.get_absolute_url()}timeline/?as_of=2023-12-31")
    assert len(page.cssselect(".figures tbody tr")) == 1


@pytest.mark.parametrize("as_of", ["soon", "2023", "2023-13-01"])
def test_what_is_no_day_is_refused_in_words(read: Read, tern: Any, as_of: str) -> None:
    page = read(f"/companies/tern-ai/pictures/net/?as_of={as_of}", 400)
    assert "Write the day as in 2025-03-18." in words(page.cssselect(".alert")[0])


def test_a_page_as_known_leads_to_its_pictures_of_that_day(read: Read, tern: Any) -> None:
    page = read("/companies/tern-ai/?as_of=2023-12-31")
    assert "/companies/tern-ai/pictures/net/?as_of=2023-12-31" in hrefs(page)

"""The list of people, and one person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from talent.models import Claim
from tests.factories import QUOTE, make_claim, make_company, make_move, make_person, make_report
from tests.pages.conftest import Read, words


def test_it_shows_the_newest_move_of_each_person(read: Read) -> None:
    ada = make_person("Ada Quill", name_zh="阿达·奎尔")
    make_move(ada, date="2023", origin=make_company("Fernhill"), destination=None, kind="departure")
    make_move(ada, date="2024", destination=make_company("Tern AI"))
    [row] = read("/people/").cssselect("tbody tr")
    name, move, when, status = (words(cell) for cell in row.cssselect("td"))
    assert (name, move, when, status) == (
        "Ada Quill 阿达·奎尔",
        "Ada Quill joined Tern AI, according to two people",
        "2024",
        "reported",
    )


@pytest.mark.parametrize("rows", [1, 50])
def test_its_list_makes_two_queries(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        make_move()
    with django_assert_num_queries(2):
        read("/people/")


def test_it_keeps_hidden_moves_and_people_out(read: Read) -> None:
    make_move(make_person("Ada Quill"), visibility="hidden")
    make_person("Bo Marsh", visibility="hidden")
    [row] = read("/people/").cssselect("tbody tr")
    assert words(row) == "Ada Quill no move"


def test_it_tells_a_persons_moves_in_time(read: Read) -> None:
    ada = make_person("Ada Quill", name_zh="阿达·奎尔", aliases=("Quill",))
    make_move(ada, date="2023", destination=make_company("Fernhill"), destination_role="lead")
    make_move(ada, date="2024", destination=make_company("Tern AI"), status="rumoured")
    make_report(person=ada)
    page = read(ada.get_absolute_url())
    newest, oldest = page.cssselect(".timeline > li")
    assert words(newest.cssselect("h3")[0]) == "Rumoured: Ada Quill joined Tern AI"
    assert "joined as lead" in words(oldest)
    assert QUOTE in words(oldest)
    for part in ("阿达·奎尔", "Quill", "$1 million to $2 million per year"):
        assert part in words(page)


@pytest.mark.parametrize(("indexable", "robots"), [(False, 1), (True, 0)])
def test_it_stays_out_of_search_engines_unless_an_editor_decides(read: Read, indexable: bool, robots: int) -> None:
    person = make_person(indexable=indexable)
    assert len(read(person.get_absolute_url()).cssselect("meta[name=robots][content=noindex]")) == robots


@pytest.mark.parametrize(("visibility", "status"), [("hidden", 404), ("withdrawn", 410)])
def test_it_answers_by_visibility(read: Read, visibility: str, status: int) -> None:
    page = read(make_person("Ada Quill", visibility=visibility).get_absolute_url(), status=status)
    assert "Ada Quill" not in words(page)


def test_it_redirects_an_old_slug_to_the_person_its_claim_is_about(client: Client, db: None) -> None:
    claim, person = make_claim(), make_person("Ada Quill")
    Claim.objects.filter(pk=claim.pk).update(person=person)
    response = client.get(f"/people/a-quill-{claim.public_id[:5]}/")
    assert (response.status_code, response.headers["Location"]) == (308, person.get_absolute_url())


def test_it_knows_no_stranger(read: Read) -> None:
    read("/people/nobody-abcde/", status=404)


@pytest.mark.parametrize("rows", [2, 50])
def test_its_page_makes_five_queries(read: Read, django_assert_num_queries: Any, rows: int) -> None:
    ada = make_person()
    for _ in range(rows):
        make_move(ada)
    with django_assert_num_queries(5):
        read(ada.get_absolute_url())

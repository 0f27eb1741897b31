"""Suggestions through the API."""

from __future__ import annotations

import pytest


def test_it_suggests_companies_and_people_with_their_addresses(get, world):
    [company, group] = get("suggest/?q=lant").json()["results"]
    assert (company["kind"], company["name"], company["name_zh"]) == ("company", "Lanternlight", "灯光")
    assert get(company["url"]).json()["slug"] == company["slug"]
    assert group["html_url"].endswith("/companies/lanternlight-group/")
    [person] = get("suggest/?q=奎尔").json()["results"]
    assert (person["kind"], person["matched"]) == ("person", "阿达·奎尔")


def test_it_suggests_moves_between_two_names(get, world):
    [move] = get("suggest/?q=ada quill lanternlight").json()["results"]
    assert move["kind"] == "move"
    assert move["name"] == "Ada Quill: Northwind AI → Lanternlight"
    assert move["status"] == "reported"
    assert get(move["url"]).json()["id"] == world.move.public_id


def test_an_answer_may_be_kept_for_a_minute(get, world):
    answer = get("suggest/?q=ada")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert get("suggest/?q=ada", **{"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("q", ["", "a", "%25", "' OR 1=1 --", "zzzz"])
def test_nothing_fits_nothing(get, world, q):
    assert get(f"suggest/?q={q}").json() == {"results": []}


@pytest.mark.parametrize(
    ("query", "named"), [("", "q"), ("q=ada&limit=3", "limit"), ("q=a%00b", "q"), ("q=" + "a" * 201, "q")]
)
def test_a_wrong_parameter_is_named(get, world, query, named):
    answer = get(f"suggest/?{query}")
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == [named]


def test_it_takes_one_query(get, world, django_assert_num_queries):
    from tests.factories import make_person

    for number in range(9):
        make_person(f"Vera Lund {number}")
    with django_assert_num_queries(1):
        assert len(get("suggest/?q=vera").json()["results"]) == 8

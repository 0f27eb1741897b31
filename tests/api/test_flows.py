"""The API's flows: a matrix of companies, and one company over time."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talent.models import Company
from tests.factories import make_company, make_move

COUNT = ["moves", "groups", "people_min", "people_max", "reports", "one_reporter", "vague_month"]


@pytest.fixture
def firms(db):
    """Two from Larkspur to Northwind, one rumoured; one to Marlin in 2024."""
    firms = {name: make_company(name) for name in ("Larkspur", "Northwind", "Marlin")}
    lark, north, marlin = firms.values()
    for _ in range(2):
        make_move(origin=lark, destination=north)
    make_move(origin=lark, destination=north, status="rumoured")
    make_move(origin=lark, destination=marlin, date="2024-02")
    return firms


def cells(answer):
    return {(cell["from"], cell["to"]): cell["moves"] for cell in answer.json()["cells"]}


def test_the_matrix_shows_the_largest_and_adds_up(firms, get):
    answer = get("flows/?top=1")
    assert cells(answer) == {("larkspur", "northwind"): 2, ("larkspur", "*"): 1}
    assert answer.json()["total"]["moves"] == 3
    assert [*answer.json()["total"]] == COUNT
    assert [company["slug"] for company in answer.json()["to"]] == ["northwind"]


@pytest.mark.parametrize(
    ("query", "moves"),
    [
        ("", 3),
        ("?after=2025", 2),
        ("?before=2024", 1),
        ("?before=2024-01", 0),
        ("?after=2024-02&before=2024-02", 1),
        ("?after=2025&before=2024", 0),
        ("?after=0001&before=9999", 3),
        ("?status=rumoured", 1),
        ("?status=rumoured&status=confirmed&status=reported", 4),
        ("?after=&before=&status=&from=", 3),
    ],
)
def test_the_window_and_statuses_are_chosen(firms, get, query, moves):
    assert get(f"flows/{query}").json()["total"]["moves"] == moves


def test_companies_are_named_by_slug_and_followed_into_wholes(firms, get):
    part = make_company("Northwind Labs", merged_into=firms["Northwind"])
    answer = get(f"flows/?from=larkspur&to={part.slug}&to=northwind")
    assert cells(answer)["larkspur", "northwind"] == 2
    assert len(answer.json()["to"]) == 1


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("&".join(f"from=c{n}" for n in range(101)), "from"),
        ("top=", "top"),
        ("top=0", "top"),
        ("top=101", "top"),
        ("top=１", "top"),
        ("top=1&top=2", "top"),
        ("after=2024-02-03", "after"),
        ("after=x", "after"),
        ("before=0000", "before"),
        ("status=perhaps", "status"),
        ("form=larkspur", "form"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(firms, get, query, parameter):
    answer = get(f"flows/?{query}")
    assert answer.status_code == 400
    assert {error["parameter"] for error in answer.json()["errors"]} == {parameter}


@pytest.mark.parametrize("query", ["from=nobody", "to=hidden-one", "from=%00", "from=larkspur&from=nobody"])
def test_a_company_that_nobody_sees_is_not_found(firms, get, query):
    make_company("Hidden One", visibility="hidden")
    answer = get(f"flows/?{query}")
    assert answer.status_code == 404
    assert "There is no company" in answer.json()["detail"]


def test_a_company_over_time(firms, get):
    answer = get("companies/larkspur/flows/?unit=quarter&after=2024").json()
    assert answer["unit"] == "quarter"
    assert answer["company"]["slug"] == "larkspur"
    assert [(step["period"], step["net"]) for step in answer["periods"]] == [
        ("2024-Q1", -1), ("2024-Q2", 0), ("2024-Q3", 0), ("2024-Q4", 0), ("2025-Q1", -2),
    ]  # fmt: skip
    assert [*answer["periods"][0]["departures"]] == COUNT
    assert get("companies/marlin/flows/").json()["periods"][0]["arrivals"]["moves"] == 1
    assert get("companies/larkspur/flows/?unit=week").status_code == 400


def test_a_company_that_is_gone_says_so(firms, get):
    Company.objects.filter(slug="marlin").update(merged_into=firms["Northwind"])
    make_company("Gone", visibility="withdrawn")
    make_company("Secret", visibility="hidden")
    moved = get("companies/marlin/flows/")
    assert (moved.status_code, moved["Location"]) == (308, "http://testserver/api/v1/companies/northwind/flows/")
    statuses = [get(f"companies/{slug}/flows/").status_code for slug in ("gone", "secret", "nobody")]
    assert statuses == [410, 404, 404]


def test_what_is_hidden_is_in_no_count(firms, get):
    Company.objects.filter(slug="northwind").update(visibility="hidden")
    answer = get("flows/")
    assert cells(answer) == {("larkspur", "marlin"): 1}
    assert "northwind" not in answer.content.decode()


def test_queries_do_not_grow_with_what_is_shown(firms, get):
    with CaptureQueriesContext(connection) as few:
        get("flows/?from=larkspur")
    for _ in range(30):
        make_move(origin=firms["Larkspur"])
    with CaptureQueriesContext(connection) as many:
        get("flows/?from=larkspur&top=100")
    assert len(few) == len(many) == 3

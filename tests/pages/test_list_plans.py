"""No order, facet or feed of a list reads a large table whole: a page begins where an index begins."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from talent import exports, facets
from talent.filters import MoveFilter
from talent.models import Claim, Move
from tests.factories import make_company, make_move, make_person
from tests.pages.test_desk_plans import _copy, _store

pytestmark = pytest.mark.django_db
ROWS = 3_000
ORDERS = {
    "newest": "move_newest",
    "oldest": "move_newest",
    "reporters": "move_most_reporters",
    "added": "talent_move_pkey",
}


@pytest.fixture
def crowd() -> None:
    """Thousands of moves between a few companies, as the planner sees them in a full database."""
    companies = [make_company(f"Firm {number}") for number in range(5)]
    person = make_person()
    first = make_move(person, origin=companies[0], destination=companies[1])
    claims = _store(
        _copy(first.lead_claim, key=f"k{number}", public_id=f"c{number}", move=None) for number in range(ROWS)
    )
    moves = _store(
        _copy(
            first, public_id=f"m{number}", lead_claim=claims[number], reporters=number % 7,
            sort_date=date(2020, 1, 1) + timedelta(days=number % 900), origin=companies[number % 5],
            role_family="research" if number % 50 == 0 else "",
        )
        for number in range(ROWS)
    )  # fmt: skip
    for claim, move in zip(claims, moves, strict=True):
        claim.move = move
    Claim.objects.bulk_update(claims, ["move"], batch_size=1_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plans(client: Client, address: str) -> list[str]:
    """The plans of a page's queries, as the planner chooses them."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    found = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            found.append("\n".join(line for (line,) in cursor.fetchall()))
    return found


def test_an_order_is_walked_by_its_index(crowd: None, client: Client) -> None:
    for sort, index in ORDERS.items():
        for page in ("moves/", "moves/feed.atom"):
            walks = [plan for plan in plans(client, f"/{page}?sort={sort}") if " on talent_move" in plan]
            assert walks
            for plan in walks:
                assert re.search(rf"Index Scan (Backward )?using {index} on talent_move", plan), plan
                assert "Seq Scan on talent_move" not in plan


def test_facets_walk_no_further_than_they_say(crowd: None) -> None:
    for query in ("status=denied", "kind=return&language=zh", "min_reporters=6", "cohort=yes"):
        asked = MoveFilter(QueryDict(query), queryset=Move.objects.for_list())
        with CaptureQueriesContext(connection) as queries:
            facets.facets("moves", asked, QueryDict(query))
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) {queries.captured_queries[0]['sql']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        [read] = re.findall(r"using move_newest on talent_move \(actual rows=(\d+)", plan)
        assert int(read) <= facets.LOOKED_AT + 1


def test_a_batch_of_a_file_begins_behind_the_last_row(
    crowd: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "BATCH", 20)
    monkeypatch.setattr(exports, "MOST_ROWS", 60)
    with CaptureQueriesContext(connection) as queries:
        client.get("/moves/download.jsonl").getvalue()
    _size, _first, second, *_rest = [query["sql"] for query in queries.captured_queries]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {second}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert re.search(r"Index Cond: .*ROW\(sort_date, id\)", plan), plan

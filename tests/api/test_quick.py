"""The short way to moves gives what the general way gives, byte for byte and header for header."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from talent.api import quick
from talent.hot.asking import Prepared
from talent.models import Company, Move, Person
from talent.world import World, make_world
from tests.factories import make_claim, make_company, make_move, make_person

pytestmark = pytest.mark.django_db
CLOCKS = {"X-Request-ID", "RateLimit"}


@pytest.fixture
def ways(client: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Asks both ways, and gives the one answer that both must have given."""

    def ask(address: str, **headers: str) -> Any:
        short = client.get(address, headers=headers)
        with monkeypatch.context() as patched:
            patched.setattr(quick, "answer", lambda *args: None)
            general = client.get(address, headers=headers)
        assert short.status_code == general.status_code
        assert _said(short) == _said(general)
        assert _told(short) == _told(general)
        return short

    return ask


@pytest.fixture
def asks(client: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Asks, and gives the statements that it took: those that a connection was told before, and no others."""
    told: list[str] = []
    rows = Prepared.rows

    def noted(prepared: Prepared, *values: Any) -> Any:
        told.append(prepared.sql)
        return rows(prepared, *values)

    monkeypatch.setattr(Prepared, "rows", noted)

    def ask(address: str) -> list[str]:
        told.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        assert len(captured) == len(told)
        return list(told)

    return ask


def _said(answer: Any) -> bytes:
    """What it says; a problem names its request."""
    said: bytes = answer.content
    return said.replace(answer["X-Request-ID"].encode(), b"")


def _told(answer: Any) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in CLOCKS}


@pytest.fixture
def ada(db: None) -> Person:
    return make_person("Ada Quill", name_zh="阿达·奎尔")


def test_both_ways_tell_of_every_move_of_a_world_alike(ways: Any) -> None:
    make_world(World(moves=60, seed=3), now=timezone.now())
    for move in Move.objects.all():
        assert ways(f"/api/v1/moves/{move.public_id}/").status_code == 200


def test_both_ways_give_every_list_alike(ways: Any) -> None:
    make_world(World(moves=60, seed=3), now=timezone.now())
    company = Company.objects.order_by("pk")[0].slug
    person = Person.objects.order_by("pk")[0].slug
    for asked in ("", f"?to={company}", f"?from={company}", f"?company={company}", f"?person={person}", "?to=nobody"):
        assert ways(f"/api/v1/moves/{asked}").status_code == 200
    assert ways(f"/api/v1/moves/?company={company}&limit=3&person={person}").status_code == 200


def test_both_ways_walk_a_list_forth_and_back_alike(ways: Any) -> None:
    make_world(World(moves=30, seed=3), now=timezone.now())
    page, seen = ways("/api/v1/moves/?limit=7").json(), []
    while True:
        seen += [row["id"] for row in page["results"]]
        if page["next"] is None:
            break
        page = ways(page["next"]).json()
    assert len(seen) == len(set(seen)) == 30
    assert [row["id"] for row in ways(page["previous"]).json()["results"]] == seen[-9:-2]


def test_contradictions_reversals_and_groups_are_told_alike(ways: Any, ada: Person) -> None:
    here, there, elsewhere = make_company("Northwind AI"), make_company("Lanternlight"), make_company("Alder Compute")
    value = {"from": {"org": "Northwind AI"}, "to": {"org": "Lanternlight"}}
    first = make_move(ada, claim=make_claim(value=value, date="2025-03-03"), origin=here, destination=there)
    make_claim(move=first, person=ada, value=value, date="2025-05-05", status="denied")
    make_move(ada, origin=here, destination=elsewhere)
    make_move(ada, origin=there, destination=here, kind="return", date="2025-08")
    make_move(cohort_text="seven", cohort_min=7, origin=here, destination=there)
    record = ways(f"/api/v1/moves/{first.public_id}/").json()
    assert {each["field"] for each in record["contradictions"]} >= {"date", "status", "destination"}
    assert len(record["groups"]) == 1
    assert record["life_cycle"][-1]["reversed_by"]


def test_groups_and_what_is_told_of_them_otherwise_are_told_alike(ways: Any, ada: Person, asks: Any) -> None:
    here, there = make_company("Northwind AI"), make_company("Lanternlight")
    seven = make_move(cohort_text="seven", cohort_min=7, cohort_max=7, origin=here, destination=there)
    make_move(cohort_text="nine", cohort_min=9, cohort_max=9, origin=here, destination=there)
    make_move(ada, origin=here, destination=there)
    record = ways(f"/api/v1/moves/{seven.public_id}/").json()
    assert [each["field"] for each in record["contradictions"]] == ["count"]
    assert len(record["members"]) == 1
    joined = make_move(cohort_text="some", destination=there)
    assert len(ways(f"/api/v1/moves/{joined.public_id}/").json()["members"]) == 1
    assert len(asks(f"/api/v1/moves/{seven.public_id}/")) == 2


def test_the_moves_of_one_deal_are_told_alike(ways: Any, ada: Person) -> None:
    here, there = make_company("Northwind AI"), make_company("Lanternlight")
    both = [make_move(who, origin=here, destination=there, kind="acquihire") for who in (ada, make_person("Bo Reed"))]
    assert len(ways(f"/api/v1/moves/{both[0].public_id}/").json()["deal"]) == 2


def test_companies_that_editors_joined_are_told_alike(ways: Any, ada: Person) -> None:
    whole, part, other = make_company("Northwind AI"), make_company("Northwind Labs"), make_company("Lanternlight")
    Company.objects.filter(pk=part.pk).update(merged_into=whole)
    for company in (part, whole, other):
        move = make_move(ada, origin=company, destination=make_company())
        assert ways(f"/api/v1/moves/{move.public_id}/").status_code == 200
    assert ways(f"/api/v1/moves/?from={part.slug}").json()["results"]


@pytest.mark.parametrize("visibility", ["hidden", "withdrawn"])
def test_what_is_hidden_is_seen_on_neither_way(ways: Any, ada: Person, visibility: str) -> None:
    shown, person, gone = make_move(ada), make_person("Bo Reed"), make_move(ada)
    of_hidden = make_move(person, origin=shown.origin, destination=shown.destination)
    Move.objects.filter(pk=gone.pk).update(visibility=visibility)
    Person.objects.filter(pk=person.pk).update(visibility=visibility)
    assert ways(f"/api/v1/moves/{gone.public_id}/").status_code == (410 if visibility == "withdrawn" else 404)
    assert ways(f"/api/v1/moves/{of_hidden.public_id}/").status_code == 404
    assert [row["id"] for row in ways("/api/v1/moves/").json()["results"]] == [shown.public_id]


def test_a_hidden_move_within_a_page_leaves_its_place_to_the_next_on_both_ways(ways: Any, ada: Person) -> None:
    here, there = make_company("Northwind AI"), make_company("Lanternlight")
    moves = [make_move(ada, origin=here, destination=there, date=f"2025-0{n}") for n in range(1, 7)]
    Move.objects.filter(pk=moves[4].pk).update(visibility="hidden")
    shown = [move.public_id for move in reversed(moves) if move != moves[4]]
    for asked in ("to=lanternlight", "from=northwind-ai", "company=lanternlight"):
        page = ways(f"/api/v1/moves/?{asked}&limit=3").json()
        assert [row["id"] for row in page["results"]] == shown[:3]
        page = ways(page["next"]).json()
        assert [row["id"] for row in page["results"]] == shown[3:]
        assert [row["id"] for row in ways(page["previous"]).json()["results"]] == shown[:3]


@pytest.mark.parametrize("publish", ["reviewed", "0.95"])
def test_what_is_not_published_is_seen_on_neither_way(ways: Any, ada: Person, settings: Any, publish: str) -> None:
    move = make_move(ada)
    settings.PUBLISH = publish
    assert ways(f"/api/v1/moves/{move.public_id}/").status_code == 404
    assert ways("/api/v1/moves/").json()["results"] == []
    Move.objects.update(reviewed=True, confidence=0.96)
    assert ways(f"/api/v1/moves/{move.public_id}/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "nothing-here/", "?to=", "?to=a&to=b", "?limit=0", "?limit=²", "?limit=201", "?cursor=x", "?sort=oldest",
        "?fields=id", "?expand=person", "?to=%00", f"?to={'a' * 200}", "?unknown=1", "?q=ada", "?to=a%20b",
    ],
)  # fmt: skip
def test_what_is_out_of_the_ordinary_is_answered_alike(ways: Any, ada: Person, address: str) -> None:
    make_move(ada)
    ways(f"/api/v1/moves/{address}")


def test_a_reader_who_wants_no_json_is_refused_alike(ways: Any, ada: Person) -> None:
    move = make_move(ada)
    assert ways(f"/api/v1/moves/{move.public_id}/", accept="text/html").status_code == 406
    assert ways("/api/v1/moves/", accept="application/xml;q=0.9, */*;q=0.1").status_code == 200


def test_an_unchanged_answer_is_not_sent_twice_on_either_way(ways: Any, ada: Person) -> None:
    address = f"/api/v1/moves/{make_move(ada).public_id}/"
    tag = ways(address)["ETag"]
    assert ways(address, if_none_match=tag).status_code == 304


def test_a_move_takes_two_statements_and_a_list_one(asks: Any, ada: Person) -> None:
    company = make_company()
    move = make_move(ada, destination=company)
    for _ in range(3):
        make_claim(move=move, person=ada)
        make_move(ada)
    assert len(asks(f"/api/v1/moves/{move.public_id}/")) == 2
    make_move(ada, destination=company)
    for asked in ("", f"?to={company.slug}", f"?company={company.slug}&limit=1", f"?person={ada.slug}"):
        (statement,) = asks(f"/api/v1/moves/{asked}")
        assert "COUNT(*)" not in statement.upper().replace("COUNT(*) OVER () AS MET", "")
        assert not re.search(r"OFFSET [^0]", statement)


def test_a_list_that_somebody_hidden_left_gaps_in_takes_a_second_statement(asks: Any, ada: Person) -> None:
    company, hidden = make_company(), make_person("Bo Reed")
    for n in range(1, 14):
        make_move(hidden if n == 12 else ada, destination=company, date=f"2024-{n:02}" if n < 13 else "2025")
    Person.objects.filter(pk=hidden.pk).update(visibility="hidden")
    assert len(asks(f"/api/v1/moves/?to={company.slug}&limit=10")) == 2
    assert len(asks(f"/api/v1/moves/?to={company.slug}&limit=20")) == 1


def test_a_view_that_asks_who_reads_takes_the_general_way(ada: Person, rf: Any) -> None:
    class Closed:
        authentication_classes = ()
        throttle_classes = ()
        permission_classes = (object,)

    assert quick.answer(Closed(), rf.get("/api/v1/moves/"), None) is None

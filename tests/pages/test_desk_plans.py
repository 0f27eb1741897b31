"""No page of the desk reads a large table whole: every query that touches one goes by an index."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from talent.models import Claim, Decision, Judgement, Move, Person
from tests.factories import make_company, make_member
from tests.test_settle import move, tell

pytestmark = pytest.mark.django_db

ROWS = 2_000
LARGE = ("talent_claim", "talent_judgement", "talent_decision", "talent_move", "talent_person")
FILTERS = ["", "?kind=move", "?language=en", "?confidence=low", "?review=accepted", "?sort=newest"]
PAGES = ["", "split/", "merge/", "part/", "?kind=move&language=en"]


@pytest.fixture
def editor() -> User:
    return make_member("erin", "Editor")


@pytest.fixture
def crowd(editor: User) -> None:
    """Thousands of claims, people, moves, questions and decisions, as the planner sees them in a full database."""
    tell("Ada goes.", move("Ada Stone", "Larkspur", "Meta"))
    model = Claim.objects.get()
    fact = Move.objects.get()
    people = _store(Person(public_id=f"p{n}", slug=f"p{n}", name=f"Ada {n}") for n in range(ROWS))
    claims = _store(
        _copy(model, key=f"k{n}", public_id=f"c{n}", usefulness=n % 100, person=people[n], person_keys=[f"ada{n}"],
              person_candidates=[f"ni:ada/{n}"], company_keys=[f"firm{n % 500}"], move=None)
        for n in range(ROWS)
    )  # fmt: skip
    _store(_copy(fact, public_id=f"m{n}", person=people[n], lead_claim=claims[n]) for n in range(ROWS))
    pairs = ((f"c{n}", f"d{n}") for n in range(ROWS))
    _store(Judgement(subject="person", left=a, right=b, verdict="unsure", score=0.5, reason="?") for a, b in pairs)
    turned = ([{"claim": claim.public_id, "before": "unreviewed", "after": "accepted"}] for claim in claims)
    both = zip(claims, turned, strict=True)
    _store(Decision(verb="accept", user=editor, claim=claim, changes=changes) for claim, changes in both)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _store(rows: Iterable[Any]) -> list[Any]:
    first, *others = rows
    return list(type(first).objects.bulk_create([first, *others], batch_size=1_000))


def _copy(row: Any, **more: Any) -> Any:
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    for name, value in more.items():
        fields.pop(f"{name}_id", None)
        fields[name] = value
    return type(row)(**fields)


def read_whole(client: Client, address: str) -> list[str]:
    """The large tables that a page reads from end to end, each with the query."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    found = []
    with connection.cursor() as cursor:
        # Of few rows any table is soonest read whole; this asks what there is an index for.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for query in queries.captured_queries:
            if query["sql"].lstrip().startswith("SELECT"):
                cursor.execute(f"EXPLAIN {query['sql']}")
                plan = "\n".join(line for (line,) in cursor.fetchall())
                tables = re.findall(r"Seq Scan on (\w+)", plan)
                found += [f"{table}: {query['sql'][:300]}\n{plan}" for table in tables if table in LARGE]
    return found


def test_the_queue_and_decisions_go_by_an_index(crowd: None, client: Client, editor: User) -> None:
    client.force_login(editor)
    addresses = [*(f"/desk/{query}" for query in FILTERS), "/desk/decisions/", "/desk/decisions/?mine=1"]
    assert [(address, found) for address in addresses if (found := read_whole(client, address))] == []


def test_a_claim_and_its_neighbours_are_found_by_indexes(crowd: None, client: Client, editor: User) -> None:
    client.force_login(editor)
    claims = ["c0", f"c{ROWS // 2}", Claim.objects.exclude(move=None).get().public_id]
    addresses = [f"/desk/claims/{claim}/{page}" for claim in claims for page in PAGES]
    assert [(address, found) for address in addresses if (found := read_whole(client, address))] == []


def test_the_next_claim_is_found_where_the_index_goes_on(crowd: None, client: Client, editor: User) -> None:
    client.force_login(editor)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/desk/claims/c{ROWS // 2}/")
    walks = [query["sql"] for query in queries.captured_queries if "ROW(" in query["sql"]]
    assert len(walks) == 2
    for sql in walks:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert re.search(r"Index Scan.* using claim_queue_by_state", plan), plan
        assert re.search(r"Index Cond: .*ROW\(usefulness, id\)", plan), plan
        assert "Sort" not in plan


def test_questions_are_read_by_indexes(crowd: None, client: Client, editor: User) -> None:
    client.force_login(editor)
    make_company("Larkspur Labs", key="larkspurlabs")
    of_companies = Judgement.objects.create(
        subject="company", left="larkspur", right="larkspurlabs", verdict="unsure", score=0.6, reason="?"
    )
    of_people = Judgement.objects.filter(subject="person").order_by("pk")[ROWS // 2]
    addresses = ["/desk/questions/", *(f"/desk/questions/{each.pk}/" for each in (of_people, of_companies))]
    assert [(address, found) for address in addresses if (found := read_whole(client, address))] == []

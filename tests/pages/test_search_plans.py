"""No search reads a large table whole: every statement goes by an index, and lists are walked in their own order."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.extraction.names import name_key
from talent.models import Alias, Claim, Company, Person
from talent.quotes import index_missing
from talent.search.suggest import _HOLDS_HAN, _HOLDS_LATIN
from tests.factories import make_article, make_company, make_move
from tests.pages.test_desk_plans import _copy as copy
from tests.pages.test_desk_plans import _store as store

pytestmark = pytest.mark.django_db

ROWS = 3_000
LARGE = ("talent_claim", "talent_quotewords", "talent_alias", "talent_move", "talent_person", "articles_article")
HAN = [chr(0x4E00 + number) for number in range(ROWS)]


@pytest.fixture
def crowd() -> None:
    """Thousands of people, companies, articles, claims and moves, as the planner sees them in a full database."""
    fact = make_move(origin=make_company("Tern AI"), destination=make_company("Lanternlight"))
    model = Claim.objects.get()
    people = store(Person(public_id=f"p{n}", slug=f"p{n}", name=f"Ada {n} Quill{n}") for n in range(ROWS))
    firms = store(Company(public_id=f"f{n}", slug=f"f{n}", key=f"f{n}", name=f"Firm {n}") for n in range(ROWS // 10))
    named = [
        *(_alias(person.name, person=person) for person in people),
        *(_alias(f"赵{HAN[n]}{HAN[-n]}", person=person) for n, person in enumerate(people)),
        *(_alias(firm.name, company=firm) for firm in firms),
    ]
    store(named)
    article = make_article()
    articles = store(
        copy(article, public_id=f"a{n}", content_hash=f"{n:064x}", title=f"Title {n} {HAN[n]}报", text="x" * 500)
        for n in range(ROWS)
    )
    claims = store(
        copy(model, key=f"k{n}", public_id=f"c{n}", article=articles[n], quote=f"Quill{n} left", person=people[n])
        for n in range(ROWS)
    )
    moves = store(copy(fact, public_id=f"m{n}", person=people[n], lead_claim=claims[n]) for n in range(ROWS))
    for claim, move in zip(claims, moves, strict=True):
        claim.move = move
    Claim.objects.bulk_update(claims, ["move"], batch_size=1_000)
    index_missing()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _alias(name: str, **owner: object) -> Alias:
    script = "Latn" if name.isascii() else "Hani"
    return Alias(name=name, key=name_key(name), script=script, **owner)


def plans(client: Client, address: str, *, without: str = "seqscan") -> dict[str, str]:
    """The plan of every question that a page asks, by its SQL. Of few rows any table is soonest read whole; ``without``
    it, this asks what there is an index for."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    asked = [query["sql"] for query in queries.captured_queries if not query["sql"].startswith(_NO_QUESTIONS)]
    return {sql: explained(sql, without=without) for sql in asked}


_NO_QUESTIONS = ("SAVEPOINT", "RELEASE SAVEPOINT", "SET LOCAL")


def explained(sql: str, *values: str, without: str) -> str:
    """The plan of a question ``without`` some ways of answering it."""
    with connection.cursor() as cursor:
        for way in without.split():
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {sql}", values or None)
        plan = "\n".join(line for (line,) in cursor.fetchall())
        for way in without.split():
            cursor.execute(f"SET LOCAL enable_{way} = on")
    return plan


def read_whole(found: dict[str, str]) -> list[str]:
    """The large tables that are read from end to end, each with its plan."""
    return [
        f"{table}: {sql[:400]}\n{plan}"
        for sql, plan in found.items()
        for table in re.findall(r"Seq Scan on (\w+)", plan)
        if table in LARGE
    ]


ADDRESSES = ["/search", "/quotes/", "/api/v1/claims/", "/api/v1/people/", "/api/v1/articles/", "/search/suggest"]
ASKED = ["quill17", "left", "quill2718 left", "%22quill5 left%22", "丂", "赵丂", "plugh", "-left"]


def test_no_search_reads_a_large_table_whole(crowd: None, client: Client) -> None:
    asked = [f"{address}?q={words}" for address in ADDRESSES for words in ASKED]
    assert [whole for address in asked for whole in read_whole(plans(client, address))] == []


def test_each_search_goes_by_its_index(crowd: None, client: Client) -> None:
    [beginning] = plans(client, "/search/suggest?q=ada", without="seqscan bitmapscan sort").values()
    assert "alias_company_by_name" in beginning
    assert "Index Scan using alias_by_name" in beginning
    assert "Sort" not in beginning
    for condition, value, index in (
        (_HOLDS_LATIN, "% quill2718%", "alias_name_trigram"),
        (_HOLDS_HAN, f"% {HAN[9]} {HAN[-9]} %", "alias_characters"),
    ):
        sql = f"SELECT FROM talent_alias AS alias WHERE {condition.replace('$2', '%s')}"
        assert index in explained(sql, value, without="seqscan indexscan indexonlyscan")
    # Rare words are looked up, common ones met on the way from the newest quote on.
    [rare] = plans(client, "/api/v1/claims/?q=quill2718").values()
    assert "Bitmap Index Scan on quote_words" in rare
    [common] = plans(client, "/api/v1/claims/?q=left").values()
    assert "quote_words" not in common
    assert "Sort" not in common

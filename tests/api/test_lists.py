"""Lists: every row once, in order, in one query, whoever writes meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from talent.models import Claim, Move
from tests.api.conftest import NOUNS
from tests.factories import make_article, make_claim, make_move, make_report, make_signal

KEY = {"sources": "slug"}


def walk(get, address, *, after_page=lambda: None):
    """The pages of a list, followed by "next" until there is none."""
    pages = []
    while address:
        page = get(address).json()
        pages.append(page["results"])
        address = page["next"]
        after_page()
        assert len(pages) < 1000, "the walk has no end"
    return pages


def many_moves(number, *, step=0):
    """That many moves, ``step`` days apart, newest first, and their public ids in the order of the list."""
    first = make_move(sort_date=date(2025, 3, 1))
    rows = [
        Move(
            public_id=f"many{i}", person=first.person, origin=first.origin, kind="hire", status="reported",
            sort_date=first.sort_date - timedelta(days=i * step), lead_claim=first.lead_claim,
            first_seen=first.first_seen, last_seen=first.last_seen,
        )
        for i in range(1, number)
    ]  # fmt: skip
    Move.objects.bulk_create(rows)
    return list(Move.objects.newest().values_list("public_id", flat=True))


def test_it_walks_2500_rows_of_one_day(get, db):
    wanted = many_moves(2500)
    met = [row["id"] for page in walk(get, "moves/?limit=200") for row in page]
    assert met == wanted


def test_it_walks_while_rows_are_inserted(get, db):
    wanted, days = many_moves(120, step=1), iter(range(100))

    def insert():
        make_move(sort_date=date(2025, 5, 1) - timedelta(days=20 * next(days)))

    met = [row["id"] for page in walk(get, "moves/?limit=10", after_page=insert) for row in page]
    assert len(met) == len(set(met))
    assert [identifier for identifier in met if identifier in set(wanted)] == wanted


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_it_walks_both_ways(get, db, sort):
    many_moves(45)
    forth = walk(get, f"moves/?limit=10&sort={sort}")
    address, back = f"moves/?limit=10&sort={sort}", []
    while following := get(address).json()["next"]:
        address = following
    while address:
        page = get(address).json()
        back.insert(0, page["results"])
        address = page["previous"]
    assert back == forth
    assert [len(page) for page in forth] == [10, 10, 10, 10, 5]


@pytest.mark.parametrize("noun", NOUNS)
def test_it_meets_each_row_of_every_list_once(get, world, noun):
    key = KEY.get(noun, "id")
    whole = [row[key] for row in get(f"{noun}/?limit=200").json()["results"]]
    met = [row[key] for page in walk(get, f"{noun}/?limit=1") for row in page]
    assert met == whole
    assert len(set(met)) == len(met) > 0


@pytest.mark.parametrize("noun", NOUNS)
def test_it_asks_the_database_once_for_a_list(get, world, django_assert_num_queries, noun):
    for _ in range(5):
        make_move()
        make_report()
        make_signal()
    with django_assert_num_queries(1):
        assert get(f"{noun}/?limit=1").status_code == 200
    with django_assert_num_queries(1):
        assert get(f"{noun}/?limit=50&q=").status_code == 200


@pytest.mark.parametrize("noun", NOUNS)
def test_it_never_loads_the_text_of_an_article(get, world, records, django_assert_num_queries, noun):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    # An article's own record is the one that cuts excerpts from it.
    others = [address for address in records if "/articles/" not in address]
    with CaptureQueriesContext(connection) as queries:
        for address in [f"{noun}/", *others]:
            get(address)
    assert len(queries)
    assert not [q["sql"] for q in queries if '"articles_article"."text"' in q["sql"]]


def test_it_keeps_the_filters_in_the_neighbours_addresses(get, world):
    page = get("moves/?status=reported&limit=1&q=quill").json()
    assert {"status=reported", "limit=1", "q=quill"} <= set(page["next"].partition("?")[2].split("&"))
    answer = get(page["next"])
    assert answer.headers["Link"] == f'<{answer.json()["previous"]}>; rel="prev"'


def test_it_filters_as_the_pages_do(get, world):
    assert [row["id"] for row in get("moves/?from=northwind-ai").json()["results"]] == [world.move.public_id]
    assert [row["id"] for row in get("moves/?cohort=yes").json()["results"]] == [world.group.public_id]
    assert [row["slug"] for row in get("companies/?q=灯光集团").json()["results"]] == ["lanternlight-group"]
    assert [row["id"] for row in get("claims/?kind=signal&sort=oldest").json()["results"]] == [
        world.signal.public_id,
        world.practice.public_id,
    ]


@pytest.mark.parametrize("visibility", ["hidden", "withdrawn"])
@pytest.mark.parametrize("what", ["fact", "person", "company"])
def test_it_leaves_out_what_is_hidden_and_whatever_names_it(get, world, visibility, what):
    row = {"fact": world.move, "person": world.ada, "company": world.lantern}[what]
    type(row).objects.filter(pk=row.pk).update(visibility=visibility)
    assert world.move.public_id not in [each["id"] for each in get("moves/").json()["results"]]
    for noun in ("people", "companies"):
        assert row.public_id not in [each["id"] for each in get(f"{noun}/").json()["results"]]
    if what != "company":
        assert world.move.lead_claim.public_id not in [each["id"] for each in get("claims/").json()["results"]]


def test_it_shows_unlisted_rows(get, world):
    Move.objects.filter(pk=world.move.pk).update(visibility="unlisted")
    assert world.move.public_id in [row["id"] for row in get("moves/").json()["results"]]


def test_it_leaves_out_claims_that_do_not_stand(get, world):
    make_claim(article=make_article())  # supports nothing
    Claim.objects.filter(pk=world.move.lead_claim_id).update(review="rejected")
    identifiers = [row["id"] for row in get("claims/").json()["results"]]
    assert world.move.public_id not in identifiers
    assert len(identifiers) == 5

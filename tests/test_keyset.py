"""Walking a list by key: every row once, in order, whatever is equal and whatever is written meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.http import QueryDict

from talent import keyset
from talent.models import Company, Move
from tests.factories import make_claim, make_company, make_move, make_person

pytestmark = pytest.mark.django_db
NEWEST = ("-sort_date", "-id")


def make_moves(number: int, *, day: date = date(2025, 3, 1), step: int = 0) -> None:
    """That many moves, ``step`` days apart; 0 puts all on one day."""
    first = make_move(sort_date=day)
    Move.objects.bulk_create(
        Move(
            public_id=f"m{i}-{day:%m%d}", person=first.person, origin=first.origin, kind="hire", status="reported",
            sort_date=day - timedelta(days=step * i), lead_claim=first.lead_claim,
            first_seen=first.first_seen, last_seen=first.last_seen,
        )
        for i in range(1, number)
    )  # fmt: skip


def walk(queryset, *, limit=100, back=False, after_page=lambda: None):
    """Ids met on a walk through all pages."""
    cursor, met = "", []
    for _ in range(1000):
        page = keyset.paginate(queryset, query="moves?", limit=limit, cursor=cursor)
        met.append([row.id for row in page.rows])
        after_page()
        cursor = (page.previous if back else page.next) or ""
        if not cursor:
            return met
    raise AssertionError("the walk has no end")


def flat(pages):
    return [row for page in pages for row in page]


@pytest.mark.parametrize(("number", "step"), [(1, 0), (100, 0), (101, 1), (2500, 0), (250, 3)])
def test_it_meets_every_row_once_in_order(number, step):
    make_moves(number, step=step)
    wanted = list(Move.objects.newest().values_list("id", flat=True))
    assert flat(walk(Move.objects.newest())) == wanted


def test_it_meets_the_old_rows_once_while_rows_are_inserted():
    make_moves(300, step=1)
    old = list(Move.objects.newest().values_list("id", flat=True))
    days = iter(range(1000))
    person, claim = make_person(), make_claim()

    def insert():
        for _ in range(3):
            n = next(days)
            make_move(person, claim=claim, public_id=f"new{n}", sort_date=date(2025, 6, 1) - timedelta(days=30 * n))

    met = flat(walk(Move.objects.newest(), limit=20, after_page=insert))
    assert len(met) == len(set(met))
    assert [row for row in met if row in set(old)] == old


def test_it_walks_back_over_the_same_pages():
    make_moves(95)
    forth = walk(Move.objects.newest(), limit=10)
    page = keyset.paginate(Move.objects.newest(), query="moves?", limit=10)
    while page.next:
        page = keyset.paginate(Move.objects.newest(), query="moves?", limit=10, cursor=page.next)
    back = [[row.id for row in page.rows]]
    while page.previous:
        page = keyset.paginate(Move.objects.newest(), query="moves?", limit=10, cursor=page.previous)
        back.insert(0, [row.id for row in page.rows])
    assert back == forth


def test_it_walks_names_in_any_script_and_values():
    for name in ["beta", "Alpha", "阿里", "alpha", "Émile", "Zeta' OR 1=1", 'q"uote', "ΑΒΓ"]:
        make_company(name, slug=f"c{len(name)}-{ord(name[0])}", key=f"{name}!")
    from talent.filters import CompanyFilter

    companies = CompanyFilter(QueryDict("sort=name"), Company.objects.all()).qs
    met, cursor = [], ""
    while True:
        page = keyset.paginate(companies.values("id", "name_key"), query="c?", limit=3, cursor=cursor)
        met += [row["id"] for row in page.rows]
        if not page.next:
            break
        cursor = page.next
    assert met == [c.id for c in companies]
    assert len(met) == 8


def test_it_has_no_cursor_at_the_ends():
    make_moves(3)
    page = keyset.paginate(Move.objects.newest(), query="moves?", limit=3)
    assert (page.next, page.previous) == (None, None)


def test_it_gives_an_empty_page_for_an_empty_list():
    assert keyset.paginate(Move.objects.newest(), query="moves?") == keyset.Page([], None, None)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda cursor: cursor[:-1] + ("A" if cursor[-1] != "A" else "B"),
        lambda cursor: "X" + cursor[1:],
        lambda cursor: cursor + "\0",
        lambda cursor: cursor.partition(":")[0],
        lambda cursor: "游标",
        lambda cursor: "a:b:c",
        lambda cursor: "x" * 10_000,
    ],
)
def test_it_refuses_a_spoilt_cursor(spoil):
    make_moves(3)
    cursor = keyset.paginate(Move.objects.newest(), query="moves?", limit=1).next
    with pytest.raises(keyset.BadCursor):
        keyset.paginate(Move.objects.newest(), query="moves?", limit=1, cursor=spoil(cursor))


def test_it_refuses_the_cursor_of_another_list():
    make_moves(3)
    cursor = keyset.paginate(Move.objects.newest(), query="moves?kind=hire", limit=1).next
    with pytest.raises(keyset.BadCursor):
        keyset.paginate(Move.objects.newest(), query="moves?", limit=1, cursor=cursor)


@pytest.mark.parametrize("order", [("sort_date",), ("-sort_date", "id"), ("?",)])
def test_it_refuses_an_order_that_is_no_key(order):
    with pytest.raises(ValueError, match="keyset"):
        keyset.paginate(Move.objects.order_by(*order), query="moves?")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("kind=hire&status=reported", "status=reported&kind=hire", True),
        ("kind=hire&kind=return", "kind=return&kind=hire", True),
        ("kind=hire&q=", "kind=hire&limit=3&cursor=x", True),
        ("kind=hire", "kind=return", False),
        ("q=a&sort=b", "q=a%26sort%3Db", False),
    ],
)
def test_it_knows_one_list_by_many_addresses(one, other, same):
    names = [keyset.query_of("moves", QueryDict(query)) for query in (one, other)]
    assert (names[0] == names[1]) is same


def test_it_compares_rows_where_an_index_can():
    make_moves(3)
    cursor = keyset.paginate(Move.objects.newest(), query="moves?", limit=1).next
    order = ("-sort_date", "-id")
    _, key = keyset.read_cursor(cursor, "moves?", Move.objects.newest())
    plan = Move.objects.newest().filter(keyset.beyond(order, key, back=False))
    assert 'ROW("talent_move"."sort_date", "talent_move"."id") < ROW(' in str(plan.query)


def test_it_walks_rows_that_match_one_of_several_conditions():
    make_moves(60, step=1)
    wanted = list(Move.objects.newest().filter(Q(id__in=ids(3)) | Q(id__in=ids(4))).values_list("id", flat=True))
    met, cursor, either = [], "", [Q(id__in=ids(3)), Q(id__in=ids(4))]
    while True:
        page = keyset.paginate(Move.objects.newest(), query="moves?", limit=7, cursor=cursor, either=either)
        met += [row.id for row in page.rows]
        if not page.next:
            break
        cursor = page.next
    assert met == wanted
    assert len(met) == 30


def ids(step):
    return [pk for i, pk in enumerate(Move.objects.order_by("id").values_list("id", flat=True)) if i % step == 0]

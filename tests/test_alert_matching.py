"""What alerts find in the change feed: everything they ask for, once, and nothing else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from talent import changefeed
from talent.alerts import asking, matching
from talent.models import Alert, AlertCursor, Company, FactEvent, Found, Move, Person
from tests.alerts import NOON, find, looked_through, make_alert, make_reader, settle_feed
from tests.factories import make_company, make_move, make_person, make_report, make_signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def northwind() -> Company:
    return make_company("Northwind AI")


def test_a_company_is_followed_in_moves_pay_and_signals(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    ours = [
        ("move", make_move(origin=northwind).public_id),
        ("move", make_move(destination=northwind).public_id),
        ("compensation", make_report(northwind).public_id),
        ("signal", make_signal(northwind).public_id),
    ]
    make_move()
    make_report(make_company())
    assert [(noun, subject) for noun, subject, _type in find()] == ours


def test_a_person_is_followed(northwind: Company) -> None:
    ada = make_person("Ada Quill")
    make_alert(person=ada.public_id)
    move = make_move(ada, destination=northwind)
    make_move(destination=northwind)
    assert find() == [("move", move.public_id, "created")]


def test_a_list_is_followed_with_its_filters(northwind: Company) -> None:
    make_alert(page="moves", parameters={"to": ["northwind-ai"], "status": ["rumoured"]})
    ours = make_move(destination=northwind, status="rumoured")
    make_move(destination=northwind, status="confirmed")
    make_move(origin=northwind, status="rumoured")
    assert find() == [("move", ours.public_id, "created")]


def test_what_happened_before_is_none_of_its_business(northwind: Company) -> None:
    make_move(origin=northwind)
    make_alert(company=northwind.public_id)
    make_alert(page="moves")
    assert find() == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"status": "confirmed"}, True),
        ({"date": "2025-04"}, True),
        ({"destination_role": "chief scientist"}, True),
        ({"reporters": 9}, False),
        ({"confidence": 0.95}, False),
        ({"revision": 7}, False),
    ],
)
def test_a_change_that_tells_readers_nothing_is_not_told(
    northwind: Company, change: dict[str, Any], told: bool
) -> None:
    move = make_move(origin=northwind, status="rumoured")
    make_alert(company=northwind.public_id)
    Move.objects.filter(pk=move.pk).update(**change)
    assert bool(find()) is told


def test_a_list_of_the_well_corroborated_hears_when_one_becomes_so() -> None:
    move = make_move()
    make_alert(page="moves", parameters={"min_reporters": ["2"]})
    Move.objects.filter(pk=move.pk).update(reporters=2)
    assert find() == [("move", move.public_id, "updated")]


def test_who_was_told_hears_when_it_leaves_the_list(northwind: Company) -> None:
    make_alert(page="moves", parameters={"status": ["rumoured"]})
    move = make_move(origin=northwind, status="rumoured")
    find()
    make_alert(page="moves", parameters={"status": ["rumoured"]})
    Move.objects.filter(pk=move.pk).update(status="denied")
    assert find() == [("move", move.public_id, "updated")]


@pytest.mark.parametrize("page", [{"page": "moves"}, {}])
def test_who_was_told_hears_when_it_is_taken_back(northwind: Company, page: dict[str, str]) -> None:
    asked = page or {"company": northwind.public_id}
    make_alert(**asked)
    move = make_move(origin=northwind)
    find()
    Move.objects.filter(pk=move.pk).update(visibility="withdrawn")
    assert find() == [("move", move.public_id, "withdrawn")]


def test_nobody_hears_of_what_is_hidden(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    make_alert(page="moves")
    make_move(make_person(visibility="hidden"), origin=northwind)
    make_move(origin=northwind, visibility="withdrawn")
    assert find() == []


def test_what_is_not_published_is_not_found(northwind: Company, settings: Any) -> None:
    settings.PUBLISH = "reviewed"
    make_alert(company=northwind.public_id)
    make_alert(page="moves")
    move = make_move(origin=northwind)
    assert find() == []
    Move.objects.filter(pk=move.pk).update(reviewed=True, status="confirmed")
    assert {subject for _noun, subject, _type in find()} == {move.public_id}


def test_a_part_of_a_company_is_told_of_the_whole(northwind: Company) -> None:
    lab = make_company("Northwind Labs", merged_into=northwind)
    make_alert(company=lab.public_id)
    assert find() == []
    move = make_move(origin=northwind)
    assert find() == [("move", move.public_id, "created")]


def test_a_person_is_followed_under_a_new_identifier() -> None:
    ada = make_person("Ada Quill")
    move = make_move(ada)
    make_alert(person=ada.public_id)
    heir = make_person("Ada Quill", public_id=f"{ada.public_id[:5]}00000", slug="other")
    Move.objects.filter(pk=move.pk).update(person=heir)
    move.claims.update(person=heir)
    ada.aliases.all().delete()
    Person.objects.filter(pk=ada.pk).delete()
    assert len(find()) == 1
    assert Alert.objects.get().person == heir.public_id


def test_it_finds_once_however_often_it_looks(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    make_alert(page="moves")
    make_move(origin=northwind)
    assert len(find()) == 2
    AlertCursor.objects.update(reached=0, upto=0)
    assert find() == []
    assert Found.objects.count() == 2


def test_a_worker_that_dies_has_found_nothing_and_not_moved_on(
    northwind: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_alert(company=northwind.public_id)
    make_alert(page="moves")
    make_move(origin=northwind)
    before = looked_through()

    def die(*args: Any) -> int:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(matching, "_note", die)
        with pytest.raises(SystemExit):
            find()
    assert (looked_through(), Found.objects.count()) == (before, 0)
    assert len(find()) == 2


def test_it_goes_on_where_it_stopped_among_many_lists(northwind: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "LISTS_A_STEP", 2)
    for year in range(2001, 2006):
        make_alert(page="moves", parameters={"before": [f"{year + 30}"]})
    move = make_move()
    connection.check_constraints()
    assert matching.match(now=NOON, enough=lambda: True) == 0
    assert [matching.match(now=NOON, enough=lambda: True) for _step in range(4)] == [2, 2, 1, 0]
    assert Found.objects.filter(subject=move.public_id).count() == 5
    assert looked_through() == (changefeed.newest(), changefeed.newest())


def test_a_long_feed_is_walked_in_pieces(northwind: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "EVENTS", 3)
    make_alert(company=northwind.public_id)
    make_alert(page="moves")
    for _number in range(10):
        make_move(origin=northwind)
    assert len(find()) == 20


def test_readers_of_one_list_cost_one_question(northwind: Company, django_assert_num_queries: Any) -> None:
    make_alert(page="moves", parameters={"to": ["northwind-ai"]})
    make_move(destination=northwind)
    connection.check_constraints()
    with _counted() as one:
        matching.match(now=NOON)
    for _reader in range(5):
        make_alert(page="moves", parameters={"to": ["northwind-ai"]})
    for _number in range(20):
        make_move(destination=northwind)
    connection.check_constraints()
    with django_assert_num_queries(len(one)):
        matching.match(now=NOON)


def _counted() -> Any:
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def test_filters_that_a_list_knows_no_longer_pause_the_alert(northwind: Company) -> None:
    alert = make_alert(page="moves", parameters={"once_was": ["a filter"]})
    make_move(origin=northwind)
    assert find() == []
    alert.refresh_from_db()
    assert alert.state == "paused"
    assert "follow it anew" in alert.paused_because


def test_a_paused_alert_finds_nothing_and_goes_on_from_when_it_is_resumed(northwind: Company) -> None:
    alert = make_alert(company=northwind.public_id)
    make_move(origin=northwind)
    find()
    asking.pause(alert, "By you.")
    make_move(origin=northwind)
    assert find() == []
    asking.resume(alert)
    move = make_move(origin=northwind)
    assert find() == [("move", move.public_id, "created")]
    assert Found.objects.count() == 1


def test_it_previews_what_the_last_week_would_have_told(northwind: Company) -> None:
    old, new = make_move(origin=northwind), make_move(origin=northwind)
    make_move()
    settle_feed()
    FactEvent.objects.filter(subject=old.public_id).update(at=NOON - timedelta(days=9))
    for asked in ({"company": northwind.public_id}, {"page": "moves", "parameters": {"from": ["northwind-ai"]}}):
        alert = make_alert(**asked)
        told = matching.preview(alert, since=NOON - timedelta(days=7))
        assert [event.subject for event in told] == [new.public_id]


@pytest.mark.parametrize("column", ["company", "person", "digest"])
def test_alerts_are_found_by_an_index(column: str) -> None:
    user = make_reader()
    Alert.objects.bulk_create(Alert(user=user, public_id=f"{n}", since=0, company=f"c{n}") for n in range(300))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("ANALYZE talent_alert")
        cursor.execute(
            f"EXPLAIN SELECT * FROM talent_alert WHERE {column} IN ('c7', 'c8') AND state = 'active'"  # noqa: S608
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index" in plan
    assert "Seq Scan" not in plan


@pytest.mark.django_db(transaction=True)
def test_two_who_look_at_once_find_everything_once(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    make_alert(page="moves")
    for _number in range(20):
        make_move(origin=northwind)

    def look(_number: int) -> int:
        try:
            return matching.match(now=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, range(4)))
    matching.match(now=NOON)
    assert Found.objects.count() == 40

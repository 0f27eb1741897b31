"""The change feed: every change of what readers see, once, in order, also while others write."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talent import changefeed
from talent.models import Claim, Company, FactEvent, Move, Person, Visibility
from tests.factories import make_claim, make_company, make_move, make_person, make_report, make_signal

pytestmark = pytest.mark.django_db


def commit() -> None:
    """What a commit does to deferred triggers, within the transaction of a test."""
    connection.check_constraints()


def told(subject: str = "") -> list[str]:
    commit()
    rows = FactEvent.objects.filter(subject=subject) if subject else FactEvent.objects.all()
    return [f"{row.noun}.{row.type}" for row in rows]


def page(client: Client, **parameters: Any) -> dict[str, Any]:
    commit()
    answer = client.get("/api/v1/events/", parameters)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


@pytest.mark.parametrize(
    ("make", "noun"), [(make_move, "move"), (make_report, "compensation"), (make_signal, "signal")]
)
def test_a_new_fact_is_created_once_as_its_list_shows_it(client: Client, make: Any, noun: str) -> None:
    fact = make()
    (event,) = page(client)["results"]
    listed = client.get(f"/api/v1/{fact._meta.model_name.replace('report', '')}s/") if noun != "compensation" else None
    assert (event["type"], event["before"], event["subject"]["id"]) == (f"{noun}.created", None, fact.public_id)
    listed = client.get("/api/v1/compensation/") if listed is None else listed
    assert event["after"] == json.loads(listed.content)["results"][0]


def test_an_update_tells_before_after_and_what_changed(client: Client) -> None:
    move = make_move(status="reported")
    commit()
    Move.objects.filter(pk=move.pk).update(status="confirmed")
    event = page(client)["results"][-1]
    assert (event["type"], event["changed"]) == ("move.updated", ["status"])
    assert (event["before"]["status"], event["after"]["status"]) == ("reported", "confirmed")


def test_several_changes_of_one_transaction_are_one_event() -> None:
    move = make_move(status="reported")
    Move.objects.filter(pk=move.pk).update(status="denied")
    Move.objects.filter(pk=move.pk).update(status="confirmed")
    assert told() == ["move.created"]
    assert FactEvent.objects.get().after["status"] == "confirmed"


def test_what_changes_and_changes_back_did_not_happen() -> None:
    move = make_move(status="reported")
    commit()
    Move.objects.filter(pk=move.pk).update(status="denied", revision=2)
    Move.objects.filter(pk=move.pk).update(status="reported", revision=3)
    assert told() == ["move.created"]


def test_a_fact_that_nothing_supports_any_more_is_retracted(client: Client) -> None:
    move = make_move()
    commit()
    Claim.objects.filter(move=move).update(move=None, review="rejected")
    move.delete()
    event = page(client)["results"][-1]
    assert (event["type"], event["after"], event["successor"]) == ("move.retracted", None, None)


def test_a_fact_whose_claims_support_another_is_merged_into_it(client: Client) -> None:
    claim = make_claim(public_id="aaaaaaaaaaaa")
    gone, stays = make_move(claim=claim, public_id="aaaaaaaaaaaa"), make_move()
    commit()
    Claim.objects.filter(pk=claim.pk).update(move=stays)
    gone.delete()
    event = page(client)["results"][-1]
    assert event["type"] == "move.merged"
    assert event["successor"].endswith(f"/api/v1/moves/{stays.public_id}/")


def test_a_fact_that_is_renamed_is_created_before_its_old_name_is_merged(client: Client) -> None:
    claim = make_claim(public_id="aaaaaaaaaaaa")
    move = make_move(claim=claim, public_id="aaaaaaaaaaaa")
    Claim.objects.filter(pk=claim.pk).update(move=move)
    commit()
    Move.objects.filter(pk=move.pk).update(public_id="bbbbbbbbbbbb")
    events = page(client)["results"][-2:]
    assert [e["type"] for e in events] == ["move.created", "move.merged"]
    assert events[1]["successor"].endswith("/bbbbbbbbbbbb/")


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.WITHDRAWN])
def test_what_is_withdrawn_is_told_by_no_event_any_more(client: Client, visibility: str) -> None:
    move = make_move()
    commit()
    Move.objects.filter(pk=move.pk).update(visibility=visibility)
    events = page(client)["results"]
    assert [e["type"] for e in events] == ["move.created", "move.withdrawn"]
    assert [e["before"] or e["after"] for e in events] == [None, None]


def test_what_comes_back_is_restored() -> None:
    move = make_move(visibility=Visibility.HIDDEN)
    Move.objects.filter(pk=move.pk).update(visibility=Visibility.PUBLIC)
    commit()
    Move.objects.filter(pk=move.pk).update(visibility=Visibility.HIDDEN)
    commit()
    Move.objects.filter(pk=move.pk).update(visibility=Visibility.PUBLIC)
    assert told() == ["move.created", "move.withdrawn", "move.restored"]


def test_a_person_who_is_hidden_takes_their_facts_along() -> None:
    ada = make_person("Ada Quill")
    make_move(ada), make_report(person=ada), make_move()
    commit()
    Person.objects.filter(pk=ada.pk).update(visibility=Visibility.WITHDRAWN)
    assert sorted(told()[3:]) == ["compensation.withdrawn", "move.withdrawn"]


def test_a_company_that_gets_another_name_changes_its_facts(client: Client) -> None:
    company = make_company("Northwind AI")
    make_move(destination=company), make_signal(company)
    commit()
    Company.objects.filter(pk=company.pk).update(name="Northwind")
    assert sorted(told()[2:]) == ["move.updated", "signal.updated"]


def test_it_reads_on_from_any_place_and_misses_nothing(client: Client) -> None:
    for _ in range(7):
        make_move()
    whole = [e["id"] for e in page(client)["results"]]
    read, after = [], "0"
    while not (piece := page(client, after=after, limit=2))["caught_up"]:
        read += [e["id"] for e in piece["results"]]
        after = piece["cursor"]
    assert read + [e["id"] for e in piece["results"]] == whole


@given(st.lists(st.sampled_from(["make", "change", "hide", "show", "drop", "commit"]), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_a_client_that_follows_holds_what_the_list_shows(client: Client, acts: list[str]) -> None:
    with transaction.atomic():
        Move.objects.all().delete(), FactEvent.objects.all().delete()
        for number, act in enumerate(acts):
            _act(act, number)
        commit()
        copy: dict[str, Any] = {}
        for event in changefeed.walk(0):
            copy[event.subject] = event.after
        held = {subject: state["status"] for subject, state in copy.items() if state is not None}
        assert held == dict(Move.objects.visible().values_list("public_id", "status"))
        transaction.set_rollback(True)


def _act(act: str, number: int) -> None:
    move = Move.objects.order_by("id").first()
    if act == "make" or move is None:
        make_move()
    elif act == "drop":
        move.delete()
    elif act == "commit":
        commit()
    else:
        status = ["reported", "confirmed", "denied"][number % 3]
        change = {"change": {"status": status}, "hide": {"visibility": "hidden"}, "show": {"visibility": "public"}}
        Move.objects.filter(pk=move.pk).update(**change[act])


@pytest.mark.django_db(transaction=True)
def test_a_reader_meets_every_event_of_concurrent_writers_once_and_in_order() -> None:
    companies = [make_company(f"Firm {number}") for number in range(4)]
    start = changefeed.newest()
    done, read, reached = threading.Event(), [], start

    def write(company: Company) -> None:
        try:
            for step in range(12):
                with transaction.atomic():
                    make_signal(company, value_min=step + 1)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(company,)) for company in companies]
    waiting = threading.Thread(target=lambda: ([w.join() for w in writers], done.set()))
    for thread in (*writers, waiting):
        thread.start()
    while True:
        last = done.is_set()
        events, reached = changefeed.read(reached, limit=3)
        read += [e.sequence for e in events]
        if last and not events:
            break
    assert read == list(range(start + 1, start + 49))


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"after": "x"}, "after"),
        ({"after": "-1"}, "after"),
        ({"after": "9" * 18}, "after"),
        ({"after": "9" * 40}, "after"),
        ({"after": "١"}, "after"),
        ({"limit": "0"}, "limit"),
        ({"limit": "501"}, "limit"),
        ({"noun": "person"}, "noun"),
        ({"type": "exploded"}, "type"),
        ({"since": "2024"}, "since"),
    ],
)
def test_it_says_which_parameter_is_wrong(client: Client, parameters: dict[str, str], named: str) -> None:
    answer = client.get("/api/v1/events/", parameters)
    assert answer.status_code == 400
    assert [e["parameter"] for e in json.loads(answer.content)["errors"]] == [named]


def test_it_can_be_narrowed_to_nouns_and_types(client: Client) -> None:
    move = make_move(), make_signal(), make_report()
    commit()
    Move.objects.filter(pk=move[0].pk).update(status="denied")
    read = page(client, noun=["move", "signal"], type="created")["results"]
    assert sorted(e["type"] for e in read) == ["move.created", "signal.created"]


def test_an_unpublished_fact_is_created_for_readers_when_it_is_reviewed(client: Client, settings: Any) -> None:
    settings.PUBLISH = "reviewed"
    move = make_move(reviewed=False)
    commit()
    assert page(client)["results"] == []
    Move.objects.filter(pk=move.pk).update(reviewed=True)
    assert [e["type"] for e in page(client)["results"]] == ["move.created"]


def test_it_speaks_cloudevents(client: Client) -> None:
    make_move()
    commit()
    answer = client.get("/api/v1/events/", headers={"Accept": "application/cloudevents-batch+json"})
    (event,) = json.loads(answer.content)
    assert (event["specversion"], event["type"], event["data"]["id"]) == ("1.0", "move.created", event["id"])
    assert answer["Link"].endswith('rel="next"')


def test_a_stream_sends_each_event_with_its_place(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talent.api.feed.STREAM_SECONDS", 0.2)
    make_move(), make_move()
    commit()
    first = FactEvent.objects.first()
    answer = client.get("/api/v1/events/stream/", headers={"Last-Event-ID": str(first.sequence)})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [line for line in lines if line.startswith("id:")] == [f"id: {first.sequence + 1}"]


def test_only_so_many_streams_are_open_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talent.api.feed._streams", threading.BoundedSemaphore(1))
    monkeypatch.setattr("talent.api.feed.STREAM_SECONDS", 0)
    held = client.get("/api/v1/events/stream/")
    assert client.get("/api/v1/events/stream/").status_code == 503
    b"".join(held.streaming_content)
    assert client.get("/api/v1/events/stream/").status_code == 200

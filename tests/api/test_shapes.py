"""Some fields only, and references opened: readers get what they ask for, in as few queries."""

from __future__ import annotations

import pytest

from talent.models import Person
from tests.api.conftest import NOUNS

PARTIAL = "application/vnd.talent-ledger.partial+json"


@pytest.mark.parametrize("noun", NOUNS)
def test_every_list_and_record_can_be_cut_down_to_one_field(get, world, noun):
    whole = get(f"{noun}/?limit=1").json()["results"][0]
    for name in whole:
        answer = get(f"{noun}/?limit=1&fields={name}")
        assert (answer["Content-Type"], answer.json()["results"][0]) == (PARTIAL, {name: whole[name]})
    assert set(get(f"{whole['url'].partition('/v1/')[2]}?fields=url").json()) == {"url"}


def test_fields_come_in_the_order_they_were_asked_for(get, world):
    assert list(get("moves/?fields=to,id,status").json()["results"][0]) == ["to", "id", "status"]


def test_a_reference_is_opened_into_the_whole_record(get, world):
    move = get(f"moves/{world.move.public_id}/?expand=person,to.company,article").json()
    assert move["person"] == _listed(get, "people", world.ada.public_id)
    assert move["to"]["company"] == _listed(get, "companies", world.lantern.public_id)
    assert move["article"]["retrieved"]
    assert move["article"]["outlet"] == get(f"moves/{world.move.public_id}/").json()["article"]["outlet"]
    assert "wikidata" not in move["from"]["company"]


def _listed(get, noun, identifier):
    return next(row for row in get(f"{noun}/").json()["results"] if row["id"] == identifier)


def test_what_is_opened_stays_among_the_fields(get, world):
    (move, *_) = get("moves/?fields=status&expand=person").json()["results"]
    assert set(move) == {"status", "person"}


@pytest.mark.parametrize("noun", ["moves", "compensation", "signals", "claims", "articles"])
def test_the_number_of_queries_does_not_grow_with_the_rows(get, world, noun, django_assert_max_num_queries):
    names = {
        "moves": "person,from.company,to.company,article",
        "compensation": "company,person,article",
        "signals": "company,article",
        "claims": "person,article",
        "articles": "outlet",
    }[noun]
    with django_assert_max_num_queries(3 + names.count(",") + 1):
        assert get(f"{noun}/?expand={names}").status_code == 200


def test_nobody_hidden_comes_out_of_an_opened_reference(get, world):
    Person.objects.filter(pk=world.ada.pk).update(visibility="hidden")
    people = [row["person"] for row in get("claims/?expand=person").json()["results"]]
    assert all(person is None or person["name"] != "Ada Quill" for person in people)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("moves/?fields=nonsense", "fields"),
        ("moves/?fields=id,id,nonsense", "fields"),
        ("moves/?expand=status", "expand"),
        ("moves/?expand=from", "expand"),
        ("sources/?expand=person", "expand"),
        ("moves/?fields=%00", "fields"),
        ("moves/?fields=", "fields"),
        ("moves/?expand=,", "expand"),
        ("moves/?fields=" + "x" * 5000, "fields"),
    ],
)
def test_it_says_what_there_is(get, world, address, named):
    answer = get(address)
    assert answer.status_code == 400
    assert {error["parameter"] for error in answer.json()["errors"]} == {named}


def test_pages_keep_the_shape(get, world):
    first = get("moves/?limit=1&fields=id").json()
    second = get(first["next"]).json()
    assert [set(row) for row in second["results"]] == [{"id"}]


def test_a_record_says_when_it_changed_and_is_not_sent_twice(get, world):
    address = f"moves/{world.move.public_id}/"
    changed = get(address).headers["Last-Modified"]
    assert get(address, **{"if-modified-since": changed}).status_code == 304

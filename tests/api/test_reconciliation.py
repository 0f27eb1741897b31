"""The Reconciliation API 0.2: names of other tables are matched with people and companies, never carelessly."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from tests.factories import make_company, make_move, make_person

pytestmark = pytest.mark.django_db
SERVICE = "/api/v1/reconcile/"

_REFERENCE = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
    "required": ["id", "name"],
}
# The answers that the specification allows.
_CANDIDATE = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "description": {"type": "string"},
        "score": {"type": "number"},
        "match": {"type": "boolean"},
        "type": {"type": "array", "items": _REFERENCE},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"id": {"type": "string"}, "value": {"type": ["number", "boolean"]}},
                "required": ["id", "value"],
            },
        },
    },
    "required": ["id", "name", "score"],
    "additionalProperties": False,
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "properties": {"result": {"type": "array", "items": _CANDIDATE}},
        "required": ["result"],
        "additionalProperties": False,
    },
}
_CELL = {"oneOf": [_REFERENCE, {"type": "object", "properties": {"str": {"type": "string"}}, "required": ["str"]}]}
EXTENDED = {
    "type": "object",
    "properties": {
        "meta": {"type": "array", "items": _REFERENCE},
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": {"type": "array", "items": _CELL}},
        },
    },
    "required": ["meta", "rows"],
}


@pytest.fixture
def world() -> dict[str, Any]:
    lantern = make_company("Lanternlight", name_zh="灯光", wikidata_id="Q42")
    northwind = make_company("Northwind AI")
    ada = make_person("Ada Quill", name_zh="阿达·奎尔", slug="ada-quill", wikidata_id="Q7")
    make_move(ada, origin=northwind, destination=lantern)
    twins = [make_person("Wei Han", slug=f"wei-han-{n}") for n in (1, 2)]
    make_move(twins[1], destination=lantern)
    return {"lantern": lantern, "northwind": northwind, "ada": ada, "twins": twins}


def ask(client: Client, **queries: Any) -> dict[str, Any]:
    answer = client.post(SERVICE, {"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.content
    answers: dict[str, Any] = json.loads(answer.content)
    Draft202012Validator(RESULTS).validate(answers)
    return {key: each["result"] for key, each in answers.items()}


@pytest.mark.usefixtures("world")
def test_a_whole_name_that_one_person_bears_is_certain(client: Client) -> None:
    (best,) = ask(client, q0={"query": "Ada Quill"})["q0"]
    assert (best["id"], best["match"], best["score"]) == ("people/ada-quill", True, 100)
    assert best["description"] == "阿达·奎尔, Lanternlight"


@pytest.mark.usefixtures("world")
def test_of_two_with_one_name_neither_is_certain(client: Client) -> None:
    both = ask(client, q0={"query": "Wei Han", "type": "person"})["q0"]
    assert [each["match"] for each in both] == [False, False]


@pytest.mark.usefixtures("world")
def test_an_employer_tells_namesakes_apart(client: Client) -> None:
    said = {"pid": "employer", "v": "灯光"}
    first, second = ask(client, q0={"query": "Wei Han", "properties": [said]})["q0"]
    assert (first["id"], first["match"], second["match"]) == ("people/wei-han-2", True, False)


@pytest.mark.usefixtures("world")
def test_what_contradicts_takes_the_certainty_away(client: Client) -> None:
    said = [{"pid": "employer", "v": ["Somewhere Else", 7]}]
    (best,) = ask(client, q0={"query": "Ada Quill", "type": "person", "properties": said})["q0"]
    assert (best["match"], best["score"]) == (False, 60)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("name", ["灯光", "lantern", "Lanternlihgt"])
def test_a_company_is_found_by_any_name(client: Client, name: str) -> None:
    assert ask(client, q0={"query": name, "type": ["company"]})["q0"][0]["id"] == "companies/lanternlight"


@pytest.mark.usefixtures("world")
def test_a_wikidata_item_is_enough(client: Client) -> None:
    said = [{"pid": "wikidata", "v": "Q7"}]
    (best,) = ask(client, q0={"properties": said, "type": "person"})["q0"]
    assert (best["id"], best["match"]) == ("people/ada-quill", True)


@pytest.mark.usefixtures("world")
def test_a_batch_answers_each_query_under_its_key(client: Client) -> None:
    answers = ask(client, one={"query": "Ada Quill", "limit": 1}, two={"query": "nobody at all"})
    assert (len(answers["one"]), answers["two"]) == (1, [])


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("queries", "{"),
        ("queries", "[]"),
        ("queries", '{"q": {"query": 1}}'),
        ("queries", '{"q": {"query": "a", "limit": 0}}'),
        ("queries", '{"q": {"query": "a", "nonsense": 1}}'),
        ("queries", '{"q": {"properties": [{"v": 1}]}}'),
        ("queries", '{"q": {"query": "%s"}}' % ("x" * 1001)),
        ("queries", json.dumps({f"q{n}": {"query": "a"} for n in range(51)})),
        ("queries", '{"q": {"query": "a", "type_strict": "maybe"}}'),
        ("queries", '{"q": {}}'),
        ("queries", '{"q": {"properties": []}}'),
        ("extend", '{"ids": "a", "properties": []}'),
        ("extend", '{"ids": []}'),
        ("extend", json.dumps({"ids": ["a"] * 201, "properties": []})),
    ],
)
def test_a_bad_batch_is_told_what_is_wrong(client: Client, name: str, sent: str) -> None:
    answer = client.post(SERVICE, {name: sent})
    assert answer.status_code == 400
    (error,) = json.loads(answer.content)["errors"]
    assert error["parameter"] == name


def test_a_post_without_a_question_is_told_what_to_send(client: Client) -> None:
    assert client.post(SERVICE, {}).status_code == 400


@pytest.mark.usefixtures("world")
def test_columns_are_added(client: Client) -> None:
    asked = {"ids": ["people/ada-quill", "people/nobody"], "properties": [{"id": "employer"}, {"id": "name_zh"}]}
    answer = json.loads(client.post(SERVICE, {"extend": json.dumps(asked)}).content)
    Draft202012Validator(EXTENDED).validate(answer)
    row = answer["rows"]["people/ada-quill"]
    assert [cell["id"] for cell in row["employer"]] == ["companies/lanternlight", "companies/northwind-ai"]
    assert row["name_zh"] == [{"str": "阿达·奎尔"}]
    assert answer["rows"]["people/nobody"] == {"employer": [], "name_zh": []}


@pytest.mark.usefixtures("world")
def test_every_address_of_the_manifest_answers(client: Client) -> None:
    manifest = json.loads(client.get(SERVICE).content)
    assert "0.2" in manifest["versions"]
    addresses = [s["service_url"] + s["service_path"] + "?prefix=ada" for s in manifest["suggest"].values()]
    proposal = manifest["extend"]["propose_properties"]
    addresses.append(proposal["service_url"] + proposal["service_path"] + "?type=person")
    addresses.append(manifest["preview"]["url"].replace("{{id}}", "people/ada-quill"))
    addresses.append(manifest["view"]["url"].replace("{{id}}", "people/ada-quill"))
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


@pytest.mark.usefixtures("world")
def test_it_suggests_what_is_being_typed(client: Client) -> None:
    found = json.loads(client.get(f"{SERVICE}suggest/entity/", {"prefix": "ada q"}).content)["result"]
    assert [(each["id"], each["notable"][0]["id"]) for each in found] == [("people/ada-quill", "person")]


def test_the_preview_of_nobody_is_not_found(client: Client) -> None:
    assert client.get(f"{SERVICE}preview/", {"id": "people/nobody"}).status_code == 404


@pytest.mark.usefixtures("world")
def test_the_preview_may_stand_in_the_frame_of_another_program(client: Client) -> None:
    answer = client.get(f"{SERVICE}preview/", {"id": "people/ada-quill"})
    assert not answer.has_header("X-Frame-Options")
    assert "阿达·奎尔" in answer.content.decode()


def test_hidden_people_are_neither_matched_nor_extended(client: Client) -> None:
    make_person("Vera Lockhart", slug="vera", visibility="hidden")
    assert ask(client, q={"query": "Vera Lockhart"})["q"] == []
    asked = {"ids": ["people/vera"], "properties": [{"id": "names"}]}
    assert json.loads(client.post(SERVICE, {"extend": json.dumps(asked)}).content)["rows"] == {
        "people/vera": {"names": []}
    }


def test_other_sites_may_ask(client: Client) -> None:
    allowed = client.options(SERVICE, headers={"Origin": "https://openrefine.example"})
    assert "POST" in allowed["Access-Control-Allow-Methods"]
    assert client.get(SERVICE)["Access-Control-Allow-Origin"] == "*"


def test_what_is_compared_is_read_once_for_all_candidates(client: Client, django_assert_num_queries: Any) -> None:
    lantern = make_company("Lanternlight")
    asked = {"ids": [], "properties": [{"id": "employer"}, {"id": "names"}]}
    for number in range(6):
        person = make_person("Wei Han", slug=f"wei-han-{number}")
        make_move(person, destination=lantern)
        asked["ids"].append(f"people/{person.slug}")
    with django_assert_num_queries(3):  # people, their names, their moves
        client.post(SERVICE, {"extend": json.dumps(asked)})


def test_a_hidden_parent_is_not_told(client: Client) -> None:
    parent = make_company("Secret Group", visibility="hidden")
    make_company("Lanternlight", parent=parent)
    asked = {"ids": ["companies/lanternlight"], "properties": [{"id": "parent"}]}
    answer = json.loads(client.post(SERVICE, {"extend": json.dumps(asked)}).content)
    assert answer["rows"] == {"companies/lanternlight": {"parent": []}}

"""The OpenAPI document says exactly what the API does."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator, FormatChecker

from talent.api.urls import router
from talent.serializers.relations import relations_of
from tests.api.conftest import NOUNS


def schema_of(document, path, status=200, media_type="application/json"):
    return document["paths"][path]["get"]["responses"][str(status)]["content"][media_type]["schema"]


def strict(schema):
    """The schema without room for fields that it does not name."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: strict(each) for name, each in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed["additionalProperties"] = False
    return closed


def check(document, schema, value):
    closed = strict({**schema, "components": document["components"]})
    errors = list(Draft202012Validator(closed, format_checker=FormatChecker()).iter_errors(value))
    assert not errors, errors[0]


def path_of(document, address):
    """The documented path that an address belongs to."""
    path = re.sub(r"^https?://[^/]+", "", address)
    known = [p for p in document["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", p), path)]
    assert len(known) == 1, path
    return known[0]


def test_it_is_a_valid_document_of_version_3_1(document):
    validate_schema(document)
    assert document["openapi"] == "3.1.0"


def test_it_is_made_without_a_warning(document, capsys):
    from drf_spectacular.drainage import GENERATOR_STATS
    from drf_spectacular.generators import SchemaGenerator

    GENERATOR_STATS.reset()
    SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS, capsys.readouterr().err


def test_it_has_every_list_and_record_and_nothing_else(document):
    wanted = {f"/api/v1/{noun}/" for noun in NOUNS}
    wanted |= {f"/api/v1/{noun}/{{{view.lookup_field}}}/" for noun, view, _name in router.registry}
    wanted |= {"/api/v1/events/", "/api/v1/submissions/{public_id}/", "/api/v1/claims/{public_id}/annotation/"}
    wanted |= {"/api/v1/flows/", "/api/v1/companies/{slug}/flows/", "/api/v1/suggest/", "/api/v1/mentions/"}
    wanted |= {f"/api/v1/{noun}/{{public_id}}/citation/" for noun in ("moves", "compensation", "signals", "claims")}
    assert set(document["paths"]) == wanted
    writing = {path for path, methods in document["paths"].items() if methods.keys() - {"get"}}
    # A text to be looked up is too long for an address; nothing is written.
    assert writing == {"/api/v1/articles/", "/api/v1/mentions/"}


def test_writing_needs_a_key_and_reading_none(document):
    articles = document["paths"]["/api/v1/articles/"]
    assert articles["post"]["security"] == [{"key": []}]
    assert articles["get"]["security"] == [{}]
    assert articles["post"]["requestBody"]["content"]["application/json"]["examples"]
    assert {"202", "401", "409", "422", "429"} <= articles["post"]["responses"].keys()


@pytest.mark.parametrize("noun", NOUNS)
def test_every_list_answers_as_documented(get, document, world, noun):
    schema = schema_of(document, f"/api/v1/{noun}/")
    address = f"{noun}/?limit=1"
    while address:
        page = get(address).json()
        check(document, schema, page)
        address = page["next"]


def test_the_change_feed_answers_as_documented(get, document, world):
    connection.check_constraints()  # as a commit does
    schema = schema_of(document, "/api/v1/events/")
    page = get("events/").json()
    assert {event["subject"]["kind"] for event in page["results"]} == {"move", "compensation", "signal"}
    check(document, schema, page)


def test_every_record_answers_as_documented(get, document, records):
    assert len({path_of(document, address) for address in records}) == len(NOUNS)
    for address in records:
        check(document, schema_of(document, path_of(document, address)), get(address).json())


@pytest.mark.parametrize(
    ("address", "path", "status"),
    [
        ("moves/?nonsense=1", "/api/v1/moves/", 400),
        ("moves/nope/", "/api/v1/moves/{public_id}/", 404),
        ("moves/nope/?a=1", "/api/v1/moves/{public_id}/", 400),
        ("people/nope/", "/api/v1/people/{slug}/", 404),
    ],
)
def test_every_problem_answers_as_documented(get, document, db, address, path, status):
    answer = get(address)
    assert answer.status_code == status
    check(document, schema_of(document, path, status, "application/problem+json"), answer.json())


def test_the_check_can_fail(document, get, world):
    page = get("moves/").json()
    schema = schema_of(document, "/api/v1/moves/")
    for spoil in ({"surprise": 1}, {"kind": "fired"}, {"from": "x"}, {"reporters": -1}):
        with pytest.raises(AssertionError):
            check(document, schema, {**page, "results": [{**page["results"][0], **spoil}]})


@pytest.mark.parametrize(("noun", "view"), [(noun, view) for noun, view, _name in router.registry])
def test_every_parameter_is_documented_and_means_something(document, noun, view):
    parameters = {
        p["name"]: p for p in document["paths"][f"/api/v1/{noun}/"]["get"]["parameters"] if p["in"] == "query"
    }
    shaping = {"fields", *(["expand"] if relations_of(view.serializer_class) else [])}
    assert set(parameters) == {*view.filterset_class.base_filters, "limit", "cursor", *shaping}
    assert all(p["description"] for p in parameters.values())


@pytest.mark.parametrize("noun", NOUNS)
def test_every_documented_choice_is_accepted(get, document, db, noun):
    for parameter in document["paths"][f"/api/v1/{noun}/"]["get"]["parameters"]:
        schema = parameter["schema"].get("items", parameter["schema"])
        bounds = [schema[name] for name in ("minimum", "maximum") if name in schema]
        for value in [*schema.get("enum", []), *schema.get("examples", []), *bounds]:
            assert get(f"{noun}/?{parameter['name']}={value}").status_code == 200, (parameter["name"], value)


def test_it_is_served_as_json_or_yaml(get, db):
    assert get("schema/").json()["openapi"] == "3.1.0"
    answer = get("schema/", accept="application/yaml")
    assert answer.headers["Content-Type"].startswith("application/yaml")
    assert answer.content.startswith(b"openapi: 3.1.0")


def test_every_operation_can_be_called_by_a_name(document):
    names = [method["operationId"] for path in document["paths"].values() for method in path.values()]
    assert len(set(names)) == len(names)
    assert {"moves_list", "moves_retrieve", "companies_list"} <= set(names)

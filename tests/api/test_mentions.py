"""What is known of a text, through the API."""

from __future__ import annotations

import pytest

from talent import limits
from talent.limits import Counter
from tests.api.test_document import check
from tests.test_known import TOLD
from tests.test_settle import move, tell


@pytest.fixture
def ask(client, db):
    def post(body, status=200, **more):
        answer = client.post("/api/v1/mentions/", body, content_type="application/json", **more)
        assert answer.status_code == status, answer.content
        return answer.json()

    return post


def test_it_tells_names_and_statements(ask, document):
    tell(TOLD, move("Ada Stone", "Larkspur", "Meta"))
    known = ask({"text": "Ada Stone has left Larkspur to join Meta."})
    check(document, document["components"]["schemas"]["Known"], known)
    [statement] = known["statements"]
    assert (statement["standing"], statement["status"]) == ("known", "reported")
    [fact] = statement["facts"]
    assert fact["quote"] in TOLD
    assert [each["name"] for each in known["people"]] == ["Ada Stone"]
    assert known["people"][0]["candidates"][0]["url"].startswith("http://testserver/api/v1/people/ada-stone")


def test_its_addresses_lead_to_records(ask, client):
    tell(TOLD, move("Ada Stone", "Larkspur", "Meta"))
    [fact] = ask({"text": "Ada Stone likes tea."})["moves"]
    for address in (fact["url"], fact["html_url"], fact["citation_url"]):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": 1}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"texts": "x"}, "texts"),
    ],
)
def test_a_wrong_body_is_named(ask, body, named):
    assert named in [error["parameter"] for error in ask(body, 400)["errors"]]


@pytest.mark.parametrize("body", ["[]", "nonsense", '"text"', ""])
def test_what_is_no_object_is_refused(ask, body):
    ask(body, 400)


def test_a_null_is_read_as_a_blank(ask):
    assert ask({"text": "a\0b"})["people"] == []


def test_it_only_takes_posts(client, db):
    assert client.get("/api/v1/mentions/").status_code == 405


def test_another_site_may_ask(client, db):
    answer = client.options("/api/v1/mentions/", headers={"Origin": "https://elsewhere.example"})
    assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == "OPTIONS, POST"


def test_one_network_may_ask_only_so_often(client, ask, settings, monkeypatch):
    settings.TEXTS_A_MINUTE, settings.WEB_CONCURRENCY = 1, 1
    monkeypatch.setattr(limits, "_texts", Counter(lambda: 1.0))
    ask({"text": "Nothing."})
    answer = client.post("/api/v1/mentions/", {"text": "Nothing."}, content_type="application/json")
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["Retry-After"]) >= 1

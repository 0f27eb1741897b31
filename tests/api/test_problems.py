"""Every error is a problem document that says what to do, and no question breaks the server."""

from __future__ import annotations

import pytest

from tests.api.conftest import NOUNS

LONG = "x" * 5000


def problem(answer, status):
    """The problem of an answer that must be one."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert len(body["detail"]) > 20
    assert body["request_id"] == answer.headers["X-Request-ID"]
    return body


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("limit=-1", "limit", "from 1 to 200"),
        ("limit=0", "limit", "from 1 to 200"),
        ("limit=201", "limit", "from 1 to 200"),
        ("limit=1000000000", "limit", "from 1 to 200"),
        ("limit=10**9", "limit", "from 1 to 200"),
        ("limit=1e2", "limit", "from 1 to 200"),
        ("limit=5.0", "limit", "from 1 to 200"),
        ("limit=%00", "limit", "from 1 to 200"),
        ("limit=５", "limit", "from 1 to 200"),
        ("limit=1&limit=2", "limit", "once"),
        ("cursor=x", "cursor", "start again without it"),
        ("cursor=%00", "cursor", "start again without it"),
        ("cursor=" + LONG, "cursor", "start again without it"),
        ("cursor=WyJhIiwxXQ:c2lnbmF0dXJl", "cursor", "start again without it"),
        ("cursor=游标", "cursor", "start again without it"),
        ("page=2", "page", "no parameter"),
        ("offset=10", "offset", "no parameter"),
        ("ordering=id", "ordering", "no parameter"),
        ("limits=1", "limits", "did you mean “limit”?"),
        ("statsu=reported", "statsu", "did you mean “status”?"),
        ("destination=openai", "destination", "only: q"),
        ("format=json", "format", "no parameter"),
        ("%00=1", "\0", "no parameter"),
        ("a[]=1", "a[]", "no parameter"),
        ("__proto__=1", "__proto__", "no parameter"),
        ("person__name=x", "person__name", "no parameter"),
        (LONG + "=1", LONG, "no parameter"),
        ("50%25+off=1", "50% off", "“50% off”"),
        ("%25(name)s=1", "%(name)s", "“%(name)s”"),
        ("{name}=1", "{name}", "“{name}”"),
        ("q=" + LONG, "q", "200"),
        ("q=a%00b", "q", "Null"),
        ("year=abc", "year", "whole number"),
        ("year=-1", "year", "1950"),
        ("year=10000", "year", "2100"),
        ("year=" + "9" * 400, "year", ""),
        ("year=2024.5", "year", "whole number"),
        ("after=soon", "after", "2024-03"),
        ("after=2024-02-30", "after", "2024-03"),
        ("after=0000-01", "after", "2024-03"),
        ("before=2024-99", "before", "2024-03"),
        ("before=%00", "before", "2024-03"),
        ("kind=fire", "kind", "hire, departure"),
        ("kind=hire&kind=fire", "kind", "hire, departure"),
        ("status=%00", "status", "confirmed"),
        ("cohort=1", "cohort", "yes, no"),
        ("language=../en", "language", "en, zh"),
        ("min_reporters=two", "min_reporters", "whole number"),
        ("sort=-id", "sort", "newest, oldest"),
        ("sort=newest&sort=oldest", "sort", "once"),
        ("company=" + "c" * 161, "company", "160"),
        ("from=%00", "from", "Null"),
    ],
)
def test_it_names_the_parameter_that_is_wrong(get, db, query, parameter, words):
    body = problem(get(f"moves/?{query}"), 400)
    assert body["type"] == "urn:talent-ledger:problem:parameters"
    assert parameter in [error["parameter"] for error in body["errors"]]
    assert words in " ".join(error["detail"] for error in body["errors"])


def test_it_names_all_that_is_wrong_at_once(get, db):
    body = problem(get("moves/?year=abc&kind=x&nonsense=1"), 400)
    assert {error["parameter"] for error in body["errors"]} == {"year", "kind", "nonsense"}


@pytest.mark.parametrize(
    "query",
    [
        "q=.*", "q=%25", "q=_", "q=%5C", "q='", "q=%27%3B+DROP+TABLE+x", "q=(((", "q=[a-z]%2B", "q=%F0%9F%98%80",
        "q=%FF%FE", "q=𠮷", "q=a\u202eb", "q=%20%20", "q=%0A", "q=%22", "q=谷歌", "q=+", "q=" + "a" * 200,
        "company=..%2F..%2Fetc", "person=%F0%9F%98%80", "to=*", "from=%25",
        "min_amount=1", "after=0001", "after=9998-12", "before=1000-01-01",
        "year=", "kind=", "limit=", "cursor=", "sort=",
    ],
)  # fmt: skip
def test_it_answers_strange_words_with_an_empty_list_or_a_problem(get, db, query):
    for noun in NOUNS:
        answer = get(f"{noun}/?{query}")
        if answer.status_code != 200:
            problem(answer, 400)


def test_it_refuses_the_cursor_of_another_list(get, world):
    cursor = get("moves/?limit=1").json()["next"].partition("cursor=")[2].partition("&")[0]
    for address in ("moves/?limit=1&kind=hire", "moves/?limit=1&sort=oldest", "signals/?limit=1"):
        assert problem(get(f"{address}&cursor={cursor}"), 400)["errors"][0]["parameter"] == "cursor"


def test_it_takes_a_cursor_with_another_limit(get, world):
    cursor = get("moves/?limit=1").json()["next"].partition("cursor=")[2].partition("&")[0]
    assert get(f"moves/?limit=7&cursor={cursor}").status_code == 200


@pytest.mark.parametrize("spoilt", ["{}A", "A{}", "{}%00", "{}:", "{}=="])
def test_it_refuses_a_tampered_cursor(get, world, spoilt):
    cursor = get("moves/?limit=1").json()["next"].partition("cursor=")[2].partition("&")[0]
    assert problem(get(f"moves/?limit=1&cursor={spoilt.format(cursor)}"), 400)["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize(
    "identifier", ["nope", "0", "-", "__", "谷歌", "a" * 160, "a" * 161, "a%00b", "..", "%2e%2e", "a b", "%F0"]
)
def test_it_finds_no_record_under_a_strange_identifier(get, db, noun, identifier):
    problem(get(f"{noun}/{identifier}/"), 404)


@pytest.mark.parametrize(
    "address", ["nonsense/", "moves/a/b/", "moves/a/evidence", "//", "v1/", "schema/x/", "moves.json"]
)
def test_it_answers_addresses_that_are_none(client, db, address):
    problem(client.get(f"/api/v1/{address}"), 404)


@pytest.mark.parametrize("address", ["/api/", "/api/v2/moves/", "/api/v1/%00/", "/api/v1/moves/a%0Ab/", "/api/v1/%0A"])
def test_it_answers_addresses_outside_of_the_version(client, db, address):
    problem(client.get(address), 404)


def test_it_leads_to_the_last_slash(client, world):
    answer = client.get("/api/v1/moves?kind=hire&q=a%20b")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/api/v1/moves/?kind=hire&q=a%20b")
    answer = client.get(f"/api/v1/moves/{world.move.public_id}")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/api/v1/moves/{world.move.public_id}/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["moves/", "moves/x/", "", "schema/", "nowhere/"])
def test_it_says_that_it_only_reads(client, db, method, address):
    answer = getattr(client, method)(f"/api/v1/{address}")
    body = problem(answer, 405)
    assert "read-only" in body["detail"]
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "accept", ["text/csv", "text/html", "image/*", "application/xml;q=0.9", "nonsense", "/", ";;;", ","]
)
def test_it_says_what_it_can_answer_with(get, db, accept):
    answer = get("moves/", accept=accept)
    if answer.status_code != 200:
        assert "application/json" in problem(answer, 406)["detail"]


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/*", "text/html, */*;q=0.1"])
def test_it_answers_whoever_takes_json(get, db, accept):
    assert get("moves/", accept=accept).headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("address", ["moves/{}/?q=1", "people/nope/?x"])
def test_a_record_takes_no_parameter_but_those_of_its_shape(get, world, address):
    body = problem(get(address.format(world.move.public_id)), 400)
    assert "only: fields, expand" in body["errors"][0]["detail"]


def test_it_confesses_a_fault_of_its_own(client, world, monkeypatch):
    from talent.api.views import CompanyViewSet

    client.raise_request_exception = False
    monkeypatch.setattr(CompanyViewSet, "get_queryset", lambda self: 1 / 0)
    body = problem(client.get("/api/v1/companies/"), 500)
    assert "division" not in str(body)


def test_it_tells_how_long_to_wait(get, db, monkeypatch):
    from rest_framework.throttling import BaseThrottle

    from talent.api.views import MoveViewSet

    class Busy(BaseThrottle):
        def allow_request(self, request, view):
            return False

        def wait(self):
            return 2.5

    monkeypatch.setattr(MoveViewSet, "throttle_classes", [Busy])
    answer = get("moves/")
    problem(answer, 429)
    assert answer.headers["Retry-After"] == "3"


def test_its_problems_speak_the_reader_s_language_but_name_the_same_parameter(get, db):
    body = problem(get("moves/?year=abc", **{"accept-language": "zh-hans"}), 400)
    assert body["errors"][0]["parameter"] == "year"

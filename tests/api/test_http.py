"""What every answer carries: validators, leave for other sites, identifiers, compression."""

from __future__ import annotations

import gzip

import pytest

from talent.models import Company, Move


def test_an_unchanged_answer_is_not_sent_twice(get, records):
    for address in [*records, "moves/", "companies/?q=lantern", "schema/"]:
        etag = get(address).headers["ETag"]
        again = get(address, **{"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == etag
        assert again.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("held", ["W/{}", '"other", {}', "*"])
def test_it_compares_validators_weakly(get, world, held):
    etag = get("moves/").headers["ETag"]
    assert get("moves/", **{"if-none-match": held.format(etag)}).status_code == 304


@pytest.mark.parametrize("held", ['"other"', "garbage", "", '"'])
def test_it_sends_what_the_reader_does_not_hold(get, world, held):
    assert get("moves/", **{"if-none-match": held}).status_code == 200


def test_a_validator_changes_with_the_fact_and_with_every_name_in_it(get, world):
    address = f"moves/{world.move.public_id}/"
    before = get(address).headers["ETag"]
    Company.objects.filter(pk=world.lantern.pk).update(name="Lantern Light")
    renamed = get(address).headers["ETag"]
    Move.objects.filter(pk=world.move.pk).update(status="confirmed")
    assert len({before, renamed, get(address).headers["ETag"]}) == 3


def test_other_sites_may_read(get, client, records):
    for address in [*records, "moves/", "nowhere/", "moves", "moves/?limit=0"]:
        answer = get(address, origin="https://elsewhere.example")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
        assert not answer.cookies


@pytest.mark.parametrize("address", ["moves/", "moves/x/", "nowhere/", ""])
def test_it_answers_the_question_before_the_question(client, db, address):
    answer = client.options(f"/api/v1/{address}", headers={"access-control-request-method": "GET"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Methods"] == answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    allowed = set(answer.headers["Access-Control-Allow-Headers"].split(", "))
    assert {"If-None-Match", "If-Modified-Since", "Last-Event-ID"} <= allowed


def test_pages_outside_of_the_api_are_left_alone(client, db):
    assert "Access-Control-Allow-Origin" not in client.get("/healthz").headers


def test_every_request_has_its_own_identifier(get, world):
    identifiers = {
        get(address).headers["X-Request-ID"] for address in ("moves/", "moves/", "nowhere/", "moves/?limit=0")
    }
    assert len(identifiers) == 4


def test_head_answers_as_get_does_without_the_body(client, world):
    got, head = client.get("/api/v1/moves/"), client.head("/api/v1/moves/")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", got.headers["ETag"])


def test_it_compresses(get, world):
    plain, packed = get("moves/"), get("moves/", **{"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    again = get("moves/", **{"accept-encoding": "gzip", "if-none-match": packed.headers["ETag"]})
    assert again.status_code == 304


def test_the_index_leads_everywhere(get, client, world):
    index = get("").json()
    assert set(index) >= {"companies", "people", "moves", "schema", "docs"}
    assert {client.get(address).status_code for address in index.values()} == {200}


def test_it_writes_times_in_utc_and_chinese_as_it_is(get, world):
    answer = get(f"moves/{world.move.public_id}/")
    assert answer.json()["article"]["published"] == "2025-03-03T09:30:00Z"
    assert "阿达·奎尔" in answer.content.decode()

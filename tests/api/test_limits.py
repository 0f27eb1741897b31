"""So many requests a minute for whoever asks without a key, told in every answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent import limits
from talent.limits import WINDOW, Counter


@pytest.fixture(autouse=True)
def _few(settings, monkeypatch):
    settings.API_REQUESTS_A_MINUTE, settings.WEB_CONCURRENCY = 3, 1
    monkeypatch.setattr(limits, "_counter", Counter())


def test_what_is_left_is_told_until_nothing_is(get, db):
    answers = [get("moves/") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert [answer["RateLimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0", "r=0"]
    assert answers[0]["RateLimit-Policy"] == '"reading";q=3;w=60'


def test_the_refusal_is_a_problem_that_says_when_to_come_back(get, db):
    refused = [get("moves/") for _ in range(4)][-1]
    assert refused["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused.json()["type"].endswith(":rate")
    assert refused["Access-Control-Allow-Origin"] == "*"


def test_another_network_is_not_held_back(client, get, db):
    for _ in range(4):
        get("moves/")
    assert client.get("/api/v1/moves/", REMOTE_ADDR="198.51.100.7").status_code == 200


def test_a_household_of_ipv6_is_one_reader(client, db):
    answers = [client.get("/api/v1/moves/", REMOTE_ADDR=f"2001:db8::{n}") for n in range(4)]
    assert answers[-1].status_code == 429


def test_pages_are_not_counted(client, get, db):
    for _ in range(4):
        get("moves/")
    assert client.get("/about/").status_code == 200


def test_a_new_minute_begins_anew():
    now = [0.0]
    counter = Counter(lambda: now[0])
    assert counter.count("a", 1).left == 0
    assert counter.count("a", 1).left == -1
    now[0] = WINDOW
    assert counter.count("a", 1).left == 0


@given(st.lists(st.sampled_from("abc"), max_size=60))
def test_everybody_is_counted_alone(asked):
    counter = Counter(lambda: 1.0)
    left = {name: counter.count(name, 10).left for name in asked}
    assert left == {name: 10 - asked.count(name) for name in asked}


def test_the_table_is_bounded(monkeypatch):
    monkeypatch.setattr(limits, "_MOST", 10)
    counter = Counter(lambda: 1.0)
    for number in range(1000):
        counter.count(str(number), 5)
    assert len(counter._counts) == 11

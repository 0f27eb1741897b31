"""Figures for Prometheus: open to this machine and to whoever has the token, cheap, and true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from articles.clock import database_now
from articles.models import Snapshot
from config import metrics
from talent import pulses
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    metrics.forget()
    yield
    metrics.forget()


def samples(client: Client, **headers: str) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {(each.name, *sorted(each.labels.values())): each.value for family in families for each in family.samples}


def test_it_tells_what_waits_and_since_when(client: Client) -> None:
    make_article(state="awaiting_extraction")
    Snapshot.objects.create(address="https://a.example/", state="failed", error="The server answered 404.")
    found = samples(client)
    assert found["talent_ledger_waiting_rows", "read"] == 1
    assert found["talent_ledger_oldest_waiting_seconds", "read"] >= 0
    assert found["talent_ledger_failed_rows", "fetch"] == 1
    assert found["talent_ledger_database_up",] == 1


def test_it_tells_what_each_worker_counted(client: Client) -> None:
    note: dict[str, Any] = {"active": 2, "tasks": {"talent.tasks.process": 7}, "redelivered": 3, "lost": 1}
    pulses.beat("worker:celery@a", now=database_now(), **note)
    pulses.beat(pulses.SWEEP, now=database_now(), sent=1, queued=37)
    found = samples(client)
    assert found["talent_ledger_queue_messages",] == 37
    assert found["talent_ledger_tasks_total", "celery@a", "talent.tasks.process"] == 7
    assert found["talent_ledger_redelivered_tasks_total", "celery@a"] == 3
    assert found["talent_ledger_lost_children_total", "celery@a"] == 1


def test_it_times_requests_by_the_name_of_their_address(client: Client) -> None:
    key = ("talent_ledger_request_seconds_count", "4xx", "GET", "company")
    before = samples(client).get(key, 0)
    client.get("/companies/nope/")
    client.get("/zh-hans/companies/nichts/")
    assert samples(client)[key] == before + 2


def test_it_asks_the_database_once_in_some_seconds(client: Client) -> None:
    samples(client)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        samples(client)
    assert len(queries) == 0


def test_it_asks_a_bounded_number_of_questions(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        samples(client)
    assert len(queries) < 25
    assert all("LIMIT" in each["sql"] or "count" not in each["sql"].lower() for each in queries)


def test_it_survives_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def gone() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(metrics, "_stages", gone)
    assert samples(client)["talent_ledger_database_up",] == 0


@pytest.mark.parametrize(
    ("asker", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.5", {}, 403),
        ("", {}, 403),
        # A proxy on this machine asks for somebody else.
        ("127.0.0.1", {"x-forwarded-for": "203.0.113.9"}, 403),
        ("127.0.0.1", {"forwarded": "for=203.0.113.9"}, 403),
        ("10.0.0.5", {"authorization": "Bearer open sesame"}, 200),
        ("10.0.0.5", {"authorization": "Bearer wrong"}, 403),
        ("10.0.0.5", {"authorization": "Bearer "}, 403),
    ],
)
def test_it_is_open_to_this_machine_and_to_the_token(
    client: Client, settings: Any, asker: str, headers: dict[str, str], status: int
) -> None:
    settings.METRICS_TOKEN = "open sesame"
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=asker).status_code == status


def test_an_empty_token_opens_nothing(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": "Bearer "}, REMOTE_ADDR="10.0.0.5").status_code == 403


def test_behind_a_proxy_this_machine_is_no_proof(client: Client, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get("/metrics").status_code == 403

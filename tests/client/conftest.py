"""The client asks the real API, in the same process and transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from django.db import connections
from django.test import Client
from ledger_client import cli
from ledger_client.api import Ledger
from typer.testing import CliRunner

from talent.models import Claim
from tests.factories import make_company, make_move, make_person, make_report, make_signal

SITE = "http://testserver"


class InProcess(httpx2.BaseTransport):
    """Hands requests to the site, within the test's own transaction."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        headers = {name: value for name, value in request.headers.items() if name != "host"}
        answer = Client().generic(request.method, request.url.raw_path.decode(), request.read(), headers=headers)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()
        return httpx2.Response(answer.status_code, headers=list(answer.items()), stream=httpx2.ByteStream(body))


@pytest.fixture
def transport() -> httpx2.BaseTransport:
    return InProcess()


@pytest.fixture
def ledger(db: None, transport: httpx2.BaseTransport) -> Iterator[Ledger]:
    with Ledger(SITE, transport=transport) as made:
        yield made


@pytest.fixture
def talent(db: None, transport: httpx2.BaseTransport, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the command with words; what it prints, and how it leaves."""
    monkeypatch.setattr(cli, "_transport", transport)

    def run(*words: str) -> Any:
        return CliRunner().invoke(cli.app, [*words, "--site", SITE])

    return run


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    lantern, northwind = make_company("Lanternlight", name_zh="灯光"), make_company("Northwind AI")
    ada = make_person("Ada Quill", slug="ada-quill")
    twins = [make_person("Wei Han", slug=f"wei-han-{number}") for number in (1, 2)]
    move = make_move(ada, origin=northwind, destination=lantern, date="2025-03")
    Claim.objects.filter(pk=move.lead_claim_id).update(move=move)
    old = make_move(destination=northwind, date="2019", sort_date="2019-01-01")
    report, signal = make_report(lantern), make_signal(northwind)
    return SimpleNamespace(**{name: value for name, value in locals().items() if name != "db"})

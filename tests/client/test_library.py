"""The client's library: pages, problems, and patience."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from ledger_client.api import Ledger, Problem
from ledger_client.output import flat

from tests.factories import make_move


def test_it_walks_all_pages(ledger: Ledger, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger_client.api._PAGE", 2)
    made = {make_move().public_id for _ in range(5)}
    found = [row["id"] for row in ledger.rows("moves")]
    assert (len(found), set(found)) == (5, made)


def test_a_problem_is_told_in_the_words_of_the_api(ledger: Ledger) -> None:
    with pytest.raises(Problem, match="nonsense"):
        list(ledger.rows("moves", {"nonsense": 1}))


def _server(*answers: httpx2.Response) -> tuple[Ledger, list[float]]:
    waited: list[float] = []
    queue = list(answers)
    transport = httpx2.MockTransport(lambda request: queue.pop(0))
    return Ledger("http://x", transport=transport, sleep=waited.append), waited


def test_it_waits_as_long_as_it_is_told() -> None:
    ledger, waited = _server(
        httpx2.Response(429, headers={"Retry-After": "7"}), httpx2.Response(503), httpx2.Response(200, json={"a": 1})
    )
    assert (ledger.get("x"), waited) == ({"a": 1}, [7.0, 1.0])


def test_it_gives_up_in_the_end() -> None:
    ledger, waited = _server(*[httpx2.Response(503)] * 9)
    with pytest.raises(Problem, match="503"):
        ledger.get("x")
    assert len(waited) == 3


def test_another_kind_of_site_is_recognised() -> None:
    ledger, _ = _server(httpx2.Response(404, text="<html>"))
    with pytest.raises(Problem, match="is this a Talent Ledger"):
        ledger.get("x")


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"a": {"b": {"c": 1}}}, {"a_b_c": 1}),
        ({"a": [1, "灯"]}, {"a": '[1, "灯"]'}),
        ({"a": None, "b": {}}, {"a": None, "b": "{}"}),
    ],
)
def test_rows_become_columns(row: dict[str, Any], columns: dict[str, Any]) -> None:
    assert flat(row) == columns

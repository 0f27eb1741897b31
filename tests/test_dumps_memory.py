"""A dump takes as much memory for many rows as for few."""

from __future__ import annotations

import pytest
from django.db import connection

from talent import dumps
from talent.dumps import tables
from tests import dump_process
from tests.factories import make_move

# In kilobytes: rows that were kept would take three times as much.
ROOM = 3_000


@pytest.fixture(scope="module")
def growth() -> dict[str, int]:
    """By how much each format takes more for four times the rows."""
    found: dict[str, int] = dump_process.told("memory()")
    return found


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet", "sqlite", "ftm", "nt"])
def test_four_times_the_rows_take_no_more_memory(growth: dict[str, int], kind: str) -> None:
    assert growth[kind] < ROOM


@pytest.mark.django_db
def test_rows_stay_with_the_database_until_their_batch_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BATCH", 2)
    for _ in range(5):
        make_move()
    (moves,) = (table for table in dumps.TABLES if table.name == "moves")
    batches = moves.read("https://ledger.example")
    assert len(next(batches)) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement LIKE '%%talent_move%%' FROM pg_cursors")
        assert cursor.fetchall() == [(True,)]

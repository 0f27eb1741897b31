"""Statements of the hot paths on connections of their own: kept, told again where they were forgotten, never a table
read from end to end."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from talent import hot
from talent.hot import kept
from talent.hot.asking import Prepared
from tests.factories import make_company, make_move, make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kept, "_keeping", True)
    kept._failed_at.clear()
    yield
    kept.forget("default")


def test_a_thread_keeps_its_connection_and_what_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Prepared("SELECT $1::int + 1")
    assert one.rows(41) == [(42,)]
    raw = kept.connection_to("default")
    assert one.rows(1) == [(2,)]
    assert kept.connection_to("default") is raw
    told = raw.execute("SELECT name, generic_plans, custom_plans FROM pg_prepared_statements").fetchall()
    assert told == [(one.name.decode(), 2, 0)]
    monkeypatch.setattr(kept, "_KEPT_SECONDS", -1.0)
    assert one.rows(2) == [(3,)]
    assert raw.closed


def test_what_a_connection_has_forgotten_it_is_told_again() -> None:
    one = Prepared("SELECT $1::int + 1")
    one.rows(1)
    kept.connection_to("default").execute("DEALLOCATE ALL")
    assert one.rows(2) == [(3,)]


def test_a_changed_table_is_asked_anew() -> None:
    raw = kept.connection_to("default")
    raw.execute("SET default_transaction_read_only = off")
    raw.execute("CREATE TEMPORARY TABLE words (word text)")
    raw.execute("INSERT INTO words VALUES ('12')")
    one = Prepared("SELECT word FROM words")
    assert one.rows() == [("12",)]
    raw.execute("ALTER TABLE words ALTER word TYPE int USING word::int")
    assert one.rows() == [(12,)]


def test_nothing_is_written_and_a_failed_connection_is_not_kept() -> None:
    raw = kept.connection_to("default")
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        Prepared("DELETE FROM talent_move WHERE id = $1::bigint").rows(1)
    assert raw.closed
    assert Prepared("SELECT 1").rows() == [(1,)]


def test_a_server_that_is_away_is_not_waited_for_by_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def refuse(**options: object) -> None:
        tries.append(options)
        raise psycopg.OperationalError("away")

    with monkeypatch.context() as patched:
        patched.setattr(psycopg, "connect", refuse)
        for _ in range(3):
            with pytest.raises(psycopg.OperationalError):
                Prepared("SELECT 1").rows()
    assert len(tries) == 1


def test_no_statement_reads_a_table_from_end_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = make_company("Northwind AI"), make_company("Lanternlight")
    ada = make_person("Ada Quillfeather")
    named = make_move(ada, origin=here, destination=there)
    groups = [make_move(cohort_text="seven", cohort_min=7, destination=there),
              make_move(cohort_text="nine", cohort_min=9, origin=here, destination=there)]  # fmt: skip
    asked: list[tuple[Prepared, tuple[object, ...]]] = []
    rows = Prepared.rows

    def noted(prepared: Prepared, *values: object) -> list[tuple[object, ...]]:
        asked.append((prepared, values))
        return rows(prepared, *values)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Prepared, "rows", noted)
    for move in (named, *groups):
        assert hot.move_with_evidence(move.public_id, "https://ledger.example")
    for slugs in ({}, {"to": there.slug}, {"from": here.slug}, {"company": there.slug}, {"person": ada.slug}):
        assert hot.page_of_moves(slugs, query="", limit=50, cursor="").rows
    for words in ("quillf", "northwind"):
        hot.page_of_names("person", words, query="", limit=20, cursor="")
        hot.page_of_names("company", words, query="", limit=20, cursor="")
    raw = kept.connection_to("default")
    for prepared, values in asked:
        given = ", ".join(psycopg.sql.Literal(None if value is None else str(value)).as_string() for value in values)
        call = f"{prepared.name.decode()}({given})" if values else prepared.name.decode()
        plan = "\n".join(line for (line,) in raw.execute(f"EXPLAIN EXECUTE {call}").fetchall())
        assert "Seq Scan" not in plan, plan

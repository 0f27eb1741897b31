"""What the measurement of serving stands on: the rows that peers get, the questions that are asked, and the table."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from bench import growth, serve
from bench.serving import load, questions, sqlite
from bench.serving.contenders import DATASETTE, SITE
from bench.serving.load import Measured
from talent.models import Claim, Move, Person
from talent.world import World, make_world

SMALL = World(moves=60, seed=4)


def _measured(*rates: float) -> list[Measured]:
    return [Measured(rate, median=1000 / rate, slow=2000 / rate, failed=0) for rate in rates]


def test_a_ratio_is_that_of_the_middle_round_and_is_held_to_its_bar() -> None:
    row = serve._ratio("list of a company", DATASETTE, _measured(30, 20, 10), _measured(10, 10, 10))
    assert (row.value, row.bar, row.held) == ("2", ">= 1.5", True)
    assert "1.00 to 3.00" in row.what


def test_who_did_not_answer_in_a_round_is_beaten_without_end() -> None:
    silent = [Measured(0, median=0, slow=0, failed=8)]
    assert serve._ratio("list of a company", DATASETTE, _measured(30), silent).value == "inf"


def test_what_has_no_bar_is_only_told() -> None:
    assert serve._ratio("first page", DATASETTE, _measured(10), _measured(20)).held is None


def test_a_rate_with_failures_says_so() -> None:
    assert "3 FAILED" in serve._figures([Measured(5, 1, 2, failed=3)])


def test_a_larger_world_may_take_a_fifth_of_the_rate() -> None:
    rates = {1_000_000: dict.fromkeys(serve._BOTH_SIZES, 79.0), 10_000: dict.fromkeys(serve._BOTH_SIZES, 100.0)}
    assert [row.held for row in serve._growth(rates, [1_000_000, 10_000])] == [False, False]


@pytest.mark.parametrize(
    ("figures", "exponent"),
    [
        ({10: 2.0, 1000: 2.0}, "0.00"),
        ({10: 1.0, 1000: 100.0}, "1.00"),
        ({10: 1.0, 1000: 10.0}, "0.50"),
        ({10: 1.0}, ""),
    ],
)
def test_the_exponent_tells_how_costs_grow(figures: dict[int, float], exponent: str) -> None:
    assert growth._exponent(figures) == exponent


def test_nothing_but_this_machine_is_put_under_load() -> None:
    with pytest.raises(ValueError, match="not this machine"):
        load.press("http://192.0.2.1:80", ["/"], connections=1, seconds=1)


@pytest.mark.django_db
def test_the_questions_are_about_what_is_there(client: Any) -> None:
    make_world(SMALL, now=timezone.now())
    known = {workload.name: workload.paths for workload in questions.workloads()}
    assert {name for name, _, _ in serve.BARS} <= known.keys()
    for name, paths in known.items():
        assert client.get(paths[SITE][0]).status_code == 200, name


@pytest.mark.django_db
def test_one_seed_asks_the_same_questions() -> None:
    make_world(SMALL, now=timezone.now())
    assert questions.workloads(1) == questions.workloads(1)


@pytest.mark.django_db(transaction=True)
def test_datasette_gets_the_same_rows(tmp_path: Path) -> None:
    make_world(SMALL, now=timezone.now())
    name = connection.settings_dict
    url = f"host={name['HOST']} port={name['PORT'] or 5432} user={name['USER']} dbname={name['NAME']}"
    sqlite.export(url, tmp_path / "moves.db")
    with sqlite3.connect(tmp_path / "moves.db") as database:
        for table, model in (("move", Move), ("claim", Claim), ("person", Person)):
            (number,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  # our own names
            assert number == model.objects.count()
        database.create_function("escape_fts", 1, lambda words: f'"{words}"')
        move = Move.objects.exclude(destination=None).exclude(person=None)[0]
        assert move.person is not None
        assert move.destination is not None
        asked = {"id": move.public_id, "company": move.destination.slug, "q": move.person.name}
        for query in ("detail", "list_to", "people", "quotes", "flows"):
            assert database.execute(sqlite.QUERIES[query], asked).fetchone(), query

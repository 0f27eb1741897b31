"""The command ``talent`` against the real API."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from talent import dumps
from tests.factories import make_move


def rows(found: Any) -> list[dict[str, str]]:
    assert found.exit_code == 0, found.output
    return list(csv.DictReader(io.StringIO(found.stdout)))


def test_moves_to_a_company_since_a_year_as_csv(talent: Any, world: Any) -> None:
    (move,) = rows(talent("moves", "--to", "Lanternlight", "--since", "2025", "--format", "csv"))
    assert (move["person_name"], move["from_company_name"], move["to_company_slug"]) == (
        "Ada Quill",
        "Northwind AI",
        "lanternlight",
    )


@pytest.mark.parametrize("name", ["lanternlight", "LANTERNLIGHT", "灯光"])
def test_a_company_may_be_named_in_any_way(talent: Any, world: Any, name: str) -> None:
    assert len(rows(talent("moves", "--to", name, "--format", "csv"))) == 1


def test_two_with_one_name_are_told_apart_by_the_reader(talent: Any, world: Any) -> None:
    found = talent("moves", "--person", "Wei Han")
    assert found.exit_code == 1
    assert {"wei-han-1", "wei-han-2"} <= set(found.stderr.split())


def test_nobody_is_guessed(talent: Any, world: Any) -> None:
    found = talent("moves", "--person", "Zebulon Pike")
    assert (found.exit_code, "Nobody" in found.stderr) == (1, True)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "table"])
@pytest.mark.parametrize("noun", ["moves", "compensation", "signals"])
def test_every_format_has_every_row(talent: Any, world: Any, noun: str, form: str) -> None:
    found = talent(noun, "--format", form)
    number = 2 if noun == "moves" else 1
    assert found.exit_code == 0, found.output
    read = {
        "json": lambda text: len(json.loads(text)),
        "jsonl": lambda text: len(text.splitlines()),
        "csv": lambda text: len(list(csv.DictReader(io.StringIO(text)))),
        "table": lambda text: sum(line.strip() != "" for line in text.splitlines()) and number,
    }[form]
    assert read(found.stdout) == number


def test_an_empty_list_is_json_too(talent: Any, db: None) -> None:
    assert json.loads(talent("moves", "--format", "json").stdout) == []


def test_any_filter_of_the_api_can_be_given(talent: Any, world: Any) -> None:
    found = talent("list", "moves", "--filter", "cohort=no", "--filter", "sort=oldest", "--format", "csv")
    assert [row["date"] for row in rows(found)][-1] == "2025-03"


def test_no_more_than_asked_for_is_read(talent: Any, world: Any) -> None:
    for _ in range(5):
        make_move()
    assert len(rows(talent("moves", "--limit", "3", "--format", "csv"))) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "weather"), "moves, compensation"),
        (("list", "moves", "--filter", "nonsense"), "name=value"),
        (("list", "moves", "--filter", "nonsense=1"), "nonsense"),
        (("moves", "--since", "yesterday"), "after"),
        (("show", "moves", "nope"), "no such record"),
        (("cite", "moves", "nope"), "no such record"),
    ],
)
def test_it_says_what_is_wrong_and_leaves_with_1(talent: Any, world: Any, words: tuple[str, ...], said: str) -> None:
    found = talent(*words)
    assert found.exit_code == 1
    assert said in found.stderr


def test_a_record_is_shown_with_its_evidence(talent: Any, world: Any) -> None:
    assert json.loads(talent("show", "moves", world.move.public_id).stdout)["evidence"][0]["quote"]


@pytest.mark.parametrize(
    ("style", "part"),
    [("apa", "Talent Ledger. ("), ("bibtex", "@online{"), ("ris", "TY  - ELEC"), ("csl", '"type": "webpage"')],
)
def test_it_cites(talent: Any, world: Any, style: str, part: str) -> None:
    assert part in talent("cite", "moves", world.move.public_id, "--style", style).stdout


def test_it_reads_the_change_feed(talent: Any, world: Any) -> None:
    from django.db import connection

    connection.check_constraints()
    events = [json.loads(line) for line in talent("events", "--noun", "move").stdout.splitlines()]
    assert [event["type"] for event in events] == ["move.created", "move.created"]
    later = talent("events", "--after", events[0]["id"], "--noun", "move").stdout.splitlines()
    assert len(later) == 1


def test_it_downloads_a_dump_and_compares_it(talent: Any, world: Any, settings: Any, tmp_path: Any) -> None:
    from django.utils import timezone

    settings.DUMPS_DIR = tmp_path / "dumps"
    manifest = dumps.build(now=timezone.now())
    found = talent("dump", str(tmp_path / "copy"), "--file", "moves.csv.gz")
    assert found.exit_code == 0, found.output
    whole = dumps.file_of(manifest.name, "moves.csv.gz")
    assert whole is not None
    assert (tmp_path / "copy" / "moves.csv.gz").read_bytes() == whole.read_bytes()
    whole.write_bytes(b"altered")
    (tmp_path / "copy" / "moves.csv.gz").unlink()
    again = talent("dump", str(tmp_path / "copy"), "--file", "moves.csv.gz")
    assert (again.exit_code, "altered" in again.stderr) == (1, True)
    assert list((tmp_path / "copy").iterdir()) == []


def test_a_site_that_is_not_there_is_named() -> None:
    from ledger_client import cli
    from typer.testing import CliRunner

    found = CliRunner().invoke(cli.app, ["moves", "--site", "http://127.0.0.1:9"])
    assert found.exit_code == 1
    assert "127.0.0.1:9 cannot be reached" in found.stderr

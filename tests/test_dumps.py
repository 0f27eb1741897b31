"""Dumps: every format holds what the API shows, from one moment, whole or not at all."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from followthemoney import model
from followthemoney.exc import InvalidData
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from talent import dumps, tasks
from talent.dumps import ftm, statements, tables, writers
from talent.models import Move
from tests.factories import make_claim, make_company, make_move, make_person, make_report, make_signal

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 4, 1, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DUMPS_DIR = tmp_path / "dumps"


@pytest.fixture
def world() -> None:
    lantern = make_company("Lanternlight", name_zh="灯光", wikidata_id="Q1")
    ada = make_person("Ada Quill", name_zh="阿达·奎尔")
    for fact in (
        make_move(ada, origin=make_company("Northwind AI"), destination=lantern, destination_role="researcher"),
        make_move(destination=lantern, cohort_text="at least seven", cohort_min=7, cohort_of=14, date=""),
        make_move(ada, destination=lantern, status="rumoured"),
        make_report(lantern, person=ada, amount_min="0.5"),
        make_signal(lantern, metric="practice", value_min=None, unit=""),
    ):
        column = {"move": "move", "compensationreport": "report", "signal": "signal"}[fact._meta.model_name]
        type(fact.lead_claim).objects.filter(pk=fact.lead_claim.pk).update(**{column: fact})


def build() -> dumps.Manifest:
    return dumps.build(now=NOW)


def read(manifest: dumps.Manifest, name: str) -> bytes:
    path = dumps.file_of(manifest.name, name)
    assert path is not None
    return gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()


def lines(manifest: dumps.Manifest, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in read(manifest, name).splitlines()]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("table", dumps.TABLES, ids=lambda table: table.name)
def test_json_lines_are_the_lists_of_the_api(client: Client, table: dumps.Table, settings: Any) -> None:
    settings.SITE_URL = "http://testserver"
    listed = json.loads(client.get(f"/api/v1/{table.name}/").content)["results"]
    dumped = lines(build(), f"{table.name}.jsonl.gz")
    assert listed
    assert sorted(map(json.dumps, dumped)) == sorted(map(json.dumps, listed))


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("table", dumps.TABLES, ids=lambda table: table.name)
def test_csv_parquet_and_sqlite_hold_the_same_columns_and_rows(table: dumps.Table) -> None:
    manifest = build()
    names = [column.name for column in table.columns]
    rows = list(csv.DictReader(io.StringIO(read(manifest, f"{table.name}.csv.gz").decode())))
    arrow = pq.read_table(dumps.file_of(manifest.name, f"{table.name}.parquet"))
    with sqlite3.connect(dumps.file_of(manifest.name, "talent-ledger.db")) as database:
        cursor = database.execute(f'SELECT * FROM "{table.name}"')  # noqa: S608  # the names are ours
        kept = [dict(zip((d[0] for d in cursor.description), row, strict=True)) for row in cursor]
    assert list(rows[0]) == arrow.column_names == list(kept[0]) == names
    assert len(rows) == arrow.num_rows == len(kept) == manifest.rows[table.name]
    key = names[0]
    assert sorted(r[key] for r in rows) == sorted(arrow[key].to_pylist()) == sorted(r[key] for r in kept)


@pytest.mark.usefixtures("world")
def test_columns_are_typed() -> None:
    arrow = pq.read_table(dumps.file_of(build().name, "moves.parquet"))
    assert {name: str(arrow.schema.field(name).type) for name in ("reporters", "confidence", "first_seen")} == {
        "reporters": "int64",
        "confidence": "double",
        "first_seen": "timestamp[us, tz=UTC]",
    }


@pytest.mark.usefixtures("world")
def test_entities_satisfy_follow_the_money() -> None:
    entities = lines(build(), "entities.ftm.json.gz")
    for entity in entities:
        try:
            proxy = model.get_proxy(entity, cleaned=False)
        except InvalidData as error:
            pytest.fail(f"{entity}: {error}")
        proxy.schema.validate(entity)
        assert proxy.to_dict()["properties"].keys() == entity["properties"].keys()
        clean = model.make_entity(proxy.schema)
        for prop, value in proxy.itervalues():
            assert prop.type.clean(value, proxy=clean) is not None, (entity["schema"], prop.name, value)


@pytest.mark.usefixtures("world")
def test_a_rumour_is_nobodys_employment() -> None:
    entities = lines(build(), "entities.ftm.json.gz")
    assert {e["properties"]["status"][0] for e in entities if e["schema"] == "Employment"} == {"reported"}
    assert sum(e["schema"] == "Event" for e in entities) == 5


@pytest.mark.parametrize(
    ("edtf", "prefix"),
    [
        ("2024-03-18", "2024-03-18"),
        ("2024", "2024"),
        ("2024-03-18/2024-03-24", "2024-03"),
        ("2024-03/2024-05", "2024"),
        ("2023-11/2024-02", None),
        ("2024/..", None),
        ("2024-21", None),
        ("", None),
    ],
)
def test_a_partial_date_becomes_what_its_ends_share(edtf: str, prefix: str | None) -> None:
    assert ftm._prefix(edtf) == prefix


@pytest.mark.usefixtures("world")
def test_statements_are_n_triples_with_their_references() -> None:
    graph = Graph().parse(data=read(build(), "statements.nt.gz"), format="nt")
    asked = graph.query(
        "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#>"
        "SELECT ?quote WHERE { ?move a <urn:talent-ledger:term:Move> ; prov:wasDerivedFrom ?claim ."
        " ?claim oa:hasTarget/oa:hasSelector/oa:exact ?quote }"
    )
    assert {str(row.quote) for row in asked} == {Move.objects.first().lead_claim.quote}


@given(st.text())
def test_any_text_is_one_literal(text: str) -> None:
    line = f"<urn:a> <urn:b> {statements.literal(text)} .\n"
    ((_, _, value),) = Graph().parse(data=line.encode("utf-8", "replace"), format="nt")
    assert str(value) == text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x")', "＝1+1", "＠SUM"]
)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO(writers.csv_lines([[writers.harmless(text)]]).decode(), newline=""))
    assert row == [f"'{text}"]


def test_a_negative_number_stays_a_number() -> None:
    assert writers.harmless(-5) == -5


@pytest.mark.usefixtures("world")
def test_the_manifest_has_the_checksum_of_every_file() -> None:
    manifest = build()
    folder = dumps.folder_of(manifest.name)
    assert {f.name: f.sha256 for f in manifest.files} == {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.name != "manifest.json"
    }


@pytest.mark.usefixtures("world")
def test_the_same_rows_give_the_same_files() -> None:
    first = {f.name: f.sha256 for f in build().files}
    second = {f.name: f.sha256 for f in dumps.build(now=NOW.replace(hour=3)).files}
    assert first == second


@pytest.mark.usefixtures("world")
def test_what_is_hidden_is_in_no_file() -> None:
    hidden = make_move(make_person("Vera Lockhart", visibility="hidden"))
    manifest = build()
    for file in manifest.files:
        kept = read(manifest, file.name)
        assert b"Lockhart" not in kept
        assert hidden.public_id.encode() not in kept


@pytest.mark.usefixtures("world")
def test_a_dump_that_fails_publishes_nothing(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(writers.Sqlite, "finish", lambda self: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space left"):
        build()
    assert dumps.published() == []
    assert list(Path(settings.DUMPS_DIR).iterdir()) == []


@pytest.mark.usefixtures("world")
def test_only_the_newest_dumps_are_kept(settings: Any) -> None:
    settings.DUMPS_KEPT = 2
    for hour in range(4):
        dumps.build(now=NOW.replace(hour=hour))
    assert [m.name[11:13] for m in dumps.published()] == ["03", "02"]


@pytest.mark.usefixtures("world")
def test_rows_are_read_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BATCH", 2)
    moves = next(table for table in dumps.TABLES if table.name == "moves")
    assert [len(batch) for batch in moves.read("http://x")] == [2, 1]


@pytest.mark.usefixtures("world")
def test_the_page_and_its_index_offer_every_file(client: Client) -> None:
    manifest = build()
    page = client.get("/data/").content.decode()
    index = json.loads(client.get("/data/index.json").content)["dumps"]
    assert all(f"/data/{manifest.name}/{f.name}" in page for f in manifest.files)
    assert index[0]["files"] == [{"name": f.name, "bytes": f.bytes, "sha256": f.sha256} for f in manifest.files]


@pytest.mark.usefixtures("world")
def test_a_file_is_served_as_it_lies_there(client: Client) -> None:
    manifest = build()
    answer = client.get(f"/data/{manifest.name}/moves.jsonl.gz", headers={"Accept-Encoding": "gzip"})
    assert b"".join(answer.streaming_content) == dumps.file_of(manifest.name, "moves.jsonl.gz").read_bytes()
    assert not answer.has_header("Content-Encoding")
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        "/data/../x",
        "/data/2025-04-01T023000Z/..%2F..%2Fsecret-key",
        "/data/x/moves.csv.gz",
        "/data/%2e%2e/manifest.json",
    ],
)
def test_no_address_leads_out_of_the_folder(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_empty_base_is_dumped_too(client: Client) -> None:
    assert "No dump" in client.get("/data/").content.decode()
    assert sum(build().rows.values()) == 0


@pytest.mark.usefixtures("world")
def test_the_command_says_where_the_dump_lies(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("dump", verbosity=0)
    assert str(dumps.folder_of(dumps.published()[0].name)) in capsys.readouterr().out


def test_the_columns_of_claims_name_their_fact() -> None:
    make_claim()
    claims = next(table for table in dumps.TABLES if table.name == "claims")
    assert {"fact_id", "fact_kind", "article_id", "value"} <= {column.name for column in claims.columns}


def test_a_second_dump_does_not_begin_while_one_is_written() -> None:
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_advisory_lock(hashtext('talent.dumps'))")
        with pytest.raises(dumps.DumpRunning):
            build()
        other.execute("SELECT pg_advisory_unlock_all()")
    assert build()


@pytest.mark.parametrize(
    ("made", "now", "due"),
    [
        (None, NOW, True),
        (NOW, NOW.replace(hour=23), False),
        (NOW, NOW.replace(day=2, hour=1), False),
        (NOW, NOW.replace(day=2, hour=2), True),
        (NOW, NOW.replace(day=5, hour=1), True),
    ],
)
def test_a_dump_is_due_once_a_night(made: datetime | None, now: datetime, due: bool) -> None:
    if made is not None:
        dumps.build(now=made)
    assert dumps.is_due(now) == due


def test_the_nightly_task_writes_one_dump() -> None:
    tasks.dump()
    tasks.dump()
    assert len(dumps.published()) == 1

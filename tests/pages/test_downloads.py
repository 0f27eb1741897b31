"""Every list of facts as CSV, JSON Lines and Parquet."""

from __future__ import annotations

import csv
import io
import threading
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest
from django.test import Client

from talent import dumps, exports, limits
from talent.models import Move
from talent.views import downloads
from tests.factories import make_article, make_claim, make_company, make_move, make_person, make_report, make_signal
from tests.pages.conftest import Read, hrefs

pytestmark = pytest.mark.django_db


def fetch(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.getvalue()


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(fetch(client, address).decode())))


@pytest.fixture
def move() -> Move:
    quote = "“Ada, a researcher,\nhas left”"
    claim = make_claim(article=make_article(f"{quote} – so it goes.", language="zh"), quote=quote)
    return make_move(
        make_person("Ada Quill", name_zh="阿达·奎尔"), claim=claim, origin=make_company("Tern AI", name_zh="燕鸥"),
        destination=None, origin_role="=HYPERLINK(1)", kind="departure", date="2024-03", role_family="research",
    )  # fmt: skip


def test_csv_has_a_row_for_each_fact_in_plain_words(client: Client, move: Move) -> None:
    [row] = rows_of(client, "/moves/download.csv")
    shown = {name: value for name, value in row.items() if value}
    page = f"http://testserver/moves/{move.public_id}/"
    assert shown | {"Original": ""} == {
        "Date": "2024-03", "Earliest day": "2024-03-01", "Latest day": "2024-03-31", "Person": "Ada Quill",
        "Person (Chinese)": "阿达·奎尔", "From": "Tern AI", "From (Chinese)": "燕鸥", "Role left": "'=HYPERLINK(1)",
        "Kind": "departure", "Field of work": "research", "Status": "reported", "Independent reporters": "1",
        "Articles": "1", "Certainty": "0.9", "Quote": "“Ada, a researcher,\nhas left”", "According to": "two people",
        "Outlet": "The Daily Ledger", "Published": "2025-03-03T09:30:00Z", "Language": "zh", "Original": "",
        "Page": page, "ID": move.public_id,
    }  # fmt: skip


def test_csv_is_utf_8_without_a_mark_and_says_so(client: Client, move: Move) -> None:
    response = client.get("/moves/download.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="talent-ledger-moves.csv"'
    assert response.getvalue().startswith(b"Date,Earliest day,")


@pytest.mark.parametrize("noun", exports.COLUMNS)
def test_every_column_is_of_the_api_and_explained_once(noun: str) -> None:
    [table] = [table for table in dumps.TABLES if table.name == noun]
    known = {column.path for column in table.columns}
    columns = exports.COLUMNS[noun]
    assert [column.name for column in columns if column.path not in known] == []
    assert len({column.name for column in columns}) == len(columns)


def test_json_lines_are_the_records_of_the_api(client: Client, move: Move) -> None:
    make_move()
    lines = [orjson.loads(line) for line in fetch(client, "/moves/download.jsonl?sort=oldest").splitlines()]
    assert lines == client.get("/api/v1/moves/?sort=oldest").json()["results"]


def test_parquet_has_the_columns_of_the_dumps_with_their_types(client: Client, move: Move) -> None:
    for _ in range(3):
        make_move()
    table = pq.read_table(io.BytesIO(fetch(client, "/moves/download.parquet")))
    [expected] = [each for each in dumps.TABLES if each.name == "moves"]
    assert table.column_names == [column.name for column in expected.columns]
    assert table.num_rows == 4
    assert "阿达·奎尔" in table["person_name_zh"].to_pylist()
    assert str(table.schema.field("first_seen").type) == "timestamp[us, tz=UTC]"


@pytest.mark.parametrize("ending", exports.FORMATS)
def test_an_empty_list_is_a_whole_file(client: Client, ending: str) -> None:
    body = fetch(client, f"/signals/download.{ending}")
    assert pq.read_table(io.BytesIO(body)).num_rows == 0 if ending == "parquet" else body.count(b"\n") <= 1


@pytest.mark.parametrize("query", ["", "sort=oldest", "sort=reporters", "sort=added", "company=tern-ai"])
def test_it_has_every_row_once_in_the_order_of_the_list(
    client: Client, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "BATCH", 3)
    tern = make_company("Tern AI")
    for number in range(11):
        end: dict[str, Any] = {("origin", "destination")[number % 2]: tern}
        make_move(**end, date=f"20{10 + number // 3}", reporters=number % 3)
    listed = client.get(f"/api/v1/moves/?{query}").json()["results"]
    assert [row["ID"] for row in rows_of(client, f"/moves/download.csv?{query}")] == [row["id"] for row in listed]


def test_it_takes_the_parameters_of_the_list(client: Client, move: Move) -> None:
    make_move()
    assert [row["ID"] for row in rows_of(client, "/moves/download.csv?kind=departure&from=tern-ai")] == [move.public_id]


@pytest.mark.parametrize(("noun", "make"), [("compensation", make_report), ("signals", make_signal)])
def test_the_other_lists_have_theirs(client: Client, noun: str, make: Any) -> None:
    fact = make(make_company("Tern AI"))
    [row] = rows_of(client, f"/{noun}/download.csv")
    assert (row["Company"], row["ID"]) == ("Tern AI", fact.public_id)


def test_it_leaves_out_what_readers_may_not_see(client: Client, move: Move) -> None:
    make_move(visibility="withdrawn")
    make_move(make_person(visibility="hidden"))
    assert len(rows_of(client, "/moves/download.csv")) == 1


def test_it_tells_how_many_rows_are_to_come(client: Client, move: Move) -> None:
    response = client.get("/moves/download.csv")
    assert response["X-Rows"] == "1"
    assert "X-Rows-Left-Out" not in response
    response.close()


def test_a_longer_list_is_cut_and_called_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    for _ in range(3):
        make_move()
    response = client.get("/moves/download.csv")
    assert (response["X-Rows"], response["X-Rows-Left-Out"]) == ("2", "yes")
    assert response["Content-Disposition"] == 'attachment; filename="talent-ledger-moves-first-2.csv"'
    assert response["Link"] == '</data/>; rel="alternate"; title="whole dumps"'
    assert response.getvalue().count(b"\r\n") == 3


def test_its_queries_grow_with_batches_and_not_with_rows(
    client: Client, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(6):
        make_move()
    # The size, and one batch that is not full.
    with django_assert_num_queries(2):
        fetch(client, "/moves/download.jsonl")
    monkeypatch.setattr(exports, "BATCH", 4)
    with django_assert_num_queries(3):
        fetch(client, "/moves/download.jsonl")


def test_only_so_many_are_sent_at_once(client: Client, move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "_places", threading.BoundedSemaphore(1))
    first = client.get("/moves/download.csv")
    refused = client.get("/moves/download.csv")
    assert (refused.status_code, refused["Retry-After"]) == (503, str(downloads.WAIT))
    assert first.getvalue()
    assert rows_of(client, "/moves/download.csv")


def test_whoever_goes_away_half_way_gives_the_place_back(
    client: Client, move: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "_places", places := threading.BoundedSemaphore(1))
    client.get("/moves/download.csv").close()
    assert places.acquire(blocking=False)


def test_only_so_many_are_sent_to_one_reader(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_downloads", limits.Counter(lambda: 0.0))
    settings.DOWNLOADS_A_MINUTE = settings.WEB_CONCURRENCY
    assert fetch(client, "/moves/download.csv")
    refused = client.get("/moves/download.csv")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")


def test_to_look_at_its_head_takes_no_place(client: Client, move: Move) -> None:
    for _ in range(3):
        response = client.head("/moves/download.parquet")
        assert (response.status_code, response["X-Rows"], response.content) == (200, "1", b"")


@pytest.mark.parametrize(
    ("address", "status"), [("csv?yeer=1", 400), ("csv?year=x", 400), ("xlsx", 404), ("csv.gz", 404)]
)
def test_it_refuses_what_it_cannot_give(client: Client, address: str, status: int) -> None:
    assert client.get(f"/moves/download.{address}").status_code == status


def test_the_page_leads_to_the_files_of_its_state(read: Read, move: Move) -> None:
    links = hrefs(read("/moves/?kind=departure").cssselect(".list-ways")[0])
    for ending in exports.FORMATS:
        assert f"/moves/download.{ending}?kind=departure" in links
    assert "/api/v1/moves/?kind=departure" in links
    assert "/account/alerts/new?list=moves&kind=departure" in links


def test_the_page_says_how_to_cite_its_state(read: Read, move: Move) -> None:
    [citation] = read("/moves/?kind=departure").cssselect(".list-ways .address")
    assert "Talent Ledger, “Moves – Kind: departure”, retrieved on" in str(citation.text)
    assert "http://testserver/moves/?kind=departure" in str(citation.text)

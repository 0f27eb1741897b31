"""What is answered before Django is what Django's way answers, byte for byte and header for header."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import quote

import orjson
import psycopg
import pytest
import structlog
from django.test import Client, RequestFactory
from django.utils import timezone
from prometheus_client import REGISTRY

from config import logs
from config.front import Front
from talent import limits
from talent.hot.asking import Prepared
from talent.models import Company, Move, Person
from talent.world import World, make_world
from tests.factories import make_company, make_move, make_person

pytestmark = pytest.mark.django_db
CLOCKS = {"X-Request-ID", "RateLimit"}
Told = tuple[int, dict[str, str], bytes]


def through(front: Front, address: str, **headers: str) -> Told:
    """Asks the front as a server would."""
    environ = RequestFactory().get(address, headers=headers).environ
    begun: list[Any] = []
    body = b"".join(front(environ, lambda status, told, *rest: begun.append((status, told))))
    status, told = begun[0]
    assert len({name for name, _ in told}) == len(told)
    return int(status[:3]), dict(told), body


@pytest.fixture
def behind() -> list[str]:
    """Paths that the front has left to Django."""
    return []


@pytest.fixture
def front(behind: list[str]) -> Front:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        behind.append(environ["PATH_INFO"])
        start_response("299 Django", [])
        return []

    return Front(application)


@pytest.fixture
def ways(front: Front, client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """Asks the front and the general way, and gives the one answer that both must have given."""

    def ask(address: str, **headers: str) -> Told:
        status, told, body = through(front, address, **headers)
        with monkeypatch.context() as patched:
            patched.setattr("talent.api.quick.answer", lambda *args: None)
            general = client.get(address, headers=headers)
        assert status == general.status_code
        if told.get("Content-Encoding") == "gzip":
            assert gzip.decompress(body) == gzip.decompress(general.content)
            told.pop("Content-Length"), general.headers.pop("Content-Length")
        else:
            assert body == general.content
        assert _steady(told) == _steady(general.headers)
        return status, told, body

    return ask


def _steady(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in CLOCKS}


@pytest.fixture
def world(db: None) -> None:
    make_world(World(moves=60, seed=3), now=timezone.now())


def test_every_move_of_a_world_is_told_alike(ways: Any, world: None) -> None:
    for move in Move.objects.all():
        assert ways(f"/api/v1/moves/{move.public_id}/")[0] == 200


def test_every_list_is_told_alike(ways: Any, world: None) -> None:
    company, person = Company.objects.order_by("pk")[0].slug, Person.objects.order_by("pk")[0].slug
    for asked in (
        "",
        f"?to={company}",
        f"?from={company}",
        f"?company={company}&limit=3",
        f"?person={person}",
        "?to=no",
    ):
        assert ways(f"/api/v1/moves/{asked}")[0] == 200


def test_a_list_is_walked_forth_and_back_alike(ways: Any, world: None) -> None:
    page, seen = orjson.loads(ways("/api/v1/moves/?limit=25")[2]), []
    while True:
        seen += [row["id"] for row in page["results"]]
        if page["next"] is None:
            break
        page = orjson.loads(ways(page["next"].replace("http://testserver", ""))[2])
    assert len(seen) == len(set(seen)) == 60
    back = orjson.loads(ways(page["previous"].replace("http://testserver", ""))[2])
    assert [row["id"] for row in back["results"]] == seen[-35:-10]


def test_names_are_found_alike(ways: Any, world: None, behind: list[str]) -> None:
    for noun, model in (("people", Person), ("companies", Company)):
        for name, name_zh in model.objects.order_by("pk").values_list("name", "name_zh")[:6]:
            for words in filter(None, (name, name[1:5], name.upper()[-4:], name_zh[:1], name_zh)):
                assert ways(f"/api/v1/{noun}/?q={quote(words.strip())}&limit=3")[0] == 200
    assert ways("/api/v1/people/?q=100%25%20_%20%5Cone")[0] == 200
    assert behind == []


def test_names_are_walked_alike(ways: Any) -> None:
    for n in range(7):
        make_person(f"Ada {'Bcd'[n % 3]}orvik {n}")
    page = orjson.loads(ways("/api/v1/people/?q=orvik&limit=3")[2])
    page = orjson.loads(ways(page["next"].replace("http://testserver", ""))[2])
    assert [row["name"][:5] for row in page["results"]] == ["Ada c", "Ada c", "Ada d"]
    assert page["previous"]
    assert ways(page["previous"].replace("http://testserver", ""))[0] == 200


def test_hidden_people_and_those_who_changed_their_name_are_found_alike(ways: Any) -> None:
    hidden, shown = make_person("Bo Quillfeather"), make_person("Ada Quillfeather")
    Person.objects.filter(pk=hidden.pk).update(visibility="hidden")
    Person.objects.filter(pk=shown.pk).update(name="Ada Reed")
    names = [row["name"] for row in orjson.loads(ways("/api/v1/people/?q=quillfeather")[2])["results"]]
    assert names == ["Ada Reed"]


def test_a_company_is_named_with_what_it_belongs_to_alike(ways: Any) -> None:
    whole, part = make_company("Northwind AI"), make_company("Northwind Labs")
    Company.objects.filter(pk=part.pk).update(parent=whole)
    assert orjson.loads(ways("/api/v1/companies/?q=northwind+labs")[2])["results"][0]["parent"]["slug"] == whole.slug
    Company.objects.filter(pk=whole.pk).update(visibility="hidden")
    assert orjson.loads(ways("/api/v1/companies/?q=northwind+labs")[2])["results"][0]["parent"] is None


def test_suggestions_are_made_alike(ways: Any, world: None, behind: list[str]) -> None:
    for name in Person.objects.order_by("pk").values_list("name", flat=True)[:4]:
        for words in (name[:2], name[:4], name.split()[-1], name, "zzzz", "x"):
            assert ways(f"/api/v1/suggest/?q={quote(words)}")[0] == 200
    assert behind == []


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/moves/nothing-here/", "/api/v1/moves/?to=", "/api/v1/moves/?to=a&to=b", "/api/v1/moves/?limit=0",
        "/api/v1/moves/?cursor=x", "/api/v1/moves/?q=ada", "/api/v1/people/?q=", "/api/v1/people/?q=ab",
        "/api/v1/people/?q=%00", "/api/v1/people/?q=ada&company=x", "/api/v1/people/", "/api/v1/suggest/",
        "/api/v1/suggest/?q=a&x=1", "/api/v1/moves", "/api/v1/companies/?q=ada&sort=-name", "/",
    ],
)  # fmt: skip
def test_what_is_out_of_the_ordinary_is_left_to_django(front: Front, behind: list[str], address: str) -> None:
    assert through(front, address)[0] == 299
    assert behind == [address.partition("?")[0]]


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer x"}, {"cookie": "sessionid=abc"}, {"accept": "text/html"}, {"if_match": '"x"'},
        {"range": "bytes=0-9"}, {"host": "elsewhere.example"},
    ],
)  # fmt: skip
def test_whoever_wants_more_than_an_answer_is_left_to_django(front: Front, headers: dict[str, str]) -> None:
    address = f"/api/v1/moves/{make_move(make_person('Ada Quill')).public_id}/"
    assert through(front, address)[0] == 200
    assert through(front, address, **headers)[0] == 299


def test_an_answer_is_compressed_and_not_sent_twice(ways: Any) -> None:
    address = f"/api/v1/moves/{make_move(make_person('Ada Quill')).public_id}/"
    _, told, _ = ways(address, accept_encoding="gzip, br")
    assert told["Content-Encoding"] == "gzip"
    assert ways(address, if_none_match=told["ETag"])[0] == 304
    assert ways(address, if_none_match='"other"')[0] == 200
    assert ways(address, if_modified_since=told["Last-Modified"])[0] == 304
    assert ways(address, if_modified_since="Mon, 01 Jan 2001 00:00:00 GMT")[0] == 200


def test_a_changed_fact_is_told_at_once(ways: Any) -> None:
    move = make_move(make_person("Ada Quill"))
    address = f"/api/v1/moves/{move.public_id}/"
    before = ways(address)
    Company.objects.filter(arrivals=move).update(name="Larkboat Works")
    after = ways(address)
    assert b"Larkboat Works" in after[2]
    assert before[1]["ETag"] != after[1]["ETag"]


def test_requests_are_counted_and_refused_by_djangos_way(front: Front, settings: Any, client: Client) -> None:
    settings.API_REQUESTS_A_MINUTE = 4
    limits._counter = limits.Counter()
    address = f"/api/v1/moves/{make_move(make_person('Ada Quill')).public_id}/"
    left = [through(front, address)[1].get("RateLimit", "").split(";")[1:2] for _ in range(3)]
    assert left == [["r=1"], ["r=0"], []]
    # What the front counted, Django's way does not count again.
    environ = RequestFactory().get(address).environ
    Front(lambda environ, start: [], None)(environ, lambda *told: None)
    assert environ[limits.COUNTED].left == -2
    assert client.get(address, **{limits.COUNTED: environ[limits.COUNTED]}).status_code == 429


def test_answers_are_counted_and_logged(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    address = f"/api/v1/moves/{make_move(make_person('Ada Quill')).public_id}/"
    labels = {"view": "api-move-detail", "method": "GET", "status": "2xx"}
    before = REGISTRY.get_sample_value("talent_ledger_request_seconds_count", labels) or 0
    with caplog.at_level("INFO"):
        _, told, _ = through(front, address, user_agent="reader/1")
    assert REGISTRY.get_sample_value("talent_ledger_request_seconds_count", labels) == before + 1
    (line,) = [cast(Any, record.msg) for record in caplog.records if "request_finished" in str(record.msg)]
    assert (line["code"], line["user_agent"], line["request_id"]) == (200, "reader/1", told["X-Request-ID"])


def test_a_request_has_one_line_of_json(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_form", "json")
    handler = logging.StreamHandler()
    handler.setFormatter(logs.Formatter(processor=structlog.processors.JSONRenderer()))
    logger = logging.getLogger("django_structlog.middlewares.request")
    monkeypatch.setattr(logger, "handlers", [handler])
    monkeypatch.setattr(logger, "propagate", False)
    environ = RequestFactory().get("/api/v1/moves/?to=a", headers={"x_forwarded_for": "203.0.113.9"}).environ
    logs.tell_request(environ, 200, "abc")
    line = orjson.loads(capsys.readouterr().err)
    assert line["request"] == "GET /api/v1/moves/?to=a"
    assert (line["ip"], line["request_id"], line["level"]) == ("203.0.113.9", "abc", "info")


def test_a_failure_is_left_to_django(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(prepared: Prepared, *values: Any) -> Any:
        raise psycopg.OperationalError("gone")

    monkeypatch.setattr(Prepared, "rows", fail)
    assert through(front, "/api/v1/moves/abc/")[0] == 299


def test_a_site_that_sends_traces_leaves_all_to_django(settings: Any, behind: list[str], front: Front) -> None:
    settings.OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:4318"
    assert through(Front(front._application), "/api/v1/moves/")[0] == 299
    assert behind == ["/api/v1/moves/"]

"""A request, the task that it asks for and the statements of both are one trace, in which nobody who reads is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config import tracing

ROOT = Path(__file__).resolve().parent.parent
OTLP = "opentelemetry.exporter.otlp.proto.http"
# In a process of its own, because tracing changes the site for good.
PLAY = """
import json, sys
import pytest  # messages stay in memory, as in a test
from opentelemetry import trace
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
kept = InMemorySpanExporter()
from config import tracing
tracing._trace(kept)
import django
django.setup()
from celery.app.trace import trace_task
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from config.celery import app
from talent import access

owner = User.objects.create_user("robot")
owner.groups.add(Group.objects.get(name="Editor"))
secret = access.make_key(owner, name="crawler", scopes=[access.ARTICLES_WRITE], expires_at=None)[1]
trace.get_tracer_provider().force_flush()
kept.clear()
body = {"text": "Ada Quill has left OpenAI to join Anthropic, two people said on Monday.", "title": "News"}
client = Client(REMOTE_ADDR="198.51.100.7", headers={"user-agent": "A reader's browser"})
answer = client.post("/api/v1/articles/?secret=word", json.dumps(body), content_type="application/json",
                     headers={"authorization": f"Bearer {secret}"})
with app.connection_for_read() as connection:
    message = connection.SimpleQueue("celery").get(timeout=5)
task = app.tasks[message.headers["task"]]
args, kwargs, _ = message.decode()
trace_task(task, message.headers["id"], args, kwargs, {**message.headers, "delivery_info": {}}, app=app)
client.get("/healthz")
trace.get_tracer_provider().force_flush()
json.dump([answer.status_code, [
    {"name": s.name, "kind": s.kind.name, "trace": s.context.trace_id, "span": s.context.span_id,
     "parent": s.parent.span_id if s.parent else None, "attributes": dict(s.attributes)}
    for s in kept.get_finished_spans()
]], sys.stdout)
"""


@pytest.fixture(scope="module")
def spans(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The spans of a document that is sent in and of the task that parses it."""
    folder = tmp_path_factory.mktemp("tracing")
    command = [sys.executable, "-m", "config.services", "start", "--dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    env = os.environ | {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    for name in ("DATABASE_URL", "REDIS_URL"):
        env.pop(name, None)
    try:
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
        done = subprocess.run([sys.executable, "-c", PLAY], cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        status, found = json.loads(done.stdout.splitlines()[-1])
        assert status == 202
        return list(found)
    finally:
        command[3] = "stop"
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def of_kind(spans: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [span for span in spans if span["kind"] == kind]


@pytest.mark.services
def test_a_request_and_the_task_that_it_asks_for_are_one_trace(spans: list[dict[str, Any]]) -> None:
    (request,) = of_kind(spans, "SERVER")
    (sent,) = [span for span in of_kind(spans, "PRODUCER") if "articles.tasks.parse" in span["name"]]
    (done,) = of_kind(spans, "CONSUMER")
    assert request["parent"] is None
    assert {span["trace"] for span in spans} == {request["trace"]}
    assert done["parent"] == sent["span"]
    assert done["name"] == "run/articles.tasks.parse"


@pytest.mark.services
def test_the_statements_of_both_are_in_it(spans: list[dict[str, Any]]) -> None:
    statements = [span for span in of_kind(spans, "CLIENT") if "db.statement" in span["attributes"]]
    (request,), (task,) = of_kind(spans, "SERVER"), of_kind(spans, "CONSUMER")
    assert {request["span"], task["span"]} <= {span["parent"] for span in statements}


@pytest.mark.services
def test_nothing_of_a_reader_is_sent_along(spans: list[dict[str, Any]]) -> None:
    everything = json.dumps(spans)
    for private in ("secret=word", "198.51.100.7", "A reader's browser", "Ada Quill", "tlk_"):
        assert private not in everything


def test_nothing_is_traced_unless_an_address_is_set(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "_begun", False)
    monkeypatch.setattr(tracing, "_trace", lambda processor: pytest.fail("It was traced."))
    monkeypatch.setattr(tracing, "_tell_sentry", lambda: pytest.fail("Sentry was told."))
    tracing.begin()


def test_it_begins_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(tracing, "_begun", False)
    monkeypatch.setattr(tracing.settings, "SENTRY_DSN", "https://key@sentry.example/1")
    monkeypatch.setattr(tracing, "_tell_sentry", lambda: told.append("sentry"))
    tracing.begin()
    tracing.begin()
    assert told == ["sentry"]


@pytest.mark.parametrize(
    ("setting", "begin", "package", "extra"),
    [
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            tracing._exporter,
            "opentelemetry.exporter.otlp.proto.http.trace_exporter",
            "otel",
        ),
        ("SENTRY_DSN", tracing._tell_sentry, "sentry_sdk", "sentry"),
    ],
)
def test_a_package_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, setting: str, begin: Any, package: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(tracing.ImproperlyConfigured, match=f"{setting} is set, but .* --extra {extra}"):
        begin()


def test_sentry_hears_of_a_failure_and_not_of_who_met_it() -> None:
    event = {
        "message": "It broke.",
        "user": {"ip_address": "198.51.100.7"},
        "server_name": "host",
        "request": {
            "url": "https://ledger.example/search?q=name", "query_string": "q=name", "cookies": {"a": "b"},
            "data": {"password": "x"}, "env": {"REMOTE_ADDR": "198.51.100.7"},
            "headers": {"Cookie": "a=b", "Authorization": "Bearer x", "X-Forwarded-For": "198.51.100.7", "Accept": "*"},
        },
        "extra": {"session_key": "x", "shard": 7},
    }  # fmt: skip
    told = tracing.scrubbed(event)
    assert told["request"] == {
        "url": "https://ledger.example/search",
        "headers": dict.fromkeys(("Cookie", "Authorization", "X-Forwarded-For"), "[hidden]") | {"Accept": "*"},
    }
    assert told["extra"] == {"session_key": "[hidden]", "shard": 7}
    assert {"user", "server_name"} & told.keys() == set()


def test_sentry_is_asked_to_keep_variables_bodies_and_people_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sentry_sdk = pytest.importorskip("sentry_sdk")
    asked: dict[str, Any] = {}
    monkeypatch.setattr(sentry_sdk, "init", lambda **options: asked.update(options))
    tracing._tell_sentry()
    assert (asked["send_default_pii"], asked["include_local_variables"]) == (False, False)
    assert asked["max_request_body_size"] == "never"
    assert asked["before_send"] is tracing.scrubbed

"""Parsing happens in a process that can be stopped, and that costs little."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from articles.exceptions import NotADocument, ParserStopped, TooLarge
from articles.parse import parse, parse_safely, sandbox
from tests.articles.conftest import page

# Its first attribute hides the others from the cheap look; the parser needs half a minute for it.
HOSTILE = (page() + '<p a=">" ' + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>").encode()
WORDS = {"content_type": "text/html", "address": "", "retrieved_at": ""}


@pytest.fixture
def worker() -> Iterator[sandbox.Worker]:
    worker = sandbox.Worker(seconds=1.0)
    yield worker
    worker.close()


def test_it_gives_what_parsing_here_gives() -> None:
    body = page(head='<meta name="pubdate" content="2025-03-18T10:00:00+08:00">').encode()
    safely = parse_safely(body, "text/html", "https://a.example/x")
    assert safely == parse(body, "text/html", "https://a.example/x")
    assert safely.published_on == date(2025, 3, 18)


@pytest.mark.parametrize(
    ("body", "error"), [(b"", NotADocument), (b"\x89PNG\r\n\x1a\n\x00", NotADocument), (b"<b></b>" * 99_000, TooLarge)]
)
def test_it_raises_what_parsing_here_raises(body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as here:
        parse(body, "text/html")
    with pytest.raises(error) as there:
        parse_safely(body, "text/html")
    assert str(here.value) == str(there.value)


def test_it_stops_a_document_that_takes_too_long(worker: sandbox.Worker) -> None:
    started = time.monotonic()
    with pytest.raises(ParserStopped, match="time"):
        worker.ask("parse", HOSTILE, WORDS)
    assert time.monotonic() - started < 15


def test_it_stops_a_document_that_takes_too_much_memory() -> None:
    worker = sandbox.Worker(memory=150_000_000)
    try:
        told = worker.ask("parse", b"<p>" + b"word and more. " * 5_000_000, WORDS)
    except ParserStopped as error:
        # Where it was not Python that asked for too much.
        told = {"error": "ParserStopped", "message": str(error)}
    finally:
        worker.close()
    assert told["error"] == "ParserStopped"
    assert "memory" in told["message"]


def test_it_goes_on_after_a_process_died() -> None:
    parse_safely(page().encode())
    os.kill(sandbox._idle[-1].pid, signal.SIGKILL)
    time.sleep(0.1)
    assert parse_safely(page().encode()).title == "Quill joins Lanternlight"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), TimeoutError("soft time limit")])
def test_it_never_gives_one_document_the_answer_of_another(
    monkeypatch: pytest.MonkeyPatch, interruption: BaseException
) -> None:
    def interrupted(self: sandbox.Worker, seconds: float) -> None:
        raise interruption

    parse_safely(page().encode())
    with monkeypatch.context() as patch:
        patch.setattr(sandbox.Worker, "_receive", interrupted)
        with pytest.raises(type(interruption)):
            parse_safely(page(title="Interrupted").encode())
    assert parse_safely(page(title="The next").encode()).title == "The next"


def test_it_keeps_its_process_warm() -> None:
    parse_safely(page().encode())
    first = sandbox._idle[-1].pid
    parse_safely(page().encode())
    assert sandbox._idle[-1].pid == first


def test_it_takes_a_fresh_process_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "DOCUMENTS_PER_PROCESS", 1)
    parse_safely(page().encode())
    first = {worker.pid for worker in sandbox._idle}
    parse_safely(page().encode())
    assert not first & {worker.pid for worker in sandbox._idle} or not first


def test_it_lends_no_secret_to_the_process() -> None:
    parse_safely(page().encode())
    with open(f"/proc/{sandbox._idle[-1].pid}/environ", "rb") as file:
        assert not {b"SECRET_KEY", b"DATABASE_URL", b"REDIS_URL"} & {v.split(b"=")[0] for v in file.read().split(b"\0")}


def test_it_leaves_no_process_behind() -> None:
    code = "from articles.parse import parse_safely, sandbox; parse_safely(b'Some text.'); print(sandbox._idle[0].pid)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    time.sleep(0.2)
    with pytest.raises(ProcessLookupError):
        os.kill(int(ended.stdout), 0)


def test_it_keeps_the_parsers_out_of_this_process() -> None:
    code = "import sys, articles.parse as a; a.parse_safely(b'Text.'); print('trafilatura' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"


def test_it_passes_the_time_of_the_fetch() -> None:
    body = page(head='<meta name="pubdate" content="2031-01-01">').encode()
    assert parse_safely(body, retrieved_at=datetime(2025, 1, 1, tzinfo=UTC)).published_on is None

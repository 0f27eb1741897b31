"""A worker in little memory: what it loads before its children are forked, and what it leaves until it is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from articles.exceptions import ParserStopped
from articles.parse import sandbox
from config import memory
from config.settings import BASE_DIR

# As `celery -A config worker` loads it, up to the first child; then what a child finds.
_WORKER = """
import gc, json, sys
from config.celery import app
app.loader.import_default_modules()
app.finalize()
from config import memory
memory.share()
before = set(sys.modules)
from articles.extraction import Document, extract
found = extract(Document(id="1", text="Bo Brandt has left Cohere to join xAI, the company said on Monday.", lang="en"))
zh = extract(Document(id="2", text="据报道,沈一舟已从百度离职,加入腾讯担任首席科学家。", lang="zh"))
print(json.dumps({
    "modules": sorted(before), "later": sorted(set(sys.modules) - before), "moves": [len(found.moves), len(zh.moves)],
    "frozen": gc.get_freeze_count(),
}))
"""
_PARSER = """
import json, sys
import articles.parse.worker
print(json.dumps({"modules": sorted(sys.modules)}))
"""


def loaded(program: str) -> dict[str, object]:
    done = subprocess.run([sys.executable, "-c", program], cwd=BASE_DIR, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


@pytest.fixture(scope="module")
def worker() -> dict[str, object]:
    return loaded(_WORKER)


# Each of them took 5 to 50 MB of every process.
@pytest.mark.parametrize(
    "name",
    ["pypinyin", "pydantic", "openai", "edtf", "pyparsing", "snowballstemmer", "lxml", "trafilatura", "pyarrow",
     "charset_normalizer", "rest_framework.serializers", "talent.admin", "talent.urls", "talent.dumps", "py3langid"],
)  # fmt: skip
def test_it_leaves_what_few_tasks_need(worker: dict[str, object], name: str) -> None:
    assert name not in worker["modules"]  # type: ignore[operator]


def test_it_loads_what_every_child_needs_before_it_forks(worker: dict[str, object]) -> None:
    assert {"rjieba", "numpy", "talent.tasks", "articles.tasks"} <= set(worker["modules"])  # type: ignore[call-overload]
    assert worker["moves"] == [1, 1]
    assert worker["later"] == []
    assert worker["frozen"] > 100_000  # type: ignore[operator]


def test_the_parser_leaves_numbers_and_languages_alone() -> None:
    modules = set(loaded(_PARSER)["modules"])  # type: ignore[call-overload]
    assert {"trafilatura", "lxml"} <= modules
    assert modules.isdisjoint({"numpy", "py3langid", "pypdfium2", "django", "rjieba"})


@pytest.mark.parametrize(
    ("own", "files", "limit"),
    [
        ("0::/a/b\n", {"a/b/memory.max": "max", "a/memory.max": "300000000", "memory.max": "900000000"}, 300_000_000),
        ("0::/\n", {"memory.max": "300000000"}, 300_000_000),
        # A container that sees the names of its host's groups and the files of its own.
        ("9:cpu:/x\n4:memory:/docker/1\n0::/\n", {"memory/memory.limit_in_bytes": "300000000"}, 300_000_000),
        ("4:memory:/\n", {"memory/memory.limit_in_bytes": "9223372036854771712"}, None),
        ("", {}, None),
    ],
)
def test_a_worker_knows_what_its_control_group_allows(
    tmp_path: Path, own: str, files: dict[str, str], limit: int | None
) -> None:
    (tmp_path / "own").write_text(own)
    for name, words in files.items():
        (tmp_path / "groups" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "groups" / name).write_text(words)
    assert memory.allowed(tmp_path / "groups", tmp_path / "own") == limit


# The pool that a worker would have, and what is left for the process that parses.
@pytest.mark.parametrize(
    ("allowed", "pool", "parser"), [("300", "solo", 85_000_000), ("200", "solo", 70_000_000), ("1000", "prefork", None)]
)
def test_a_worker_with_little_memory_has_no_child(allowed: str, pool: str, parser: int | None) -> None:
    program = (
        "import json\nfrom config import memory, settings\nfrom articles.parse import sandbox\n"
        "memory.bound_parser(settings.WORKER_MEMORY)\n"
        "print(json.dumps([settings.CELERY_WORKER_POOL, sandbox.most_resident]))"
    )
    environment = os.environ | {"WORKER_MEMORY_MB": allowed}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=BASE_DIR, check=True, stdout=subprocess.PIPE, text=True, env=environment
    )
    assert json.loads(done.stdout) == [pool, parser]


def test_a_document_beyond_the_memory_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<html><body>" + b"<p>The town hall was repaired, and it rained.</p>" * 20_000 + b"</body></html>"
    monkeypatch.setattr(sandbox, "most_resident", 30_000_000)
    monkeypatch.setattr(sandbox, "_LOOK_SECONDS", 0.001)
    parser = sandbox.Worker()
    with pytest.raises(ParserStopped, match="more than 30 MB of memory"):
        parser.ask("parse", page, {"content_type": "text/html", "address": "", "retrieved_at": ""})
    assert not parser.lives

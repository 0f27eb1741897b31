"""A worker in little memory: what it loads before its children are forked, and what it leaves until it is needed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

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

"""Dumps in a process of their own, without a database, of invented rows: what they cost in memory, and what lies there
when one is killed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from talent import changefeed
from talent.dumps import TABLES, columns_of, folders, statements, tables, writers

# The package has a function of this name.
build: Any = import_module("talent.dumps.build")
ROOT = Path(__file__).resolve().parent.parent
START = "import django; django.setup(); from tests import dump_process as p; print(p.json.dumps({}))"
NOW = datetime(2025, 4, 1, 2, 30, tzinfo=UTC)
BATCH = 500
FEW, MANY = 4 * BATCH, 16 * BATCH


def told(call: str, **environment: str) -> Any:
    """What a function of this module gives in a process of its own."""
    known = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    command = [sys.executable, "-c", START.format(f"p.{call}")]
    return json.loads(subprocess.check_output(command, cwd=ROOT, env=known, text=True))


def rows_of(table: Any, number: int) -> Iterator[Any]:
    """Invented rows of a table, in batches; a thousand of them are about a megabyte."""
    values = {"integer": 7, "real": 0.5, "boolean": True, "time": NOW}
    row: dict[str, Any] = {}
    for column in columns_of(table.serializer):
        *above, last = column.path
        within = row
        for step in above:
            within = within.setdefault(step, {})
        within[last] = values.get(column.type, "https://example.org/ 2025-03 灯光")
    for first in range(0, number, BATCH):
        yield table.batch(
            row | {"id": f"{n:x}", "slug": f"{n:x}", "quote": f"Ada Quill leaves, as number {n} " * 8}
            for n in range(first, first + BATCH)
        )


# ------------------------------------------------------------------ memory


def memory() -> dict[str, int]:
    """For each format, by how many kilobytes a dump of four times the rows takes more memory at its largest."""
    writers.Parquet._GROUP = FEW // 2
    return {name: _in_child(lambda write=write: _growth(write)) for name, write in _formats().items()}


def _formats() -> dict[str, Callable[[Path, Any, int], None]]:
    def through(kind: Any) -> Callable[[Path, Any, int], None]:
        def write(path: Path, table: Any, number: int) -> None:
            with kind(path, table) as writer:
                for rows in rows_of(table, number):
                    writer.write(rows)

        return write

    def database(path: Path, table: Any, number: int) -> None:
        with writers.Sqlite(path) as database:
            insert = {each.name: database.table(each) for each in TABLES}[table.name]
            for rows in rows_of(table, number):
                insert(rows)
            database.finish()

    def lines(made: Callable[[Any, Any], bytes]) -> Callable[[Path, Any, int], None]:
        def write(path: Path, table: Any, number: int) -> None:
            with build._gzip(path) as file:
                for rows in rows_of(table, number):
                    file.write(made(table, rows))

        return write

    return {
        "jsonl": through(writers.JsonLines),
        "csv": through(writers.Csv),
        "parquet": through(writers.Parquet),
        "sqlite": database,
        "ftm": lines(build._entities),
        "nt": lines(lambda table, rows: statements.lines(table.name, rows)),
    }


def _growth(write: Callable[[Path, Any, int], None]) -> int:
    (claims,) = (table for table in TABLES if table.name == "claims")
    tops = []
    with tempfile.TemporaryDirectory() as folder:
        for number in (FEW, MANY):
            write(Path(folder) / str(number), claims, number)
            status = Path("/proc/self/status").read_text()
            tops.append(int(re.findall(r"VmHWM:\s+(\d+)", status)[0]))
    return tops[1] - tops[0]


def _in_child(work: Callable[[], Any]) -> Any:
    """What the work gives, done in a fork: its memory is measured alone."""
    reader, writer = os.pipe()
    if not (child := os.fork()):
        os.write(writer, json.dumps(work()).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as told:
        return json.load(told)


# ------------------------------------------------------------------ killed


def killed(folder: str) -> dict[str, int]:
    """For each place at which a dump can be killed, a folder in which one was, beside a dump of the day before; the
    answer is what it died of."""
    _without_database()
    return {point: _killed_at(point, Path(folder) / point) for point in _points()}


def _without_database() -> None:
    changefeed.newest = lambda: 0
    build._one_moment = nullcontext
    tables.Table.read = lambda table, site: rows_of(table, BATCH)


def _points() -> dict[str, tuple[Any, str]]:
    """Functions at whose beginning the process ends."""
    return {
        "rows": (statements, "lines"),
        "indexes": (writers.Sqlite, "finish"),
        "manifest": (build, "_save"),
        "name": (folders, "publish"),
        "removal": (shutil, "rmtree"),
    }


def _killed_at(point: str, folder: Path) -> int:
    settings.DUMPS_DIR, settings.DUMPS_KEPT = folder, 1
    build._build(NOW.replace(day=1), lambda table, rows: None)
    if not (child := os.fork()):
        where, name = _points()[point]
        setattr(where, name, lambda *args, **named: os.kill(os.getpid(), signal.SIGKILL))
        build._build(NOW.replace(day=2), lambda table, rows: None)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

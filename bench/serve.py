"""How fast readers are answered, beside Datasette, a plain DRF and a thin view over the same rows: `make bench`, or
`python -m bench.serve --help`.

Contenders take turns, a few seconds each, and every ratio is of two that stood side by side in one round: on a machine
that does other work, too, only ratios say anything. Medians over the rounds are printed, with their spread.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.machine import ROOT
from bench.serving import load
from bench.serving.contenders import DATASETTE, PLAIN, SITE, THIN, Ground, install_peers, serving, size_of
from bench.serving.load import Measured
from bench.serving.questions import Workload
from bench.table import Row, at_least, at_most, say, show

ALL = (SITE, DATASETTE, PLAIN, THIN)
# Name of the workload, contender, and how many times its rate the site's should be.
BARS = (
    ("move detail with evidence", DATASETTE, 1.8),
    ("list of a company", DATASETTE, 1.5),
    ("list of a company, table API", DATASETTE, 5.0),
    ("name search", DATASETTE, 1.8),
    ("typeahead", THIN, 0.5),
    ("full text of quotes", DATASETTE, 2.4),
    ("flow matrix 50 x 50", DATASETTE, 12.0),
    ("page of 50 rows", DATASETTE, 6.0),
)
# How long a deep page may take, in times of the first one; what is left of the rate in a world 100 times as large.
DEEP, GROWN = 1.3, 0.8
_BOTH_SIZES = ("move detail with evidence", "list of a company")
SMALL = 10_000

Rounds = dict[str, dict[str, list[Measured]]]


@dataclass(slots=True)
class Arena:
    """Contenders that are running, and what to ask them."""

    bases: dict[str, str]
    workloads: list[Workload]
    rounds: Rounds = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def answering(self, workload: Workload) -> list[str]:
        """Who answers the question at all; says so of who does not."""
        there = []
        for name in [each for each in workload.paths if each in self.bases]:
            status, length = size_of(self.bases[name] + workload.paths[name][0])
            if status == 200:
                there.append(name)
                show(f"  {workload.name}: {name} answers with {length:,} bytes")
            else:
                show(f"  {workload.name}: {name} answers {status}, left out")
        return there

    def press(self, workload: Workload, name: str, options: argparse.Namespace, number: int) -> None:
        paths = workload.paths[name]
        measured = load.press(
            self.bases[name], paths, connections=options.connections, seconds=options.seconds, begin=number * 997
        )
        if number:
            self.rounds[workload.name][name].append(measured)


def main() -> int:
    """Prints the table; 1 where a bar is not held."""
    options = _options()
    os.environ.setdefault("VAR_DIR", str(ROOT / "var" / "bench"))
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings")
    os.environ.setdefault("LOG_LEVEL", "INFO")
    subprocess.run([sys.executable, "-m", "config.services", "start"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], check=True, cwd=ROOT)
    install_peers()
    sizes = [options.moves] + ([SMALL] if options.moves > SMALL and not options.only else [])
    rates: dict[int, dict[str, float]] = {}
    rows: list[Row] = []
    show(f"{options.connections} connections by {load.generator()}, {options.rounds} rounds of {options.seconds:g} s")
    for moves in sizes:
        ground = prepare(moves)
        arena = _measured(ground, options, large=moves == options.moves)
        rates[moves] = {
            name: statistics.median(each.rate for each in found[SITE]) for name, found in arena.rounds.items()
        }
        rows += _said(_table(arena, moves))
    rows += _said(_growth(rates, sizes))
    missed = [row for row in rows if row.held is False]
    show(f"\n{len(missed)} bars missed; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    return 1 if missed else 0


def _said(rows: Iterable[Row]) -> list[Row]:
    """The rows, each told as soon as it is known."""
    told = []
    for row in rows:
        say(row)
        told.append(row)
    return told


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.serve", description=__doc__)
    parser.add_argument("--moves", type=int, default=1_000_000, help="size of the world (1,000,000 by default)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="of each contender in a round")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--only", default="", help="workloads with these words in their name, and no small world")
    options = parser.parse_args()
    if options.rounds < 1 or options.seconds < 1 or not 1 <= options.connections <= 64:
        parser.error("at least one round, one second, and 1 to 64 connections")
    return options


def prepare(moves: int) -> Ground:
    """A database with a world of that size, made where there is none."""
    import psycopg

    from config import services

    var_dir = Path(os.environ["VAR_DIR"])
    server = services.database_url(var_dir).rpartition("/")[0]
    name = f"world_{moves}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(f'CREATE DATABASE "{name}"')
    ground = Ground(f"{server}/{name}", var_dir / name)
    ground.folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"DATABASE_URL": ground.url}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True, cwd=ROOT, env=environment)
    with psycopg.connect(ground.url) as connection:
        empty = connection.execute("SELECT 1 FROM talent_move LIMIT 1").fetchone() is None
    if empty:
        show(f"Making a world of {moves:,} moves.")
        command = [sys.executable, "manage.py", "make_world", "-v0", "--moves", str(moves)]
        subprocess.run(command, check=True, cwd=ROOT, env=environment)
    return ground


def _measured(ground: Ground, options: argparse.Namespace, *, large: bool) -> Arena:
    """All rounds in that world; in the small one the site alone, and only what the two are compared by."""
    workloads = [
        each for each in _workloads(ground) if options.only in each.name and (large or each.name in _BOTH_SIZES)
    ]
    with serving(ground, ALL if large else [SITE]) as bases:
        arena = Arena(bases, workloads)
        there = {each.name: arena.answering(each) for each in workloads}
        # Round 0 warms up, and is not counted.
        for number in range(options.rounds + 1):
            for workload in workloads:
                for name in there[workload.name]:
                    arena.press(workload, name, options, number)
                    time.sleep(0.3)
            show(f"  round {number} of {options.rounds}")
    return arena


def _workloads(ground: Ground) -> list[Workload]:
    """Asked for in a process of its own: Django's settings know one database."""
    import json

    code = (
        "import django, json, sys; django.setup(); from bench.serving.questions import workloads;"
        "json.dump([[w.name, w.paths] for w in workloads()], sys.stdout)"
    )
    environment = os.environ | {"DATABASE_URL": ground.url, "LOG_LEVEL": "ERROR"}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT, env=environment)
    return [Workload(name, paths) for name, paths in json.loads(done.stdout)]


# ------------------------------------------------------------------ the table


def _table(arena: Arena, moves: int) -> Iterator[Row]:
    for workload in arena.workloads:
        found = arena.rounds[workload.name]
        yield Row(f"-- {workload.name}, {moves:,} moves", "")
        for name, measured in found.items():
            yield Row(f"   {name}", _figures(measured))
        for other in found:
            if other != SITE and SITE in found:
                yield _ratio(workload.name, other, found[SITE], found[other])
    if {"first page", "deep page"} <= arena.rounds.keys():
        first, deep = (arena.rounds[name][SITE] for name in ("first page", "deep page"))
        times = [d.median / f.median if f.median else math.inf for f, d in zip(first, deep, strict=True)]
        yield at_most("   time of a deep page for the first one's", statistics.median(times), DEEP)


def _figures(measured: Sequence[Measured]) -> str:
    """Answers a second, and the milliseconds that half and that one in a hundred took longer than."""
    rate, median, slow = (statistics.median(getattr(m, name) for m in measured) for name in ("rate", "median", "slow"))
    failed = sum(m.failed for m in measured)
    return f"{rate:,.0f}/s, {median:.1f} and {slow:.1f} ms" + (f", {failed} FAILED" if failed else "")


def _ratio(workload: str, other: str, ours: Sequence[Measured], theirs: Sequence[Measured]) -> Row:
    ratios = [a.rate / b.rate if b.rate else math.inf for a, b in zip(ours, theirs, strict=True)]
    what = f"   {SITE} for {other} ({min(ratios):.2f} to {max(ratios):.2f})"
    bar = next((bar for name, against, bar in BARS if (name, against) == (workload, other)), None)
    middle = statistics.median(ratios)
    return Row(what, f"{middle:.3g}") if bar is None else at_least(what, middle, bar)


def _growth(rates: dict[int, dict[str, float]], sizes: Sequence[int]) -> Iterator[Row]:
    if len(sizes) < 2:
        return
    large, small = (rates[size] for size in sizes)
    for name in _BOTH_SIZES:
        yield at_least(f"{name}: rate at {sizes[0]:,} for that at {sizes[1]:,}", large[name] / small[name], GROWN)


if __name__ == "__main__":
    sys.exit(main())

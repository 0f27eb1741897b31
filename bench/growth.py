"""How costs grow with what is there already: `python -m bench.growth --sizes 10000 100000`.

In worlds of several sizes the same work is done: an article is stored and read, a mention is resolved, everything is
settled anew, names and quotes are searched, all is written as a dump. Printed are CPU milliseconds, the program's and
the database's together by the clock where both work, peaks of memory, and the exponent between the sizes: 0 where
more makes no difference, 1 where twice as much takes twice as long.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from bench.machine import ROOT
from bench.serve import prepare
from bench.table import show

# Claims of a large world that a rebuild is measured on; the rest is computed.
CLAIMS = 2_000
_REPEAT = 40
STEPS = ("ingest", "resolve", "rebuild", "search", "export")
Figures = dict[str, float]


def main() -> int:
    """Prints the table."""
    options = _options()
    if options.inside:
        print(json.dumps(dict(_inside(options.inside))))
        return 0
    os.environ.setdefault("VAR_DIR", str(ROOT / "var" / "bench"))
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    subprocess.run([sys.executable, "-m", "config.services", "start"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    table = {size: _measured(size, options.steps) for size in sorted(options.sizes)}
    for step in options.steps:
        for what in (name for name in next(iter(table.values())) if name.startswith(step)):
            show(_line(what, {size: figures[what] for size, figures in table.items()}))
    show(f"\nload average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="moves of the worlds"
    )
    parser.add_argument("--steps", nargs="+", default=list(STEPS), choices=STEPS)
    parser.add_argument("--inside", choices=STEPS, help=argparse.SUPPRESS)
    return parser.parse_args()


def _line(what: str, figures: dict[int, float]) -> str:
    cells = " | ".join(f"{value:,.4g}" for value in figures.values())
    return f"| {what} | {cells} | {_exponent(figures)} |"


def _exponent(figures: dict[int, float]) -> str:
    """The slope of the cost over the size, both as logarithms."""
    points = [(math.log(size), math.log(value)) for size, value in figures.items() if value > 0]
    if len(points) < 2:
        return ""
    return f"{statistics.linear_regression(*zip(*points, strict=True)).slope:.2f}"


def _measured(size: int, steps: Sequence[str]) -> Figures:
    """Each step in a process of its own, whose peak of memory is its own, too."""
    ground = prepare(size)
    found: Figures = {}
    for step in steps:
        environment = os.environ | {"DATABASE_URL": ground.url, "DUMPS_DIR": str(ground.folder / "dumps")}
        command = [sys.executable, "-m", "bench.growth", "--inside", step]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
        found |= json.loads(done.stdout.splitlines()[-1])
    return found


def _inside(step: str) -> Iterator[tuple[str, float]]:
    import django

    django.setup()
    yield from _MEASURES[step]()
    yield f"{step}: peak of memory, MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _each(work: Callable[[int], Any], number: int = _REPEAT) -> float:
    """Milliseconds by the clock for one run, the middle of many."""
    took = []
    for n in range(number):
        began = time.perf_counter()
        work(n)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


# ------------------------------------------------------------------ the steps


def _ingest() -> Iterator[tuple[str, float]]:
    """New articles of the world's own making, stored and read; taken back at the end."""
    from django.db import transaction
    from django.utils import timezone

    from articles.extraction import Extraction
    from articles.extraction.document import Document
    from articles.extraction.extract import extract
    from articles.models import Article
    from talent.record import record

    now = timezone.now()
    told = list(Article.objects.filter(language="en").order_by("-pk")[:_REPEAT])
    with transaction.atomic():

        def one(n: int) -> Any:
            old = told[n]
            text = "\n".join(reversed(old.text.split("\n"))) + f"\nNumber {n} of {now.isoformat()}."
            fresh = _article(old, text, now)
            found: Extraction = extract(Document(id=str(n), text=text, lang="en", published=now.date()))
            return record(fresh, found, engine_version="bench")

        yield "ingest: an article, ms", _each(one)
        transaction.set_rollback(True)


def _article(like: Any, text: str, now: Any) -> Any:
    from hashlib import sha256

    from articles.ingest import public_id
    from articles.models import Article

    digest = sha256(text.encode()).hexdigest()
    return Article.objects.create(
        public_id=public_id(digest), source_id=like.source_id, address=f"https://new.example/{digest[:16]}",
        language=like.language, published_at=now, retrieved_at=now, text=text, content_hash=digest,
    )  # fmt: skip


def _resolve() -> Iterator[tuple[str, float]]:
    """Who a new mention of somebody may be: the claims that its names and company lead to."""
    from talent.models import Claim
    from talent.resolve import claims_about, directory, group_people, surroundings, verdicts_on

    newest = Claim.objects.order_by("-pk").values_list("pk", flat=True)[0]
    random = Random(3)
    wanted = [random.randrange(1, newest) for _ in range(2000)]
    named = list(Claim.objects.filter(pk__in=wanted).exclude(person_keys=[])[:_REPEAT])
    companies = directory()

    def one(n: int) -> Any:
        claims = claims_about(named[n % len(named)].person_keys, companies)
        return group_people(claims, surroundings(claims, companies), verdicts_on(c.public_id for c in claims))

    yield "resolve: a mention, ms", _each(one)


def _rebuild() -> Iterator[tuple[str, float]]:
    """Some thousand claims settled again, as a rebuild does it for all of them; taken back at the end."""
    from django.db import transaction

    from talent.models import Claim
    from talent.rebuild import BATCH
    from talent.settle import Subjects, settle

    columns = ("person_keys", "person_candidates", "group_key", "article_id")
    claims = list(Claim.objects.order_by("pk").only(*columns)[:CLAIMS])
    with transaction.atomic():
        began = time.perf_counter()
        for first in range(0, len(claims), BATCH):
            subjects = Subjects()
            for claim in claims[first : first + BATCH]:
                subjects.add(claim)
            settle(subjects)
        spent = time.perf_counter() - began
        transaction.set_rollback(True)
    each = spent * 1000 / len(claims)
    yield "rebuild: a claim, ms", each
    yield "rebuild: all claims, hours (computed)", each * Claim.objects.count() / 3.6e6


def _search() -> Iterator[tuple[str, float]]:
    """Addresses as readers ask for them, through the whole of the site."""
    from django.conf import settings
    from django.test import Client

    from bench.serving.contenders import SITE
    from bench.serving.questions import workloads

    settings.API_REQUESTS_A_MINUTE = 0
    client = Client()
    for workload in workloads():
        paths = workload.paths[SITE]

        def one(n: int, paths: Sequence[str] = paths) -> Any:
            return client.get(paths[n % len(paths)])

        one(0)
        yield f"search: {workload.name}, ms", _each(one)


def _export() -> Iterator[tuple[str, float]]:
    """Everything as files, in every format."""
    from django.core.management import call_command

    began = time.perf_counter()
    call_command("dump", verbosity=0)
    yield "export: everything, seconds", time.perf_counter() - began
    folder = Path(os.environ["DUMPS_DIR"])
    yield "export: MB written", sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


_MEASURES: dict[str, Callable[[], Iterator[tuple[str, float]]]] = {
    "ingest": _ingest,
    "resolve": _resolve,
    "rebuild": _rebuild,
    "search": _search,
    "export": _export,
}

if __name__ == "__main__":
    sys.exit(main())

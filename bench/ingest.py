"""What reading the press costs on this machine: `make bench-ingest`, or `python -m bench.ingest --help`.

Every figure is CPU time, taken in turns with what it is compared with; medians are printed. Databases are thrown away.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from bench.machine import (
    ROOT,
    cost_of_peers,
    empty_database,
    install_peers,
    run_measured,
    sample_cases,
    start_database,
)
from bench.table import Row, at_least, at_most, say, show

# Read before the measuring itself makes the machine busy.
_LOAD_AT_START = os.getloadavg()[0]

PARTS = ("scan", "sift", "article", "engine", "queue", "workers")


def main() -> int:
    """Prints the table; 1 where a bar is not held."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="talent-ledger-tests-bench-"))
    os.environ.update(VAR_DIR=str(folder), DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    try:
        return _run(options, folder)
    finally:
        subprocess.run([sys.executable, "-m", "config.services", "stop", "--dir", str(folder)], check=False, cwd=ROOT)
        shutil.rmtree(folder, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all of them without any")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=10_000, help="pages of the archive that is scanned")
    parser.add_argument(
        "--waiting", type=int, default=1_000_000, help="articles that wait in the queue that is measured"
    )
    parser.add_argument(
        "--peers", action="store_true", help="install spaCy and Resiliparse into var/bench to compare with"
    )
    parser.add_argument("--archive", type=Path, help="scan this archive instead of generated pages")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return options


def _run(options: argparse.Namespace, folder: Path) -> int:
    if options.peers:
        install_peers()
    wanted = options.parts or PARTS
    rows: list[Row] = []
    for name in PARTS:
        if name in wanted:
            for row in _MEASURES[name](options, folder):
                say(row)
                rows.append(row)
    missed = [row for row in rows if row.held is False]
    load = f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    show(f"\n{len(rows)} figures, {len(missed)} bars missed; {load}.")
    return 1 if missed else 0


# ---------------------------------------------------------------- the archive


def measure_scan(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Whole processes, start and all: sifting an archive against unpacking it, and against extracting every page."""
    from bench import pages

    random = Random(7)
    path = options.archive or pages.write(
        folder / "bench.warc.gz",
        ((f"https://site{n % 50}.example/{n}", pages.dismissed(random)) for n in range(options.pages)),
    )
    unpack, sift = [shutil.which("gzip") or "gzip", "-dc", str(path)], [sys.executable, "-m", "bench.scan", str(path)]
    ratios, cost = [], []
    for _ in range(options.rounds):
        theirs, _out = run_measured(unpack)
        ours, out = run_measured(sift)
        ratios.append(ours / theirs)
        cost.append(ours)
    number, kept, memory = map(int, out.split())
    seconds = statistics.median(cost)
    yield Row("archive", f"{number:,} pages, {path.stat().st_size / 1e6:,.0f} MB packed; {kept} let through")
    yield at_most("sifting it, CPU, of gzip -dc on it", statistics.median(ratios), 0.45)
    yield Row(
        "pages a second and core", f"{number / seconds:,.0f}; {path.stat().st_size / 1e6 / seconds:,.0f} MB/s packed"
    )
    yield Row("memory of the scanning process", f"{memory / 1e6:,.0f} MB", "300 MB", memory < 300e6)
    yield from _against_extraction(path, seconds / number * 1000)


def _against_extraction(path: Path, ours: float) -> Iterator[Row]:
    from itertools import islice

    from articles.warc import Reader

    sample = [bytes(page.body).decode("utf-8", "replace") for page in islice(Reader(path), 150)]
    peers = cost_of_peers(sample, [])
    for name in ("resiliparse", "trafilatura"):
        if (theirs := peers.get(name)) is None:
            yield Row(f"against {name} of every page", "not installed; --peers installs it")
        else:
            yield at_least(f"pages for those of {name} of every page", (theirs + _unpacking(path)) / ours, 5.0)


def _unpacking(path: Path) -> float:
    """CPU milliseconds to get one page out of the archive, which who extracts everything has to spend, too."""
    from articles.warc import Reader

    start = time.process_time()
    number = sum(1 for _ in Reader(path))
    return (time.process_time() - start) / number * 1000


# ---------------------------------------------------------------- the sift


def measure_sift(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """What the sift keeps of the bundled samples with claims, and of generated pages about nothing."""
    from articles.sift import worth_reading
    from bench import pages

    random = Random(11)
    for encoding in ("utf-8", "gb18030"):
        wrapped = [
            pages.page(random, case.document.title, case.document.text.split("\n"), zh=zh, encoding=encoding)
            for case in sample_cases()
            for zh in [case.document.lang == "zh"]
            if (encoding == "utf-8" or zh) and any(case.gold.values())
        ]
        kept = sum(map(worth_reading, wrapped)) / len(wrapped)
        yield at_least(f"samples with claims kept, {encoding} ({len(wrapped)})", kept, 0.98)
    passed = sum(worth_reading(pages.dismissed(random)) for _ in range(1000)) / 1000
    yield Row("generated pages about nothing let through (1,000)", f"{passed:.2%}", "<= 0.50%", passed <= 0.005)


# ---------------------------------------------------------------- one article


def measure_article(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Parsing, reading and recording the samples with claims, against spaCy's whole pipeline and two extractors."""
    from bench import pages

    start_database(folder)
    random = Random(13)
    cases = [case.document for case in sample_cases() if any(case.gold.values())]
    texts = [_ordinary(random, document.text, zh=document.lang == "zh") for document in cases]
    bodies = [
        pages.page(random, document.title, text.split("\n"), zh=document.lang == "zh")
        for document, text in zip(cases, texts, strict=True)
    ]
    english = [n for n, document in enumerate(cases) if document.lang == "en"]
    ours: dict[str, list[float]] = {}
    theirs: list[float] = []
    for _ in range(options.rounds):
        for name, value in _article_costs(bodies).items():
            ours.setdefault(name, []).append(value)
        found = cost_of_peers([bodies[n].decode() for n in english], [texts[n] for n in english])
        if None not in (found.get("spacy full"), found.get("trafilatura"), found.get("htmldate")):
            theirs.append(sum(found[name] or 0.0 for name in ("spacy full", "trafilatura", "htmldate")))
    middle = {name: statistics.median(values) for name, values in ours.items()}
    whole = middle["parse"] + middle["read and record together"]
    yield Row("parse", f"{middle['parse']:.1f} ms of CPU an article ({len(cases)} samples with claims)")
    yield Row("read and record, 50 to a message", f"{middle['read and record together']:.1f} ms")
    yield Row("read and record, one to a message", f"{middle['read and record alone']:.1f} ms")
    yield at_most("an article: parse, read and record", whole, 35.0, "ms")
    if theirs:
        yield at_least("spaCy's pipeline, trafilatura and htmldate for it", statistics.median(theirs) / whole, 2.5)
    else:
        yield Row("against spaCy, trafilatura and htmldate", "not installed; --peers installs it")


def _ordinary(random: Random, text: str, *, zh: bool) -> str:
    """The text made as long as an ordinary article: 3,000 characters, or 1,000 in Chinese."""
    from bench import pages

    while len(text) < (1000 if zh else 3000):
        text += "\n" + pages.prose(random, zh=zh)
    return text


def _article_costs(bodies: Sequence[bytes]) -> dict[str, float]:
    """CPU milliseconds of this process for one article, by step; the database is emptied before each."""
    from django.utils import timezone

    from articles.bulk import Item, store_many
    from articles.clock import database_now
    from articles.models import Article
    from articles.parse import parse
    from talent import pipeline

    now, costs = timezone.now(), {}
    for name in ("together", "alone"):
        empty_database()
        start = time.process_time()
        parsed = [
            parse(body, "text/html", f"https://site{n}.example/a", retrieved_at=now) for n, body in enumerate(bodies)
        ]
        costs["parse"] = (time.process_time() - start) / len(bodies) * 1000
        items = [Item(_snapshot(n, body, now), each) for n, (body, each) in enumerate(zip(bodies, parsed, strict=True))]
        start = time.process_time()
        store_many(items)
        rows = Article.objects.filter(state="awaiting_extraction").order_by("pk")
        waiting = list(rows.values_list("pk", flat=True))
        for first in range(0, len(waiting), 50):
            if name == "together":
                pipeline.process_many(waiting[first : first + 50], now=database_now())
            else:
                for pk in waiting[first : first + 50]:
                    pipeline.process(pk, now=database_now())
        costs[f"read and record {name}"] = (time.process_time() - start) / len(bodies) * 1000
    return costs


def _snapshot(number: int, body: bytes, now: Any) -> Any:
    from hashlib import sha256

    from articles.models import Snapshot

    address = f"https://site{number}.example/a"
    return Snapshot(
        address=address,
        final_address=address,
        sha256=sha256(body).hexdigest(),
        size=len(body),
        content_type="text/html",
        http_status=200,
        retrieved_at=now,
        checked_at=now,
    )


# ---------------------------------------------------------------- the engine


def measure_engine(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Reading texts for claims against finding names alone."""
    from articles.extraction import extract

    texts = {lang: [case.document for case in sample_cases() if case.document.lang == lang] for lang in ("en", "zh")}
    ratios = []
    rates: dict[str, list[float]] = {"en": [], "zh": []}
    for lang in texts:
        extract(texts[lang][0])
    for _ in range(options.rounds):
        for lang, documents in texts.items():
            start = time.process_time()
            for document in documents:
                extract(document)
            rates[lang].append((time.process_time() - start) / len(documents) * 1000)
        names = cost_of_peers([], [document.text for document in texts["en"]]).get("spacy names")
        if names is not None:
            ratios.append(names / rates["en"][-1])
    for lang, documents in texts.items():
        characters = statistics.mean(len(document.text) for document in documents)
        middle = statistics.median(rates[lang])
        yield Row(
            f"the engine, {lang}",
            f"{middle:.1f} ms a text of {characters:,.0f} characters; {characters / middle:,.0f} characters/ms",
        )
    if ratios:
        yield at_least("spaCy's names alone for the English engine", statistics.median(ratios), 1.5)
    else:
        yield Row("against spaCy's names alone", "not installed; --peers installs it")


# ---------------------------------------------------------------- the queue


def measure_queue(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """What taking and ending articles costs beside the work, and what a long queue changes about it."""
    start_database(folder)
    empty_database()
    _fill(200)
    few = _take_all()
    empty_database()
    _fill(options.waiting)
    many = _take_all()
    yield Row("taking and ending an article, 50 to a message, 200 waiting", f"{few:.3f} ms of CPU")
    yield Row(f"the same, {options.waiting:,} waiting", f"{many:.3f} ms of CPU")
    yield at_most("a long queue for a short one", many / few, 1.5)
    yield Row("the sweep's look for overdue articles", f"{_sweep_wall():.1f} ms")
    yield at_most("of 20 ms of work an article", many / 20.0, 0.01)


_FILL = """
INSERT INTO articles_article (public_id, source_id, address, title, author, publisher, language, retrieved_at, text,
  content_hash, state, engine_version, bands, attempts, error, failed_for_good, created_at, updated_at)
SELECT substr(md5(n::text), 1, 12), (SELECT id FROM articles_source), 'https://a.example/' || n, 'T', '', '', 'en',
  now(), 'Text ' || n, md5(n::text) || md5('x' || n), 'awaiting_extraction', '', '{}', 0, '', false,
  now() - interval '1 hour', now() - interval '1 hour'
FROM generate_series(1, %s) AS n
"""


def _fill(number: int) -> None:
    """So many articles that wait to be read, for an hour already."""
    from django.db import connection

    from articles.models import Source

    Source.objects.create(slug="a", name="A", host="a.example")
    with connection.cursor() as cursor:
        cursor.execute(_FILL, [number])
        cursor.execute("ANALYZE articles_article")


def _take_all() -> float:
    """CPU milliseconds for an article that is taken with 49 others and ended by its own statement."""
    from datetime import timedelta

    from articles.clock import database_now
    from articles.models import Article

    pks = list(Article.objects.order_by("-pk").values_list("pk", flat=True)[:200])
    lease, costs = timedelta(seconds=300), []
    for first in range(0, 200, 50):
        now = database_now()
        start = time.process_time()
        taken = Article.objects.take_many(pks[first : first + 50], state="awaiting_extraction", now=now, lease=lease)
        costs.append((time.process_time() - start) / len(taken) * 1000)
    return statistics.median(costs)


def _sweep_wall() -> float:
    from datetime import timedelta

    from articles.clock import database_now
    from talent import pipeline

    start = time.perf_counter()
    pipeline.overdue(now=database_now(), age=timedelta(seconds=30), limit=500)
    return (time.perf_counter() - start) * 1000


# ---------------------------------------------------------------- two workers


def measure_workers(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """One process and two on the same shards. Needs two free cores to say anything.

    A worker reads for hours, so each shard is as long as the archive of the first part: in short ones the start of a
    process, half a second, weighs more than the pages.
    """
    from bench import pages

    random = Random(17)
    paths = [
        pages.write(
            folder / f"part{part}.warc.gz",
            ((f"https://site.example/{n}", pages.dismissed(random)) for n in range(options.pages)),
        )
        for part in range(4)
    ]
    ratios, cpu = [], []
    for _ in range(options.rounds):
        one, one_cpu = _together(paths, 1)
        two, two_cpu = _together(paths, 2)
        ratios.append(one / two)
        cpu.append(two_cpu / one_cpu)
    busy = _LOAD_AT_START > 1.0 or (os.cpu_count() or 1) < 2
    value = statistics.median(ratios)
    yield Row(
        "two workers for one, by the clock",
        f"{value:.2f}" + (" (other programs are at work: no bar)" if busy else ""),
        "" if busy else ">= 1.8",
        None if busy else value >= 1.8,
    )
    yield at_most("CPU of two workers for one", statistics.median(cpu), 1.15)


def _together(paths: Sequence[Path], workers: int) -> tuple[float, float]:
    """Wall and CPU seconds of so many processes that share the archives out."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "bench.scan"]
    started = [
        subprocess.Popen([*command, *map(str, paths[number::workers])], cwd=ROOT, stdout=subprocess.DEVNULL)
        for number in range(workers)
    ]
    for process in started:
        process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, cpu


_MEASURES: dict[str, Callable[[argparse.Namespace, Path], Iterator[Row]]] = {
    "scan": measure_scan,
    "sift": measure_sift,
    "article": measure_article,
    "engine": measure_engine,
    "queue": measure_queue,
    "workers": measure_workers,
}

if __name__ == "__main__":
    sys.exit(main())

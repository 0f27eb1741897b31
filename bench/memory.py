"""What memory a worker needs: `python -m bench.memory --limit 300`.

A worker, started as the README starts it, reads mixed articles and settles them: pages in English and Chinese of 100 kB
and of 2 MB, PDF, plain text. Told are the memory of all its processes, where what they share counts once, and what the
kernel counts where this process may make control groups; there the limit is a hard one, and the kernel kills whoever
goes beyond it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import psutil

from bench.machine import ROOT, sample_cases
from bench.pages import page, prose
from bench.table import Row, at_most, say, show

_GROUPS = Path("/sys/fs/cgroup")
_PATIENCE = 900.0
# Bytes of a large page, and characters of its text: a book of a hundred sheets.
_LARGE, _LONG = 2_000_000, 100_000
# One in so many is harsh: a text of five megabytes, or a page of as many.
_HARSH_EVERY, _HARSH = 40, 5_000_000


def main() -> int:
    """Prints the table; 1 where the limit is not held or a document was not read."""
    options = _options()
    # A folder of this name is made with the servers' own quick settings, and thrown away.
    folder = Path(tempfile.mkdtemp(prefix="talent-ledger-tests-memory-"))
    os.environ.update(VAR_DIR=str(folder), DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="WARNING")
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    try:
        subprocess.run([sys.executable, "-m", "config.services", "start"], check=True, cwd=ROOT, stdout=sys.stderr)
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True, cwd=ROOT)
        return _run(options)
    finally:
        subprocess.run([sys.executable, "-m", "config.services", "stop"], check=False, cwd=ROOT, stdout=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("--limit", type=int, default=300, help="megabytes that the whole worker may have")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--children", type=int, default=1, help="processes that work at once")
    return parser.parse_args()


def _run(options: argparse.Namespace) -> int:
    import django

    django.setup()
    with _group(options.limit) as group, _worker(group, options.children) as worker:
        _wait_for(worker, lambda: _proved())
        show(f"{'at first':<40} {_told(_sizes(worker))}")
        for number, (name, body, label) in enumerate(documents(options.articles)):
            _send(f"{number:03}-{name}", body, label)
        peak = _peaks(worker, group)
        rows = [at_most("all processes together, at most", sum(peak.values()), options.limit, "MB"), *_counted(group)]
        show(f"{'at the most':<40} {_told(peak)}")
    rows += _outcome()
    for row in rows:
        say(row)
    return 0 if all(row.held is not False for row in rows) else 1


# ------------------------------------------------------------------ what is read


def documents(number: int) -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and label of each: seven pages in ten, one of them in ten large, a PDF in ten, else plain text."""
    from tests.articles.files import column, pdf

    random, cases = Random(1), sample_cases()
    random.shuffle(cases)
    for n in range(number):
        case = cases[n % len(cases)]
        zh = case.document.lang == "zh"
        told = [f"{case.document.title} ({n})", *case.document.text.split("\n"), f"No. {n}."]
        if n % _HARSH_EVERY == _HARSH_EVERY // 2 - 1:
            yield "harsh.txt", _harsh_text(random, told, zh=n % (2 * _HARSH_EVERY) < _HARSH_EVERY), "text/plain"
        elif n % _HARSH_EVERY == _HARSH_EVERY - 1:
            made = page(random, told[0], told[1:], zh=zh)
            yield "harsh.html", made.replace(b"</body>", _furniture(random, _HARSH) + b"</body>"), "text/html"
        elif n % 10 == 7:
            yield "a.pdf", pdf([column(_short_lines(told, zh=zh))]), "application/pdf"
        elif n % 10 > 7:
            yield "a.txt", "\n\n".join(told).encode(), "text/plain; charset=utf-8"
        else:
            encoding = "gb18030" if zh and n % 3 == 0 else "utf-8"
            if large := n % 10 == 0:
                while sum(map(len, told)) < _LONG:
                    told.insert(-1, prose(random, zh=zh))
            made = page(random, told[0], told[1:], zh=zh, encoding=encoding)
            if large:
                made = made.replace(b"</body>", _furniture(random, _LARGE - len(made)) + b"</body>")
            yield "a.html", made, f"text/html; charset={encoding}"


def _harsh_text(random: Random, told: Sequence[str], *, zh: bool) -> bytes:
    """A report, and behind it prose without end."""
    pages = [*told, *(prose(random, zh=zh) for _ in range(2_000))]
    text = "\n\n".join(pages).encode()
    return b"\n\n".join([text] * (_HARSH // len(text) + 1))[:_HARSH]


def _furniture(random: Random, size: int) -> bytes:
    """What makes a page large: links to other stories, and programs with their data."""
    links = "".join(f'<li><a href="/story/{n}">{prose(random)[:60]}</a></li>' for n in range(2_000))
    kept = f'<aside><ul>{links}</ul></aside><script>var state="'
    return f'{kept}{"x1y2z3" * max((size - len(kept)) // 6, 0)}"</script>'.encode()


def _short_lines(paragraphs: Sequence[str], *, zh: bool) -> list[str]:
    width = 38 if zh else 80
    return [each[at : at + width] for each in paragraphs for at in range(0, len(each), width)][:50]


def _send(name: str, body: bytes, label: str) -> None:
    from articles import ingest
    from articles.clock import database_now
    from articles.tasks import hand_on_snapshot

    hand_on_snapshot(ingest.submit_bytes(body, name, now=database_now(), content_type=label).snapshot)


def _outcome() -> list[Row]:
    from articles.models import Article, Snapshot
    from talent.models import Claim, Move

    waiting = Snapshot.objects.exclude(state__in=("stored", "unchanged", "failed")).count()
    waiting += Article.objects.filter(state=Article.State.AWAITING_EXTRACTION).count()
    kept = f"{Article.objects.count()} articles, {Claim.objects.count()} claims, {Move.objects.count()} moves"
    refused = Snapshot.objects.filter(state="failed").values_list("error", flat=True)
    for reason in sorted(set(refused)):
        show(f"refused: {reason}")
    return [Row("read", kept), Row("refused", str(len(refused))), at_most("documents that were not read", waiting, 0)]


# ------------------------------------------------------------------ the worker and its memory


@contextlib.contextmanager
def _worker(group: Path | None, children: int) -> Iterator[psutil.Process]:
    command = [sys.executable, "-m", "celery", "-A", "config", "worker"]
    join = ["sh", "-c", f'echo $$ > {group}/cgroup.procs; exec "$@"', "sh"] if group else []
    environment = os.environ | {"WORKER_CONCURRENCY": str(children)}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([*join, *command], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def _sizes(worker: psutil.Process) -> dict[str, float]:
    """Megabytes of each kind of process; of a page that several share each has its part."""
    sizes = {"main": 0.0, "child": 0.0, "parser": 0.0}
    for process in (worker, *worker.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            words = process.cmdline()
            kind = "main" if process.pid == worker.pid else "parser" if "articles.parse.worker" in words else "child"
            sizes[kind] += process.memory_full_info().pss / 1e6
    return sizes


def _peaks(worker: psutil.Process, group: Path | None) -> dict[str, float]:
    """The sizes at the moment when all together were largest, until nothing waits any more or the kernel kills."""
    peak: dict[str, float] = {}

    def done() -> bool:
        nonlocal peak
        peak = max(peak, _sizes(worker), key=lambda each: sum(each.values()))
        return not _waits() or _kills(group) > 0

    _wait_for(worker, done)
    return peak


def _wait_for(worker: psutil.Process, done: Any) -> None:
    end = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > end or not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE:
            show("The worker ended, or took too long.")
            return
        time.sleep(0.2)


def _proved() -> bool:
    from config.tasks import probe_age

    return probe_age() is not None


def _waits() -> bool:
    from articles.models import Article, Snapshot

    return (
        Snapshot.objects.filter(state__startswith="awaiting").exists()
        or Article.objects.filter(state=Article.State.AWAITING_EXTRACTION).exists()
    )


def _told(sizes: dict[str, float]) -> str:
    return ", ".join(f"{kind} {size:.0f}" for kind, size in sizes.items()) + f": {sum(sizes.values()):.0f} MB"


# ------------------------------------------------------------------ control groups


@contextlib.contextmanager
def _group(limit: int) -> Iterator[Path | None]:
    """A control group that may have so many megabytes; None where this process may make none."""
    second = (_GROUPS / "cgroup.controllers").exists()
    group = (_GROUPS if second else _GROUPS / "memory") / f"talent-ledger-memory-{os.getpid()}"
    try:
        group.mkdir()
    except OSError:
        show("No control group may be made here: the limit is watched, not enforced.")
        yield None
        return
    try:
        name = "memory.max" if second else "memory.limit_in_bytes"
        (group / name).write_text(str(limit * 1_000_000))
        yield group
    finally:
        with contextlib.suppress(OSError):
            group.rmdir()


def _counted(group: Path | None) -> list[Row]:
    """What the kernel counted, page cache with it, which it gives back before it refuses anything; and its kills."""
    if group is None:
        return []
    peak = next((group / n for n in ("memory.peak", "memory.max_usage_in_bytes") if (group / n).exists()), None)
    rows = [at_most("processes killed for want of memory", _kills(group), 0)]
    if peak:
        rows.append(
            Row("counted by the kernel, with files it keeps in memory", f"{int(peak.read_text()) / 1e6:.0f} MB")
        )
    return rows


def _kills(group: Path | None) -> float:
    if group is None:
        return 0
    events = group / ("memory.events" if (group / "memory.events").exists() else "memory.oom_control")
    return float(dict(line.split() for line in events.read_text().splitlines()).get("oom_kill", 0))


if __name__ == "__main__":
    sys.exit(main())

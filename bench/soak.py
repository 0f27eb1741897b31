"""`python -m bench.soak --minutes 60`: a site of its own is read and fed at once; memory, connections and queues are
told as they go, and whether any of them grew."""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import fmean

import psutil
import psycopg
import redis

from bench.table import at_most, say, show
from config import services

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "/", "/moves/", "/people/", "/companies/", "/compensation/", "/signals/", "/articles/", "/zh-hans/moves/",
    "/search?q=OpenAI", "/api/v1/moves/", "/api/v1/people/", "/api/v1/events/",
)  # fmt: skip
FIRST = ("Ada", "Bo", "Cleo", "Dag", "Edda", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Levin", "Mara", "Nils")
LAST = ("Abbot", "Brandt", "Castell", "Dorne", "Ekholm", "Falk", "Grove", "Hartig", "Ivers", "Juhl", "Kern", "Lund")
FIRMS = ("OpenAI", "Anthropic", "Google DeepMind", "Meta", "Mistral AI", "xAI", "Cohere")
# From the first to the last quarter of the time, after the first fifth of it.
GROWTH = 1.10


@dataclass(frozen=True, slots=True)
class Sample:
    """What was seen at one moment."""

    seconds: float
    web_mb: float
    worker_mb: float
    connections: int
    files: int
    waiting: int
    messages: int


class Site:
    """The whole site as `make run` starts it, in a folder that is thrown away."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.database = services.database_url(folder)
        own = ("DATABASE_URL", "REDIS_URL")
        self.env = {name: value for name, value in os.environ.items() if name not in own}
        self.env |= {"VAR_DIR": str(folder), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "config.settings"}
        self.env |= {"API_REQUESTS_A_MINUTE": "0", "API_KEY_REQUESTS_A_MINUTE": "100000"}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Until the block ends."""
        with (self.folder / "site.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "config.run"], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        self.process = psutil.Process(process.pid)
        try:
            while "answers at" not in (self.folder / "site.log").read_text():
                if process.poll() is not None:
                    raise SystemExit((self.folder / "site.log").read_text())
                time.sleep(0.5)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)

    def manage(self, *words: str, **env: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.env | env, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout.strip()

    def key(self) -> str:
        """A key to send articles in with."""
        self.manage("createsuperuser", "--noinput", "--username=soak", "--email=a@b.example",
                    DJANGO_SUPERUSER_PASSWORD=secrets.token_urlsafe())  # fmt: skip
        return self.manage("make_key", "soak", "--scope=articles:write").splitlines()[-1]

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> int:
        """The status of an answer, read to its end."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 -- ours
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def sample(self, began: float) -> Sample:
        processes = [each for each in self.process.children(recursive=True) if each.is_running()]
        sizes: Counter[str] = Counter()
        files = 0
        for process in processes:
            try:
                words = " ".join(process.cmdline())
                kind = "web" if "gunicorn" in words else "worker" if " worker" in words else "other"
                sizes[kind] += process.memory_info().rss
                files += process.num_fds() if kind != "other" else 0
            except psutil.Error:
                continue
        with psycopg.connect(self.database) as database:
            connections, waiting = database.execute(_COUNTS).fetchone() or (0, 0)
        broker = redis.Redis.from_url(services.redis_url(self.folder))
        messages = sum(int(broker.llen(queue)) for queue in ("celery", "clock"))
        return Sample(
            time.monotonic() - began,
            sizes["web"] / 1e6,
            sizes["worker"] / 1e6,
            connections - 1,
            files,
            waiting,
            messages,
        )


_COUNTS = """
    SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
           (SELECT count(*) FROM articles_snapshot WHERE state LIKE 'awaiting%')
           + (SELECT count(*) FROM articles_article WHERE state = 'awaiting_extraction')
"""


def news(random: Random, number: int) -> bytes:
    """An article about somebody's move, unlike all others."""
    who = f"{random.choice(FIRST)} {random.choice(LAST)}"
    left, joined = random.sample(FIRMS, 2)
    text = (
        f"{who} has left {left} to join {joined}, two people familiar with the matter said on Monday. "
        f"It is report number {number} of its kind this year. {who} led a group of {random.randint(3, 60)} people."
    )
    return json.dumps({"text": text, "title": f"{who} joins {joined} ({number})", "published": "2026-03-02"}).encode()


def main() -> int:
    options = _options()
    asked: Counter[int] = Counter()
    stop = threading.Event()
    with tempfile.TemporaryDirectory(prefix="talent-ledger-soak-", ignore_cleanup_errors=True) as folder:
        site = Site(Path(folder), options.port)
        with site.running():
            threads = [
                threading.Thread(target=_read, args=(site, seed, asked, stop)) for seed in range(options.readers)
            ]
            threads.append(threading.Thread(target=_feed, args=(site, site.key(), options.articles, asked, stop)))
            for thread in threads:
                thread.start()
            samples = _watch(site, options.minutes * 60, options.every)
            stop.set()
            for thread in threads:
                thread.join()
    return _report(samples, asked)


def _read(site: Site, seed: int, asked: Counter[int], stop: threading.Event) -> None:
    random = Random(seed)
    while not stop.is_set():
        asked[site.ask(random.choice(PAGES))] += 1


def _feed(site: Site, key: str, a_minute: float, asked: Counter[int], stop: threading.Event) -> None:
    random, number = Random(0), 0
    while not stop.wait(60 / a_minute):
        number += 1
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        asked[site.ask("/api/v1/articles/", news(random, number), **headers)] += 1


def _watch(site: Site, seconds: float, every: float) -> list[Sample]:
    began, samples = time.monotonic(), []
    show(
        f"{'minute':>6} {'web MB':>8} {'worker MB':>10} {'connections':>12} {'files':>6} {'waiting':>8} {'messages':>9}"
    )
    while time.monotonic() - began < seconds:
        time.sleep(every)
        samples.append(one := site.sample(began))
        show(
            f"{one.seconds / 60:6.1f} {one.web_mb:8.0f} {one.worker_mb:10.0f} {one.connections:12} {one.files:6}"
            f" {one.waiting:8} {one.messages:9}"
        )
    return samples


def _report(samples: list[Sample], asked: Counter[int]) -> int:
    show(f"{sum(asked.values()):,} requests: " + ", ".join(f"{n:,} x {status}" for status, n in asked.most_common()))
    steady = samples[len(samples) // 5 :]
    quarter = max(len(steady) // 4, 1)
    rows = []
    for name in ("web_mb", "worker_mb", "connections", "files"):
        first, last = (fmean(getattr(one, name) for one in part) for part in (steady[:quarter], steady[-quarter:]))
        rows.append(at_most(f"{re.sub('_mb', ', MB', name)}: last quarter to first", last / max(first, 1), GROWTH))
    rows.append(at_most("rows that wait, at most", max(one.waiting for one in steady), 50))
    rows.append(
        at_most("answers of 500 and above but 503", sum(n for s, n in asked.items() if s >= 500 and s != 503), 0)
    )
    for row in rows:
        say(row)
    return 0 if all(row.held for row in rows) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--readers", type=int, default=4, help="who read without a pause")
    parser.add_argument("--articles", type=float, default=60, help="sent in each minute")
    parser.add_argument("--every", type=float, default=30, help="seconds between two looks")
    parser.add_argument("--port", type=int, default=8765)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

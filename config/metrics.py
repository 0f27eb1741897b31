"""`/metrics` for Prometheus: how long requests take, what waits and for how long, what failed, and who works.

What is read from the database is bounded and remembered for some seconds; what is counted in each web process is
gathered from all of them (see `config/gunicorn.py`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from hmac import compare_digest
from ipaddress import ip_address
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Histogram, generate_latest, multiprocess
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import REGISTRY, Collector

PATH = "/metrics"
REMEMBERED_SECONDS = 5.0
# The folder in which web processes share their counts; prometheus-client reads this variable.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
Families = list[GaugeMetricFamily | CounterMetricFamily]

REQUESTS = Histogram(
    "talent_ledger_request_seconds", "Time to answer, by the name of the address.", ["view", "method", "status"],
    buckets=BUCKETS,
)  # fmt: skip


class MetricsMiddleware:
    """Answers `/metrics` to this machine and to whoever shows the token, and times every other request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == PATH:
            return _metrics(request)
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = (match.view_name or match.route) if match else "none"
        method = request.method if request.method in _METHODS else "other"
        count(view, method, response.status_code, time.perf_counter() - began)
        return response


def count(view: str, method: str, status: int, seconds: float) -> None:
    """Counts a request that was answered."""
    _counter(view, method, f"{status // 100}xx").observe(seconds)


# Labels are looked up under a lock; there are as many as there are names of addresses.
_counter = lru_cache(maxsize=2000)(REQUESTS.labels)


_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def _metrics(request: HttpRequest) -> HttpResponse:
    if not allowed(request):
        answer = HttpResponse("Ask from this machine, or send the METRICS_TOKEN as a bearer token.\n", status=403)
        answer["Content-Type"] = "text/plain; charset=utf-8"
        return answer
    answer = HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)
    answer["Cache-Control"] = "no-store"
    return answer


def allowed(request: HttpRequest) -> bool:
    """Whether the asker is on this machine, or shows the token. A request that came through a proxy shows it, too."""
    token = settings.METRICS_TOKEN
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and compare_digest(shown.encode(), token.encode()):
        return True
    passed_on = settings.SECURE_PROXY_SSL_HEADER or any(name in request.headers for name in _FORWARDED)
    return not passed_on and _is_loopback(str(request.META.get("REMOTE_ADDR", "")))


_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _registry() -> CollectorRegistry:
    """Everything that is counted, of all web processes where there are several."""
    registry = CollectorRegistry()
    if FOLDER in os.environ:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # untyped in the package
    else:
        registry.register(_Own())
    registry.register(Ledger())
    return registry


class _Own(Collector):
    """What this one process counted."""

    def collect(self) -> Iterator[Any]:
        yield from REGISTRY.collect()


_lock = Lock()
_remembered: tuple[float, Families] | None = None


class Ledger(Collector):
    """What the database tells."""

    def collect(self) -> Iterator[Any]:
        """The families, read at most once in some seconds by each process. Without a database only that it is gone."""
        global _remembered
        with _lock:
            if _remembered is None or time.monotonic() - _remembered[0] > REMEMBERED_SECONDS:
                _remembered = (time.monotonic(), _read())
            yield from _remembered[1]


def forget() -> None:
    """Read anew at the next request."""
    global _remembered
    _remembered = None


def _read() -> Families:
    up = GaugeMetricFamily("talent_ledger_database_up", "1 where the database answers.")
    try:
        families = [*_stages(), *_work(), *_tables()]
    except (DatabaseError, InterfaceError):
        up.add_metric([], 0)
        return [up]
    up.add_metric([], 1)
    return [up, *families]


def _stages() -> Families:
    from articles.clock import database_now
    from talent import backlog

    now = database_now()
    stage = ["stage"]
    waiting = GaugeMetricFamily(
        "talent_ledger_waiting_rows", f"Rows that wait, counted up to {backlog.MOST_COUNTED}.", labels=stage
    )
    oldest = GaugeMetricFamily("talent_ledger_oldest_waiting_seconds", "Age of the oldest waiting row.", labels=stage)
    again = GaugeMetricFamily("talent_ledger_retrying_rows", "Waiting rows that failed before.", labels=stage)
    dead = GaugeMetricFamily(
        "talent_ledger_failed_rows", f"Rows that wait for an operator, counted up to {backlog.MOST_COUNTED}.",
        labels=stage,
    )  # fmt: skip
    for depth in backlog.depths():
        name = [depth.step.name]
        waiting.add_metric(name, depth.waiting)
        oldest.add_metric(name, max((now - depth.oldest).total_seconds(), 0) if depth.oldest else 0)
        again.add_metric(name, depth.retrying)
        dead.add_metric(name, depth.failed)
    return [waiting, oldest, again, dead]


def _work() -> Families:
    """Signs of life, and what each worker counted since its start."""
    from articles.clock import database_now
    from talent import pulses

    now = database_now()
    clock = GaugeMetricFamily("talent_ledger_clockwork_age_seconds", "Since the last run.", labels=["name"])
    sign = GaugeMetricFamily("talent_ledger_worker_age_seconds", "Since the worker's last sign.", labels=["worker"])
    active = GaugeMetricFamily("talent_ledger_worker_active_tasks", "Tasks in hand.", labels=["worker"])
    tasks = CounterMetricFamily("talent_ledger_tasks", "Tasks taken since the start.", labels=["worker", "task"])
    twice = CounterMetricFamily("talent_ledger_redelivered_tasks", "Tasks delivered once more.", labels=["worker"])
    lost = CounterMetricFamily("talent_ledger_lost_children", "Pool children that died.", labels=["worker"])
    queued = GaugeMetricFamily("talent_ledger_queue_messages", "Messages in the broker at the last sweep.")
    for each in pulses.clockwork(now=now):
        if each.age is not None:
            clock.add_metric([each.name], each.age)
        if each.name == pulses.SWEEP and "queued" in each.note:
            queued.add_metric([], each.note["queued"])
    for worker in pulses.workers(now=now):
        sign.add_metric([worker.name], worker.age or 0)
        active.add_metric([worker.name], worker.note.get("active", 0))
        twice.add_metric([worker.name], worker.note.get("redelivered", 0))
        lost.add_metric([worker.name], worker.note.get("lost", 0))
        for task, number in worker.note.get("tasks", {}).items():
            tasks.add_metric([worker.name, task], number)
    return [clock, queued, sign, active, tasks, twice, lost]


_TABLES = {"articles_article": "articles", "talent_claim": "claims", "talent_move": "moves"}


def _tables() -> Families:
    """Rows written, from the database's own statistics: nothing is counted."""
    written = CounterMetricFamily("talent_ledger_rows_written", "Rows inserted.", labels=["noun"])
    there = GaugeMetricFamily("talent_ledger_rows", "Rows there are, as the database estimates.", labels=["noun"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins, n_live_tup FROM pg_stat_user_tables WHERE relname = ANY(%s)", [list(_TABLES)]
        )
        for table, inserted, live in cursor.fetchall():
            written.add_metric([_TABLES[table]], inserted)
            there.add_metric([_TABLES[table]], live)
    return [written, there]

"""`/healthz`: the process answers. `/readyz`: it can serve. Both come before hosts, sessions and logs.

`python -m config.health web|worker|backup` asks the same from a container's health check.
"""

from __future__ import annotations

import sys
import time
import urllib.request
from collections.abc import Callable
from threading import Lock
from typing import Any

import redis
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from psycopg_pool import PoolTimeout

from config.tasks import probe_age

# However often a balancer asks, the database is asked once in so many seconds by each process.
REMEMBERED_SECONDS = 2.0
# The beat asks for a proof every ten seconds.
PROBE_LATE_SECONDS = 60.0
# A set a day, and some time to write it.
BACKUP_LATE_SECONDS = 26 * 3600.0

Check = dict[str, Any]
_lock = Lock()
_remembered: tuple[float, Check] | None = None
_migrated = False


class HealthMiddleware:
    """Answers the two health addresses for any Host header: balancers ask by number, not by name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return _json({"status": "alive"}, status=200)
        if request.path_info == "/readyz":
            report = readiness()
            return _json(report, status=503 if report["status"] == "unready" else 200)
        return self.get_response(request)


def readiness() -> Check:
    """What this process needs. Without its database it is unready; without broker or worker only degraded,
    because every page can still be read and waiting work is kept in rows."""
    global _remembered
    with _lock:
        if _remembered and time.monotonic() - _remembered[0] < REMEMBERED_SECONDS:
            return _remembered[1]
        checks = {"database": _database(), **_broker_and_worker()}
        if not checks["database"]["ok"]:
            status = "unready"
        else:
            status = "ready" if all(check["ok"] for check in checks.values()) else "degraded"
        report = {"status": status, "checks": checks}
        _remembered = (time.monotonic(), report)
        return report


def forget() -> None:
    """Ask anew at the next request."""
    global _remembered, _migrated
    _remembered, _migrated = None, False


def _database() -> Check:
    """One trivial query; before the first success, whether every migration is applied as well."""
    global _migrated
    try:
        if _migrated:
            connection.ensure_connection()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return {"ok": True, "migrations_missing": 0}
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (DatabaseError, PoolTimeout) as error:
        return {"ok": False, "error": type(error).__name__}
    _migrated = missing == 0
    return {"ok": _migrated, "migrations_missing": missing}


def _broker_and_worker() -> dict[str, Check]:
    try:
        age = probe_age()
    except redis.RedisError as error:
        return {
            "broker": {"ok": False, "error": type(error).__name__},
            "worker": {"ok": False, "probe_age_seconds": None},
        }
    late = age is None or age > PROBE_LATE_SECONDS
    worker = {"ok": not late, "probe_age_seconds": None if age is None else round(age, 1)}
    return {"broker": {"ok": True}, "worker": worker}


def _json(body: Check, *, status: int) -> JsonResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def main(part: str) -> int:
    """0 where the web server on this machine is ready, a worker has proved itself lately, or a backup is of today."""
    from config import settings

    try:
        if part == "web":
            with urllib.request.urlopen(f"http://127.0.0.1:{settings.PORT}/readyz", timeout=5):
                return 0
        if part == "backup":
            return 0 if _backup_age() < BACKUP_LATE_SECONDS else 1
        age = probe_age()
    except (OSError, redis.RedisError):
        return 1
    return 0 if age is not None and age < PROBE_LATE_SECONDS else 1


def _backup_age() -> float:
    """Seconds since the newest set was finished."""
    from django.conf import settings

    from config.backup.sets import MANIFEST, newest

    path = newest(settings.BACKUP_DIR)
    return time.time() - (path / MANIFEST).stat().st_mtime if path else float("inf")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

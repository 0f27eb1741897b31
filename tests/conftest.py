"""The services under the tests: embedded servers of this run alone, or those that DATABASE_URL and REDIS_URL name."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter

import psycopg
import pytest
from django.conf import settings as django_settings

from config import services, settings
from config.run.guard import Guard

_guard = pytest.StashKey[Guard]()


def pytest_configure(config: pytest.Config) -> None:
    """Give a throw-away folder a guard: it cleans up even where this process is killed."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # A good hash of a password takes a quarter of a second.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if settings.THROWAWAY_OWNER:
        guard = config.stash[_guard] = Guard()
        command = [sys.executable, "-m", "config.services", "stop", "--dir", str(settings.VAR_DIR)]
        guard.command(command, folder=settings.BASE_DIR)
        guard.remove(settings.VAR_DIR)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: there are always some that wait for a server or a browser."""
    return (os.cpu_count() or 1) + 1


# Of these a test takes seconds, most of which it waits.
_WAITING = ("services", "browser", "clients")
# With one of these a test asks the database or the broker.
_SERVED = {"db", "transactional_db", "live_server", "broker_url"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that wait for servers and browsers: at the end, one process would wait with them alone. The
    others from the longest to the shortest, among which are those that leave most behind in the tables."""
    for item in items:
        if not item.get_closest_marker("django_db") and not _SERVED.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("serverless")
        if any(item.get_closest_marker(name) for name in _WAITING):
            # What it starts may be late on a busy machine; the summary counts what ran again.
            item.add_marker(pytest.mark.flaky(reruns=1))
    waiting = {item.path for item in items if item.get_closest_marker("flaky")}
    many = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in waiting, -many[item.path]))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers and throw their folder away."""
    if (guard := config.stash.get(_guard, None)) is not None:
        services.stop(settings.VAR_DIR)
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
        guard.dismiss()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Have a server before the first test that wants a database; a test of text alone never starts one."""
    if settings.EMBEDDED_DATABASE:
        services.Postgres(settings.VAR_DIR / "postgres", throwaway=settings.THROWAWAY).start()
        return
    try:
        psycopg.connect(settings.DATABASE_URL, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        pytest.exit(f"DATABASE_URL cannot be reached: {str(error).strip().splitlines()[-1]}", returncode=4)


@pytest.fixture(scope="session")
def broker_url() -> str:
    """The address of a broker that answers."""
    if settings.EMBEDDED_BROKER:
        services.Valkey(settings.VAR_DIR / "valkey").start()
    return settings.REDIS_URL

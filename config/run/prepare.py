"""Make the database and the static files ready to serve; runs as a process of its own and answers in sentences."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured


class NotReady(Exception):
    """Something keeps the site from starting; the message says what to do."""


def main() -> int:
    """Check, migrate, collect; 0 when the site can be served."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        connect()
        migrate()
        check()
        collect_static()
    except (NotReady, ImproperlyConfigured) as error:
        print(error, file=sys.stderr)  # noqa: T201 -- a command line
        return 1
    except OSError as error:
        from django.conf import settings

        from config.services.server import explain

        print(explain(error, settings.VAR_DIR), file=sys.stderr)  # noqa: T201 -- a command line
        return 1
    return 0


def connect() -> None:
    """Reach the database and the broker once, with the reader's mistake in mind."""
    import redis
    from django.conf import settings

    try:
        psycopg.connect(settings.DATABASE_URL, connect_timeout=5).close()
    except psycopg.Error as error:
        raise NotReady(
            f"The database {without_password(settings.DATABASE_URL)} cannot be reached ({first_line(error)}): "
            "start it or correct DATABASE_URL."
        ) from error
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=5, socket_timeout=5).ping()
    except (redis.RedisError, ValueError) as error:
        raise NotReady(
            f"The broker {without_password(settings.REDIS_URL)} cannot be reached ({first_line(error)}): "
            "start it or correct REDIS_URL."
        ) from error


def migrate() -> None:
    """Apply the migrations that are missing; with none missing, only ask."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    print("Migrating the database ...", flush=True)  # noqa: T201 -- a command line
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise NotReady(f"The database cannot be migrated ({first_line(error)}): see `manage.py migrate`.") from error


def check() -> None:
    """Run the system checks of the database."""
    from django.core.checks import ERROR, Tags, run_checks

    for message in run_checks(tags=[Tags.database], databases=["default"]):
        if message.level >= ERROR:
            raise NotReady(" ".join(filter(None, [str(message.msg), str(message.hint or "")])))


def collect_static() -> None:
    """Collect the static files where a source of them has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            source = Path(storage.path(path)).stat()
            digest.update(f"{path} {source.st_size} {source.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    print("Collecting static files ...", flush=True)  # noqa: T201 -- a command line
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(digest.hexdigest())


def without_password(url: str) -> str:
    """An address as it may be shown."""
    return re.sub(r"(?<=:)[^:/@]+(?=@)", "***", url)


def first_line(error: Exception) -> str:
    """The first line of an error, without a full stop."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].strip().rstrip(".")


if __name__ == "__main__":
    sys.exit(main())

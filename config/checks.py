"""System checks of what the database itself must provide, and of settings that do not go together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

OLDEST, NEWEST = 15, 18
SUPPORTED = f"Use PostgreSQL {OLDEST} to {NEWEST}."


@register(Tags.database)
def check_postgresql(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A PostgreSQL of a supported version whose LC_CTYPE lets trigram search see Chinese text."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int / 10000, datctype,"
                " EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')"
                " FROM pg_database WHERE datname = current_database()"
            )
            major, ctype, has_trigrams = cursor.fetchone()
            blind = ctype in {"C", "POSIX"}
            if has_trigrams:
                cursor.execute("SELECT similarity('扎克伯格', '马克·扎克伯格') = 0")
                (blind,) = cursor.fetchone()
        found += [*_of_version(major), *_of_ctype(ctype, blind)]
    return found


def _of_version(major: int) -> list[CheckMessage]:
    if major < OLDEST:
        return [Error(f"PostgreSQL {major} is too old.", hint=SUPPORTED, id="config.E001")]
    if major > NEWEST:
        return [Warning(f"PostgreSQL {major} is untried here.", hint=SUPPORTED, id="config.W001")]
    return []


def _of_ctype(ctype: str, blind: bool) -> list[CheckMessage]:
    if not blind:
        return []
    return [
        Error(
            f"The database's LC_CTYPE is {ctype}: trigram search finds nothing in Chinese text.",
            hint="Create the database anew: CREATE DATABASE ... LC_CTYPE 'C.UTF-8' TEMPLATE template0.",
            id="config.E002",
        )
    ]


@register()
def check_mail(**kwargs: Any) -> list[CheckMessage]:
    """Accounts are confirmed by mail: on the open Internet somebody must send it."""
    if settings.SIGN_UP != "open" or settings.EMAIL_HOST or not settings.PRODUCTION:
        return []
    return [
        Warning(
            f"Anybody may make an account, but mail is only written to files in {settings.EMAIL_FILE_PATH}.",
            hint="Set EMAIL_HOST, or SIGN_UP=closed.",
            id="config.W002",
        )
    ]

"""What a database holds, as numbers to compare: rows and their hashes, table by table."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

# Text that is the same on every server: of times, and of numbers with a fraction.
_PLAIN = (
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL IntervalStyle = 'iso_8601'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL bytea_output = 'hex'",
)
_OURS = (
    "SELECT quote_ident(relname) FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind IN {kinds} AND NOT relispartition ORDER BY relname"
)
# The first half of each row's SHA-256 as a number; their sum does not depend on the order of rows.
_SUM = (
    "SELECT count(*), coalesce(sum(('x' || left(encode(sha256(convert_to(row::text, 'UTF8')), 'hex'), 16))"
    "::bit(64)::bigint), 0)::text FROM {table} AS row"
)


def fingerprints() -> Iterator[tuple[str, tuple[int, str]]]:
    """Of each table its number of rows and the sum of their hashes; within the caller's transaction."""
    with connection.cursor() as cursor:
        for statement in _PLAIN:
            cursor.execute(statement)
        for table in tables():
            cursor.execute(_SUM.format(table=table))
            yield table, cursor.fetchone()


def tables() -> list[str]:
    """Every table, as it is written in SQL."""
    return _named("('r', 'p')")


def sequences() -> dict[str, int | None]:
    """Where each sequence stands; None where it was never asked."""
    found = {}
    with connection.cursor() as cursor:
        for name in _named("('S')"):
            cursor.execute(f"SELECT last_value, is_called FROM {name}")  # noqa: S608 -- a name of the database's own
            last, called = cursor.fetchone()
            found[name] = last if called else None
    return found


def migrations() -> list[str]:
    """The migrations that the database has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def _named(kinds: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_OURS.format(kinds=kinds))
        return [name for (name,) in cursor.fetchall()]

"""What triggers would have written row by row, written for all rows at once after COPY has gone round them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from talent import tallies

# As migration ``note_changes`` has it: table and noun.
_NOTED = {
    "talent_claim": "claim",
    "talent_move": "move",
    "talent_compensationreport": "compensation",
    "talent_signal": "signal",
    "talent_person": "person",
    "talent_company": "company",
}
_HISTORY = """
INSERT INTO talent_change (at, noun, "row", operation, fields, context, former_fact)
SELECT %s, %s, id, 'insert', '{{}}', '{{"command": "make_world"}}', '' FROM {table} ORDER BY id
"""
# As migration ``the_change_feed`` begins: what is known already is where the feed begins.
_FEED = """
INSERT INTO talent_factevent (sequence, at, type, noun, subject, successor, before, after)
SELECT row_number() OVER (ORDER BY first_seen, noun, id), %s, 'created', noun, public_id, '', NULL,
    talent_fact_state(noun, public_id)
FROM (
    SELECT 'move' AS noun, public_id, first_seen, id FROM talent_move
    UNION ALL SELECT 'compensation', public_id, first_seen, id FROM talent_compensationreport
    UNION ALL SELECT 'signal', public_id, first_seen, id FROM talent_signal
) AS facts
"""
_COUNTER = """
INSERT INTO talent_eventcounter (id, last) SELECT 1, coalesce(max(sequence), 0) FROM talent_factevent
ON CONFLICT (id) DO UPDATE SET last = excluded.last
"""
_REFERENCES = """
SELECT conrelid::regclass::text, a.attname, confrelid::regclass::text FROM pg_constraint
JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
WHERE contype = 'f' AND array_length(conkey, 1) = 1 AND conrelid::regclass::text = ANY(%s) ORDER BY 1, 2
"""


class Broken(Exception):
    """A row points at one that is not there."""


def make_right(now: datetime, progress: Callable[[str], None]) -> None:
    """History, change feed, tallies, statistics; and a look whether every reference leads somewhere."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, noun in _NOTED.items():
            cursor.execute(_HISTORY.format(table=table), [now, noun])
        progress("history")
        cursor.execute(_FEED, [now])
        cursor.execute(_COUNTER)
        progress("change feed")
        cursor.execute("SET LOCAL session_replication_role = origin")
    tallies.repair()
    progress("tallies")
    check_references()
    progress("references checked")
    with connection.cursor() as cursor:
        # Which pages hold only rows that everybody sees is known from vacuuming alone; that no transaction may do.
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")
    progress("statistics")


def check_references() -> None:
    """Raises Broken for a foreign key that leads nowhere: COPY was not asked to look."""
    with connection.cursor() as cursor:
        cursor.execute(_REFERENCES, [[*_NOTED, "talent_alias", "articles_article"]])
        for table, column, target in cursor.fetchall():
            cursor.execute(
                f'SELECT 1 FROM {table} t WHERE "{column}" IS NOT NULL '  # noqa: S608  # names from the catalogue
                f'AND NOT EXISTS (SELECT FROM {target} o WHERE o.id = t."{column}") LIMIT 1'
            )
            if cursor.fetchone():
                raise Broken(f"{table}.{column} leads to no row of {target}.")


def move_sequences(models: Iterable[type[Any]]) -> None:
    """The next row of each table gets a key behind those that were written."""
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608  # a model's own table
            )

"""Writes the whole knowledge base as files, for people to download."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone
from tqdm import tqdm

from talent import dumps


class Command(BaseCommand):
    help = (
        "Writes every table as JSON Lines, CSV and Parquet, one SQLite database, entities of FollowTheMoney and RDF, "
        "from one moment of the database, into a new folder of DUMPS_DIR, which appears when all of it is written. "
        "The newest DUMPS_KEPT dumps stay."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with tqdm(unit=" rows", disable=options["verbosity"] == 0) as bar:
                manifest = dumps.build(now=timezone.now(), progress=lambda table, rows: _advance(bar, table, rows))
        except dumps.DumpRunning as error:
            raise CommandError(str(error)) from error
        except (OSError, sqlite3.Error, Error) as error:
            raise CommandError(f"The dump could not be written ({error}); nothing was published.") from error
        size = sum(file.bytes for file in manifest.files)
        self.stdout.write(f"{dumps.folder_of(manifest.name)}: {sum(manifest.rows.values()):,} rows, {size:,} bytes.")


def _advance(bar: Any, table: str, rows: int) -> None:
    bar.set_description(table, refresh=False)
    bar.update(rows)

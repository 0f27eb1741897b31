"""Writes a backup set, once or every day."""

from __future__ import annotations

import time
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from tqdm import tqdm

from config.backup.make import make
from config.backup.sets import BackupError

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = (
        "Writes the database of one moment and every byte of the archive that it names into a folder, as a set that "
        "`manage.py restore` puts back. Bytes are kept once for all sets. Secrets of .env are not in it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=None, help="by default BACKUP_DIR")
        parser.add_argument(
            "--keep", type=_number, default=None, metavar="N", help="sets that stay; by default BACKUPS_KEPT"
        )
        parser.add_argument("--daily", action="store_true", help="stay, and write one each day at BACKUP_AT (UTC)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = (options["folder"] or settings.BACKUP_DIR).absolute()
        kept: int = options["keep"] or settings.BACKUPS_KEPT
        if not options["daily"]:
            self._once(folder, kept, quiet=options["verbosity"] == 0)
            return
        hour = _hour(settings.BACKUP_AT)
        while True:
            now = timezone.now()
            time.sleep((_next(hour, now) - now).total_seconds())
            _by_night(folder, kept)

    def _once(self, folder: Path, kept: int, *, quiet: bool) -> None:
        try:
            with tqdm(unit=" rows or files", disable=quiet or None, leave=False) as bar:
                manifest = make(
                    folder, now=timezone.now(), kept=kept, progress=lambda what, done: _advance(bar, what, done)
                )
        except BackupError as error:
            raise CommandError(str(error)) from error
        size, _ = manifest.files["database.dump"]
        self.stdout.write(
            f"{folder / manifest.name}: {manifest.rows:,} rows in {len(manifest.tables)} tables, {size:,} bytes; "
            f"{manifest.objects:,} files of the archive."
        )
        if manifest.damaged:
            raise CommandError(
                f"The set is whole but for {len(manifest.damaged)} files that the archive itself has lost (its "
                "manifest names them): ingest those documents again."
            )


def _by_night(folder: Path, kept: int) -> None:
    """One set, and a line in the log whatever came of it; the next night tries again."""
    close_old_connections()
    try:
        manifest = make(folder, now=timezone.now(), kept=kept)
    except (BackupError, DatabaseError) as error:
        log.error("no backup was made", reason=str(error))
    else:
        log.info("backup made", set=manifest.name, rows=manifest.rows, damaged=len(manifest.damaged))


def _next(hour: tuple[int, int], now: datetime) -> datetime:
    """The next time that the clock shows this hour."""
    today = now.astimezone(UTC).replace(hour=hour[0], minute=hour[1], second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def _advance(bar: Any, what: str, done: int) -> None:
    bar.set_description(what, refresh=False)
    bar.update(done)


def _hour(text: str) -> tuple[int, int]:
    try:
        when = datetime.strptime(text, "%H:%M")
    except ValueError as error:
        raise CommandError(f"BACKUP_AT is {text!r}: it must be a time of the day such as 01:40.") from error
    return when.hour, when.minute


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("at least one set stays")
    return int(text)

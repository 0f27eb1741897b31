"""Puts a backup set back, and looks whether all of it is there."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from config.backup.restore import Restored, check, restore
from config.backup.sets import BackupError, Manifest, newest
from talent import verification


class Command(BaseCommand):
    help = (
        "Puts a set of `manage.py backup` back onto an empty database and into the archive: every hash is checked "
        "before anything is written, every table compared and every quote found again afterwards."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("set", type=Path, help="the folder of a set, or one of sets: then the newest")
        parser.add_argument("--check", action="store_true", help="only check every hash of the set; change nothing")
        parser.add_argument("--force", action="store_true", help="throw away what the database holds")
        parser.add_argument("--skip-quotes", action="store_true", help="leave the quotes to the nightly check")

    def handle(self, *args: Any, **options: Any) -> None:
        path = (newest(options["set"]) or options["set"]).absolute()
        try:
            with tqdm(unit=" rows or files", disable=options["verbosity"] == 0 or None, leave=False) as bar:
                if options["check"]:
                    self._say(path, check(path, progress=lambda what, done: _advance(bar, what, done)))
                    return
                restored = restore(path, force=options["force"], progress=lambda what, done: _advance(bar, what, done))
        except BackupError as error:
            raise CommandError(str(error)) from error
        self._report(path, restored)
        if not options["skip_quotes"]:
            self._verify()

    def _say(self, path: Path, manifest: Manifest) -> None:
        self.stdout.write(
            f"{path}: whole; {manifest.rows:,} rows in {len(manifest.tables)} tables, "
            f"{manifest.objects:,} files of the archive, made {manifest.made_at} by version {manifest.version}."
        )

    def _report(self, path: Path, restored: Restored) -> None:
        self._say(path, restored.manifest)
        self.stdout.write(f"The archive was given {restored.bytes_written:,} files that it lacked.")
        if restored.unlike:
            raise CommandError(f"What was put back differs from the set: {', '.join(restored.unlike)}.")
        self.stdout.write("Every table is what the set says, row by row.")
        if restored.to_migrate:
            self.stdout.write(f"{restored.to_migrate} newer migrations wait: run manage.py migrate.")

    def _verify(self) -> None:
        found = verification.verify(now=timezone.now())
        if not found.sound:
            wrong = found.states.total() - found.states["verified"]
            raise CommandError(
                f"{wrong} of {found.states.total()} quotes are not in their place: see manage.py verify."
            )
        self.stdout.write(f"{found.states.total():,} quotes are in their place.")


def _advance(bar: Any, what: str, done: int) -> None:
    bar.set_description(what, refresh=False)
    bar.update(done)

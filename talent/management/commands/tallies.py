"""Compares what the database has counted of moves with a full recount, or writes the recount."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from talent import tallies


class Command(BaseCommand):
    help = (
        "Counts all moves anew, and compares with what triggers have counted as they came and went. Leaves with 1 "
        "where they differ. With --rebuild it writes the difference, as after PUBLISH has changed; settling waits "
        "meanwhile, readers do not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--check", action="store_true", help="compare and write nothing; so without any option, too")
        ways.add_argument("--rebuild", action="store_true", help="write what a recount gives")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(f"{tallies.repair()} rows of the tallies written or swept away.")
            return
        if not tallies.fits_setting():
            self.stderr.write("The tallies were counted under another PUBLISH: --rebuild counts by this one.")
        found = tallies.drift()
        self.stdout.write(f"{found} rows of the tallies differ from a recount.")
        if found or not tallies.fits_setting():
            sys.exit(1)

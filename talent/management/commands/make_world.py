"""``manage.py make_world``: an invented knowledge base of any size, to measure in."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from talent.world import NotEmpty, World, make_world, processors

# More than that the words have no names for.
MOST = 1_000_000


class Command(BaseCommand):
    help = "Fill an empty database with an invented world: people, companies, articles, claims and facts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--moves", type=int, default=10_000, help=f"how many, up to {MOST:,} (10,000 by default)")
        parser.add_argument("--seed", type=int, default=1, help="another number, another world")
        parser.add_argument("--workers", type=int, default=processors(), help="processes that write at once")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["moves"] <= MOST or options["workers"] < 1:
            raise CommandError(f"Give a number of moves from 1 to {MOST:,}, and at least one worker.")
        world, start = World(options["moves"], options["seed"]), time.monotonic()

        def tell(said: str) -> None:
            if options["verbosity"]:
                self.stdout.write(f"{time.monotonic() - start:7.1f} s  {said}")

        try:
            make_world(world, now=timezone.now(), workers=options["workers"], progress=tell)
        except NotEmpty as error:
            raise CommandError(str(error)) from error

"""Cuts quotes into the words by which full text search finds them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from talent.quotes import index_missing


class Command(BaseCommand):
    help = (
        "Indexes the quotes of claims that were not written by the program itself, such as those loaded by COPY. "
        "It can be stopped and started over at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="all quotes, where words are cut otherwise by now")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" quotes", disable=options["verbosity"] == 0) as bar:
            done = index_missing(again=options["again"], progress=bar.update)
        self.stdout.write(f"{done} quotes indexed.")

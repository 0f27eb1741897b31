"""Finds every quote again in its stored text; leaves with 1 where one is not in its place."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from talent.models import EvidenceState
from talent.verification import Verified, size, verify

# More altered articles than these are counted, not named.
NAMED = 20


class Command(BaseCommand):
    help = (
        "Finds the quote of every claim again in its article's stored text, by hash and place, and marks each claim "
        "verified, drifted or orphaned. Leaves with 1 where anything is not verified. Changes no quote and no text."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--article", default="", metavar="ID", help="only the article with this identifier")

    def handle(self, *args: Any, **options: Any) -> None:
        total = size(options["article"])
        if options["article"] and not total:
            raise CommandError(f"There is no article {options['article']}.")
        with tqdm(total=total, unit=" articles", disable=options["verbosity"] == 0) as bar:
            found = verify(now=timezone.now(), article=options["article"], progress=bar.update)
        self._report(found)
        if not found.sound:
            sys.exit(1)

    def _report(self, found: Verified) -> None:
        states = (EvidenceState.VERIFIED, EvidenceState.DRIFTED, EvidenceState.ORPHANED)
        counts = ", ".join(f"{found.states[state]} {state}" for state in states)
        self.stdout.write(f"{found.states.total()} claims in {found.articles} articles: {counts}.")
        if found.altered:
            named = ", ".join(found.altered[:NAMED])
            more = len(found.altered) - NAMED
            self.stdout.write(f"Altered texts: {named}{f' and {more} more' if more > 0 else ''}.")

"""Computes every fact again from claims and judgements."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from talent.rebuild import rebuild, size


class Command(BaseCommand):
    help = (
        "Computes every person, move, compensation report and signal again from claims and judgements. "
        "Public identifiers stay the same; it can be stopped and started over at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(total=size(), unit=" claims", disable=options["verbosity"] == 0) as bar:
            result = rebuild(bar.update)
        self.stdout.write(
            f"{result.facts} facts about {result.people} people; {result.removed} without a claim removed."
        )

"""Measures the extraction engine against hand-made gold."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.evaluation import SAMPLES, BadCase, as_table, evaluate, read_cases, read_samples
from articles.extraction import extract


class Command(BaseCommand):
    help = (
        "Prints precision, recall and F1 for each kind of claim and language with 95 % bootstrap intervals, "
        "reliability of the confidence, the ten worst errors, and the speed. "
        "Without arguments it runs on the project's own samples."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("articles", nargs="?", type=Path, help="JSON Lines of articles")
        parser.add_argument("gold", nargs="?", type=Path, help="JSON Lines of gold with the same ids")
        parser.add_argument("--seed", type=int, default=1, help="of the bootstrap")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--save", action="store_true", help="keep the report for the page on accuracy")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["articles"] and not options["gold"]:
                raise CommandError("Give the gold file too, or neither file for the project's own samples.")
            own = not options["articles"]
            cases = read_samples(SAMPLES) if own else read_cases(options["articles"], options["gold"])
        except (OSError, BadCase) as error:
            raise CommandError(str(error)) from error
        if not cases:
            raise CommandError("There is no article to measure on.")
        report = evaluate(cases, extract, clock=time.process_time, random=Random(options["seed"]))  # noqa: S311 # a bootstrap is no secret
        if options["save"]:
            self._save(report.as_json(), "samples" if own else options["articles"].name)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
            return
        for line in as_table(report) if options["verbosity"] else ():
            self.stdout.write(line)

    def _save(self, report: dict[str, Any], name: str) -> None:
        from articles.models import Evaluation  # only this option needs a database

        Evaluation.objects.create(
            engine_version=report["engine"],
            gold=name,
            articles=report["articles"],
            report=report,
            run_at=timezone.now(),
        )

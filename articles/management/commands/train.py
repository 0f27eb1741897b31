"""Learns the models of names anew from the marked passages."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.extraction import linear
from articles.extraction.en import kinds
from articles.extraction.zh import tagger
from articles.marked import PASSAGES, BadPassage, read_passages
from articles.training import train_chinese, train_english

MODELS = {"en": (kinds.MODEL, train_english), "zh": (tagger.MODEL, train_chinese)}


class Command(BaseCommand):
    help = "Learns which words name people and organisations from articles/passages, the same each time."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("languages", nargs="*", choices=[*MODELS, []], help="all without one")

    def handle(self, *args: Any, **options: Any) -> None:
        for language in options["languages"] or MODELS:
            name, train = MODELS[language]
            try:
                passages = list(read_passages(PASSAGES / language))
            except BadPassage as error:
                raise CommandError(str(error)) from error
            if not passages:
                raise CommandError(f"There is no passage in {PASSAGES / language}.")
            rows = linear.write(train(passages), linear.path_of(name))
            self.stdout.write(f"{name}: {rows} rows learned from {len(passages)} passages")

"""Learns anew how far to trust each kind of claim, from articles with hand-made gold."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.evaluation import BadCase, Case, read_cases, read_samples
from articles.extraction.claims import AS_JSON, Claim
from articles.extraction.confidence import chance, features
from articles.extraction.extract import found_by_rules
from articles.extraction.scoring import KINDS, match

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
WEIGHTS = Path(__file__).resolve().parents[2] / "extraction" / "lexicon" / "confidence.toml"

_FOLDS = 5
_ROUNDS = 1500
_RATE = 0.5
# Pulls every weight towards 0, so that a rule seen once says little; the constant is left free.
_PULL = 5.0
_BINS = tuple(i / 10 for i in range(11))
_KIND_OF = {"moves": "move", "compensation": "compensation", "signals": "signal"}
_HEAD = """\
# How far each thing seen of a claim speaks for or against it: weights of a logistic model.
# Made by `manage.py calibrate`; do not edit by hand.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A claim that the rules made of an article, and whether its gold agrees."""

    article: int
    features: dict[str, float]
    right: bool


class Command(BaseCommand):
    help = (
        "Fits the confidence of claims on articles with gold, prints how reliable it is on articles it was not fitted "
        "on, and writes the weights. Without --gold it uses the project's own samples alone."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--gold", nargs=2, action="append", type=Path, default=[], metavar=("ARTICLES", "GOLD"),
            help="JSON Lines of articles and of their gold; may be given several times",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="print only, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cases = [*read_samples(SAMPLES), *(c for pair in options["gold"] for c in read_cases(*pair))]
        except (OSError, BadCase) as error:
            raise CommandError(str(error)) from error
        examples = [e for number, case in enumerate(cases) for e in _examples(number, case)]
        if not examples:
            raise CommandError("The rules find nothing in these articles.")
        for line in _reliability(_held_out(examples)):
            self.stdout.write(line)
        if not options["dry_run"]:
            weights = fit(examples)
            WEIGHTS.write_text(_HEAD + "".join(_lines(weights)), encoding="utf-8")
            self.stdout.write(f"{WEIGHTS.name}: {len(weights)} weights from {len(examples)} claims")


def _examples(number: int, case: Case) -> Iterable[Example]:
    found = found_by_rules(case.document)
    for kind in KINDS:
        claims: Sequence[Claim] = getattr(found, kind)
        records = [AS_JSON[_KIND_OF[kind]](claim, case.document.text) for claim in claims]
        _, _, wrong = match(kind, case.gold.get(kind, []), records)
        bad = {id(item.get("record", item)) for item in wrong}
        for claim, record in zip(claims, records, strict=True):
            yield Example(number, features(claim, case.document), id(record) not in bad)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Weights of a logistic model by gradient descent, pulled towards 0; the same each time."""
    weights = dict.fromkeys(sorted({name for e in examples for name in e.features}), 0.0)
    for _ in range(_ROUNDS):
        slope = {name: _PULL * value * (name != "constant") for name, value in weights.items()}
        for example in examples:
            error = _guess(example.features, weights) - example.right
            for name, value in example.features.items():
                slope[name] += error * value
        for name in weights:
            weights[name] -= _RATE * slope[name] / len(examples)
    return {name: round(value, 3) for name, value in weights.items() if abs(value) >= 0.01}


def _guess(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    score = sum(value * weights[name] for name, value in found.items())
    return 1 / (1 + exp(-min(max(score, -30.0), 30.0)))


def _held_out(examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """Each claim's confidence by a model that has not seen its article, with whether the claim is right."""
    judged = []
    for fold in range(_FOLDS):
        weights = fit([e for e in examples if e.article % _FOLDS != fold])
        judged += [(chance(e.features, weights), e.right) for e in examples if e.article % _FOLDS == fold]
    return judged


def _reliability(judged: Sequence[tuple[float, bool]]) -> Iterable[str]:
    """Ten bins of confidence with the share that is right, and the expected calibration error."""
    share = sum(right for _, right in judged) / len(judged)
    yield f"on articles not fitted on: {len(judged)} claims, {share:.3f} right"
    yield "confidence   claims   mean  right"
    gap = 0.0
    for low, high in pairwise(_BINS):
        inside = [(c, right) for c, right in judged if low <= c < high]
        if not inside:
            continue
        mean, right = (sum(column) / len(inside) for column in zip(*inside, strict=True))
        gap += abs(mean - right) * len(inside) / len(judged)
        yield f"{low:.1f} to {high:.1f}   {len(inside):6}  {mean:.3f}  {right:.3f}"
    brier = sum((c - right) ** 2 for c, right in judged) / len(judged)
    yield f"expected calibration error {gap:.3f}, Brier score {brier:.3f}"


def _lines(weights: Mapping[str, float]) -> Iterable[str]:
    yield "\n[weights]\n"
    yield from (f'"{name}" = {value}\n' for name, value in sorted(weights.items()))

"""How far to trust a claim: the chance that a careful reader agrees, from what is seen of the claim itself.

A logistic model over few features; its weights are data (``lexicon/confidence.toml``), made by ``manage.py calibrate``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import exp, log
from typing import Any, TypeVar

from articles.extraction.claims import Claim, CompensationClaim, Extraction, MoveClaim, SignalClaim
from articles.extraction.document import Document
from articles.extraction.lexicon import table
from articles.extraction.names import is_full_name
from articles.extraction.organisations import lookup

T = TypeVar("T", bound=Claim)

_LOWEST, _HIGHEST = 0.02, 0.98
_LONG_QUOTE = 160


def calibrated(extraction: Extraction, document: Document) -> Extraction:
    """The same claims, each with its calibrated confidence."""
    weights = table("confidence")["weights"]
    return replace(
        extraction,
        moves=tuple(_with_confidence(c, document, weights) for c in extraction.moves),
        compensation=tuple(_with_confidence(c, document, weights) for c in extraction.compensation),
        signals=tuple(_with_confidence(c, document, weights) for c in extraction.signals),
    )


def _with_confidence(claim: T, document: Document, weights: Mapping[str, float]) -> T:
    return replace(claim, confidence=chance(features(claim, document), weights))


def chance(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The model's answer for these features, kept off 0 and 1; a feature without a weight says nothing."""
    score = sum(value * weights.get(name, 0.0) for name, value in found.items())
    return round(min(max(1 / (1 + exp(-score)), _LOWEST), _HIGHEST), 3)


def features(claim: Claim, document: Document) -> dict[str, float]:
    """What is seen of a claim: its rule and the rule's own prior, how well its names are known, its wording."""
    prior = min(max(claim.confidence, 0.05), 0.95)
    kind = type(claim).__name__
    language = claim.rule.split(".")[0] or document.lang
    names = _organisations(claim)
    quote = document.quote(claim.span)
    found = {
        "constant": 1.0,
        "prior": log(prior / (1 - prior)),
        kind: 1.0,
        f"{kind} {language}": 1.0,
        f"rule {claim.rule}": 1.0,
        "no organisation": float(not names),
        "unknown organisation": float(any(lookup(name) is None for name in names)),
        "organisation in the quote": float(any(_written(name, quote) for name in names)),
        "organisation in the title": float(any(_written(name, document.title) for name in names)),
        "attributed": float(claim.attribution is not None),
        "uncertain status": float(claim.status in {"rumoured", "denied", "declined"}),
        "long quote": float(len(quote) > _LONG_QUOTE),
        "dated": float(claim.date is not None),
    }
    unsaid = sum(not _written(name, quote) for name in names)
    rare = sum(document.text.count(name) < 2 for name in names if lookup(name) is None)
    found |= {f"{language} unsaid": float(unsaid), f"{language} rare organisation": float(rare)}
    if unsaid:
        found[f"unsaid {claim.rule}"] = 1.0
    return {name: value for name, value in (found | _of_kind(claim, quote, language)).items() if value}


def _of_kind(claim: Claim, quote: str, language: str) -> dict[str, float]:
    if isinstance(claim, MoveClaim):
        forms = (claim.person.name, *claim.person.aliases) if claim.person is not None else ()
        vague = claim.cohort is not None and claim.cohort.min is None and claim.cohort.max is None
        unnamed = claim.person is not None and not any(form in quote for form in forms)
        full = claim.person is not None and is_full_name(claim.person.name)
        ends = (claim.origin is not None) + (claim.destination is not None)
        return {
            "full name": float(full),
            "cohort": float(claim.person is None),
            "both ends": float(ends == 2),
            f"{language} vague group": float(vague),
            f"{language} person by a pronoun": float(unnamed),
        }
    if isinstance(claim, CompensationClaim):
        open_ended = (claim.min is None) != (claim.max is None)
        return {"open amount": float(open_ended), "usual pay": float(claim.kind == "typical")}
    if isinstance(claim, SignalClaim):
        return {"no count": float(claim.min is None and claim.max is None), f"signal {claim.metric}": 1.0}
    return {}


def _organisations(claim: Claim) -> list[str]:
    if isinstance(claim, MoveClaim):
        return [end.org for end in (claim.origin, claim.destination) if end is not None and end.org]
    org: Any = getattr(claim, "org", None)
    return [org] if org else []


def _written(name: str, text: str) -> bool:
    """Whether the text holds the name, or its first word where that is long enough to tell."""
    first = name.split()[0]
    return name in text or (len(first) > 3 and first in text)

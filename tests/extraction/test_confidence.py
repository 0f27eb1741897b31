"""How far a claim is trusted, and how that is learned."""

from datetime import date

import pytest

from articles.extraction.claims import Attribution, CompensationClaim, Extraction, SignalClaim
from articles.extraction.confidence import calibrated, chance, features
from articles.extraction.document import Document, Span
from articles.management.commands.calibrate import Example, fit

DOCUMENT = Document("d", "OpenAI offered engineers $2 million.", "en", title="Pay", published=date(2024, 3, 27))


def pay(**changes):
    fields = {
        "org": "OpenAI",
        "min": 2e6,
        "max": 2e6,
        "currency": "USD",
        "period": "total",
        "component": "total",
        "kind": "offered",
        "status": "reported",
        "span": Span(0, 36),
        "rule": "en.pay.verb",
        "confidence": 0.7,
    }
    return CompensationClaim(**{**fields, **changes})


def test_it_sees_what_a_claim_rests_on():
    seen = features(pay(attribution=Attribution("Reuters", "outlet"), max=None), DOCUMENT)
    assert {"attributed", "open amount", "organisation in the quote", "rule en.pay.verb"} <= seen.keys()
    assert "unknown organisation" not in seen


def test_it_sees_that_nobody_knows_an_employer():
    assert "unknown organisation" in features(pay(org="Foobar Systems"), DOCUMENT)
    assert "no organisation" in features(pay(org=None), DOCUMENT)


@pytest.mark.parametrize("weight", [-50.0, 0.0, 50.0])
def test_it_is_never_certain(weight):
    assert 0.0 < chance({"constant": 1.0}, {"constant": weight}) < 1.0


def test_it_changes_nothing_but_the_confidence():
    signal = SignalClaim(org="OpenAI", metric="practice", status="reported", span=Span(0, 6), rule="en.practice.x")
    before = Extraction("d", compensation=(pay(),), signals=(signal,))
    after = calibrated(before, DOCUMENT)
    assert after == before
    assert 0.0 < after.compensation[0].confidence < 1.0


def test_it_starts_from_what_the_rule_deserves():
    firm, loose = (chance(features(pay(confidence=c), DOCUMENT), {"prior": 1.0}) for c in (0.9, 0.5))
    assert (firm, loose) == (0.9, 0.5)


def test_it_trusts_a_claim_less_whose_employer_nobody_knows():
    known = calibrated(Extraction("d", compensation=(pay(),)), DOCUMENT).compensation[0]
    unknown = calibrated(Extraction("d", compensation=(pay(org="Foobar Systems"),)), DOCUMENT).compensation[0]
    assert known.confidence > unknown.confidence


def test_it_learns_which_rule_is_right_more_often():
    examples = [Example(i, {"constant": 1.0, "rule a": 1.0}, right=i % 5 != 0) for i in range(50)]
    examples += [Example(i, {"constant": 1.0, "rule b": 1.0}, right=i % 5 == 0) for i in range(50)]
    weights = fit(examples)
    sure, unsure = (chance({"constant": 1.0, name: 1.0}, weights) for name in ("rule a", "rule b"))
    assert 0.7 < sure < 0.85
    assert 0.15 < unsure < 0.3

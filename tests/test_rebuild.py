"""What the ledger believes is a function of claims and judgements: the same in any order, and rebuilt byte for byte."""

from __future__ import annotations

from random import Random

import pytest

from talent.models import Claim, CompensationReport, Move, Person, Signal
from talent.rebuild import rebuild
from tests.knowledge import beliefs, forget, ingest, sample_names

pytestmark = pytest.mark.django_db


def test_it_believes_the_same_of_the_samples_in_any_order() -> None:
    names = sample_names()
    outcomes = set()
    for seed in range(4):
        Random(seed).shuffle(names)
        for name in names:
            ingest(name)
        outcomes.add(beliefs())
        forget()
    assert len(outcomes) == 1


def test_it_rebuilds_byte_for_byte_what_it_believed() -> None:
    for name in sample_names():
        ingest(name)
    before = beliefs()
    rebuild()
    assert beliefs() == before
    Claim.objects.update(person=None, move=None, report=None, signal=None)
    for model in (Move, CompensationReport, Signal, Person):
        model.objects.all().delete()
    rebuild()
    assert beliefs() == before

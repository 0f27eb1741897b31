"""What became of a submission is told from its rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from articles import outcomes
from articles.models import Article, Snapshot
from articles.outcomes import Verdict
from tests.articles.test_press_models import make_snapshot
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def verdict(row: Snapshot) -> tuple[str, str] | None:
    found = list(outcomes.finished({row.pk: row.address}))
    return (found[0].verdict, found[0].reason) if found else None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"state": "awaiting_parse"}, None),
        ({"state": "failed", "error": "No words."}, (Verdict.FAILED, "No words.")),
        ({"state": "awaiting_parse", "error": "Busy."}, (Verdict.FAILED, "Busy. It will be tried again.")),
        ({"state": "awaiting_parse", "error": "Busy"}, (Verdict.FAILED, "Busy. It will be tried again.")),
    ],
)
def test_it_tells_what_became_of_a_snapshot(fields: dict[str, Any], told: object) -> None:
    assert verdict(make_snapshot(**fields)) == told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"state": "awaiting_extraction"}, None),
        ({"state": "recorded"}, (Verdict.STORED, "")),
        ({"state": "failed", "error": "Broken."}, (Verdict.FAILED, "Broken.")),
        ({"state": "awaiting_extraction", "error": "Busy."}, (Verdict.FAILED, "Busy. It will be tried again.")),
    ],
)
def test_it_tells_what_became_of_its_article(fields: dict[str, Any], told: object) -> None:
    row = make_snapshot(state="stored")
    Snapshot.objects.filter(pk=row.pk).update(article=make_article(**fields))
    assert verdict(row) == told


def test_it_tells_a_text_that_was_known_before() -> None:
    article = make_article()
    row = make_snapshot(state="stored", article=article)
    Article.objects.update(created_at=row.created_at - timedelta(seconds=1))
    assert verdict(row) == (Verdict.UNCHANGED, "")


def test_it_follows_a_fetch_that_brought_nothing_new() -> None:
    earlier = make_snapshot(state="stored", article=make_article())
    gone = Snapshot(pk=earlier.pk + 1000, address=earlier.address)
    assert verdict(gone) == (Verdict.UNCHANGED, "")
    Snapshot.objects.update(state="failed", error="No words.")
    assert verdict(gone) == (Verdict.FAILED, "No words.")


def test_it_tells_when_somebody_removed_the_row() -> None:
    assert verdict(Snapshot(pk=1000, address="https://gone.example/")) == (
        Verdict.FAILED,
        "Somebody removed it while it waited.",
    )


@pytest.mark.parametrize(
    ("fields", "seen"),
    [({}, False), ({"attempts": 1}, True), ({"state": "stored"}, True), ({"state": "failed", "error": "x"}, True)],
)
def test_it_sees_signs_of_a_worker(fields: dict[str, Any], seen: bool) -> None:
    assert outcomes.touched([make_snapshot(**fields).pk]) is seen


def test_it_sees_a_worker_in_a_row_that_is_gone() -> None:
    assert outcomes.touched([make_snapshot().pk, 999_999])

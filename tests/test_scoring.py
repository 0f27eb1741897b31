"""Counting what the engine found against what a careful reader found."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.evaluation import Case, evaluate
from articles.extraction import Document, Extraction, MoveClaim, MoveEnd, PersonName, Span
from articles.extraction.scoring import dates_overlap, score_article

TEXT = "Ada Stone left OpenAI for Meta."
GOLD = {
    "person": ["Ada Stone", "Stone"], "cohort": None, "from": {"org": ["OpenAI"]}, "to": {"org": ["Meta", "Facebook"]},
    "kind": "hire", "status": "reported", "date": None, "quote": TEXT, "start": 0, "end": len(TEXT),
}  # fmt: skip


def found(**changes: Any) -> dict[str, Any]:
    base = {**GOLD, "person": {"name": "Stone", "aliases": []}, "from": {"org": "OpenAI"}, "to": {"org": "facebook"}}
    return {**base, **changes}


@pytest.mark.parametrize(
    ("records", "counts"),
    [
        ([found()], (2, 0, 0)),
        ([], (0, 0, 2)),
        ([found(to=None)], (1, 0, 1)),
        ([found(to={"org": "Google"})], (1, 1, 1)),
        ([found(person={"name": "Bob Reed", "aliases": []})], (0, 2, 2)),
        ([found(status="denied")], (0, 2, 2)),
        ([found(quote="Ada Stone left OpenAI for Mars.")], (0, 1, 2)),
        ([found(), found()], (2, 2, 0)),
    ],
)
def test_it_counts_ends_right_wrong_and_missed(records: list[Any], counts: tuple[int, int, int]) -> None:
    tally = score_article("a", "en", {"moves": [GOLD]}, {"moves": records}, TEXT).tallies["moves"]
    assert (tally.right, tally.wrong, tally.missed) == counts


def test_it_neither_misses_nor_credits_optional_records() -> None:
    gold = {"moves": [{**GOLD, "optional": True}]}
    for records in ([], [found()]):
        tally = score_article("a", "en", gold, {"moves": records}, TEXT).tallies["moves"]
        assert (tally.right, tally.wrong, tally.missed) == (0, 0, 0)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("2024-03", "2024-03-18", True),
        ("2024-03-18/2024-03-24", "2024-03-24", True),
        ("2024", "2025-01", False),
        (None, None, True),
        ("2024", None, False),
        ("2024/..", "2030-05", True),
    ],
)
def test_it_compares_partial_dates(left: str | None, right: str | None, same: bool) -> None:
    assert dates_overlap(left, right) is same


def test_it_reports_figures_reliability_and_the_worst_errors() -> None:
    claim = MoveClaim(
        person=PersonName("Ada Stone"), origin=MoveEnd("OpenAI"), destination=MoveEnd("Google"), kind="hire",
        status="reported", span=Span(0, len(TEXT)), confidence=0.9,
    )  # fmt: skip
    case = Case(Document(id="a", text=TEXT, lang="en"), {"moves": [GOLD]})
    report = evaluate([case], lambda d: Extraction(d.id, (claim,)), clock=iter([0.0, 2.0]).__next__, random=Random(1))
    figure = report.figures[0]
    assert (figure.kind, figure.precision, figure.recall, report.seconds) == ("moves", 0.5, 0.5, 2.0)
    assert [(r.count, r.confidence, r.right) for r in report.reliability] == [(1, 0.9, 0.0)]
    assert [e["what"] for e in report.errors] == ["wrong", "missed"]


def test_it_prints_a_table_for_two_files(tmp_path: Path) -> None:
    articles, gold = tmp_path / "a.jsonl", tmp_path / "g.jsonl"
    articles.write_text(json.dumps({"id": "a", "lang": "en", "text": "Nothing happened.", "published": "2025-01-01"}))
    gold.write_text(json.dumps({"id": "a", "moves": [], "compensation": [], "signals": []}))
    out = StringIO()
    call_command("evaluate", str(articles), str(gold), stdout=out)
    assert "1 articles, 17 characters" in out.getvalue()


@pytest.mark.parametrize(
    ("line", "reason"), [("{", "line 1: not a JSON object"), ("[]", "line 1"), ('{"id": "b"}', "no gold for a")]
)
def test_it_names_the_bad_line_of_a_gold_file(tmp_path: Path, line: str, reason: str) -> None:
    articles, gold = tmp_path / "a.jsonl", tmp_path / "g.jsonl"
    articles.write_text(json.dumps({"id": "a", "lang": "en", "text": "x"}))
    gold.write_text(line)
    with pytest.raises(CommandError, match=reason):
        call_command("evaluate", str(articles), str(gold))

"""Articles that are recorded together leave what they leave one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from articles import engines
from articles.clock import database_now
from articles.models import Article
from talent import pipeline
from talent.models import Change, Claim, CompensationReport, Move, Person, Signal
from tests.factories import make_article

pytestmark = pytest.mark.django_db

TEXTS = (
    "Ada Quill has left Anthropic and joined OpenAI as a research scientist, two people said.",
    "Ada Quill joined OpenAI from Anthropic in May 2025, OpenAI confirmed on Monday.",
    "Google hired Tom Birch from Microsoft as vice president of research, Google said.",
    "Meta laid off 300 employees in its AI division on Tuesday, the company said.",
    "OpenAI offered researchers signing bonuses of $2 million, according to Reuters.",
    "The weather was fine.",
)


def waiting(*texts: str) -> list[int]:
    """Articles that nobody has tried."""
    return [make_article(text, state="awaiting_extraction").pk for text in texts or TEXTS]


def one_by_one(pks: list[int]) -> None:
    for pk in pks:
        pipeline.process(pk, now=database_now())


def together(pks: list[int]) -> None:
    assert pipeline.process_many(pks, now=database_now()) == []


def facts() -> set[tuple[Any, ...]]:
    moves = Move.objects.values_list(
        "public_id", "person__name", "origin__name", "destination__name", "status", "reporters"
    )
    claims = Claim.objects.values_list("key", "move__public_id", "person__public_id", "usefulness", "review")
    return {*moves, *claims, *Person.objects.values_list("public_id", "name")}


def test_together_leaves_the_facts_of_one_by_one() -> None:
    one_by_one(pks := waiting())
    expected = facts()
    assert expected
    for model in (Move, CompensationReport, Signal, Claim, Person):
        model.objects.all().delete()
    Article.objects.filter(pk__in=pks).update(state="awaiting_extraction", attempts=0)
    together(pks)
    assert facts() == expected
    assert set(Article.objects.values_list("state", flat=True)) == {"recorded"}


def test_together_takes_few_statements_an_article(django_assert_max_num_queries: Any) -> None:
    pks = waiting(*(TEXTS[0].replace("Quill", f"Quill{chr(97 + n)}") for n in range(20)))
    with django_assert_max_num_queries(20 * 8):
        together(pks)


def test_one_that_cannot_be_recorded_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    pks = waiting()
    real = pipeline.engines.read

    def read(article: Article) -> Any:
        extraction, version = real(article)
        if article.pk == pks[1]:
            article.text = " " * len(article.text)
        return extraction, version

    monkeypatch.setattr(engines, "read", read)
    together(pks)
    states = dict(Article.objects.values_list("pk", "state"))
    assert [states[pk] for pk in pks] == ["recorded", "failed", *["recorded"] * 4]
    assert "UngroundedQuote" in Article.objects.get(pk=pks[1]).error


def test_one_that_cannot_be_read_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    pks = waiting()
    real = pipeline.engines.read
    monkeypatch.setattr(engines, "read", lambda a: 1 / 0 if a.pk == pks[2] else real(a))
    together(pks)
    assert "ZeroDivisionError" in Article.objects.get(pk=pks[2]).error
    assert Article.objects.filter(state="recorded").count() == 5


def test_what_was_tried_before_is_left_for_its_own_turn() -> None:
    pks = waiting()
    Article.objects.filter(pk=pks[0]).update(attempts=1)
    together(pks)
    assert Article.objects.get(pk=pks[0]).state == "awaiting_extraction"


def test_what_does_not_fit_in_is_given_back_untried() -> None:
    pks = waiting()
    turns = iter([False, False, True])
    left = pipeline.process_many(pks, now=database_now(), enough=lambda: next(turns))
    assert left == pks[2:]
    assert set(Article.objects.filter(pk__in=left).values_list("attempts", "taken_until")) == {(0, None)}
    assert Article.objects.filter(state="recorded").count() == 2


def test_a_lost_lease_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pks = waiting(*TEXTS[:2])
    real = pipeline.engines.read

    def late(article: Article) -> Any:
        Article.objects.filter(pk=pks[0]).update(taken_until=database_now() + timedelta(hours=1))
        return real(article)

    monkeypatch.setattr(engines, "read", late)
    together(pks)
    assert not Claim.objects.filter(article=pks[0]).exists()
    assert Article.objects.get(pk=pks[1]).state == "recorded"


def test_history_says_which_article_a_claim_was_read_in() -> None:
    pks = waiting(*TEXTS[:2])
    together(pks)
    noted = {change.context.get("article") for change in Change.objects.filter(noun="claim", operation="insert")}
    assert set(Article.objects.filter(pk__in=pks).values_list("public_id", flat=True)) <= noted

"""From a waiting article to its facts: taken once, written whole, and never lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from articles import engines
from articles.extraction import Extraction
from articles.models import Article
from talent import pipeline
from talent.models import Claim, Move
from tests.test_settle import article, extraction, move

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 7, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def waiting() -> Article:
    return article("Ada Stone has left OpenAI for Meta.")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Replaces the engine by a function of the article."""

    def install(read: Any) -> None:
        monkeypatch.setattr(engines, "read", lambda row: (read(row), "test-1"))

    install(lambda row: extraction(move("Ada Stone", "OpenAI", "Meta")))
    return install


def test_it_records_a_waiting_article(waiting: Article, engine: Any) -> None:
    recorded = pipeline.process(waiting.pk, now=NOW)
    waiting.refresh_from_db()
    assert recorded is not None
    assert (recorded.new, waiting.state, waiting.engine_version, waiting.taken_until) == (1, "recorded", "test-1", None)
    assert Move.objects.get().destination.name == "Meta"


def test_it_does_nothing_when_delivered_twice(waiting: Article, engine: Any) -> None:
    pipeline.process(waiting.pk, now=NOW)
    assert pipeline.process(waiting.pk, now=NOW) is None
    assert Claim.objects.count() == 1


def test_it_leaves_an_article_that_another_worker_holds(waiting: Article, engine: Any) -> None:
    Article.objects.update(taken_until=NOW + MINUTE)
    assert pipeline.process(waiting.pk, now=NOW) is None
    assert not Claim.objects.exists()


def test_it_takes_over_when_the_lease_of_a_dead_worker_ran_out(waiting: Article, engine: Any) -> None:
    Article.objects.update(taken_until=NOW - MINUTE, attempts=1)
    assert pipeline.process(waiting.pk, now=NOW) is not None


def test_it_writes_nothing_when_its_own_lease_ran_out(waiting: Article, engine: Any) -> None:
    def slow(row: Article) -> Extraction:
        Article.objects.update(taken_until=NOW + 60 * MINUTE)  # another worker was given the row meanwhile
        return extraction(move("Ada Stone", "OpenAI", "Meta"))

    engine(slow)
    assert pipeline.process(waiting.pk, now=NOW) is None
    assert not Claim.objects.exists()
    assert Article.objects.get().state == "awaiting_extraction"


def test_it_keeps_the_reason_and_tries_again_later(waiting: Article, engine: Any) -> None:
    def broken(row: Article) -> Extraction:
        raise RuntimeError("the engine fell over")

    engine(broken)
    pipeline.process(waiting.pk, now=NOW)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == ("awaiting_extraction", "RuntimeError: the engine fell over")
    assert pipeline.process(waiting.pk, now=NOW) is None
    engine(lambda row: extraction())
    assert pipeline.process(waiting.pk, now=NOW + MINUTE) is not None
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == ("recorded", "")


def test_it_stops_after_a_bounded_number_of_tries(waiting: Article, engine: Any, settings: Any) -> None:
    engine(lambda row: 1 / 0)
    for n in range(settings.MAX_ATTEMPTS):
        pipeline.process(waiting.pk, now=NOW + timedelta(days=n))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == ("failed", "ZeroDivisionError: division by zero")


def test_it_gives_up_on_an_article_that_kills_its_workers(waiting: Article, engine: Any, settings: Any) -> None:
    Article.objects.update(attempts=settings.MAX_ATTEMPTS)
    pipeline.process(waiting.pk, now=NOW)
    waiting.refresh_from_db()
    assert waiting.state == "failed"
    assert "each of which ended the worker" in waiting.error


def test_it_is_tried_afresh_when_an_operator_says_so(waiting: Article, engine: Any, settings: Any) -> None:
    Article.objects.update(attempts=settings.MAX_ATTEMPTS, state="failed", failed_for_good=True, error="broken")
    Article.objects.all().retry()
    assert pipeline.process(waiting.pk, now=NOW) is not None


def test_it_names_overdue_articles_once_in_a_while(waiting: Article) -> None:
    Article.objects.update(updated_at=NOW - MINUTE)
    half = MINUTE / 2
    assert pipeline.overdue(now=NOW, age=half, limit=10) == [waiting.pk]
    assert pipeline.overdue(now=NOW, age=half, limit=10) == []

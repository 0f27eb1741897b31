"""Every quote is looked up in its stored text again; what is not in its place is marked and stays where it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from talent import verification
from talent.models import Change, Claim
from talent.tasks import verify as verify_task
from tests.factories import QUOTE, _hash, make_article, make_claim

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 3, tzinfo=UTC)
TEXT = f"Before that. {QUOTE}, it said. After that."


def told() -> Claim:
    return make_claim(article=make_article(TEXT, content_hash=_hash(TEXT)))


def state_after(text: str) -> str:
    claim = told()
    Article.objects.filter(pk=claim.article_id).update(text=text)
    verification.verify(now=NOW)
    claim.refresh_from_db()
    assert (claim.start, claim.end) == (TEXT.index(QUOTE), TEXT.index(QUOTE) + len(QUOTE))
    return claim.evidence_state


STATES = [
    (TEXT, "verified"),
    # One character elsewhere: the words stand, but the text is not the one that was read.
    (TEXT.replace("After", "after"), "drifted"),
    # One character before them: they stand elsewhere.
    (TEXT.replace("Before that", "Before this, that"), "drifted"),
    # One character of the quote itself: a look-alike is no quote.
    (TEXT.replace("has left", "had left"), "orphaned"),
    (TEXT.replace("Quill", "Quíll"), "orphaned"),
    ("Nothing of the kind.", "orphaned"),
]


@pytest.mark.parametrize(("text", "state"), STATES)
def test_it_tells_verified_drifted_and_orphaned_apart(text: str, state: str) -> None:
    assert state_after(text) == state


def test_it_finds_a_claim_whose_place_was_altered() -> None:
    claim = told()
    Claim.objects.filter(pk=claim.pk).update(start=claim.start + 1, end=claim.end + 1)
    verification.verify(now=NOW)
    claim.refresh_from_db()
    assert claim.evidence_state == "drifted"


def test_it_notes_when_it_looked_and_no_change_where_nothing_changed() -> None:
    claim = told()
    verification.verify(now=NOW)
    noted = Change.objects.count()
    verification.verify(now=NOW.replace(day=5))
    claim.refresh_from_db()
    assert claim.evidence_checked_at == NOW.replace(day=5)
    assert Change.objects.count() == noted


def test_it_finds_an_altered_text_that_no_claim_quotes() -> None:
    article = make_article(TEXT, content_hash=_hash("another text"))
    found = verification.verify(now=NOW)
    assert (found.altered, found.sound) == ([article.public_id], False)


def test_it_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "BATCH", 2)
    for number in range(5):
        make_article(f"{QUOTE}. Text {number}.")
    first = verification.verify(now=NOW, enough=lambda: True)
    assert first.reached is not None
    rest = verification.verify(now=NOW, after=first.reached)
    assert (first.articles, rest.articles, rest.reached) == (2, 3, None)


def test_it_makes_three_queries_a_batch_and_one_to_see_the_end(django_assert_num_queries: Any) -> None:
    for _ in range(10):
        make_claim(article=make_article(f"{QUOTE}. Text {_}."))
    with django_assert_num_queries(4):
        verification.verify(now=NOW)


def test_its_command_counts_and_leaves_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    claim = told()
    Article.objects.filter(pk=claim.article_id).update(text=TEXT.replace("After", "after"))
    with pytest.raises(SystemExit) as left:
        call_command("verify", verbosity=0)
    assert left.value.code == 1
    said = capsys.readouterr().out
    assert "1 claims in 1 articles: 0 verified, 1 drifted, 0 orphaned." in said
    assert claim.article.public_id in said


def test_its_command_is_content_with_one_sound_article(capsys: pytest.CaptureFixture[str]) -> None:
    claim = told()
    make_article("Altered.", content_hash=_hash("other"))
    call_command("verify", article=claim.article.public_id, verbosity=0)
    assert "1 verified" in capsys.readouterr().out


def test_its_command_knows_no_such_article() -> None:
    with pytest.raises(CommandError):
        call_command("verify", article="nobody", verbosity=0)


def test_its_task_runs_every_night(settings: Any) -> None:
    claim = told()
    assert settings.CELERY_BEAT_SCHEDULE["verify"]["task"] == verify_task.name
    verify_task.apply()
    claim.refresh_from_db()
    assert claim.evidence_state == "verified"
    assert Change.objects.filter(noun="claim").first().context == {"task": "talent.tasks.verify"}

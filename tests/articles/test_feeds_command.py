"""``manage.py feeds``: plain words for every act, and a reason where one is refused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from articles import tasks
from articles.models import Feed

pytestmark = pytest.mark.django_db

ADDRESS = "https://news.example/rss"
Sent = list[tuple[str, int]]


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    messages: Sent = []
    monkeypatch.setattr(tasks, "hand_on", lambda task, pk: messages.append((task, pk)))
    return messages


def feeds(*words: str) -> str:
    """What the command says, its complaints too."""
    said = io.StringIO()
    call_command("feeds", *words, stdout=said, stderr=said)
    return said.getvalue()


def test_it_adds_and_says_what_happens_next(sent: Sent, settings: Any) -> None:
    settings.FETCH_CONTACT = "me@ledger.example"
    said = feeds("add", ADDRESS, "--since", "2025-01-01")
    feed = Feed.objects.get()
    assert said == f"{feed.pk}: {ADDRESS} is polled from now on.\n"
    assert feed.since.date().isoformat() == "2025-01-01"
    assert sent == [(tasks.POLL, feed.pk)]
    assert "is known already, and active" in feeds("add", ADDRESS)
    feeds("add", "--page", "https://news.example/team")
    assert Feed.objects.filter(kind="page").count() == 1


def test_it_asks_for_a_contact_that_is_sent_along(settings: Any) -> None:
    settings.FETCH_CONTACT = ""
    assert "Set FETCH_CONTACT" in feeds("add", ADDRESS)


def test_it_adds_what_it_can_and_names_what_it_cannot() -> None:
    with pytest.raises(CommandError, match="1 could not be added"):
        feeds("add", "http://127.0.0.1/", ADDRESS)
    assert Feed.objects.get().address == ADDRESS


def test_it_takes_only_a_whole_day() -> None:
    with pytest.raises(CommandError, match=r"write 2025-06-02"):
        feeds("add", ADDRESS, "--since", "june")


def test_it_refuses_without_the_network(settings: Any) -> None:
    settings.OFFLINE = True
    with pytest.raises(CommandError):
        feeds("add", ADDRESS)
    assert not Feed.objects.exists()


def test_it_lists_how_each_fares() -> None:
    assert feeds("list") == "No feed yet: manage.py feeds add URL\n"
    feeds("add", ADDRESS)
    Feed.objects.update(
        title="The Ledger",
        error="The server answered 503.",
        quiet=True,
        changed_shape="text",
        last_success_at=timezone.now(),
    )
    said = feeds("list").replace("\xa0", " ")
    for words in ("The Ledger (feed, active)", ADDRESS, "last success 0 minutes ago", "next poll now",
                  "last error: The server answered 503.", "gone quiet",
                  "changed shape: its pages give much less"):  # fmt: skip
        assert words in said


def test_it_polls_pauses_and_resumes_by_number_or_address(sent: Sent) -> None:
    feeds("add", ADDRESS)
    feed = Feed.objects.get()
    assert "as soon as news.example may be asked" in feeds("poll", str(feed.pk))
    assert "paused" in feeds("pause", ADDRESS)
    assert "resume it first" in feeds("poll", ADDRESS)
    assert "polled again" in feeds("resume", ADDRESS)
    assert len(sent) == 3
    with pytest.raises(CommandError, match="No such feed: 999999"):
        feeds("pause", "999999")

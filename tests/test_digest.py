"""The daily digest: once a day, in the reader's language, and never about nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from articles.models import Article, Feed, Host, Snapshot
from talent import digest
from talent.models import Claim, Digest, TallyRule
from tests.factories import make_claim, make_member

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 7, 2, 0, 15, tzinfo=UTC)
YESTERDAY = NOW - timedelta(hours=6)


@pytest.fixture(autouse=True)
def _reader(settings: Any) -> None:
    settings.DIGEST_TO = ["en:desk@ledger.example"]


def something() -> None:
    make_claim()
    Article.objects.update(created_at=YESTERDAY)
    Claim.objects.update(created_at=YESTERDAY)


def test_it_tells_what_came_in_what_failed_and_what_is_open() -> None:
    something()
    for number in (1, 2):
        Snapshot.objects.create(address=f"https://a{number}.example/x", state="failed", error=f"a{number}.example: 503")
    Snapshot.objects.update(updated_at=YESTERDAY)
    host = Host.objects.create(name="a.example")
    Feed.objects.create(address="https://a.example/feed", host=host, quiet=True)
    assert digest.send_due(now=NOW) == 1
    (letter,) = mail.outbox
    assert letter.to == ["desk@ledger.example"]
    assert letter.subject == "Talent Ledger on 2025-07-01"
    for line in ("Articles: 1", "Claims: 1", "2 × to be fetched: …: …", "https://a.example/feed: has gone quiet"):
        assert line in letter.body


def test_it_tells_of_tallies_that_were_wrong() -> None:
    TallyRule.objects.update_or_create(pk=1, defaults={"checked_at": YESTERDAY, "drift": 3})
    assert digest.send_due(now=NOW) == 1
    assert "counted anew: 3" in mail.outbox[0].body


def test_it_goes_out_once_however_often_the_clock_asks() -> None:
    something()
    assert [digest.send_due(now=NOW + timedelta(minutes=15 * n)) for n in range(3)] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_it_goes_out_after_a_sender_that_died(monkeypatch: pytest.MonkeyPatch) -> None:
    something()
    with monkeypatch.context() as dead:
        dead.setattr(digest, "send_mail", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            digest.send_due(now=NOW)
    assert digest.send_due(now=NOW + timedelta(minutes=1)) == 0
    assert digest.send_due(now=NOW + timedelta(minutes=15)) == 1


def test_nothing_is_sent_about_nothing() -> None:
    assert digest.send_due(now=NOW) == 0
    assert mail.outbox == []
    assert Digest.objects.get().sent_at == NOW


def test_what_came_in_today_waits_for_tomorrow() -> None:
    something()
    Article.objects.update(created_at=NOW)
    Claim.objects.update(created_at=NOW)
    assert digest.send_due(now=NOW) == 0
    assert digest.send_due(now=NOW + timedelta(days=1)) == 1


def test_it_speaks_the_language_that_is_known_and_else_both(settings: Any) -> None:
    something()
    settings.DIGEST_TO = ["zh-hans:a@ledger.example", "b@ledger.example"]
    digest.send_due(now=NOW)
    chinese, both = mail.outbox
    assert "文章" in chinese.body
    assert "Articles" not in chinese.body
    assert "Articles" in both.body
    assert "文章" in both.body


def test_it_goes_to_the_administrators_where_nobody_is_named(settings: Any) -> None:
    settings.DIGEST_TO = []
    make_member("ada", "Administrator", email="ada@ledger.example")
    make_member("bo", "Editor", email="bo@ledger.example")
    make_member("cy", "Administrator")
    assert [address for address, _ in digest.recipients()] == ["ada@ledger.example"]

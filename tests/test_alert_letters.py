"""Letters of alerts: due when, in the reader's language, never twice by our own doing, and stopped by one click."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from talent import tasks
from talent.alerts import letters, writing
from talent.models import Alert, Company, Found, Letter, Move, Person
from tests.alerts import NOON, find, make_alert, make_reader, send, settle_feed
from tests.factories import make_company, make_move, make_person

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def northwind() -> Company:
    return make_company("Northwind AI", name_zh="北风智能")


def text_of(message: Any) -> str:
    """Text and HTML of a mail, where both say the same."""
    (alternative,) = message.alternatives
    assert alternative.mimetype == "text/html"
    return str(message.body) + str(alternative.content)


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(*args: Any) -> None:
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_it_tells_what_is_new_with_status_and_source(northwind: Company) -> None:
    reader = make_reader()
    make_alert(reader, company=northwind.public_id)
    move = make_move(make_person("Ada Quill"), origin=northwind, status="rumoured")
    assert send() == [True]
    (message,) = mail.outbox
    assert message.to == [reader.email]
    assert message.subject == "[Talent Ledger] Northwind AI: 1 piece of news"
    said = text_of(message)
    for words in ("New", "Rumoured: Ada Quill left Northwind AI", "two people", "Status: rumoured", "Stop"):
        assert said.count(words) >= 2, words
    assert f"http://127.0.0.1:8000/moves/{move.public_id}/" in message.body


def test_it_speaks_the_readers_language(northwind: Company) -> None:
    make_alert(make_reader("zh-hans"), company=northwind.public_id)
    make_move(origin=northwind)
    send()
    (message,) = mail.outbox
    assert "北风智能" in message.subject
    assert "/zh-hans/moves/" in message.body
    assert 'lang="zh-Hans"' in message.alternatives[0].content


def test_it_gathers_by_alert_and_tells_each_fact_once(northwind: Company) -> None:
    reader = make_reader()
    make_alert(reader, company=northwind.public_id)
    make_alert(reader, page="moves")
    move = make_move(origin=northwind, status="rumoured")
    find()
    Move.objects.filter(pk=move.pk).update(status="confirmed")
    send()
    (message,) = mail.outbox
    assert message.body.count("Status: confirmed") == 2
    assert "2 pieces of news" in message.subject


def test_it_tells_what_changed_and_from_what(northwind: Company) -> None:
    move = make_move(origin=northwind, status="rumoured")
    make_alert(company=northwind.public_id)
    Move.objects.filter(pk=move.pk).update(status="confirmed")
    send()
    assert "Now confirmed, before rumoured" in mail.outbox[0].body


@pytest.mark.parametrize("hide", ["fact", "person"])
def test_what_is_taken_back_before_it_is_sent_is_not_told(northwind: Company, hide: str) -> None:
    make_alert(company=northwind.public_id, frequency="daily")
    move = make_move(make_person("Ada Quill"), origin=northwind)
    find()
    rows: Any = Move.objects.filter(pk=move.pk) if hide == "fact" else Person.objects.filter(pk=move.person.pk)
    rows.update(visibility="hidden")
    assert send(NOON + timedelta(days=1)) == [False]
    assert mail.outbox == []
    assert Letter.objects.get().state == "empty"


def test_what_is_taken_back_afterwards_is_told_without_a_name(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    move = make_move(make_person("Ada Quill"), origin=northwind)
    send()
    Move.objects.filter(pk=move.pk).update(visibility="withdrawn")
    send(LATER + timedelta(minutes=10))
    assert "Taken back" in mail.outbox[1].body
    assert "Quill" not in text_of(mail.outbox[1])


def test_what_its_sources_no_longer_support_is_told_by_name_while_nobody_is_hidden(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    ada = make_person("Ada Quill")
    for minutes, hidden in ((1, False), (20, True)):
        move = make_move(ada, origin=northwind)
        send(NOON + timedelta(minutes=minutes))
        move.claims.update(move=None, review="rejected")
        move.delete()
        find()
        if hidden:
            Person.objects.update(visibility="hidden")
        send(NOON + timedelta(minutes=minutes + 10))
        told = text_of(mail.outbox[-1])
        assert "Taken back" in told
        assert ("Ada Quill: Northwind AI" in told) is not hidden


def test_at_once_is_at_once_but_not_every_moment(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    sent = []
    for minute in range(1, 13):
        make_move(origin=northwind)
        sent += [minute] * len(send(NOON + timedelta(minutes=minute)))
    assert sent == [1, 6, 11]
    assert "5 pieces of news" in mail.outbox[1].subject


@pytest.mark.parametrize(
    ("frequency", "quiet", "due"),
    [
        ("daily", datetime(2026, 3, 5, 5, 59, tzinfo=UTC), datetime(2026, 3, 5, 6, 1, tzinfo=UTC)),
        ("weekly", datetime(2026, 3, 9, 5, 59, tzinfo=UTC), datetime(2026, 3, 9, 6, 1, tzinfo=UTC)),
    ],
)
def test_others_go_out_at_six(northwind: Company, frequency: str, quiet: datetime, due: datetime) -> None:
    make_alert(company=northwind.public_id, frequency=frequency)
    make_move(origin=northwind)
    find()
    assert send(quiet) == []
    assert send(due) == [True]
    assert send(due + timedelta(hours=1)) == []


def test_it_shows_so_many_and_leads_to_the_rest(northwind: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_SHOWN", 2)
    make_alert(page="moves")
    for _number in range(5):
        make_move(origin=northwind)
    send()
    assert mail.outbox[0].body.count("Status:") == 2
    assert "and 3 more in the list" in text_of(mail.outbox[0])
    assert "http://127.0.0.1:8000/moves/" in mail.outbox[0].body


def test_what_does_not_fit_into_one_letter_waits_for_the_next(
    northwind: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "MOST_FOUND", 3)
    make_alert(company=northwind.public_id)
    for _number in range(4):
        make_move(origin=northwind)
    assert send() == [True]
    assert send(LATER + timedelta(minutes=10)) == [True]
    assert not Found.objects.filter(letter=None).exists()
    assert send(LATER + timedelta(minutes=20)) == []


def test_a_reader_of_many_alerts_keeps_nobody_waiting(northwind: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_BATCH", 2)
    first, second = make_reader(), make_reader()
    for year in range(2001, 2006):
        make_alert(first, page="moves", parameters={"before": [f"{year + 30}"]})
    make_alert(second, company=northwind.public_id)
    make_move(origin=northwind)
    assert send() == [True, True]
    assert {message.to[0] for message in mail.outbox} == {first.email, second.email}


def test_who_has_confirmed_no_address_gets_no_mail(northwind: Company) -> None:
    make_alert(make_reader(verified=False), company=northwind.public_id)
    make_move(origin=northwind)
    assert send() == [False]
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_asked_again(northwind: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    make_alert(company=northwind.public_id)
    make_move(origin=northwind)
    with monkeypatch.context() as patched:
        fail_with(patched, SMTPServerDisconnected("gone"))
        assert send() == [False]
        assert send(LATER + timedelta(seconds=20)) == []
    assert "gone" in Letter.objects.get().error
    assert send(LATER + timedelta(minutes=2)) == [True]
    assert len(mail.outbox) == 1


def test_it_gives_up_after_days_and_an_operator_sees_it(
    northwind: Company, monkeypatch: pytest.MonkeyPatch, admin_client: Client
) -> None:
    make_alert(company=northwind.public_id)
    make_move(origin=northwind)
    now = LATER
    with monkeypatch.context() as patched:
        fail_with(patched, OSError("no route"))
        for _try in range(letters.TRIES):
            assert send(now) == [False]
            now += timedelta(days=2)
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == ("failed", letters.TRIES)
    assert "no route" in admin_client.get(f"/admin/talent/letter/{letter.pk}/change/").content.decode()
    admin_client.post("/admin/talent/letter/", {"action": "send_again", "_selected_action": letter.pk})
    assert send(now) == [True]


def test_an_address_that_is_refused_for_good_pauses_its_alerts(
    northwind: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = make_alert(company=northwind.public_id)
    make_move(origin=northwind)
    fail_with(monkeypatch, SMTPRecipientsRefused({alert.user.email: (550, b"no such user")}))
    assert send() == [False]
    alert.refresh_from_db()
    assert (Letter.objects.get().state, alert.state) == ("failed", "paused")


def test_an_address_that_is_refused_for_now_is_tried_again(northwind: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    alert = make_alert(company=northwind.public_id)
    make_move(origin=northwind)
    fail_with(monkeypatch, SMTPRecipientsRefused({alert.user.email: (451, b"grey")}))
    send()
    alert.refresh_from_db()
    assert (Letter.objects.get().state, alert.state) == ("waiting", "active")


def test_a_worker_that_dies_after_the_mail_sends_it_again_as_the_same_mail(
    northwind: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_alert(company=northwind.public_id)
    make_move(origin=northwind)

    def die(*args: Any, **kwargs: Any) -> bool:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(letters, "_note", die)
        with pytest.raises(SystemExit):
            send()
    assert send(LATER + timedelta(seconds=30)) == []
    assert send(LATER + letters.LEASE + timedelta(seconds=1)) == [True]
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_two_workers_with_one_letter_send_it_once(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    make_move(origin=northwind)
    find()
    (pk,) = letters.gather(now=LATER)
    assert [letters.deliver(pk, now=LATER), letters.deliver(pk, now=LATER)] == [True, False]
    assert letters.gather(now=LATER) == []
    assert len(mail.outbox) == 1


def test_a_name_with_a_line_break_makes_no_header(northwind: Company) -> None:
    Company.objects.filter(pk=northwind.pk).update(name="North\nBcc: all@news.example")
    make_alert(company=northwind.public_id)
    make_move(origin=northwind)
    send()
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].bcc == []


def test_markup_in_a_name_stays_text(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    make_move(make_person("<script>alert(1)</script>"), origin=northwind)
    send()
    assert "<script" not in mail.outbox[0].alternatives[0].content


def test_what_was_told_is_forgotten_after_a_year_and_more(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    make_move(origin=northwind)
    send()
    made = Letter.objects.get().created_at
    letters.forget(now=made + letters.KEPT - timedelta(days=1))
    assert (Found.objects.count(), Letter.objects.count()) == (1, 1)
    letters.forget(now=made + letters.KEPT + timedelta(days=1))
    assert (Found.objects.count(), Letter.objects.count()) == (0, 0)


# ------------------------------------------------------------------ one click


def stop_of(message: Any) -> str:
    """The path of the address by which mail programs stop it."""
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.body
    return str(address.removeprefix("http://127.0.0.1:8000"))


def test_a_mail_program_stops_all_of_it_with_one_request(northwind: Company) -> None:
    reader, other = make_reader(), make_alert(page="moves")
    make_alert(reader, company=northwind.public_id)
    make_alert(reader, page="signals")
    make_move(origin=northwind)
    send()
    (message,) = [each for each in mail.outbox if each.to == [reader.email]]
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(stop_of(message), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert set(Alert.objects.filter(user=reader).values_list("state", flat=True)) == {"paused"}
    assert Alert.objects.get(pk=other.pk).state == "active"
    make_move(origin=northwind)
    assert send(LATER + timedelta(minutes=10)) == [True]


def test_looking_at_the_address_stops_nothing_and_one_alert_can_be_stopped_alone(
    northwind: Company, client: Client
) -> None:
    reader = make_reader()
    kept, stopped = make_alert(reader, page="moves"), make_alert(reader, company=northwind.public_id)
    make_move(origin=northwind)
    send()
    addresses = [word for word in mail.outbox[0].body.split() if "/account/alerts/stop/" in word]
    one = next(each for each in addresses if stopped.public_id in each).removeprefix("http://127.0.0.1:8000")
    assert "Stop this mail" in client.get(one).content.decode()
    assert Alert.objects.filter(state="active").count() == 2
    assert "Stopped" in client.post(one).content.decode()
    assert Alert.objects.get(state="active") == kept
    assert "stopped already" in client.get(one).content.decode()


@pytest.mark.parametrize("token", ["x", "user:1", "user:1:forged", "alert::", "%00", "x" * 3000])
def test_an_address_that_nobody_signed_stops_nothing(client: Client, token: str) -> None:
    make_alert(page="moves")
    for answer in (client.get(f"/account/alerts/stop/{token}/"), client.post(f"/account/alerts/stop/{token}/")):
        assert answer.status_code == 404
    assert Alert.objects.get().state == "active"


def test_the_preview_shows_what_a_letter_would_say_to_its_owner_alone(northwind: Company, client: Client) -> None:
    make_move(make_person("Ada Quill"), origin=northwind)
    settle_feed()
    alert = make_alert(company=northwind.public_id)
    client.force_login(alert.user)
    assert "Ada Quill left Northwind AI" in client.get(alert.get_absolute_url()).content.decode()
    assert mail.outbox == []
    client.force_login(make_reader())
    assert client.get(alert.get_absolute_url()).status_code == 404


def test_the_address_is_where_the_site_lives(northwind: Company, settings: Any) -> None:
    settings.SITE_URL = "https://ledger.example"
    make_alert(company=northwind.public_id)
    make_move(origin=northwind)
    send()
    (message,) = mail.outbox
    assert message.extra_headers["Message-ID"].endswith("@ledger.example>")
    assert message.extra_headers["List-Unsubscribe"].startswith("<https://ledger.example/account/alerts/stop/")
    assert parseaddr(message.from_email)[1]


def test_the_clock_and_a_worker_do_all_of_it(northwind: Company) -> None:
    make_alert(company=northwind.public_id)
    make_move(origin=northwind)
    settle_feed()
    assert tasks.watch() == 1
    tasks.post(Letter.objects.get().pk)
    assert len(mail.outbox) == 1
    assert tasks.watch() == 0

"""Webhooks: signed messages of every event, tried again for days, to a receiver that fails in every way."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from articles.exceptions import RefusedAddress
from talent import changefeed, webhooks
from talent.models import Delivery, Move, Webhook
from tests.factories import make_company, make_move, make_person, make_signal

pytestmark = pytest.mark.django_db
Received = list[tuple[dict[str, str], bytes]]


class Receiver:
    """A server that answers as it is told, and keeps what it was sent."""

    def __init__(self) -> None:
        self.received: Received = []
        self.answers: list[Callable[[BaseHTTPRequestHandler], None]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/hook"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.received.append((dict(self.headers), body))
                answer = receiver.answers.pop(0) if receiver.answers else status(204)
                answer(self)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    return answer


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x")
            threading.Event().wait(0.05)
    except OSError:
        pass


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.FETCH_ALLOW_PRIVATE = True
    made = Receiver()
    yield made
    made.close()


def make_webhook(receiver: Receiver, **fields: Any) -> Webhook:
    user = User.objects.create_user(f"reader-{User.objects.count()}", email="reader@news.example")
    return webhooks.subscribe(Webhook(user=user, name="Desk", address=receiver.address, **fields))


def send(now: datetime | None = None) -> list[int]:
    """What beat and workers do, at once."""
    connection.check_constraints()
    now = now or datetime.now(UTC)
    waiting = dict.fromkeys([*webhooks.fan_out(), *webhooks.overdue(now=now, limit=100)])
    return [pk for pk in waiting if webhooks.deliver(pk, now=now)]


def verified(webhook: Webhook, received: tuple[dict[str, str], bytes], **kwargs: Any) -> dict[str, Any]:
    headers, body = received
    message: dict[str, Any] = Verifier(webhooks.secret(webhook, **kwargs)).verify(body, headers)
    return message


def test_a_message_carries_the_event_and_a_signature_that_others_verify(receiver: Receiver, client: Client) -> None:
    webhook = make_webhook(receiver)
    make_move()
    send()
    message = verified(webhook, receiver.received[0])
    fed = json.loads(client.get("/api/v1/events/").content)["results"][0]
    assert message["type"] == "move.created"
    assert json.loads(json.dumps(message["data"]).replace("http://127.0.0.1:8000", "http://testserver")) == fed


def test_a_changed_body_is_not_verified(receiver: Receiver) -> None:
    webhook = make_webhook(receiver)
    make_move()
    send()
    headers, body = receiver.received[0]
    with pytest.raises(WebhookVerificationError):
        verified(webhook, (headers, body + b" "))


def test_it_hears_of_what_happens_after_it_was_made_once_and_in_order(receiver: Receiver) -> None:
    make_move()
    connection.check_constraints()
    webhook = make_webhook(receiver)
    for _ in range(3):
        make_move()
    send(), send()
    ids = [int(verified(webhook, each)["data"]["id"]) for each in receiver.received]
    assert ids == sorted(ids) == [e.sequence for e in changefeed.walk(1)]


def test_messages_are_not_made_twice_when_the_place_in_the_feed_is_lost(receiver: Receiver) -> None:
    webhook = make_webhook(receiver)
    make_move()
    send()
    Webhook.objects.filter(pk=webhook.pk).update(cursor=0)
    send()
    assert (len(receiver.received), Delivery.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("fields", "heard"),
    [
        ({}, ["move.created", "signal.created", "move.updated"]),
        ({"nouns": ["signal"]}, ["signal.created"]),
        ({"types": ["updated"]}, ["move.updated"]),
        ({"companies": ["lanternlight"]}, ["move.created", "move.updated"]),
        ({"people": ["ada"]}, ["move.created", "move.updated"]),
        ({"people": ["nobody-else"]}, []),
    ],
)
def test_it_hears_only_what_it_asked_for(receiver: Receiver, fields: dict[str, Any], heard: list[str]) -> None:
    make_webhook(receiver, **fields)
    move = make_move(make_person("Ada Quill", slug="ada"), destination=make_company("Lanternlight"))
    make_signal(make_company("Northwind AI"))
    connection.check_constraints()
    Move.objects.filter(pk=move.pk).update(status="denied")
    send()
    assert [json.loads(body)["type"] for _, body in receiver.received] == heard


def test_everybody_is_told_to_delete_what_was_withdrawn(receiver: Receiver) -> None:
    make_webhook(receiver, people=["ada"])
    move = make_move(make_person("Bo Reed"))
    send()
    Move.objects.filter(pk=move.pk).update(visibility="withdrawn")
    send()
    assert [json.loads(body)["type"] for _, body in receiver.received] == ["move.withdrawn"]


def test_a_message_that_waited_tells_nothing_that_was_withdrawn_meanwhile(receiver: Receiver) -> None:
    make_webhook(receiver)
    move = make_move(make_person("Vera Lockhart"))
    receiver.answers = [status(500)]
    send()
    Move.objects.filter(pk=move.pk).update(visibility="withdrawn")
    receiver.received.clear()
    send(datetime.now(UTC) + timedelta(hours=1))
    assert receiver.received
    assert all(b"Lockhart" not in body for _, body in receiver.received)


@pytest.mark.parametrize(
    "answer", [status(400), status(404), status(500), status(301, Location="http://127.0.0.1/"), hang_up, drip]
)
def test_what_is_not_taken_is_sent_again_under_the_same_identifier(
    receiver: Receiver, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "SECONDS", 0.4)
    make_webhook(receiver)
    make_move()
    receiver.answers = [answer]
    now = datetime.now(UTC)
    send(now)
    failed = Delivery.objects.get()
    taken = answer is drip  # a status of success was sent at once; what follows is not waited for
    assert (failed.state == "delivered") == taken
    if not taken:
        assert failed.error
        assert send(now + timedelta(seconds=3)) == []
        assert send(now + timedelta(seconds=10)) == [failed.pk]
        assert len({headers["webhook-id"] for headers, _ in receiver.received}) == 1


def test_it_gives_up_after_days_and_says_so(receiver: Receiver) -> None:
    make_webhook(receiver)
    make_move()
    receiver.answers = [status(500)] * 30
    now, tries = datetime.now(UTC), 0
    while Delivery.objects.filter(state="waiting").exists() or not tries:
        send(now)
        tries, now = tries + 1, now + timedelta(hours=30)
        assert tries < 30
        Webhook.objects.update(failing_since=None)
    assert (Delivery.objects.get().state, len(receiver.received)) == ("failed", webhooks.TRIES)


def test_waits_grow_to_days_with_some_chance_in_them() -> None:
    assert sum(webhooks.WAITS, timedelta()) > timedelta(days=3)
    waits = {webhooks._wait(3, None) for _ in range(20)}
    assert len(waits) > 1
    assert all(timedelta(minutes=24) <= wait <= timedelta(minutes=36) for wait in waits)


def test_it_waits_as_long_as_the_receiver_asks(receiver: Receiver) -> None:
    make_webhook(receiver)
    make_move()
    receiver.answers = [status(429, Retry_After="3600")]
    now = datetime.now(UTC)
    send(now)
    assert Delivery.objects.get().taken_until >= now + timedelta(seconds=3600)


def test_an_address_that_is_gone_is_paused_and_its_owner_told(receiver: Receiver) -> None:
    webhook = make_webhook(receiver)
    make_move()
    receiver.answers = [status(410)]
    send()
    webhook.refresh_from_db()
    assert (webhook.state, mail.outbox[0].to) == ("paused", ["reader@news.example"])


def test_an_address_that_takes_nothing_for_days_is_paused(receiver: Receiver) -> None:
    webhook = make_webhook(receiver)
    make_move()
    receiver.answers = [status(500)] * 2
    now = datetime.now(UTC)
    send(now)
    send(now + webhooks.PATIENCE + timedelta(hours=1))
    webhook.refresh_from_db()
    assert (webhook.state, webhook.paused_because) == ("paused", "The address answered 500.")


def test_nothing_is_lost_while_it_is_paused(receiver: Receiver) -> None:
    webhook = make_webhook(receiver)
    webhooks.pause(webhook, "by you")
    make_move(), make_move()
    send()
    assert receiver.received == []
    webhooks.resume(webhook)
    send()
    assert len(receiver.received) == 2


def test_for_a_day_messages_carry_the_signatures_of_both_secrets(receiver: Receiver) -> None:
    webhook = make_webhook(receiver)
    now = datetime.now(UTC)
    webhooks.rotate(webhook, now=now)
    make_move()
    send(now)
    make_move()
    send(now + timedelta(days=2))
    assert verified(webhook, receiver.received[0]) == verified(webhook, receiver.received[0], former=True)
    assert len(receiver.received[1][0]["webhook-signature"].split()) == 1


def test_no_more_messages_than_wait_already_are_made(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "MOST_WAITING", 2)
    webhook = make_webhook(receiver)
    receiver.answers = [status(500)] * 9
    make_move(), make_move()
    send()
    make_move()
    send()
    webhook.refresh_from_db()
    assert (Delivery.objects.count(), webhook.cursor) == (2, changefeed.newest() - 1)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://[::1]/", "ftp://news.example/", "https://u:p@a.example/"]
)
def test_it_is_never_sent_into_a_private_network(address: str, settings: Any) -> None:
    settings.FETCH_ALLOW_PRIVATE = False
    with pytest.raises(RefusedAddress):
        webhooks.subscribe(Webhook(user=User.objects.create_user("a"), name="x", address=address))


# ------------------------------------------------------------------ pages


@pytest.fixture
def reader(client: Client) -> User:
    user = User.objects.create_user("reader", password="a long password")
    client.force_login(user)
    return user


def form(receiver: Receiver, **fields: Any) -> dict[str, Any]:
    return {"name": "Desk", "address": receiver.address, "companies": "", "people": "", **fields}


def test_a_webhook_is_made_on_its_page_and_tried_out(client: Client, reader: User, receiver: Receiver) -> None:
    made = client.post("/account/webhooks/", form(receiver, nouns=["move"]))
    webhook = Webhook.objects.get(user=reader)
    assert made["Location"] == webhook.get_absolute_url()
    client.post(f"{webhook.get_absolute_url()}test/")
    assert verified(webhook, receiver.received[0])["type"] == "test.sent"
    page = client.get(webhook.get_absolute_url()).content.decode()
    assert webhooks.secret(webhook) in page
    assert "delivered" in page


def test_a_message_is_sent_again_from_the_page(client: Client, reader: User, receiver: Receiver) -> None:
    client.post("/account/webhooks/", form(receiver))
    make_move()
    send()
    delivery = Delivery.objects.get()
    client.post(f"{delivery.webhook.get_absolute_url()}{delivery.pk}/replay/")
    send()
    assert [h["webhook-id"] for h, _ in receiver.received] == [delivery.message_id] * 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"address": "https://user:password@a.example/"}, "password"),
        ({"name": ""}, "required"),
        ({"companies": "no-such-company"}, "no-such-company"),
        ({"nouns": ["weather"]}, "weather"),
    ],
)
def test_a_bad_form_is_told_what_is_wrong(
    client: Client, reader: User, receiver: Receiver, fields: dict[str, Any], said: str
) -> None:
    answer = client.post("/account/webhooks/", form(receiver, **fields))
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Webhook.objects.exists()


def test_an_account_has_a_bounded_number(client: Client, reader: User, receiver: Receiver) -> None:
    for _ in range(webhooks.MOST_OF_ONE_ACCOUNT):
        client.post("/account/webhooks/", form(receiver))
    assert client.post("/account/webhooks/", form(receiver)).status_code == 400


@pytest.mark.parametrize("act", ["pause", "resume", "rotate", "remove", "test"])
def test_nobody_touches_the_webhook_of_another(client: Client, reader: User, receiver: Receiver, act: str) -> None:
    webhook = make_webhook(receiver)
    assert client.get(webhook.get_absolute_url()).status_code == 404
    assert client.post(f"{webhook.get_absolute_url()}{act}/").status_code == 404
    assert Webhook.objects.filter(pk=webhook.pk, state="active", key_number=1).exists()


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/account/webhooks/")["Location"].startswith("/login/")

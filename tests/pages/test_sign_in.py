"""Signing in: whoever guesses is slowed down, by name and by network, and is told when to come back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from lxml import html

from talent import signin
from talent.models import SignInAttempt
from tests.factories import make_member
from tests.pages.conftest import words

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
PASSWORD = "a long enough one"


@pytest.fixture(autouse=True)
def erin() -> None:
    make_member("erin", "Editor", password=PASSWORD)


def try_to(client: Client, password: str = "wrong", *, name: str = "erin", page: str = "/login/", **more: Any) -> Any:
    return client.post(page, {"login": name, "password": password}, **more)


def too_often(client: Client, **more: Any) -> Any:
    """The answer to the last of the tries that a name has, and one more."""
    return [try_to(client, **more) for _ in range(signin.MOST_OF_NAME + 1)][-1]


def test_it_tells_who_tries_too_often_when_to_come_back(client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = too_often(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "901")
    alert = words(html.fromstring(answer.content).cssselect("[role=alert]")[0])
    assert "Try again in 16 minutes, at 09:45 UTC." in alert


def test_it_looks_at_no_password_of_who_tried_too_often(client: Client) -> None:
    with time_machine.travel(NOW) as clock:
        too_often(client)
        assert try_to(client, PASSWORD).status_code == 429
        clock.shift(signin.WINDOW)
        assert try_to(client, PASSWORD).headers["Location"] == "/desk/"


def test_trying_on_does_not_make_the_wait_longer(client: Client) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        too_often(client)
        clock.shift(timedelta(minutes=10))
        assert try_to(client).headers["Retry-After"] == "301"


def test_it_starts_anew_after_the_right_password(client: Client) -> None:
    for _ in range(3):
        for _ in range(signin.MOST_OF_NAME - 1):
            assert try_to(client).status_code == 200
        assert try_to(client, PASSWORD).status_code == 302
        client.logout()


@pytest.mark.parametrize(("name", "status"), [("ERIN", 429), ("omar", 200)])
def test_it_slows_down_one_name_whatever_its_letters_and_no_other(client: Client, name: str, status: int) -> None:
    too_often(client)
    assert try_to(client, name=name, REMOTE_ADDR="192.0.2.77").status_code == status


@pytest.mark.parametrize(
    ("address", "status"),
    [("2001:db8:1:2:ffff::9", 429), ("2001:db8:1:3::9", 200), ("192.0.2.1", 200)],
)
def test_it_slows_down_one_network_whatever_the_names(client: Client, address: str, status: int) -> None:
    for number in range(signin.MOST_FROM_ADDRESS):
        try_to(client, name=f"guess{number}", REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
    assert try_to(client, name="another", REMOTE_ADDR=address).status_code == status


def test_it_believes_a_forwarded_address_behind_a_proxy_alone(client: Client, settings: Any) -> None:
    for number in range(signin.MOST_FROM_ADDRESS):
        try_to(client, name=f"guess{number}", headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert try_to(client, name="another", headers={"X-Forwarded-For": "192.0.2.99"}).status_code == 429
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert try_to(client, name="another", headers={"X-Forwarded-For": "192.0.2.99"}).status_code == 200


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    for answer in (client.get("/admin/login/?next=/admin/"), try_to(client, PASSWORD, page="/admin/login/")):
        assert answer.url.startswith("/login/?next=")
    assert client.get("/desk/").status_code == 302


def test_asking_again_who_one_is_is_slowed_down_with_it(client: Client) -> None:
    try_to(client, PASSWORD)
    answers = [client.post("/account/again/", {"password": "wrong"}) for _ in range(signin.MOST_OF_NAME + 1)]
    assert "Too many tries" in answers[-1].content.decode()
    client.logout()
    assert try_to(client, PASSWORD).status_code == 429


def test_it_keeps_neither_names_nor_addresses_and_nothing_for_long(client: Client) -> None:
    with time_machine.travel(NOW) as clock:
        for number in range(30):
            try_to(client, name=f"guess{number}")
        assert not [
            key for key in SignInAttempt.objects.values_list("key", flat=True) if "guess" in key or "127.0" in key
        ]
        clock.shift(signin.WINDOW)
        try_to(client, name="somebody")
    assert SignInAttempt.objects.count() == 2


def test_it_speaks_the_readers_language(client: Client) -> None:
    assert "次数过多" in too_often(client, page="/zh-hans/login/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_it_counts_every_one_of_many_tries_at_once() -> None:
    def one(_number: int) -> bool:
        try:
            return signin.count_try("erin", "192.0.2.1", now=NOW) is None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        looked_at = sum(pool.map(one, range(30)))
    assert looked_at == signin.MOST_OF_NAME

"""An account's keys: made and shown once, listed without their secrets, revoked."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from lxml import html

from talent import access
from talent.models import ApiKey
from tests.factories import make_member
from tests.pages.conftest import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> Client:
    client.force_login(make_member("ed", "Editor"))
    return client


def make(client: Client, **sent: str) -> html.HtmlElement:
    answer = client.post("/account/keys/", {"name": "crawler", "scopes": "articles:write", "days": "30", **sent})
    assert "no-store" in answer.headers["Cache-Control"]
    return html.fromstring(answer.content)


def test_a_new_key_is_shown_once_and_opens(owner: Client) -> None:
    (field,) = make(owner).cssselect("#secret")
    secret = field.get("value")
    assert access.key_of(secret, now=ApiKey.objects.get().created_at) == ApiKey.objects.get()
    again = owner.get("/account/keys/").content.decode()
    assert secret not in again
    assert ApiKey.objects.get().prefix in again


def test_a_key_opens_for_as_long_as_was_chosen(owner: Client) -> None:
    make(owner)
    make(owner, days="")
    forever, month = ApiKey.objects.all()
    assert forever.expires_at is None
    assert (month.expires_at - month.created_at).days in (29, 30)


@pytest.mark.parametrize(
    ("name", "value"), [("name", ""), ("scopes", "claims:write"), ("scopes", ""), ("days", "9999")]
)
def test_it_says_what_is_wrong(owner: Client, name: str, value: str) -> None:
    assert make(owner, **{name: value}).cssselect("[role=alert]")
    assert not ApiKey.objects.exists()


def test_a_revoked_key_stays_listed_and_opens_nothing(owner: Client) -> None:
    make(owner)
    key = ApiKey.objects.get()
    answer = owner.post(f"/account/keys/{key.pk}/revoke/", follow=True)
    assert "revoked" in words(html.fromstring(answer.content))
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_nobody_sees_or_revokes_the_keys_of_another(owner: Client) -> None:
    make(owner)
    owner.force_login(make_member("bo", "Editor"))
    assert ApiKey.objects.get().prefix not in owner.get("/account/keys/").content.decode()
    assert owner.post(f"/account/keys/{ApiKey.objects.get().pk}/revoke/").status_code == 404


def test_it_is_for_those_whose_role_allows_a_scope(client: Client) -> None:
    assert client.get("/account/keys/").url == "/login/?next=/account/keys/"
    client.force_login(make_member("reader", "Reader"))
    assert client.get("/account/keys/").status_code == 403


def test_the_command_prints_the_secret_alone() -> None:
    make_member("robot", "Editor")
    out = StringIO()
    call_command("make_key", "robot", "--name", "crawler", "--days", "0", stdout=out)
    key = access.key_of(out.getvalue().strip(), now=ApiKey.objects.get().created_at)
    assert key is not None
    assert (key.name, key.scopes, key.expires_at) == ("crawler", ["articles:write"], None)


@pytest.mark.parametrize(("name", "words_"), [("nobody", "no active account"), ("reader", "group Editor")])
def test_the_command_says_why_it_makes_none(name: str, words_: str) -> None:
    make_member("reader", "Reader")
    with pytest.raises(CommandError, match=words_):
        call_command("make_key", name)


def test_an_overseer_revokes_the_key_of_another(admin_client: Client) -> None:
    key, secret = access.make_key(make_member("ed", "Editor"), name="x", scopes=["articles:write"], expires_at=None)
    listed = admin_client.get("/admin/talent/apikey/").content.decode()
    assert key.prefix in listed
    assert key.digest not in admin_client.get(f"/admin/talent/apikey/{key.pk}/change/").content.decode()
    admin_client.post("/admin/talent/apikey/", {"action": "revoke", "_selected_action": key.pk})
    assert access.key_of(secret, now=key.created_at) is None


def test_its_requests_are_counted_for_its_owner(owner: Client, settings: Any) -> None:
    settings.API_KEY_REQUESTS_A_MINUTE = 2
    make(owner)
    key = ApiKey.objects.get()
    now = key.created_at
    for moment in (now - timedelta(days=3), *[now] * 4):
        access.count_request(key, now=moment)
    assert access.usage_of([key], now=now) == {key.pk: {"today": 4, "month": 5, "refused": 2}}
    assert "4 today, 5 in 30 days 2 refused" in words(html.fromstring(owner.get("/account/keys/").content))

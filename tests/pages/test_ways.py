"""The foot of every page: where the data are, and the rooms that are open to whoever is signed in."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from tests.factories import make_member
from tests.pages.conftest import Read, hrefs

pytestmark = pytest.mark.django_db

OWN = {"/desk/", "/press/", "/press/upload/", "/account/keys/", "/account/webhooks/", "/admin/"}


def foot(client: Client, address: str = "/") -> set[str]:
    page = html.fromstring(client.get(address).content)
    return set(hrefs(page.cssselect("footer")[0]))


def test_it_leads_everybody_to_the_data(read: Read) -> None:
    ways = hrefs(read("/").cssselect("footer")[0])
    assert {"/data/", "/sources/", "/api/v1/docs/", "/login/"} <= set(ways)
    assert not OWN & set(ways)


@pytest.mark.parametrize(
    ("role", "closed"),
    [("Reader", OWN - {"/account/webhooks/"}), ("Editor", {"/admin/"}), ("Administrator", {"/admin/"})],
)
def test_it_leads_to_the_rooms_that_are_open_and_no_others(client: Client, role: str, closed: set[str]) -> None:
    client.force_login(make_member("somebody", role))
    assert foot(client) & OWN == OWN - closed
    for address in OWN - closed:
        assert client.get(address).status_code == 200
    assert "/login/" not in foot(client)


def test_it_leads_staff_to_the_administration(client: Client) -> None:
    client.force_login(make_member("somebody", "Administrator", is_staff=True))
    assert foot(client, "/moves/") >= OWN


def test_the_rooms_are_named_in_chinese_and_keep_the_language(client: Client) -> None:
    client.force_login(make_member("somebody", "Editor"))
    assert {"/zh-hans/account/webhooks/", "/zh-hans/data/"} <= foot(client, "/zh-hans/moves/")

"""The content security policy: on every answer, without any leave for inline code, and no page breaks under it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_company, make_move, make_person
from tests.pages.conftest import IN_A_BROWSER, WIDE

DIRECTIVES = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}


def directives(policy: str) -> dict[str, list[str]]:
    """A policy by the names of its directives."""
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


@pytest.mark.parametrize(
    "address", ["/", "/moves/?after=soon", "/nowhere/", "/api/v1/", "/api/v1/docs/", "/admin/login/", "/login/"]
)
def test_every_answer_has_it(client: Client, db: None, address: str) -> None:
    sent = directives(client.get(address).headers["Content-Security-Policy"])
    assert {name: sent[name] for name in DIRECTIVES} == DIRECTIVES


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    @pytest.fixture
    def session(self, client: Client) -> str:
        """The cookie of an administrator."""
        client.force_login(User.objects.create_superuser("ada", password="a long enough one"))
        return client.cookies["sessionid"].value

    def test_nothing_is_refused_on_any_kind_of_page(
        self, browser: Browser, live_server: LiveServer, session: str
    ) -> None:
        move = make_move(make_person("Ada Quill"), destination=make_company("Tern AI"))
        addresses = [
            "/", "/moves/", "/companies/tern-ai/", move.get_absolute_url(), "/data/", "/desk/", "/press/",
            "/account/keys/", "/admin/", "/admin/talent/company/", "/api/v1/docs/",
            f"/admin/talent/company/{move.destination_id}/change/",
        ]  # fmt: skip
        refused: list[Any] = []
        context = browser.new_context(viewport=WIDE)
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
        for address in addresses:
            page.goto(live_server.url + address, wait_until="networkidle")
        context.close()
        assert refused == []

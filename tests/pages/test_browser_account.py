"""Accounts in a real browser: a passkey from its making to signing in with it, and pages that please axe."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from talent.models import Alert
from tests.factories import make_company, make_move
from tests.pages.conftest import IN_A_BROWSER, PHONE, WIDE

pytestmark = IN_A_BROWSER

PASSWORD = "correct horse battery"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def reader(db: None) -> User:
    user = User.objects.create_user("reader-1", email="rae@news.example", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def alert(reader: User) -> Alert:
    northwind = make_company("Northwind Artificial Intelligence Laboratories", name_zh="北风人工智能实验室")
    make_move(origin=northwind)
    return Alert.objects.create(user=reader, public_id="al_tested", company=northwind.public_id, since=0)


def opened(browser: Browser, **options: Any) -> Page:
    return browser.new_context(**{"viewport": WIDE, **options}).new_page()


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/login/")
    page.fill("#id_login", "rae@news.example")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/")


def test_a_passkey_is_made_and_signs_in_without_a_password(
    browser: Browser, live_server: LiveServer, reader: User
) -> None:
    page, site = opened(browser), live_server.url
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    sign_in(page, site)
    page.goto(f"{site}/account/two-factors/passkeys/add/")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.check("#id_passwordless")
    page.click("#add-key")
    page.wait_for_url("**/codes/")
    assert Authenticator.objects.filter(user=reader, type="webauthn").count() == 1
    page.goto(f"{site}/account/two-factors/passkeys/")
    page.click("main >> text=Rename")
    page.fill("#id_name", "My phone")
    page.keyboard.press("Enter")
    page.wait_for_selector("main li >> text=My phone")
    page.goto(f"{site}/account/two-factors/passkeys/reauthenticate/?next=/account/alerts/")
    page.click("#use-key")
    page.wait_for_selector("h1 >> text=Alerts")
    page.goto(f"{site}/logout/")
    with page.expect_navigation():
        page.click("main button")
    page.goto(f"{site}/login/")
    page.click("#passkey-login")
    page.wait_for_url("**/account/")
    page.goto(f"{site}/account/two-factors/passkeys/")
    page.click("main >> text=Remove")
    page.wait_for_selector("h1 >> text=Is it you?")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1 >> text=Remove this passkey?")
    page.click("main form button")
    page.wait_for_url("**/passkeys/")
    page.context.close()
    assert refused == []
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    ("scheme", "size", "prefix"),
    [("light", WIDE, ""), ("dark", PHONE, "/zh-hans")],
    ids=["light, wide, English", "dark, phone, Chinese"],
)
def test_it_gives_axe_nothing_serious_and_fits_a_phone(
    browser: Browser, live_server: LiveServer, alert: Alert, scheme: str, size: dict[str, int], prefix: str
) -> None:
    found, too_wide = [], []
    page, site = opened(browser, viewport=size, color_scheme=scheme), live_server.url
    strangers = ["/login/", "/account/sign-up/", "/account/confirm/", "/account/password/reset/"]
    own = ["/account/", "/account/email/", "/account/two-factors/", "/account/alerts/", alert.get_absolute_url()]
    own += ["/account/alerts/new?list=moves", "/account/again/", "/account/password/", "/account/two-factors/passkeys/"]
    for address in [*strangers, "", *own]:
        if not address:
            sign_in(page, site)
            continue
        page.goto(site + prefix + address)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((address, violation["id"], violation["nodes"][0]["html"][:160]))
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            too_wide.append(address)
    page.context.close()
    assert (found, too_wide) == ([], [])

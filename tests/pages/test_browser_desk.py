"""The desk in a real browser: by keyboard alone, without script, on a phone and in the dark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from talent.models import Claim, Judgement, Move, Person
from tests.pages.test_desk import TEXT, claimed
from tests.test_settle import move, tell

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs a browser: there is no {CHROMIUM}"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Playwright's loop runs in this thread; Django would refuse the database for it.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def signed_in(browser: Browser, live_server: LiveServer, name: str = "erin", **options: Any) -> Page:
    """A page of an editor, as if they had just signed in."""
    user, _ = User.objects.get_or_create(username=name)
    user.user_permissions.add(Permission.objects.get(codename="use_desk"))
    client = Client()
    client.force_login(user)
    context = browser.new_context(**{"viewport": WIDE, **options})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return context.new_page()


@pytest.fixture
def claims(live_server: LiveServer) -> list[Claim]:
    """Three claims in the order of the queue."""
    rows = [claimed(f"{TEXT} {number}") for number in range(3)]
    for number, row in enumerate(rows):
        Claim.objects.filter(pk=row.pk).update(usefulness=90 - number)
    return rows


def at(page: Page, claim: Claim) -> None:
    page.wait_for_url(f"**/desk/claims/{claim.public_id}/**")


def review_of(claim: Claim) -> str:
    return str(Claim.objects.values_list("review", flat=True).get(pk=claim.pk))


def test_it_is_driven_by_keyboard(browser: Browser, live_server: LiveServer, claims: list[Claim]) -> None:
    first, second, third = claims
    page = signed_in(browser, live_server)
    page.goto(f"{live_server.url}/desk/claims/{first.public_id}/")
    page.keyboard.press("n")
    at(page, second)
    page.keyboard.press("p")
    at(page, first)
    page.keyboard.press("a")
    at(page, second)
    assert review_of(first) == "accepted"
    # Rejecting asks for the reason first, in its field; letters typed there are no shortcuts.
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("a rumour about another person")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    at(page, third)
    assert review_of(second) == "rejected"
    page.fill("#id_to_org", "Anthropic")
    assert "changed" in (page.locator(".version:has(#id_to_org)").get_attribute("class") or "")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_url("**/desk/")
    assert review_of(third) == "corrected"
    assert Move.objects.filter(destination__name="Anthropic").exists()
    page.context.close()


def test_it_undoes_by_keyboard(browser: Browser, live_server: LiveServer, claims: list[Claim]) -> None:
    page = signed_in(browser, live_server)
    page.goto(f"{live_server.url}/desk/claims/{claims[0].public_id}/")
    page.keyboard.press("a")
    at(page, claims[1])
    page.keyboard.press("u")
    at(page, claims[0])
    assert review_of(claims[0]) == "unreviewed"
    assert page.locator("text=Undone.").is_visible()
    page.context.close()


def test_it_answers_a_question_by_keyboard_and_undoes_it(browser: Browser, live_server: LiveServer) -> None:
    tell("About one Wei Zhang.", move("Wei Zhang", "Google", "Meta"))
    tell("About another Wei Zhang.", move("Wei Zhang", "Baidu", "ByteDance"))
    question = Judgement.objects.unanswered().get()
    page = signed_in(browser, live_server)
    page.goto(f"{live_server.url}/desk/questions/{question.pk}/")
    page.keyboard.press("s")
    page.wait_for_url("**/desk/questions/")
    assert Person.objects.count() == 1
    page.goto(f"{live_server.url}/desk/decisions/")
    page.click(".decisions button")
    page.wait_for_selector("text=Undone.")
    assert Person.objects.count() == 2
    page.context.close()


def test_single_keys_can_be_switched_off(browser: Browser, live_server: LiveServer, claims: list[Claim]) -> None:
    page = signed_in(browser, live_server)
    page.goto(f"{live_server.url}/desk/claims/{claims[0].public_id}/")
    page.uncheck("#keys-on")
    page.reload()
    page.keyboard.press("a")
    page.keyboard.press("n")
    assert claims[0].public_id in page.url
    assert review_of(claims[0]) == "unreviewed"
    page.context.close()


def test_the_enter_key_accepts_nothing(browser: Browser, live_server: LiveServer, claims: list[Claim]) -> None:
    page = signed_in(browser, live_server)
    page.goto(f"{live_server.url}/desk/claims/{claims[0].public_id}/")
    page.focus("#id_from_team")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Nothing is changed.")
    assert review_of(claims[0]) == "unreviewed"
    page.context.close()


def test_words_marked_in_the_passage_become_the_quote(
    browser: Browser, live_server: LiveServer, claims: list[Claim]
) -> None:
    page = signed_in(browser, live_server)
    page.goto(f"{live_server.url}/desk/claims/{claims[0].public_id}/")
    page.locator("#passage p").nth(0).click(click_count=3)
    assert page.input_value("#id_quote").strip() == "A first paragraph about the weather."
    page.context.close()


def test_two_editors_meet_on_one_claim(browser: Browser, live_server: LiveServer, claims: list[Claim]) -> None:
    address = f"{live_server.url}/desk/claims/{claims[0].public_id}/"
    erin, omar = signed_in(browser, live_server), signed_in(browser, live_server, "omar")
    erin.goto(address)
    omar.goto(address)
    omar.keyboard.press("a")
    at(omar, claims[1])
    erin.fill("#id_to_org", "Anthropic")
    erin.click("button[value=correct]")
    erin.wait_for_selector("text=Somebody was faster")
    shown = erin.inner_text("main")
    assert "omar: accepted" in shown
    assert "Anthropic" in shown
    assert review_of(claims[0]) == "accepted"
    erin.context.close()
    omar.context.close()


def test_it_works_without_script(browser: Browser, live_server: LiveServer, claims: list[Claim]) -> None:
    page = signed_in(browser, live_server, java_script_enabled=False)
    page.goto(f"{live_server.url}/desk/")
    page.click("#results a >> nth=0")
    page.fill("#id_to_role", "researcher")
    page.click("button[value=correct]")
    at(page, claims[1])
    page.fill("#reason", "No such thing.")
    page.click("button[value=reject]")
    at(page, claims[2])
    assert [review_of(claim) for claim in claims] == ["corrected", "rejected", "unreviewed"]
    page.click(".last button")
    at(page, claims[1])
    assert review_of(claims[1]) == "unreviewed"
    page.context.close()


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["light, wide", "dark, phone"])
def test_it_gives_axe_nothing_serious_and_fits_a_phone(
    browser: Browser, live_server: LiveServer, claims: list[Claim], scheme: str, size: dict[str, int]
) -> None:
    tell("About one Wei Zhang.", move("Wei Zhang", "Google", "Meta"))
    tell("About another Wei Zhang.", move("Wei Zhang", "Baidu", "ByteDance"))
    question = Judgement.objects.unanswered().get().pk
    page = signed_in(browser, live_server, viewport=size, color_scheme=scheme)
    claim = f"/desk/claims/{claims[0].public_id}/"
    page.goto(live_server.url + claim)
    page.keyboard.press("a")
    at(page, claims[1])
    found, too_wide = [], []
    addresses = ["/desk/", claim, f"{claim}split/", f"{claim}merge/", "/desk/decisions/", "/desk/questions/"]
    for address in [*addresses, f"/desk/questions/{question}/", "/zh-hans" + claim]:
        page.goto(live_server.url + address)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((address, violation["id"], violation["nodes"][0]["html"][:160]))
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            too_wide.append(address)
    page.context.close()
    assert (found, too_wide) == ([], [])

"""The desk in a real browser: by keyboard alone, without script, on a phone and in the dark."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from talent import corrections, review
from talent.models import Claim, Judgement, Move, Person
from tests.pages.conftest import IN_A_BROWSER, PHONE, WIDE
from tests.pages.test_desk import TEXT, claimed
from tests.test_settle import move, tell

pytestmark = IN_A_BROWSER


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


@pytest.fixture
def addresses(live_server: LiveServer) -> dict[str, str]:
    """Every page that editors and those who ask for corrections see, with something on each; where it is."""
    claim, second = claimed(f"{TEXT} One.", date="2025-06"), claimed(f"{TEXT} Two.", date="2025-06")
    tell("About one Wei Zhang.", move("Wei Zhang", "Google", "Meta"))
    tell("About another Wei Zhang.", move("Wei Zhang", "Baidu", "ByteDance"))
    question = Judgement.objects.unanswered().get()
    editor, _ = User.objects.get_or_create(username="erin")
    third, _fourth = (claimed(f"{TEXT} {number}.", date="2020-01") for number in ("Three", "Four"))
    review.part(claim.public_id, second.public_id, version=1, user=editor, reason="She came back between the two.")
    review.merge(claim.public_id, third.public_id, version=1, user=editor)
    review.reject(second.public_id, version=1, user=editor, reason="It is about a film of that name.")
    fact = Move.objects.get(claims=claim)
    about = corrections.find_page(f"move:{fact.public_id}")
    sent = {
        "category": "fact",
        "text": "She left in June, not in May.",
        "name": "",
        "capacity": "",
        "evidence": "",
        "email": "",
    }
    correction = corrections.submit(about, sent, sender="", language="en", now=timezone.now())
    given = {"user": editor, "now": timezone.now()}
    corrections.decide(correction, state="accepted", outcome="We have read it again: it was June.\nThank you.", **given)
    corrections.set_visibility(Person.objects.filter(name="Wei Zhang").first(), "unlisted", reason="Asked.", **given)
    desk = f"/desk/claims/{claim.public_id}/"
    return {
        "queue": "/desk/", "claim": desk, "split": f"{desk}split/", "merge": f"{desk}merge/",
        "part": f"/desk/claims/{third.public_id}/part/", "decisions": "/desk/decisions/",
        "questions": "/desk/questions/", "question": f"/desk/questions/{question.pk}/",
        "history": f"{fact.get_absolute_url()}history/", "person history": f"{fact.person.get_absolute_url()}history/",
        "company history": f"{fact.origin.get_absolute_url()}history/", "log": "/corrections/",
        "form": f"/corrections/new?about=move:{fact.public_id}", "status": f"/corrections/status/{correction.token}/",
        "login": "/login/?next=/desk/",
    }  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "/zh-hans"], ids=["English", "Chinese"])
@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["light, wide", "dark, phone"])
def test_it_gives_axe_nothing_serious_and_fits_a_phone(
    browser: Browser, live_server: LiveServer, addresses: dict[str, str], scheme: str, size: dict[str, int], prefix: str
) -> None:
    found, too_wide = [], []
    editor = signed_in(browser, live_server, viewport=size, color_scheme=scheme)
    reader = browser.new_page(viewport=size, color_scheme=scheme)
    for name, address in addresses.items():
        page = reader if name == "login" else editor
        page.goto(live_server.url + prefix + address)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((address, violation["id"], violation["nodes"][0]["html"][:160]))
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            too_wide.append(address)
    for page in (reader, editor):
        page.context.close()
    assert (found, too_wide) == ([], [])

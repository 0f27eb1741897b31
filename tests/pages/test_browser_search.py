"""The search box in a real browser: a combobox by keyboard and pointer, a plain form without script."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from talent.models import Company
from tests.factories import make_article, make_claim, make_company, make_move, make_person
from tests.pages.conftest import IN_A_BROWSER, PHONE, WIDE
from tests.test_known import TOLD

pytestmark = IN_A_BROWSER
# Pictures for whoever looks at the pages: SCREENSHOTS=/tmp/shots.
SCREENSHOTS = os.environ.get("SCREENSHOTS", "")


@pytest.fixture
def tern() -> Company:
    """A small world with names in both scripts."""
    company = make_company("Tern AI", name_zh="燕鸥人工智能", aliases=("Sterna Labs",))
    ada = make_person("Ada Tern-Quill", name_zh="阿达·奎尔")
    quote = "Ada Quill has left Northwind AI for Tern, two people said"
    claim = make_claim(article=make_article(f"{quote}.", title="Quill goes to Tern"), quote=quote)
    make_move(ada, claim=claim, destination=company, origin=make_company("Northwind AI"))
    make_person("Terna Lund")
    return company


def _open(browser: Browser, live_server: LiveServer, address: str, **options: object) -> Page:
    page = browser.new_page(**{"viewport": WIDE, **options})  # type: ignore[arg-type]  # playwright's many options
    page.goto(live_server.url + address)
    return page


def _picture(page: Page, name: str) -> None:
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")


def test_it_suggests_while_one_types_and_goes_where_the_arrows_lead(
    browser: Browser, live_server: LiveServer, tern: Company
) -> None:
    page = _open(browser, live_server, "/about/")
    box = page.get_by_role("combobox", name="Search everything")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("ter")
    expect(page.get_by_role("option")).to_have_count(3)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Tern AI")
    expect(box).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    _picture(page, "suggestions")
    box.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/companies/tern-ai/")
    page.close()


def test_escape_closes_it_and_enter_still_searches(browser: Browser, live_server: LiveServer, tern: Company) -> None:
    page = _open(browser, live_server, "/")
    box = page.get_by_role("combobox", name="Find a person, a company or a quote, in any script")
    box.press_sequentially("ter")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert box.input_value() == "ter"
    box.press("Enter")
    page.wait_for_url("**/search?q=ter")
    page.close()


def test_a_suggestion_is_chosen_with_the_pointer(browser: Browser, live_server: LiveServer, tern: Company) -> None:
    page = _open(browser, live_server, "/zh-hans/", viewport=PHONE)
    page.locator("#big-q").press_sequentially("燕")
    option = page.get_by_role("option")
    expect(option).to_contain_text("燕鸥人工智能")
    _picture(page, "suggestions-phone-zh")
    option.click()
    page.wait_for_url("**/zh-hans/companies/tern-ai/")
    page.close()


def test_one_letter_asks_nothing(browser: Browser, live_server: LiveServer, tern: Company) -> None:
    page = _open(browser, live_server, "/about/")
    asked: list[str] = []
    # The browser also asks for pictures and icons, when it likes.
    page.on("request", lambda request: asked.append(request.url) if "/suggest" in request.url else None)
    page.locator("#finder-q").press_sequentially("t")
    page.locator("#finder-q").press_sequentially("er")
    expect(page.get_by_role("option").first).to_be_visible()
    assert [url.partition("?")[2] for url in asked] == ["q=ter"]
    page.close()


def test_without_script_it_is_a_form(browser: Browser, live_server: LiveServer, tern: Company) -> None:
    page = _open(browser, live_server, "/about/", java_script_enabled=False)
    page.fill("#finder-q", "tern")
    page.press("#finder-q", "Enter")
    page.wait_for_url("**/search?q=tern")
    assert page.locator("section[aria-labelledby=quotes] mark").all_inner_texts() == ["Tern"]
    page.close()


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["light, wide", "dark, phone"])
def test_axe_finds_nothing_serious(
    browser: Browser, live_server: LiveServer, tern: Company, scheme: str, size: dict[str, int]
) -> None:
    page = _open(browser, live_server, "/search?q=tern", color_scheme=scheme, viewport=size)
    found = []
    for step in ("search", "suggestions", "quotes", "mentions", "answers"):
        if step == "suggestions":
            page.locator("#big-q").fill("")
            page.locator("#big-q").press_sequentially("ter")
            page.locator("#big-q").press("ArrowDown")
            expect(page.get_by_role("option").first).to_be_visible()
        elif step in ("quotes", "mentions"):
            page.goto(f"{live_server.url}/{step}/?q=left" if step == "quotes" else f"{live_server.url}/mentions/")
        elif step == "answers":
            page.fill("textarea", f"{TOLD} Ada Tern-Quill is at Tern AI. Northwind AI, too.")
            with page.expect_navigation():
                page.click("main button[type=submit]")
        _picture(page, f"{step}-{scheme}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], step
        serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        found += [(step, violation["id"], violation["nodes"][0]["html"][:160]) for violation in serious]
    page.close()
    assert found == []

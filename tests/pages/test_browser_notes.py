"""Footnotes beside their numbers: in a popover with script, at the foot of the page without."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import QUOTE, make_move, make_person
from tests.pages.conftest import IN_A_BROWSER, PHONE, WIDE

pytestmark = IN_A_BROWSER
MARK = ".entry .mark-number"


@pytest.fixture
def address(live_server: LiveServer) -> str:
    """A person's page with footnotes."""
    ada = make_person("Ada Quill")
    for year in (2023, 2024, 2025):
        make_move(ada, date=f"{year}")
    return f"{live_server.url}{ada.get_absolute_url()}"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_number_shows_its_footnote_and_escape_leads_back(
    browser: Browser, address: str, size: dict[str, int]
) -> None:
    page = browser.new_page(viewport=size, color_scheme="dark")
    page.goto(address)
    page.focus(f"{MARK} >> nth=1")
    page.keyboard.press("Enter")
    box = page.locator(".note-box")
    expect(box).to_be_visible()
    expect(box).to_be_focused()
    assert QUOTE in box.inner_text()
    assert box.get_attribute("aria-label") == "Source 2"
    place = box.bounding_box()
    assert place is not None
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    serious = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == []
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page.locator(f"{MARK} >> nth=1")).to_be_focused()
    page.close()


def test_a_footnote_leads_to_its_place_among_the_sources(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=WIDE)
    page.goto(address)
    page.click(f"{MARK} >> nth=2")
    page.click(".note-box > a")
    expect(page.locator(".note-box")).to_be_hidden()
    expect(page.locator(".footnote:target")).to_have_count(1)
    assert page.url.partition("#")[2].startswith("note-")
    page.close()


def test_without_script_a_number_leads_to_the_sources(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=WIDE, java_script_enabled=False)
    page.goto(address)
    page.click(f"{MARK} >> nth=2")
    expect(page.locator(".footnote:target")).to_have_count(1)
    page.close()

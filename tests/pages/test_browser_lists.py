"""The choices beside a list in a real browser: in place with script, as links without, by keyboard, on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_company, make_move
from tests.pages.conftest import IN_A_BROWSER, PHONE, WIDE

pytestmark = IN_A_BROWSER
CHOSEN = "#facet-status-rumoured[aria-current]"


@pytest.fixture
def moves(live_server: LiveServer) -> str:
    """The address of a list with something to choose."""
    tern = make_company("Tern Artificial Intelligence Laboratories", name_zh="燕鸥人工智能实验室")
    make_move(origin=tern, status="rumoured", role_family="research")
    make_move(destination=tern, kind="departure", reporters=3)
    return f"{live_server.url}/moves/"


@pytest.fixture(params=["wide", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of either size, in the dark."""
    size = WIDE if request.param == "wide" else PHONE
    context = browser.new_context(viewport=size, color_scheme="dark")
    yield context.new_page()
    context.close()


def test_a_choice_changes_the_list_in_place_and_keeps_the_focus(browser: Browser, moves: str) -> None:
    page = browser.new_page(viewport=WIDE)
    page.goto(moves)
    page.evaluate("window.untouched = true")
    page.focus("#facet-status-rumoured")
    page.keyboard.press("Enter")
    expect(page.locator(CHOSEN)).to_be_focused()
    assert page.url == f"{moves}?status=rumoured"
    assert page.locator("tbody.fact").count() == 1
    assert page.locator("#languages a").get_attribute("href") == "/zh-hans/moves/?status=rumoured"
    page.keyboard.press("Enter")
    expect(page.locator("tbody.fact")).to_have_count(2)
    assert page.evaluate("window.untouched")
    page.close()


def test_it_works_without_script(browser: Browser, moves: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(moves)
    assert not page.locator("#facet-status-rumoured").is_visible()
    page.click(".narrow > summary")
    with page.expect_navigation():
        page.click("#facet-status-rumoured")
    assert page.url == f"{moves}?status=rumoured"
    assert page.locator("tbody.fact").count() == 1
    context.close()


def test_a_wide_page_shows_the_choices_at_once(browser: Browser, moves: str) -> None:
    page = browser.new_page(viewport=WIDE)
    page.goto(moves)
    expect(page.locator("#facet-status-rumoured")).to_be_visible()
    assert (
        page.locator("#facet-status-rumoured").bounding_box()["x"]
        < page.locator("tbody.fact").first.bounding_box()["x"]
    )
    page.close()


@pytest.mark.parametrize("query", ["", "?status=rumoured", "?status=rumoured&kind=departure"])
def test_nothing_serious_is_found_and_nothing_scrolls_sideways(page: Page, moves: str, query: str) -> None:
    page.goto(moves + query)
    for summary in page.locator(".narrow > summary, .list-ways summary").all():
        if summary.is_visible():
            summary.click()
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

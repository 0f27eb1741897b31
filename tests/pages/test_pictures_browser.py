"""Pictures in a real browser: nothing serious for axe, nothing that scrolls sideways on a phone, all by keyboard."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_company, make_move, make_person, make_report, make_signal
from tests.pages.conftest import IN_A_BROWSER, PHONE, WIDE

pytestmark = IN_A_BROWSER


@pytest.fixture
def addresses(live_server: LiveServer) -> list[str]:
    """Everything that is drawn, of long names, every status and every kind of date."""
    tern = make_company("Tern Artificial Intelligence Laboratories", slug="tern-ai", name_zh="燕鸥人工智能实验室")
    meta, ada = make_company("Meta"), make_person("Ada Wilhelmina Quill-Featherstonehaugh", name_zh="阿达·奎尔")
    make_move(ada, origin=meta, destination=tern, date="2020")
    for status in ("confirmed", "reported", "planned", "rumoured", "declined", "denied"):
        for date in ("2023-05-02", "2023~", "2023/.."):
            make_move(ada, origin=tern, destination=meta, date=date, status=status)
        make_report(tern, status=status, amount_max=None, population="research scientists")
        make_signal(tern, status=status, value_max=900)
    group = make_move(cohort_text="authors", cohort_min=3, cohort_max=5, cohort_of=9, origin=tern, date="2023")
    named = [
        f"/companies/tern-ai/pictures/{name}" for name in ("net/", "partners/", "stays/", "workforce/", "pay/", "")
    ]
    people = [f"{ada.get_absolute_url()}timeline/", f"{group.get_absolute_url()}picture/"]
    return ["/flows/", "/compensation/picture/", "/flows/?top=x", *named, *people]


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["light, wide", "dark, phone"])
def test_it_gives_axe_nothing_serious_to_report(
    browser: Browser, live_server: LiveServer, addresses: list[str], scheme: str, size: dict[str, int]
) -> None:
    found = []
    page = browser.new_page(color_scheme=scheme, viewport=size)
    for address in addresses:
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((address, violation["id"], violation["nodes"][0]["html"][:160]))
    page.close()
    assert found == []


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_nothing_scrolls_sideways_on_a_phone(
    browser: Browser, live_server: LiveServer, addresses: list[str], prefix: str
) -> None:
    too_wide = []
    page = browser.new_page(viewport=PHONE)
    for address in addresses:
        page.goto(live_server.url + prefix + address)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            too_wide.append((address, width))
    page.close()
    assert too_wide == []


def test_words_of_a_picture_keep_their_size_on_a_phone(
    browser: Browser, live_server: LiveServer, addresses: list[str]
) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(live_server.url + "/companies/tern-ai/pictures/pay/")
    assert not page.locator(".wide svg").is_visible()
    height = page.locator(".narrow svg text").first.evaluate("each => each.getBoundingClientRect().height")
    assert height >= 11
    page.close()


def test_a_bar_is_reached_and_opened_by_keyboard(
    browser: Browser, live_server: LiveServer, addresses: list[str]
) -> None:
    page = browser.new_page(viewport=WIDE, java_script_enabled=True)
    page.goto(live_server.url + "/companies/tern-ai/pictures/workforce/")
    page.focus(".past")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg') !== null")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Mar 2025. 500 to 900 people.")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/signals/**")
    page.close()


def test_one_can_go_past_a_picture_to_its_table(
    browser: Browser, live_server: LiveServer, addresses: list[str]
) -> None:
    page = browser.new_page(viewport=WIDE)
    page.goto(live_server.url + "/companies/tern-ai/pictures/workforce/")
    page.focus(".past")
    assert page.locator(".past").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details') !== null")
    page.close()


def test_the_content_policy_lets_everything_of_a_picture_be_drawn(
    browser: Browser, live_server: LiveServer, addresses: list[str]
) -> None:
    page, told = browser.new_page(viewport=WIDE), []
    page.on("console", lambda message: told.append(message.text))
    for address in [*addresses, "/companies/tern-ai/", "/companies/tern-ai/pictures/net.svg?scheme=dark"]:
        page.goto(live_server.url + address)
    page.goto(live_server.url + "/companies/tern-ai/")
    page.locator(".preview-picture").scroll_into_view_if_needed()
    assert page.locator(".preview-picture img").evaluate("each => each.decode().then(() => each.naturalWidth)") > 800
    assert [each for each in told if "Content Security Policy" in each] == []
    page.close()

"""Every page in a real browser: nothing serious for axe, nothing that scrolls sideways on a phone, all of it by
keyboard and without script."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from talent.models import Claim
from tests.factories import make_article, make_claim, make_company, make_move, make_person, make_report, make_signal
from tests.pages.conftest import IN_A_BROWSER, PHONE, WIDE

PAGES = [
    "/", "/moves/", "/people/", "/companies/", "/compensation/", "/signals/", "/articles/", "/about/", "/accuracy/",
    "/search?q=quill", "/moves/?status=denied&year=2025", "/moves/?after=soon", "/people/?q=nobody", "/nowhere/",
    "move", "report", "signal", "company", "person", "article", "failed", "withdrawn",
]  # fmt: skip

pytestmark = IN_A_BROWSER


@pytest.fixture
def addresses(live_server: LiveServer) -> dict[str, str]:
    """A row of every kind and status, with long names and words that cannot be broken; where each is shown."""
    tern = make_company("Tern Artificial Intelligence Laboratories", name_zh="燕鸥人工智能实验室", aliases=("Tern",))
    ada = make_person("Ada Wilhelmina Quill-Featherstonehaugh", name_zh="阿达·奎尔", aliases=("Quill",))
    quote = "Supercalifragilisticexpialidociousverylongword Quill has left for Tern"
    text, address = f"A first sentence. {quote}, and more. {quote} again.", f"https://x.example/{'a' * 300}"
    article = make_article(text, address=address)
    claim = make_claim(article=article, quote=quote)
    move = make_move(ada, claim=claim, destination=tern, destination_role="负责后训练的副总裁" * 3)
    overlapping = make_claim(article=article, quote="Quill has left for Tern, and more", attribution="两名知情人士")
    Claim.objects.filter(pk=overlapping.pk).update(move=move)
    for status in ("confirmed", "planned", "rumoured", "declined", "denied"):
        make_move(ada, status=status, destination=tern, origin=make_company(), date="2025-03-18/2025-03-24")
    make_move(cohort_text="at least seven of the fourteen authors", cohort_min=7, cohort_of=14, origin=tern, date="")
    report, signal = make_report(tern, person=ada, amount_max=None), make_signal(tern, metric="layoffs")
    failed = make_article(state="failed", error="NotADocument: " + "x" * 200, failed_for_good=True)
    withdrawn = make_move(visibility="withdrawn")
    named = {"move": move, "report": report, "signal": signal, "company": tern, "person": ada, "article": article}
    rows = {**named, "failed": failed, "withdrawn": withdrawn}
    return {page: rows[page].get_absolute_url() if page in rows else page for page in PAGES}


def _open(browser: Browser, live_server: LiveServer, address: str, **options: Any) -> Page:
    page = browser.new_page(**options)
    page.goto(live_server.url + address)
    return page


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["light, wide", "dark, phone"])
def test_it_gives_axe_nothing_serious_to_report(
    browser: Browser, live_server: LiveServer, addresses: dict[str, str], scheme: str, size: dict[str, int]
) -> None:
    found = []
    page = browser.new_page(color_scheme=scheme, viewport=size)
    for address in addresses.values():
        page.goto(live_server.url + address)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((address, violation["id"], violation["nodes"][0]["html"][:160]))
    page.close()
    assert found == []


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_nothing_scrolls_sideways_on_a_phone(
    browser: Browser, live_server: LiveServer, addresses: dict[str, str], prefix: str
) -> None:
    too_wide = []
    page = browser.new_page(viewport=PHONE)
    for address in addresses.values():
        page.goto(live_server.url + prefix + address)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            too_wide.append((address, width))
    page.close()
    assert too_wide == []


def test_it_is_used_by_keyboard(browser: Browser, live_server: LiveServer, addresses: dict[str, str]) -> None:
    page = _open(browser, live_server, "/moves/", viewport=WIDE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "filter-q"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_it_filters_to_an_address_that_can_be_shared(
    browser: Browser, live_server: LiveServer, addresses: dict[str, str], script: bool
) -> None:
    page = _open(browser, live_server, "/moves/", viewport=WIDE, java_script_enabled=script)
    page.fill("#filter-year", "2025")
    page.click("form.filters button[type=submit]")
    page.wait_for_url("**/moves/?year=2025*")
    page.wait_for_selector(".chips")
    assert page.locator("#filter-year").input_value() == "2025"
    assert "year=2025" in (page.get_attribute("#languages a", "href") or "")
    page.close()


def test_it_filters_as_soon_as_a_box_is_ticked(
    browser: Browser, live_server: LiveServer, addresses: dict[str, str]
) -> None:
    page = _open(browser, live_server, "/moves/", viewport=WIDE)
    page.click("details.more summary")
    page.check("input[name=status][value=denied]")
    page.wait_for_url("**/moves/?**status=denied**")
    page.wait_for_selector(".chips")
    assert page.locator("tbody.fact").count() == 1
    assert page.locator("input[name=status][value=denied]").is_visible()
    page.close()


def test_it_leads_from_a_fact_to_its_quote_in_one_step(
    browser: Browser, live_server: LiveServer, addresses: dict[str, str]
) -> None:
    page = _open(browser, live_server, addresses["move"], viewport=WIDE)
    page.click(".footnote .ways a >> nth=0")
    page.wait_for_url("**/articles/**")
    assert page.locator(".anchor:target + mark").is_visible()
    page.close()

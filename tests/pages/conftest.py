"""What the tests of pages share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from lxml import html
from playwright.sync_api import Browser, sync_playwright

Read = Callable[..., html.HtmlElement]

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
# The suite must run for a user who has no browser and may install none; .ci/run installs one, so that there none of
# these tests is left out.
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs a browser: there is no {CHROMIUM}"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a file."""
    with sync_playwright() as playwright:
        # Playwright's loop runs in this thread; Django would refuse the database for it.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A page in Chinese leaves its language to the thread; no test inherits it."""
    with translation.override("en"):
        yield


@pytest.fixture
def read(client: Client, db: None) -> Read:
    """Gets an address, insists on its status, and gives the parsed page."""

    def get(address: str, status: int = 200) -> html.HtmlElement:
        response = client.get(address)
        assert response.status_code == status, response.content[:500]
        return html.fromstring(response.content)

    return get


def words(element: html.HtmlElement) -> str:
    """The text of an element with single spaces."""
    return " ".join(element.text_content().split())


def hrefs(element: html.HtmlElement) -> list[str]:
    """Where the links of an element lead."""
    return [str(a.get("href")) for a in element.iter("a")]

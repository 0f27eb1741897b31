"""What the tests of pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation
from lxml import html

Read = Callable[..., html.HtmlElement]


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

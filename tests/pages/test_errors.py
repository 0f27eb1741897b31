"""What a reader sees when there is nothing to see."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults

from tests.factories import make_move
from tests.pages.conftest import Read, words


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/nowhere/", "There is no such page"),
        ("/zh-hans/nowhere/", "没有这个页面"),
        ("/moves/none/", "There is no such page"),
    ],
)
def test_it_has_a_page_for_what_does_not_exist(read: Read, address: str, heading: str) -> None:
    assert words(read(address, status=404).cssselect("h1")[0]) == heading


def test_it_explains_what_was_taken_back(read: Read) -> None:
    page = read(make_move(visibility="withdrawn").get_absolute_url(), status=410)
    assert words(page.cssselect("h1")[0]) == "This page was taken back"


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "410", "500"])
def test_it_renders_every_failure_without_a_database(status: str) -> None:
    assert "<h1>" in render_to_string(f"{status}.html")


def test_it_renders_a_server_error_without_a_request() -> None:
    response = defaults.server_error(HttpRequest())
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()


def test_it_renders_a_bad_request(rf: RequestFactory) -> None:
    assert defaults.bad_request(rf.get("/"), Exception()).status_code == 400


@pytest.mark.parametrize("address", ["/", "/moves/", "/about/", "/search", "/people/x/", "/articles/x/", "/moves/x/"])
def test_it_refuses_to_be_written_to(client: Client, db: None, address: str) -> None:
    assert client.post(address).status_code == 405

"""Companies and people in the boxes of a list: shown by name, understood by name or slug."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_company, make_move, make_person, make_report
from tests.pages.conftest import Read, words


@pytest.fixture
def moved(db: None) -> Any:
    tern = make_company("Tern AI", name_zh="燕鸥智能", slug="tern-2", aliases=("Ternlabs Group",))
    make_report(tern)
    return make_move(make_person("Ada Quill", name_zh="阿达·奎尔"), origin=tern, destination=make_company("Lark"))


@pytest.mark.parametrize(
    "path", ["/moves/?from=", "/flows/?from=", "/compensation/?company=", "/compensation/picture/?company="]
)
@pytest.mark.parametrize("written", ["Tern AI", "燕鸥智能", "Ternlabs Group"])
def test_a_company_is_understood_by_any_of_its_names(client: Client, moved: Any, path: str, written: str) -> None:
    answer = client.get(f"{path}{written}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}tern-2")


@pytest.mark.parametrize(("prefix", "name"), [("", "Tern AI"), ("/zh-hans", "燕鸥智能")])
@pytest.mark.parametrize(
    "path", ["/moves/?from=", "/moves/?year=1999&from=", "/flows/?from=", "/compensation/picture/?company="]
)
def test_its_box_shows_the_name_in_the_readers_script(
    read: Read, moved: Any, prefix: str, name: str, path: str
) -> None:
    page = read(f"{prefix}{path}tern-2")
    assert name in [box.get("value") for box in page.cssselect("form.filters input[name=from], input[name=company]")]


def test_a_person_is_understood_by_name_and_named_above_the_list(client: Client, read: Read, moved: Any) -> None:
    address = f"/moves/?person={moved.person.slug}"
    assert client.get("/moves/?person=Ada+Quill").headers["Location"] == address
    assert "Ada Quill" in words(read(address).cssselect(".chips")[0])
    make_person("Ada Quill")
    assert client.get("/moves/?person=Ada+Quill").status_code == 200

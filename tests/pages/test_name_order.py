"""Lists of names in the order of the reader's language: letters in English, pinyin in Chinese."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import translation

from talent.filters import CompanyFilter, PersonFilter
from talent.models import Company, Person
from tests.factories import make_company, make_person
from tests.pages.conftest import Read, words

# As a Chinese directory has them: Latin letters, then a, cheng, he, li, ou, wang, zhang.
PINYIN = ["Bo Marsh", "zoe quist", "阿达·奎尔", "陈默", "何恺明", "李雷", "欧阳修", "王小明", "张三"]


def names(page: Any) -> list[str]:
    return [words(cell.cssselect("a")[0]) for cell in page.cssselect("tbody td.who")]


@pytest.mark.parametrize(("address", "make"), [("people", make_person), ("companies", make_company)])
def test_a_reader_of_chinese_finds_names_by_pinyin(read: Read, address: str, make: Any) -> None:
    for number, name in enumerate(PINYIN[::2] + PINYIN[1::2]):
        latin = name if name.isascii() else f"Name {number}"
        make(latin, name_zh="" if name.isascii() else name, slug=f"s{number}")
    assert names(read(f"/zh-hans/{address}/")) == PINYIN
    assert names(read(f"/zh-hans/{address}/?sort=-name")) == PINYIN[::-1]


def test_a_reader_of_english_finds_them_by_letter(read: Read) -> None:
    for name in ("Bo Marsh", "ada quill", "Cy Lane"):
        make_person(name, name_zh="王小明" if name == "ada quill" else "")
    assert names(read("/people/")) == ["ada quill", "Bo Marsh", "Cy Lane"]


def test_pages_go_on_where_the_last_one_ended(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talent.views.lists.PAGE_SIZE", 3)
    for number, name in enumerate(PINYIN):
        make_person(f"Name {number}", name_zh=name, slug=f"s{number}")
    found, page = [], read("/zh-hans/people/")
    while True:
        found += names(page)
        if not (onwards := page.cssselect("a[rel=next]")):
            break
        page = read(f"/zh-hans/people/{onwards[0].get('href')}")
    assert found == PINYIN


@pytest.mark.parametrize(("rows", "filters"), [(Person, PersonFilter), (Company, CompanyFilter)])
@pytest.mark.django_db
def test_the_order_is_that_of_an_index(rows: Any, filters: Any) -> None:
    with translation.override("zh-hans"), connection.cursor() as cursor:
        # Of few rows any table is soonest read whole; this asks what there is an index for.
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = filters(QueryDict(), queryset=rows.objects.all()).rows[:50].explain()
    assert "_by_pinyin" in plan
    assert "Sort" not in plan

"""The paper under the pictures: colours, words, axes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree

from talent.pictures.ink import DARK, LIGHT, LOOKS, Scheme, attributes
from talent.pictures.letters import cut, lines, width_of
from talent.pictures.scales import Days, Scale, for_amounts, over, round_step
from talent.pictures.sheet import Drawing, Sheet
from tests.pictures import HOSTILE


def _drawing(words: str = "Quill") -> Drawing:
    sheet = Sheet("test", 400)
    sheet.rect(0, 0, 10, 10, "plain", fill=sheet.hatched("reported"))
    with sheet.link("/people/quill/", words, value=3):
        sheet.text(4, 20, words, "label")
    return sheet.done(words, words, 100)


def test_its_colours_are_those_of_the_stylesheet() -> None:
    css = (Path(settings.BASE_DIR) / "static/site.css").read_text()
    blocks = re.findall(r":root \{(.*?)\n\s*\}", css, flags=re.DOTALL)
    for colours, block in ((LIGHT, blocks[0]), (DARK, blocks[1])):
        named = dict(re.findall(r"--([\w-]+): (#\w+);", block))
        # The pages' colours may be shortened.
        assert {name: named[name] for name in colours} == colours


def test_it_takes_the_pages_colours_on_a_page_and_plain_ones_in_a_file() -> None:
    drawing = _drawing()
    assert 'fill="var(--ink)"' in drawing.inline()
    assert f'fill="{LIGHT["ink"]}"' in drawing.file()
    assert f'fill="{DARK["ink"]}"' in drawing.file(scheme=Scheme.DARK)
    for file in (drawing.file(), drawing.file(scheme=Scheme.DARK)):
        assert "var(" not in file
        assert "$" not in file


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_is_made_of_attributes_with_values(look: str) -> None:
    for scheme in Scheme:
        assert all(value and "$" not in value for value in attributes(look, scheme).values())


def test_a_file_says_what_it_is_and_where_it_comes_from_and_leads_back() -> None:
    file = _drawing().file(site="https://x.example", credit="Talent Ledger, x.example")
    root = etree.fromstring(file)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Talent Ledger, x.example" in file
    assert 'href="https://x.example/people/quill/"' in file
    assert "href" not in _drawing().file()


def test_a_drawing_on_a_page_is_a_group_with_a_name_whose_links_have_names() -> None:
    root = etree.fromstring(_drawing().inline())
    assert root.get("role") == "group"
    assert [root.find(f"*[@id='{name}']").text for name in root.get("aria-labelledby").split()] == ["Quill", "Quill"]
    assert root.find(".//a").attrib == {"href": "/people/quill/", "aria-label": "Quill", "data-value": "3"}


def test_a_name_can_hold_anything_and_stays_text() -> None:
    for text in (_drawing(HOSTILE).inline(), _drawing(HOSTILE).file(site="https://x.example")):
        root = etree.fromstring(text)
        assert not root.xpath("//*[local-name() = 'script']")
        assert root.xpath("//*[local-name() = 'a']/@aria-label")[0].startswith('<script>alert("1")</script> &  何恺明')


def test_its_hatching_is_drawn_once_and_found() -> None:
    root = etree.fromstring(_drawing().inline())
    assert root.xpath("//rect/@fill")[-1] == f"url(#{root.find('.//pattern').get('id')})"


@pytest.mark.parametrize(
    ("words", "room", "expected"),
    [("Quill", 100, "Quill"), ("Featherstonehaugh", 60, "Feathe…"), ("月之暗面科技公司", 60, "月之暗…"), ("", 10, "")],
)
def test_it_cuts_what_is_too_long(words: str, room: float, expected: str) -> None:
    assert cut(words, 13, room) == expected
    assert width_of(cut(words, 13, room), 13) <= room


def test_it_breaks_lines_between_words_and_between_chinese_characters() -> None:
    assert lines("a first line and a second", 10, 60) == ["a first line", "and a", "second"]
    assert lines("x.example/companies/tern-ai/", 10, 80) == ["x.example/", "companies/", "tern-ai/"]
    assert lines("月之暗面科技", 10, 30) == ["月之暗", "面科技"]
    assert lines("", 10, 30) == []


@pytest.mark.parametrize(("span", "most", "step"), [(10, 5, 2), (3, 6, 1), (97, 5, 20), (2500, 4, 1000), (0.3, 4, 1)])
def test_its_steps_are_round(span: float, most: int, step: float) -> None:
    assert round_step(span, most) == step


def test_an_axis_is_logarithmic_where_amounts_lie_far_apart() -> None:
    assert not for_amounts([100_000, 300_000], 0, 100).logarithmic
    apart = for_amounts([100_000, 100_000_000], 0, 100)
    assert apart.logarithmic
    assert apart.ticks(5) == [100_000, 1_000_000, 10_000_000, 100_000_000]
    assert apart(100_000) < apart(1_000_000) < apart(100_000_000) <= 100
    assert for_amounts([], 0, 100).ticks()


def test_an_axis_has_no_more_ticks_than_asked_for() -> None:
    for high in (1, 3, 7, 19, 250, 99_999):
        ticks = Scale(0, high, 0, 100).ticks(5)
        assert ticks[0] == 0
        assert len(ticks) <= 6


def test_an_axis_of_time_holds_whole_years() -> None:
    days = over([date(2016, 5, 2), date(2024, 12, 1)], 0, 900)
    assert (days.first, days.last) == (date(2016, 1, 1), date(2026, 1, 1))
    assert [day.year for day in days.years(5)] == [2016, 2018, 2020, 2022, 2024, 2026]
    assert days(date(1900, 1, 1)) == 0
    assert over([date(1, 1, 1), date(9999, 12, 31)], 0, 900) == Days(date(1899, 1, 1), date(2151, 1, 1), 0, 900)

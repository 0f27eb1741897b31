"""How statuses and uncertain days are drawn."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

from talent.pictures.marks import HEIGHT, UNTRUE, When, bar, cross, edge, ends, point, span, years
from talent.pictures.scales import Days
from talent.pictures.sheet import Sheet
from tests.pictures import fact

DAYS = Days(date(2020, 1, 1), date(2026, 1, 1), 0.0, 600.0)
STATUSES = ("confirmed", "reported", "planned", "rumoured", "declined", "denied")


def _drawn(draw: Any, width: float = 600) -> Any:
    sheet = Sheet("test", width)
    draw(sheet)
    return etree.fromstring(sheet.done("", "", 40).inline()).find("g")


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("2024-05-03", When(date(2024, 5, 3), date(2024, 5, 3))),
        ("2024-05", When(date(2024, 5, 1), date(2024, 5, 31))),
        ("2024", When(date(2024, 1, 1), date(2024, 12, 31))),
        ("2024~", When(date(2024, 1, 1), date(2024, 12, 31), about=True)),
        ("2024?", When(date(2024, 1, 1), date(2024, 12, 31), about=True)),
        ("2023-11/2024-02", When(date(2023, 11, 1), date(2024, 2, 29))),
        ("2024/..", When(date(2024, 1, 1), None)),
        ("../2024", When(None, date(2024, 12, 31))),
        ("", When(None, date(2025, 6, 1), stated=False)),
    ],
)
def test_the_days_on_which_it_can_have_been(written: str, when: When) -> None:
    assert When.of(fact("moves", 1, date=written)) == when


def test_a_bar_reaches_from_the_first_day_to_the_last() -> None:
    when = When(date(2021, 1, 1), date(2022, 1, 1))
    assert ends(when, DAYS) == (DAYS(date(2021, 1, 1)), DAYS(date(2022, 1, 1)))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(date(2023, 1, 1), None), (300.0, 400.0)),
        (When(None, date(2023, 1, 1)), (200.0, 300.0)),
        (When(None, date(2020, 1, 11)), (0.0, 2.7)),
        (When(date(2025, 12, 21), None), (597.0, 600.0)),
    ],
)
def test_an_open_end_fades_and_never_leaves_the_axis(when: When, expected: tuple[float, float]) -> None:
    assert ends(when, DAYS) == pytest.approx(expected, abs=0.5)


def test_a_known_end_has_a_line_and_an_open_one_has_none() -> None:
    lines = {
        name: len(_drawn(lambda s, when=when: span(s, when, "reported", days=DAYS, y=20)).findall("line"))
        for name, when in (
            ("closed", When(date(2021, 1, 1), date(2022, 1, 1))),
            ("open", When(date(2021, 1, 1), None)),
            ("not stated", When(None, date(2022, 1, 1), stated=False)),
        )
    }
    assert lines == {"closed": 2, "open": 1, "not stated": 0}


def test_a_day_and_an_about_day_differ() -> None:
    day = date(2023, 5, 2)
    exact, about = (
        _drawn(lambda s, when=when: span(s, when, "confirmed", days=DAYS, y=20)).findall("circle")
        for when in (When(day, day), When(day, day, about=True))
    )
    assert len(about) == len(exact) + 1


@pytest.mark.parametrize(
    "draw", [lambda s, status: point(s, 50, 20, status), lambda s, status: bar(s, 10, 90, status, y=20)]
)
def test_each_status_is_drawn_in_a_fashion_of_its_own(draw: Any) -> None:
    fashions = {}
    for status in STATUSES:
        marks = _drawn(lambda s, status=status: draw(s, status))
        fashions[status] = [(m.tag, m.get("stroke-dasharray"), m.get("fill-opacity"), m.get("r")) for m in marks]
    firm = [str(fashions[status]) for status in STATUSES if status not in UNTRUE]
    assert len(set(firm)) == len(firm)
    for status in UNTRUE:
        assert [m for m in fashions[status] if m[0] == "path"], "what is not so is crossed out"


@pytest.mark.parametrize("status", STATUSES)
def test_a_mark_stays_within_its_height(status: str) -> None:
    for rect in _drawn(lambda s: bar(s, 10, 90, status, y=20)).iter("rect"):
        assert float(rect.get("y")) == 20 - HEIGHT / 2
        assert float(rect.get("height")) == HEIGHT


def test_a_cross_is_two_strokes() -> None:
    assert len(_drawn(lambda s: cross(s, 20, 20, "denied")).findall("path")) == 2


@pytest.mark.parametrize(
    ("status", "look"),
    [("planned", "edge-planned dashed"), ("rumoured", "edge-rumoured dotted"), ("denied", "edge-denied")],
)
def test_outlines(status: str, look: str) -> None:
    assert edge(status) == look


@pytest.mark.parametrize("width", [860.0, 340.0])
def test_the_axis_of_time_is_not_read_aloud_and_has_room_for_its_years(width: float) -> None:
    axis = _drawn(lambda s: years(s, Days(date(1990, 1, 1), date(2026, 1, 1), 0, width), top=0, bottom=40), width)
    group = axis.find("g")
    assert group.get("aria-hidden") == "true"
    places = [float(text.get("x")) for text in group.iter("text")]
    assert places == sorted(places)
    assert min(b - a for a, b in pairwise(places)) > 30

"""A person's timeline, how long people stayed, and who of a group is known: against their tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from talent.models import Company, Move
from talent.pictures.cohort import MOST_DOTS, cohort
from talent.pictures.marks import When
from talent.pictures.stays import MOST, pair, stays
from talent.pictures.timeline import timeline
from tests.pictures import HOSTILE, assert_harmless, move, named, roots, said, written

# ------------------------------------------------------------------ timeline


def test_a_timeline_has_the_moves_of_its_table_in_their_order() -> None:
    picture = timeline("Ada Quill", [move(2, date="2024-05-03"), move(1, date="2016", status="confirmed")])
    assert picture.table.csv().decode().splitlines() == [
        "date,from,to,status,reporters",
        "2016,Northwind,Lanternlight,confirmed,2",
        "2024-05-03,Northwind,Lanternlight,reported,2",
    ]
    for root in roots(picture):
        marks = root.xpath("//*[@data-date]")
        assert [mark.get("data-date") for mark in marks] == ["2016", "2024-05-03"]
        assert [int(mark.get("data-value")) for mark in marks] == [row[4].value for row in picture.table.rows]
    assert roots(picture)[0].xpath("//a/@href") == ["/moves/1/", "/moves/2/"]
    assert "confirmed" in said(roots(picture)[0])[0]


@pytest.mark.parametrize(
    ("date", "mark"),
    [
        ("2024-05-03", "circle"),
        ("2019", "rect[not(contains(@fill, 'url'))]"),
        ("2019~", "rect[contains(@fill, 'hatch-reported')]"),
        ("2019/..", "rect[contains(@fill, 'fade-right-reported')]"),
        ("../2019", "rect[contains(@fill, 'fade-left-reported')]"),
        ("", "rect[contains(@fill, 'fade-left-reported')]"),
    ],
)
def test_an_uncertain_date_is_drawn_as_uncertain(date: str, mark: str) -> None:
    root = roots(timeline("Ada Quill", [move(1, date="2010"), move(2, date=date), move(3, date="2025-01-01")]))[0]
    assert root.xpath(f"//a[@href='/moves/2/']//{mark}")


def test_a_date_that_no_source_states_is_said_to_be_that_of_a_report() -> None:
    assert When.of(move(date="")) == When(None, move(date="").sort_date, stated=False)
    assert "date not stated, reported 1 Jun 2025" in said(roots(timeline("Ada Quill", [move(date="")]))[0])[0]


def test_statuses_differ_by_more_than_colour() -> None:
    every = ("confirmed", "reported", "planned", "rumoured", "declined", "denied")
    root = roots(timeline("Ada Quill", [move(n, date="2024", status=status) for n, status in enumerate(every)]))[0]
    drawn = {}
    for number, status in enumerate(every):
        marks = root.xpath(f"//a[@href='/moves/{number}/']/*[not(self::text or self::title)]")
        drawn[status] = [(m.tag, m.get("stroke-dasharray"), m.get("fill-opacity")) for m in marks]
        assert status in written(root)
    shapes = [str(each) for status, each in drawn.items() if status != "denied"]
    assert len(set(shapes)) == len(shapes)


def test_a_timeline_speaks_the_readers_language() -> None:
    with translation.override("zh-hans"):
        picture = timeline("何恺明", [move(destination=named("Moonshot AI", name_zh="月之暗面"))])
        root = roots(picture)[0]
    assert "Northwind → 月之暗面" in written(root)
    assert root.xpath("//text[contains(., '月之暗面')]/@lang") == ["zh-Hans"]


def test_pictures_of_hostile_names_are_harmless() -> None:
    nobody = named(HOSTILE, noun="people")
    assert_harmless(timeline(HOSTILE, [move(origin=named(HOSTILE), destination=None), move(2, origin=None)]))
    assert_harmless(stays(HOSTILE, pair([move(1, person=nobody)], [move(2, person=nobody)]), arrived="1"))


def test_a_timeline_of_nothing_is_nothing() -> None:
    assert not timeline("Ada Quill", [])
    assert_harmless(timeline("Ada Quill", []))


def test_a_date_beyond_all_pictures_is_drawn_at_the_edge() -> None:
    assert_harmless(timeline("Ada Quill", [move(1, date="0001/.."), move(2, date="9990")]))


# ------------------------------------------------------------------ stays


def _stays(*pairs: tuple[str, str], **fields: Any) -> Any:
    people = [named(f"Person {n}", noun="people") for n in range(len(pairs))]
    came = [move(n, person=people[n], date=first, **fields) for n, (first, _) in enumerate(pairs)]
    went = [move(100 + n, person=people[n], date=last) for n, (_, last) in enumerate(pairs) if last]
    return pair(came, went)


def test_a_stay_is_as_uncertain_as_its_dates() -> None:
    known, vague = _stays(("2016", "2020"), ("2020-05-01", "2022-05-01"))
    assert (round(known.low, 2), round(known.high, 2)) == (3.0, 5.0)
    assert known.words == "3 to 5 years"
    assert (round(vague.low, 1), round(vague.high, 1), vague.words) == (2.0, 2.0, "2 years")


@pytest.mark.parametrize(("came", "went"), [("2016", ""), ("", "2016"), ("2016/..", "2020"), ("2020", "2016")])
def test_it_counts_no_stay_that_cannot_be_told(came: str, went: str) -> None:
    assert _stays((came, went)) == []


def test_it_counts_no_stay_that_did_not_begin() -> None:
    assert _stays(("2016", "2020"), status="denied") == []


def test_it_pairs_each_arrival_with_the_next_departure() -> None:
    quill = named("Ada Quill", noun="people")
    came = [move(n, person=quill, date=day) for n, day in enumerate(("2014", "2020"))]
    went = [move(n, person=quill, date=day) for n, day in enumerate(("2016", "2023"), 10)]
    assert [(s.arrival.date, s.departure.date) for s in pair(came, went)] == [("2020", "2023"), ("2014", "2016")]


def test_stays_are_those_of_the_table_longest_first_and_say_of_how_many() -> None:
    picture = stays("Tern AI", _stays(("2022", "2023"), ("2016", "2023")), arrived="9")
    assert [row[0].value for row in picture.table.rows] == ["Person 1", "Person 0"]
    assert "of 9 known arrivals" in picture.summary
    for root in roots(picture):
        marks = root.xpath("//*[@data-low]")
        assert [float(mark.get("data-low")) for mark in marks] == [row[3].value for row in picture.table.rows]
        assert [float(mark.get("data-high")) for mark in marks] == [row[4].value for row in picture.table.rows]
    assert len(stays("Tern AI", _stays(*[("2016", "2020")] * (MOST + 5)), arrived="500+").table.rows) == MOST


# ------------------------------------------------------------------ cohort


def _group(**numbers: Any) -> Move:
    tern = Company(name="Tern AI", slug="tern-ai")
    said = {"status": "reported", "date": "2025", "reporters": 3, "kind": "hire"}
    return Move(public_id="g", cohort_text="authors", destination=tern, **said, **numbers)


def test_every_link_of_a_cohorts_table_has_words() -> None:
    group = _group(cohort_min=7)
    group.date, group.sort_date = "", date(2025, 6, 20)
    linked = [cell for row in cohort(group, _members(2)).table.rows for cell in row if cell.address]
    assert [str(cell) for cell in linked] == ["reported 20 Jun 2025", "reported 20 Jun 2025", "Person 0", "Person 1"]


def _members(number: int) -> list[Any]:
    return [move(n, person=named(f"Person {n}", noun="people")) for n in range(number)]


def test_a_cohort_has_a_dot_for_everybody_and_a_link_for_the_named() -> None:
    picture = cohort(_group(cohort_min=7, cohort_max=9, cohort_of=14), _members(5))
    values = {row[0].value: row[1].value for row in picture.table.rows}
    assert values["reported, at least"] == 7
    assert values["reported, at most"] == 9
    assert values["of how many"] == 14
    assert values["known by name"] == 5
    for root in roots(picture):
        assert len(root.xpath("//*[@data-named]")) == 5
    root = roots(picture)[0]
    assert root.xpath("//a/@href") == [f"/moves/{n}/" for n in range(5)]
    assert len(root.xpath("//rect[contains(@fill, 'hatch')][@rx]")) == 2
    # Named, reported (each with a ring), not reported; and a dot before each name.
    assert len(root.xpath("//circle")) == 5 + 2 * 2 + 5 + 5
    assert "7 to 9 of 14 reported; 5 known by name may be among them." in picture.summary


def test_more_named_than_reported_are_all_shown() -> None:
    picture = cohort(_group(cohort_min=2), _members(4))
    assert len(roots(picture)[0].xpath("//*[@data-named]")) == 4


def test_a_crowd_is_a_bar_of_shares() -> None:
    picture = cohort(_group(cohort_min=300, cohort_max=400, cohort_of=MOST_DOTS * 3), _members(2))
    root = roots(picture)[0]
    assert not root.xpath("//*[@data-named]")
    widths = [float(rect.get("width")) for rect in root.xpath("//rect[@height='28']")]
    assert [round(w / 860 * MOST_DOTS * 3) for w in widths] == [100, 300, 2]
    assert_harmless(picture)

"""A company's headcount and layoffs, and pay as ranges: against their tables."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from talent.pictures.pay import GROUPINGS, pay_ranges, period_words
from talent.pictures.tables import Coverage
from talent.pictures.workforce import workforce
from tests.pictures import HOSTILE, assert_harmless, named, report, roots, said, signal, written

# ------------------------------------------------------------------ headcount and layoffs


def test_its_figures_are_those_of_the_table() -> None:
    told = [
        signal(1, value_min=120, value_max=120, date="2019"),
        signal(2, value_min=770, date="2023-11-20"),
        signal(3, value_min=50, value_max=80, date="2023-01", metric="layoffs", status="confirmed"),
    ]
    picture = workforce("Tern AI", told)
    assert picture.table.csv().decode().splitlines()[1:] == [
        "2019,headcount,,120,120,people,reported,2",
        "2023-01,layoffs,,50,80,people,confirmed,2",
        "2023-11-20,headcount,,770,,people,reported,2",
    ]
    for root in roots(picture):
        assert sorted(float(mark.get("data-value")) for mark in root.xpath("//*[@data-value]")) == [50, 120, 770]
    root = roots(picture)[0]
    assert root.xpath("//a/@href") == ["/signals/1/", "/signals/2/", "/signals/3/"]
    assert "20 Nov 2023. at least 770 people. reported." in said(root)
    for words in ("Headcount", "Layoffs", "120 people", "at least 770 people"):
        assert words in written(root)


def test_a_bound_without_its_other_end_fades() -> None:
    open_, closed = (signal(n, value_min=500, value_max=high) for n, high in ((1, None), (2, 900)))
    root = roots(workforce("Tern AI", [open_, closed]))[0]
    shades = [rect.get("fill-opacity") for rect in root.xpath("//a[@href='/signals/1/']/rect[@width='10']")]
    assert shades == sorted(shades)
    assert len(set(shades)) == 4
    assert len(root.xpath("//a[@href='/signals/2/']/rect[@width='10']")) == 1
    assert len(root.xpath("//a[@href='/signals/2/']/line")) == 2


def test_shares_and_teams_are_told_in_the_table_alone() -> None:
    share, team = signal(1, value_min=5, unit="percent"), signal(2, value_min=30, team="Research")
    picture = workforce("Tern AI", [share, team, signal(3, metric="practice")])
    assert len(picture.table.rows) == 2
    assert not roots(picture)[0].xpath("//a")


def test_numbers_in_words_never_stand_on_one_another() -> None:
    told = [signal(n, value_min=500 + n, value_max=500 + n, date="2025-03-03") for n in range(20)]
    root = roots(workforce("Tern AI", told))[0]
    assert len(root.xpath("//a")) == 20
    assert written(root).count("people") < 3


# ------------------------------------------------------------------ pay


def _reports() -> list[Any]:
    return [
        report(1, amount_min=1_000_000, population="senior researchers"),
        report(2, amount_max=100_000_000, status="rumoured", component="signing_bonus", company=named("Meta")),
        report(3, amount_min=300_000, amount_max=530_000, kind="paid", date="2023"),
        report(4, amount_min=850_000, amount_max=850_000, company=named("Meta")),
    ]


def test_pay_is_that_of_the_table() -> None:
    picture = pay_ranges(_reports(), grouping="company")
    lines = [line.split(",") for line in picture.table.csv().decode().splitlines()]
    columns = [lines[0].index(name) for name in ("company", "min", "max")]
    assert [[line[n] for n in columns] for line in lines[1:]] == [
        ["Lanternlight", "1000000", ""],
        ["Lanternlight", "300000", "530000"],
        ["Meta", "", "100000000"],
        ["Meta", "850000", "850000"],
    ]
    for root in roots(picture):
        marks = root.xpath("//*[@data-low]")
        for end, column in (("data-low", 4), ("data-high", 5)):
            assert [float(m.get(end) or 0) for m in marks] == [row[column].value or 0 for row in picture.table.rows]
    assert "4 figures in USD, per year." in picture.summary


def test_an_end_that_no_source_gives_is_drawn_as_open() -> None:
    root = roots(pay_ranges(_reports(), grouping="company"))[0]
    assert root.xpath("//a[@href='/compensation/1/']/rect[contains(@fill, 'fade-right')]")
    assert root.xpath("//a[@href='/compensation/2/']/rect[contains(@fill, 'fade-left')]")
    assert not root.xpath("//a[@href='/compensation/3/']/rect[contains(@fill, 'fade')]")
    assert root.xpath("//a[@href='/compensation/4/']/circle")


def test_pay_says_who_says_so() -> None:
    picture = pay_ranges(_reports()[:1], grouping="company")
    assert picture.table.rows[0][-1].value == "two people (The Daily Ledger)"
    assert "two people (The Daily Ledger)" in said(roots(picture)[0])[0]


@pytest.mark.parametrize(
    ("grouping", "headings"),
    [
        ("company", ["Lanternlight", "Meta"]),
        ("role", ["not stated", "senior researchers"]),
        ("kind", ["offered", "paid"]),
        ("year", ["2025", "2023"]),
    ],
)
def test_pay_is_put_together_by_what_a_reader_asks(grouping: str, headings: list[str]) -> None:
    root = roots(pay_ranges(_reports(), grouping=grouping))[0]
    assert root.xpath("//text[@font-size='16']/text()") == headings


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_pay_of_hostile_names_is_harmless(grouping: str) -> None:
    hostile = report(1, amount_min=1, population=HOSTILE, company=named(HOSTILE))
    assert_harmless(pay_ranges([hostile, *_reports()], grouping=grouping, within=HOSTILE))
    assert_harmless(workforce(HOSTILE, [signal(value_min=1, team=HOSTILE)]))


def test_no_picture_is_made_of_nothing() -> None:
    for picture in (pay_ranges([], grouping="year"), workforce("Tern AI", [])):
        assert not picture
        assert_harmless(picture)


def test_every_period_has_words() -> None:
    assert period_words("multi_year:4") == "over 4 years"
    assert period_words("year") == "per year"


def test_pay_speaks_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert "100万美元" in written(roots(pay_ranges(_reports(), grouping="company"))[0])


# ------------------------------------------------------------------ on how much it rests


def test_it_says_on_how_much_a_picture_rests() -> None:
    facts = [signal(n, value_min=1, reporters=n) for n in (1, 2, 3)]
    coverage = Coverage.of(facts)
    assert str(coverage) == "Rests on 3 records with 6 independent reports. 1 has a single reporter."
    assert coverage.few
    assert not Coverage.of(facts, compared=False).few
    assert not Coverage.of([signal(n, value_min=1) for n in range(5)]).few
    assert str(Coverage.of(facts[1:])) == "Rests on 2 records with 5 independent reports."

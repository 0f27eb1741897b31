"""The tables of pictures, and the words about what they rest on."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from types import SimpleNamespace

import pytest
from django.utils import translation

from talent.pictures.sheet import Sheet
from talent.pictures.tables import FEW, Cell, Coverage, Picture, Table, sentences, small_numbers, tally


def _table(*rows: list[Cell]) -> Table:
    return Table((("company", "Company"), ("moves", "Moves")), rows)


def _read(table: Table) -> list[list[str]]:
    return list(csv.reader(StringIO(table.csv().decode())))


def test_a_file_has_the_fixed_names_of_columns_and_plain_values() -> None:
    table = _table([Cell("Tern AI", address="/companies/tern-ai/"), Cell(1200, "1,200")])
    assert _read(table) == [["company", "moves"], ["Tern AI", "1200"]]


def test_a_file_speaks_no_language() -> None:
    table = _table([Cell("月之暗面"), Cell(Decimal("1.50"), "一倍半")])
    with translation.override("zh-hans"):
        assert _read(table) == [["company", "moves"], ["月之暗面", "1.50"]]


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_value_is_computed_by_a_spreadsheet(value: str) -> None:
    assert _read(_table([Cell(value), Cell(1)]))[1][0] == f"'{value}"


@pytest.mark.parametrize("value", ['a "quoted" name', "one, two", "line\nbreak", "", "’"])
def test_any_value_is_read_back_as_it_was(value: str) -> None:
    assert _read(_table([Cell(value), Cell(None)]))[1] == [value, ""]


@pytest.mark.parametrize(
    ("cell", "words"),
    [(Cell(3), "3"), (Cell(0), "0"), (Cell(None), ""), (Cell(1200, "1,200"), "1,200"), (Cell("Tern AI"), "Tern AI")],
)
def test_a_cell_says_its_words_or_its_value(cell: Cell, words: str) -> None:
    assert str(cell) == words


def _facts(*reporters: int) -> list[SimpleNamespace]:
    return [SimpleNamespace(reporters=number) for number in reporters]


@pytest.mark.parametrize(("number", "few"), [(0, True), (1, True), (FEW - 1, True), (FEW, False), (FEW + 1, False)])
def test_few_records_are_few(number: int, few: bool) -> None:
    assert Coverage.of(_facts(*[2] * number)).few is few


@pytest.mark.parametrize(
    ("reporters", "words"),
    [
        ((2,), "Rests on 1 record with 2 independent reports."),
        ((1,), "Rests on 1 record with 1 independent report. 1 has a single reporter."),
        ((1, 1, 5), "Rests on 3 records with 7 independent reports. 2 have a single reporter each."),
        ((), "Rests on 0 records with 0 independent reports."),
    ],
)
def test_coverage_in_words(reporters: tuple[int, ...], words: str) -> None:
    assert str(Coverage.of(_facts(*reporters))) == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([7, 0, 12], ""),
        ([], ""),
        ([7, 4], "1 of its 2 numbers is below 5: an example, not a measure."),
        ([1, 2, 0, 9], "2 of its 3 numbers are below 5: examples, not measures."),
    ],
)
def test_small_numbers_are_warned_of(counts: list[int], words: str) -> None:
    assert small_numbers(counts) == words


def test_coverage_in_chinese_words() -> None:
    with translation.override("zh-hans"):
        assert str(Coverage.of(_facts(1, 5))) == "依据2条记录，共6次独立报道。其中1条仅有一个报道来源。"
        assert sentences("甲。", "乙。") == "甲。乙。"


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")]
)
def test_a_count_is_written_as_readers_write_it(value: int, words: str) -> None:
    assert tally(value) == words


def test_a_picture_is_true_where_its_table_has_rows_and_drawn_for_every_width() -> None:
    def draw(width: float) -> object:
        return Sheet("test", width).done("Title", "Summary", 10)

    shared = {"name": "test", "title": "Title", "summary": "Summary", "coverage": Coverage(0, 0, 0), "draw": draw}
    assert not Picture(table=_table(), **shared)
    picture = Picture(table=_table([Cell("Tern AI"), Cell(1)]), **shared)
    assert picture
    assert [picture.drawn().width, picture.drawn(340).width] == [860, 340]
    assert picture.inline().startswith("<svg")
    assert 'id="test-narrow-title"' in picture.inline(340)

"""Partial dates as ranges of days."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf

from talent.dates import day_range


@pytest.mark.parametrize("edtf", ["2024", "2024-02", "2025-02", "2024-02-29", "1999-12", "2025-12-31", "9999-12-31"])
def test_plain_dates_are_read_as_the_grammar_reads_them(edtf: str) -> None:
    parsed = parse_edtf(edtf)
    last = date(*parsed.upper_strict()[:3])
    assert day_range(edtf) == (date(*parsed.lower_strict()[:3]), None if last == date.max else last)


@pytest.mark.parametrize("edtf", ["2025-02-29", "2025-13", "2025-1", "soon", "２０２５"])
def test_what_is_no_date_is_refused(edtf: str) -> None:
    with pytest.raises(ValueError, match="no EDTF date"):
        day_range(edtf)


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [("2025-03/2025-05", (2025, 3, 1), (2025, 5, 31)), ("2025-21", (2025, 3, 1), (2025, 5, 31))],
)
def test_other_dates_are_left_to_the_grammar(edtf: str, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    assert day_range(edtf) == (date(*first), date(*last))

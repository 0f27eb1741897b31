"""Partial dates in words of both languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from talent.templatetags.dates import day, in_words

WORDS = [
    ("", "", ""),
    ("2023", "2023", "2023年"),
    ("2024-03", "Mar 2024", "2024年3月"),
    ("2024-03-18", "18 Mar 2024", "2024年3月18日"),
    ("2024-03~", "about Mar 2024", "2024年3月前后"),
    ("2023?", "2023 (uncertain)", "2023年（存疑）"),
    ("2023-09/2023-11", "Sept – Nov 2023", "2023年9月至11月"),
    ("2023-12/2024-02", "Dec 2023 – Feb 2024", "2023年12月至2024年2月"),
    ("2024-03-18/2024-03-24", "between 18 and 24 Mar 2024", "2024年3月18日至24日之间"),
    ("2024-03-28/2024-04-02", "between 28 Mar 2024 and 2 Apr 2024", "2024年3月28日至2024年4月2日之间"),
    ("2022/2023", "2022–2023", "2022–2023年"),
    ("../2023", "in or before 2023", "2023年或之前"),
    ("2023-05/..", "in or after May 2023", "2023年5月或之后"),
    ("2023-01/2024", "between Jan 2023 and 2024", "2023年1月至2024年之间"),
]


@pytest.mark.parametrize(("edtf", "english", "chinese"), WORDS)
def test_it_says_a_partial_date_in_both_languages(edtf: str, english: str, chinese: str) -> None:
    with translation.override("en"):
        assert in_words(edtf).replace("\u2009", " ").replace("\xa0", " ") == english
    with translation.override("zh-hans"):
        assert in_words(edtf) == chinese


def test_it_leaves_what_is_no_date_as_it_is() -> None:
    assert in_words("soon") == "soon"


def test_it_says_nothing_of_a_day_that_is_not_known() -> None:
    assert day(None) == ""

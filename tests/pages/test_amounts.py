"""Numbers, open ranges and pay in words of both languages."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation

from talent.templatetags.amounts import counted, number, out_of, pay, signal_value

PAY = [
    ((1_000_000, 2_000_000, "USD", "year"), "$1 million to $2 million per year", "每年100万至200万美元"),
    ((1_000_000, None, "USD", "year"), "over $1 million per year", "每年超过100万美元"),
    ((None, 100_000_000, "USD", "multi_year:4"), "up to $100 million over 4 years", "4年共至多1亿美元"),
    ((180_000, 180_000, "CNY", "month"), "CN¥180,000 per month", "每月18万人民币"),
    ((25.5, 25.5, "GBP", "hour"), "£25.5 per hour", "每小时25.5英镑"),
    ((40_000, 40_000, "EUR", "one_time"), "€40,000, one payment", "一次性4万欧元"),
    ((8_000_000, 8_000_000, "USD", "total"), "$8 million in all, term not stated", "共800万美元（未说明期限）"),
    ((5_000, 5_000, "QQQ", "month"), "QQQ 5,000 per month", "每月5,000QQQ"),
]


@pytest.mark.parametrize(("figure", "english", "chinese"), PAY)
def test_it_says_pay_in_both_languages(figure: tuple[float, float, str, str], english: str, chinese: str) -> None:
    low, high, currency, period = figure
    ends = [None if end is None else Decimal(str(end)) for end in (low, high)]
    report = SimpleNamespace(amount_min=ends[0], amount_max=ends[1], currency=currency, period=period)
    with translation.override("en"):
        assert pay(report).replace("\xa0", " ") == english
    with translation.override("zh-hans"):
        assert pay(report) == chinese


@pytest.mark.parametrize(
    ("bounds", "english", "chinese"),
    [
        ((7, None, 14), "at least 7 of 14", "14中的至少7"),
        ((7, 7, None), "7", "7"),
        ((None, 3, 14), "up to 3 of 14", "14中的至多3"),
        ((None, None, 14), "some of 14", "14中的部分"),
        ((None, None, None), "", ""),
    ],
)
def test_it_keeps_the_open_end_of_a_count(bounds: tuple[int, int, int], english: str, chinese: str) -> None:
    with translation.override("en"):
        assert out_of(*bounds) == english
    with translation.override("zh-hans"):
        assert out_of(*bounds) == chinese


@pytest.mark.parametrize("value", [1_234_567, 12_345_678_901, 999_999.5])
def test_it_never_rounds_a_number(value: float) -> None:
    with translation.override("en"):
        assert Decimal(number(value).replace(",", "")) == Decimal(str(value))


def test_it_shortens_a_number_only_where_no_digit_is_lost() -> None:
    assert number(12_345_600_000) == "12.3456 billion"


def test_it_says_that_a_count_stopped() -> None:
    assert (counted(10_000, 10_000), counted(10_001, 10_000)) == ("10,000", "10,000+")


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [(500, 500, "people", "500 people"), (10, 20, "percent", "10 to 20%"), (None, None, "people", "")],
)
def test_it_gives_a_signal_its_unit(low: int | None, high: int | None, unit: str, words: str) -> None:
    assert signal_value(SimpleNamespace(value_min=low, value_max=high, value_of=None, unit=unit)) == words

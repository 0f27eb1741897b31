"""Employers that only the text itself makes known, in Chinese."""

import pytest

from articles.extraction.zh.firms import with_firms
from tests.extraction.read import read


def names(text, **kwargs):
    reading = with_firms(read(text, "zh", **kwargs))
    return {text[o.start : o.end]: o.name for s in reading.sentences for o in s.organisations}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("他加入了松涛智能。", {"松涛智能": "松涛智能"}),
        ("据说松涛智能开出高薪。", {"松涛智能": "松涛智能"}),
        ("松涛智能裁员300人。松涛没有回应，松涛的员工很意外。", {"松涛智能": "松涛智能", "松涛": "松涛智能"}),
        ("他赴松涛智能任职。松涛智能没有回应，松涛智能的员工很意外。", {"松涛智能": "松涛智能"}),
    ],
)
def test_it_knows_a_firm_by_its_ending(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text", ["人工智能发展很快。", "这家大型科技公司很赚钱。", "消费电子回暖。", "国内半导体升温。"]
)
def test_it_takes_no_trade_for_a_firm(text):
    assert names(text) == {}

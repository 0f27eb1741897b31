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
        ("网传松涛智能在裁员。", {"松涛智能": "松涛智能"}),
        ("2024年松涛智能招了300人。", {"松涛智能": "松涛智能"}),
        ("消息称松涛智能计划裁员。", {"松涛智能": "松涛智能"}),
        ("松涛智能云部门裁员300人。", {"松涛智能": "松涛智能"}),
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("车企减员明显，隆茂绿能减员3.7万人。", {"隆茂绿能": "隆茂绿能"}),
        ("咖啡巨头星岚裁撤1100名员工。", {"星岚": "星岚"}),
        ("此次裁员300人。全球科技公司裁员10万人。", {}),
        ("营销科技公司Oakline裁员200人。", {"Oakline": "Oakline"}),
    ],
)
def test_it_knows_a_firm_by_its_layoffs(text, found):
    assert names(text) == found


def test_it_knows_a_firm_by_the_firms_beside_it():
    found = names("前四名为：腾讯、百度、云帆比特、小米。", organisations=("腾讯", "百度", "小米"))
    assert found["云帆比特"] == "云帆比特"

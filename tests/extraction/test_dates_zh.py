"""Chinese time expressions as EDTF, seen from an article's day."""

from datetime import date

import pytest

from articles.extraction.document import Document, Span
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.zh.dates import find_date

WEDNESDAY = date(2024, 3, 27)


def date_of(text, verb, published=WEDNESDAY):
    sentence = Sentence(0, len(text), text)
    reading = Reading(Document("d", text, "zh", published=published), [sentence])
    at = text.index(verb)
    return find_date(reading, sentence, Span(at, at + len(verb)))


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2023年9月25日", "2023-09-25"),
        ("2023 年 9 月", "2023-09"),
        ("2019年", "2019"),
        ("去年秋天", "2023-09/2023-11"),
        ("去年10月", "2023-10"),
        ("今年2月", "2024-02"),
        ("去年", "2023"),
        ("本月", "2024-03"),
        ("上个月", "2024-02"),
        ("两个月前", "2024-01"),
        ("2 个多月前", "2023-12/2024-01"),
        ("半年前", "2023-09"),
        ("三天前", "2024-03-24"),
        ("上周", "2024-03-18/2024-03-24"),
        ("上周五", "2024-03-22"),
        ("本周", "2024-03-25/2024-03-27"),
        ("周二", "2024-03-26"),
        ("今日", "2024-03-27"),
        ("刚刚", "2024-03-27"),
        ("昨天", "2024-03-26"),
        ("8月2日", "2023-08-02"),
        ("3月5日", "2024-03-05"),
        ("五月份", "2023-05"),
        ("年初", "2024-01/2024-04"),
        ("2021年底", "2021-12"),
        ("去年年底", "2023-12"),
        ("2022年第三季度", "2022-07/2022-09"),
        ("第三季度", "2023-07/2023-09"),
        ("2022年上半年", "2022-01/2022-06"),
        ("最近一年", "2023-03/2024-03"),
        ("2022年和2023年", "2022/2023"),
        ("2016年至2021年", "2016/2021"),
        ("近日", None),
        ("近期", None),
        ("第一次", None),
    ],
)
def test_it_resolves_a_time_expression(words, edtf):
    assert date_of(f"{words}，张三离开了某公司。", "离开") == edtf


@pytest.mark.parametrize(
    ("text", "verb", "edtf"),
    [
        ("张三于2018年正式加入甲公司，2020年离开。", "加入", "2018"),
        ("张三于2018年正式加入甲公司，2020年离开。", "离开", "2020"),
        ("张三将于4月5日离职。", "离职", "2024-04-05"),
        ("张三离开了2015年成立的甲公司。", "离开", None),
        ("张三2022年3月起任职。", "任职", "2022-03"),
        ("成立于2015年的甲公司聘请了张三。", "聘请", None),
    ],
)
def test_it_chooses_the_expression_of_the_clause(text, verb, edtf):
    assert date_of(text, verb) == edtf


def test_it_resolves_nothing_relative_without_a_day_of_publication():
    assert date_of("上周，张三离开了。", "离开", published=None) is None
    assert date_of("2019年，张三离开了。", "离开", published=None) == "2019"

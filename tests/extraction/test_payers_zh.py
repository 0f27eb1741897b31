"""Whose pay a Chinese figure is: the employer, somebody unnamed, or a trade."""

import pytest

from articles.extraction.zh.compensation import find_compensation
from tests.extraction.read import read


def payers(text, organisations=("甲公司", "乙公司", "丙大学", "BOSS"), people=("张三",)):
    reading = read(text, "zh", organisations=organisations, people=people)
    return [(c.org, c.min, c.max) for c in find_compensation(reading)]


@pytest.mark.parametrize(
    "text",
    [
        "乙公司在招人，某知名汽车企业给工程师开出年薪100万元。",
        "乙公司在招人。另有一家知名互联网公司，以年薪100万元招聘算法人才。",
        "乙公司在扩张。对丙大学的博士毕业生，大厂给出100万元的年薪很常见。",
        "乙公司在扩张。薪资方面，开出年薪100万元是普遍价格。",
        "乙公司的支出上升。美国高级程序员的年薪，平均是100万元。",
        "硕士普遍给到100万元就算高价。",
        "乙公司去年大举扩编。A股公司员工平均年薪为100万元。",
        "乙公司发布了新模型。去年，人工智能招聘平均年薪为100万元。",
        "乙公司的研发人员受到其他公司的追捧，可以给到100万元年薪。",
        "顶尖校招生年薪100万元。",
        "乙公司在扩张。头部企业以100万元年薪争夺人才。",
        "工程师的年薪目前为100万元。乙公司表示，岗位不多。",
    ],
)
def test_it_gives_pay_of_nobody_in_particular_to_nobody(text):
    assert payers(text) == [(None, 1e6, 1e6)]


@pytest.mark.parametrize(
    "text",
    [
        "甲公司正在招人。从BOSS平台上的在招岗位可以看到，工程师薪资为每年100万元。",
        "据悉，甲公司正提供100万元的入职奖金来吸引乙公司的员工。",
        "甲公司扩招。张三去年入职乙公司。公司员工平均年薪为100万元。",
        "甲公司研究员的总薪酬中位数为100万元。",
        "猎头发布一家实验室的招聘，年薪100万元。有留言点明，招聘方就是甲公司。",
    ],
)
def test_it_tells_who_pays(text):
    assert payers(text) == [("甲公司", 1e6, 1e6)]


def test_a_list_of_jobs_goes_on_about_the_employer_before_it():
    text = (
        "甲公司启动了大规模招聘。\n参考数据\n• 算法工程师岗位：年薪80-150万\n• 研究科学家岗位：年薪100-200万\n"
        "• 产品经理岗位：年薪60-120万\n• 数据科学家岗位：年薪70-130万"
    )
    assert [(org, low) for org, low, _ in payers(text)] == [
        ("甲公司", 8e5), ("甲公司", 1e6), ("甲公司", 6e5), ("甲公司", 7e5)
    ]  # fmt: skip


def test_a_difference_is_no_pay():
    assert payers("甲公司的平均年薪为33万元，比乙公司高出4万元。") == [("甲公司", 330_000, 330_000)]


def test_each_firm_of_a_list_pays():
    assert [org for org, _, _ in payers("甲公司、乙公司等大厂为博士开出100万元的年薪。")] == ["甲公司", "乙公司"]


def test_a_million_as_a_manner_of_speaking_is_no_figure():
    assert payers("甲公司扩招。百万年薪已经成为一种逆势的富贵。") == []


def test_the_former_and_the_latter_are_the_firms_just_named():
    text = "两份工作，一个来自甲公司，一个来自乙公司。前者给出的薪资是一天400元。后者给出的薪资是一天300元。"
    assert payers(text) == [("甲公司", 400, 400), ("乙公司", 300, 300)]


def test_a_field_is_no_giving():
    assert payers("甲公司扩招。这一领域竞争激烈，百万年薪已成为顶尖毕业生的标配。") == []


def test_a_firm_pays_what_its_own_notice_says():
    text = "甲公司发布了一则招聘信息，为算法专家开出了高达12万元的月薪。"
    assert payers(text) == [("甲公司", None, 120_000)]


def test_a_chief_who_only_speaks_of_pay_does_not_pay():
    assert payers("奥尔特曼提到，甲公司开出100万元签约奖金。") == [("甲公司", 1e6, 1e6)]

"""Chinese signs of hiring and shrinking."""

import pytest

from articles.extraction.zh.signals import find_signals
from tests.extraction.read import read


def found(text):
    return find_signals(read(text, "zh", organisations=("甲公司", "乙公司")))


@pytest.mark.parametrize(
    ("text", "metric", "low", "high", "unit"),
    [
        ("甲公司裁员约2.7万人。", "layoffs", 27_000, 27_000, "people"),
        ("甲公司裁减了数百个职位。", "layoffs", 100, None, "jobs"),
        ("甲公司将裁减约5%的全球员工。", "layoffs", 5, 5, "percent"),
        ("甲公司裁员比例高达 50%。", "layoffs", None, 50, "percent"),
        ("甲公司削减1.4万个企业岗位。", "layoffs", 14_000, 14_000, "jobs"),
        ("甲公司解雇了500名数据标注员。", "layoffs", 500, 500, "people"),
        ("甲公司目前只有 10 名员工。", "headcount", 10, 10, "people"),
        ("甲公司全球员工共72,000人。", "headcount", 72_000, 72_000, "people"),
        ("甲公司团队规模约300人。", "headcount", 300, 300, "people"),
        ("已有大约 500 人向甲公司的副总裁汇报工作。", "headcount", 500, 500, "people"),
        ("甲公司计划招募约 100 名精英。", "hiring_plan", 100, 100, "people"),
        ("甲公司计划到年底将员工人数增加到8000人。", "hiring_plan", 8000, 8000, "people"),
        ("在甲公司约 1500 个空缺职位中，多数与芯片有关。", "openings", 1500, 1500, "openings"),
        ("甲公司在招岗位超过1000个。", "openings", 1000, None, "openings"),
        ("甲公司冻结了研究部门的招聘。", "hiring_freeze", None, None, None),
        ("甲公司无需经过面试就向乙公司的研究人员提供工作。", "practice", None, None, None),
        ("甲公司首席执行官亲自给研究人员写信。", "practice", None, None, None),
        ("甲公司以短期合同形式雇用招聘人员。", "practice", None, None, None),
    ],
)
def test_it_reads_a_signal(text, metric, low, high, unit):
    (claim,) = found(text)
    assert (claim.org, claim.metric, claim.min, claim.max, claim.unit) == ("甲公司", metric, low, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "甲公司的用户超过3亿人。",
        "超过700名甲公司员工联名签署公开信。",
        "甲公司两名负责人离职。",
        "甲公司优化了模型，成本下降50%。",
        "甲公司发布了70亿参数的模型。",
        "甲公司没有裁员5%的计划。",
        "甲公司的模型相当于700名员工。",
    ],
)
def test_it_takes_no_other_count_for_a_signal(text):
    assert found(text) == []


def test_it_reads_a_freeze_and_layoffs_of_one_clause():
    claims = found("甲公司在 2022 年和 2023 年冻结招聘并裁员近 2 万人。")
    assert {(c.metric, c.min, c.date) for c in claims} == {
        ("hiring_freeze", None, "2022/2023"),
        ("layoffs", 20_000, "2022/2023"),
    }


def test_it_finds_the_employer_in_an_earlier_sentence():
    (claim,) = found("甲公司公布了财报。公司将裁员300人。")
    assert claim.org == "甲公司"


def test_it_reads_layoffs_of_a_firm_in_latin_letters():
    claims = find_signals(read("论坛讨论了 Oakline 裁员的消息。", "zh"))
    assert [(c.org, c.metric, c.min) for c in claims] == [("Oakline", "layoffs", None)]


def test_it_takes_no_job_for_a_firm():
    assert find_signals(read("一名高级软件工程师说，团队裁员20人。", "zh")) == []

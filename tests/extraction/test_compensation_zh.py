"""Chinese figures of pay: whose, how much, for how long, of which part and kind."""

import pytest

from articles.extraction.zh.compensation import find_compensation
from tests.extraction.read import read


def found(text):
    return find_compensation(read(text, "zh", organisations=("甲公司", "乙公司"), people=("张三",)))


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period", "component", "kind"),
    [
        ("甲公司向研究员提供每年超过 1000 万美元的薪酬包。", 10e6, None, "USD", "year", "total", "offered"),
        ("甲公司试图以1亿美元签约奖金挖走乙公司的专家。", 100e6, 100e6, "USD", "one_time", "signing_bonus", "offered"),
        ("甲公司开出了四年高达 3 亿美元的薪酬方案。", None, 300e6, "USD", "multi_year:4", "total", "offered"),
        ("甲公司的研究人员年薪在 100 万到 200 万美元之间。", 1e6, 2e6, "USD", "year", "total", "typical"),
        ("甲公司工程师的月薪中位数为3万元。", 30_000, 30_000, "CNY", "month", "salary", "typical"),
        ("甲公司向部分研究员发放了价值数百万美元的限制性股票。", 1e6, None, "USD", "one_time", "equity", "paid"),
        ("张三以约2亿美元年薪加入甲公司。", 200e6, 200e6, "USD", "year", "total", "paid"),
        ("甲公司为工程师提供 25 万 - 30 万美元/年 的薪资。", 250_000, 300_000, "USD", "year", "salary", "offered"),
        ("甲公司为算法工程师开出百万年薪。", 1e6, None, "CNY", "year", "total", "offered"),
        ("甲公司为挽留员工发放20万美元的留任奖金。", 200_000, 200_000, "USD", "one_time", "bonus", "counteroffer"),
    ],
)
def test_it_reads_a_figure_of_pay(text, low, high, currency, period, component, kind):
    (claim,) = found(text)
    assert (claim.org, claim.min, claim.max, claim.currency) == ("甲公司", low, high, currency)
    assert (claim.period, claim.component, claim.kind) == (period, component, kind)


@pytest.mark.parametrize(
    "text",
    [
        "甲公司完成融资，估值达到200亿美元。",
        "甲公司斥资27亿美元收购乙公司，员工全部留任。",
        "甲公司举办比赛，奖金为8000美元，工程师均可参加。",
        "甲公司年收入扩展到40亿美元。",
        "甲公司的会员每月20美元。",
        "甲公司向工程师授予了95万个股票期权。",
    ],
)
def test_it_leaves_other_money_alone(text):
    assert found(text) == []


def test_it_gives_the_usual_pay_of_a_trade_to_nobody():
    (claim,) = found("甲公司发布报告。算法岗位的平均月薪达到24000元。")
    assert (claim.org, claim.kind, claim.min) == (None, "typical", 24_000)


def test_it_finds_the_employer_in_an_earlier_sentence():
    (claim,) = found("甲公司正在扩张。该公司为工程师开出100万元年薪。")
    assert claim.org == "甲公司"


def test_it_leaves_the_same_sum_in_another_currency_out():
    claims = found("甲公司提出1亿美元（约合7400万英镑）签约奖金。")
    assert [c.currency for c in claims] == ["USD"]


@pytest.mark.parametrize(
    ("text", "org", "low", "high", "component"),
    [
        ("一家公司正在招聘工程师，月薪 $2K。", None, 2000, 2000, "salary"),
        ("科技公司向甲公司员工提供 550 万美元的薪资。", None, 5.5e6, 5.5e6, "salary"),
        ("甲公司的工资+年终奖接近60万元。", "甲公司", 6e5, 6e5, "total"),
        ("甲公司发放奖金，每位员工平均可获得近15万元。", "甲公司", 150_000, 150_000, "bonus"),
        ("甲公司提供高达 $120k + 股票期权 的薪资。", "甲公司", None, 120_000, "salary"),
        ("Oakline.ai 正在寻找工程师，提供 $90k 的薪资。", "Oakline.ai", 90_000, 90_000, "salary"),
    ],
)
def test_it_tells_who_pays(text, org, low, high, component):
    (claim,) = found(text)
    assert (claim.org, claim.min, claim.max, claim.component) == (org, low, high, component)


@pytest.mark.parametrize(
    "text",
    [
        "甲公司员工罢工，要求时薪提高到15英镑。",
        "甲公司帮助学员找到年薪5万美元以上的工作。",
        "甲公司想用软件取代年薪 10 万美元的职位。",
    ],
)
def test_it_leaves_pay_that_is_only_asked_for(text):
    assert found(text) == []

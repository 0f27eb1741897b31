"""Chinese amounts of money with their bounds."""

import pytest

from articles.extraction.zh.money import find_amounts


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("24000元", 24_000, 24_000, "CNY"),
        ("2.4万元", 24_000, 24_000, "CNY"),
        ("100 万到 200 万美元", 1e6, 2e6, "USD"),
        ("500 万至 1000 万美元", 5e6, 10e6, "USD"),
        ("3-5万元", 30_000, 50_000, "CNY"),
        ("1000 万至 1 亿美元不等", 10e6, 100e6, "USD"),
        ("从每年 30 万美元到 120 万美元", 300_000, 1.2e6, "USD"),
        ("超过1亿美元", 100e6, None, "USD"),
        ("超过了 1 亿美元", 100e6, None, "USD"),
        ("100万元以上", 1e6, None, "CNY"),
        ("1亿多美元", 100e6, None, "USD"),
        ("高达 10 亿美元", None, 1e9, "USD"),
        ("不到50万元", None, 500_000, "CNY"),
        ("最高年薪达150万元", None, 1.5e6, "CNY"),
        ("三百五十万元", 3.5e6, 3.5e6, "CNY"),
        ("人民币200万元", 2e6, 2e6, "CNY"),
        ("新台币181万元", 1.81e6, 1.81e6, "TWD"),
        ("7400万英镑", 74e6, 74e6, "GBP"),
        ("$500万", 5e6, 5e6, "USD"),
        ("数百万美元", 1e6, None, "USD"),
        ("数千万元", 10e6, None, "CNY"),
        ("上亿美元", 100e6, None, "USD"),
        ("百万年薪", 1e6, None, None),
        ("年薪千万", 10e6, None, None),
        ("1000多万元", 10e6, None, "CNY"),
        ("十几万元", 100_000, None, "CNY"),
        ("500万RMB", 5e6, 5e6, "CNY"),
        ("$170-200k", 170_000, 200_000, "USD"),
        ("封顶200万元", None, 2e6, "CNY"),
        ("500元一天起", 500, None, "CNY"),
        ("高达“4年3亿美元”", None, 3e8, "USD"),
        ("S$30万", 300_000, 300_000, "SGD"),
        ("月薪30-60K", 30_000, 60_000, None),
        ("330+k年薪", 330_000, None, None),
        ("年薪过千万", 10e6, None, None),
        ("给他开出过 1 亿美元的签约奖金", 100e6, 100e6, "USD"),
        ("起薪往往能突破百万大关", 1e6, None, None),
        ("千万美元", 10e6, None, "USD"),
        ("年薪高达8位数", 10e6, None, None),
        ("10万签字费", 100_000, 100_000, None),
        ("最高基本薪资为34万美元", None, 340_000, "USD"),
    ],
)
def test_it_reads_an_amount_with_its_bounds(text, low, high, currency):
    (amount,) = find_amounts(text)
    assert (amount.min, amount.max, amount.currency) == (low, high, currency)


@pytest.mark.parametrize(
    "text", ["2024年", "14%", "500名员工", "300万用户", "950,000个股票期权", "250,000 RSUs", "3名研究员"]
)
def test_it_takes_no_other_number_for_money(text):
    assert find_amounts(text) == []

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
        ("甲公司招聘工程师，最高薪资达到了110k×14。", None, 110_000, "CNY", "month", "salary", "offered"),
        ("甲公司招人，实习生500元一天起招。", 500, None, "CNY", "total", "salary", "offered"),
        (
            "甲公司向研究员发放150万美元的留任奖金，分两年归属。",
            1.5e6,
            1.5e6,
            "USD",
            "multi_year:2",
            "bonus",
            "counteroffer",
        ),
        ("甲公司副总裁称，目前人才成本平均税后为100万元。", 1e6, 1e6, "CNY", "year", "total", "typical"),
        ("2023 年甲公司董事长领了 512 万元。", 5.12e6, 5.12e6, "CNY", "year", "total", "paid"),
        ("我刚刚辞掉了在甲公司年薪27万美元的工作。", 270_000, 270_000, "USD", "year", "total", "paid"),
        ("甲公司向首席执行官授予价值290亿美元的股份。", 29e9, 29e9, "USD", "one_time", "equity", "paid"),
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
        "他拥有甲公司约30%的股份，价值约为7亿美元。",
        "甲公司去年员工薪酬总额为50亿元。",
        "甲公司获得一项2亿美元的国防合同。",
        "甲公司年化收入突破100亿美元，员工人均创收300万美元。",
        "甲公司称，新模型可以完成时薪2000美元的法律工作。",
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


def test_it_reads_every_figure_of_a_list():
    claims = found("甲公司的年薪分三档，分别为89万至100万元、140万至156万元、182万至201万元。")
    assert [c.max for c in claims] == [1e6, 1.56e6, 2.01e6]


def test_it_tells_the_pay_before_from_the_counteroffer():
    claims = found("他跟甲公司提离职，甲公司当场把年薪从 80 万元提到 110 万元。")
    assert [(c.min, c.kind) for c in claims] == [(800_000, "paid"), (1.1e6, "counteroffer")]


@pytest.mark.parametrize(
    ("text", "period", "kind"),
    [
        ("年报显示，甲公司董事长2024年领取的报酬总额为356.8万元。", "year", "paid"),
        ("甲公司CEO去年的薪酬总额为2340万美元。", "year", "paid"),
        ("甲公司给这位工程师的四年总包达到1.2亿美元。", "multi_year:4", "offered"),
        ("离开甲公司时她的年薪已经超过200万元。", "year", "paid"),
    ],
)
def test_it_tells_the_pay_of_a_year_and_what_somebody_had(text, period, kind):
    (claim,) = found(text)
    assert (claim.period, claim.kind) == (period, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("甲公司招聘火热，开出年薪50万元是普遍价格。", "typical"),
        ("甲公司只招应届生，其核心员工的年收入超过130万美元。", "paid"),
        ("甲公司的董事长张三以2533万元的税前年薪居首。", "paid"),
        ("入职大厂，最低的年薪大概40多万。", "typical"),
    ],
)
def test_it_tells_what_is_usual_from_what_one_was_paid(text, kind):
    (claim,) = found(text)
    assert claim.kind == kind


def test_what_is_at_most_closes_the_range():
    (claim,) = found("甲公司的硕士入职，最低的年薪大概40多万，最高大概是55万元左右。")
    assert (claim.min, claim.max) == (400_000, 550_000)


def test_the_period_is_that_of_the_figure_beside_it():
    claims = found("甲公司员工人均月薪为7.06万元，2020年为6.76万元。甲公司的“平均月薪”：7.09万。")
    assert [(c.min, c.period) for c in claims] == [(70_600, "month"), (67_600, "month"), (70_900, "month")]


def test_a_whole_payroll_is_nobodys_pay():
    assert found("甲公司一季度薪酬总额为116.16亿元，总酬金成本是242.59亿元。") == []


def test_thousands_of_yuan_are_wages_by_the_month():
    claims = found("甲公司的校招薪资如下。\n- 硕士，后端岗，开了36k，感觉还可以；\n- 算法岗，开了50k，比预期低；")
    assert [(c.org, c.min, c.period, c.component) for c in claims] == [
        ("甲公司", 36_000, "month", "salary"), ("甲公司", 50_000, "month", "salary")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("紧接着是技术岗30~50W，最后才是运营岗20W+。", [(300_000, 500_000), (200_000, None)]),
        ("甲公司、乙公司等科技巨头正提供数百万美元的薪酬套餐。", [(1e6, None), (1e6, None)]),
        ("就拿甲公司员工说的年薪60万来说。", [(600_000, 600_000)]),
        ("甲公司的薪酬飙升至“千万美元时代”。", []),
    ],
)
def test_it_reads_posts_with_their_figures_and_packages(text, figures):
    assert [(c.min, c.max) for c in found(text)] == figures

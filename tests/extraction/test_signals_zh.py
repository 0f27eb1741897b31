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
        ("甲公司的客服部门 95% 的人要淘汰。", "layoffs", 95, 95, "percent"),
        ("甲公司今年总体人数会增加 800 人。", "hiring_plan", 800, 800, "people"),
        ("甲公司的总部人员在年底会达到 2700 人。", "headcount", 2700, 2700, "people"),
        ("甲公司在这座城市已组建500人规模的团队。", "headcount", 500, 500, "people"),
        ("甲公司的物流业务也遇缺不补。", "hiring_freeze", None, None, None),
        ("甲公司同时在招 8 名研究员。", "openings", 8, 8, "openings"),
        ("甲公司开放2000个校招名额。", "hiring_plan", 2000, 2000, "people"),
        ("甲公司的岗位大多都是本科起招。", "practice", None, None, None),
        ("甲公司计划到年底将员工人数增加一倍。", "hiring_plan", None, None, "people"),
        ("甲公司裁撤预训练团队。", "layoffs", None, None, "people"),
        ("甲公司开出“爆炸式offer”，候选人须在几天内答复。", "practice", None, None, None),
        ("甲公司在华裁员，部分员工获得赔偿。", "layoffs", None, None, "people"),
        ("甲公司拟裁员至多3万人。", "layoffs", None, 30_000, "people"),
        ("甲公司的大模型团队大举招兵买马。", "hiring_plan", None, None, "people"),
        ("甲公司首席执行官亲自给研究人员写信。", "practice", None, None, None),
        ("甲公司以短期合同形式雇用招聘人员。", "practice", None, None, None),
        ("甲公司首批17人的核心团队里，半数是博士。", "headcount", 17, 17, "people"),
        ("甲公司的团队已经从最初的20人扩张到300多人。", "headcount", 300, None, "people"),
        ("甲公司今年将迎来10000名校招实习生。", "hiring_plan", 10_000, 10_000, "people"),
        ("甲公司大裁600人。", "layoffs", 600, 600, "people"),
        ("甲公司的智驾业务线人员缩减三分之一。", "layoffs", 33, 33, "percent"),
        ("甲公司正在调整，部分部门优化比例高达50%。", "layoffs", None, 50, "percent"),
        ("甲公司启动“毕业”计划，预计涉及20%的员工。", "layoffs", 20, 20, "percent"),
        ("甲公司裁掉了整个伦理团队。", "layoffs", None, None, "people"),
        ("甲公司为挖人，直接包机送候选人参观总部。", "practice", None, None, None),
        ("甲公司面向博士招聘，薪酬不设上限。", "practice", None, None, None),
        ("甲公司72小时内即可发放offer。", "practice", None, None, None),
        ("甲公司将启动新一波裁员行动。", "layoffs", None, None, "people"),
        ("甲公司面向毕业生发放超4000份Offer。", "hiring_plan", 4000, None, "people"),
        ("甲公司此次校招共设256个细分岗位。", "openings", 256, 256, "openings"),
        ("甲公司预计放出超过2000个岗位。", "hiring_plan", 2000, None, "jobs"),
        ("甲公司的秋招人数可能不超过600人。", "hiring_plan", None, 600, "people"),
        ("甲公司目前的员工数约为2.3万，规模很大。", "headcount", 23_000, 23_000, "people"),
        ("甲公司此前已经撤掉11000个工作岗位。", "layoffs", 11_000, 11_000, "jobs"),
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
        "甲公司已有6位高管接连离场。",
        "甲公司已经有至少6位联合创始人或核心高管，相继离职。",
        "甲公司认为，如果机器能够做事，企业可以裁减50%的工程岗位。",
        "甲公司拥有超过 356,000 名开发者。",
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


def test_it_reads_the_size_before_and_after_a_change():
    claims = found("甲公司将支持团队人数从约 9,000 人减少到约 5,000 人。")
    assert [(c.metric, c.min) for c in claims] == [("headcount", 9000), ("headcount", 5000)]


def test_it_reads_a_share_beside_the_count():
    assert [c.min for c in found("甲公司将裁减约6000个岗位，占全球员工总数的3%。")] == [6000, 3]


def test_it_reads_the_size_of_a_year_ago():
    assert [c.min for c in found("甲公司目前有 1,100 多名员工，去年同期是 1,400 人。")] == [1100, 1400]


def test_a_plan_that_is_counted_is_planned():
    (claim,) = found("甲公司年底前还要再招 300 名工程师。")
    assert claim.status == "planned"


def test_staff_belongs_to_the_one_firm_that_a_text_names():
    text = "甲公司发布通知。" + "大家议论纷纷。" * 6 + "客服部门 95% 的人要淘汰。"
    assert {c.org for c in found(text)} == {"甲公司"}


def test_it_takes_no_year_of_graduates_for_a_count():
    (claim,) = found("甲公司2026届校招开放岗位3.5万个。")
    assert (claim.metric, claim.min) == ("openings", 35_000)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("甲公司旗下智驾部门乙公司宣布裁员24%。", [("乙公司", "layoffs", 24)]),
        ("甲公司减员3.7万人。", [("甲公司", "layoffs", 37_000)]),
        ("甲公司裁员200人（该部门总共有大约350人）。", [("甲公司", "layoffs", 200), ("甲公司", "headcount", 350)]),
        ("甲公司只从国内招聘，从不挖角。", [("甲公司", "practice", None)]),
        (
            "甲公司有112,771名雇员（2020年：85,858名）。",
            [("甲公司", "headcount", 112_771), ("甲公司", "headcount", 85_858)],
        ),
        ("按甲公司年底约11.28万员工数计算。", [("甲公司", "headcount", 112_800)]),
        ("甲公司的600号人收到了裁员通知。", [("甲公司", "layoffs", 600)]),
        ("甲公司收缩业务，减少10余位员工。", [("甲公司", "layoffs", 10)]),
        ("甲公司用软件减少30%的人力成本。", []),
        ("某创业公司高管说，为了留住甲公司博士，他给出了高薪。", []),
    ],
)
def test_it_tells_whose_staff_it_is(text, signs):
    assert [(c.org, c.metric, c.min) for c in found(text)] == signs

"""Wordings of Chinese outlets that could make a wrong end, a wrong payer or a wrong count; people are invented."""

from datetime import date

import pytest

from articles.extraction import Document, extract
from articles.extraction.organisations import canonical


def read(text, title=""):
    return extract(Document("d", text, "zh", title=title, published=date(2025, 6, 18)))


def ends(text, title=""):
    moves = read(text, title).moves
    return {(m.person.name if m.person else "-", _org(m.origin), _org(m.destination)) for m in moves}


def _org(end):
    return canonical(end.org) if end and end.org else "-"


def test_a_dot_between_blanks_joins_the_parts_of_a_name():
    text = "OpenAI 已聘请前英特尔高管萨维 · 卡洛（Savi Carlo）负责算力业务。"
    assert ends(text) == {("Savi Carlo", "Intel", "OpenAI")}


def test_an_outlets_note_behind_a_name_parts_no_clause():
    text = "海桐科技确认，前 DeepSeek 多模态核心研究员阮青川（某报注读音：ruǎn）已加盟公司。"
    assert ends(text, "海桐科技迎来首席科学家") == {("阮青川", "DeepSeek", "海桐科技")}


@pytest.mark.parametrize(
    "text",
    [
        "理想汽车不予置评；由贾明远、王立川创办的星澜半年内获得 5 轮融资。",
        "这些算力支撑微软的实验室，该团队由沈澜牵头成立。",
        "微软人事负责人沈澜表示，被裁撤的岗位不会被人工智能取代。",
        "微软向 8000 名员工提供自愿退休计划。",
        "团队将百度的前沿技术引入各行业。",
        "沈澜在百度负责研究。她的跳槽，是人才争夺的最新例证。",
    ],
)
def test_what_is_no_move_of_those_named_makes_none(text):
    assert ends(text) == set()


def test_one_joins_the_founders_firm_and_not_what_he_founded_before():
    assert ends("沈澜加入了谷歌创始人周启明旗下 AI 公司 Oakline。") == {("沈澜", "-", "Oakline")}


def test_an_unknown_firm_is_named_behind_those_who_founded_it():
    text = "理想汽车不予置评；由前理想高管贾明远创办的星澜动力半年内获得 5 轮融资。"
    assert ends(text) == {("贾明远", "Li Auto", "星澜动力")}


def test_that_firm_is_the_one_of_the_sentence_before():
    text = "百度近来也有收获。该公司聘请了 Meta 的沈澜接任首席技术官。"
    assert ends(text, "前 OpenAI 高管再失人才") == {("沈澜", "Meta", "Baidu")}


def test_who_is_taken_from_that_firm_comes_from_the_one_spoken_of():
    text = "百度上月完成改组。截至目前，Meta 已挖走该公司 5 名创始成员。与此同时，OpenAI 聘请了该公司前首席技术官沈澜。"
    assert ends(text) == {("-", "Baidu", "Meta"), ("沈澜", "Baidu", "OpenAI")}


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (
            "该职位要求 7 年经验，年薪约为 24 万至 31 万美元（IT之家注：约合 163 万至 211 万元）。",
            "Anthropic 招聘布道师",
            [("Anthropic", 240_000, 310_000, "year")],
        ),
        (
            "SK 海力士人均年薪为 1.4 亿韩元（约合 68 万元人民币），较去年同期的 1.1 亿韩元增长。",
            "",
            [("SK Hynix", 1.4e8, 1.4e8, "year"), ("SK Hynix", 1.1e8, 1.1e8, "year")],
        ),
        (
            "百度男性员工平均年薪为 57 万元，女性员工为 48 万元。",
            "",
            [("Baidu", 570_000, 570_000, "year"), ("Baidu", 480_000, 480_000, "year")],
        ),
        (
            "OpenAI 该岗位基础年薪 18.5 万美元，最高可达 20.5 万美元。",
            "",
            [("OpenAI", 185_000, 205_000, "year")],
        ),
        ("百度上半年员工人均薪酬为 20 万元。", "", [("Baidu", 200_000, 200_000, "total")]),
    ],
)
def test_it_tells_whose_pay_how_much_and_for_how_long(text, title, expected):
    claims = read(text, title).compensation
    assert [(c.org and canonical(c.org), c.min, c.max, c.period) for c in claims] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "微软宣布将在全球裁减约 4800 个岗位，约占其全球 22 万员工总数的 2.1%。",
            [("Microsoft", "layoffs", 4800), ("Microsoft", "headcount", 220_000)],
        ),
        ("百度在北京的员工规模仍稳定在约 5.2 万人。", [("Baidu", "headcount", 52_000)]),
        ("百度推理方向设有 12 个岗位。", [("Baidu", "openings", 12)]),
        (
            "百度员工总数为 36,150 人，较去年同期的 33,625 人有所增加。",
            [("Baidu", "headcount", 36_150), ("Baidu", "headcount", 33_625)],
        ),
        (
            "海桐科技风头正劲。该公司聘请了 Meta 的沈澜。这家公司员工总数约 130 人。",
            [("海桐科技", "headcount", 130)],
        ),
        ("OpenAI 正在扩张。各家公司往往开出高额薪资，从竞争对手那里挖人。", []),
    ],
)
def test_it_tells_whose_staff_is_counted(text, expected):
    assert [(canonical(s.org), s.metric, s.min) for s in read(text).signals] == expected

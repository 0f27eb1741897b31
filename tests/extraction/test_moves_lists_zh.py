"""Chinese lists of names, subjects that nobody names, and whom a description speaks of; all people are invented."""

from datetime import date

import pytest

from articles.extraction import Document, extract
from articles.extraction.organisations import canonical


def told(text):
    """(who, organisation left, organisation joined) of every move, organisations by their name in the lexicon."""
    moves = extract(Document("d", text, "zh", title="", published=date(2025, 6, 18))).moves
    return {(m.person.name if m.person else m.cohort.min, _org(m.origin), _org(m.destination)) for m in moves}


def _org(end):
    return canonical(end.org) if end else None


@pytest.mark.parametrize(
    ("text", "names", "left", "joined"),
    [
        ("商汤近期有三名高管离职：首席科学家林远航、产品副总裁何雪梅和销售负责人赵立。", ["林远航", "何雪梅", "赵立"], "SenseTime", None),
        ("百度自动驾驶部门接连有骨干出走：技术委员会主席周启明，感知负责人许文涛。", ["周启明", "许文涛"], "Baidu", None),
        ("OpenAI流失多名核心人员——研究副总裁莉娜·普尔以及安全主管陶德·凯恩。", ["莉娜·普尔", "陶德·凯恩"], "OpenAI", None),
        ("快手今年已有两位副总裁离开，分别是张启航和刘思源。", ["张启航", "刘思源"], "Kuaishou", None),
        ("蔚來近月有兩名主管離任：軟體主管林遠航與硬體主管何雪梅。", ["林遠航", "何雪梅"], "蔚來", None),
        ("微软从谷歌挖走三名工程师，三人都很引人注目：清华毕业的林远航、中科大的何雪梅和北大的赵立群。", ["林远航", "何雪梅", "赵立群"], "Google", "Microsoft"),
        ("理想汽车技术负责人贾小鹏、VLA负责人詹小锟等两位核心人员均已离职。", ["贾小鹏", "詹小锟"], "Li Auto", None),
        ("阿里通义千问核心成员周启明、何雪梅已于近日加盟腾讯混元。", ["周启明", "何雪梅"], "Alibaba", "Tencent"),
    ],
)  # fmt: skip
def test_it_reads_every_name_of_a_list(text, names, left, joined):
    assert {(name, left, joined) for name in names} <= told(text)


@pytest.mark.parametrize(
    "text",
    [
        "林远航、何雪梅加入了讨论，在阿里巴巴、腾讯、快手等大厂的中高层也大胆辞职。",
        "英伟达招募了林远航。甚至精心培养三年的工程师，被Meta用十倍薪资瞬间挖走。",
        "编辑丨程小曼\n已有超过 1.4 万人收到裁员邮件，离开特斯拉。",
    ],
)
def test_it_puts_no_name_in_the_place_of_a_crowd(text):
    assert not {who for who, left, joined in told(text) if isinstance(who, str) and (left or joined == "Meta")}


@pytest.mark.parametrize(
    "text",
    [
        "这些人才被Meta、由特斯拉创始人马斯克创办的初创公司xAI等对手瓜分。",
        "字节给周启明提供了一份几乎无法拒绝的合同。",
        "为挖角OpenAI的核心成员，Meta不惜开出天价。",
        "美团创始人王小兴宣布以个人身份参与光年之外的融资，并出任董事。",
    ],
)
def test_it_takes_descriptions_purposes_and_seats_for_no_moves(text):
    assert told(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("被Meta从OpenAI挖来的周启明，成了新团队的负责人。", ("周启明", "OpenAI", "Meta")),
        ("小米从DeepSeek挖来了被称为“天才少女”的罗小莉，负责大模型。", ("罗小莉", "DeepSeek", "Xiaomi")),
        ("Google Fellow周启明也已于今年1月正式入职字节跳动。", ("周启明", "Google", "ByteDance")),
        ("曾任英伟达高级总监的周启明加入了地平线，两年后转投华为。", ("周启明", "Horizon Robotics", "Huawei")),
        ("智元动荡不断，部分研究员已加入宇树科技。", (None, "AgiBot", "Unitree")),
        ("2008年，何雪梅最初作为一名排序工程师加入谷歌。", ("何雪梅", None, "Google")),
        ("何雪梅的加盟使字节获得关键筹码。", ("何雪梅", None, "ByteDance")),
    ],
)
def test_it_finds_whom_the_words_describe(text, expected):
    assert expected in told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("另一位是腾讯副总裁、搜索与服务负责人郑小虎，他也在近期离任。", ("郑小虎", "Tencent", None)),
        ("何雪梅的本科毕业于中国科技大学。2006年，她加入微软。", ("何雪梅", None, "Microsoft")),
        ("周启明的职责也有变化：他重新担任特斯拉中国区负责人。", ("周启明", None, "Tesla")),
        ("有消息称周启明已离开京东，其已受聘担任微软的高级顾问。", ("周启明", "JD.com", "Microsoft")),
        ("百度的语音组交给了何雪梅。她今年2月才从腾讯加入。", ("何雪梅", "Tencent", None)),
    ],
)
def test_it_knows_of_whom_a_pronoun_speaks(text, expected):
    who, left, joined = expected
    found = [(w, o, d) for w, o, d in told(text) if w == who]
    assert any((left is None or o == left) and (joined is None or d == joined) for _, o, d in found)

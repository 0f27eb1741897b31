"""Which people and organisations a Chinese text names."""

import pytest

from articles.extraction import Document
from articles.extraction.zh.plain import plain
from articles.extraction.zh.reader import read


def people(text, title=""):
    reading = read(Document("d", text, "zh", title=title))
    return {m.name: m.aliases for s in reading.sentences for m in s.people}


def organisations(text):
    return [(m.name, m.known) for s in read(Document("d", text, "zh")).sentences for m in s.organisations]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("首席执行官何刚将接任。", {"何刚"}),
        ("由诸葛明亮担任总裁。", {"诸葛明亮"}),
        ("副总裁马克·拉森加入谷歌。", {"马克·拉森"}),
        ("博士亚当·塞利斯表示，", {"亚当·塞利斯"}),
        ("研究员李明（Ming Li）加入谷歌。", {"Ming Li"}),
        ("Bowen Zhang是谷歌的研究员。", {"Bowen Zhang"}),
        ("高管们认为方案可行，任何成员都可以申请。", set()),
        ("谷歌总监王晓东、李明和赵蕾离职。", {"王晓东", "李明", "赵蕾"}),
        ("首席科學家賈陽清離開公司。", {"賈陽清"}),
    ],
)
def test_it_finds_people(text, names):
    assert set(people(text)) == names


def test_it_joins_the_forms_of_a_name():
    found = people("马克·拉森（Mark Larsen）加入谷歌。拉森表示，他很高兴。Larsen此前在微软工作。")
    assert set(found["Mark Larsen"]) == {"马克·拉森", "拉森", "Larsen"}


def test_it_knows_famous_short_forms():
    assert "Elon Musk" not in people("马斯克表示，公司将招人。")
    assert set(people("Elon Musk（马斯克）表示。马斯克还说。")) == {"Elon Musk"}


def test_it_takes_names_from_the_title():
    assert "Zachary Kirk" in people("柯克霍恩离职。Zachary Kirk说。", title="扎克·柯克霍恩（Zachary Kirk）离职")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李明加入腾讯。", [("Tencent", True)]),
        ("李明创办了月河科技。", [("月河科技", False)]),
        ("李明加入Frobnitz担任总裁。", [("Frobnitz", False)]),
        ("Quuxify任命李明为首席财务官。", [("Quuxify", False)]),
        ("这家人工智能公司很大，该科技公司也很大。", []),
        ("旧金山的夏天不理想。", []),
    ],
)
def test_it_finds_organisations(text, expected):
    assert organisations(text) == expected


def test_it_keeps_every_offset_when_it_makes_text_plain():
    text = "賈揚清（Yangqing）離開，「創辦」新公司！"
    assert len(plain(text)) == len(text)
    assert plain(text) == "贾扬清(Yangqing)离开,“创办”新公司!"

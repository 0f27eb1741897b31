"""Whole wordings that tell a move without a verb of moving; people and firms are invented, well-known firms apart."""

from datetime import date

import pytest

from articles.extraction import Document, extract
from articles.extraction.organisations import canonical


def moves(text, title=""):
    found = extract(Document("d", text, "zh", title=title, published=date(2025, 6, 18))).moves
    return {(m.person.name if m.person else "-", _org(m.origin), _org(m.destination), m.kind) for m in found}


def _org(end):
    return canonical(end.org) if end and end.org else "-"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("林致远把工牌交还给了谷歌，转头就去了云岫智能。", ("林致远", "Google", "云岫智能", "hire")),
        ("程越在朋友圈写道，今天是他在云岫智能的最后一天。", ("程越", "云岫智能", "-", "departure")),
        ("程越与云岫智能和平分手。", ("程越", "云岫智能", "-", "departure")),
        ("腾讯前副总裁罗启明离职后，如今坐在云岫智能的 CEO 办公室里。", ("罗启明", "Tencent", "云岫智能", "hire")),
        ("韩江雪在 Nimbus Labs 转了一圈，又回到了老东家英伟达。", ("韩江雪", "Nimbus Labs", "Nvidia", "return")),
        ("李若谷从商汤出来单干，公司名叫云岫智能。", ("李若谷", "SenseTime", "云岫智能", "founding")),
        ("艾米·罗兹遭特斯拉裁撤后，很快在 Waymo 找到新工作。", ("艾米·罗兹", "Tesla", "Waymo", "hire")),
        ("文远知行前 CTO 李岩离职后，以蘑菇车联首席技术官的身份重新出现。", ("李岩", "WeRide", "蘑菇车联", "hire")),
    ],
)
def test_it_reads_a_wording_of_the_lexicon(text, expected):
    assert expected in moves(text)


def test_a_wording_without_a_mover_tells_nothing():
    assert moves("昨天是公司搬离云岫智能大厦的最后一天，员工们加班到深夜。") == set()


def test_who_is_well_known_to_work_there_goes_nowhere():
    assert moves("现在他是原力灵机的合伙人，公司正在招聘。") == set()


def test_the_firms_name_says_nothing_of_the_verb():
    assert moves("谭书岳被云岫智能从华为挖来，担任首席架构师。") == {("谭书岳", "Huawei", "云岫智能", "hire")}


def test_in_a_quotation_they_speak_of_somebody_else_than_the_speaker():
    text = "海桐科技首席执行官陆一鸣表示：“我们很高兴。”他说：“她的任命对海桐科技很重要。”"
    assert not any(who == "陆一鸣" for who, *_ in moves(text, title="海桐科技任命新的首席营收官"))


def test_who_follows_somebody_is_somebody_else():
    text = "3 月，微软宣布成立新部门，由沈知微担任 CEO，Inflection 首席科学家许嘉言随她同来。"
    assert ("许嘉言", "Inflection AI", "Microsoft", "hire") in moves(text)


def test_a_bracket_vouches_for_every_sound_of_a_name():
    text = "接棒的是彼得·德桑蒂（Peter Desanti），他从 Adept 加入亚马逊。"
    assert ("Peter Desanti", "Adept", "Amazon", "hire") in moves(text)


def test_what_is_left_after_a_verb_of_leaving_is_not_where_one_goes():
    text = "沈知微在华为工作多年，2022 年离开后到清华大学做首席科学家。"
    assert not any(origin == "Tsinghua University" for _, origin, *_ in moves(text))

"""Chinese sentences and the moves they tell; the people and most of the facts are invented."""

from datetime import date
from time import process_time

import pytest

from articles.extraction import Document, extract
from articles.extraction.organisations import canonical


def moves(text, title=""):
    return extract(Document("d", text, "zh", title=title, published=date(2025, 6, 18))).moves


def ends(text, title=""):
    """(who, organisation left, organisation joined) of every move, organisations by their name in the lexicon."""
    return [
        (m.person.name if m.person else (m.cohort.min, m.cohort.max, m.cohort.of), _org(m.origin), _org(m.destination))
        for m in moves(text, title)
    ]


def _org(end):
    return canonical(end.org) if end else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李明从谷歌跳槽到了Meta。", ("李明", "Google", "Meta")),
        ("前谷歌研究员李明正式加入腾讯，担任首席科学家。", ("李明", "Google", "Tencent")),
        ("李明于2024年3月离开谷歌，加入竞争对手Anthropic。", ("李明", "Google", "Anthropic")),
        ("李明在微软工作十年后离职，加入OpenAI担任副总裁。", ("李明", "Microsoft", "OpenAI")),
        ("百度副总裁李明被小米挖走。", ("李明", "Baidu", "Xiaomi")),
        ("据悉，小米从百度挖来李明，负责大模型。", ("李明", "Baidu", "Xiaomi")),
        ("腾讯聘请前苹果工程师李明出任总监。", ("李明", "Apple", "Tencent")),
        ("华为宣布任命李明为首席技术官。", ("李明", None, "Huawei")),
        ("阿里巴巴首席科学家李明宣布离职。", ("李明", "Alibaba", None)),
        ("李明卸任百度CFO。", ("李明", "Baidu", None)),
        ("李明离开华为后创办了月河科技。", ("李明", "Huawei", "月河科技")),
        ("在加入字节跳动之前，李明曾在英伟达担任研究员。", ("李明", "Nvidia", "ByteDance")),
        ("李明重返谷歌，负责搜索业务。", ("李明", None, "Google")),
        ("約翰·史密斯（John Smith）離開微軟，轉投輝達。", ("John Smith", "Microsoft", "Nvidia")),
        ("董事会罢免了OpenAI首席执行官李明。", ("李明", "OpenAI", None)),
    ],
)
def test_it_finds_both_ends(text, expected):
    assert expected in ends(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("李明、王强和赵蕾离开谷歌，加入OpenAI。", {"李明", "王强", "赵蕾"}),
        ("首席科学家李明，首席技术官王强，产品负责人赵蕾等高管相继从微软离职。", {"李明", "王强", "赵蕾"}),
        ("李明与王强一起离开谷歌。", {"李明", "王强"}),
        ("腾讯任命李明为首席财务官，王强为首席运营官。", {"李明", "王强"}),
        ("近期选择离开谷歌的有李明、王强等人。", {"李明", "王强"}),
        ("谷歌研究员李明、王强和赵蕾三人加入Meta。", {"李明", "王强", "赵蕾"}),
    ],
)
def test_it_gives_each_person_of_a_list_a_move(text, names):
    assert {who for who, *_ in ends(text)} == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微软从谷歌DeepMind挖走了约24名员工。", ((24, 24, None), "Google DeepMind", "Microsoft")),
        ("至少11名xAI员工已离职。", ((11, None, None), "xAI", None)),
        ("论文的14名作者中，至少有7人已离开Meta。", ((7, None, 14), "Meta", None)),
        ("十余名研究员离开OpenAI。", ((10, None, None), "OpenAI", None)),
        ("许多顶尖研究员拒绝了Meta的邀请。", ((None, None, None), None, "Meta")),
    ],
)
def test_it_counts_unnamed_groups(text, expected):
    assert expected in ends(text)


@pytest.mark.parametrize(
    "text",
    [
        "李明是谷歌首席执行官。",
        "谷歌首席科学家李明表示，公司正在招募人才。",
        "用户可以将新功能加入购物车，李明说。",
        "小鹏汽车宣布加入AI联盟。",
        "Gemini现已加入Vertex平台。",
        "李明在清华大学担任教授二十年。",
        "一位离职员工透露，谷歌的薪酬很高。",
        "如果李明加入谷歌，局面将会不同。",
        "Meta试图挖走李明。",
        "刘强加盟上海男篮俱乐部，出任主教练。",
        "总统任命李明为国防部部长。",
        "谷歌的离职率很低。",
    ],
)
def test_it_leaves_alone_what_is_no_move(text):
    assert ends(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("李明从谷歌离职。", "departure"),
        ("李明从谷歌加入Meta。", "hire"),
        ("李明离开谷歌，创办了月河科技。", "founding"),
        ("谷歌李明宣布离职创业。", "founding"),
        ("李明重返谷歌。", "return"),
        ("谷歌总监李明升任副总裁。", "internal"),
        ("英伟达收购了Groq，并聘请其创始人李明。", "acquihire"),
    ],
)
def test_it_names_the_kind(text, kind):
    assert {m.kind for m in moves(text)} == {kind}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("李明宣布加入谷歌。", "confirmed"),
        ("据媒体报道，李明已从谷歌离职。", "reported"),
        ("李明将加入谷歌。", "planned"),
        ("据传李明或将加入谷歌。", "rumoured"),
        ("李明拒绝加入谷歌。", "declined"),
        ("谷歌否认李明已离职。", "denied"),
    ],
)
def test_it_reads_the_status(text, status):
    assert [m.status for m in moves(text)] == [status]


def test_it_keeps_role_and_team_in_the_words_of_the_text():
    (move,) = moves("李明加入Meta生成式AI团队，担任首席工程师。")
    assert (move.destination.team, move.destination.role) == ("生成式AI团队", "首席工程师")


def test_it_resolves_pronouns_and_the_company():
    assert ends("李明是谷歌的研究员。他昨日宣布离开公司。") == [("李明", "Google", None)]


def test_it_hears_who_says_i():
    assert ends("“我很高兴加入谷歌。”李明表示。") == [("李明", None, "Google")]


def test_it_joins_halves_told_apart():
    text = "李明宣布从谷歌离职。他在谷歌工作了七年。此后不久，李明加入Meta。"
    assert ends(text) == [("李明", "Google", "Meta")]


def test_it_tells_a_move_once():
    assert ends("李明加入谷歌。李明的加入引人关注。据悉，李明已加入谷歌。") == [("李明", None, "Google")]


def test_its_quotes_stand_in_the_text():
    text = "近日，多家媒体报道，谷歌研究员李明已从公司离职，将加盟Meta。"
    (move,) = moves(text)
    assert text[move.span.start : move.span.end] == "谷歌研究员李明已从公司离职，将加盟Meta"


def test_it_takes_the_organisation_from_the_title():
    assert ends("李明今日正式入职。", title="谷歌迎来新高管") == [("李明", None, "Google")]


def test_it_stays_quick_on_a_hostile_text():
    text = "离职" + "李明离开谷歌加入，" * 3_000
    assert len(moves(text)) <= 2


@pytest.mark.parametrize(
    "piece", ["Aa Bb Cc ", "李明、王强和", "马克·扎克·", "让-吕克-", "曾在谷歌任职的", "新聘名单：\n李明，谷歌总监\n"]
)
def test_it_reads_a_hostile_text_in_time_by_its_length(piece):
    started = process_time()
    moves(piece * (60_000 // len(piece)) + "加入")
    assert process_time() - started < 12


def test_it_calls_an_employer_as_the_text_does():
    (move,) = moves("李明离开字节跳动，加入小米。")
    assert (move.origin.org, move.destination.org) == ("字节跳动", "小米")


def test_it_knows_a_company_by_its_short_name():
    text = "月河科技宣布裁员。此前，李明已离开月河。"
    assert ends(text) == [("李明", "月河科技", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("月河科技：任命前谷歌总监李明为副总裁。", ("李明", "Google", "月河科技")),
        ("王强离任，由李明接任百度CFO。", ("李明", None, "Baidu")),
        ("去年，李明辞去谷歌的工作，到清华大学任教。", ("李明", "Google", "Tsinghua University")),
        ("苹果已经流失了十余名研究员。", ((10, None, None), "Apple", None)),
        ("谷歌以24亿美元获得Windsurf技术授权，其CEO李明将加入谷歌。", ("李明", "Windsurf", "Google")),
    ],
)
def test_it_reads_other_frames(text, expected):
    assert expected in ends(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("月河科技今天宣布任命李明为首席技术官。李明最近担任谷歌副总裁。", ("李明", "Google", "月河科技")),
        ("李明加入月河科技，担任副总裁。他此前在微软领导云业务。", ("李明", "Microsoft", "月河科技")),
        ("月河科技任命Ada Stone为财务总监。Stone来自Norvane，在那里她担任总监。", ("Ada Stone", "Norvane", "月河科技")),
        ("月河科技任命Ada Stone为总裁。Stone是Pine River咨询公司的创始人。", ("Ada Stone", "Pine River", "月河科技")),
        ("月河科技任命李明为总裁。他曾在腾讯工作十年，最近担任百度副总裁。", ("李明", "Baidu", "月河科技")),
    ],
)
def test_it_takes_the_last_employer_of_a_biography_for_the_one_left(text, expected):
    assert expected in ends(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李明加入腾讯。在微软之前，李明是英伟达的首席产品官。", ("李明", "Nvidia", "Microsoft")),
        ("李明曾领导过Meta的硬件团队九年。在此之前，他在苹果公司负责设计。", ("李明", "Apple", "Meta")),
        ("离开英伟达后，李明在微软担任副总裁七年。", ("李明", "Nvidia", "Microsoft")),
    ],
)
def test_it_reads_the_step_before_the_last(text, expected):
    assert expected in ends(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("月河科技今天宣布任命李明为首席技术官。", "confirmed"),
        ("月河科技很高兴地欢迎李明加入月河科技，担任首席科学家。", "confirmed"),
        ("据报道，腾讯任命李明为首席技术官。", "reported"),
        ("百度研究员李明考虑加入腾讯。", "rumoured"),
        ("李明正与腾讯洽谈加入事宜。", "rumoured"),
    ],
)
def test_it_confirms_what_the_employer_announces_itself(text, status):
    assert [m.status for m in moves(text)] == [status]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("任命资深半导体高管、曾任英伟达汽车部门创始人兼总经理的李明博士为新任CEO。", ("李明", "Nvidia", "Tencent")),
        ("公司聘用资深人士李明担任首席执行官。他在英特尔工作了二十年。", ("李明", "Intel", "Tencent")),
        ("又一位xAI联合创始人离职，使其在两天内达到2位。", ((2, 2, None), "xAI", None)),
        ("项目被叫停，特斯拉相关高管大批离职。", ((None, None, None), "Tesla", None)),
        ("张伟从谷歌离职，下一站是OpenAI。", ("张伟", "Google", "OpenAI")),
        ("张伟2017年被马斯克请到特斯拉，主管视觉。", ("张伟", None, "Tesla")),
        ("李明从谷歌跳槽到Meta。4名研究员跟随他跳槽。", ((4, 4, None), "Google", "Meta")),
    ],
)
def test_it_reads_frames_without_the_usual_order(text, expected):
    assert expected in ends(text, title="腾讯")


@pytest.mark.parametrize(
    "text",
    [
        "马斯克被控在接管Twitter后几个月内解雇了公司约80%的员工。",
        "谷歌首席科学家李明迎来了他在这家公司的第25个年头。",
        "艾美奖提名演员李明走上了红毯。",
    ],
)
def test_it_takes_no_takeover_and_no_anniversary_for_a_move(text):
    assert ends(text) == []


def test_an_adviser_keeps_the_employer():
    assert ends("OpenAI任命谷歌副总裁李明为董事会成员。") == [("李明", None, "OpenAI")]


def test_it_gives_names_in_the_characters_of_the_article():
    (move,) = moves("區樂恩加入雲帆實驗室，擔任總監。")
    assert (move.person.name, move.destination.org) == ("區樂恩", "雲帆實驗室")


def test_it_reads_a_given_name_that_begins_with_no_sound():
    assert ends("大卫·凯尔索加入谷歌，担任总监。") == [("大卫·凯尔索", None, "Google")]


@pytest.mark.parametrize(
    "text",
    ["李明卸任腾讯首席技术官，现与张伟共同运营其研究实验室。", "李明卸任腾讯CTO（由王芳接替），如今他领导机器人团队。"],
)
def test_a_new_post_in_the_same_firm_is_no_departure(text):
    told = [(m.kind, _org(m.origin), _org(m.destination)) for m in moves(text) if m.person.name == "李明"]
    assert told == [("internal", "Tencent", None), ("internal", None, "Tencent")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("谷歌从百度招募了研究员李明，社交媒体公告已确认此消息。", "confirmed"),
        ("谷歌从百度招募了研究员李明，公司随后证实了这一消息。", "confirmed"),
        ("谷歌从百度招募了研究员李明，公司规模扩大。", "reported"),
    ],
)
def test_a_notice_confirms_what_stands_before_it(text, status):
    assert [m.status for m in moves(text)] == [status]


@pytest.mark.parametrize(
    "text", ["李明在任职近十年后卸任谷歌首席科学家。", "李明卸任谷歌首席科学家，公司打算将产品推向市场。"]
)
def test_a_span_of_service_and_the_object_of_jiang_give_the_news_no_other_time(text):
    assert [m.date for m in moves(text)] == ["2025-06"]


def test_it_reads_an_arrival_told_in_passing_of_one_who_leaves():
    told = [(m.kind, m.date) for m in moves("去年才加入的产品负责人李明也已离职。", title="谷歌")]
    assert set(told) == {("departure", "2025-06"), ("hire", "2024")}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("李明离职谷歌还是留任？", "rumoured"),
        ("一位用户推测李明可能离开谷歌。", "rumoured"),
        ("李明离开了谷歌。", "reported"),
    ],
)
def test_a_question_and_a_guess_are_rumours(text, status):
    assert [m.status for m in moves(text)] == [status]


def test_what_is_told_of_two_together_holds_for_each():
    told = ends("与李明一起加入百度的还有两位来自谷歌的前产品负责人王芳和张伟。")
    assert told == [("王芳", "Google", "Baidu"), ("张伟", "Google", "Baidu")]


@pytest.mark.parametrize("text", ["李明：加入谷歌举办的黑客松。", "“能够接替汤姆的职位是一种荣幸，”李明说。"])
def test_an_event_and_the_one_replaced_are_no_employers(text):
    assert ends(text) == []


def test_a_headline_gets_the_source_that_the_text_names():
    [told] = moves("李明加盟谷歌\n据Harbour Wire报道，李明已离开百度，加入谷歌。")
    assert (told.attribution.text, told.attribution.kind) == ("Harbour Wire", "outlet")

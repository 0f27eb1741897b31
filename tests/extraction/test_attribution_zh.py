"""Who says so in Chinese, and with which status."""

import pytest

from articles.extraction.document import Span
from articles.extraction.zh.attribution import attribute
from tests.extraction.read import read


def told(text, claim):
    reading = read(text, "zh", organisations=("甲公司", "乙公司"), people=("张三", "李四", "他=张三"))
    at = text.index(claim)
    sentence = next(s for s in reading.sentences if s.start <= at < s.end)
    return attribute(reading, sentence, Span(at, at + len(claim)))


@pytest.mark.parametrize(
    ("text", "claim", "who", "kind", "count"),
    [
        ("据路透社报道，张三离开了甲公司。", "张三离开了甲公司", "路透社", "outlet", None),
        ("据两名知情人士透露，张三离开了甲公司。", "张三离开了甲公司", "两名知情人士", "unnamed", 2),
        ("据三位甲公司的前员工透露，甲公司年薪很高。", "甲公司年薪很高", "三位甲公司的前员工", "unnamed", 3),
        ("一位离职员工坦言，甲公司年薪很低。", "甲公司年薪很低", "一位离职员工", "unnamed", 1),
        ("甲公司宣布，张三加入。", "张三加入", "甲公司", "company", None),
        ("甲公司发言人证实，张三已经离职。", "张三已经离职", "甲公司发言人", "company", None),
        ("李四表示，张三已经离职。", "张三已经离职", "李四", "person", None),
        ("甲公司的招聘信息显示，在招300人。", "在招300人", "甲公司的招聘信息", "document", None),
        ("有报道称张三离开了。", "张三离开了", "有报道称", "outlet", None),
        ("据Harbour Wire报道，张三离开了甲公司。", "张三离开了甲公司", "Harbour Wire", "outlet", None),
        ("Harbour Wire周二报道称，张三离开了甲公司。", "张三离开了甲公司", "Harbour Wire", "outlet", None),
        ("据《潮汐周刊》报道，张三离开了甲公司。", "张三离开了甲公司", "潮汐周刊", "outlet", None),
        ("据长江前沿报道，张三离开了甲公司。", "张三离开了甲公司", "长江前沿", "outlet", None),
        ("《潮汐周刊》援引知情人士报道，张三离开了甲公司。", "张三离开了甲公司", "潮汐周刊", "outlet", None),
        ("路透社和Harbour Wire报道称，张三离开了甲公司。", "张三离开了甲公司", "路透社", "outlet", None),
        ("据两名员工报道，张三离开了甲公司。", "张三离开了甲公司", "两名员工", "unnamed", 2),
    ],
)
def test_it_finds_who_says_so(text, claim, who, kind, count):
    attribution, _ = told(text, claim)
    assert (attribution.text, attribution.kind, attribution.count) == (who, kind, count)


@pytest.mark.parametrize(
    ("text", "claim", "status"),
    [
        ("张三宣布离开甲公司。", "张三宣布离开甲公司", "confirmed"),
        ("甲公司宣布，张三加入甲公司。", "张三加入甲公司", "confirmed"),
        ("李四表示，张三已经离开甲公司。", "张三已经离开甲公司", "reported"),
        ("张三将加入甲公司。", "张三将加入甲公司", "planned"),
        ("传闻张三离开了甲公司。", "传闻张三离开了甲公司", "rumoured"),
        ("张三拒绝了甲公司的邀请。", "张三拒绝了甲公司的邀请", "declined"),
        ("甲公司否认张三离职。", "甲公司否认张三离职", "denied"),
        ("张三离开了甲公司。", "张三离开了甲公司", None),
    ],
)
def test_it_reads_the_status_from_the_wording(text, claim, status):
    assert told(text, claim)[1] == status

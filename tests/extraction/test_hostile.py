"""A hostile text costs no more than a long one: seconds of CPU for 10 MB, in both languages, whatever it repeats.

The bounds are many times what a quiet machine needs, and count CPU time alone: only work that grows faster than the
text, or backtracks, goes beyond them.
"""

from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.extraction import Document, extract

NEWS = {"en": "Alice Brown left Google to join OpenAI.\n", "zh": "陈天石从谷歌离职，加入OpenAI。\n"}
# Repeated, none of these ever ends a sentence.
ENDLESS = {
    "en": [
        "Alice Brown ", "Brown, ", "OpenAI Google ", "Larkspur Labs, ", "A", "Aa ", "a-", "(", "(Alice Brown) ", "“‘\"' ",
        "“joined ", "1234567890", "12 34 ", "$5 million salary ", "$1-$2-", "January 5, last week, ", "joined left ",
        "the researcher who left OpenAI and joined ", "salary bonus pay ", "laid off 500 employees, ", " ", "\t\u00a0",
        "former Google researcher ", "chief executive officer of ", ", ", ":;—", "\u200b\u200d", "\u0301", "陈天石 joined ",
    ],
    "zh": [
        "陈天石", "陈天石、王明", "谷歌腾讯OpenAI", "甲乙科技、", "王", "上海", "A", "Aa ", "安·", "马克·扎克·", "（", "(", "陈天石（Alice Brown）",
        "“「『‘", "“加入", "《《", "1234567890", "一二三四百千万亿", "年薪100万元", "1万至2万至", "2024年5月1日去年", "加入离职", "研究员离开谷歌的",
        "薪资年薪奖金", "裁员500人", "\u3000", "首席执行官兼总裁", "前谷歌研究员", "，", "、", "\u200b\u200d", "北京有限责任公司", "Alice 离职 ",
    ],
}  # fmt: skip
# These are sentences or lines, if strange ones.
ENDED = {
    "en": [
        "Alice Brown joined OpenAI. ", "He said she joined it. ", "OpenAI laid off 500 employees. ", "joined\n", ". ", "\n",
        "OpenAI pays a salary of $300,000 a year. ", "A. ", "Alice Brown, Bob Stone and Google left. ", "\n(joined", "?!…",
        "“Brown left,” Brown said.", "J.P. ", "• Alice Brown\n",
    ],
    "zh": [
        "陈天石加入谷歌。", "他表示她加入了该公司。", "腾讯裁员500人。", "离职\n", "。", "\n", "字节跳动给出年薪300万元。", "王先生离职。", "陈天石、王明和谷歌腾讯离开。",
        "\n（加入", "！？……", "“王明离职，”王明说。", "张學友離職後加入輝達。", "• 陈天石，谷歌总监\n",
    ],
}  # fmt: skip
SIZE = 10_000_000


def cost(text, lang):
    """Seconds of CPU, and what was found."""
    began = process_time()
    found = extract(Document("hostile", text, lang, published=date(2025, 6, 18)))
    return process_time() - began, found


def repeated(unit, size):
    return unit * (size // len(unit.encode()) + 1)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_ten_megabytes_without_an_end_take_seconds_and_hide_no_news(lang):
    for unit in ENDLESS[lang]:
        seconds, found = cost(NEWS[lang] + repeated(unit, SIZE) + "\n" + NEWS[lang].replace("OpenAI", "Apple"), lang)
        assert seconds < 30, unit
        assert {m.destination.org for m in found.moves if m.destination} >= {"OpenAI", "Apple"}, unit


@pytest.mark.parametrize(("lang", "unit"), [(lang, unit) for lang in ENDED for unit in ENDED[lang]])
def test_strange_sentences_cost_no_more_than_their_length(lang, unit):
    seconds, _ = cost(NEWS[lang] + repeated(unit, 100_000), lang)
    assert seconds < 30


@pytest.mark.parametrize(("lang", "unit"), [("en", ENDED["en"][8]), ("zh", ENDED["zh"][8])])
def test_ten_megabytes_of_strange_sentences_take_seconds(lang, unit):
    seconds, _ = cost(repeated(unit, SIZE), lang)
    assert seconds < 120


@pytest.mark.parametrize("lang", ["en", "zh"])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_no_mixture_of_fragments_is_dear(lang, data):
    fragments = st.sampled_from(ENDLESS[lang] + ENDED[lang])
    mixed = "".join(data.draw(st.lists(fragments, min_size=2, max_size=8)))
    seconds, _ = cost(NEWS[lang] + repeated(mixed, 60_000), lang)
    assert seconds < 30

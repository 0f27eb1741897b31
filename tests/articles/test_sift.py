"""Pages are told from their bytes: news of the field is let through in every encoding, all else is dismissed."""

from __future__ import annotations

import gzip
import random
import time

import pytest

from articles.sift import worth_reading
from tests.articles.conftest import page

NEWS = (
    "Ada Quill, who led safety research at Anthropic, has left the company and joined Lanternlight.",
    "Northwind is cutting 300 jobs; the layoffs hit its software engineers hardest.",
    "OpenAI offered her a signing bonus of $10 million, according to two people.",
    "The start-up poached three researchers from Google DeepMind in a month.",
    "NetApp confirmed a headcount reduction of 12 percent.",
    "Meta is hiring for its new artificial intelligence lab.",
)
NEWS_ZH = (
    "研究员林一已从谷歌离职，加入月之暗面担任首席科学家。",
    "百度宣布裁员，涉及大模型团队的三百名员工。",
    "字节跳动以千万年薪挖走了一名人工智能研究员。",
)
ELSE = (
    "The midfielder joined the club from its rivals in January and left on a free transfer.",
    "The minister resigned on Monday; parliament appointed a successor.",
    "Share this story on Facebook, Twitter or LinkedIn. Join our newsletter. Careers: we are hiring.",
    "Scientists have found a new species of frog in the forest.",
    "Apple released an update for its phones on Tuesday.",
    "OpenAI released a model that writes better poems.",
)
ELSE_ZH = (
    "这名前锋离开球队，转会到另一家俱乐部，合同为期三年。",
    "市政府任命了新的局长，前任已经退休。",
    "苹果公司周二发布了新款手机。",
)


@pytest.mark.parametrize("words", NEWS)
def test_it_lets_english_news_through(words: str) -> None:
    assert worth_reading(page(words).encode())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("words", NEWS_ZH)
def test_it_lets_chinese_news_through(words: str, encoding: str) -> None:
    assert worth_reading(page(words, title="", lang="zh").encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "big5"])
def test_it_lets_traditional_chinese_through(encoding: str) -> None:
    words = "百度宣布裁員，涉及人工智慧團隊。"
    assert worth_reading(page(words, title="", lang="zh").encode(encoding))


@pytest.mark.parametrize("words", [*ELSE, *ELSE_ZH])
def test_it_dismisses_everything_else(words: str) -> None:
    assert not worth_reading(page(words, title="News").encode())


@pytest.mark.parametrize(
    "piece",
    [
        '<a class="joined" href="/anthropic">x</a>',
        "<script>var joined = 'Anthropic';</script>",
        "<p>Anthropic</p>" + "<p>More of the same.</p>" * 50 + "<p>She joined.</p>",
        "<p>unjoined Anthropics</p>",
    ],
)
def test_words_in_mark_up_or_far_apart_or_within_words_say_nothing(piece: str) -> None:
    assert not worth_reading(page("Nothing much happened.", piece, title="News").encode())


def test_mark_up_between_the_words_is_no_obstacle() -> None:
    link = '<a href="https://site.example/a-long-address?with=parameters" target="_blank" rel="noopener">'
    assert worth_reading(page(f"Quill has <b>left</b> and joined {link}<em>Anthropic</em></a>.").encode())


def test_a_page_of_noise_costs_milliseconds() -> None:
    noise = gzip.compress(random.Random(1).randbytes(3_000_000))
    worth_reading(b"")
    start = time.process_time()
    worth_reading(noise)
    assert time.process_time() - start < 0.5


def test_a_page_full_of_acts_costs_no_more_than_reading_it() -> None:
    crowded = b"<p>joined hired poached Anthropic</i>" * 100_000
    start = time.process_time()
    worth_reading(b"<p>joined hired</p>" * 100_000)
    worth_reading(crowded)
    assert time.process_time() - start < 10

"""Which words of an article a page shows, and how quotes are marked in them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from talent.excerpts import CONTEXT_CHARACTERS
from talent.views.passages import passages

TEXT = (
    "One here. Two is next. Three stands here. Four follows. Five. Six comes. Seven ends.\nA new paragraph. Last one."
)


@dataclass(frozen=True)
class Quote:
    start: int
    end: int


def _quote(words: str, text: str = TEXT) -> Quote:
    start = text.index(words)
    return Quote(start, start + len(words))


def _shown(text: str, quotes: list[Quote], *, whole: bool = False) -> list[str]:
    found = passages(text, quotes, whole=whole)
    return ["\n".join("".join(p.text for p in paragraph) for paragraph in each.paragraphs) for each in found]


def test_it_shows_a_sentence_around_a_quote_and_no_more() -> None:
    [shown] = _shown(TEXT, [_quote("Four follows")])
    assert shown.strip() == "Three stands here. Four follows. Five."


def test_it_shows_a_sample_whole() -> None:
    assert _shown(TEXT, [_quote("Four follows")], whole=True) == [TEXT]


def test_it_shows_nothing_of_a_text_without_claims() -> None:
    assert passages(TEXT, [], whole=False) == []


def test_it_joins_neighbours_and_keeps_strangers_apart() -> None:
    assert len(_shown(TEXT, [_quote("Three stands"), _quote("Four follows")])) == 1
    assert len(_shown(TEXT, [_quote("One here"), _quote("Last one")])) == 2


def test_it_says_where_something_is_left_out() -> None:
    first, last = passages(TEXT, [_quote("One here"), _quote("Last one")], whole=False)
    assert (first.cut_before, first.cut_after, last.cut_before, last.cut_after) == (False, True, True, False)


def test_it_cuts_overlapping_quotes_into_shared_pieces() -> None:
    left, right = _quote("Two is next. Three"), _quote("Three stands here")
    [passage] = passages(TEXT, [left, right], whole=True)
    marked = [(p.text, p.claims) for p in passage.paragraphs[0] if p.claims]
    assert marked == [("Two is next. ", (left,)), ("Three", (left, right)), (" stands here", (right,))]


def test_it_opens_and_closes_every_quote_once() -> None:
    quotes = [_quote("Two is next. Three"), _quote("Three stands here"), _quote("Seven ends.\nA new")]
    pieces = [p for each in passages(TEXT, quotes, whole=True) for line in each.paragraphs for p in line]
    for quote in quotes:
        assert sum(quote in p.opening for p in pieces) == sum(quote in p.closing for p in pieces) == 1


def test_it_knows_chinese_sentences() -> None:
    text = "甲公司成立。乙加入甲公司！丙离开了。丁没有回应。戊也没有。" + "此外没有别的消息。" * 9
    [shown] = _shown(text, [_quote("丙离开了", text)])
    assert shown == "乙加入甲公司！丙离开了。丁没有回应。"


def test_it_shows_less_around_quotes_that_are_many() -> None:
    text = "".join(f"Number {n} is said. It has some more to it. And more. And yet more. " for n in range(10, 20))
    quotes = [_quote(f"Number {n} is", text) for n in range(10, 20)]
    shown = _shown(text, quotes)
    assert len(shown) == 10
    assert all("It has" not in window for window in shown)


@pytest.mark.parametrize("filler", ["word ", "字"])
def test_it_shows_little_of_a_text_without_sentences(filler: str) -> None:
    text = filler * 2000 + "HERE" + filler * 2000
    [shown] = _shown(text, [_quote("HERE", text)])
    assert len(shown) <= 2 * CONTEXT_CHARACTERS + 4


def test_it_leaves_out_a_span_that_the_text_does_not_have() -> None:
    assert passages("short", [Quote(2, 99)], whole=False) == []

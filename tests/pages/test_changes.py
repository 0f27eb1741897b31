"""What changed between two texts: nothing lost, readable in both languages, bounded."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.views.changes import Piece, compare, hunks

WORDS = st.lists(st.sampled_from(["Ada", "left", "离开", "了", "公司", "。", ".", " ", "\n", "the"]), max_size=30).map(
    "".join
)


def gone(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.kind == "gone"]


def came(pieces: list[Piece]) -> list[str]:
    return [piece.text for piece in pieces if piece.kind == "new"]


@given(WORDS, WORDS)
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "gone") == new


@given(WORDS)
def test_a_text_is_like_itself(text: str) -> None:
    assert {piece.kind for piece in compare(text, text)} <= {"same"}


def test_it_marks_whole_words_of_english() -> None:
    pieces = compare("Ada Quill has left the lab.", "Ada Quill is leaving the lab.")
    assert (gone(pieces), came(pieces)) == (["has left"], ["is leaving"])


def test_it_marks_whole_words_of_chinese() -> None:
    pieces = compare(
        "林一加入南湖科技担任首席科学家，团队还有十二个人。", "林一加入南湖科技担任副总裁，团队还有十五个人。"
    )
    assert (gone(pieces), came(pieces)) == (["首席科学家", "十二个人"], ["副总裁", "十五个人"])


def test_a_new_paragraph_leaves_the_others_alone() -> None:
    pieces = compare("One.\nTwo.", "One.\nBetween.\nTwo.")
    assert (gone(pieces), "".join(came(pieces)).strip()) == ([], "Between.")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 200_000, "a b " * 200_000),
        ("x\n" * 30_000, "y\nx\n" * 30_000),
        ("字" * 300_000, "字符" * 150_000),
        (" ".join(map(str, range(5_900))), " ".join(map(str, range(5_900, 0, -1)))),
    ],
)
def test_long_and_wild_texts_take_little_time(old: str, new: str) -> None:
    began = time.process_time()
    compare(old, new)
    assert time.process_time() - began < 5


@given(WORDS, WORDS, st.integers(0, 20), st.integers(0, 20))
def test_it_shows_nothing_from_outside_of_the_windows(old: str, new: str, low: int, length: int) -> None:
    window = (low, low + length)
    shown = hunks(compare(old, new), [window], [window])
    sizes = {
        kind: sum(len(p.text) for h in shown for p in h.pieces if p.kind == kind) for kind in ("same", "gone", "new")
    }
    assert max(sizes["gone"], sizes["new"]) <= length
    assert sum(sizes.values()) <= 2 * length


def test_what_either_page_shows_is_shown_beside_a_change() -> None:
    old, new = "Bo Reed has left the lab.", "Bo Reed has left the firm."
    [hunk] = hunks(compare(old, new), [(0, len(old))], [])
    assert [(p.kind, p.text) for p in hunk.pieces][:2] == [("same", "Bo Reed has left the "), ("gone", "lab")]


def test_other_sentences_are_shown_one_after_the_other() -> None:
    pieces = compare("Ada Quill has left the lab today.", "Nobody at the firm could be reached by phone.")
    assert [piece.kind for piece in pieces] == ["gone", "new"]


def test_long_unchanged_stretches_are_left_out() -> None:
    middle = "The same sentence stands here. " * 40
    old, new = f"First. {middle}Last.", f"Fourth. {middle}Fifth."
    first, second = hunks(compare(old, new), [(0, len(old))], [(0, len(new))])
    assert (first.cut_before, second.cut_before) == (False, True)
    assert sum(len(p.text) for p in first.pieces + second.pieces) < 600

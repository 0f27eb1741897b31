"""A text of any length is read in bounded time, each claim at its place; what no article holds is passed over."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.extraction import Document, extract, pieces
from articles.extraction.pieces import cuts

NEWS = {"zh": "李明从谷歌离职，加入微软。", "en": "Alice Brown left Google to join Microsoft."}
FILLER = {"zh": "某处天气晴好。", "en": "The weather was fine. "}


def moves(text, lang="zh"):
    return extract(Document("d", text, lang, title="", published=date(2025, 6, 18))).moves


@given(st.text(alphabet="甲乙。！.\n ", max_size=400), st.integers(4, 60))
def test_the_pieces_cover_the_text_without_gap_or_overlap(text, most):
    found = list(cuts(text, most))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= most for start, end in found)


def test_a_piece_ends_at_the_end_of_a_line_else_of_a_sentence():
    assert next(cuts("甲。乙丁\n丙。戊己庚辛", 8)) == (0, 5)
    assert next(cuts("甲乙丙丁。戊己庚辛", 8)) == (0, 5)
    assert next(cuts("甲乙丙丁戊己庚辛壬", 8)) == (0, 8)
    assert next(cuts("Ab cdef. G 1.5 hi", 13)) == (0, 9)


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_stands_beyond_the_first_piece_is_read(lang, end):
    filler = FILLER[lang] + end
    text = filler * (pieces.MOST // len(filler) + 100) + NEWS[lang]
    (move,) = moves(text, lang)
    assert text[move.span.start : move.span.end] == NEWS[lang].rstrip("。.")


def test_what_two_pieces_say_is_one_claim():
    filler = "某处天气晴好。\n" * (pieces.MOST // 8 + 100)
    assert len(moves(NEWS["zh"] + "\n" + filler + NEWS["zh"])) == 1


@settings(max_examples=5, deadline=None)
@given(st.integers(2_000, 4_000))
def test_pieces_claim_what_the_whole_claims(most):
    text = "\n".join(f"{NEWS['zh']}\n某处天气晴好。" + "闲话。" * 200 for _ in range(6))
    whole = {m.person.name for m in moves(text)}
    parts = [moves(text[start:end]) for start, end in cuts(text, most)]
    assert {m.person.name for part in parts for m in part} == whole


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_follows_a_stretch_without_end_is_read_at_its_place(lang):
    text = "(" * (2 * pieces.LONGEST_STRETCH) + "\n" + NEWS[lang]
    (move,) = moves(text, lang)
    assert text[move.span.start : move.span.end] == NEWS[lang].rstrip("。.")


def test_only_the_beginning_of_a_stretch_without_end_is_read():
    text = NEWS["en"] + "\n" + "a" * 50_000 + "\n" + FILLER["en"]
    (first, second) = cuts(text)
    assert first == (0, len(NEWS["en"]) + 1 + pieces.LONGEST_STRETCH)
    assert text[slice(*second)] == "\n" + FILLER["en"]


def test_it_says_where_it_stops_in_a_text_longer_than_any_report(monkeypatch, caplog):
    monkeypatch.setattr(pieces, "ENOUGH", 1_000)
    text = (NEWS["zh"] + "\n") * (pieces.MOST // 14 + 100)
    assert len(moves(text)) == 1
    assert "not read from character" in caplog.text


def test_what_has_no_word_of_news_counts_for_nothing(monkeypatch):
    monkeypatch.setattr(pieces, "ENOUGH", 1_000)
    assert len(moves(FILLER["zh"] * (pieces.MOST // 5) + NEWS["zh"])) == 1

"""How quotes and questions are cut into words, and which words of a quote a question marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.words import asked_for, marked, vector


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Quill has left", "'ada':1 'quill':2 'left':4"),
        ("Tern's hiring, hired", "'tern':1 'hire':2,3"),
        ("Zoë O’Neil", "'zoe':1 'oneil':2"),
        ("多名研究", "'多名':1 '名研':2 '研究':3 '究':4"),
        ("離開OpenAI", "'离开':1 '开':2 'openai':3"),
        ("３０００万", "'3000':1 '万':2"),
        ("the of and", ""),
        ("", ""),
        ("'); DROP TABLE x; \\ :A &|!<->", "'drop':1 'tabl':2 'x':3"),
    ],
)
def test_a_text_is_cut_into_words(text: str, words: str) -> None:
    assert vector(text) == words


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("quill left", "('quill') & ('left':*)"),
        ('"has left Tern"', "('left' <1> 'tern')"),
        ("“join the team", "('join' <2> 'team')"),
        ("研究员", "('研究' <1> '究员')"),
        ("「離開」", "('离开')"),
        ("韩", "('韩':*)"),
        ("加入OpenAI", "('加入' <2> 'openai':*)"),
        ("gpt-4 tern", "('gpt' <1> '4') & ('tern':*)"),
        ("hiring", "(('hire' | 'hiring':*))"),
        ("ai -meta", "('ai') & !('meta')"),
        ("-meta", ""),
        ("the", ""),
        ("%_\\'\"", ""),
        ("", ""),
    ],
)
def test_a_question_asks_for_words(words: str, query: str) -> None:
    assert str(asked_for(words)) == query
    assert bool(asked_for(words)) == bool(query)


def test_a_question_has_a_bounded_number_of_words() -> None:
    assert len(asked_for("word " * 100).phrases) == 16


@pytest.mark.parametrize(
    ("words", "text", "hits"),
    [
        ("quill left", "Ada Quill has left; Quillon stays", ["Quill", "left"]),
        ("lantern", "Lanternlight hired her", ["Lanternlight"]),
        ("hire", "They are hiring", ["hiring"]),
        ('"left Tern"', "Tern left. She left Tern", ["left Tern"]),
        ("研究员", "多名研究員已離開，研究很多", ["研究員"]),
        ("研究员已离", "多名研究員已離開", ["研究員已離"]),
        ("员", "研究員已離開", ["員"]),
        ("开OpenAI", "離開OpenAI", ["開OpenAI"]),
        ("ada -tern", "Ada at Tern", ["Ada"]),
        ("tern", "Nothing of the kind", []),
    ],
)
def test_it_marks_what_was_asked_for(words: str, text: str, hits: list[str]) -> None:
    pieces = marked(text, asked_for(words))
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, hit in pieces if hit] == hits


@given(st.text(max_size=80), st.text(max_size=30))
def test_marking_loses_no_character(text: str, words: str) -> None:
    assert "".join(piece for piece, _ in marked(text, asked_for(words))) == text


@given(st.text(min_size=1, max_size=40))
def test_a_text_holds_itself(text: str) -> None:
    if asked := asked_for(text.replace("-", " ")):
        assert any(hit for _, hit in marked(text, asked))


@pytest.mark.parametrize(
    ("words", "text", "hit"),
    [
        ("扎克伯格", "Zuckerberg wrote to them", "Zuckerberg"),
        ("小扎", "扎克伯格亲自写信", "扎克伯格"),
        ("Mark Zuckerberg", "扎克伯格亲自写信", "扎克伯格"),
        ("musk", "马斯克说", "马斯克"),
        ("何恺明", "Kaiming He moved", "Kaiming"),
    ],
)
def test_a_well_known_name_finds_the_other_script(words: str, text: str, hit: str) -> None:
    assert [piece for piece, is_hit in marked(text, asked_for(words)) if is_hit] == [hit]


@pytest.mark.parametrize(
    "words", ['"Mark Zuckerberg', '"left Mark Zuckerberg" for', "Andrew Ng, Kai-Fu Lee", "Zuckerbergs"]
)
def test_quotation_marks_of_the_reader_stay(words: str) -> None:
    assert asked_for(words)


def test_a_family_name_of_many_is_not_looked_for_alone() -> None:
    assert str(asked_for("亚历山大·王")).endswith(" | ('alexandr' <1> 'wang'))")
    assert "亚历" in str(asked_for("Alexandr Wang"))

"""Bytes become the characters that their author wrote, whatever their label says."""

import pytest

from articles.parse.charset import decode
from tests.articles.conftest import PROSE_ZH

SIMPLIFIED = "".join(PROSE_ZH)
TRADITIONAL = "北岸實驗室週一宣布，研究員林一已經離開公司，加入南湖科技擔任首席科學家，這項任命在下個月生效。"
FRENCH = "Une équipe de chercheurs a quitté le laboratoire de Genève, où elle travaillait depuis l'été dernier."


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (SIMPLIFIED, "utf-8", ""),
        (SIMPLIFIED, "utf-8", "text/html; charset=utf-8"),
        (SIMPLIFIED, "gb18030", "text/html; charset=gb2312"),
        (SIMPLIFIED, "gb18030", "text/html; charset=GBK"),
        (SIMPLIFIED, "gb18030", ""),
        (SIMPLIFIED, "gb18030", "text/html; charset=utf-8"),
        (SIMPLIFIED, "gb18030", "text/html; charset=iso-8859-1"),
        (SIMPLIFIED, "gb18030", "text/html; charset=x-nope"),
        (SIMPLIFIED, "utf-8", "text/html; charset=gb2312"),
        (TRADITIONAL, "big5", "text/html; charset=big5"),
        (TRADITIONAL, "big5", ""),
        (TRADITIONAL, "big5", "text/html; charset=utf-8"),
        (SIMPLIFIED, "utf-8-sig", ""),
        (SIMPLIFIED, "utf-16", ""),
        (FRENCH, "cp1252", "text/html; charset=iso-8859-1"),
        (FRENCH, "utf-8", "text/html; charset=iso-8859-1"),
        ("plain English text", "ascii", "text/html; charset=us-ascii"),
    ],
)
def test_it_reads_what_was_written(text: str, encoding: str, label: str) -> None:
    assert decode(text.encode(encoding), label) == text


@pytest.mark.parametrize("head", ['<meta charset="big5">', '<meta http-equiv=x content="text/html; charset=Big5">'])
def test_it_believes_the_page_where_the_header_is_silent(head: str) -> None:
    assert TRADITIONAL in decode((head + TRADITIONAL).encode("big5"), "text/html")


def test_it_keeps_the_rest_where_a_few_bytes_are_broken() -> None:
    text = decode(SIMPLIFIED.encode() + b"\xff\xc3(")
    assert text.startswith(SIMPLIFIED)
    assert "\ufffd" in text


def test_it_never_fails() -> None:
    assert isinstance(decode(bytes(range(256)) * 4), str)


def test_it_does_not_take_a_codec_of_bytes_for_an_encoding() -> None:
    assert decode(b"abc", "text/html; charset=hex") == "abc"

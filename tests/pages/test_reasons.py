"""Reasons of questions in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override

import talent.resolve
from talent.templatetags.reasons import _PARTS, in_words


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("the same name, but no company in common", "姓名相同，但没有共同的公司"),
        ("the pinyin of the Chinese name; the same company (meta, x)", "中文姓名的拼音；同一家公司（meta, x）"),
        ("“A” and “B” sound alike in the two scripts", "“A”与“B”在两种文字中读音相近"),
        ("An editor wrote this; and this", "An editor wrote this；and this"),
    ],
)
def test_it_translates_the_parts_of_a_reason(reason: str, shown: str) -> None:
    with override("zh-hans"):
        assert in_words(reason) == shown
    with override("en"):
        assert in_words(reason) == reason


def test_it_knows_every_likeness_that_the_machine_writes() -> None:
    text = (Path(talent.resolve.__file__).parent / "names.py").read_text(encoding="utf-8")
    written = re.findall(r'Likeness\([^"\n]*"([^"]+)"\)', text)
    assert len(written) > 8
    assert set(written) <= set(_PARTS)

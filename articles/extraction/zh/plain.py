"""Chinese text made plain for matching: simplified characters and one form of each mark, every offset kept."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

_HAN_BLOCK = range(0x3400, 0xA000)

# Marks that outlets write in several ways; each maps to one character, so offsets stay.
_MARKS = {
    **{0xFF10 + i: chr(0x30 + i) for i in range(10)},
    **{0xFF21 + i: chr(0x41 + i) for i in range(26)},
    **{0xFF41 + i: chr(0x61 + i) for i in range(26)},
    ord("（"): "(",
    ord("）"): ")",
    ord("【"): "(",
    ord("】"): ")",
    ord("［"): "(",
    ord("］"): ")",
    ord("："): ":",
    ord("；"): ";",
    ord("！"): "!",
    ord("？"): "?",
    ord("，"): ",",
    ord("﹑"): "、",
    ord("･"): "·",
    ord("・"): "·",
    ord("•"): "·",
    ord("‧"): "·",
    ord("∙"): "·",
    ord("．"): "·",
    ord("「"): "“",
    ord("」"): "”",
    ord("『"): "“",
    ord("』"): "”",
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
    ord("\t"): " ",
    ord("\r"): " ",
}


# 米兰.科瓦奇: some outlets part a foreign name by a full stop.
_DOT_OF_NAMES = re.compile(r"(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")


@cache
def _table() -> dict[int, str]:
    """Traditional to simplified, character by character, with the marks on top."""
    han = "".join(map(chr, _HAN_BLOCK))
    plain = OpenCC("t2s").convert("\n".join(han)).split("\n")
    pairs = {ord(a): b for a, b in zip(han, plain, strict=True) if a != b and len(b) == 1}
    return {**pairs, **_MARKS}


def plain(text: str) -> str:
    """``text`` with the same length: simplified, half-width brackets, commas and letters, one kind of dot."""
    return _DOT_OF_NAMES.sub("·", text.translate(_table()))

"""The order of names: by letter, and for readers of Chinese letters first, then Chinese characters by their pinyin."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Collate, Lower
from django.utils.translation import get_language


class PinyinKey(models.Func):
    """What a row's Chinese name, or else its name, is sorted by; the function is made by migration 0030."""

    function = "talent_pinyin_key"
    output_field = models.CharField()


def by_pinyin() -> Collate:
    """What names are sorted by in Chinese."""
    return Collate(PinyinKey("name_zh", "name"), "C")


def by_name() -> Collate:
    """What names are sorted by in the reader's language; each has an index."""
    return by_pinyin() if _in_chinese() else Collate(Lower("name"), "C")


def by_only_name() -> Collate:
    """The same for rows that have no Chinese name beside their name; the few that there are need no index."""
    return Collate(PinyinKey(models.Value(""), "name") if _in_chinese() else Lower("name"), "C")


def _in_chinese() -> bool:
    return (get_language() or "").startswith("zh")

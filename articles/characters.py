"""Expressions by which trigram indexes find one or two Chinese characters: in such a text every character is a word."""

from __future__ import annotations

from django.db import models
from django.db.models import Func


class Spaced(Func):
    """A text with blanks around every character."""

    template = r"(regexp_replace(%(expressions)s, '(.)', ' \1', 'g') || ' ')"
    output_field = models.TextField()


class HoldsChinese(Func):
    """Whether a text holds a Chinese character, in the words of the indexes that hold no other text."""

    template = "(%(expressions)s ~ '[\u3400-\u9fff]')"
    output_field = models.BooleanField()


def spaced(words: str) -> str:
    """What of a ``Spaced`` text the words are."""
    return f" {' '.join(words)} "

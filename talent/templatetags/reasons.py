"""Why the machine asks whether two are one, in the reader's language: it writes its reasons in English."""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

# What the machine writes; words of the names it compared stand in between.
_PARTS = (
    N_("“%(left)s” and “%(right)s” are one name but for words that say what kind of company it is"),
    N_("“%(left)s” and “%(right)s” sound alike in the two scripts"),
    N_("the same name, named beside the same people (%(names)s)"),
    N_("the same name, named beside %(names)s, but no company in common"),
    N_("the same name and the same role (%(names)s), but no company in common"),
    N_("the same name, but no company in common"),
    N_("both from and to the same company at the same time (%(names)s)"),
    N_("a move from the same company at the same time (%(names)s)"),
    N_("a move to the same company at the same time (%(names)s)"),
    N_("a move between the same companies, but at another time"),
    N_("the same company (%(names)s)"),
    N_("but two Chinese names"),
    N_("but one article has both"),
    N_("the pinyin of the Chinese name"),
    N_("a transliteration by its sound"),
    N_("a surname transliterated by its sound"),
    N_("the same words in another order"),
    N_("another romanisation of the same Chinese name"),
    N_("the same name with a middle name or without"),
    N_("an initial that fits the given name"),
    N_("a short form of the given name"),
    N_("given names that differ in their last letter"),
    N_("another spelling of the given name"),
    N_("surnames that differ in one letter"),
    N_("a familiar form of the given name"),
    N_("a familiar name of a well-known person"),
    N_("no company in common, but both named beside %(names)s"),
    N_("no company in common, but the same role (%(names)s)"),
    N_("no company in common, but the same team (%(names)s)"),
    N_("no company in common, but few people bear such a name"),
)


def in_words(reason: str) -> str:
    """The reason with its parts translated; what an editor wrote stays as it is."""
    if (whole := _translated(reason)) is not None:
        return whole
    parts = reason.split("; ")
    return _("; ").join(part if (told := _translated(part)) is None else told for part in parts)


def _translated(part: str) -> str | None:
    """The part in the reader's language; None for words that are none of the machine's."""
    for message, pattern in _patterns():
        if match := pattern.fullmatch(part):
            return _(message) % match.groupdict() if match.groupdict() else _(message)
    return None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (message, re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>[^;]+)", re.escape(message)))) for message in _PARTS
    ]

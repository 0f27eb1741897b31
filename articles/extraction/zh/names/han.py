"""Chinese names, surname and given name, and sounds without a dot."""

from __future__ import annotations

from collections.abc import Iterator

from articles.extraction.lexicon import words
from articles.extraction.zh.names.persons import Register
from articles.extraction.zh.names.surroundings import (
    Surroundings,
    beside,
    left_weight,
    right_weight,
    sounds,
    surnames,
)


def han(around: Surroundings, people: Register) -> None:
    """Surname and given name where the tagger says so, or where a title before and a verb after do."""
    text, ignored = around.text, words("zh/not_names")
    counts: dict[str, int] = {}
    at = 0
    following = (*around.tags[1:], ("", ""))
    for (word, tag), after in zip(around.tags, following, strict=False):
        start, at = at, at + len(word)
        if _is_transliteration(around, word, tag, start):
            people.add(word)
            continue
        if (
            (word[0] not in surnames() and text[start : start + 2] not in surnames())
            or word[:2] in ignored
            or text[start : start + 2] in ignored
            or around.organisations.touches(start, at)
        ):
            continue
        if around.title_ends & {start + 1, start + 2} and start not in around.title_ends:
            continue
        best = max(_lengths(around, start, word, tag, after), default=(0, 0))
        if best[0] >= 4:
            name = text[start : start + best[1]]
            if name not in people.by_form:
                counts[name] = counts.get(name, 0) + best[0]
    for start in around.title_ends:
        name = _after_title(around, start)
        if name and name[:2] not in ignored and name not in people.by_form:
            counts.setdefault(name, 4)
    for name, weight in counts.items():
        if weight >= 4:
            people.add(name)


def _after_title(around: Surroundings, start: int) -> str:
    """The name that follows a title, wherever the tagger cut the words."""
    text = around.text
    if text[start : start + 1] not in surnames() and text[start : start + 2] not in surnames():
        return ""
    weight, length = max(_lengths(around, start, "", "", ("", "")), default=(0, 0))
    end = start + length
    return text[start:end] if weight >= 4 and not around.organisations.touches(start, end) else ""


def _is_transliteration(around: Surroundings, word: str, tag: str, start: int) -> bool:
    """A name of sounds alone, without a dot, between a title and a verb: 首席执行官阿莫代表示."""
    if len(word) < 3 or tag not in ("nrt", "nr") or not all(c in sounds() for c in word):
        return False
    end = start + len(word)
    weight = left_weight(around, start) + right_weight(around.text, end)
    return weight >= 3 and not around.organisations.touches(start, end)


def _lengths(
    around: Surroundings, start: int, word: str, tag: str, after: tuple[str, str]
) -> Iterator[tuple[int, int]]:
    """(weight, length) of each Han name that could begin at ``start``."""
    text = around.text
    if text[start : start + 1] in ("年", "月", "日") and text[max(0, start - 2) : start].rstrip()[-1:].isdigit():
        return
    if text[start - 1 : start] == "“" and "”" in text[start + 2 : start + 4]:
        return
    surname = 2 if text[start : start + 2] in surnames() else 1
    left = left_weight(around, start)
    for length in (surname + 1, surname + 2):
        given = text[start + surname : start + length]
        if len(given) < length - surname or not all("\u3400" <= c <= "\u9fff" for c in given):
            continue
        if given in beside()["honorifics"]:
            continue
        if (
            given[-1] in beside()["after_characters"]
            or text[start + length - 1 : start + length + 1] in beside()["after"]
        ):
            continue
        # The segmenter's guess at a word it does not know is as often a name as a thing.
        tagged = len(word) >= 2 and (tag.startswith("nr") or (tag == "nz" and len(word) == length))
        right = right_weight(text, start + length)
        exact = tagged and len(word) == length and tag != "nz"
        exact = exact or (len(word) == surname and len(word) + len(after[0]) == length and after[1].startswith("nr"))
        left = left or int(exact and text[start - 1 : start] == "的")
        weight = left + right + (2 if exact else 1 if tagged or (tag == "nr" and right == 2 and left) else 0)
        if (left == 2 or text[start - 1 : start] in ("、", "和")) and text[start + length : start + length + 1] in (
            "、",
            "和",
            "等",
            "与",
        ):
            weight += 2
        if text[start - 1 : start] == "由" and right == 2:
            yield weight + 1 + length // 3, length
            continue
        # A dictionary word of two characters or more is a name only between a title and a verb.
        listed = text[start - 1 : start] == "、" and text[start + length : start + length + 1] in ("、", "和", "等")
        if not tagged and len(word) > 1 and not ((left == 3 or listed) and right >= 1 and len(word) <= length):
            continue
        if (left or (exact and right == 2)) and (right or (left == 3 and tagged and len(word) == length)):
            yield weight, length

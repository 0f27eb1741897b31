"""Names in Latin letters: two and more words, and single ones where their place shows a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.extraction.lexicon import words
from articles.extraction.zh.names.persons import Register
from articles.extraction.zh.names.surroundings import Surroundings, beside, left_weight, right_weight

_LATIN_WORD = r"(?:[A-Z][a-zà-öø-ÿāéğışöüćčšžłń'’]*(?:[A-Z][a-zà-öø-ÿ]+)?|[A-ZÀ-Þ][a-zà-öø-ÿ]+)(?:-[A-Z][a-zà-öø-ÿ]+)*"
LATIN_NAME = re.compile(
    rf"(?<![A-Za-z0-9@/._-])(?:(?:[A-Z]\.){{1,3}} ?)?{_LATIN_WORD}"
    r"(?:[ ·](?:[A-Z]\.(?: ?[A-Z]\.)?|de|De|del|van|Van|von|der|den|la|bin|al|el|Al-[A-Z][a-z]+"
    rf"|{_LATIN_WORD}|[A-Z]{{2}}(?![A-Za-z]))){{0,4}}"
    r"(?![A-Za-z0-9_@]|\.[A-Za-z]|-[A-Za-z0-9])"
)


def is_latin_name(latin: str) -> bool:
    match = LATIN_NAME.fullmatch(latin)
    return bool(match) and not beside()["not_latin"] & set(latin.split()) and not latin.isupper()


def latin(around: Surroundings, people: Register) -> None:
    """Two and more capitalised words with a given name or a person's surroundings; one word only beside a verb."""
    given, common = words("en/given_names"), beside()["not_alone"]
    single: list[tuple[str, int, int]] = []
    for name, left, right in _latin_candidates(around):
        if " " not in name:
            single.append((name, left, right))
        elif name.split(" ")[0] in given or left + right >= 3 or (left and right and _is_romanised(name)):
            people.add(name)
    for name, left, right in single:
        if name in people.by_form or name in common:
            continue
        if (name in given and right and (left or f"{name}、" in around.text)) or (
            len(name) > 3
            and left >= 2
            and right >= 2
            and not re.search(rf"{re.escape(name)} ?(?:公司|任命|宣布任命|聘|的?首席|的?CEO|董事会|团队)", around.text)
        ):
            people.add(name)


def _is_romanised(name: str) -> bool:
    """Whether the last word is a known surname, romanised Chinese ones among them: Bowen Zhang."""
    last = name.split(" ")[-1]
    return last in beside()["romanised"] or last in words("en/surnames")


def _latin_candidates(around: Surroundings) -> Iterator[tuple[str, int, int]]:
    """Runs of capitalised words that no organisation covers, with the weights of both sides."""
    for match in LATIN_NAME.finditer(around.text):
        name, start, end = match[0], match.start(), match.end()
        if (
            around.organisations.touches(start, end)
            or name.isupper()
            or beside()["not_latin"].intersection(name.split(" "))
        ):
            continue
        yield name, left_weight(around, start), right_weight(around.text, end)

"""A sentence laid out for the rules: its words of interest, people and employers in order, clause by clause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.claims import Cohort
from articles.extraction.lexicon import table, words
from articles.extraction.mentions import OrganisationMention, PersonMention, Sentence
from articles.extraction.zh.moves.cohorts import CohortHit, find_cohorts
from articles.extraction.zh.reader import ChineseReading


@dataclass(slots=True)
class Token:
    """A word of interest, a person, an organisation, an unnamed group or a mark."""

    kind: str
    start: int
    end: int
    text: str = ""
    person: PersonMention | None = None
    organisation: OrganisationMention | None = None
    cohort: Cohort | None = None
    clause: int = 0


@dataclass(slots=True)
class Scene:
    """One sentence with its tokens in order; ``bounds`` are the ranges of its clauses."""

    reading: ChineseReading
    sentence: Sentence
    index: int
    tokens: list[Token] = field(default_factory=list)
    bounds: list[tuple[int, int]] = field(default_factory=list)
    by_clause: dict[int, list[Token]] = field(default_factory=dict)
    name_ends: set[int] = field(default_factory=set)

    def arrange(self) -> None:
        """Indexes the tokens by clause; call once they and the bounds are complete."""
        for token in self.tokens:
            self.by_clause.setdefault(token.clause, []).append(token)
            if token.kind in ("person", "group"):
                self.name_ends.add(token.end)

    @property
    def text(self) -> str:
        return self.reading.plain

    def clause_tokens(self, clause: int) -> list[Token]:
        return self.by_clause.get(clause, [])

    def before(self, token: Token, *kinds: str) -> Iterator[Token]:
        """Tokens of these kinds left of ``token`` in its clause, the nearest first."""
        for other in reversed(self.clause_tokens(token.clause)):
            if other.end <= token.start and (not kinds or other.kind in kinds):
                yield other

    def after(self, token: Token, *kinds: str) -> Iterator[Token]:
        """Tokens of these kinds right of ``token`` in its clause, the nearest first."""
        for other in self.clause_tokens(token.clause):
            if other.start >= token.end and (not kinds or other.kind in kinds):
                yield other


@cache
def _vocabulary() -> tuple[list[str], AhoCorasick]:
    """Every word with its kind; words in which a shorter one hides count for nothing."""
    kinds: dict[str, str] = dict.fromkeys(words("zh/longer_words"), "")
    data = table("zh/moves")
    for kind, members in data["verbs"].items():
        kinds.update(dict.fromkeys(members, kind))
    for kind in ("from", "by", "and", "say"):
        kinds.update(dict.fromkeys(data["function"][kind], kind))
    kinds.update(dict.fromkeys(table("zh/roles")["heads"], "title"))
    names = list(kinds)
    return [kinds[name] for name in names], AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


def scenes(reading: ChineseReading) -> Iterator[Scene]:
    """Every sentence laid out, in order."""
    kinds, automaton = _vocabulary()
    words = [(kinds[i], s, e) for i, s, e in automaton.find_matches_as_indexes(reading.plain) if kinds[i]]
    starts = [start for _, start, _ in words]
    for index, sentence in enumerate(reading.sentences):
        first, last = bisect_left(starts, sentence.start), bisect_right(starts, sentence.end - 1)
        yield _scene(reading, sentence, index, words[first:last])


def _scene(reading: ChineseReading, sentence: Sentence, index: int, words: list[tuple[str, int, int]]) -> Scene:
    scene = Scene(reading, sentence, index)
    named = _people(reading.plain, sentence)
    named += [Token("org", o.start, o.end, organisation=o) for o in sentence.organisations]
    groups = [_group(hit) for hit in find_cohorts(reading.plain, sentence.start, sentence.end, named_spans(named))]
    taken = _merged(sorted((t.start, t.end) for t in (*named, *groups)))
    heads = {t.start for t in named if t.kind == "person"}
    titles = [g for g in groups if g.end in heads and reading.plain[g.start : g.end] in _titles_too()]
    for title in titles:
        title.kind = "title"
    named += titles
    groups = [g for g in groups if g.kind == "group" and not _counts_names(reading.plain, sentence, g, named)]
    free = [Token(k, s, e, reading.plain[s:e]) for k, s, e in words if e <= sentence.end and not _covered(taken, s, e)]
    scene.tokens = sorted([*named, *groups, *free], key=lambda t: (t.start, -t.end))
    scene.bounds = list(_clauses(reading.plain, sentence.start, sentence.end))
    edges = [start for start, _ in scene.bounds]
    for token in scene.tokens:
        token.clause = max(0, bisect_right(edges, token.start) - 1)
    scene.arrange()
    return scene


@cache
def _titles_too() -> frozenset[str]:
    """Words for groups that right before a name are its title: 核心成员 X."""
    return frozenset(table("zh/roles")["heads"]) & frozenset(table("zh/moves")["people"]["whole"])


def _people(text: str, sentence: Sentence) -> list[Token]:
    """One token for each person mentioned; 马克·扎克伯格(Mark Zuckerberg) is one mention."""
    tokens: list[Token] = []
    for person in sentence.people:
        last = tokens[-1] if tokens else None
        gap = text[last.end : person.start].strip() if last else ""
        whole = gap == "(" and text[person.end : person.end + 1] == ")" and text[person.start].isascii()
        if last and last.person and (whole or (last.person.name == person.name and gap in ("(", "/"))):
            last.end = person.end + (text[person.end : person.end + 1] == ")")
            continue
        tokens.append(Token("person", person.start, person.end, person=person))
    return tokens


def _counts_names(text: str, sentence: Sentence, group: Token, named: list[Token]) -> bool:
    """X、Y 和 Z 三人, 两名负责人——X 和 Y, 两位大将，分别是 X 和 Y: the names tell it all."""
    people = [t for t in named if t.kind == "person"]
    plain_count = text[group.start : group.end].endswith(("人", "位", "名"))
    least = group.cohort.min or 0 if group.cohort else 0
    for person in people:
        gap = text[person.end : group.start].strip() if person.end <= group.start else "-"
        if gap == "" or (gap == "等" and plain_count and len(people) >= least):
            return True
    return text[group.end : group.end + 2] == "之一"


def named_spans(tokens: list[Token]) -> list[tuple[int, int]]:
    return sorted((t.start, t.end) for t in tokens)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same ground without one range inside another."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _group(hit: CohortHit) -> Token:
    return Token("group", hit.start, hit.end, cohort=hit.cohort)


def _covered(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(taken, (end - 1, 1 << 60)) - 1
    return at >= 0 and taken[at][1] > start


# The comma before one of these parts no clauses.
_FORMS = ("Inc", "LLC", "Ltd", "Corp", "L.P")


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges between commas, semicolons and colons, those inside brackets and numbers apart."""
    depth, left = 0, start
    for at in range(start, end):
        mark = text[at]
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth = max(0, depth - 1)
        elif mark == "," and text[at + 1 : at + 6].strip().startswith(_FORMS):
            continue
        elif (mark in ",;:" and (depth == 0 or at - left > 120) and not text[at + 1 : at + 2].isdigit()) or (
            mark in ",;:" and depth == 0 and not text[at - 1 : at].isdigit()
        ):
            yield left, at
            left = at + 1
    yield left, end

"""Reads one sentence by every rule, verb by verb."""

from __future__ import annotations

import re
from collections.abc import Callable

from articles.extraction.zh.moves.careers import note_stays, second_steps
from articles.extraction.zh.moves.finder import Finder, is_former
from articles.extraction.zh.moves.following import follow
from articles.extraction.zh.moves.founding import found, venture
from articles.extraction.zh.moves.frames import find_frames, tell
from articles.extraction.zh.moves.hiring import hire
from articles.extraction.zh.moves.history import all_from, before_working, remember
from articles.extraction.zh.moves.joining import join
from articles.extraction.zh.moves.leaving import leave, resign
from articles.extraction.zh.moves.losing import lose, remove
from articles.extraction.zh.moves.manner import is_elsewhere, is_wish
from articles.extraction.zh.moves.members import come_from_group, name_members
from articles.extraction.zh.moves.posts import hold, take
from articles.extraction.zh.moves.refusing import refuse
from articles.extraction.zh.moves.returning import come_back, goes_next
from articles.extraction.zh.moves.rosters import read_roster
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import acts_itself, is_led, with_listed

# No sentence tells more; a list of words may.
_MOST_VERBS = 24
# Nor does an article; what goes on and on is a list or an attack.
_MOST_VERBS_OF_ALL = 3_000


def find_drafts(finder: Finder, scene: Scene) -> None:
    """Reads one sentence: every verb in order, with what it tells of the people around it."""
    if finder.verbs >= _MOST_VERBS_OF_ALL:
        return
    remember(finder, scene)
    finder.carried.clear()
    before_working(finder, scene)
    all_from(finder, scene)
    name_members(finder, scene)
    elsewhere = is_elsewhere(scene)
    if elsewhere and not any(o.known for o in scene.sentence.organisations):
        return
    framed = {} if elsewhere else find_frames(scene)
    left = _MOST_VERBS
    for clause in range(len(scene.bounds)):
        tokens = scene.clause_tokens(clause)
        for token in tokens:
            rule = _RULES.get(token.kind)
            if rule is None or left == 0 or (elsewhere and token.kind not in ("join", "found")):
                continue
            left -= 1
            finder.verbs += 1
            if not is_wish(scene, token):
                rule(finder, scene, token)
        for found_here in framed.get(clause, ()):
            tell(finder, scene, found_here)
        _carry(finder, scene, clause, tokens)
    come_from_group(finder, scene)
    read_roster(finder, scene)
    note_stays(finder, scene)
    second_steps(finder, scene)
    _remember_subject(finder, scene)


def _carry(finder: Finder, scene: Scene, clause: int, tokens: list[Token]) -> None:
    """What the next clauses take for their subject where they have none."""
    if clause in finder.carried:
        return
    for index, token in enumerate(tokens):
        if token.kind in ("hire", "appoint", "remove") and clause not in finder.carried:
            return
        if token.kind == "group" and scene.text[token.start - 1 : token.start] in tuple("从以由为是任当做"):
            continue
        if token.kind in ("person", "group") and not is_led(finder, scene, token, _clause_end(scene, clause)):
            group = with_listed(finder, scene, tokens, _last_listed(scene, tokens, index))
            finder.carried[clause] = group
            return
        if token.kind == "org" and acts_itself(scene, token, _clause_end(scene, clause)):
            return


def _last_listed(scene: Scene, tokens: list[Token], index: int) -> int:
    """The last name of the list that ``tokens[index]`` begins."""
    at = index
    for later in range(index + 1, len(tokens)):
        kind = tokens[later].kind
        if kind in ("person", "group"):
            if any(t.kind == "and" for t in tokens[at + 1 : later]) and not any(
                t.kind not in ("and", "title", "org") for t in tokens[at + 1 : later]
            ):
                at = later
            else:
                break
        elif kind not in ("and", "title", "org"):
            break
    return at


def _clause_end(scene: Scene, clause: int) -> Token:
    end = scene.bounds[clause][1]
    return Token("", end, end, clause=clause)


def _remember_subject(finder: Finder, scene: Scene) -> None:
    byline = _BYLINE.match(scene.text, scene.sentence.start, scene.sentence.end)
    for clause in sorted(finder.carried):
        if finder.carried[clause] and not byline:
            finder.last, finder.last_sentence = finder.carried[clause], scene.index
            break
    orgs = [t for t in scene.tokens if t.kind == "org" and t.organisation and not finder.is_outlet(t)]
    orgs = [t for t in orgs if not is_former(scene.text, t.start) and not _DEGREE.match(scene.text, t.end)]
    goes_on = finder.employer is not None and _THAT_FIRM.search(scene.text, scene.sentence.start, scene.sentence.end)
    if goes_on:
        finder.employer_sentence = scene.index
    elif orgs:
        finder.employer, finder.employer_sentence = orgs[0].organisation, scene.index


# The text goes on about the firm spoken of, whoever else the sentence names.
_THAT_FIRM = re.compile(r"该(?:公司|实验室|机构|企业|初创)")
# A school of which somebody has a degree is not spoken of.
_DEGREE = re.compile(r" ?的?(?:[^,。;的]{0,8}(?:系|专业))?(?:博士|硕士|本科|学士|毕业)")
# Who wrote the article is nobody it speaks of.
_BYLINE = re.compile(
    r"[ *#>(【\[]*(?:本文)?(?:文|作者|编辑|编译|记者|撰文|撰稿|责编|责任编辑|采写|校对|来源|图|出品|整理|译者|策划)"
    r"(?:[|丨｜/:：·]| {1,3}[\u4e00-\u9fff]{2,4} *$)"
)

_RULES: dict[str, Callable[[Finder, Scene, Token], None]] = {
    "join": join,
    "leave": leave,
    "resign": resign,
    "hire": hire,
    "appoint": hire,
    "take": take,
    "hold": hold,
    "found": found,
    "venture": venture,
    "return": come_back,
    "remove": remove,
    "refuse": refuse,
    "lose": lose,
    "next": goes_next,
    "follow": follow,
}

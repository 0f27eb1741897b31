"""Reads one sentence by every rule, verb by verb."""

from __future__ import annotations

from collections.abc import Callable

from articles.extraction.zh.moves.careers import note_stays, second_steps
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.founding import found, venture
from articles.extraction.zh.moves.hiring import hire
from articles.extraction.zh.moves.history import all_from, before_working, remember
from articles.extraction.zh.moves.joining import come_back, goes_next, join
from articles.extraction.zh.moves.leaving import leave, lose, remove, resign
from articles.extraction.zh.moves.manner import is_elsewhere, is_wish
from articles.extraction.zh.moves.posts import hold, take
from articles.extraction.zh.moves.refusing import refuse
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
    elsewhere = is_elsewhere(scene)
    if elsewhere and not any(o.known for o in scene.sentence.organisations):
        return
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
        _carry(finder, scene, clause, tokens)
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
    for clause in sorted(finder.carried):
        if finder.carried[clause]:
            finder.last, finder.last_sentence = finder.carried[clause], scene.index
            break
    orgs = [t for t in scene.tokens if t.kind == "org" and t.organisation and not finder.is_outlet(t)]
    if orgs:
        finder.employer, finder.employer_sentence = orgs[0].organisation, scene.index


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
}

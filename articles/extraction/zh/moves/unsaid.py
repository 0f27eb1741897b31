"""What a clause of joining leaves unsaid, taken from what was told before."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd
from articles.extraction.mentions import OrganisationMention
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Place, Who, key_of
from articles.extraction.zh.moves.scene import Scene, Token

# What a firm suffers whose people are told to have gone: 又失一员, 人才流失, 离职潮.
_LOSES = re.compile(
    r"[^,。;]{0,12}?(?:[又再痛]失|痛失|失去|流失|折损|出走潮|离职潮|人才流失|人员流失|被挖(?:走|角)?)(?!败|败了)"
)


def loser(finder: Finder, scene: Scene, verb: Token) -> Place | None:
    """甲公司又失一员：X 转投 B: the firm of the clause before, where it is told to lose somebody."""
    for clause in range(verb.clause - 1, max(-1, verb.clause - 3), -1):
        for token in scene.clause_tokens(clause):
            if (
                token.kind == "org"
                and token.organisation
                and _LOSES.match(scene.text, token.end, scene.bounds[clause][1])
            ):
                return None if finder.is_outlet(token) else Place(token.organisation, None, token.start, token.end)
    return _losing_before(finder, scene, verb)


_GOES_ON = re.compile(r"[^,。;]{0,8}的?(?:人才流失|人员流失|离职潮|出走潮|人才外流|流失)")


def _losing_before(finder: Finder, scene: Scene, verb: Token) -> Place | None:
    """A 的人才流失仍在继续。X 转投 B: A, where X has no other firm beside the name."""
    before = finder.reading.sentences[scene.index - 1] if scene.index else None
    if before is None or any(t.kind == "org" and t.end <= verb.start for t in scene.tokens):
        return None
    for mention in before.organisations:
        if _GOES_ON.match(scene.text, mention.end, before.end):
            return Place(mention, mention.team, verb.start, verb.start)
    return None


_ONWARD = re.compile(
    r"(?:[年月天周]|之)后|转投|跳槽|改投|转到|转去|转至|转战|转赴|投奔|再加入|又加入|随后|之后|后来|此后|接着|再度|重返|回归|重回|回到|又|再"
)


def step_before(finder: Finder, scene: Scene, verb: Token, who: Who, place: Place) -> MoveEnd | None:
    """X 加入 A 五年后重返 B, 加入 A，随后转投 B: A, told in the same sentence and left for B."""
    told = [d for d in finder.told(key_of(who)) if d.destination and d.destination.org and d.kind != "internal"]
    last = told[-1] if told else None
    if (
        last is None
        or last.sentence != scene.index
        or last.destination is None
        or last.status not in (None, "confirmed")
    ):
        return None
    between = scene.text[last.clause.end if last.clause else last.span.end : verb.end]
    if last.destination.org == place.organisation.name or not _ONWARD.search(between):
        return None
    return MoveEnd(last.destination.org, last.destination.team, None)


_AGAIN = re.compile(r"也|还|都|同样|同时|一同|一起|双双|亦|均|随后|接着")


def same_again(finder: Finder, scene: Scene, verb: Token) -> OrganisationMention | None:
    """X 加入 B。Y 也已入职: the employer that those told before have joined."""
    if not _AGAIN.search(scene.text[scene.bounds[verb.clause][0] : verb.end + 8]):
        return None
    for draft in reversed(finder.drafts[-6:]):
        end = draft.destination
        if end and end.org and draft.kind != "internal" and not draft.background and scene.index - draft.sentence <= 2:
            return OrganisationMention(0, 0, end.org, end.team)
    return None

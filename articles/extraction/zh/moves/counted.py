"""Who is meant by 两人, 这三人 and 其中两人: those named last, or a part of the group told before."""

from __future__ import annotations

import re
from dataclasses import replace

from articles.extraction.mentions import OrganisationMention
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Who
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.titles import Post

_PAIR = {
    "两人": 2,
    "二人": 2,
    "两位": 2,
    "三人": 3,
    "三位": 3,
    "四人": 4,
    "两位高管": 2,
    "三位高管": 3,
    "2人": 2,
    "3人": 3,
    "两位研究员": 2,
    "五人": 5,
}


def expand(finder: Finder, scene: Scene, people: list[Who]) -> list[Who]:
    """两人 and 三人 are the people named last."""
    found: list[Who] = []
    for who in people:
        if who.cohort and (share := _share_of_group(finder, scene, who)):
            found.append(share)
            continue
        count = _PAIR.get(re.sub(r"^[这该上述其]+|都$", "", who.cohort.text)) if who.cohort else None
        if (
            who.cohort
            and not count
            and re.search(r"(?:这|上述|该) ?$", finder.reading.plain[max(0, who.token.start - 3) : who.token.start])
        ):
            count = who.cohort.min
        found += _named_last(finder, scene, who.token, count) if count else [who]
    return found


def _share_of_group(finder: Finder, scene: Scene, who: Who) -> Who | None:
    """其中两人 after 四名研究员离职: two of the four, from where the four have gone."""
    cohort = who.cohort
    lead = scene.text[max(scene.sentence.start, who.token.start - 4) : who.token.start]
    if cohort is None or cohort.min is None or cohort.of is not None or not re.search(r"其中(?:有|的)? ?$", lead):
        return None
    for draft in reversed(finder.drafts[-6:]):
        whole = draft.cohort.min if draft.cohort and not draft.person else None
        if whole and whole >= cohort.min and draft.origin and scene.index - draft.sentence <= 1:
            mention = OrganisationMention(0, 0, draft.origin.org or "", draft.origin.team)
            post = Post(mention, draft.origin.team, draft.origin.role, True, who.token.start)
            return replace(who, cohort=replace(cohort, of=whole), posts=(post,))
    return None


def _named_last(finder: Finder, scene: Scene, token: Token, count: int) -> list[Who]:
    people: dict[str, Who] = {}
    for sentence in reversed(finder.reading.sentences[max(0, scene.index - 3) : scene.index + 1]):
        for mention in reversed(sentence.people):
            if mention.end <= token.start and not mention.pronoun:
                people.setdefault(
                    mention.name, Who(Token("person", mention.start, mention.end, person=mention), person=mention)
                )
                if len(people) == count:
                    return list(reversed(people.values()))
    return []

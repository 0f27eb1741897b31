"""Reads lists of newcomers: a line that announces them, and a line for each with the post that was left."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd
from articles.extraction.mentions import OrganisationMention
from articles.extraction.zh.moves.drafts import family
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Who, key_of
from articles.extraction.zh.moves.record import add
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import who_at

_OPENS = re.compile(
    r"(?:新聘|新招|新招募|新加入|新加盟|新引进|新挖来|招聘|招募|引进|加盟|加入)[^。:;]{0,8}(?:名单|人员|成员|员工|研究员|高管|人才)"
    r"[^。;]{0,24}[:：] ?$"
)
_FIRST_HAND = re.compile(r"备忘录|内部信|公告|官网|公开信|宣布")
# So many lines that name nobody end the list.
_MOST_GAPS = 1
_BULLET = " -*•·#0123456789.、)\n"


def read_roster(finder: Finder, scene: Scene) -> None:
    """Opens a list of newcomers, goes on with one, or closes it."""
    text = scene.text[scene.sentence.start : scene.sentence.end].rstrip()
    if _OPENS.search(text):
        employer = finder.company() or finder.topic(scene, scene.sentence.end)
        finder.roster = (employer, bool(_FIRST_HAND.search(text))) if employer else None
        finder.roster_gaps = 0
    elif finder.roster is not None and text.strip(_BULLET):
        _next_line(finder, scene)


def _next_line(finder: Finder, scene: Scene) -> None:
    assert finder.roster is not None
    employer, first_hand = finder.roster
    token = _opening_name(scene)
    if token is None:
        finder.roster_gaps += 1
        if finder.roster_gaps > _MOST_GAPS:
            finder.roster = None
        return
    finder.roster_gaps = 0
    who = who_at(finder, scene, token)
    if any(d.destination for d in finder.told(key_of(who))):
        return
    left, told_by = _left(scene, token, who, employer)
    add(
        finder,
        scene,
        token,
        who,
        origin=MoveEnd(left.name, left.team, None) if left else None,
        destination=MoveEnd(employer.name, employer.team, None),
        kind="hire",
        rule="roster",
        confidence=0.65,
        extra=(told_by,) if told_by else (),
        status="confirmed" if first_hand else None,
    )


def _opening_name(scene: Scene) -> Token | None:
    """The person whose name opens the line and is set off from what follows."""
    first = next((t for t in scene.tokens if t.kind in ("person", "org", "join", "leave", "say")), None)
    if first is None or first.kind != "person" or scene.text[scene.sentence.start : first.start].strip(_BULLET):
        return None
    return first if re.match(r" ?(?:\([^()]{1,40}\))? ?[,:—–-]", scene.text[first.end : first.end + 44]) else None


def _left(
    scene: Scene, token: Token, who: Who, employer: OrganisationMention
) -> tuple[OrganisationMention | None, Token | None]:
    """The first employer that the line tells and is not the one joined, and the token that the quote reaches."""
    own = family(MoveEnd(employer.name))
    after = [t for t in scene.tokens if t.start >= token.end]
    for other in after:
        if other.kind == "org" and other.organisation and family(MoveEnd(other.organisation.name)) != own:
            return other.organisation, other
    posts = (p.organisation for p in who.posts if p.organisation and family(MoveEnd(p.organisation.name)) != own)
    return next(posts, None), next((t for t in after if t.kind == "title"), None)

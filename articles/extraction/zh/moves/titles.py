"""Reads the titles that stand before and after a name: 原苹果首任 AI 总监 X, X，前甲公司副总裁，…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention
from articles.extraction.patterns import either
from articles.extraction.zh.moves.scene import Scene, Token

_GAP = " “”\"'《》—-·"
_FORMER_BEFORE = re.compile(r"(?:^|[^之以目当提此日])[前原] ?$|曾任$|前任$|曾担任$|曾为$|曾是$|来自$")
_FORMER_AFTER = re.compile(r"^ ?(?:公司|集团)?的?(?:[前原]|离职)")
_FORMER_INSIDE = re.compile(
    r"[前原](?=首席|负责|高管|总|副|联|董|研究|工程|员工|CEO|CTO|CFO|COO|CPO|产品|技术|主管|AI|VP|合伙)"
)
_STOPS = frozenset(
    {
        "join",
        "leave",
        "resign",
        "hire",
        "appoint",
        "take",
        "found",
        "return",
        "remove",
        "say",
        "by",
        "venture",
        "attempt",
    }
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a title tells: where, in which team, as what, and whether it is over."""

    organisation: OrganisationMention | None
    team: str | None
    role: str | None
    former: bool
    start: int


@cache
def _team() -> re.Pattern[str]:
    return re.compile(
        rf"^[的 ]?(?P<team>[^,。;:!?、()“”\n]{{0,18}}?(?:{either(table('zh/moves')['company']['teams'])}))"
    )


def team_in(text: str) -> str | None:
    """The team that a phrase after an employer begins with: "生成式 AI 团队" of "生成式 AI 团队负责人"."""
    match = _team().match(text)
    team = match["team"].strip(" 的") if match else None
    return (
        team
        if team
        and len(team) > 1
        and not re.match(r"(?:和|与|及|了|并|公司|该|这|其|领导|负责|担任|加入|后|从事|带领|主管|任|做|旗下)", team)
        else None
    )


def posts_of(scene: Scene, token: Token) -> list[Post]:
    """Every post that the titles beside the name tell, the nearest first."""
    return [*_before(scene, token), *_described(scene, token), *_in_bracket(scene, token), *_after(scene, token)]


_ONCE_AT = re.compile(
    r"(?:(?:曾|此前|之前|早年|原)[^,。;]{0,60}?(?:任职|工作|担任|供职|就职|效力|任|负责|领导|从事)[^,。;]{0,40}"
    r"|从[^,。;从]{1,30}?(?:加入|加盟|跳槽|离职|出走|挖来|空降|转投|转来|过来|回归|引进|借调|走出|出来|入职)"
    r"[^,。;]{0,6})的 ?$"
)


def _described(scene: Scene, token: Token) -> list[Post]:
    """曾在 A 担任 R 的 X: the employer that the description before the name tells."""
    start = scene.bounds[token.clause][0]
    described = _ONCE_AT.search(scene.text, max(start, token.start - 110), token.start)
    if described is None:
        return []
    places = [
        t for t in scene.clause_tokens(token.clause) if t.kind == "org" and described.start() <= t.start < token.start
    ]
    people = [
        t
        for t in scene.clause_tokens(token.clause)
        if t.kind == "person" and described.start() <= t.start < token.start
    ]
    if not places or people or places[-1].organisation is None:
        return []
    return [Post(places[-1].organisation, places[-1].organisation.team, None, True, described.start())]


def _in_bracket(scene: Scene, token: Token) -> list[Post]:
    """王某(前搜狗 CEO): the post that a bracket right behind the name tells."""
    bracket = re.match(r" ?\([^()]{3,40}\)", scene.text[token.end : token.end + 44])
    if bracket is None:
        return []
    end = token.end + bracket.end()
    inside = [t for t in scene.clause_tokens(token.clause) if token.end <= t.start and t.end <= end]
    places, titles = [t for t in inside if t.kind == "org"], [t for t in inside if t.kind == "title"]
    return [_post(scene, places[0], titles[-1], end - 1)] if len(places) == 1 and titles else []


def _before(scene: Scene, token: Token) -> list[Post]:
    tokens = _region(scene, token)
    if not tokens:
        return []
    posts: list[Post] = []
    end = token.start
    while tokens:
        title = tokens.pop() if tokens[-1].kind == "title" else None
        if title is None and posts:
            break
        index = len(tokens)
        while index and tokens[index - 1].kind not in ("org", "and"):
            index -= 1
        if index and tokens[index - 1].kind == "org":
            place = _outermost(scene, tokens, index - 1)
            nearest, first = tokens[index - 1].organisation, tokens[place].organisation
            own = place if first and nearest and first.known and not nearest.known else index - 1
            posts.append(_post(scene, tokens[own], title, end))
            end, tokens = tokens[place].start, tokens[:place]
        else:
            start = tokens[index - 1].end if index else (title.start if title else end)
            posts.append(Post(None, None, title.text if title else None, False, start))
            end, tokens = start, tokens[:index]
        while tokens and tokens[-1].kind == "and":
            end = tokens.pop().start
    return _spread_places(posts)


def _spread_places(posts: list[Post]) -> list[Post]:
    """甲公司联合创始人、首席科学家 X: the place of the farther title holds for the nearer."""
    place: Post | None = None
    for index in range(len(posts) - 1, -1, -1):
        post = posts[index]
        if post.organisation:
            place = post
        elif place and place.organisation:
            posts[index] = Post(place.organisation, post.team, post.role, post.former or place.former, post.start)
    return posts


def _outermost(scene: Scene, tokens: list[Token], index: int) -> int:
    """谷歌旗下 DeepMind: the first of the employers that stand in a row."""
    while index and tokens[index - 1].kind == "org" and tokens[index].start - tokens[index - 1].end <= 3:
        index -= 1
    return index


def _leftwards(scene: Scene, token: Token) -> Iterator[Token]:
    """The tokens before ``token``, the nearest first, as far as the clause before its own."""
    for clause in (token.clause, token.clause - 1, token.clause - 2):
        for other in reversed(scene.clause_tokens(clause)):
            if other.end <= token.start:
                yield other


# What somebody is known as stands between the title and the name: 甲公司研究员、有“天才少女”之称的 X.
_FAME = re.compile(
    r"[,、]? ?(?:素有|有着?|被[^,。;]{0,6}?(?:称为|称作|誉为|视为)|人称|号称|享有|素以)[^,。;、]{2,26}?"
    r"(?:(?:之称|美誉|称号|著称|闻名)的|(?<=[”\"])的) ?$"
)


def _region(scene: Scene, token: Token) -> list[Token]:
    """Titles, employers and 、 that lead without a break to the name."""
    run: list[Token] = []
    right = token.start
    left_clause = token.clause
    fame = _FAME.search(scene.text, max(scene.bounds[token.clause][0] - 1, scene.sentence.start, right - 40), right)
    if fame:
        right = fame.start()
        left_clause -= right < scene.bounds[token.clause][0]
    for other in _leftwards(scene, token):
        if fame and other.start >= right:
            continue
        if other.clause < left_clause:
            gap = scene.text[other.end : right].strip(_GAP)
            if not run or any(t.kind == "org" for t in run) or other.kind != "title" or gap != ",":
                break
            left_clause = other.clause
        elif not _leads(scene, other, right, bool(run)):
            break
        run.append(other)
        right = other.start
    run.reverse()
    return run


_SCHOOL = re.compile(
    r"(?:大学|学院|中学|[清北浙交复]大|清华|中科大|华科|哈工大|斯坦福|MIT|CMU|University|Stanford|Berkeley)$"
)


def _leads(scene: Scene, other: Token, right: int, inner: bool) -> bool:
    gap = scene.text[other.end : right].strip(_GAP)
    if other.kind == "org" and not inner and gap == "的" and _SCHOOL.search(scene.text[other.start : other.end]):
        return False
    if other.kind == "title":
        return (
            not gap or gap in ("之一", "之一的", "的") or (inner and len(gap) <= 10) or gap in ("博士", "先生", "女士")
        )
    if other.kind == "org":
        return (inner and len(gap) <= 24) or gap in ("", "的", "前", "原")
    if other.kind == "and":
        # 甲公司联合创始人、模型预训练负责人 X
        return inner and (not gap or (scene.text[other.start] == "、" and len(gap) <= 8 and "的" not in gap))
    return inner and other.kind not in _STOPS and other.kind not in ("person", "group", "from") and len(gap) <= 12


def _post(scene: Scene, place: Token, title: Token | None, end: int) -> Post:
    text = scene.text
    before, phrase = text[max(0, place.start - 6) : place.start], text[place.end : end]
    former = bool(_FORMER_BEFORE.search(before) or _FORMER_AFTER.match(phrase) or _FORMER_INSIDE.search(phrase))
    former = former or bool(title and text[title.start - 1 : title.start] in ("前", "原"))
    role = re.sub(r"^[ 的前原、]+|[ 、的]+$", "", phrase).strip(_GAP) if title else None
    return Post(
        place.organisation,
        team_in(phrase) or (place.organisation.team if place.organisation else None),
        role or None,
        former,
        place.start,
    )


def _after(scene: Scene, token: Token) -> list[Post]:
    """The clause after the name where it is nothing but a title."""
    at = token.end
    bracket = re.match(r" ?\([^()]{1,60}\)", scene.text[at : at + 64])
    if bracket:
        at += bracket.end()
    if scene.text[at : at + 1] not in (",", ":"):
        return []
    tokens = scene.clause_tokens(token.clause + 1)
    titles = [t for t in tokens if t.kind == "title"]
    places = [t for t in tokens if t.kind == "org"]
    if not titles or not places or any(t.kind in _STOPS or t.kind == "person" for t in tokens):
        return []
    bound = scene.bounds[token.clause + 1]
    if scene.text[titles[-1].end : bound[1]].strip(_GAP) not in ("", "之一"):
        return []
    return [_post(scene, places[0], titles[-1], bound[1])]

"""Whether a move happened, is planned, only talked of, wished for or turned down."""

from __future__ import annotations

import re
from functools import cache

from articles.extraction.claims import Status
from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.zh.moves.scene import Scene, Token


@cache
def _other_worlds() -> re.Pattern[str]:
    scope = table("zh/moves")["scope"]
    return re.compile(either([*scope["sport"], *scope["politics"]]))


_TALKS = re.compile(r"[^,。]{0,8}(?:洽谈|商谈|谈判|商讨|磋商)")


def is_elsewhere(scene: Scene) -> bool:
    """Whether the sentence tells of sport or politics."""
    return bool(_other_worlds().search(scene.text, scene.sentence.start, scene.sentence.end))


def lead_of(scene: Scene, verb: Token, reach: int = 14) -> str:
    """The words of the clause right before the verb, as far as the last name."""
    left = scene.bounds[verb.clause][0]
    for token in scene.before(verb, "person", "group"):
        left = max(left, token.end)
        break
    return scene.text[max(left, verb.start - reach) : verb.start]


@cache
def manner_words() -> dict[str, re.Pattern[str]]:
    data = table("zh/moves")["function"]
    return {
        key: re.compile(either(data[key])) for key in ("attempt", "decline", "not", "rumour", "plan", "past", "new")
    }


def is_wish(scene: Scene, verb: Token) -> bool:
    """Whether the clause only wishes, asks or supposes it."""
    lead = lead_of(scene, verb, 24)
    clause = scene.text[scene.bounds[verb.clause][0] : verb.start]
    if verb.kind in ("found", "hold"):
        return bool(re.search(r"如果|假如|倘若|希望|邀请|试图", lead))
    sentence = scene.text[scene.sentence.start : verb.start]
    return bool(manner_words()["attempt"].search(lead)) or bool(
        re.search(r"如果|假如|倘若|若是|一旦|是否(?!认)", clause) or re.match(r"[ \-*“]*(?:如果|假如|倘若)", sentence)
    )


def status_of(scene: Scene, verb: Token) -> Status | None:
    """What the words beside the verb say of whether it happens; None: it happened."""
    lead = lead_of(scene, verb)
    clause = scene.text[scene.bounds[verb.clause][0] : scene.bounds[verb.clause][1]]
    if manner_words()["decline"].search(lead):
        return "declined"
    sentence = scene.text[scene.sentence.start : scene.sentence.end]
    if re.search(r"否认|辟谣|不实|不属实", clause) or re.search(
        r"谣言|不属实|与事实不符|不符合事实|失实|消息不实|子虚乌有|予以否认|辟谣", sentence
    ):
        return "denied"
    if re.search(r"(?:不会|没有|并未|并没有|从未|无意|不打算|尚未|未曾|没|未) ?$", lead):
        return "declined"
    if manner_words()["rumour"].search(re.sub(r"或(?:其|者|许)", "", lead)) and "宣布" not in lead:
        return "rumoured"
    if verb.kind == "join" and re.match(
        r"[^,。]{0,8}(?:洽谈|商谈|谈判|商讨|磋商)", scene.text[verb.end : verb.end + 16]
    ):
        return "rumoured"
    if re.search(r"将(?!其|他|她|近|军)|即将|拟|计划|打算|准备(?!团队)|预计|会$|要$", lead):
        return "planned"
    return None


def passive_of(scene: Scene, verb: Token) -> Token | None:
    """The 被 that belongs to ``verb``; none where another verb stands between (被控在接管后解雇)."""
    for token in scene.before(verb):
        if token.kind == "by" and token.text in ("被", "遭", "遭到"):
            return None if scene.text[token.end : token.end + 1] in tuple("控指曝问视认") else token
        if token.kind in ("take", "join", "leave", "found", "return", "resign"):
            return None
    return None

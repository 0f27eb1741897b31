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
    """The words of the clause right before the verb, as far as the last name; what firms are called says nothing."""
    left = scene.bounds[verb.clause][0]
    for token in scene.before(verb, "person", "group"):
        left = max(left, token.end)
        break
    left = max(left, verb.start - reach)
    lead = scene.text[left : verb.start]
    for token in scene.before(verb, "org"):
        first, last = max(token.start, left) - left, token.end - left
        if last > 0:
            lead = lead[:first] + "○" * (last - first) + lead[last:]
    return lead


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
    if verb.kind == "join" and _INVITES.search(clause):
        return True
    sentence = scene.text[scene.sentence.start : verb.start]
    if verb.kind == "hire" and re.search(r"(?:^|[^作成称名认因以视])为(?:了)?[^,。]{0,2}$", lead):
        return True
    return bool(manner_words()["attempt"].search(lead)) or bool(
        re.search(r"如果|假如|倘若|若是|一旦|是否(?!认)", clause) or re.match(r"[ \-*“]*(?:如果|假如|倘若)", sentence)
    )


# 希望请他加入 B: somebody is asked, and has not come.
_INVITES = re.compile(
    r"(?:希望|想|欲|试图|力邀|邀请|邀|劝说?|说服|游说)(?:能)?(?:邀请|请|让|劝)?(?:他|她|其|对方)们? ?$"
)


def status_of(scene: Scene, verb: Token) -> Status | None:
    """What the words beside the verb say of whether it happens; None: it happened."""
    lead = lead_of(scene, verb)
    clause = scene.text[scene.bounds[verb.clause][0] : scene.bounds[verb.clause][1]]
    if manner_words()["decline"].search(lead):
        return "declined"
    if _is_denied(scene, clause):
        return "denied"
    if re.search(r"(?:不会|没有|并未|并没有|从未|无意|不打算|尚未|未曾|没|未) ?$", lead):
        return "declined"
    if _is_rumour(scene, verb, lead):
        return "rumoured"
    return "planned" if _COMING.search(lead) or _comes_with_the_rest(scene, verb, lead) else None


def _is_denied(scene: Scene, clause: str) -> bool:
    sentence = scene.text[scene.sentence.start : scene.sentence.end]
    return bool(
        re.search(r"否认|辟谣|不实|不属实", clause)
        or re.search(r"谣言|不属实|与事实不符|不符合事实|失实|消息不实|子虚乌有|予以否认|辟谣", sentence)
    )


_COMING = re.compile(
    r"将(?!其|他|她|近|军)|即将|拟|(?<![”少年人才者])计划|打算|准备(?!团队)|预计|(?<!事)(?<!委员)(?<!股东)(?<!金)(?<!协)会$|要$"
)
_HEARSAY = re.compile(
    r"(?:业内|市场|坊间|圈内)?(?:传闻|传言)(?:称|说)?|(?<!宣)据传(?!统)|网传|盛传|坊间(?:传|消息)"
    r"|(?:^[ “]*|(?<=[,;:]))传(?![统播感奇承真媒输])"
)
_HAPPENED = re.compile(r"已|完成|了$|正式|于(?:上|昨|今)")


def _is_rumour(scene: Scene, verb: Token, lead: str) -> bool:
    """或将, 考虑 and their like before the verb, or 业内传闻 at the head of what the sentence tells."""
    if "宣布" not in lead and manner_words()["rumour"].search(re.sub(r"或(?:其|者|许)", "", lead)):
        return True
    if re.match(
        r"[^,。;]{0,4}的(?:消息|传闻|传言)[^,。;]{0,12}(?:流传|疯传|传开|不胫而走)",
        scene.text[verb.end : verb.end + 40],
    ):
        return True
    before = scene.text[scene.sentence.start : verb.start]
    heard = _HEARSAY.search(before)
    if heard and not re.search(r"回应|证实|确认|否认|宣布|表示|正式|落定|坐实", before[heard.end() :]):
        return True
    return verb.kind == "join" and bool(_TALKS.match(scene.text, verb.end))


def _comes_with_the_rest(scene: Scene, verb: Token, lead: str) -> bool:
    """X 将离开 A，加入 B; X 将离任，由 Y 接任: what follows in the same breath is to come, too."""
    if _HAPPENED.search(lead) or scene.text[verb.end : verb.end + 1] == "了":
        return False
    own = list(scene.before(verb, "person", "group"))
    succeeds = verb.kind in ("take", "hold") and bool(
        re.search(r"由[^,。]{2,40}$", scene.text[scene.bounds[verb.clause][0] : verb.start])
    )
    if own and not succeeds:
        return False
    for clause in range(verb.clause - 1, max(-1, verb.clause - 3), -1):
        start, end = scene.bounds[clause]
        if re.search(r"已(?!经?宣布|经?决定|提出|提交)|曾|此前", scene.text[start:end]):
            return False
        acts = [t for t in scene.clause_tokens(clause) if t.kind in _ACTS]
        if acts:
            return any(_COMING.search(lead_of(scene, act)) for act in acts)
        if re.search(r"将(?!其|他|她|近|军)[^,。]{1,8}", scene.text[start:end]) and not own:
            return True
        if own and not succeeds:
            return False
    return False


_ACTS = frozenset({"leave", "resign", "join", "take", "return", "found"})


def passive_of(scene: Scene, verb: Token) -> Token | None:
    """The 被 that belongs to ``verb``; none where another verb stands between (被控在接管后解雇)."""
    for token in scene.before(verb):
        if token.kind == "by" and token.text in ("被", "遭", "遭到"):
            return None if scene.text[token.end : token.end + 1] in tuple("控指曝问视认") else token
        if token.kind in ("take", "join", "leave", "found", "return", "resign"):
            return None
    return None

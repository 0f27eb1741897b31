"""Whether a Chinese sentence tells that a post begins: by a date, an announcement, a list of appointments."""

from __future__ import annotations

import re

from articles.extraction.zh.moves.scene import Scene, Token


def begins(scene: Scene, verb: Token, lead: str, clause: str, tail: str) -> bool:
    """Whether the sentence dates or announces the post."""
    titled = any(t.kind == "title" and t.start >= verb.end and t.clause == verb.clause for t in scene.tokens)
    titled = titled or bool(re.search(r"顾问|教授|职|主席|院士", tail)) or verb.text in ("任教", "任教于", "执教")
    if not titled or re.search(r"多年|至今|以来|仍|继续|期间|一直", clause + tail[:30]):
        return False
    if verb.text in ("成为", "成为了", "成了"):
        placed = any(t.kind == "org" and t.start >= verb.end and t.clause == verb.clause for t in scene.tokens)
        return bool(re.search(r"将(?!其)|正式|宣布|\d{4} ?年|年[初末底中]|\d ?月", clause)) and (
            placed or bool(re.search(r"新|首席|CEO|总裁", tail))
        )
    return bool(
        re.search(
            r"将(?!近)|即将|正式|宣布|由$|由[^,。]{1,20}$|今[天日年]|昨[天日]|随后|后来|转而|起$|开始"
            r"|\d ?月|\d{4} ?年|去年|日前|近日|新任|被|已(?:正式)?$",
            clause,
        )
    ) or bool(re.match(r"(?:了)?(?:公司|其|该公司)?(?:的)?(?:新的|新任|首任|首位|新)", tail))


def opens_list(scene: Scene, verb: Token) -> bool:
    """Whether a colon right before leads to the appointments of a list: 宣布三项任命：X 担任 R."""
    start, end = scene.bounds[verb.clause - 1]
    return scene.text[end : end + 1] == ":" and bool(
        re.search(
            r"任命|宣布|发文|通知|邮件|内部信|人事|变动|调整|履新|换帅|换将|公示|聘任|官宣", scene.text[start:end]
        )
    )


_DATE = re.compile(r"\d{4} ?年")
_DATED = re.compile(r" *(?:并|又)?(?:于|在|自|从)?(?:\d{4} ?年|同年|次年)")


def follows_join(scene: Scene, verb: Token) -> bool:
    """加入 B 担任 R, 任命 X 担任 R: the verb before has told it; not 2009 年加入 B,2014 年起担任 R."""
    dated = _DATED.match(scene.text, scene.bounds[verb.clause][0])
    for token in reversed(scene.tokens):
        if token.end <= verb.start and token.kind in ("join", "hire", "appoint", "return", "take", "found", "leave"):
            if dated and token.clause < verb.clause and _DATE.search(scene.text, *scene.bounds[token.clause]):
                return False
            return token.kind != "leave" and token.clause >= verb.clause - 1 and verb.start - token.end < 60
    return False

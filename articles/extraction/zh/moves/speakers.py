"""Who says 我 in a quotation."""

from __future__ import annotations

import re

from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Who
from articles.extraction.zh.moves.scene import Scene, Token

SAYS_I = re.compile(r"(?<!自)我(?!们的?(?:员工|同事)|国)")


_SAYS_AFTER = re.compile(r"[^”。\n]{0,40}?(?:说道|表示|写道|说|称|补充|发了?(?:一条)?(?:朋友圈|微博|推文|帖子?))")


_SAYS_BEFORE = re.compile(
    r"[^“”。\n]{2,50}(?:说道|表示|写道|说|称|指出|宣布|透露|评论|补充|分享|感慨)[^“”。\n]{0,4}[:,]? ?$"
)


# 来自 X 的推文: 我 …
_POSTED = re.compile(r"来自[^,。:\n]{2,40}的(?:推文|帖子|微博|朋友圈):")


def speaker_of(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """Who says 我 at ``verb``: the one behind the closing quotation mark, else before the opening one."""
    text = scene.text
    close = text.find("”", verb.end, verb.end + 400)
    if close >= 0:
        after = _SAYS_AFTER.match(text, close + 1)
        found = after and _person_in(finder, scene, close + 1, after.end())
        if found:
            return [found]
    opening = text.rfind("“", max(0, verb.start - 400), verb.start)
    before = _SAYS_BEFORE.search(text, max(0, opening - 60), opening) if opening > 0 else None
    found = _person_in(finder, scene, before.start(), opening) if before else None
    posted = _POSTED.search(text, scene.sentence.start, verb.start)
    found = found or (_person_in(finder, scene, posted.start(), posted.end()) if posted else None)
    return [found] if found else []


def _person_in(finder: Finder, scene: Scene, start: int, end: int) -> Who | None:
    """The last person named in ``start..end``, whatever the sentence."""
    for sentence in finder.reading.sentences[max(0, scene.index - 3) : scene.index + 4]:
        for mention in sentence.people:
            if start <= mention.start and mention.end <= end:
                token = Token("person", mention.start, mention.end, person=mention)
                return Who(token, person=mention, speaks=True)
    return None

"""Rules for offers that were turned down: 拒绝, 没有一个人接受."""

from __future__ import annotations

import re

from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Place, Who
from articles.extraction.zh.moves.places import end_of, inside_group, led_by, place_after, post_end
from articles.extraction.zh.moves.record import add
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import subjects, who_at


def refuse(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 拒绝了 B 的邀请, 没有一个人接受: a move that did not come about."""
    end = scene.bounds[verb.clause][1]
    offer = re.search(either(table("zh/moves")["company"]["offers"]), scene.text[verb.start : end])
    if not offer:
        before = scene.text[max(scene.sentence.start, verb.start - 80) : verb.start]
        if "接受" not in verb.text or not re.search("报价|薪酬|邀请|offer|开出|美元|万元", before):
            return
    people = subjects(finder, scene, verb) if "人接受" not in verb.text else []
    people = people or _approached(finder, scene, verb)
    place = place_after(finder, scene, verb.end, verb.clause, reach=8)
    for who in people:
        posts = [p for p in who.posts if p.organisation]
        target = place or _offerer(
            finder, scene, verb, posts[0].organisation.name if posts and posts[0].organisation else ""
        )
        if target is None or any(p.organisation and p.organisation.name == target.organisation.name for p in posts):
            continue
        add(
            finder,
            scene,
            verb,
            who,
            origin=post_end(posts[0]) if posts else None,
            destination=end_of(target),
            kind="hire",
            rule="refuse",
            confidence=0.6,
            status="declined",
        )


def _approached(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """The group told before, to whom the offer was made."""
    for token in reversed(scene.tokens):
        if (
            token.kind == "group"
            and token.end <= verb.start
            and token.cohort
            and "人接受" not in token.cohort.text
            and "个人" not in token.cohort.text
        ):
            return [who_at(finder, scene, token)]
    return []


def _offerer(finder: Finder, scene: Scene, verb: Token, other: str) -> Place | None:
    """Who made the offer: an organisation of the sentence or its chief, not the group's own, else the one spoken of."""
    for token in scene.tokens:
        if token.end > verb.start:
            break
        if (
            token.kind == "org"
            and token.organisation
            and token.organisation.name != other
            and not inside_group(scene, token)
            and not finder.is_outlet(token)
        ):
            return Place(token.organisation, None, token.start, token.end)
        led = led_by(token.person.name) if token.person else None
        if led and led.organisation.name != other:
            return led
    topic = finder.employer if scene.index - finder.employer_sentence <= 3 else None
    return Place(topic, None, verb.start, verb.start) if topic and topic.name != other else None

"""Rules for offers that were turned down: 拒绝, 没有一个人接受."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd
from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Place, Who
from articles.extraction.zh.moves.places import end_of, inside_group, led_by, place_after, post_end
from articles.extraction.zh.moves.record import add
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import subjects, who_at

_BY_THEM = re.compile(r"(?:被|遭到?)(?P<who>[^,。;]{0,12})$")
_APPROACH = re.compile(
    r"邀请|邀约|招揽|招募|挖|接触|接洽|报价|找过|找到|橄榄枝|游说|联系|开出|聘|抛出|拉拢|[Oo]ffer|高薪|年薪|薪酬"
)


def _turned_away(finder: Finder, scene: Scene, verb: Token) -> bool:
    """B 向 X 发出邀请，被其婉拒; B 试图招揽 X，但遭到拒绝: told from the side of who asked."""
    start = scene.bounds[verb.clause][0]
    passive = _BY_THEM.search(scene.text, start, verb.start)
    before = scene.text[scene.sentence.start : verb.start]
    if passive is None or not _APPROACH.search(before):
        return False
    near = [t for t in scene.tokens if t.kind in ("person", "group") and t.end <= verb.start]
    by = [t for t in near if t.start >= passive.start("who")]
    for who in [who_at(finder, scene, t) for t in (by or near)[-1:]]:
        posts = [p for p in who.posts if p.organisation]
        post = posts[0] if posts else finder.current_post(who)
        own = post.organisation.name if post and post.organisation else ""
        target = _offerer(finder, scene, verb, own)
        if target is not None:
            add(
                finder,
                scene,
                verb,
                who,
                origin=post_end(post) if posts else None,
                destination=end_of(target),
                kind="hire",
                rule="turned_away",
                confidence=0.7,
                status="declined",
            )
    return True


# 无法拒绝的合同 is one that is taken.
_IRRESISTIBLE = re.compile(r"(?:无法|难以|不能|不可|无从|没法|不会|没有|不容|不忍|很难|从未|并未|未) ?$")


def refuse(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 拒绝了 B 的邀请, 没有一个人接受: a move that did not come about."""
    if _IRRESISTIBLE.search(scene.text, max(scene.sentence.start, verb.start - 5), verb.start):
        return
    if _turned_away(finder, scene, verb):
        return
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
            origin=post_end(posts[0]) if posts else _stays_at(scene, verb),
            destination=end_of(target),
            kind="hire",
            rule="refuse",
            confidence=0.6,
            status="declined",
        )


def _stays_at(scene: Scene, verb: Token) -> MoveEnd | None:
    """拒绝了 B，留在 A: A."""
    for token in scene.tokens:
        stays = re.search(r"留(?:在|任|守)(?:了|于)? ?$", scene.text[max(0, token.start - 5) : token.start])
        if stays and token.organisation and token.start >= verb.end:
            return MoveEnd(token.organisation.name, token.organisation.team, None)
    return None


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

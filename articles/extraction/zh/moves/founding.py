"""Rules for those who found something: 创办, 由 X 创立, 离职创业."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd, MoveKind
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.leaving import origin_of
from articles.extraction.zh.moves.parties import Place, Who, key_of
from articles.extraction.zh.moves.places import end_of, origin_before, place_after
from articles.extraction.zh.moves.record import add, learn_post, title_origin_former
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import agents_of, subjects, who_at

_FOUNDER = re.compile("创始|创办|联创|CEO|董事长|首席执行官|总裁")


def found(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 创办 B, B 由 X 创立, X 创立的 B."""
    agents = agents_of(finder, scene, verb) or _founders(finder, scene, verb)
    tail = scene.text[verb.end : verb.end + 24]
    if agents and not re.match(r"了", tail):
        place = _founded(finder, scene, verb, agents[0])
    else:
        agents = agents or subjects(finder, scene, verb)
        place = place_after(finder, scene, verb.end, verb.clause, reach=30)
    if not agents or any(w.cohort and w.cohort.min is None for w in agents):
        return
    if place is None or (verb.text in ("成立", "成立了", "组建了", "开创", "创下", "创始") and not agents[0].person):
        return
    if re.match(
        r"[^,。]{0,8}?(?:算法|模型|框架|项目|数据集|系统|工具|课程|语言|品牌|软件|账号|专栏|频道|游戏)",
        scene.text[place.end : place.end + 16],
    ):
        return
    first = min([agents[0].token.start, *(p.start for p in agents[0].posts)])
    lead = scene.text[scene.bounds[verb.clause][0] : max(first, scene.bounds[verb.clause][0])].strip(" 前原并")
    if lead in ("与", "和", "同", "跟") and verb.clause and finder.carried.get(verb.clause - 1):
        agents = [*finder.carried[verb.clause - 1], *agents]
    agents = [*agents, *_companions(finder, scene, verb, agents)]
    for who in agents:
        own = any(
            p.organisation and p.organisation.name == place.organisation.name and not _FOUNDER.search(p.role or "")
            for p in who.posts
        )
        if own:
            continue
        origin = end_of(origin_before(scene, verb)) or title_origin_former(finder, who, place)
        if origin and origin.org == place.organisation.name:
            origin = None
        destination = MoveEnd(place.organisation.name, place.team, None)
        add(
            finder,
            scene,
            verb,
            who,
            origin=origin,
            destination=destination,
            kind="founding",
            rule="found",
            confidence=0.85,
        )
        learn_post(finder, who, place, "创始人", scene, verb)


def _founders(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """X 创立的 B: a name right before the verb, 的 right after it."""
    if not re.match(r"的", scene.text[verb.end : verb.end + 2]):
        return []
    for token in scene.before(verb, "person"):
        gap = scene.text[token.end : verb.start]
        gap = re.sub(r"\([^()]*\)", "", gap)
        if re.fullmatch(r"[^,。]{0,16}", gap) and not any(
            t.kind in ("join", "leave", "hire") and t.start >= token.end and t.end <= verb.start for t in scene.tokens
        ):
            return [who_at(finder, scene, token)]
        return []
    return []


def _founded(finder: Finder, scene: Scene, verb: Token, who: Who) -> Place | None:
    """B 由 X 创立, 由 X 创立的 B: right of 的, else left of 由, else the one spoken of."""
    if scene.text[verb.end : verb.end + 1] == "的":
        place = place_after(finder, scene, verb.end, verb.clause, reach=12)
        if place:
            return place
    lead = [
        t
        for t in scene.tokens
        if t.kind == "org"
        and t.organisation
        and t.end <= who.token.start
        and not any(p.start <= t.start for p in who.posts)
    ]
    if lead and lead[-1].organisation:
        return Place(lead[-1].organisation, lead[-1].organisation.team, lead[-1].start, lead[-1].end)
    lead_text = scene.text[scene.sentence.start : who.token.start]
    spoken = re.search(r"公司|它|后者|该|其|企业|机构|团队|平台", lead_text[:30])
    topic = finder.employer if spoken and scene.index - finder.employer_sentence <= 2 else None
    topic = (finder.company() if spoken and "公司" in spoken[0] else None) or topic
    return Place(topic, topic.team, verb.end, verb.end) if topic else None


def native(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 和 Y 也是 A 出身: from A, to what they founded where the title says so."""
    place = next((t for t in scene.before(verb, "org")), None)
    if place is None or place.organisation is None or verb.start - place.end > 1:
        return
    origin = MoveEnd(place.organisation.name, place.organisation.team, None)
    for who in subjects(finder, scene, verb):
        own = next((p.organisation for p in who.posts if p.organisation and _FOUNDER.search(p.role or "")), None)
        destination = MoveEnd(own.name, own.team, None) if own and own.name != origin.org else None
        kind: MoveKind = "founding" if destination else "departure"
        add(finder, scene, verb, who, origin=origin, destination=destination, kind=kind, rule="native", confidence=0.55)


def _companions(finder: Finder, scene: Scene, verb: Token, agents: list[Who]) -> list[Who]:
    """与 Y、Z 等人共同创立: they found it too."""
    if not re.search(r"共同|联合|一起|联手|携手|合伙", scene.text[verb.start - 8 : verb.end]):
        return []
    taken = {w.name for w in agents}
    found = []
    for token in scene.before(verb, "person"):
        lead = scene.text[scene.bounds[verb.clause][0] : token.start]
        if (
            token.person
            and token.person.name not in taken
            and re.search(r"[与和同跟]", lead)
            and not token.person.pronoun
        ):
            found.append(who_at(finder, scene, token))
    return found


def venture(finder: Finder, scene: Scene, verb: Token) -> None:
    """离职创业, 另起炉灶: marks the departure just told as a founding."""
    people = subjects(finder, scene, verb)
    if verb.text == "创业" and not re.search(
        r"离职|离开|辞职|出走|选择|独自|开始|投身|下海|宣布|将|去|从|领域|方向",
        scene.text[scene.bounds[verb.clause][0] : verb.start],
    ):
        return
    place = origin_before(scene, verb)
    for who in people:
        told = next(
            (
                d
                for d in reversed(finder.told(key_of(who)))
                if d.origin and not d.destination and scene.index - d.sentence <= 1
            ),
            None,
        )
        if told:
            told.kind = "founding"
        elif place or "离职" in verb.text or "辞职" in verb.text or "出走" in verb.text:
            origin = origin_of(finder, scene, verb, who, place)
            add(finder, scene, verb, who, origin=origin, kind="founding", rule="venture", confidence=0.75)

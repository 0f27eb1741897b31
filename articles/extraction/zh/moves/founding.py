"""Rules for those who found something: 创办, 由 X 创立, 离职创业."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd, MoveKind
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.leaving import origin_of
from articles.extraction.zh.moves.parties import Place, Who, key_of
from articles.extraction.zh.moves.places import end_of, origin_before, place_after, post_end
from articles.extraction.zh.moves.record import add, learn_post, title_origin_former
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import agents_of, subjects, who_at

_FOUNDER = re.compile("创始|创办|联创|CEO|董事长|首席执行官|总裁")


def found(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 创办 B, B 由 X 创立, X 创立的 B."""
    agents = _listed_agents(finder, scene, verb) or _founders(finder, scene, verb)
    tail = scene.text[verb.end : verb.end + 24]
    described = bool(agents)
    if agents and not re.match(r"了", tail):
        place = _founded(finder, scene, verb, agents[0])
    else:
        agents = agents or subjects(finder, scene, verb)
        place = place_after(finder, scene, verb.end, verb.clause, reach=30)
    if verb.text.startswith(("设立", "开设", "注册")) and (place is None or place.organisation.known):
        return
    if not described and (_SINCE.match(tail) or _set_up_by_firm(scene, verb, agents)):
        return
    if place is not None and place.organisation.known and _UNIT.match(scene.text, place.end):
        return
    if described and place is not None and _only_describes(scene, verb, agents, place):
        return
    if not agents or any(w.cohort and w.cohort.min is None and not w.posts for w in agents):
        return
    if place is None and agents and _THIS_FIRM.match(tail):
        place = _own_firm(agents[0], verb)
    if place is None and _NEW_FIRM.match("一家" + tail if verb.text.endswith("一家") else tail):
        _found_unnamed(finder, scene, verb, agents)
        return
    if place is None or (verb.text in ("成立", "成立了", "组建了", "开创", "创下", "创始") and not agents[0].person):
        return
    if re.match(
        r"[^,。]{0,8}?(?:算法|模型|框架|项目|数据集|系统|工具|课程|语言|品牌|软件|账号|专栏|频道|游戏)",
        scene.text[place.end : place.end + 16],
    ):
        return
    if verb.text in ("开创", "创建", "打造了", "创下") and scene.text[place.end : place.end + 1] == "的":
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


# 宣布成立“A 搜索公司”: a part of A, which nobody founds as a firm of one's own.
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:公司|事业群|事业部|研究院|研究所|实验室|中心|部门|部)(?![\u4e00-\u9fff])")


# 2016 年成立时由 X 负责: when, not by whom.
_SINCE = re.compile(r"(?:的?时候?|之?初|伊始|以来|之?后|至今)(?![\u4e00-\u9fff]{0,2}了)")


# B 的创始人 X …，创立了这家公司: B.
_THIS_FIRM = re.compile(r"了?(?:这家|该)(?:[^,。;]{0,6}?)(?:公司|企业|机构)")


def _own_firm(who: Who, verb: Token) -> Place | None:
    post = next((p for p in who.posts if p.organisation and not p.former and _FOUNDER.search(p.role or "")), None)
    return Place(post.organisation, post.team, verb.end, verb.end) if post and post.organisation else None


def _set_up_by_firm(scene: Scene, verb: Token, agents: list[Who]) -> bool:
    """X 负责 A 成立的 B: A set it up."""
    if scene.text[verb.end : verb.end + 1] != "的" or not agents:
        return False
    between = [t for t in scene.clause_tokens(verb.clause) if agents[0].token.end <= t.start < verb.start]
    run = any(t.kind == "org" or (t.kind == "hold" and t.text in _RUNS) for t in between)
    return run and not any(t.text == "从" for t in between)


_RUNS = frozenset({"负责", "领导", "带领", "主管", "掌管", "分管", "牵头", "主持"})


_DATED = re.compile(r"\d{4} ?年|去年|今年|前年|当年|[年月]前|\d ?月")


def _only_describes(scene: Scene, verb: Token, agents: list[Who], place: Place) -> bool:
    """Whether 由 X 创办的 B only says which B is meant: no date, nothing left for it, and B is what 的 leads to."""
    relative = scene.text[verb.end : verb.end + 1] == "的" and place.start > verb.end
    told = scene.text[scene.bounds[verb.clause][0] : place.start]
    return relative and not _DATED.search(told) and not any(p.former for w in agents for p in w.posts)


# 甲之子乙: who is only somebody's kin.
_KIN = re.compile(
    r" ?(?:之|的)(?:长|次|幼|独)?"
    r"(?:子|女|妻|夫|父|母|弟|妹|兄|姐|儿子|女儿|妻子|丈夫|父亲|弟弟|哥哥|弟子|学生|门生|旧部|前同事)"
)


def _listed_agents(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """由 X、Y 和 Z 于 2024 年创立: every name from 由 on."""
    by = next((t for t in scene.before(verb, "from") if t.text == "由"), None)
    if by is None:
        return agents_of(finder, scene, verb)
    kinds = ("person", "group")
    people = [t for t in scene.clause_tokens(verb.clause) if t.kind in kinds and by.end <= t.start < verb.start]
    people = [t for t in people if not _KIN.match(scene.text, t.end)]
    if not people or re.search(r"从|自", scene.text[by.start : people[0].start]):
        return agents_of(finder, scene, verb)
    return [who_at(finder, scene, t) for t in people]


# What is founded has no name: 创办了一家 AI 公司.
_NEW_FIRM = re.compile(
    r"了?(?:一家|一间|自己的|新的?|属于自己的|个人的?|另一家)[^,。;]{0,20}?(?:公司|企业|机构|实验室|创企|工作室|团队|项目|基金|平台)"
)


def _found_unnamed(finder: Finder, scene: Scene, verb: Token, agents: list[Who]) -> None:
    """X 创办了一家公司: a founding, where it is told what X left for it."""
    for who in agents:
        told = next((d for d in reversed(finder.told(key_of(who))) if d.origin and scene.index - d.sentence <= 2), None)
        if told is not None:
            told.kind = "founding" if told.kind == "departure" and not told.destination else told.kind
            continue
        post = next((p for p in who.posts if p.organisation and p.former), None)
        origin = end_of(origin_before(scene, verb)) or (post_end(post) if post else None)
        add(finder, scene, verb, who, origin=origin, kind="founding", rule="found_unnamed", confidence=0.75)


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


# 由 X 创立的 B of a B that nobody knows; 由 X 创立的公司 takes up the one spoken of.
_NAMED_BEHIND = re.compile(
    r"的 ?(?![^,。;]{0,14}?(?:公司|企业|机构|实验室|平台|团队|品牌|独角兽|项目|初创|创企))[\u4e00-\u9fffA-Z]"
)
# A team that somebody sets up is no employer of its own.
_INNER_TEAM = re.compile(r"(?:该|这[一个支]?|此)(?:团队|部门|小组|项目|计划)(?:是|正是)?$")


def _founded(finder: Finder, scene: Scene, verb: Token, who: Who) -> Place | None:
    """B 由 X 创立, 由 X 创立的 B: right of 的, else left of 由, else the one spoken of."""
    if scene.text[verb.end : verb.end + 1] == "的":
        place = place_after(finder, scene, verb.end, verb.clause, reach=12)
        if place:
            return place
        if _NAMED_BEHIND.match(scene.text, verb.end):
            return None
    by = next((t for t in scene.before(verb, "from") if t.text == "由" and t.end <= who.token.start), None)
    left = by.start if by else who.token.start
    if _INNER_TEAM.search(scene.text, scene.bounds[verb.clause][0], left):
        return None
    lead = [
        t
        for t in scene.tokens
        if t.end <= left
        and t.kind == "org"
        and t.organisation
        and t.end <= who.token.start
        and not any(p.start <= t.start for p in who.posts)
    ]
    if lead and lead[-1].organisation:
        return Place(lead[-1].organisation, lead[-1].organisation.team, lead[-1].start, lead[-1].end)
    lead_text = scene.text[scene.sentence.start : left]
    spoken = re.search(r"公司|它|后者|该|其|企业|机构|团队|平台", lead_text[:30])
    if spoken and spoken[0] == "公司" and not finder.reading.topics and scene.index - finder.employer_sentence <= 1:
        return Place(finder.employer, finder.employer.team, verb.end, verb.end) if finder.employer else None
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
        r"前者|后者|离职|离开|辞职|出走|选择|独自|开始|投身|下海|宣布|将|去|从|领域|方向|今年|年[初底末]?$|月$",
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
        elif place or re.search("离职|辞职|出走", verb.text) or (verb.text in _OWN_WAY and _employed(finder, who)):
            origin = origin_of(finder, scene, verb, who, place)
            add(finder, scene, verb, who, origin=origin, kind="founding", rule="venture", confidence=0.75)


# Who goes their own way leaves where they worked.
_OWN_WAY = frozenset({"另起炉灶", "自立门户", "单干"})


def _employed(finder: Finder, who: Who) -> bool:
    post = finder.current_post(who)
    return who.person is not None and post is not None and not _FOUNDER.search(post.role or "")

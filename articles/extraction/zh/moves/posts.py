"""Rules for those who take a post: 出任, 接任, 升任, 担任."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd, MoveKind
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.founding import native
from articles.extraction.zh.moves.history import recall, started_work
from articles.extraction.zh.moves.manner import lead_of, manner_words
from articles.extraction.zh.moves.objects import describes_others
from articles.extraction.zh.moves.parties import Place, Who, key_of
from articles.extraction.zh.moves.places import end_of, origin_before, place_after
from articles.extraction.zh.moves.record import add, learn_post, title_origin
from articles.extraction.zh.moves.roles import role_after, role_text
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import agents_of, subjects, who_at
from articles.extraction.zh.moves.titles import team_in

_WORDS = table("zh/moves")["posts"]
_ROLE_LIKE = re.compile(
    r"[官长裁监理人员师授问席管事家手O任]$|CEO|CTO|VP|团队|部门|负责|部$|顾问|主席|总监|领导|委员|讲师|职|岗位|代表|院士|掌门|学者|秘书|合伙"
)


def take(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 出任 B 的 R, 由 X 接任, X 接替 Y 成为 R."""
    taker = _taker_after(finder, scene, verb)
    if taker:
        _takes(finder, scene, verb, [taker], certain=True, until=taker.token.start)
        return
    people = agents_of(finder, scene, verb) or subjects(finder, scene, verb)
    succeeds = bool(agents_of(finder, scene, verb)) and any(
        t.kind in ("leave", "resign") for t in scene.tokens if t.end <= verb.start
    )
    if verb.text in _WORDS["weak_takes"] and not _tells_post(scene, verb) and not succeeds:
        return
    if re.match(r"(?:仅|不到|不足|才|刚|没)", scene.text[verb.end : verb.end + 2]):
        return
    if people and not describes_others(scene, verb, verb.end, people):
        _takes(finder, scene, verb, people, certain=True)


_IT_IS = re.compile(r"[^,。;]{0,16}的[, ]{0,2}(?:是|则是|正是|将是)(?!否)")


def _tells_post(scene: Scene, verb: Token) -> bool:
    if any(
        t.kind == "title" and 0 <= t.start - verb.end <= 20 and "后" not in scene.text[verb.end : t.start]
        for t in scene.clause_tokens(verb.clause)
    ):
        return True
    return bool(
        re.match(
            r"了?(?:这个|该|其)?[^,。的]{0,8}(?:团队|小组|部门|事业部|业务|其职|空缺)",
            scene.text[verb.end : verb.end + 16],
        )
    )


def _taker_after(finder: Finder, scene: Scene, verb: Token) -> Who | None:
    """接任终端 CEO 的 X, 接替他的，是 X: the name that 的 leads to."""
    leads = _IT_IS.match(scene.text, verb.end, scene.sentence.end)
    if leads:
        people = [t for t in scene.tokens if t.kind == "person" and t.start >= leads.end()]
        if people and not re.search(r"[。;]", scene.text[leads.end() : people[0].start]):
            return who_at(finder, scene, people[0])
    for token in scene.after(verb, "person", "org", "title", "leave", "join"):
        if token.kind == "person":
            lead = scene.text[verb.end : token.start]
            found = re.fullmatch(r"[^,。]{0,24}的 ?", lead) or (
                verb.text.endswith(("者", "人")) and re.match(r" ?(?:为|是|系|正是)", lead)
            )
            return who_at(finder, scene, token) if found else None
        if token.kind in ("leave", "join"):
            return None
    return None


def _takes(finder: Finder, scene: Scene, verb: Token, people: list[Who], certain: bool, until: int = 0) -> None:
    place = None if verb.text.endswith(("者", "人")) else place_after(finder, scene, verb.end, verb.clause, reach=16)
    if place and verb.text in ("接替", "取代") and _OF_SOMEBODY.match(scene.text, place.end):
        place = place if place.organisation.known else None
    role = role_text(scene, place.end if place else verb.end, until or scene.bounds[verb.clause][1])
    role = (role if role and _ROLE_LIKE.search(role) else None) or role_after(scene, verb.end, verb.clause)
    if verb.text in ("接替", "取代"):
        role = role_after(scene, verb.end, verb.clause)
        people = [w for w in people if not any(d.who == key_of(w) and d.destination for d in finder.drafts[-8:])]
    known_topic = {o.name for o in (finder.headline(), *(s.organisation for s in scene.tokens)) if o}
    known_topic |= {d.destination.org for d in finder.drafts[-200:] if d.destination and d.destination.org}
    for who in people:
        post = finder.current_post(who)
        if place:
            organisation, team = place.organisation, place.team
        else:
            mention = (
                _vacated(finder, scene)
                or finder.arrived_at(who)
                or (post.organisation if post and not post.former else None)
            )
            mention = mention or _own_company(finder, scene, verb) or _takers_topic(finder, scene, verb)
            if mention is None or mention.name not in known_topic:
                continue
            organisation, team = mention, team_in(scene.text[verb.end : verb.end + 20])
        standing = next((p for p in who.posts if p.organisation and p.organisation.name == organisation.name), None)
        known = any(
            p.organisation and p.organisation.name == organisation.name and not p.former
            for p in finder.careers.get(who.name, [])
        )
        origin = title_origin(finder, who, Place(organisation, None, 0, 0)) if not known else None
        if re.search(r"顾问|董事|客座|兼职|理事", role or ""):
            origin = None
        announced = place is None and not verb.text.startswith(("被", "获", "出任"))
        internal = bool(standing or known or verb.text in _WORDS["climbs"] or announced) and not origin
        kind: MoveKind = "internal" if internal else "hire"
        start = end_of(origin_before(scene, verb))
        if start and start.org != organisation.name:
            origin, kind = start, "hire"
        destination = MoveEnd(organisation.name, team, role)
        add(
            finder,
            scene,
            verb,
            who,
            origin=origin,
            destination=destination,
            kind=kind,
            rule="climb" if verb.text in _WORDS["up"] else "take",
            confidence=0.8 if certain else 0.65,
        )
        learn_post(finder, who, Place(organisation, team, verb.end, verb.end), role, scene, verb)


# 接替 Y 的职位: whoever stands there held the post.
_OF_SOMEBODY = re.compile(r" ?的(?:职位|职务|位置|位子|岗位|工作|角色)")


def _vacated(finder: Finder, scene: Scene) -> OrganisationMention | None:
    """X 离任，由 Y 接任: the organisation that the sentence has just told somebody to leave."""
    last = next((d for d in reversed(finder.drafts[-8:]) if d.rule != "zh.runs_now"), None)
    if last and last.sentence == scene.index and last.origin and last.origin.org and last.destination is None:
        return OrganisationMention(0, 0, last.origin.org, last.origin.team)
    return None


def _own_company(finder: Finder, scene: Scene, verb: Token) -> OrganisationMention | None:
    """The article's own company, where the sentence names none before the verb."""
    named = [t for t in scene.tokens if t.kind == "org" and t.end <= verb.start and not finder.is_outlet(t)]
    return None if named else finder.company()


def _takers_topic(finder: Finder, scene: Scene, verb: Token) -> OrganisationMention | None:
    """The organisation whose post it is: named in the sentence, else the title's first."""
    named = [
        t.organisation
        for t in scene.tokens
        if t.kind == "org" and t.end <= verb.start and t.organisation and not finder.is_outlet(t)
    ]
    topics = {o.name for o in finder.reading.topics}
    return next((o for o in reversed(named) if o.name in topics), None) or (
        finder.reading.topics[0] if finder.reading.topics and not named else finder.topic(scene, verb.start)
    )


def hold(finder: Finder, scene: Scene, verb: Token) -> None:
    """担任 R: a move where the words say that it begins, else only a post to remember."""
    people = agents_of(finder, scene, verb) or subjects(finder, scene, verb)
    if verb.text in ("任教", "任职", "担任", "工作", "就职", "供职", "做") and _goes_to(finder, scene, verb, people):
        return
    if verb.text == "出身":
        native(finder, scene, verb)
        return
    if not people:
        return
    lead = lead_of(scene, verb, 24)
    clause = scene.text[scene.bounds[verb.clause][0] : verb.start]
    tail = scene.text[verb.end : scene.bounds[verb.clause][1]]
    if verb.text in ("负责", "领导", "带领", "开始领导") and not re.search(r"开始|起", lead + verb.text):
        return
    past = bool(manner_words()["past"].search(lead)) or bool(
        re.search(r"曾|此前|之前|先前|历任|目前|现任|期间", clause)
    )
    if past:
        recall(finder, scene, verb, people)
        return
    if _follows_join(scene, verb):
        return
    if verb.clause and (
        scene.bounds[verb.clause - 1][1] - scene.bounds[verb.clause - 1][0] <= 14 or _opens_list(scene, verb)
    ):
        clause = scene.text[scene.bounds[verb.clause - 1][0] : verb.start]
    if (verb.text in ("领导", "带领", "开始领导") and place_after(finder, scene, verb.end, verb.clause, reach=3)) or (
        verb.text in ("担任", "任", "成为", "兼任", "任教于", "任教", "执教")
        and _begins(scene, verb, lead, clause, tail)
    ):
        _takes(finder, scene, verb, people, certain=False)
    elif verb.text == "工作" and re.search(
        r"自?[^,。]{0,12}年?[^,。]{0,16}(?:开始|起)[^,。]{0,3}在[^,。]{1,24}$", clause
    ):
        started_work(finder, scene, verb, people)
    elif verb.text in ("供职于", "就职", "任职", "效力", "就业", "工作", "担任", "任", "来自", "是"):
        recall(finder, scene, verb, people)


def _goes_to(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> bool:
    """到 B 任教, 赴 B 担任 R: joins B."""
    for org in scene.before(verb, "org"):
        lead = scene.text[max(0, org.start - 3) : org.start]
        if org.organisation and re.search(r"(?:到|赴|去|前往|转到) ?$", lead) and verb.start - org.end <= 4:
            role = role_text(scene, verb.end, scene.bounds[verb.clause][1]) if verb.text == "担任" else None
            destination = MoveEnd(org.organisation.name, org.organisation.team, role)
            for who in people:
                add(finder, scene, verb, who, destination=destination, kind="hire", rule="goes_to", confidence=0.75)
            return True
        return False
    return False


def _begins(scene: Scene, verb: Token, lead: str, clause: str, tail: str) -> bool:
    """Whether the sentence dates or announces the post."""
    titled = any(t.kind == "title" and t.start >= verb.end and t.clause == verb.clause for t in scene.tokens)
    titled = titled or bool(re.search(r"顾问|教授|职|主席|院士", tail))
    if not titled or re.search(r"多年|至今|以来|仍|继续|期间|一直", clause + tail[:30]):
        return False
    if verb.text == "成为":
        placed = any(t.kind == "org" and t.start >= verb.end and t.clause == verb.clause for t in scene.tokens)
        return bool(re.search(r"将(?!其)|正式|宣布|\d{4} ?年|年[初末底中]|\d ?月", clause)) and (
            placed or bool(re.search(r"新|首席|CEO|总裁", tail))
        )
    return bool(
        re.search(
            r"将(?!近)|即将|正式|宣布|由$|由[^,。]{2,20}$|今[天日年]|昨[天日]|随后|后来|转而|起$|开始"
            r"|\d ?月|\d{4} ?年|去年|日前|近日|新任|被",
            clause,
        )
    ) or bool(re.match(r"(?:了)?(?:公司|其|该公司)?(?:的)?(?:新的|新任|首任|首位|新)", tail))


def _opens_list(scene: Scene, verb: Token) -> bool:
    """Whether a colon right before leads to the appointments of a list: 宣布三项任命：X 担任 R."""
    start, end = scene.bounds[verb.clause - 1]
    return scene.text[end : end + 1] == ":" and bool(re.search(r"任命|宣布|人事|变动|调整", scene.text[start:end]))


def _follows_join(scene: Scene, verb: Token) -> bool:
    """加入 B 担任 R, 任命 X 担任 R: the verb before has told it."""
    for token in reversed(scene.tokens):
        if token.end <= verb.start and token.kind in ("join", "hire", "appoint", "return", "take", "found", "leave"):
            return token.kind != "leave" and token.clause >= verb.clause - 1 and verb.start - token.end < 60
    return False

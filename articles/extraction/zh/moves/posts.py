"""Rules for those who take a post: 出任, 接任, 升任, 担任."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd, MoveKind
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention
from articles.extraction.zh.moves.beginning import begins, follows_join, opens_list
from articles.extraction.zh.moves.drafts import family
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
    if verb.text in ("执掌", "掌舵", "挂帅", "接管", "接手") and _ONCE_RAN.search(lead_of(scene, verb)):
        return
    taker = _taker_after(finder, scene, verb)
    if taker:
        _takes(finder, scene, verb, [taker], certain=True, until=taker.token.start)
        return
    if verb.text.endswith("者") and scene.text[verb.start - 1 : verb.start] == "的":
        return
    people = agents_of(finder, scene, verb) or subjects(finder, scene, verb)
    if people and _STAYED.search(scene.text, scene.bounds[verb.clause][0], people[0].token.start):
        people = people if _vacated(finder, scene, verb) else []
    if verb.text.endswith(_TAKERS) and people and not _IS_TAKER.search(scene.text, verb.start - 12, verb.start):
        return
    succeeds = bool(agents_of(finder, scene, verb)) and any(
        t.kind in ("leave", "resign") for t in scene.tokens if t.end <= verb.start
    )
    succeeds = succeeds or bool(_OFFICE.search(scene.text[scene.bounds[verb.clause][0] : verb.start]))
    if verb.text in ("补位", "扶正", "顶上", "接棒", "接位", "补缺"):
        succeeds = succeeds or any(t.kind in ("leave", "resign") for t in scene.tokens if t.end <= verb.start)
    if verb.text in _WORDS["weak_takes"] and not _tells_post(scene, verb) and not succeeds:
        return
    if re.match(r"(?:仅|不到|不足|才|刚|没)", scene.text[verb.end : verb.end + 2]):
        return
    if people and not describes_others(scene, verb, verb.end, people):
        _takes(finder, scene, verb, people, certain=True)


# 此前执掌 B 的 X: that is over.
_ONCE_RAN = re.compile(r"此前|之前|曾|原先|过去|一直|长期")
# Who stays behind rises where the others have left.
_STAYED = re.compile(r"留下来?的|留守的?|留任的?|剩下的")
# Nouns for who takes over: X 是接班人, but not X 没有挽留——接棒者早已选定.
_TAKERS = ("者", "人选", "接班人")
_IS_TAKER = re.compile(r"(?:是|为|成|作|当|即|任)了?(?:[^,。;—]{0,8}的)?(?:新一任|下一任|唯一|首选)?$")
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
    if verb.text in ("接替", "取代", "接替了"):
        return None
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
    place = place or _taken_at(scene, verb) or _taken_next(finder, scene, verb)
    if place and until and _IS.search(scene.text, verb.end, place.start):
        place = None
    if place and verb.text in ("接替", "取代") and _OF_SOMEBODY.match(scene.text, place.end):
        place = place if place.organisation.known else None
    role = role_text(scene, max(place.end if place else 0, verb.end), until or scene.bounds[verb.clause][1])
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
                _just_hired(finder, scene, who)
                or _vacated(finder, scene, verb)
                or _announcer(finder, scene, verb)
                or finder.arrived_at(who)
                or (post.organisation if post and not post.former else None)
            )
            mention = mention or _own_company(finder, scene, verb) or _takers_topic(finder, scene, verb, who)
            if mention is None or mention.name not in known_topic or _sits_on_board(role, verb):
                continue
            organisation, team = mention, team_in(scene.text[verb.end : verb.end + 20])
        own = family(MoveEnd(organisation.name))
        standing = next((p for p in who.posts if p.organisation and family(MoveEnd(p.organisation.name)) == own), None)
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


def _taken_at(scene: Scene, verb: Token) -> Place | None:
    """在 B 担任 R: B."""
    org = next(scene.before(verb, "org"), None)
    if org is None or org.organisation is None or scene.text[org.end : verb.start].strip():
        return None
    if not re.search(r"[在于] ?$", scene.text[max(0, org.start - 2) : org.start]):
        return None
    return Place(org.organisation, org.organisation.team, org.start, org.end)


_POST_FOLLOWS = re.compile(r"[了]? ?,(?:并|且)?(?:同时)?(?:兼任|担任|出任|任)")


def _taken_next(finder: Finder, scene: Scene, verb: Token) -> Place | None:
    """X 上任,兼任 B 董事长: B, which only the next clause names."""
    follows = _POST_FOLLOWS.match(scene.text, verb.end) if verb.text in ("上任", "履新", "就任") else None
    if follows is None or verb.clause + 1 >= len(scene.bounds):
        return None
    return place_after(finder, scene, follows.end(), verb.clause + 1, reach=2)


def _sits_on_board(role: str | None, verb: Token) -> bool:
    """Whether 出任董事 without a firm tells of a seat that goes with money rather than of a post."""
    return verb.text in ("出任", "担任") and bool(
        re.fullmatch(r"(?:独立|非执行|外部)*(?:董事|理事|监事)(?:会?成员)?", role or "")
    )


# 接替 Y 的是刚离开 A 的 X: what follows tells of X.
_IS = re.compile(r"的[, ]{0,2}(?:则|正|将)?是")
# 接替 Y 的职位: whoever stands there held the post.
_OF_SOMEBODY = re.compile(r" ?的(?:职位|职务|位置|位子|岗位|工作|角色)")


def _vacated(finder: Finder, scene: Scene, verb: Token) -> OrganisationMention | None:
    """X 离任，由 Y 接任: the organisation that the sentence has just told somebody to leave."""
    last = next((d for d in reversed(finder.drafts[-8:]) if d.rule != "zh.runs_now"), None)
    gone = last is not None and (
        last.destination is None or verb.text.startswith(("接", "继任", "补上", "代理", "暂代"))
    )
    if last and gone and last.sentence == scene.index and last.origin and last.origin.org:
        return OrganisationMention(0, 0, last.origin.org, last.origin.team)
    return None


_INSIDE = re.compile(r" ?(?:公司)?(?:内部|官网|总部|全员会|全员大会|年会|内网)?[^,。;]{0,4}(?:宣布|官宣|公布|通报)")


def _announcer(finder: Finder, scene: Scene, verb: Token) -> OrganisationMention | None:
    """B 宣布，X 出任 R; B：X 任 R: the organisation that the sentence makes speak, or that heads a clause alone."""
    for clause in range(verb.clause + 1):
        tokens = scene.clause_tokens(clause)
        if clause == verb.clause:
            tokens = _up_to_speech(tokens)
        inside = next((t for t in tokens if t.kind == "org" and _INSIDE.match(scene.text, t.end)), None)
        if inside and scene.text[inside.start - 1 : inside.start] == "在" and not finder.is_outlet(inside):
            return inside.organisation
        firsts = [t for t in tokens if t.kind == "org" and not finder.is_outlet(t)]
        if not firsts or any(t.kind == "person" for t in tokens):
            continue
        start, end = scene.bounds[clause]
        said = next((t for t in tokens if t.kind == "say" and t.start >= firsts[0].end), None)
        told = said is not None and re.fullmatch(r"[^,。]{0,16}", scene.text[firsts[0].end : said.start])
        opens = not scene.text[start : firsts[0].start].strip(" “”-*•0123456789.、")
        alone = scene.text[end : end + 1] == ":" and not scene.text[firsts[0].end : end].strip()
        if opens and (told or alone):
            return firsts[0].organisation
    return None


def _up_to_speech(tokens: list[Token]) -> list[Token]:
    """What stands before the first word of saying, and that word; nothing where there is none."""
    said = next((at for at, token in enumerate(tokens) if token.kind == "say"), None)
    return tokens[: said + 1] if said is not None else []


def _own_company(finder: Finder, scene: Scene, verb: Token) -> OrganisationMention | None:
    """The article's own company, where the sentence names none before the verb."""
    named = [t for t in scene.tokens if t.kind == "org" and t.end <= verb.start and not finder.is_outlet(t)]
    return None if named else finder.company()


def _just_hired(finder: Finder, scene: Scene, who: Who) -> OrganisationMention | None:
    """B 聘请 X 接任 R: B, which the clause has just said."""
    told = next((d for d in reversed(finder.told(key_of(who))) if d.destination), None)
    if told is None or told.sentence != scene.index or told.rule != "zh.hire" or not told.destination:
        return None
    return OrganisationMention(0, 0, told.destination.org or "", told.destination.team)


def _takers_topic(finder: Finder, scene: Scene, verb: Token, who: Who) -> OrganisationMention | None:
    """Whose post it is: the organisation of the sentence, else the one spoken of; none that the taker has left."""
    left = {p.organisation.name for p in who.posts if p.organisation and p.former}
    named = [
        t.organisation
        for t in scene.tokens
        if t.kind == "org" and t.end <= verb.start and t.organisation and not finder.is_outlet(t)
    ]
    named = [o for o in named if o.name not in left]
    topics = {o.name for o in finder.reading.topics}
    for mention in reversed(named):
        if mention.name in topics:
            return mention
    if finder.reading.topics and not named and finder.reading.topics[0].name not in left:
        return finder.reading.topics[0]
    topic = finder.topic(scene, verb.start)
    if topic and topic.name not in left:
        return topic
    spoken = finder.employer if scene.index - finder.employer_sentence <= 3 else finder.title()
    return spoken if spoken and spoken.name not in left else None


def hold(finder: Finder, scene: Scene, verb: Token) -> None:
    """担任 R: a move where the words say that it begins, else only a post to remember."""
    agents = agents_of(finder, scene, verb)
    people = agents or subjects(finder, scene, verb)
    if verb.text in _WORDS["elsewhere"] and _goes_to(finder, scene, verb, people):
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
    told = scene.text[
        max([scene.bounds[verb.clause][0], *(w.token.end for w in people if w.token.end <= verb.start)]) : verb.start
    ]
    past = bool(manner_words()["past"].search(lead)) or bool(re.search(r"曾|此前|之前|先前|历任|目前|现任|期间", told))
    if agents and _OFFICE.search(scene.text[scene.bounds[verb.clause][0] : verb.start]):
        _takes(finder, scene, verb, people, certain=True)
        return
    if past:
        recall(finder, scene, verb, people)
        return
    teaches = verb.text in ("任教", "任教于", "执教") and place_after(finder, scene, verb.end, verb.clause, reach=3)
    if follows_join(scene, verb) and not teaches and not (agents and scene.text[verb.start - 1] != "”"):
        return
    if verb.clause and (
        scene.bounds[verb.clause - 1][1] - scene.bounds[verb.clause - 1][0] <= 14 or opens_list(scene, verb)
    ):
        clause = scene.text[scene.bounds[verb.clause - 1][0] : verb.start]
    if (
        (verb.text in ("领导", "带领", "开始领导") and place_after(finder, scene, verb.end, verb.clause, reach=3))
        or (
            verb.text in ("担任", "任", "成为", "成为了", "成了", "兼任", "任教于", "任教", "执教")
            and begins(scene, verb, lead, clause, tail)
        )
        or (verb.text in ("成为", "成为了", "成了") and _becomes_elsewhere(finder, scene, verb, people))
        or (verb.text in ("成为", "成为了", "成了") and _rises(scene, verb, people))
    ):
        _takes(finder, scene, verb, people, certain=False)
    elif verb.text == "工作" and re.search(
        r"自?[^,。]{0,12}年?[^,。]{0,16}(?:开始|起)[^,。]{0,3}在[^,。]{1,24}$", clause
    ):
        started_work(finder, scene, verb, people)
    elif verb.text in ("供职于", "就职", "任职", "效力", "就业", "工作", "担任", "任", "来自", "是"):
        recall(finder, scene, verb, people)


# 职务由 X 兼任: somebody's office is what X takes.
_OFFICE = re.compile(r"(?:职务|一职|该职|职位|职责|空缺|岗位|遗缺|工作)(?:则|将|暂|改|现|已)?(?:转)?由")


def _rises(scene: Scene, verb: Token, people: list[Who]) -> bool:
    """原副总裁 X 成为负责人: the old title is over, and a new one follows."""
    titled = any(t.kind == "title" and 0 <= t.start - verb.end <= 12 for t in scene.clause_tokens(verb.clause))
    return titled and any(p.former and p.start < w.token.start for w in people for p in w.posts)


def _becomes_elsewhere(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> bool:
    """A 的 R X 成为了 B 的联合创始人: a post at another firm than the title's."""
    place = place_after(finder, scene, verb.end, verb.clause, reach=16)
    titled = any(t.kind == "title" and t.start >= verb.end for t in scene.clause_tokens(verb.clause))
    owns = {p.organisation.name for w in people for p in w.posts if p.organisation}
    return bool(place and titled and owns and place.organisation.name not in owns)


def _goes_to(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> bool:
    """到 B 任教, 赴 B 担任 R: joins B."""
    for org in scene.before(verb, "org"):
        lead = scene.text[max(0, org.start - 3) : org.start]
        if (
            org.organisation
            and re.search(r"(?:到|赴|去|前往|转到|回|去了|回到) ?$", lead)
            and verb.start - org.end <= 4
        ):
            role = role_text(scene, verb.end, scene.bounds[verb.clause][1]) if verb.text == "担任" else None
            destination = MoveEnd(org.organisation.name, org.organisation.team, role)
            for who in people:
                add(finder, scene, verb, who, destination=destination, kind="hire", rule="goes_to", confidence=0.75)
            return True
        return False
    return False

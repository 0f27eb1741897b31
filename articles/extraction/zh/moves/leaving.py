"""Rules for those who leave, resign or are put out: 离开, 离职, 卸任, 解雇, 流失."""

from __future__ import annotations

import re
from dataclasses import replace

from articles.extraction.claims import Cohort, MoveEnd, MoveKind
from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.patterns import either
from articles.extraction.zh.moves.cohorts import number
from articles.extraction.zh.moves.drafts import family
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.objects import describes_others, members_after, named_after
from articles.extraction.zh.moves.parties import Place, Who, key_of
from articles.extraction.zh.moves.places import is_anaphor, origin_before, place_after
from articles.extraction.zh.moves.record import add
from articles.extraction.zh.moves.roles import role_text
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import subjects, who_at

_ONE = re.compile(r"^(?:首席.*|C[A-Z]O|CHRO|总裁|副总裁|董事长|总经理|负责人|总监|院长|高管|一号位|掌门人|技术负责人)$")


_DESCRIBES = re.compile(
    r"的(?!消息|原因|决定|传闻|时候|背后|理由|新闻|报道|同时|事情|时间|日期|当天|背景|可能|真相|意愿|想法|艰难|打算|计划|声明|帖|推文|公开信|主要|直接|方式|影响|事实)[\u4e00-\u9fffA-Z]"
)


# 被裁撤的岗位: jobs go, not whom the text speaks of.
JOBS_GO = re.compile(
    r"[撤减]?了?的(?:[^,。;的]{0,6})(?:岗位|职位|部门|业务|团队|员工|人员|人数|人(?=[,。;都也均将])|(?:主要|大多|多数|基本|几乎)?(?:都|是|都是))"
)

# 离职员工 and 离职手续 name no event.
_ADJECTIVE = re.compile(
    r"(?:的)?(?:员工|人员|研究人员|高管|者|同事|团队|手续|证明|原因是|倾向|补偿|文件|协议|人数|人士|成员|研究员|工程师|科学家|前员工|门槛|威胁|意向|名单|风波|浪潮|潮|事件|的人|率|申请|计划|方案|年龄|福利)"
)


_LEAVE_OBJECT = (
    "离开",
    "出走",
    "退出",
    "告别",
    "作别",
    "挥别",
    "脱离",
    "被赶出",
    "被踢出",
    "被逐出",
    "辞别",
    "离职",
    "流失",
    "被迫离开",
    "被驱逐",
)


_TOTAL = re.compile(r"(?:达到?|增至|升至|增加到|累计|共计?) ?(\d{1,3}|[两二三四五六七八九十]{1,3}) ?[位名人个]")


def leave(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 离开 A, X 从 A 离职, X 的离职."""
    if verb.text.startswith("被") and JOBS_GO.match(scene.text, verb.end):
        return
    if _ADJECTIVE.match(scene.text, verb.end) or _NOT_SO.search(
        scene.text[max(scene.sentence.start, verb.start - 8) : verb.start]
    ):
        return
    if _is_catchword(scene, verb):
        return
    reach = 0 if _AND_THEN.match(scene.text, verb.end) else 2 if verb.text == "离职" else 24
    place = (
        place_after(finder, scene, verb.end, verb.clause, reach=reach)
        if verb.text.removesuffix("了") in _LEAVE_OBJECT
        else None
    )
    place = place or origin_before(scene, verb)
    end = place.end if place and place.start >= verb.end else verb.end
    people = named_after(finder, scene, verb, end)
    own = subjects(finder, scene, verb) if not people or _AMONG.match(scene.text, end) else []
    people = [w for w in own if w.cohort] if people and own else people or own
    people = people or (who_left_before(finder, scene, verb, end) if place else [])
    if not people and place is None:
        _unnamed(finder, scene, verb)
    if people and describes_others(scene, verb, end, people) and people[0].token.start < verb.start:
        return
    if not people or (_DESCRIBES.match(scene.text, end) and people[0].token.start < verb.start):
        return
    if verb.text in ("退出", "告别", "脱离", "作别", "挥别") and place is None and not _one_by_one(scene, verb, people):
        return
    if verb.text in _WALKS_OUT and (place is None or len(scene.text[place.end : verb.start].strip()) > 2):
        return
    if place is None and verb.text in ("离开", "离开了") and not _leaves_work(finder, scene, verb):
        return
    kind: MoveKind = "founding" if _founds_next(scene, verb) else "departure"
    people = [_totalled(scene, who) for who in people]
    people += [member for who in people for member in members_after(finder, scene, max(end, verb.end), who)]
    for who in people:
        if who.cohort and verb.text.startswith("被"):
            continue
        if place is None and _left_already(finder, who, scene.index):
            continue
        origin = origin_of(finder, scene, verb, who, place)
        if origin is None:
            continue
        if place is None and _others_of(finder, scene, who):
            origin = finder.drafts[-1].origin or origin
        elif who.cohort and not place and not who.posts and not any(t.kind == "org" for t in scene.tokens):
            if not _counted_staff(finder, scene, who):
                continue
        elif who.cohort and who.cohort.min in (None, 1) and not place and not who.posts:
            lead = scene.text[max(0, who.token.start - 3) : who.token.start]
            names = {t.organisation.name for t in scene.tokens if t.kind == "org" and t.organisation}
            many = re.match(
                either(table("zh/moves")["people"]["in_numbers"]), scene.text[who.token.end : who.token.end + 4]
            )
            if many and names:
                lead = "有"
            if who.cohort.min or len(names) != 1 or not re.search(r"另有|还有|已有|也有|又有|有$", lead):
                continue
        if kind == "founding" and place is None and _FOUNDS_THIS.match(scene.text, verb.end):
            continue
        add(finder, scene, verb, who, origin=origin, kind=kind, rule="leave", confidence=0.9 if place else 0.75)
        _joined_before(finder, scene, who, origin)


# 另外三人选择离开: the rest of those told of just before.
_REST = re.compile(r"(?:另外|其余|剩下的?|另有|还有) ?$")


def _others_of(finder: Finder, scene: Scene, who: Who) -> bool:
    last = finder.drafts[-1] if finder.drafts else None
    if who.cohort is None or who.cohort.min is None or last is None or last.origin is None or not last.cohort:
        return False
    near = scene.index - last.sentence <= 1
    return near and bool(_REST.search(scene.text, max(scene.sentence.start, who.token.start - 4), who.token.start))


def _counted_staff(finder: Finder, scene: Scene, who: Who) -> bool:
    """今年已有 6 位核心研究员离职: of the one firm spoken of right before, where they are counted by their trade."""
    cohort = who.cohort
    if cohort is None or not cohort.min or cohort.min < 2 or not _TRADE.search(cohort.text):
        return False
    return finder.employer is not None and scene.index - finder.employer_sentence <= 1


_TRADE = re.compile(r"(?:研究员|科学家|工程师|高管|骨干|负责人|创始人|联创|副总裁|总监|核心成员)$")


# B 的创始人 X 离职创立了这家公司: not B is left.
_FOUNDS_THIS = re.compile(r"[^。;]{0,8}(?:创立|创办|创建)了?(?:这家|该)")


# A 的联合创始人 X、Y 先后退出: those of whom it is told have a post to leave.
_IN_TURN = re.compile(r"(?:先后|相继|陆续|接连|纷纷|悄然|黯然)$")


def _one_by_one(scene: Scene, verb: Token, people: list[Who]) -> bool:
    told = _IN_TURN.search(scene.text, max(scene.sentence.start, verb.start - 4), verb.start)
    ends = re.match(r"了?(?:[,。;!?”]|$)", scene.text[verb.end : verb.end + 2])
    return bool(told and ends) and all(any(p.organisation for p in w.posts) for w in people)


# 离开后到 B: B is not what is left.
_AND_THEN = re.compile(r"了?(?:之|以)?后,?(?:便|就|又|随即|转而)?(?:到|去|赴|加入|前往|进入|在)")


def _is_catchword(scene: Scene, verb: Token) -> bool:
    """百度一边“引退”: the verb alone between quotation marks, behind an organisation, tells of no person."""
    if scene.text[verb.start - 1 : verb.start] != "“" or scene.text[verb.end : verb.end + 1] != "”":
        return False
    acting = next(
        (t for t in reversed(scene.tokens) if t.kind in ("org", "person", "group") and t.end <= verb.start), None
    )
    return acting is not None and acting.kind == "org"


# Verbs that leave an employer only right behind 从 A.
_WALKS_OUT = ("出来", "走出", "走出来")
# 不是自愿辞职 tells how, not that.
_NOT_SO = re.compile(r"(?:不是|并非|是否|非)(?:自愿|主动|被动|被迫)? ?$")


# Who is named behind the verb is of the group before it: 三位高管离职，包括 X.
_AMONG = re.compile(r"[^,。的]{0,6}[, ]{1,2}(?:其中)?(?:包括|比如|例如)")


def who_left_before(finder: Finder, scene: Scene, verb: Token, end: int) -> list[Who]:
    """离开 A 后，X 转投 B: X, where the next clause begins with the name."""
    tail = scene.text[end : scene.bounds[verb.clause][1]]
    if not re.fullmatch(r"[^,。]{0,12}(?:之?后|不久|以来|期间|[年月天周])[^,。]{0,6}", tail.strip()):
        return []
    for token in scene.clause_tokens(verb.clause + 1):
        if token.kind == "person":
            who = who_at(finder, scene, token)
            first = min([token.start, *(p.start for p in who.posts)])
            return [who] if first - scene.bounds[verb.clause + 1][0] <= 6 else []
        if token.kind not in ("title", "org", "and"):
            return []
    return []


# Words that tell, in passing, when somebody had come: 去年才加入的产品负责人 X.
_CAME = re.compile(
    r"(?:去年|前年|今年|\d{4} ?年)(?:[初中底末]|\d{1,2} ?月份?)?"
    r"(?P<came>[才刚新方]{1,2}(?:加入|入职|加盟))(?:了|公司|该公司)?的"
)


def _joined_before(finder: Finder, scene: Scene, who: Who, origin: MoveEnd) -> None:
    """Adds the arrival that a modifier of the leaver's name tells, and keeps its year from the departure."""
    left = finder.drafts[-1]
    came = _CAME.search(scene.text, max(scene.bounds[who.token.clause][0], who.token.start - 40), who.token.start)
    if came is None or not who.person or re.search(r"[,。;、]", scene.text[came.end() : who.token.start]):
        return
    arrival = MoveEnd(origin.org, origin.team, None)
    past = Span(came.start("came"), came.end())
    finder.write(
        replace(
            left, origin=None, destination=arrival, kind="hire", rule="zh.joined_before", background=True, clause=past
        )
    )
    left.clause = Span(came.end(), left.clause.end if left.clause else left.span.end)


def _totalled(scene: Scene, who: Who) -> Who:
    """又一位创始人离职，两天内达到 2 位: the group is as many as the count has come to."""
    lead = scene.text[max(scene.sentence.start, who.token.start - 3) : who.token.start]
    if who.cohort is None or who.cohort.min != 1 or not re.search(r"[又再] ?$", lead):
        return who
    total = _TOTAL.search(scene.text, who.token.end, scene.sentence.end)
    count = number(total[1]) if total else None
    return replace(who, cohort=Cohort(total[0], count, count)) if total and count else who


def _unnamed(finder: Finder, scene: Scene, verb: Token) -> None:
    """甲公司 CTO 离职: one person told by a title alone."""
    for token in reversed(scene.tokens):
        if token.clause != verb.clause or token.end > verb.start or token.kind in ("say", "by"):
            continue
        gap = re.sub(r"\([^()]*\)", "", scene.text[token.end : verb.start])
        if (
            token.kind != "title"
            or not _ONE.search(token.text)
            or len(gap.strip()) > 12
            or re.search(r"[的、,们]", gap)
        ):
            return
        org = next(scene.before(token, "org"), None)
        lead = scene.text[scene.bounds[verb.clause][0] : org.start].strip(" “”\"'前原") if org else "-"
        if org is None or org.organisation is None or token.start - org.end > 16 or lead:
            return
        bracket = re.match(r"\([^()]{1,12}\)", scene.text[token.end : token.end + 14])
        text = scene.text[org.start : token.end + (bracket.end() if bracket else 0)]
        role = scene.text[org.end : token.end].strip(" 的前原")
        who = Who(Token("group", org.start, token.end, clause=verb.clause), cohort=Cohort(text, 1, 1))
        kind: MoveKind = "founding" if _founds_next(scene, verb) else "departure"
        origin = MoveEnd(org.organisation.name, org.organisation.team, role)
        add(finder, scene, verb, who, origin=origin, kind=kind, rule="unnamed", confidence=0.5)
        return


def _left_already(finder: Finder, who: Who, sentence: int) -> bool:
    """Whether the person's departure has been told: a bare 离职 speaks of it again."""
    drafts = [d for d in finder.told(key_of(who)) if d.status not in ("declined", "denied") and not d.background]
    told = [i for i, d in enumerate(drafts) if d.origin and d.kind != "internal"]
    arrived = [i for i, d in enumerate(drafts) if d.destination and d.kind != "internal"]
    if not told:
        return False
    last = drafts[arrived[-1]] if arrived else None
    fresh = bool(last) and arrived[-1] >= told[-1] and last is not None and last.sentence == sentence
    if last and any(i > arrived[-1] and family(drafts[i].origin) == family(last.destination) for i in told):
        return True
    return not fresh


def _leaves_work(finder: Finder, scene: Scene, verb: Token) -> bool:
    """离开 without a name: of the company, or at the end of what is said."""
    tail = scene.text[verb.end : verb.end + 8].lstrip("了 ")
    if scene.text[verb.start - 1 : verb.start] == "的" and verb.start - 1 in scene.name_ends:
        return True
    return (
        is_anaphor(scene, verb.end)
        or bool(
            re.match(
                r"(?:[,。;!?”)]|后|之后|的|时|$|—|自己(?:工作|任职|创|效力|一手)|一家|这|位于|前|,|原|去|并|加)", tail
            )
        )
        or not tail
    )


def _founds_next(scene: Scene, verb: Token) -> bool:
    tail = scene.text[verb.end : min(scene.sentence.end, verb.end + 30)]
    tail = re.split(r"[前后]者", tail)[0]
    return bool(_FOUNDS.search(tail)) and "创业公司" not in tail


_FOUNDS = re.compile(
    r"创业|自己(?:去)?(?:办|开|做|搞|创)了?一?家|(?:办|开)了?一?家[^,。;]{0,12}(?:公司|企业)|另起炉灶|自立门户|创办|创立|创建|单干|筹备[^,。;]{0,14}(?:公司|创业|项目|企业)"
)


def origin_of(finder: Finder, scene: Scene, verb: Token, who: Who, place: Place | None) -> MoveEnd | None:
    """The employer left: said, in the title, known from before, or the one the text is about."""
    if place:
        match = next((p for p in who.posts if p.organisation and p.organisation.name == place.organisation.name), None)
        post = match or next((p for p in who.posts if p.role and not p.organisation), None)
        team, role = (post.team, post.role) if post else (None, None)
        return MoveEnd(place.organisation.name, place.team or team, role)
    post = finder.current_post(who)
    if place is None and verb.kind == "leave" and not (post and post.organisation):
        post = None
    role = next((p.role for p in who.posts if p.role), None)
    if post and post.organisation:
        return MoveEnd(post.organisation.name, post.team, role or post.role)
    if re.search(r"接替|取代|代替", scene.text[scene.bounds[verb.clause][0] : verb.start]):
        told = next(
            (d.destination for d in reversed(finder.drafts[-8:]) if d.destination and d.sentence == scene.index), None
        )
        if told:
            return MoveEnd(told.org, told.team, told.role)
    topic = finder.topic(scene, verb.start)
    return MoveEnd(topic.name, topic.team, role) if topic else None


def resign(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 卸任 A 的 R, 不再担任 R."""
    people = subjects(finder, scene, verb)
    place = place_after(finder, scene, verb.end, verb.clause, reach=12)
    if "任何" in scene.text[verb.end : verb.end + 8]:
        return
    for who in people:
        origin = origin_of(finder, scene, verb, who, place)
        if origin is None or not origin.org:
            continue
        role = role_text(scene, place.end if place else verb.end, scene.bounds[verb.clause][1])
        stays = re.search(
            r"保留|继续担任|仍(?:将)?(?:担任|任)|转任|改任|转为|转而|[,，]调任",
            scene.text[verb.end : scene.sentence.end],
        )
        stays = stays or re.search(r"转岗|调岗|调任|转任", scene.text[scene.sentence.start : verb.start])
        runs = _RUNS_NOW.search(scene.text, verb.end, scene.sentence.end)
        kind: MoveKind = "internal" if stays or runs else "departure"
        origin = MoveEnd(origin.org, origin.team, role or origin.role)
        add(finder, scene, verb, who, origin=origin, kind=kind, rule="resign", confidence=0.75)
        if runs:
            told = finder.drafts[-1]
            arrival = MoveEnd(origin.org, runs["team"], None)
            finder.write(replace(told, origin=None, destination=arrival, rule="zh.runs_now"))


# The new post that follows a resignation where it lies in the same firm: 现与 Y 共同运营其研究实验室.
_RUNS_NOW = re.compile(
    r"[,;。(] ?(?:现在|现|如今|目前)(?:[他她]|正|则|已|将)?(?:[与和同][^,。;]{1,24}?)?(?:一起|共同|联合)?"
    r"(?:运营|领导|负责|带领|主持|管理|执掌) ?(?:着|了)?(?!自己|[他她]自己|一家)"
    r"(?:其|该公司|公司|同一公司)?(?:的|内部的?)?"
    r"(?P<team>[^,。;]{0,30}?(?:实验室|团队|部门|研究院|事业部|业务|Labs?|Team))"
)

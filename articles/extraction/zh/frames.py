"""The rules of Chinese moves: for each kind of verb, who went from where to where."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from articles.extraction.claims import Cohort, MoveEnd, MoveKind, Status
from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention
from articles.extraction.patterns import either
from articles.extraction.zh.drafts import Draft, family
from articles.extraction.zh.finder import Finder, Place, Who, person_name
from articles.extraction.zh.scene import Scene, Token
from articles.extraction.zh.titles import Post, team_in

_TRIM = " ,。;:、!?“”\"'()的一职兼《》*"
_ROLE_END = re.compile(
    r"[,。;:!?\n()]|并|即被|后被|之后|后,|以来|期间|一职|的职务|职务|职位|的新角色|,|以(?=帮助|加|推|领|扩|进)|长达|直至|达?\d+年|超过\d|(?<=[官裁监EOT师理任员家事授长席])(?:的职|[以来])"
)


def find_drafts(finder: Finder, scene: Scene) -> None:
    """Reads one sentence: every verb in order, with what it tells of the people around it."""
    finder.remember(scene)
    finder.carried.clear()
    _before_working(finder, scene)
    _all_from(finder, scene)
    _was_a(finder, scene)
    elsewhere = _elsewhere(scene)
    if elsewhere and not any(o.known for o in scene.sentence.organisations):
        return
    for clause, (_, _end) in enumerate(scene.bounds):
        tokens = scene.clause_tokens(clause)
        for token in tokens:
            rule = _RULES.get(token.kind)
            if elsewhere and token.kind not in ("join", "found"):
                continue
            if rule is not None and not _is_wish(scene, token):
                rule(finder, scene, token)
        _carry(finder, scene, clause, tokens)
    _remember_subject(finder, scene)


def _before_working(finder: Finder, scene: Scene) -> None:
    """在 B 之前，X 在 A 担任 R: from A to B."""
    for clause, (start, end) in enumerate(scene.bounds[:-1]):
        match = re.fullmatch(
            r"[ “”]*在(?P<place>[^,。]{1,30}?)(?:任职|工作|公司|就职)?(?:之前|以前)", scene.text[start:end].strip()
        )
        orgs = [t for t in scene.clause_tokens(clause) if t.kind == "org" and t.organisation]
        if (
            not match
            or len(orgs) != 1
            or any(t.kind in ("join", "return", "found", "take") for t in scene.clause_tokens(clause))
        ):
            continue
        people = [t for t in scene.clause_tokens(clause + 1) if t.kind == "person"]
        who = [finder.who(scene, people[0])] if people else finder.last
        verb = Token("join", orgs[0].end, orgs[0].end, clause=clause)
        assert orgs[0].organisation
        place = Place(orgs[0].organisation, orgs[0].organisation.team, orgs[0].start, orgs[0].end)
        if who and who[0].person:
            _earlier_posts(finder, scene, who[:1], place, start=end, verb=verb)


def _all_from(finder: Finder, scene: Scene) -> None:
    """B 的两位创始人都是 A 的前员工: from A, to B where they founded it."""
    for token in scene.tokens:
        match = _ALL_FROM.match(scene.text, token.end) if token.kind == "group" else None
        place = finder.place_after(scene, match.end(), token.clause, reach=6) if match else None
        if not place or not re.match(
            r" ?(?:公司)?(?:的?[^,。]{0,8}前|出身|的?老)", scene.text[place.end : place.end + 14]
        ):
            continue
        who = finder.who(scene, token)
        own = who.posts[0].organisation if who.posts else None
        before = scene.text[max(0, token.start - 3) : token.start]
        if own is None and re.search(r"(?:后者|其)的?$", before):
            own = next(
                (t.organisation for t in reversed(scene.tokens) if t.kind == "org" and t.end <= token.start), None
            )
        founded = own if own and re.search("创始|创办", token.cohort.text if token.cohort else "") else None
        destination = MoveEnd(founded.name, founded.team, None) if founded else None
        kind: MoveKind = "founding" if founded else "departure"
        _add(
            finder,
            scene,
            token,
            who,
            origin=finder.end(place),
            destination=destination,
            kind=kind,
            rule="all_from",
            confidence=0.7,
        )


_ALL_FROM = re.compile(r" ?(?:都|均|皆|全都|全)(?:曾)?(?:是|为|来自|出自|任职于)")


def _was_a(finder: Finder, scene: Scene) -> None:
    """X 此前是 A 的 R, after X's arrival was told: where X came from."""
    for token in scene.tokens:
        if token.kind != "person" or not token.person:
            continue
        for post in finder._is_a(scene, token):
            if post.former and re.match(r"(?:\([^()]{1,40}\))? ?(?:此前|曾)", scene.text[token.end : token.end + 50]):
                _came_from(finder, scene, token, finder.who(scene, token), finder.post_end(post))


def _came_from(finder: Finder, scene: Scene, token: Token, who: Who, end: MoveEnd | None) -> None:
    """Gives the origin to the arrival told just before."""
    previous = next(
        (d for d in reversed(finder.drafts) if d.who == _key(who) and d.destination and scene.index - d.sentence <= 4),
        None,
    )
    if not end or not previous or not previous.destination or previous.kind not in ("hire", "founding", "return"):
        return
    if previous.origin is None and previous.destination.org != end.org and not previous.background:
        _add(
            finder,
            scene,
            token,
            who,
            origin=end,
            kind="departure",
            rule="earlier_post",
            confidence=0.6,
            status="reported",
        )


def _carry(finder: Finder, scene: Scene, clause: int, tokens: list[Token]) -> None:
    """What the next clauses take for their subject where they have none."""
    if clause in finder.carried:
        return
    for index, token in enumerate(tokens):
        if token.kind in ("hire", "appoint", "remove") and clause not in finder.carried:
            return
        if token.kind in ("person", "group") and not finder._is_led(scene, token, _END_TOKEN(scene, clause)):
            group = finder._with_listed(scene, tokens, _last_listed(scene, tokens, index))
            finder.carried[clause] = group
            return
        if token.kind == "org" and finder._acts(scene, token, _END_TOKEN(scene, clause)):
            return


def _last_listed(scene: Scene, tokens: list[Token], index: int) -> int:
    """The last name of the list that ``tokens[index]`` begins."""
    at = index
    for later in range(index + 1, len(tokens)):
        kind = tokens[later].kind
        if kind in ("person", "group"):
            if any(t.kind == "and" for t in tokens[at + 1 : later]) and not any(
                t.kind not in ("and", "title", "org") for t in tokens[at + 1 : later]
            ):
                at = later
            else:
                break
        elif kind not in ("and", "title", "org"):
            break
    return at


def _END_TOKEN(scene: Scene, clause: int) -> Token:
    end = scene.bounds[clause][1]
    return Token("", end, end, clause=clause)


def _remember_subject(finder: Finder, scene: Scene) -> None:
    for clause in sorted(finder.carried):
        if finder.carried[clause]:
            finder.last, finder.last_sentence = finder.carried[clause], scene.index
            break
    orgs = [t for t in scene.tokens if t.kind == "org" and t.organisation and not finder._is_outlet(t)]
    if orgs:
        finder.employer, finder.employer_sentence = orgs[0].organisation, scene.index


@cache
def _other_worlds() -> re.Pattern[str]:
    scope = table("zh/moves")["scope"]
    return re.compile(either([*scope["sport"], *scope["politics"]]))


def _elsewhere(scene: Scene) -> bool:
    """Whether the sentence tells of sport or politics."""
    return bool(_other_worlds().search(scene.text, scene.sentence.start, scene.sentence.end))


# Manner: does it happen, is it planned?


def _lead(scene: Scene, verb: Token, reach: int = 14) -> str:
    """The words of the clause right before the verb, as far as the last name."""
    left = scene.bounds[verb.clause][0]
    for token in reversed(scene.tokens):
        if token.end <= verb.start and token.kind in ("person", "group"):
            left = max(left, token.end)
            break
    return scene.text[max(left, verb.start - reach) : verb.start]


@cache
def _manner() -> dict[str, re.Pattern[str]]:
    data = table("zh/moves")["function"]
    return {
        key: re.compile(either(data[key])) for key in ("attempt", "decline", "not", "rumour", "plan", "past", "new")
    }


def _is_wish(scene: Scene, verb: Token) -> bool:
    """Whether the clause only wishes, asks or supposes it."""
    lead = _lead(scene, verb, 24)
    clause = scene.text[scene.bounds[verb.clause][0] : verb.start]
    if verb.kind in ("found", "hold"):
        return bool(re.search(r"如果|假如|倘若|希望|邀请|试图", lead))
    sentence = scene.text[scene.sentence.start : verb.start]
    return bool(_manner()["attempt"].search(lead)) or bool(
        re.search(r"如果|假如|倘若|若是|一旦|是否(?!认)", clause) or re.match(r"[ \-*“]*(?:如果|假如|倘若)", sentence)
    )


def status_of(scene: Scene, verb: Token) -> Status | None:
    """What the words beside the verb say of whether it happens; None: it happened."""
    lead = _lead(scene, verb)
    clause = scene.text[scene.bounds[verb.clause][0] : scene.bounds[verb.clause][1]]
    if _manner()["decline"].search(lead):
        return "declined"
    sentence = scene.text[scene.sentence.start : scene.sentence.end]
    if re.search(r"否认|辟谣|不实|不属实", clause) or re.search(
        r"谣言|不属实|消息不实|子虚乌有|予以否认|辟谣", sentence
    ):
        return "denied"
    if re.search(r"(?:不会|没有|并未|并没有|从未|无意|不打算|尚未|未曾|没|未) ?$", lead):
        return "declined"
    if _manner()["rumour"].search(re.sub(r"或(?:其|者|许)", "", lead)) and "宣布" not in lead:
        return "rumoured"
    if re.search(r"将(?!其|他|她|近|军)|即将|拟|计划|打算|准备(?!团队)|预计|会$|要$", lead):
        return "planned"
    return None


# Building


def _quote(scene: Scene, *tokens: Token) -> Span:
    """Whole clauses from the first to the last of the tokens that are in this sentence."""
    clauses = [t.clause for t in tokens if scene.sentence.start <= t.start < scene.sentence.end]
    start, end = scene.bounds[min(clauses)][0], scene.bounds[max(clauses)][1]
    text = scene.text
    while start < end and text[start] in " \n>*#-•,;:”、)。":
        start += 1
    while end > start and text[end - 1] in " \n。,;:!?":
        end -= 1
    return Span(start, end)


def _add(
    finder: Finder,
    scene: Scene,
    verb: Token,
    who: Who,
    *,
    origin: MoveEnd | None = None,
    destination: MoveEnd | None = None,
    kind: MoveKind,
    rule: str,
    confidence: float = 0.8,
    extra: tuple[Token, ...] = (),
    background: bool = False,
    status: Status | None = None,
) -> None:
    if not (origin or destination):
        return
    near = (who.token,) if who.token.start >= scene.sentence.start else ()
    finder.drafts.append(
        Draft(
            person=person_name(who),
            cohort=who.cohort,
            origin=origin,
            destination=destination,
            kind=kind,
            span=_quote(scene, verb, *near, *extra),
            sentence=scene.index,
            rule=f"zh.{rule}",
            confidence=confidence,
            status=status or status_of(scene, verb),
            background=background,
            clause=Span(scene.bounds[verb.clause][0], verb.end),
        )
    )


def role_after(scene: Scene, start: int, clause: int, later: bool = True) -> str | None:
    """The post that 担任 and its like give right of ``start``, in this clause or the next."""
    for bound in scene.bounds[clause : clause + (2 if later else 1)]:
        for token in scene.tokens:
            if (
                token.kind in ("hold", "take")
                and token.text in _ROLE_VERBS
                and max(bound[0], start) <= token.start < bound[1]
            ):
                if bound[0] > start and token.start - bound[0] > 4:
                    continue
                if any(t.kind == "person" and start <= t.start and t.end <= token.start for t in scene.tokens):
                    continue
                return role_text(scene, token.end, bound[1], whole=token.text if token.text in _DUTIES else "")
    return None


_ROLE_VERBS = (
    "担任",
    "任",
    "出任",
    "就任",
    "成为",
    "作为",
    "负责",
    "领导",
    "带领",
    "兼任",
    "做",
    "主管",
    "从事",
    "掌管",
    "当",
    "接任",
    "接手",
    "执掌",
)
_DUTIES = ("负责", "领导", "带领", "主管", "从事", "掌管", "接手", "执掌")


def role_text(scene: Scene, start: int, end: int, whole: str = "") -> str | None:
    text = scene.text[start:end]
    stop = _ROLE_END.search(text)
    role = text[: stop.start()] if stop else text
    for token in scene.tokens:
        if token.kind == "org" and start <= token.start < start + len(role) and not whole:
            prefix = scene.text[start : token.start].strip()
            if prefix in ("", "了", "为", "在", "该") or len(prefix) <= 2:
                role = scene.text[token.end : start + len(role)]
                break
    if re.match(r"(?:之?后|以来|之?前|时|期间)", role):
        return None
    role = re.sub(
        r"^(?:了|为|成|我们的|首位|首任|公司|该公司|其|旗下|新任|新的|新|的|一名|一位|下一任|该校|,)+",
        "",
        role.strip(_TRIM),
    ).strip(_TRIM)
    role = role.split("的新")[-1] if role.startswith("公司") else role
    if not role or len(role) > 40:
        return None
    return whole + role if whole else role


# Rules


def join(finder: Finder, scene: Scene, verb: Token) -> None:
    """X(从 A)加入 B(担任 R)."""
    if _noun_phrase(scene, verb):
        return
    inverted = re.match(r"(?:了)?的(?:还|也)?(?:有|是|包括)", scene.text[verb.end : verb.end + 6])
    places = (
        [] if inverted else finder.places_after(scene, verb.end, verb.clause) or _listed_rivals(finder, scene, verb)
    )
    people = _named_after(finder, scene, verb, places[-1].end if places else verb.end) or finder.subjects(scene, verb)
    if not people:
        return
    anaphor = bool(inverted) or (not places and finder.anaphor(scene, verb.end))
    if not places and _team_of_person(finder, scene, verb, people):
        return
    if not places:
        if not (anaphor or verb.text in _ABSOLUTE_JOINS):
            return
        topic = _joined_topic(finder, scene, verb, people) if anaphor or _bare(scene, verb) else None
        if topic is None:
            return
        places = [Place(topic, topic.team, verb.end, verb.end)]
    if verb.text in _WEAK_JOINS and not _is_employer(places[0], people):
        return
    if re.search(
        r"攻读|就读|学习|留学|交流|访问|深造|参观|出席|演讲|做客|博士学位|硕士",
        scene.text[places[0].end : scene.bounds[verb.clause][1]],
    ):
        return
    if _describes_others(scene, verb, places[-1].end, people):
        return
    if people[0].cohort and any(
        t.kind == "hire" and t.end <= people[0].token.start for t in scene.clause_tokens(verb.clause)
    ):
        return
    origin = finder.origin_before(scene, verb)
    if origin is None and places[0].start > scene.bounds[verb.clause][1]:
        topic = finder.topic(scene, verb.start)
        origin = Place(topic, topic.team, verb.start, verb.start) if topic else None
    if re.search(r"(?:认为|觉得|视|等于|意味着|关于|对于) ?$", _lead(scene, verb)):
        return
    if origin is None and people[0].cohort and people[0].cohort.text in table("zh/moves")["people"]["whole"]:
        origin = _whole_of(finder, scene, people[0], places[0])
    before = _told_before(scene, verb, places[-1].end)
    role = None if before else role_after(scene, places[-1].end, verb.clause)
    for who in people:
        for place in places if who.cohort else places[:1]:
            kind: MoveKind = "hire"
            start = (
                finder.end(origin)
                or _title_origin(finder, who, place)
                or _bought(scene, verb, place)
                or (
                    _shared_origin(finder, who, place)
                    if verb.start > 2 and "同时" in scene.text[verb.start - 3 : verb.start]
                    else None
                )
            )
            if start and start.org == place.organisation.name:
                start = None
            if "重新" in _lead(scene, verb) or "再次" in _lead(scene, verb):
                kind = "return"
            _add(
                finder,
                scene,
                verb,
                who,
                origin=None if before and not origin else start,
                destination=MoveEnd(place.organisation.name, place.team, role),
                kind=kind,
                rule="join",
                confidence=0.9 if not anaphor else 0.7,
                background=before,
                status="reported" if before else None,
            )
            _learn(finder, who, place, role, scene, verb)
    if before:
        _before_joining(finder, scene, verb, people, places[0])


def _joined_topic(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> OrganisationMention | None:
    """The organisation joined where it is not named again: the one spoken of that is no title's."""
    titles = {p.organisation.name for w in people for p in w.posts if p.organisation}
    topics = finder.reading.topics[:1] if finder.anaphor(scene, verb.end) else []
    ours = "我" in scene.text[scene.bounds[verb.clause][0] : verb.end + 4]
    named = (
        []
        if ours
        else [
            t.organisation for t in scene.tokens if t.kind == "org" and t.end <= verb.start and not finder._is_outlet(t)
        ]
    )
    for mention in (*topics, *reversed(named), None if ours else finder.employer, finder.headline()):
        if mention and mention.name not in titles:
            return mention
    return None


def _listed_rivals(finder: Finder, scene: Scene, verb: Token) -> list[Place]:
    """跳槽到了竞争对手那里，包括 A、B 和 C."""
    rivals = table("zh/moves")["company"]["rivals"]
    clause = verb.clause + 1
    if clause >= len(scene.bounds) or not any(r in scene.text[verb.end : scene.bounds[verb.clause][1]] for r in rivals):
        return []
    start, end = scene.bounds[clause]
    opened = re.match(r" *(?:其中)?(?:包括|比如|例如|如)", scene.text[start:end])
    return finder.places_after(scene, start + opened.end(), clause) if opened else []


def _named_after(finder: Finder, scene: Scene, verb: Token, end: int) -> list[Who]:
    """选择离开的有 X、Y; 同时加入 B 的，还有 X; 人员流失，包括 X: names that follow the verb."""
    tail = scene.text[end : min(scene.sentence.end, end + 40)]
    opened = re.match(
        r"[^,。的]{0,8}(?:的|人员|者)?[, ]{0,2}(?:还|也|就|主要|分别)?(?:有|包括|是)(?!望|关|意|可能)|[^,。的]{0,6}[, ]{1,2}(?:其中)?(?:包括|比如|例如)",
        tail,
    )
    if opened and (verb.text == "流失" or "的" in opened[0] or ",包括" in opened[0]):
        return _listed_people(finder, scene, end + opened.end())
    relative = re.match(r"的 ?", tail)
    if relative or (verb.kind in ("join", "leave") and not tail[:1].isspace() and tail[:1] not in ",。"):
        start = end + (relative.end() if relative else 0)
        for token in scene.tokens:
            if token.start >= start and token.kind == "person" and token.clause == verb.clause:
                posts = finder.who(scene, token).posts
                first = min([token.start, *(p.start for p in posts)])
                if relative and (
                    first - start <= 4 or (token.start - start <= 12 and _titled(scene, start, token.start))
                ):
                    return [finder.who(scene, token)]
                break
    return []


def _whole_of(finder: Finder, scene: Scene, who: Who, place: Place) -> Place | None:
    """全员将加入 B: everybody of the organisation named before in the sentence."""
    for token in reversed(scene.tokens):
        if (
            token.kind == "org"
            and token.end <= who.token.start
            and token.organisation
            and token.organisation.name != place.organisation.name
        ):
            return Place(token.organisation, None, token.start, token.end)
    return None


def _describes_others(scene: Scene, verb: Token, end: int, people: list[Who]) -> bool:
    """那些早期加入 B 的员工: the clause has no subject of its own and describes somebody else."""
    own = scene.bounds[verb.clause][0] <= people[0].token.start < scene.bounds[verb.clause][1]
    tail = scene.text[max(end, verb.end) : scene.bounds[verb.clause][1]]
    return not own and bool(
        re.match(
            r"[^,。]{0,20}的[^,。]{0,14}?(?:员工|人员|研究员|高管|工程师|科学家|人才|成员|人士|团队|公司|大公司|者|人(?!工))",
            tail,
        )
    )


def _titled(scene: Scene, start: int, end: int) -> bool:
    return any(t.kind == "title" and start <= t.start and t.end == end for t in scene.tokens)


def _listed_people(finder: Finder, scene: Scene, start: int) -> list[Who]:
    """Every person from ``start`` to the end of the sentence's list."""
    found: list[Who] = []
    right = start
    for token in scene.tokens:
        if token.kind not in ("person", "group") or token.start < start:
            continue
        gap = scene.text[right : token.start]
        if len(gap) > 40 or re.search(r"[。;]", gap) or (found and not re.search(r"[、,和与及]", gap)):
            break
        if not re.match(r"(?:\([^)]*\))? ?的(?!两|几|多|一)", scene.text[token.end : token.end + 40]):
            found.append(finder.who(scene, token))
        right = token.end
    return found


def _shared_origin(finder: Finder, who: Who, place: Place) -> MoveEnd | None:
    """同时加入 B 的还有 Y: from where the one told before came."""
    last = finder.drafts[-1] if finder.drafts else None
    return last.origin if last and last.destination and last.origin and last.sentence == finder.index else None


_ABSOLUTE_JOINS = ("入职", "加盟", "加入", "空降", "报到", "跳槽")
_WEAK_JOINS = (
    "进入",
    "投身",
    "来到",
    "前往",
    "进了",
    "去了",
    "投入",
    "入局",
    "流入",
    "转至",
    "转到",
    "转去",
    "去往",
    "奔赴",
    "并入",
    "跳到",
    "跳去",
    "流向",
    "投向",
)


def _is_employer(place: Place, people: list[Who]) -> bool:
    return place.organisation.known and all(w.person or (w.cohort and w.posts) for w in people)


def _bare(scene: Scene, verb: Token) -> bool:
    """Whether nothing follows the verb in its clause but 了, 的消息 and the like."""
    tail = scene.text[verb.end : scene.bounds[verb.clause][1]]
    return bool(
        re.fullmatch(
            r"[了。!?”\"' ]*|(?:了)?(?:这|那)(?:个|支|家)[^,。]{0,16}(?:团队|公司|企业|大家庭)[^,。]{0,6}|的?(?:消息|传闻|计划)[^,。]{0,6}|后.{0,20}|,.*|担任.*|,?任.*|不久.*|并.*",
            tail.strip(),
        )
    )


def _noun_phrase(scene: Scene, verb: Token) -> bool:
    """加入的条件, 加入功能: no move."""
    tail = scene.text[verb.end : verb.end + 8]
    return bool(
        re.match(
            r"(?:了)?(?:攻读|就读|对|新的|新功能|一个|更多|功能|订阅|等待|排队|候补|行列|讨论|这场|战局|竞争(?!对手)|大战|争夺|联盟|协会|社区|群|黑客松|计划|抗议|诉讼|行动)",
            tail,
        )
    )


def _team_of_person(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> bool:
    """加入 Russ 的团队: the employer is that person's."""
    for token in scene.after(verb, "person"):
        tail = scene.text[token.end : token.end + 8].strip()
        if token.start - verb.end > 3 or not re.match(r"的?(?:团队|小组|实验室|部门)", tail) or not token.person:
            return False
        posts = [p for p in finder.careers.get(token.person.name, []) if p.organisation]
        if not posts or not posts[-1].organisation:
            return False
        team = scene.text[
            token.start : token.end
            + len(re.match(r" ?的?(?:团队|小组|实验室|部门)", scene.text[token.end : token.end + 8])[0])
        ]  # type: ignore[index]
        for who in people:
            destination = MoveEnd(posts[-1].organisation.name, team, None)
            _add(finder, scene, verb, who, destination=destination, kind="hire", rule="join_team", confidence=0.7)
        return True
    return False


def _title_origin(finder: Finder, who: Who, place: Place) -> MoveEnd | None:
    """The employer that the title beside the name tells, where it is another one."""
    for post in sorted((p for p in reversed(who.posts) if p.organisation), key=lambda p: p.former):
        if post.organisation and post.organisation.name != place.organisation.name:
            return finder.post_end(post)
    last = next((d for d in reversed(finder.drafts) if d.who == _key(who)), None)
    if (
        last
        and last.kind == "founding"
        and last.destination
        and last.sentence == finder.index
        and last.destination.org != place.organisation.name
    ):
        return last.destination
    told = {
        p.organisation.name: p
        for p in finder.careers.get(who.name, [])
        if p.organisation
        and all(o.organisation is None or o.organisation.name == place.organisation.name for o in who.posts)
        and (p.former or finder.in_sentence(p.start))
    }
    told.pop(place.organisation.name, None)
    for draft in finder.drafts:
        if draft.who == _key(who) and draft.origin and draft.origin.org:
            told.pop(draft.origin.org, None)
    return finder.post_end(next(iter(told.values()))) if len(told) == 1 else None


def _learn(finder: Finder, who: Who, place: Place, role: str | None, scene: Scene, verb: Token) -> None:
    if who.name and status_of(scene, verb) not in ("declined", "denied"):
        finder.careers.setdefault(who.name, []).append(Post(place.organisation, place.team, role, False, -1))


def _told_before(scene: Scene, verb: Token, end: int) -> bool:
    """在加入 B 之前, 加入 B 前: the clause only dates what follows."""
    tail = scene.text[end : scene.bounds[verb.clause][1]]
    return bool(
        re.match(r"[^,。]{0,12}?(?:之前|以前|前(?=$|[,任曾担就在]|[\u4e00-\u9fffA-Z]{1,8}(?:曾|在|担任)))", tail)
    )


def _before_joining(finder: Finder, scene: Scene, verb: Token, people: list[Who], place: Place) -> None:
    """What the person did before: the first employer told in the rest of the sentence is the one left."""
    _earlier_posts(finder, scene, people, place, start=place.end, verb=verb)


def _earlier_posts(finder: Finder, scene: Scene, people: list[Who], place: Place, *, start: int, verb: Token) -> bool:
    told = False
    for token in scene.tokens:
        if (
            token.kind != "org"
            or token.start < start
            or not token.organisation
            or token.organisation.name == place.organisation.name
        ):
            continue
        if not _held_at(scene, token) or finder._is_outlet(token):
            continue
        named = [t for t in scene.tokens if t.kind == "person" and start <= t.start < token.start and t.person]
        who = [finder.who(scene, named[0])] if named and not people[0].name else people
        for each in who:
            origin = MoveEnd(token.organisation.name, token.organisation.team, _role_at(scene, token))
            if told:
                _add(
                    finder,
                    scene,
                    token,
                    each,
                    origin=origin,
                    kind="departure",
                    rule="earlier_post",
                    confidence=0.5,
                    background=True,
                    status="reported",
                )
            else:
                _add(
                    finder,
                    scene,
                    verb,
                    each,
                    origin=origin,
                    kind="hire",
                    rule="before_joining",
                    confidence=0.8,
                    destination=MoveEnd(place.organisation.name, place.team, None),
                    extra=(token,),
                    background=True,
                    status="reported",
                )
        told = True
        if told:
            break
    return told


def _held_at(scene: Scene, token: Token) -> bool:
    """Whether a post at the organisation is told: 在 A 担任, 担任 A 的 R, 就职于 A, 是 A 的 R."""
    lead, tail = scene.text[max(0, token.start - 16) : token.start], scene.text[token.end : token.end + 40]
    if re.search(
        r"(?:担任|任职于|就职于|供职于|效力于|历任|曾任|任|是|为|来自|领导|领导过|曾在[^,。]{0,12}|工作于|创办了?|创立了?)(?:过|了)?(?:[^,。任在]{0,10})? ?$",
        lead,
    ):
        return True
    return bool(re.search(r"在[^,。]{0,12}$", lead)) and bool(
        re.match(r"[^,。]{0,24}?(?:担任|工作|任|供职|就职|效力|领导|负责|从事|度过|当|做|带领)", tail)
    )


def _role_at(scene: Scene, token: Token) -> str | None:
    """The post told beside an employer: A 的 R, 在 A 担任 R."""
    tail = scene.text[token.end : token.end + 60]
    end = re.search(r"[,。;:!?\n]", tail)
    tail = tail[: end.start()] if end else tail
    held = re.match(r"[^,。]{0,24}?(?:担任|出任|任职?为?|从事|负责(?!人)|领导(?!者|人))(?:过|了)?", tail)
    if held and not re.match(r"的", tail):
        return role_text(scene, token.end + held.end(), token.end + len(tail))
    return (
        role_text(scene, token.end, token.end + len(tail))
        if any(t.kind == "title" and token.end <= t.start < token.end + len(tail) for t in scene.tokens)
        else None
    )


def leave(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 离开 A, X 从 A 离职, X 的离职."""
    if _ADJECTIVE.match(scene.text, verb.end):
        return
    reach = 2 if verb.text == "离职" else 24
    place = finder.place_after(scene, verb.end, verb.clause, reach=reach) if verb.text in _LEAVE_OBJECT else None
    place = place or finder.origin_before(scene, verb)
    end = place.end if place and place.start >= verb.end else verb.end
    people = _named_after(finder, scene, verb, end) or finder.subjects(scene, verb)
    if not people and place is None:
        _unnamed(finder, scene, verb)
    if people and _describes_others(scene, verb, end, people) and people[0].token.start < verb.start:
        return
    if not people or (_DESCRIBES.match(scene.text, end) and people[0].token.start < verb.start):
        return
    if verb.text in ("退出", "告别", "脱离", "作别", "挥别") and place is None:
        return
    if place is None and verb.text == "离开" and not _leaves_work(finder, scene, verb):
        return
    kind: MoveKind = "founding" if _founds_next(scene, verb) else "departure"
    for who in people:
        if who.cohort and verb.text.startswith("被"):
            continue
        if place is None and _left_already(finder, who, scene.index):
            continue
        origin = _origin(finder, scene, verb, who, place)
        if origin is None:
            continue
        if who.cohort and not place and not who.posts and not any(t.kind == "org" for t in scene.tokens):
            continue
        if who.cohort and who.cohort.min in (None, 1) and not place and not who.posts:
            lead = scene.text[max(0, who.token.start - 3) : who.token.start]
            names = {t.organisation.name for t in scene.tokens if t.kind == "org" and t.organisation}
            if who.cohort.min or len(names) != 1 or not re.search(r"另有|还有|已有|也有|又有|有$", lead):
                continue
        _add(finder, scene, verb, who, origin=origin, kind=kind, rule="leave", confidence=0.9 if place else 0.75)


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
        _add(finder, scene, verb, who, origin=origin, kind=kind, rule="unnamed", confidence=0.5)
        return


_ONE = re.compile(r"^(?:首席.*|C[A-Z]O|CHRO|总裁|副总裁|董事长|总经理|负责人|总监|院长|高管|一号位|掌门人|技术负责人)$")


def _left_already(finder: Finder, who: Who, sentence: int) -> bool:
    """Whether the person's departure has been told: a bare 离职 speaks of it again."""
    drafts = [
        d for d in finder.drafts if d.who == _key(who) and d.status not in ("declined", "denied") and not d.background
    ]
    told = [i for i, d in enumerate(drafts) if d.origin and d.kind != "internal"]
    arrived = [i for i, d in enumerate(drafts) if d.destination and d.kind != "internal"]
    if not told:
        return False
    last = drafts[arrived[-1]] if arrived else None
    fresh = bool(last) and arrived[-1] >= told[-1] and last is not None and last.sentence == sentence
    if last and any(family(drafts[i].origin) == family(last.destination) for i in told):
        return True
    return not fresh


_DESCRIBES = re.compile(
    r"的(?!消息|原因|决定|传闻|时候|背后|理由|新闻|报道|同时|事情|时间|日期|当天|背景|可能|真相|意愿|想法|艰难|打算|计划|声明|帖|推文|公开信|主要|直接|方式|影响|事实)[\u4e00-\u9fffA-Z]"
)
# 离职员工 and 离职手续 name no event.
_ADJECTIVE = re.compile(
    r"(?:的)?(?:员工|人员|研究人员|高管|者|同事|手续|证明|原因是|倾向|补偿|文件|协议|人数|人士|成员|研究员|工程师|科学家|前员工|门槛|威胁|意向|名单|风波|浪潮|潮|事件|的人|率|申请)"
)
_LEAVE_OBJECT = (
    "离开",
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


def _leaves_work(finder: Finder, scene: Scene, verb: Token) -> bool:
    """离开 without a name: of the company, or at the end of what is said."""
    tail = scene.text[verb.end : verb.end + 8].lstrip("了 ")
    return (
        finder.anaphor(scene, verb.end)
        or bool(
            re.match(
                r"(?:[,。;!?”)]|后|之后|的|时|$|—|自己(?:工作|任职|创|效力|一手)|一家|这|位于|前|,|原|去|并|加)", tail
            )
        )
        or not tail
    )


def _founds_next(scene: Scene, verb: Token) -> bool:
    tail = scene.text[verb.end : min(scene.sentence.end, verb.end + 30)]
    return bool(re.search(r"创业|另起炉灶|自立门户|创办|创立|创建|单干", tail)) and "创业公司" not in tail


def _origin(finder: Finder, scene: Scene, verb: Token, who: Who, place: Place | None) -> MoveEnd | None:
    """The employer left: said, in the title, known from before, or the one the text is about."""
    if place:
        match = next((p for p in who.posts if p.organisation and p.organisation.name == place.organisation.name), None)
        post = match or next((p for p in who.posts if p.role and not p.organisation), None)
        return MoveEnd(place.organisation.name, place.team or (post and post.team), post and post.role)
    post = finder.current_post(who)
    if place is None and verb.kind == "leave" and not (post and post.organisation):
        post = None
    role = next((p.role for p in who.posts if p.role), None)
    if post and post.organisation:
        return MoveEnd(post.organisation.name, post.team, role or post.role)
    if re.search(r"接替|取代|代替", scene.text[scene.bounds[verb.clause][0] : verb.start]):
        told = next(
            (d.destination for d in reversed(finder.drafts) if d.destination and d.sentence == scene.index), None
        )
        if told:
            return MoveEnd(told.org, told.team, told.role)
    topic = finder.topic(scene, verb.start)
    return MoveEnd(topic.name, topic.team, role) if topic else None


def resign(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 卸任 A 的 R, 不再担任 R."""
    people = finder.subjects(scene, verb)
    place = finder.place_after(scene, verb.end, verb.clause, reach=12)
    if "任何" in scene.text[verb.end : verb.end + 8]:
        return
    for who in people:
        origin = _origin(finder, scene, verb, who, place)
        if origin is None or not origin.org:
            continue
        role = role_text(scene, place.end if place else verb.end, scene.bounds[verb.clause][1])
        stays = re.search(
            r"保留|继续担任|仍(?:将)?(?:担任|任)|转任|改任|转为|转而", scene.text[verb.end : scene.sentence.end]
        )
        kind: MoveKind = "internal" if stays else "departure"
        origin = MoveEnd(origin.org, origin.team, role or origin.role)
        _add(finder, scene, verb, who, origin=origin, kind=kind, rule="resign", confidence=0.75)


def hire(finder: Finder, scene: Scene, verb: Token) -> None:
    """B 挖走 A 的 X、Y 和 Z; X 被 B 挖走; B 任命 X 为 R."""
    passive = next((t for t in scene.before(verb, "by") if t.text in ("被", "遭", "遭到")), None)
    if passive is not None and verb.start - passive.end < 40:
        _hired(finder, scene, verb, passive)
        return
    if verb.text in ("任命", "委任", "提名", "提拔", "晋升") and scene.text[verb.start - 1] == "的":
        _appointment_of(finder, scene, verb)
        return
    people = _taken(finder, scene, verb)
    if people:
        _take_along(finder, scene, verb, people)
        return
    people = finder.expand(scene, _objects(finder, scene, verb))
    employer = (_place_in_role(finder, scene, people[-1].token) if people else None) or _hirer(finder, scene, verb)
    if employer is None or not people:
        return
    if verb.text == "邀请" and not re.search(
        r"(?:作为|担任|出任)", scene.text[people[-1].token.end : people[-1].token.end + 8]
    ):
        return
    origin = finder.origin_before(scene, verb) or (
        _worked_at(finder, scene, verb, people[0].token) if people[0].person else None
    )
    if origin and origin.organisation.name == employer.organisation.name and employer.start >= verb.start:
        return
    for who in people:
        role = _given_role(scene, who.token)
        if who.cohort and (not (origin or who.posts) or scene.text[who.token.start - 1] in "又第"):
            continue
        start = finder.end(origin) or _title_origin(finder, who, employer)
        start = start or _bought(scene, verb, employer)
        if start and start.org == employer.organisation.name:
            start = None
        inside = any(
            p.organisation and p.organisation.name == employer.organisation.name and not p.former for p in who.posts
        )
        kind: MoveKind = "internal" if (inside and not start) or verb.text in ("晋升", "提拔") else "hire"
        if "重新" in _lead(scene, verb) or verb.text in ("召回", "召回了", "请回", "请回了", "返聘", "迎回", "招回"):
            kind = "return"
        destination = MoveEnd(employer.organisation.name, employer.team, role)
        _add(finder, scene, verb, who, origin=start, destination=destination, kind=kind, rule=verb.kind, confidence=0.9)
        _learn(finder, who, employer, role, scene, verb)
        finder.carried.setdefault(verb.clause, []).append(who)


def _appointment_of(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 的任命: X was given a post by the organisation that the title names."""
    for token in scene.before(verb, "person"):
        who = finder.who(scene, token)
        if (
            scene.text[token.end : verb.start].strip() == "的"
            and finder.reading.topics
            and finder.arrived_at(who) is None
        ):
            topic = finder.reading.topics[0]
            _add(
                finder,
                scene,
                verb,
                who,
                destination=MoveEnd(topic.name, topic.team, None),
                kind="hire",
                rule="appointment",
                confidence=0.6,
            )
        return


def _take_along(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> None:
    """英伟达与 A 达成协议，将 X 打包带走: to the first employer of the sentence, from the second."""
    orgs: list[OrganisationMention] = []
    for token in scene.tokens:
        if (
            token.kind == "org"
            and token.organisation
            and token.end <= people[0].token.start
            and not finder._is_outlet(token)
        ):
            if token.organisation.name not in {o.name for o in orgs}:
                orgs.append(token.organisation)
    if not orgs:
        return
    for who in people:
        origin = (
            MoveEnd(orgs[1].name, orgs[1].team, None)
            if len(orgs) > 1
            else _title_origin(finder, who, Place(orgs[0], None, 0, 0))
        )
        if origin or who.person:
            destination = MoveEnd(orgs[0].name, None, None)
            _add(
                finder,
                scene,
                verb,
                who,
                origin=origin,
                destination=destination,
                kind="hire",
                rule="take_along",
                confidence=0.75,
            )


def _bought(scene: Scene, verb: Token, employer: Place) -> MoveEnd | None:
    """B 收购了 A，并聘请 X: from A."""
    deals = either(table("zh/moves")["company"]["acquisition"])
    for clause in range(verb.clause - 1, max(-1, verb.clause - 3), -1):
        start, end = scene.bounds[clause]
        match = re.search(rf"{deals}|授权|许可", scene.text[start:end])
        places = [t for t in scene.clause_tokens(clause) if t.kind == "org" and t.organisation]
        names = [t.organisation.name for t in places if t.organisation]
        if not match or family(MoveEnd(employer.organisation.name)) not in {family(MoveEnd(n)) for n in names}:
            continue
        for token in places:
            if next((t.kind for t in scene.after(token)), "") == "title":
                continue
            if token.organisation and family(MoveEnd(token.organisation.name)) != family(
                MoveEnd(employer.organisation.name)
            ):
                return MoveEnd(token.organisation.name, token.organisation.team, None)
    return None


def _worked_at(finder: Finder, scene: Scene, verb: Token, token: Token) -> Place | None:
    """聘请了在 A 工作 21 年的老将 X: A."""
    for org in scene.tokens:
        if org.kind == "org" and org.organisation and verb.end <= org.start and org.end <= token.start:
            lead, tail = scene.text[org.start - 3 : org.start], scene.text[org.end : token.start]
            if re.search(r"[在于] ?$", lead) and re.match(r"[^,。]{0,10}(?:工作|任职|供职|效力|服务)", tail):
                return Place(org.organisation, org.organisation.team, org.start, org.end)
    return None


def _place_in_role(finder: Finder, scene: Scene, token: Token) -> Place | None:
    """任命 X 为 B 的 R, 挖 X 到 B: the employer that the post names."""
    match = re.match(
        r"(?:\([^)]*\))? ?(?:博士|先生|女士)?(?:为|担任|出任|到|至|加入|加盟) ?", scene.text[token.end : token.end + 50]
    )
    return finder.place_after(scene, token.end + match.end(), token.clause, reach=2) if match else None


def _taken(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """将创始人 X 及多名高管打包带走: the people between 将 and the verb."""
    match = re.search(r"[将把](?![于会来在要近])[^。;]{2,80}$", scene.text[scene.bounds[verb.clause][0] : verb.start])
    if not match:
        return []
    start = scene.bounds[verb.clause][0] + match.start()
    tokens = [t for t in scene.tokens if t.kind in ("person", "group") and start <= t.start and t.end <= verb.start]
    return [finder.who(scene, t) for t in tokens if not _is_owner(scene, t)]


def _hirer(finder: Finder, scene: Scene, verb: Token) -> Place | None:
    """The organisation that hires: the subject, or the employer of the person who does, or the one spoken of."""
    source = max((t.start for t in scene.before(verb, "from") if t.text in ("从", "自")), default=verb.end)
    for token in scene.before(verb, "org", "person"):
        if token.start > source:
            continue
        lead = scene.text[max(scene.bounds[token.clause][0], token.start - 8) : token.start]
        if (token.kind == "org" and re.search(r"(?:从|自|由|为|帮助|对|将|把|与|和) ?$", lead)) or _inside_group(
            scene, token
        ):
            continue
        if token.kind == "org" and token.organisation:
            if finder._is_outlet(token):
                continue
            return Place(token.organisation, None, token.start, token.end)
        if token.person:
            post = finder.current_post(finder.who(scene, token))
            if post and post.organisation:
                return Place(post.organisation, None, token.start, token.end)
            return _led_by(token.person.name) or _spoken_of(finder, scene, verb)
    earlier = [
        t.organisation
        for t in scene.tokens
        if t.kind == "org" and t.organisation and t.clause < verb.clause and not finder._is_outlet(t)
    ]
    topics = {o.name for o in finder.reading.topics}
    for mention in (*(o for o in earlier if o.name in topics), *finder.reading.topics[:1], *earlier):
        return Place(mention, None, verb.start, verb.start)
    return _spoken_of(finder, scene, verb)


def _led_by(name: str) -> Place | None:
    """The organisation that a well-known chief leads."""
    forms = {form: latin for latin, known in table("zh/known_people").items() for form in known}
    employer = {**table("en/leaders"), **table("zh/leaders")}.get(forms.get(name, name))
    return Place(OrganisationMention(0, 0, employer), None, 0, 0) if employer else None


def _inside_group(scene: Scene, token: Token) -> bool:
    return any(g.kind == "group" and g.start <= token.start and token.end <= g.end for g in scene.tokens)


def _spoken_of(finder: Finder, scene: Scene, verb: Token) -> Place | None:
    topic = finder.topic(scene, verb.start)
    return Place(topic, None, verb.start, verb.start) if topic else None


def _objects(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """The people right of the verb: a list, over commas where the next clause goes on with a name and 为."""
    tokens = [t for t in scene.tokens if t.start >= verb.end and t.kind in ("person", "group")]
    found: list[Who] = []
    right, clause = verb.end, verb.clause
    for token in tokens:
        gap = scene.text[right : token.start]
        if (
            re.search(r"(?:包括|其中有|如|比如|分别是|分别为|即) ?[^,。;]{0,40}$", gap)
            and (found or token.clause == clause + 1)
            and len(gap) < 60
        ):
            pass
        elif token.clause != clause:
            if not found or not _continues(scene, token, gap):
                break
        elif len(gap) > 60 or (found and not _lists(scene, gap)):
            break
        elif not found and (re.search(r"[。;]|(?:表示|宣布|称|的(?:CEO|创始人)是)", gap) or _is_owner(scene, token)):
            continue
        found.append(finder.who(scene, token))
        right, clause = token.end, token.clause
    if found and found[0].posts == ():
        return found
    first = found[0].posts if found else ()
    return [found[0], *(Who(w.token, w.person, w.cohort, w.posts or first) for w in found[1:])] if found else []


def _is_owner(scene: Scene, token: Token) -> bool:
    return bool(
        re.match(r"(?:\([^)]*\))? ?(?:团队|领导|带领|公司|旗下)?的(?!加|离)", scene.text[token.end : token.end + 40])
    ) or bool(re.search(r"(?:由|被|接替|取代|帮助|随同) ?$", scene.text[max(0, token.start - 3) : token.start]))


def _lists(scene: Scene, gap: str) -> bool:
    return bool(re.search(r"[、和与及]|以及|&", gap)) or not gap.strip(" ")


def _continues(scene: Scene, token: Token, gap: str) -> bool:
    """，Y 为 R / 、Y 担任 R / ，以及 Y: the next clause lists one more."""
    if not re.match(r"[^。;]{0,40}$", gap):
        return False
    after = scene.text[token.end : token.end + 40]
    opened = re.match(r"[^,]*?, ?(?:以及|和|并任命)?", gap)
    lead = gap[opened.end() :] if opened else gap
    return (
        bool(re.match(r"(?:\([^)]*\))? ?(?:为|担任|出任|任)", after))
        or (lead.strip() == "" and "以及" in gap)
        or "、" in gap[-2:]
    )


def _given_role(scene: Scene, token: Token) -> str | None:
    """为 R, 担任 R right after the name."""
    after = scene.text[token.end : token.end + 60]
    match = re.match(
        r"(?:\([^)]*\))? ?(?:博士|先生|女士)?(?:加入[^,。]{0,20}?)?(?:,)?(?:为|担任|出任|任|成为|作为)(?:其|公司|该公司)?(?:的)?",
        after,
    )
    if not match:
        return None
    start = token.end + match.end()
    bound = next((b for _, b in scene.bounds if b >= start), scene.sentence.end)
    return role_text(scene, start, bound)


def _hired(finder: Finder, scene: Scene, verb: Token, passive: Token) -> None:
    """X 被 B(从 A)挖走."""
    people = finder.subjects(scene, passive)
    agents = [
        t
        for t in scene.tokens
        if t.kind == "org" and passive.end <= t.start and t.end <= verb.start and t.clause == verb.clause
    ]
    agents = [t for t in agents if not re.search(r"[从自由] ?$", scene.text[max(0, t.start - 2) : t.start])]
    place = (
        finder.place_after(scene, verb.end, verb.clause, reach=2)
        if scene.text[verb.end : verb.end + 1] in "至到去进"
        else None
    )
    if agents and agents[0].organisation:
        place = Place(agents[0].organisation, agents[0].organisation.team, agents[0].start, agents[0].end)
    if place is None:
        return
    origin = finder.origin_before(scene, verb)
    for who in people:
        start = finder.end(origin) or _title_origin(finder, who, place)
        destination = MoveEnd(place.organisation.name, place.team, role_after(scene, verb.end, verb.clause))
        _add(finder, scene, verb, who, origin=start, destination=destination, kind="hire", rule="hired", confidence=0.9)


def take(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 出任 B 的 R, 由 X 接任, X 接替 Y 成为 R."""
    taker = _taker_after(finder, scene, verb)
    if taker:
        _takes(finder, scene, verb, [taker], certain=True, until=taker.token.start)
        return
    people = _agents(finder, scene, verb) or finder.subjects(scene, verb)
    succeeds = bool(_agents(finder, scene, verb)) and any(
        t.kind in ("leave", "resign") for t in scene.tokens if t.end <= verb.start
    )
    if verb.text in _WEAK_TAKES and not _tells_post(scene, verb) and not succeeds:
        return
    if re.match(r"(?:仅|不到|不足|才|刚|没)", scene.text[verb.end : verb.end + 2]):
        return
    if people and not _describes_others(scene, verb, verb.end, people):
        _takes(finder, scene, verb, people, certain=True)


_WEAK_TAKES = ("接管", "接管了", "接手", "接过", "执掌", "挂帅", "转为", "接棒", "调入", "转岗", "晋升")


def _tells_post(scene: Scene, verb: Token) -> bool:
    return any(t.kind == "title" and t.start >= verb.end and t.clause == verb.clause for t in scene.tokens)


def _taker_after(finder: Finder, scene: Scene, verb: Token) -> Who | None:
    """接任终端 CEO 的 X: the name that 的 leads to."""
    for token in scene.after(verb, "person", "org", "title", "leave", "join"):
        if token.kind == "person":
            lead = scene.text[verb.end : token.start]
            found = re.fullmatch(r"[^,。]{0,24}的 ?", lead) or (
                verb.text.endswith(("者", "人")) and re.match(r" ?(?:为|是|系|正是)", lead)
            )
            return finder.who(scene, token) if found else None
        if token.kind in ("leave", "join"):
            return None
    return None


def _agents(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """由 X 接任: the person behind 由 is the one who takes the post."""
    for token in scene.before(verb, "person", "group"):
        posts = finder.who(scene, token).posts
        left = min([token.start, *(p.start for p in posts)])
        if (
            re.search(r"由[^,。由]{0,24}$", scene.text[max(scene.bounds[token.clause][0], left - 26) : left] or "")
            or scene.text[left - 1 : left] == "由"
        ):
            return [finder.who(scene, token)]
        return []
    return []


def _takes(finder: Finder, scene: Scene, verb: Token, people: list[Who], certain: bool, until: int = 0) -> None:
    place = None if verb.text.endswith(("者", "人")) else finder.place_after(scene, verb.end, verb.clause, reach=16)
    role = role_text(scene, place.end if place else verb.end, until or scene.bounds[verb.clause][1])
    role = (role if role and _ROLE_LIKE.search(role) else None) or role_after(scene, verb.end, verb.clause)
    if verb.text in ("接替", "取代"):
        role = role_after(scene, verb.end, verb.clause)
        people = [w for w in people if not any(d.who == _key(w) and d.destination for d in finder.drafts[-8:])]
    known_topic = {o.name for o in (finder.headline(), *(s.organisation for s in scene.tokens)) if o}
    known_topic |= {d.destination.org for d in finder.drafts if d.destination and d.destination.org}
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
            mention = mention or _takers_topic(finder, scene, verb)
            if mention is None or mention.name not in known_topic:
                continue
            organisation, team = mention, team_in(scene.text[verb.end : verb.end + 20])
        standing = next((p for p in who.posts if p.organisation and p.organisation.name == organisation.name), None)
        known = any(
            p.organisation and p.organisation.name == organisation.name and not p.former
            for p in finder.careers.get(who.name, [])
        )
        origin = _title_origin(finder, who, Place(organisation, None, 0, 0)) if not known else None
        if re.search(r"顾问|董事|客座|兼职|理事", role or ""):
            origin = None
        announced = place is None and not verb.text.startswith(("被", "获", "出任"))
        internal = bool(standing or known or verb.text in _CLIMBS or announced) and not origin
        kind: MoveKind = "internal" if internal else "hire"
        start = finder.end(finder.origin_before(scene, verb))
        if start and start.org != organisation.name:
            origin, kind = start, "hire"
        destination = MoveEnd(organisation.name, team, role)
        _add(
            finder,
            scene,
            verb,
            who,
            origin=origin,
            destination=destination,
            kind=kind,
            rule="climb" if verb.text in _UP else "take",
            confidence=0.8 if certain else 0.65,
        )
        _learn(finder, who, Place(organisation, team, verb.end, verb.end), role, scene, verb)


def _vacated(finder: Finder, scene: Scene) -> OrganisationMention | None:
    """X 离任，由 Y 接任: the organisation that the sentence has just told somebody to leave."""
    last = finder.drafts[-1] if finder.drafts else None
    if last and last.sentence == scene.index and last.origin and last.origin.org and last.destination is None:
        return OrganisationMention(0, 0, last.origin.org, last.origin.team)
    return None


def _takers_topic(finder: Finder, scene: Scene, verb: Token) -> OrganisationMention | None:
    """The organisation whose post it is: named in the sentence, else the title's first."""
    named = [
        t.organisation
        for t in scene.tokens
        if t.kind == "org" and t.end <= verb.start and t.organisation and not finder._is_outlet(t)
    ]
    topics = {o.name for o in finder.reading.topics}
    return next((o for o in reversed(named) if o.name in topics), None) or (
        finder.reading.topics[0] if finder.reading.topics and not named else finder.topic(scene, verb.start)
    )


_ROLE_LIKE = re.compile(
    r"[官长裁监理人员师授问席管事家手O任]$|CEO|CTO|VP|团队|部门|负责|部$|顾问|主席|总监|领导|委员|讲师|职|岗位|代表|院士|掌门|学者|秘书|合伙"
)
_UP = (
    "升任",
    "升为",
    "晋升为",
    "晋升至",
    "晋升成",
    "升职为",
    "擢升为",
    "提拔为",
    "转任",
    "调任",
    "改任",
    "晋升",
    "升至",
    "被提拔为",
    "被晋升为",
)
_CLIMBS = (
    "升任",
    "升为",
    "晋升为",
    "晋升至",
    "晋升成",
    "升职为",
    "擢升为",
    "提拔为",
    "转任",
    "调任",
    "改任",
    "接任",
    "接替",
    "接棒",
    "接掌",
    "接手",
    "转岗",
    "接管",
    "接管了",
    "转岗到",
    "调往",
    "调至",
    "调到",
    "继任",
    "晋升",
    "升至",
    "被提拔为",
    "被晋升为",
    "当选",
    "当选为",
    "升职",
)


def hold(finder: Finder, scene: Scene, verb: Token) -> None:
    """担任 R: a move where the words say that it begins, else only a post to remember."""
    people = _agents(finder, scene, verb) or finder.subjects(scene, verb)
    if verb.text == "出身":
        native(finder, scene, verb)
        return
    if not people:
        return
    lead = _lead(scene, verb, 24)
    clause = scene.text[scene.bounds[verb.clause][0] : verb.start]
    tail = scene.text[verb.end : scene.bounds[verb.clause][1]]
    if verb.text in ("负责", "领导", "带领", "开始领导") and not re.search(r"开始|起", lead + verb.text):
        return
    past = bool(_manner()["past"].search(lead)) or bool(re.search(r"曾|此前|之前|先前|历任|目前|现任|期间", clause))
    if past:
        _recall(finder, scene, verb, people)
        return
    if _follows_join(scene, verb):
        return
    if verb.clause and scene.bounds[verb.clause - 1][1] - scene.bounds[verb.clause - 1][0] <= 14:
        clause = scene.text[scene.bounds[verb.clause - 1][0] : verb.start]
    if (verb.text in ("领导", "带领", "开始领导") and finder.place_after(scene, verb.end, verb.clause, reach=3)) or (
        verb.text in ("担任", "任", "成为", "兼任", "任教于", "任教", "执教")
        and _begins(scene, verb, lead, clause, tail)
    ):
        _takes(finder, scene, verb, people, certain=False)
    elif verb.text == "工作" and re.search(
        r"自?[^,。]{0,12}年?[^,。]{0,16}(?:开始|起)[^,。]{0,3}在[^,。]{1,24}$", clause
    ):
        _started_work(finder, scene, verb, people)
    elif verb.text in ("供职于", "就职", "任职", "效力", "就业", "工作", "担任", "任", "来自", "是"):
        _recall(finder, scene, verb, people)


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
            r"将(?!近)|即将|正式|宣布|由$|由[^,。]{2,20}$|今[天日年]|昨[天日]|随后|后来|转而|起$|开始|\d ?月|\d{4} ?年|去年|日前|近日|新任|被",
            clause,
        )
    ) or bool(re.match(r"(?:了)?(?:公司|其|该公司)?(?:的)?(?:新的|新任|首任|首位|新)", tail))


def _follows_join(scene: Scene, verb: Token) -> bool:
    """加入 B 担任 R, 任命 X 担任 R: the verb before has told it."""
    for token in reversed(scene.tokens):
        if token.end <= verb.start and token.kind in ("join", "hire", "appoint", "return", "take", "found", "leave"):
            return token.kind != "leave" and token.clause >= verb.clause - 1 and verb.start - token.end < 60
    return False


def _started_work(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> None:
    for token in scene.before(verb, "org"):
        if token.organisation:
            place = Place(token.organisation, token.organisation.team, token.start, token.end)
            for who in people:
                _add(
                    finder, scene, verb, who, destination=finder.end(place), kind="hire", rule="started", confidence=0.7
                )
                _learn(finder, who, place, None, scene, verb)
        return


def _recall(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> None:
    """A post held before: remembered, and where a move of the same person was just told, the place left."""
    orgs = [
        t for t in scene.tokens if t.kind == "org" and t.clause == verb.clause and t.organisation and _held_at(scene, t)
    ]
    for who in people:
        if not who.name:
            continue
        for token in orgs[:1]:
            assert token.organisation
            end = MoveEnd(token.organisation.name, token.organisation.team, _role_at(scene, token))
            former = (
                verb.text in ("来自", "出自")
                or bool(re.search(r"曾|此前|之前|最近|以前", scene.text[scene.bounds[verb.clause][0] : verb.start]))
                or bool(
                    re.search(r"(?:已有|工作了|了)[^,。]{0,4}年", scene.text[verb.start : scene.bounds[verb.clause][1]])
                )
            )
            finder.careers.setdefault(who.name, []).insert(
                0 if former else len(finder.careers.get(who.name, [])),
                Post(token.organisation, None, end.role, former, token.start),
            )
            if former:
                _came_from(finder, scene, verb, who, end)


def found(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 创办 B, B 由 X 创立, X 创立的 B."""
    agents = _agents(finder, scene, verb) or _founders(finder, scene, verb)
    tail = scene.text[verb.end : verb.end + 24]
    if agents and not re.match(r"了", tail):
        place = _founded(finder, scene, verb, agents[0])
    else:
        agents = agents or finder.subjects(scene, verb)
        place = finder.place_after(scene, verb.end, verb.clause, reach=30)
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
        origin = finder.end(finder.origin_before(scene, verb)) or _title_origin_former(finder, who, place)
        if origin and origin.org == place.organisation.name:
            origin = None
        destination = MoveEnd(place.organisation.name, place.team, None)
        _add(
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
        _learn(finder, who, place, "创始人", scene, verb)


_FOUNDER = re.compile("创始|创办|联创|CEO|董事长|首席执行官|总裁")


def _title_origin_former(finder: Finder, who: Who, place: Place) -> MoveEnd | None:
    for post in who.posts:
        if post.organisation and post.organisation.name != place.organisation.name:
            return finder.post_end(post)
    return None


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
            return [finder.who(scene, token)]
        return []
    return []


def _founded(finder: Finder, scene: Scene, verb: Token, who: Who) -> Place | None:
    """B 由 X 创立, 由 X 创立的 B: right of 的, else left of 由, else the one spoken of."""
    if scene.text[verb.end : verb.end + 1] == "的":
        place = finder.place_after(scene, verb.end, verb.clause, reach=12)
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
    return Place(topic, topic.team, verb.end, verb.end) if topic else None


def native(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 和 Y 也是 A 出身: from A, to what they founded where the title says so."""
    place = next((t for t in scene.before(verb, "org")), None)
    if place is None or place.organisation is None or verb.start - place.end > 1:
        return
    origin = MoveEnd(place.organisation.name, place.organisation.team, None)
    for who in finder.subjects(scene, verb):
        own = next((p.organisation for p in who.posts if p.organisation and _FOUNDER.search(p.role or "")), None)
        destination = MoveEnd(own.name, own.team, None) if own and own.name != origin.org else None
        kind: MoveKind = "founding" if destination else "departure"
        _add(
            finder, scene, verb, who, origin=origin, destination=destination, kind=kind, rule="native", confidence=0.55
        )


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
            found.append(finder.who(scene, token))
    return found


def venture(finder: Finder, scene: Scene, verb: Token) -> None:
    """离职创业, 另起炉灶: marks the departure just told as a founding."""
    people = finder.subjects(scene, verb)
    if verb.text == "创业" and not re.search(
        r"离职|离开|辞职|出走|选择|独自|开始|投身|下海|宣布|将|去|从|领域|方向",
        scene.text[scene.bounds[verb.clause][0] : verb.start],
    ):
        return
    place = finder.origin_before(scene, verb)
    for who in people:
        told = next(
            (
                d
                for d in reversed(finder.drafts)
                if d.who == _key(who) and d.origin and not d.destination and scene.index - d.sentence <= 1
            ),
            None,
        )
        if told:
            told.kind = "founding"
        elif place or "离职" in verb.text or "辞职" in verb.text or "出走" in verb.text:
            origin = _origin(finder, scene, verb, who, place)
            _add(finder, scene, verb, who, origin=origin, kind="founding", rule="venture", confidence=0.75)


def _key(who: Who) -> str:
    return Draft(person_name(who), who.cohort, None, None, "hire", Span(0, 0), 0, "", 0).who


def come_back(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 重返 A, X 的回归."""
    people = finder.subjects(scene, verb)
    place = finder.place_after(scene, verb.end, verb.clause, reach=16)
    if place is None and re.match(r"了?(?:老东家|前东家)", scene.text[verb.end : verb.end + 5]):
        for draft in finder.drafts[-4:]:
            if draft.destination and draft.kind == "hire" and scene.index - draft.sentence <= 2:
                draft.kind = "return"
                return
    if place is None and finder.anaphor(scene, verb.end) and people:
        topic = finder.topic(scene, verb.start)
        place = Place(topic, None, verb.end, verb.end) if topic else None
    if place is None and people and verb.text in ("回归", "重返", "重回"):
        post = finder.current_post(people[0])
        if (
            post
            and post.organisation
            and re.match(r"(?:公司|一线|并|,|。|担任|出任|$)", scene.text[verb.end : verb.end + 2].strip())
        ):
            place = Place(post.organisation, None, verb.end, verb.end)
    if place is None:
        return
    origin = finder.origin_before(scene, verb)
    role = role_after(scene, place.end, verb.clause)
    for who in people:
        start = finder.end(origin) or _title_origin(finder, who, place)
        start = None if start and start.org == place.organisation.name else start
        destination = MoveEnd(place.organisation.name, place.team, role)
        _add(
            finder,
            scene,
            verb,
            who,
            origin=start,
            destination=destination,
            kind="return",
            rule="return",
            confidence=0.85,
        )
        _learn(finder, who, place, role, scene, verb)


def remove(finder: Finder, scene: Scene, verb: Token) -> None:
    """A 解雇 X, X 被 A 解雇."""
    passive = next((t for t in scene.before(verb, "by") if t.text in ("被", "遭", "遭到")), None)
    if passive is not None:
        people = finder.subjects(scene, passive)
        agents = [t for t in scene.tokens if t.kind == "org" and passive.end <= t.start and t.end <= verb.start]
        place = (
            Place(agents[0].organisation, None, agents[0].start, agents[0].end)
            if agents and agents[0].organisation
            else None
        )
        if (
            place is None
            and len(scene.text[passive.end : verb.start].strip()) > 1
            and "董事会" not in scene.text[passive.end : verb.start]
        ):
            return
    else:
        people = [w for w in _objects(finder, scene, verb) if w.person]
        people = people or _moved_objects(finder, scene, verb)
        place = None
    for who in people:
        if who.cohort and (who.cohort.min is None or not place):
            continue
        origin = _origin(finder, scene, verb, who, place)
        if origin:
            _add(finder, scene, verb, who, origin=origin, kind="departure", rule="remove", confidence=0.75)


def lose(finder: Finder, scene: Scene, verb: Token) -> None:
    """A 流失了十余名研究员; 人员流失，包括 X: they left A, or the organisation spoken of."""
    place = next((t for t in scene.before(verb, "org") if t.organisation and not finder._is_outlet(t)), None)
    people = _named_after(finder, scene, Token("leave", verb.start, verb.end, "流失", clause=verb.clause), verb.end)
    people = people or (_objects(finder, scene, verb) if place else [])
    mention = place.organisation if place else finder.topic(scene, verb.start)
    if mention is None:
        return
    for who in people:
        if who.cohort and who.cohort.min is None:
            continue
        origin = MoveEnd(
            mention.name,
            mention.team or team_in(scene.text[verb.start : verb.start]),
            next((p.role for p in who.posts), None),
        )
        _add(finder, scene, verb, who, origin=origin, kind="departure", rule="lose", confidence=0.7)


def refuse(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 拒绝了 B 的邀请, 没有一个人接受: a move that did not come about."""
    start, end = scene.bounds[verb.clause]
    offer = re.search(either(table("zh/moves")["company"]["offers"]), scene.text[verb.start : end])
    if not offer:
        before = scene.text[max(scene.sentence.start, verb.start - 80) : verb.start]
        if "接受" not in verb.text or not re.search("报价|薪酬|邀请|offer|开出|美元|万元", before):
            return
    people = finder.subjects(scene, verb) if "人接受" not in verb.text else []
    people = people or _approached(finder, scene, verb)
    place = finder.place_after(scene, verb.end, verb.clause, reach=8)
    for who in people:
        posts = [p for p in who.posts if p.organisation]
        target = place or _offerer(
            finder, scene, verb, posts[0].organisation.name if posts and posts[0].organisation else ""
        )
        if target is None or any(p.organisation and p.organisation.name == target.organisation.name for p in posts):
            continue
        _add(
            finder,
            scene,
            verb,
            who,
            origin=finder.post_end(posts[0]) if posts else None,
            destination=finder.end(target),
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
            return [finder.who(scene, token)]
    return []


def _offerer(finder: Finder, scene: Scene, verb: Token, other: str) -> Place | None:
    """Who made the offer: a chief or an organisation of the sentence that is not the group's own, else the one spoken of."""
    for token in scene.tokens:
        if token.end > verb.start:
            break
        if (
            token.kind == "org"
            and token.organisation
            and token.organisation.name != other
            and not _inside_group(scene, token)
            and not finder._is_outlet(token)
        ):
            return Place(token.organisation, None, token.start, token.end)
        led = _led_by(token.person.name) if token.person else None
        if led and led.organisation.name != other:
            return led
    topic = finder.employer if scene.index - finder.employer_sentence <= 3 else None
    return Place(topic, None, verb.start, verb.start) if topic and topic.name != other else None


def _moved_objects(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """将 X 撤出, 把 X 开除."""
    for token in scene.before(verb, "person"):
        if re.search(r"[将把] ?$", scene.text[max(0, token.start - 2) : token.start]):
            return [finder.who(scene, token)]
    return []


_RULES: dict[str, Callable[[Finder, Scene, Token], None]] = {
    "join": join,
    "leave": leave,
    "resign": resign,
    "hire": hire,
    "appoint": hire,
    "take": take,
    "hold": hold,
    "found": found,
    "venture": venture,
    "return": come_back,
    "remove": remove,
    "refuse": refuse,
    "lose": lose,
}

"""Rules for those who join and come back: 加入, 跳槽, 重返."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd, MoveKind
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention
from articles.extraction.zh.moves.drafts import family
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.history import before_joining
from articles.extraction.zh.moves.manner import lead_of
from articles.extraction.zh.moves.objects import describes_others, members_after, named_after
from articles.extraction.zh.moves.parties import Place, Who, key_of
from articles.extraction.zh.moves.places import (
    end_of,
    is_anaphor,
    origin_before,
    origin_by_deal,
    places_after,
)
from articles.extraction.zh.moves.record import add, learn_post, title_origin
from articles.extraction.zh.moves.roles import role_after
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import subjects, who_at
from articles.extraction.zh.moves.unsaid import loser, same_again, step_before

_FIRM = re.compile(r"(?:科技|智能|公司|集团|大学|实验室|研究院|半导体|机器人|资本|芯片|智算|学院)$")


def join(finder: Finder, scene: Scene, verb: Token) -> None:
    """X(从 A)加入 B(担任 R)."""
    if scene.text[scene.bounds[verb.clause][0] : scene.bounds[verb.clause][1]].rstrip(" 。!”").endswith("吧"):
        return
    if _noun_phrase(scene, verb) or ("并入" in verb.text and _FIRM_ITSELF.search(lead_of(scene, verb))):
        return
    inverted = bool(
        re.match(
            r"(?:了|过去|过来)?的(?:还|也)?(?:有|是|包括|不少|很多|大有人在)", scene.text[verb.end : verb.end + 10]
        )
    )
    named = [] if inverted else places_after(finder, scene, verb.end, verb.clause)
    if _only_dates(scene, verb) or _describes_named(scene, verb):
        return
    places = named if named or inverted else _listed_rivals(finder, scene, verb)
    people = _joiners(finder, scene, verb, places)
    if not places and _follows(finder, scene, verb, people):
        return
    if not people or (not places and _team_of_person(finder, scene, verb, people)):
        return
    anaphor = inverted or (not places and is_anaphor(scene, verb.end))
    places = places or _places_understood(finder, scene, verb, people, anaphor)
    if not places or _joins_nothing(scene, verb, people, places):
        return
    origin = _left_for(finder, scene, verb, people, places)
    before = _told_before(scene, verb, places[-1].end)
    role = None if before else role_after(scene, places[-1].end, verb.clause)
    kind: MoveKind = (
        "return" if re.search(r"重新|再次|再度|[二两]次|二度|重又|又一次", lead_of(scene, verb)) else "hire"
    )
    people += [member for who in people for member in members_after(finder, scene, places[-1].end, who)]
    shared = _respectively(scene, verb, people, places)
    for who, own in zip(people, shared or [places if w.cohort else places[:1] for w in people], strict=True):
        for place in own:
            start = end_of(origin) if before else _origin_for(finder, scene, verb, who, place, origin)
            add(
                finder,
                scene,
                verb,
                who,
                origin=None if start and start.org == place.organisation.name else start,
                destination=MoveEnd(place.organisation.name, place.team, role),
                kind=kind,
                rule="join",
                confidence=0.9 if not anaphor else 0.7,
                background=before,
                status="reported" if before else None,
            )
            learn_post(finder, who, place, role, scene, verb)
    if before:
        before_joining(finder, scene, verb, people, places[0])


_AGAIN = re.compile(r"重新|再次|再度|[二两]次|二度|重又|又一次")


def _respectively(scene: Scene, verb: Token, people: list[Who], places: list[Place]) -> list[list[Place]]:
    """X、Y 分别加入 A 和 B: one place for each of them; empty where it is not said so."""
    one_each = len(people) == len(places) > 1 and all(who.person for who in people)
    return [[place] for place in places] if one_each and "分别" in lead_of(scene, verb) else []


# 从2005年加入,到如今离开: how long somebody stayed.
_SINCE = re.compile(r"(?:从|自) ?\d{4} ?年(?:\d{1,2} ?月)? ?$")


def _only_dates(scene: Scene, verb: Token) -> bool:
    return bool(_SINCE.search(scene.text, max(0, verb.start - 12), verb.start) and _bare(scene, verb))


_OPENS_LATER = re.compile(r"[^,。;]{0,12}(?:看看|来看|说说|聊聊|谈谈|介绍|认识|关注)(?:一下)?[^,。;]{0,4}")


def _describes_named(scene: Scene, verb: Token) -> bool:
    """先来看看加入了 B 的 A 老将 X: who is spoken of, not what happens."""
    lead = scene.text[scene.bounds[verb.clause][0] : verb.start]
    place = next(scene.after(verb, "org"), None)
    return (
        bool(_OPENS_LATER.fullmatch(lead))
        and place is not None
        and scene.text[place.end : place.end + 2].strip().startswith("的")
    )


# 公司并入 B tells of the firm, not of people.
_FIRM_ITSELF = re.compile(r"(?:公司|企业|业务|部门|实验室|它|平台|品牌|产品)[^,。]{0,4}$")


def _follows(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> bool:
    """4 人跟随他跳槽: they make the move that was told of the one before them."""
    leader = next((t for t in scene.before(verb, "person")), None)
    if leader is None or re.search(r"[^ 一起同]", scene.text[leader.end : verb.start]) or not people:
        return False
    if not re.search(r"(?:跟随|追随|随|跟着|随着) ?$", scene.text[max(0, leader.start - 4) : leader.start]):
        return False
    told = [d for d in finder.told(key_of(who_at(finder, scene, leader))) if d.destination and not d.background]
    if not told or any(who.name == (leader.person.name if leader.person else "") for who in people):
        return True
    for who in people:
        add(
            finder, scene, verb, who, origin=told[-1].origin, destination=told[-1].destination, kind="hire",
            rule="follow", confidence=0.7,
        )  # fmt: skip
    return True


def _joiners(finder: Finder, scene: Scene, verb: Token, places: list[Place]) -> list[Who]:
    """Who joins: named behind the verb, its subject, or the first person of the clause that 之前 leads to."""
    people = named_after(finder, scene, verb, places[-1].end if places else verb.end) or subjects(finder, scene, verb)
    if people or not places or not _told_before(scene, verb, places[-1].end):
        return people
    return [who_at(finder, scene, t) for t in scene.clause_tokens(verb.clause + 1) if t.kind == "person"][:1]


def _places_understood(finder: Finder, scene: Scene, verb: Token, people: list[Who], anaphor: bool) -> list[Place]:
    """The employer that 加入公司 and a bare 入职 leave unnamed, or with whom one talks: 正与 B 洽谈加入."""
    for token in scene.before(verb, "org"):
        lead, gap = scene.text[max(0, token.start - 2) : token.start], scene.text[token.end : verb.start]
        if (
            token.organisation
            and re.search(r"[与和跟同] ?$", lead)
            and _TALKS.search(gap + scene.text[verb.end : verb.end + 12])
        ):
            return [Place(token.organisation, token.organisation.team, token.start, token.end)]
    if not anaphor and not (verb.text in table("zh/moves")["joins"]["absolute"] and _bare(scene, verb)):
        return []
    topic = _joined_topic(finder, scene, verb, people)
    return [Place(topic, topic.team, verb.end, verb.end)] if topic else []


_TALKS = re.compile(r"洽谈|商谈|谈判|商讨|接触|沟通|磋商")


def _joins_nothing(scene: Scene, verb: Token, people: list[Who], places: list[Place]) -> bool:
    """Whether the sentence tells of studies, visits, opinions or plans to hire instead of a move."""
    if verb.text == "过来" and origin_before(scene, verb) is None:
        return True
    if verb.text in table("zh/moves")["joins"]["weak"] and (
        _studies(scene, places[0]) or not _is_employer(places[0], people)
    ):
        return True
    if _EVENT.search(scene.text, places[0].end, scene.bounds[verb.clause][1]):
        return True
    if _VISITS.search(scene.text, places[0].end, scene.bounds[verb.clause][1]):
        return True
    if describes_others(scene, verb, places[-1].end, people) or _OPINION.search(lead_of(scene, verb)):
        return True
    first = people[0]
    hired = [t for t in scene.clause_tokens(verb.clause) if t.kind == "hire" and t.end <= first.token.start]
    return bool(first.cohort and hired)


# 加入 B 举办的黑客松: one takes part in what B holds.
_EVENT = re.compile(r"(?:举办|主办|承办|组织|举行)的|黑客松|研讨会|峰会|马拉松|直播间")
_VISITS = re.compile(r"攻读|就读|学习|留学|交流|访问|深造|参观|出席|演讲|做客|博士学位|硕士")
_OPINION = re.compile(r"(?:认为|觉得|视|等于|意味着|关于|对于) ?$")


def _left_for(finder: Finder, scene: Scene, verb: Token, people: list[Who], places: list[Place]) -> Place | None:
    """Where all of them come from, as far as the sentence says it of them together."""
    origin = origin_before(scene, verb)
    if origin is None and places[0].start > scene.bounds[verb.clause][1]:
        topic = finder.topic(scene, verb.start)
        origin = Place(topic, topic.team, verb.start, verb.start) if topic else None
    if origin is None:
        origin = loser(finder, scene, verb)
    cohort = people[0].cohort
    if origin is None and cohort and (cohort.of or cohort.text in table("zh/moves")["people"]["whole"]):
        origin = _whole_of(finder, scene, people[0], places[0])
    return origin


def _origin_for(
    finder: Finder, scene: Scene, verb: Token, who: Who, place: Place, origin: Place | None
) -> MoveEnd | None:
    """Where one of them comes from: said, in the title, by a deal, or shared with the one told before."""
    found = end_of(origin) or step_before(finder, scene, verb, who, place)
    found = found or title_origin(finder, who, place) or origin_by_deal(scene, verb, place)
    found = found or _leaders_origin(finder, scene, verb, who, place) or _firm_of_some(finder, scene, who, place)
    if found is None and "同时" in scene.text[max(0, verb.start - 3) : verb.start]:
        return _shared_origin(finder, who, place)
    return found


def _firm_of_some(finder: Finder, scene: Scene, who: Who, place: Place) -> MoveEnd | None:
    """A 动荡，部分员工已加入 B: A, where the clause before names no other and nobody."""
    if who.person or not who.cohort or not _STAFF.search(who.cohort.text) or not who.token.clause:
        return None
    before = scene.clause_tokens(who.token.clause - 1)
    orgs = {t.organisation.name: t.organisation for t in before if t.organisation and not finder.is_outlet(t)}
    if len(orgs) != 1 or any(t.kind == "person" for t in before) or place.organisation.name in orgs:
        return None
    firm = next(iter(orgs.values()))
    return MoveEnd(firm.name, firm.team, None)


_STAFF = re.compile(
    r"^(?:部分|不少|多名|多位|大批|一批|数名|数位|几名|许多|一些|近?半数)[^,。]{0,10}(?:员工|成员|骨干|工程师|研究员|人员|高管)$"
)


def _leaders_origin(finder: Finder, scene: Scene, verb: Token, who: Who, place: Place) -> MoveEnd | None:
    """十多人随他加盟 B: from where the one they follow came, or whose team they are."""
    if who.person or not who.cohort:
        return None
    for token in scene.before(verb, "person"):
        for draft in reversed(finder.told(key_of(who_at(finder, scene, token)))):
            if draft.origin and draft.origin.org and family(draft.destination) == family(end_of(place)):
                return MoveEnd(draft.origin.org, draft.origin.team, None)
    return None


# 两位清华系科学家 have not joined 清华.
_SCHOOLED = re.compile(r" ?(?:系|派|出身|校友|背景|毕业|博士|硕士)")


# 班底几乎都是甲公司人: where people come from.
_FOLK = re.compile(r" ?人(?![工才力员事])")


def _joined_topic(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> OrganisationMention | None:
    """The organisation joined where it is not named again: the one spoken of that is no title's."""
    titles = {p.organisation.name for w in people for p in w.posts if p.organisation}
    topics = finder.reading.topics[:1] if is_anaphor(scene, verb.end) else []
    ours = "我" in scene.text[scene.bounds[verb.clause][0] : verb.end + 4]
    named = (
        []
        if ours
        else [
            t.organisation
            for t in scene.tokens
            if t.kind == "org"
            and t.end <= verb.start
            and not finder.is_outlet(t)
            and not _SCHOOLED.match(scene.text, t.end)
            and not _FOLK.match(scene.text, t.end)
        ]
    )
    left = origin_before(scene, verb)
    if left:
        titles.add(left.organisation.name)
    alone = len({o.name for o in finder.reading.topics}) == 1
    for mention in (
        *topics,
        *reversed(named),
        same_again(finder, scene, verb),
        None if alone or ours else finder.employer,
        finder.headline(),
    ):
        if mention and mention.name not in titles:
            return mention
    standing = [p.organisation for w in people for p in w.posts if p.organisation and not p.former]
    return standing[0] if standing and left is None else None


def _listed_rivals(finder: Finder, scene: Scene, verb: Token) -> list[Place]:
    """跳槽到了竞争对手那里，包括 A、B 和 C."""
    rivals = table("zh/moves")["company"]["rivals"]
    clause = verb.clause + 1
    if clause >= len(scene.bounds) or not any(r in scene.text[verb.end : scene.bounds[verb.clause][1]] for r in rivals):
        return []
    start, end = scene.bounds[clause]
    opened = re.match(r" *(?:其中)?(?:包括|比如|例如|如)", scene.text[start:end])
    return places_after(finder, scene, start + opened.end(), clause) if opened else []


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
    company = finder.company()
    if company and company.name != place.organisation.name:
        return Place(company, None, who.token.start, who.token.start)
    return None


def _shared_origin(finder: Finder, who: Who, place: Place) -> MoveEnd | None:
    """同时加入 B 的还有 Y: from where the one told before came."""
    last = finder.drafts[-1] if finder.drafts else None
    return last.origin if last and last.destination and last.origin and last.sentence == finder.index else None


def _is_employer(place: Place, people: list[Who]) -> bool:
    firm = place.organisation.known or bool(_FIRM.search(place.organisation.name))
    return firm and any(w.person or (w.cohort and w.posts) for w in people)


def _bare(scene: Scene, verb: Token) -> bool:
    """Whether nothing follows the verb in its clause but 了, 的消息 and the like."""
    tail = scene.text[verb.end : scene.bounds[verb.clause][1]]
    return bool(
        re.fullmatch(
            r"[了。!?”\"' ]*|(?:了)?(?:这|那)(?:个|支|家)[^,。]{0,16}(?:团队|公司|企业|大家庭)[^,。]{0,6}|"
            r"的?(?:消息|传闻|计划)[^,。]{0,6}|后.{0,20}|,.*|担任.*|,?任.*|不久.*|并.*",
            tail.strip(),
        )
    )


# 他的跳槽,是…: the move itself is spoken of, and nothing of where it led.
_THE_MOVE = re.compile(r" ?(?:,|。|也|又|则|正|更|再)?(?:是|引发|意味|成为|反映|标志|折射|凸显|显示|加剧)")


# 看似是零星跳槽, 频繁的跳槽: moves in general.
_SOME_MOVES = re.compile(
    r"(?:零星|个别|频繁|集体|普通|一次|一场|单次|正常|盲目|恶意|大规模|这种|这类|此类)的?$|(?:看似|只|不)是$"
)


def _noun_phrase(scene: Scene, verb: Token) -> bool:
    """加入的条件, 加入功能: no move."""
    tail = scene.text[verb.end : verb.end + 8]
    if scene.text[verb.start - 1 : verb.start] == "的" and _THE_MOVE.match(tail):
        return True
    if _SOME_MOVES.search(scene.text, max(0, verb.start - 6), verb.start):
        return True
    return bool(
        re.match(
            r"(?:了)?(?:攻读|就读|对|新的|新功能|一个|更多|功能|订阅|等待|排队|候补|行列|讨论|这场|战局|竞争(?!对手)|大战|争夺|联盟|协会|社区|群|黑客松|计划|抗议|诉讼|行动)",
            tail,
        )
    )


def _team_of_person(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> bool:
    """加入 Russ 的团队: the employer is that person's."""
    for token in scene.after(verb, "person"):
        team_word = re.match(r" ?的?(?:团队|小组|实验室|部门)", scene.text[token.end : token.end + 8])
        if token.start - verb.end > 3 or team_word is None or not token.person:
            return False
        posts = [p for p in finder.careers.get(token.person.name, []) if p.organisation]
        if not posts or not posts[-1].organisation:
            return False
        team = scene.text[token.start : token.end + team_word.end()]
        for who in people:
            destination = MoveEnd(posts[-1].organisation.name, team, None)
            add(finder, scene, verb, who, destination=destination, kind="hire", rule="join_team", confidence=0.7)
        return True
    return False


def _studies(scene: Scene, place: Place) -> bool:
    """进入上海大学 without a post there is a student's way."""
    rest = scene.text[place.end : scene.sentence.end]
    school = re.search(r"大学|学院|Universit", place.organisation.name)
    return bool(school) and not re.search(r"任教|任职|担任|教授|教职|工作|研究员|博士后", rest)


def _told_before(scene: Scene, verb: Token, end: int) -> bool:
    """在加入 B 之前, 加入 B 前: the clause only dates what follows."""
    tail = scene.text[end : scene.bounds[verb.clause][1]]
    return bool(
        re.match(r"[^,。]{0,12}?(?:之前|以前|前(?=$|[,任曾担就在]|[\u4e00-\u9fffA-Z]{1,8}(?:曾|在|担任)))", tail)
    )

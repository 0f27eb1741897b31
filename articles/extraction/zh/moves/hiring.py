"""Rules for organisations that take people: 挖走, 聘请, 任命, 打包带走."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd, MoveKind
from articles.extraction.mentions import OrganisationMention
from articles.extraction.zh.moves.counted import expand
from articles.extraction.zh.moves.finder import Finder, is_anothers
from articles.extraction.zh.moves.manner import lead_of, passive_of
from articles.extraction.zh.moves.objects import is_owner, members_after, objects_of
from articles.extraction.zh.moves.parties import Place, Who, key_of
from articles.extraction.zh.moves.places import (
    end_of,
    inside_group,
    led_by,
    origin_before,
    origin_by_deal,
    others_listed,
    place_after,
    place_spoken_of,
)
from articles.extraction.zh.moves.record import add, learn_post, title_origin
from articles.extraction.zh.moves.roles import given_role, is_beside, role_after
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import subjects, who_at
from articles.extraction.zh.moves.titles import posts_of
from articles.extraction.zh.moves.unsaid import step_before

_OWN = re.compile(r"[ “]*(?:(?:本|该|我们)?公司|我们)")


# Whom an event draws is hired by nobody.
_AUDIENCE = re.compile(r"嘉宾|观众|参会|参与|出席|用户|投资|关注|目光|围观")


def hire(finder: Finder, scene: Scene, verb: Token) -> None:
    """B 挖走 A 的 X、Y 和 Z; X 被 B 挖走; B 任命 X 为 R."""
    passive = passive_of(scene, verb)
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
    if _poached_from(finder, scene, verb):
        return
    if verb.text.startswith("吸引") and _AUDIENCE.search(scene.text, verb.end, scene.bounds[verb.clause][1]):
        return
    if verb.text in ("带走", "带走了") and _taken_by_leaver(finder, scene, verb):
        return
    people = expand(finder, scene, objects_of(finder, scene, verb))
    people += [w for group in people[-1:] for w in members_after(finder, scene, group.token.end, group)]
    named = [w for w in people if w.person] or people
    employer = (_place_in_role(finder, scene, named[-1].token) if people else None) or _hirer(finder, scene, verb)
    if employer is None or not people:
        return
    if verb.text == "邀请" and not re.search(
        r"(?:作为|担任|出任)", scene.text[people[-1].token.end : people[-1].token.end + 8]
    ):
        return
    origin = origin_before(scene, verb) or _from_that_firm(finder, scene, verb, employer)
    origin = origin or (_worked_at(finder, scene, verb, people[0].token) if people[0].person else None)
    if origin and origin.organisation.name == employer.organisation.name and employer.start >= verb.start:
        return
    for who in people:
        role = given_role(scene, who.token)
        if who.cohort and (not (origin or who.posts) or scene.text[who.token.start - 1] in "又第"):
            continue
        start = end_of(origin) or title_origin(finder, who, employer)
        start = start or origin_by_deal(scene, verb, employer)
        if start and (start.org == employer.organisation.name or is_beside(role)):
            start = None
        inside = any(
            p.organisation and p.organisation.name == employer.organisation.name and not p.former for p in who.posts
        )
        kind: MoveKind = "internal" if (inside and not start) or verb.text in ("晋升", "提拔") else "hire"
        if "重新" in lead_of(scene, verb) or verb.text in ("召回", "召回了", "请回", "请回了", "返聘", "迎回", "招回"):
            kind = "return"
        destination = MoveEnd(employer.organisation.name, employer.team, role)
        more = others_listed(scene, origin, verb.start) if origin and who.cohort else []
        for left in (start, *map(end_of, more)):
            add(
                finder,
                scene,
                verb,
                who,
                origin=left,
                destination=destination,
                kind=kind,
                rule=verb.kind,
                confidence=0.9,
            )
        learn_post(finder, who, employer, role, scene, verb)
        finder.carried.setdefault(verb.clause, []).append(who)


def _appointment_of(finder: Finder, scene: Scene, verb: Token) -> None:
    """X 的任命: X was given a post by the organisation that the title names."""
    for token in scene.before(verb, "person"):
        who = who_at(finder, scene, token)
        if (
            scene.text[token.end : verb.start].strip() == "的"
            and finder.reading.topics
            and finder.arrived_at(who) is None
        ):
            topic = finder.reading.topics[0]
            add(
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
        known = {o.name for o in orgs}
        if token.kind != "org" or token.organisation is None or token.organisation.name in known:
            continue
        if token.end <= people[0].token.start and not finder.is_outlet(token):
            orgs.append(token.organisation)
    if not orgs:
        return
    for who in people:
        origin = (
            MoveEnd(orgs[1].name, orgs[1].team, None)
            if len(orgs) > 1
            else title_origin(finder, who, Place(orgs[0], None, 0, 0))
        )
        if origin or who.person:
            destination = MoveEnd(orgs[0].name, None, None)
            add(
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


def _taken_by_leaver(finder: Finder, scene: Scene, verb: Token) -> bool:
    """X 出走 A，带走了五名工程师: they left with X."""
    for leader in subjects(finder, scene, verb)[:1]:
        told = [
            d for d in finder.told(key_of(leader)) if d.origin and not d.background and scene.index - d.sentence <= 2
        ]
        if not told:
            return False
        for who in objects_of(finder, scene, verb):
            add(
                finder,
                scene,
                verb,
                who,
                origin=told[-1].origin,
                destination=told[-1].destination,
                kind="hire" if told[-1].destination else "departure",
                rule="taken_by_leaver",
                confidence=0.7,
            )
        return True
    return False


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
    return place_after(finder, scene, token.end + match.end(), token.clause, reach=2) if match else None


def _taken(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """将创始人 X 及多名高管打包带走: the people between 将 and the verb."""
    match = re.search(r"[将把](?![于会来在要近])[^。;]{2,80}$", scene.text[scene.bounds[verb.clause][0] : verb.start])
    if not match:
        return []
    start = scene.bounds[verb.clause][0] + match.start()
    tokens = [t for t in scene.tokens if t.kind in ("person", "group") and start <= t.start and t.end <= verb.start]
    return [who_at(finder, scene, t) for t in tokens if not is_owner(scene, t)]


_THEIRS = re.compile(r"了?(?:该公司|该实验室|该机构|该企业)的?(?!的?(?:新|首任))")


def _from_that_firm(finder: Finder, scene: Scene, verb: Token, employer: Place) -> Place | None:
    """B 挖走该实验室 5 名成员: from the firm that the sentence before speaks of."""
    spoken = finder.employer if scene.index - finder.employer_sentence <= 2 else None
    if spoken is None or spoken.name == employer.organisation.name or not _THEIRS.match(scene.text, verb.end):
        return None
    return Place(spoken, spoken.team, verb.end, verb.end)


# 甲公司的 X: only where somebody is from.
_OWNS = re.compile(r" ?的")
# The firm that the sentence before speaks of.
_THAT_FIRM = re.compile(r"[ “]*(?:该公司|该企业|该机构|该实验室|这家[^,。]{0,8}(?:公司|企业|机构|实验室))")


def _hirer(finder: Finder, scene: Scene, verb: Token) -> Place | None:
    """The organisation that hires: the subject, or the employer of the person who does, or the one spoken of."""
    source = max((t.start for t in scene.before(verb, "from") if t.text in ("从", "自")), default=verb.end)
    for token in scene.before(verb, "org", "person"):
        if token.start > source:
            continue
        lead = scene.text[max(scene.bounds[token.clause][0], token.start - 8) : token.start]
        if (token.kind == "org" and re.search(r"(?:从|自|由|为|帮助|对|将|把|与|和) ?$", lead)) or inside_group(
            scene, token
        ):
            continue
        if token.kind == "org" and token.organisation:
            if finder.is_outlet(token):
                continue
            return Place(token.organisation, None, token.start, token.end)
        if token.person:
            own = _just_founded(finder, scene, who_at(finder, scene, token))
            if own:
                return own
            post = finder.current_post(who_at(finder, scene, token))
            if post and post.organisation:
                return Place(post.organisation, None, token.start, token.end)
            return led_by(token.person.name) or place_spoken_of(finder, scene, verb)
    before = [
        t
        for t in scene.tokens
        if t.kind == "org"
        and t.organisation
        and t.clause < verb.clause
        and not finder.is_outlet(t)
        and not is_anothers(scene, t, verb.start)
    ]
    earlier = [t.organisation for t in before if t.organisation]
    subject = _clause_subject(finder, scene, verb)
    if subject:
        return Place(subject, None, verb.start, verb.start)
    taken_up = scene.text[scene.bounds[verb.clause][0] : verb.start]
    speaks = any(not _OWNS.match(scene.text, t.end) for t in before)
    if not speaks and _THAT_FIRM.match(taken_up) and finder.employer and scene.index - finder.employer_sentence == 1:
        return Place(finder.employer, None, verb.start, verb.start)
    topics = {o.name for o in finder.reading.topics}
    told = _tellers_company(finder, scene, verb)
    if told:
        return Place(told, None, verb.start, verb.start)
    company = finder.company()
    if company and _OWN.match(scene.text, scene.bounds[verb.clause][0], verb.start):
        return Place(company, None, verb.start, verb.start)
    for mention in (*(o for o in earlier if o.name in topics), *finder.reading.topics[:1], *earlier):
        return Place(mention, None, verb.start, verb.start)
    return place_spoken_of(finder, scene, verb)


def _just_founded(finder: Finder, scene: Scene, who: Who) -> Place | None:
    """X 创办 B，拉来了 Y: B, which the sentence has just told."""
    told = next((d for d in reversed(finder.told(key_of(who))) if d.kind == "founding"), None)
    if told is None or told.sentence != scene.index or told.destination is None or not told.destination.org:
        return None
    return Place(
        OrganisationMention(0, 0, told.destination.org, None), None, scene.sentence.start, scene.sentence.start
    )


def _tellers_company(finder: Finder, scene: Scene, verb: Token) -> OrganisationMention | None:
    """甲公司创始人 X 透露，公司从 B 引进了 …: the employer of X."""
    start = scene.bounds[verb.clause][0]
    if not _OWN.match(scene.text, start, verb.start):
        return None
    for clause in range(verb.clause - 1, -1, -1):
        for token in scene.clause_tokens(clause):
            if token.kind == "say":
                teller = next(scene.before(token, "person"), None)
                post = finder.current_post(who_at(finder, scene, teller)) if teller else None
                return post.organisation if post else None
    return None


def _poached_from(finder: Finder, scene: Scene, verb: Token) -> bool:
    """X 是 2021 年从 A 挖来的: from A to the organisation the text is about."""
    if not re.match(r"过?来?的(?:$|[,。;])", scene.text[verb.end : verb.end + 4] + "。") or not re.search(
        r"[是由][^,。]{0,14}从", scene.text[scene.bounds[verb.clause][0] : verb.start]
    ):
        return False
    origin, topic = origin_before(scene, verb), finder.headline()
    for who in subjects(finder, scene, verb):
        employer = finder.current_post(who)
        mention = finder.arrived_at(who) or (employer.organisation if employer else None) or topic
        if origin and mention and mention.name != origin.organisation.name:
            destination = MoveEnd(mention.name, None, None)
            add(finder, scene, verb, who, origin=end_of(origin), destination=destination, kind="hire", rule="poached")
    return True


def _clause_subject(finder: Finder, scene: Scene, verb: Token) -> OrganisationMention | None:
    """海桐科技：任命 …, 微软也以类似方式，从 …: the organisation that opens a clause before, with nothing before it."""
    for clause in range(verb.clause - 1, -1, -1):
        tokens = scene.clause_tokens(clause)
        if tokens and tokens[0].kind == "org" and not finder.is_outlet(tokens[0]):
            lead = scene.text[scene.bounds[clause][0] : tokens[0].start].strip(" “”-*•0123456789.、")
            tail = scene.text[tokens[0].end : scene.bounds[clause][1]]
            if not lead and (
                not tail.strip() or re.match(r" ?(?:公司)?(?:也|已|还|又|则|将|正|近日|今|昨|宣布|以|在)", tail)
            ):
                return tokens[0].organisation
    return None


def _whom_it_describes(finder: Finder, scene: Scene, verb: Token) -> list[Who]:
    """被 B 从 A 挖来的 X: X, with a title at most between."""
    opened = re.match(r"(?:过来|过去)?的 ?", scene.text[verb.end : verb.end + 4])
    if opened is None:
        return []
    for token in scene.after(verb, "person", "group"):
        first = min([token.start, *(p.start for p in posts_of(scene, token))]) if token.person else token.start
        lead = scene.text[verb.end + opened.end() : token.start]
        return [who_at(finder, scene, token)] if token.person and (first - verb.end <= 3 or len(lead) <= 8) else []
    return []


def _hired(finder: Finder, scene: Scene, verb: Token, passive: Token) -> None:
    """X 被 B(从 A)挖走."""
    people = _whom_it_describes(finder, scene, verb) or subjects(finder, scene, passive)
    agents = [
        t
        for t in scene.tokens
        if t.kind == "org" and passive.end <= t.start and t.end <= verb.start and t.clause == verb.clause
    ]
    agents = [t for t in agents if not re.search(r"[从自由] ?$", scene.text[max(0, t.start - 2) : t.start])]
    place = (
        place_after(finder, scene, verb.end, verb.clause, reach=2)
        if verb.text.endswith("到") or scene.text[verb.end : verb.end + 1] in "至到去进"
        else None
    )
    if agents and agents[0].organisation:
        place = Place(agents[0].organisation, agents[0].organisation.team, agents[0].start, agents[0].end)
    if place is None:
        _robbed(finder, scene, verb, passive)
        return
    origin = origin_before(scene, verb)
    for who in people:
        start = end_of(origin) or title_origin(finder, who, place) or step_before(finder, scene, verb, who, place)
        destination = MoveEnd(place.organisation.name, place.team, role_after(scene, verb.end, verb.clause))
        add(finder, scene, verb, who, origin=start, destination=destination, kind="hire", rule="hired", confidence=0.9)


def _robbed(finder: Finder, scene: Scene, verb: Token, passive: Token) -> None:
    """A 被挖走了八名研究员: they left A, for whomever."""
    people = [w for w in objects_of(finder, scene, verb) if w.token.clause == verb.clause]
    people = [w for w in people if w.person or (w.cohort and w.cohort.min)]
    if not people or any(
        t.kind in ("person", "group") for t in scene.clause_tokens(verb.clause) if t.end <= passive.start
    ):
        return
    firm = next(scene.before(passive, "org"), None) or _firm_spoken_of(finder, scene, verb)
    if firm is None or firm.organisation is None:
        return
    for who in people:
        origin = MoveEnd(firm.organisation.name, firm.organisation.team, None)
        add(finder, scene, verb, who, origin=origin, kind="departure", rule="robbed", confidence=0.7)


def _firm_spoken_of(finder: Finder, scene: Scene, verb: Token) -> Token | None:
    """The one organisation of the clause before, where it opens the clause and nobody stands beside it."""
    before = scene.clause_tokens(verb.clause - 1) if verb.clause else []
    firms = [t for t in before if t.kind == "org" and not finder.is_outlet(t)]
    if len(firms) != 1 or any(t.kind in ("person", "group") for t in before):
        return None
    opens = not scene.text[scene.bounds[verb.clause - 1][0] : firms[0].start].strip(" “”")
    return firms[0] if opens else None

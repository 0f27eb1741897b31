"""What a sentence tells of earlier posts: titles, 此前是, 在 A 之前, 都来自 A."""

from __future__ import annotations

import re

from articles.extraction.claims import MoveEnd, MoveKind
from articles.extraction.zh.moves.finder import Finder
from articles.extraction.zh.moves.parties import Place, Who
from articles.extraction.zh.moves.places import end_of, place_after, tail_of
from articles.extraction.zh.moves.record import add, learn_post
from articles.extraction.zh.moves.roles import held_at, role_at
from articles.extraction.zh.moves.scene import Scene, Token
from articles.extraction.zh.moves.subjects import who_at
from articles.extraction.zh.moves.titles import Post, posts_of, team_in

_COPULA = re.compile(r"(?:\([^()]{1,40}\))? ?(?:此前|曾经?|原本|目前|现)?(?:是|为|系|任|担任)(?!了)")


_ALL_FROM = re.compile(r" ?(?:都|均|皆|全都|全)(?:曾)?(?:是|为|来自|出自|任职于)")


def remember(finder: Finder, scene: Scene) -> None:
    """Learns the posts beside every name of the sentence."""
    finder.here, finder.index = (scene.sentence.start, scene.sentence.end), scene.index
    for token in scene.tokens:
        if token.kind == "person" and token.person and not token.person.pronoun:
            for post in (*posts_of(scene, token), *_is_a(finder, scene, token)):
                if post.organisation:
                    finder.learn(token.person.name, post)


def _is_a(finder: Finder, scene: Scene, token: Token) -> list[Post]:
    """X 是 A 的 R, X 曾任 A 的 R."""
    match = _COPULA.match(scene.text, token.end)
    if not match:
        return []
    for org in scene.tokens:
        if org.kind == "org" and org.start >= match.end() and org.clause == token.clause and org.organisation:
            tail = tail_of(scene, org.end, org.clause)
            titles = [t for t in scene.tokens if t.kind == "title" and org.end <= t.start < org.end + len(tail)]
            if org.start - match.end() > 8 or not titles:
                return []
            role = scene.text[org.end : titles[-1].end].strip(" 的前原")
            former = "曾" in match[0] or "此前" in match[0] or "前" in scene.text[org.end : titles[-1].end]
            return [Post(org.organisation, org.organisation.team or team_in(tail), role, former, org.start)]
    return []


def before_working(finder: Finder, scene: Scene) -> None:
    """在 B 之前，X 在 A 担任 R: from A to B."""
    for clause, (start, end) in enumerate(scene.bounds[:-1]):
        match = re.fullmatch(
            r"[ “”]*在(?:被任命为|出任|担任)?(?P<place>[^,。]{1,30}?)(?:任职|工作|公司|就职)?(?:之前|以前)",
            scene.text[start:end].strip(),
        )
        orgs = [t for t in scene.clause_tokens(clause) if t.kind == "org" and t.organisation]
        if (
            not match
            or len(orgs) != 1
            or any(t.kind in ("join", "return", "found", "take") for t in scene.clause_tokens(clause))
        ):
            continue
        people = [t for t in scene.clause_tokens(clause + 1) if t.kind == "person"]
        who = [who_at(finder, scene, people[0])] if people else finder.last
        verb = Token("join", orgs[0].end, orgs[0].end, clause=clause)
        left = orgs[0].organisation
        if left and who and who[0].person:
            place = Place(left, left.team, orgs[0].start, orgs[0].end)
            _earlier_posts(finder, scene, who[:1], place, start=end, verb=verb)


def all_from(finder: Finder, scene: Scene) -> None:
    """B 的两位创始人都是 A 的前员工: from A, to B where they founded it."""
    for token in scene.tokens:
        match = _ALL_FROM.match(scene.text, token.end) if token.kind == "group" else None
        place = place_after(finder, scene, match.end(), token.clause, reach=6) if match else None
        if not place or not re.match(
            r" ?(?:公司)?(?:的?[^,。]{0,8}前|出身|的?老)", scene.text[place.end : place.end + 14]
        ):
            continue
        who = who_at(finder, scene, token)
        own = who.posts[0].organisation if who.posts else None
        before = scene.text[max(0, token.start - 3) : token.start]
        if own is None and re.search(r"(?:后者|其)的?$", before):
            own = next(
                (t.organisation for t in reversed(scene.tokens) if t.kind == "org" and t.end <= token.start), None
            )
        founded = own if own and re.search("创始|创办", token.cohort.text if token.cohort else "") else None
        destination = MoveEnd(founded.name, founded.team, None) if founded else None
        kind: MoveKind = "founding" if founded else "departure"
        add(
            finder,
            scene,
            token,
            who,
            origin=end_of(place),
            destination=destination,
            kind=kind,
            rule="all_from",
            confidence=0.7,
        )


def before_joining(finder: Finder, scene: Scene, verb: Token, people: list[Who], place: Place) -> None:
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
        if not held_at(scene, token) or finder.is_outlet(token):
            continue
        named = [t for t in scene.tokens if t.kind == "person" and start <= t.start < token.start and t.person]
        who = [who_at(finder, scene, named[0])] if named and not people[0].name else people
        for each in who:
            origin = MoveEnd(token.organisation.name, token.organisation.team, role_at(scene, token))
            if told:
                add(
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
                add(
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


def recall(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> None:
    """A post held before: remembered, and where a move of the same person was just told, the place left."""
    orgs = [
        t for t in scene.tokens if t.kind == "org" and t.clause == verb.clause and t.organisation and held_at(scene, t)
    ]
    for who in people:
        if not who.name:
            continue
        told = scene.text[scene.bounds[verb.clause][0] : verb.end]
        in_order = re.search(r"先后|历任|依次", told)
        if len(orgs) > 2 and not in_order and "等" in told:
            continue
        for token in orgs[-1:] if in_order else orgs[:1]:
            if token.organisation is None:
                continue
            end = MoveEnd(token.organisation.name, token.organisation.team, role_at(scene, token))
            former = (
                verb.text in ("来自", "出自")
                or bool(re.search(r"曾|此前|之前|最近|以前", scene.text[scene.bounds[verb.clause][0] : verb.start]))
                or bool(
                    re.search(r"(?:已有|工作了|了)[^,。]{0,4}年", scene.text[verb.start : scene.bounds[verb.clause][1]])
                )
            )
            finder.learn(who.name, Post(token.organisation, None, end.role, former, token.start), first=former)


def started_work(finder: Finder, scene: Scene, verb: Token, people: list[Who]) -> None:
    for token in scene.before(verb, "org"):
        if token.organisation:
            place = Place(token.organisation, token.organisation.team, token.start, token.end)
            for who in people:
                add(finder, scene, verb, who, destination=end_of(place), kind="hire", rule="started", confidence=0.7)
                learn_post(finder, who, place, None, scene, verb)
        return
